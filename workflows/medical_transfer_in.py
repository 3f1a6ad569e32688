"""基本医疗保险关系转入: the destination agency's case, as a manual tells it."""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.cases import CaseFiling, CaseResult
    from domain.medical_tasks import MedicalTask
    from workflows.asking_peer import ask_peer
    from workflows.business import DESTINATION, examine
    from workflows.delivery import deliver
    from workflows.home_procedure import HomeProcedure
    from workflows.intake import receive_and_accept
    from workflows.medical_balance import MedicalBalance
    from workflows.review import review

_WAITING = "WAITING"


@workflow.defn(name="基本医疗保险转入")
class MedicalTransferIn(HomeProcedure):
    """One request to continue medical insurance here.

    Waits for intake, the own office's validation, the origin's 信息表 and the clerk who takes it
    over; the relation is complete then and is delivered. The balance of the personal account is
    matched and booked apart, whenever it comes. Basis: 医保办发〔2021〕43号; docs/rules.md A6.
    """

    @workflow.init
    def __init__(self, filing: CaseFiling) -> None:
        super().__init__(filing)

    @workflow.run
    async def run(self, filing: CaseFiling) -> CaseResult:
        """The procedure."""
        return await self.conclude(self.story())

    async def story(self) -> None:
        """From the application to the continued relation, and to its balance."""
        case = self.case
        await receive_and_accept(case)
        found = await examine(case.desk, "MEDICAL", DESTINATION, "MEDICAL")
        await review(case, MedicalTask.REVIEW, findings=found.codes)
        answer = await ask_peer(case)
        balance = MedicalBalance(case, found.facts.get("balance_use", "BOOKED"))
        balance.announce(answer)
        rest = await examine(
            case.desk, "MEDICAL", _WAITING, "MEDICAL", facts=dict(case.filing.facts)
        )
        await balance.continue_relation(
            task=MedicalTask.SYNC,
            kind="MEDICAL",
            findings=rest.codes,
            facts={"months": balance.months},
            said={"months": str(balance.months), "waiting_months": str(rest.months)},
        )
        if rest.months:
            case.desk.tell("MEDICAL_WAITING", months=str(rest.months))
        await deliver(case, "BOOKED")
        await balance.settle()
