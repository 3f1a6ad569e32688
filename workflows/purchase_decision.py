"""异地购房提取审核协办: the deposit centre's leg, which alone decides and pays."""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.acts import Examined
    from contracts.cases import CaseResult, LegFiling
    from contracts.commands import Command
    from domain.attribution import Holder
    from domain.casework import ActCode, ClockKind, Stage
    from domain.housing_fund_tasks import PurchaseTask
    from workflows.business import ORIGIN, examine, register_act
    from workflows.happenings import Arrived, Decided
    from workflows.leg_case import LegRefuses
    from workflows.leg_papers import take_in_papers, take_update
    from workflows.leg_procedure import LegProcedure
    from workflows.leg_review import examine_and_release
    from workflows.paying_out import PayingOut

_FAMILY = "PURCHASE_WITHDRAWAL"


@workflow.defn(name="异地购房提取审核协办")
class PurchaseDecision(LegProcedure):
    """The deposit centre: accepts, decides within three days of that, has the bank pay.

    What is taken is reserved on the purchase first, in the register that all localities see, so
    that a household never takes more than the price. Basis: 住房公积金管理条例 art 25;
    建金〔2018〕46号; docs/rules.md A7.
    """

    @workflow.init
    def __init__(self, filing: LegFiling) -> None:
        super().__init__(filing)

    @workflow.run
    async def run(self, filing: LegFiling) -> CaseResult:
        """The procedure."""
        return await self.conclude(self.story())

    async def story(self) -> None:
        """From the forwarded application to the paid sum."""
        leg = self.leg
        await take_in_papers(leg, ClockKind.INTAKE, leg.filing.rules.limits["acceptance"])
        await self.accept()
        examined, command = await examine_and_release(
            leg,
            self.examine,
            examination=PurchaseTask.EXAMINATION,
            release=PurchaseTask.DECISION,
        )
        receipt = await self.withdraw(examined, command)
        money = PayingOut(leg, self.examine)
        money.release(examined, command)
        leg.desk.record(
            ActCode.WITHDRAWN_FROM_ACCOUNT,
            by=command,
            receipt=receipt,
            total_fen=str(examined.total_fen),
        )
        await money.answer(examined)
        await money.pay()
        await money.confirmed()

    async def accept(self) -> None:
        """受理: the three days to decide run from this day."""
        leg, desk = self.leg, self.leg.desk
        found = await self.examine()
        while True:
            desk.move(Stage.RECEIVED, Holder.OURS, office=leg.station, due=ClockKind.INTAKE)
            desk.open_task(
                PurchaseTask.ACCEPTANCE,
                leg.station,
                clock=ClockKind.INTAKE,
                findings=(*found.codes, f"TOTAL:{found.total_fen}"),
            )
            match await leg.next():
                case Decided(outcome="REFUSE", command=command):
                    raise LegRefuses(command.reason_code or "", by=command)
                case Decided(command=command):
                    break
                case Arrived(letter=letter):
                    await take_update(leg, letter)
                    found = await self.examine()
        desk.timers.stop(ClockKind.INTAKE)
        desk.record(ActCode.ACCEPTED, by=command)
        desk.timers.start(ClockKind.RELEASE, leg.filing.rules.origin, desk.today)

    async def withdraw(self, examined: Examined, command: Command) -> str:
        """Reserved on the purchase, then taken from the account; undone where the latter fails.

        The receipt number; raises LegRefuses with the register's code.
        """
        leg, letter_no = self.leg, self.leg.request.number
        code, _ = await self._act("PURCHASE", "RESERVE", examined.total_fen)
        if not code:
            code, receipt = await self._act("HOUSING_FUND", "WITHDRAW", examined.total_fen)
            if not code:
                return receipt
            await self._act("PURCHASE", "GIVE_BACK", 0)
        leg.past_no_return = False
        leg.desk.note("REGISTER_REFUSED", code=code, letter=letter_no)
        raise LegRefuses(code, by=command)

    async def _act(self, kind: str, action: str, amount_fen: int) -> tuple[str, str]:
        letter_no = self.leg.request.number
        outcome = await register_act(
            self.desk,
            kind,
            action,
            locality=self.leg.filing.locality,
            key=f"{action}:{letter_no}",
            record="STATEMENT",
            summary="业务系统登记提取",
            facts={"letter_no": letter_no, "amount_fen": amount_fen},
            subject_field="purchase_no" if kind == "PURCHASE" else "",
        )
        return ("" if outcome.done else outcome.code), outcome.receipt_no

    async def examine(self) -> Examined:
        """The account here and the purchase as every locality sees it."""
        return await examine(
            self.desk,
            _FAMILY,
            ORIGIN,
            "HOUSING_FUND",
            letter_no=self.leg.request.number,
            also={"PURCHASE": "purchase_no"},
        )
