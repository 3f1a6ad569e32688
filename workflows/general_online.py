"""全程网办: an item received, decided and delivered online by the locality that has the power."""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.cases import CaseFiling, CaseResult
    from domain.attribution import Holder
    from domain.casework import ActCode, Stage
    from domain.general_tasks import GeneralTask
    from workflows.general_aftercare import check_promises, record_options, start_after_check
    from workflows.general_case import GeneralCase
    from workflows.general_deciding import decide
    from workflows.general_finishing import finish
    from workflows.general_originals import collect_originals, give_back
    from workflows.general_result import take_deferred, take_fee, void_result
    from workflows.general_straight import go_straight_through
    from workflows.home_case import CaseEnds
    from workflows.home_procedure import HomeProcedure
    from workflows.intake import accept_received


@workflow.defn(name="全程网办")
class GeneralOnline(HomeProcedure):
    """One item by the definition that was pinned at filing; steps that it lacks are left out.

    Waits for acceptance, review and decision of the competent office, and for the applicant where
    something is missing. The decision ends the right to withdraw. Where registers answer for every
    check nobody is waited for (秒批秒办). Basis: 国办发〔2020〕35号; 行政许可法 arts 32-44;
    docs/rules.md A12, B1, B3.
    """

    case: GeneralCase
    state_type = GeneralCase

    @workflow.init
    def __init__(self, filing: CaseFiling) -> None:
        super().__init__(filing)

    @workflow.run
    async def run(self, filing: CaseFiling) -> CaseResult:
        """The procedure."""
        return await self.conclude(self.story())

    async def story(self) -> None:
        """From the receipt to the result in the applicant's hands, and what follows it."""
        case = self.case
        self.receive()
        straight, answers = await go_straight_through(case)
        if not straight:
            await self.accept(answers)
            await decide(case, answers, collect_originals)
        start_after_check(case)
        await take_fee(case)
        await take_deferred(case)
        await finish(
            case,
            lambda step, due: decide(case, answers, again_from=step, clock=due),
            by_system=straight,
        )
        if straight:
            self.deliver_by_system()
        await check_promises(case)

    def receive(self) -> None:
        """收件: before anybody or any register has looked."""
        desk, filing = self.desk, self.case.filing
        desk.record(
            ActCode.RECEIVED,
            actor=filing.received_by,
            office=filing.desks.intake,
            effective_on=filing.received_on,
        )
        desk.tell("RECEIVED")

    async def accept(self, answers: tuple[str, ...]) -> None:
        """受理 by the competent office, with promises and deferrals on record."""
        case = self.case
        await accept_received(
            case,
            task=GeneralTask.ACCEPTANCE,
            office=case.terms.office("ACCEPTANCE"),
            findings=answers,
        )
        record_options(case)

    def deliver_by_system(self) -> None:
        """电子送达: it counts when it has reached the licence library."""
        desk = self.desk
        desk.move(Stage.DELIVERY, Holder.OURS, allows=frozenset())
        desk.record(
            ActCode.DELIVERED,
            office=self.case.competent,
            way="ELECTRONIC",
            rule=self.case.terms.rule,
        )
        desk.tell("GENERAL_STRAIGHT")

    async def undo(self, end: CaseEnds) -> None:
        """No valid paper stays behind an end like this, and nobody's originals stay here."""
        give_back(self.case)
        await void_result(self.case, end.ending)
