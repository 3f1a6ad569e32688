"""城乡养老保险制度衔接: the benefit place's case, in which two pensions of a person become one."""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.acts import Examined
    from contracts.cases import CaseFiling, CaseResult
    from contracts.letters import LetterVerb
    from domain.bridge_tasks import BridgeTask
    from workflows.asking import Asking
    from workflows.asking_peer import ask_peer
    from workflows.booking import book
    from workflows.business import DESTINATION, examine
    from workflows.delivery import deliver
    from workflows.home_procedure import HomeProcedure
    from workflows.intake import receive_and_accept
    from workflows.money_in import MoneyIn
    from workflows.opening_relation import open_relation
    from workflows.review import review
    from workflows.settling import Settling

FAMILY = "PENSION_BRIDGE"
INTO_RESIDENT, END_RESIDENT = "INTO_RESIDENT", "END_RESIDENT"


class AskingForMerger(Asking):
    """制度衔接联系函, with the months that the benefit place knows of."""

    more_papers = ("REQUEST_RECORD",)


@workflow.defn(name="城乡养老保险制度衔接")
class PensionBridge(HomeProcedure):
    """One request at the statutory age to make a resident's and an employee's pension one.

    The application says the direction, both sides check it against the years. Waits for intake,
    reviewer, the other place's table and money, the booking clerk, and who pays back what was paid
    twice. Both pensions at once: the resident one ends and no money moves between the places.
    Basis: 人社部发〔2014〕17号; docs/rules.md A3.
    """

    @workflow.init
    def __init__(self, filing: CaseFiling) -> None:
        super().__init__(filing)

    @workflow.run
    async def run(self, filing: CaseFiling) -> CaseResult:
        """The procedure."""
        return await self.conclude(self.story())

    async def story(self) -> None:
        """From the application to the one pension that stays."""
        case = self.case
        await receive_and_accept(case)
        found = await self.examine()
        await review(case, BridgeTask.REVIEW, findings=found.codes)
        money = MoneyIn(case)
        money.announce(await ask_peer(case, AskingForMerger))
        await money.match()
        if self.direction == END_RESIDENT:
            await case.mail.send(case.to_leg(LetterVerb.CONFIRM, amount_fen=0))
        else:
            if self.direction == INTO_RESIDENT:
                await open_relation(case, self.kind)
            await book(case, money, task=BridgeTask.BOOKING, kind=self.kind)
        settled = await self.examine(settle="yes")
        await self.settling(money).settle(settled.facts)
        await deliver(case, "BOOKED")

    @property
    def direction(self) -> str:
        """As the application says it; the reviewer and the other place check it."""
        return self.case.filing.facts.get("direction", "")

    @property
    def kind(self) -> str:
        """The register of the pension that stays."""
        return "RESIDENT_PENSION" if self.direction == INTO_RESIDENT else "PENSION"

    async def examine(self, **facts: str) -> Examined:
        """This place's own register, by the rules of 城乡衔接."""
        return await examine(self.desk, FAMILY, DESTINATION, self.kind, facts=facts)

    def settling(self, money: MoneyIn) -> Settling:
        """What this place pays back to the person."""
        filing = self.case.filing
        return Settling(
            self.desk,
            station=filing.desks.station,
            locality=filing.locality,
            letter_no=money.letter_no,
            limit=filing.rules.limits["booking"],
            decision=self.case.decision,
        )
