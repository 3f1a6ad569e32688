"""送达与留存: the window hands the result over, the old document first (X3), or holds it.

Last step of the window's procedure. A document that cannot be delivered is held and goes back in
the end; it is never made again. Basis: docs/rules.md A11.
"""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.commands import Command, RejectionCode, Verb
    from contracts.letters import Letter, LetterVerb, ReceiptCode
    from domain.attribution import Holder
    from domain.casework import ActCode, ClockKind, Ending, Stage
    from domain.proxy_tasks import ProxyTask
    from domain.schemes.proxy_matters import proxied
    from domain.schemes.proxy_reasons import UNCLAIMED
    from workflows.business import register_act
    from workflows.happenings import Decided, Expired
    from workflows.home_case import CaseEnds
    from workflows.proxy_case import ProxyCase
    from workflows.proxy_parcels import check_in

_TO_THE_PERSON = frozenset({Verb.REPORT_DEATH, Verb.CORRECT_IDENTITY})
#: The register's answers that say: the old document is no longer in the person's hands.
_OLD_IS_IN = frozenset({"ALREADY_COLLECTED", "ALREADY_VOID", "NO_OLD_DOCUMENT"})


async def take_over(case: ProxyCase, result: Letter) -> None:
    """What the home office sent by parcel is checked in before anybody is called to fetch it."""
    desk = case.desk
    if "parcel" not in result.facts:
        desk.judge = lambda letter: ReceiptCode.NOT_EXPECTED
        return
    desk.judge = lambda letter: (
        None if letter.verb is LetterVerb.PROGRESS else ReceiptCode.NOT_EXPECTED
    )
    await check_in(case, result, lambda happening: None)
    desk.judge = lambda letter: ReceiptCode.NOT_EXPECTED


class HandingOver:
    """The result of one case, from its arrival at the window until the person has it."""

    def __init__(self, case: ProxyCase, result: Letter) -> None:
        self.case = case
        self.desk = case.desk
        self.old_is_out = result.facts.get("old") == "yes"
        self.office = case.filing.desks.intake
        self.confirmed = False

    async def deliver(self) -> None:
        """Try as often as the policy says, then hold; raises CaseEnds when nobody ever comes."""
        desk, rules = self.desk, self.case.filing.rules
        desk.guard = self._guard
        desk.timers.start(ClockKind.CONFIRMATION, rules.delivery, desk.today)
        attempts, findings = 0, self._findings()
        while attempts < rules.numbers["delivery_attempts"]:
            desk.move(
                Stage.DELIVERY,
                Holder.OURS,
                office=self.office,
                due=ClockKind.CONFIRMATION,
                allows=_TO_THE_PERSON,
            )
            desk.open_task(
                ProxyTask.HAND_OVER, self.office, clock=ClockKind.CONFIRMATION, findings=findings
            )
            decided = await self.case.decision()
            if decided.outcome != "UNDELIVERED":
                code = await self._handed_over(decided)
                if not code:
                    return
                findings = (f"REGISTER:{code}",)
                continue
            attempts += 1
            desk.note("DELIVERY_FAILED", attempt=str(attempts))
            desk.tell("PROXY_NOT_HANDED_OVER")
            findings = (*self._findings(), f"ATTEMPT:{attempts + 1}")
        desk.timers.stop(ClockKind.CONFIRMATION)
        await self._hold(decided.command)

    async def _hold(self, command: Command) -> None:
        desk = self.desk
        desk.record(ActCode.HELD, by=command)
        desk.tell("PROXY_HELD")
        desk.timers.start(ClockKind.HOLDING, self.case.filing.rules.limits["holding"], desk.today)
        findings = self._findings()
        while True:
            desk.move(
                Stage.HOLDING,
                Holder.APPLICANT,
                office=self.office,
                due=ClockKind.HOLDING,
                allows=_TO_THE_PERSON,
            )
            if not desk.tasks:
                desk.open_task(
                    ProxyTask.HELD, self.office, clock=ClockKind.HOLDING, findings=findings
                )
            match await self.case.next():
                case Expired():
                    raise CaseEnds(Ending.UNCLAIMED, ActCode.RESULT_RETURNED, reason_code=UNCLAIMED)
                case Decided() as decided:
                    code = await self._handed_over(decided)
                    if not code:
                        return
                    findings = (f"REGISTER:{code}",)

    async def _handed_over(self, decided: Decided) -> str:
        """Old document in, new one out, home office told; the register's refusal stops it."""
        desk, case = self.desk, self.case
        if self.old_is_out:
            outcome = await register_act(
                desk,
                proxied(case.filing.matter).register,
                "COLLECT_OLD",
                locality=case.filing.locality,
                key=f"COLLECT_OLD:{case.request_no}",
                summary="登记收回旧证",
            )
            if not outcome.done and outcome.code not in _OLD_IS_IN:
                desk.note("REGISTER_REFUSED", code=outcome.code)
                return outcome.code
            self.old_is_out = False
            desk.record(ActCode.OLD_COLLECTED, by=decided.command, receipt=outcome.receipt_no)
        desk.timers.stop(ClockKind.CONFIRMATION, ClockKind.HOLDING)
        desk.record(ActCode.DELIVERED, by=decided.command, way=decided.outcome)
        desk.tell("PROXY_DELIVERED")
        await self.confirm("DELIVERED")
        return ""

    async def confirm(self, result: str) -> None:
        """送达告知, once: DELIVERED, or UNCLAIMED where the document goes back."""
        if not self.confirmed:
            self.confirmed = True
            await self.case.mail.send(
                self.case.to_leg(LetterVerb.CONFIRM, facts={"result": result})
            )

    def _guard(self, command: Command) -> RejectionCode | None:
        """By post only where no old document has to be handed in first (X3)."""
        if command.outcome == "MAILED" and self.old_is_out:
            return RejectionCode.CANNOT_PROCEED
        return self.case.guard(command)

    def _findings(self) -> tuple[str, ...]:
        return ("OLD_DOCUMENT:COLLECT",) if self.old_is_out else ()
