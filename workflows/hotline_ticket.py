"""热线工单: a 12345 ticket is dispatched, signed for, handled, replied to and called back about."""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.hotline_desk import HotlineDesk
    from contracts.acts import ActOutcome
    from contracts.cases import CaseFiling, CaseResult
    from contracts.commands import Command, Verb
    from contracts.hotline import DispatchRequest, ReplyRequest
    from contracts.tidings import Tidings, TidingsKind
    from domain.attribution import Holder
    from domain.casework import ActCode, ClockKind, Ending, Stage
    from domain.hotline import HotlineNews, ReplyKind, TicketVerdict, goes_on
    from domain.hotline_tasks import HotlineTask
    from workflows.happenings import Expired, Told
    from workflows.office_procedure import OfficeProcedure
    from workflows.policies import REGISTER_RETRY, REGISTER_TIMEOUT


class TicketWithdrawn(Exception):
    """The platform has taken its ticket back."""


class CalledBackAfterAll(Exception):
    """The platform has asked the caller while our own call was still to be made."""

    def __init__(self, verdict: str) -> None:
        super().__init__(verdict)
        self.verdict = verdict


@workflow.defn(name="热线工单")
class HotlineTicket(OfficeProcedure):
    """One ticket: to the office it belongs to, its reply to the platform, at most one repeat.

    Started when the platform's ticket comes in, however often. Waits for the lead office, the
    handling office and the platform's call-back; silence of the last is made good by a call of our
    own. Ends closed, returned to the platform or withdrawn by it. Basis: 国办发〔2020〕53号,
    docs/rules.md B4.
    """

    @workflow.init
    def __init__(self, filing: CaseFiling) -> None:
        super().__init__(filing)
        self._returned_by: list[str] = []
        self._calling = 0  # the round about which the lead office is to call

    @workflow.run
    async def run(self, filing: CaseFiling) -> CaseResult:
        """The procedure."""
        self.desk.note("TICKET_TAKEN", **filing.facts)
        try:
            return await self.story()
        except TicketWithdrawn:
            self.desk.record(ActCode.TICKET_WITHDRAWN, ticket=filing.facts["ticket"])
            return await self.end(Ending.WITHDRAWN, Stage.WITHDRAWN)

    def hear(self, tidings: Tidings) -> None:
        """A withdrawal ends the ticket. What the platform heard of the round that is open decides
        also where it comes late; a call-back about no open round is only noted."""
        if tidings.kind is not TidingsKind.HOTLINE:
            return
        if tidings.code == HotlineNews.WITHDRAWN:
            raise TicketWithdrawn
        about = tidings.facts.get("round")
        if (
            tidings.code == HotlineNews.CALLED_BACK
            and self._calling
            and about == str(self._calling)
            and workflow.patched("late-call-back-decides")
        ):
            raise CalledBackAfterAll(tidings.facts["verdict"])
        self.desk.note("VERDICT_NOT_EXPECTED", **tidings.facts)

    async def story(self) -> CaseResult:
        """From the dispatch to the end."""
        desk = self.desk
        office = await self._to_its_office()
        if office is None:
            return await self.end(Ending.FORWARDED, Stage.FORWARDED)
        rounds = self.filing.rules.numbers["rounds"]
        for round_ in range(1, rounds + 1):
            await self._handle(office, round_)
            verdict = await self._verdict(round_)
            desk.record(ActCode.TICKET_CALLED_BACK, verdict=verdict, round=str(round_))
            if not goes_on(verdict, round_=round_, rounds=rounds):
                break
        desk.record(ActCode.TICKET_CLOSED, verdict=verdict, rounds=str(round_))
        return await self.end(Ending.COMPLETED, Stage.ARCHIVED)

    async def _to_its_office(self) -> str | None:
        """The office that signed, or kept silent; None where the ticket went back."""
        facts, desk = self.filing.facts, self.desk
        told = [f"CATEGORY:{facts['category']}"]
        if facts["about"]:
            told += [f"ABOUT:{facts['about']}", f"SUGGESTED:{facts['suggested']}"]
        findings = tuple(told)
        while True:
            decided = None
            while decided is None:
                decided = await self.step(
                    HotlineTask.DISPATCH,
                    Stage.DISPATCHING,
                    self.filing.desks.bureau,
                    ClockKind.DISPATCH,
                    self.limit("dispatch"),
                    findings=findings,
                )
            if decided.outcome == "RETURN":
                desk.record(ActCode.TICKET_RETURNED, by=decided.command)
                await self._write(ReplyKind.RETURN, 0, decided.command)
                return None
            dispatched = await self._dispatch(decided.command)
            if not dispatched.done:
                desk.note("DISPATCH_REFUSED", code=dispatched.code)
                findings = (*told, f"NOT_DISPATCHED:{dispatched.code}")
                continue
            office = dispatched.receipt_no
            desk.record(ActCode.TICKET_DISPATCHED, by=decided.command, to=office)
            if await self._is_signed(office):
                return office
            self._returned_by.append(office)
            findings = (*told, *(f"NOT_OURS:{one}" for one in self._returned_by))

    async def _is_signed(self, office: str) -> bool:
        """Signed for, or kept beyond the days in which it could be returned."""
        desk = self.desk
        desk.timers.start(ClockKind.HANDLING, self.limit("handling"), desk.today)
        decided = await self.step(
            HotlineTask.SIGN, Stage.SIGNING, office, ClockKind.SIGNING, self.limit("signing")
        )
        if decided is None:
            desk.note("SIGNED_BY_SILENCE", office=office)
            return True
        if decided.outcome == "SIGN":
            desk.record(ActCode.TICKET_SIGNED, by=decided.command)
            return True
        desk.timers.stop(ClockKind.HANDLING)
        desk.record(ActCode.TICKET_NOT_OURS, by=decided.command)
        return False

    async def _handle(self, office: str, round_: int) -> None:
        """Handled and answered; the clock of the first round runs since the dispatch."""
        second = round_ > 1
        decided = None
        while decided is None:
            decided = await self.step(
                HotlineTask.HANDLE,
                Stage.HANDLING,
                office,
                ClockKind.HANDLING,
                self.limit("second") if second else None,
                findings=(f"ROUND:{round_}", *(("UNSATISFIED",) if second else ())),
                allows=frozenset({Verb.EXTEND}),
            )
        self.desk.record(ActCode.TICKET_REPLIED, by=decided.command, round=str(round_))
        await self._write(ReplyKind.REPLY, round_, decided.command)

    async def _verdict(self, round_: int) -> str:
        """What the platform heard from the caller; where it keeps silent we ask ourselves."""
        desk, filing = self.desk, self.filing
        desk.timers.start(ClockKind.VERDICT, self.limit("verdict"), desk.today)
        desk.move(
            Stage.REPLIED,
            Holder.OURS,
            office=filing.desks.bureau,
            due=ClockKind.VERDICT,
            allows=frozenset(),
        )
        while True:
            match await desk.next():
                case Told(tidings=tidings):
                    told = tidings.facts
                    if tidings.code == HotlineNews.CALLED_BACK and told["round"] == str(round_):
                        desk.timers.stop(ClockKind.VERDICT)
                        return told["verdict"]
                    self.hear(tidings)
                case Expired(clock=ClockKind.VERDICT):
                    desk.timers.stop(ClockKind.VERDICT)
                    return await self._own_call(round_)

    async def _own_call(self, round_: int) -> str:
        """The lead office calls back in the platform's stead, unless the platform still does."""
        desk, decided = self.desk, None
        self._calling = round_
        try:
            while decided is None:
                decided = await self.step(
                    HotlineTask.CALL_BACK,
                    Stage.REPLIED,
                    self.filing.desks.bureau,
                    ClockKind.CONTACT,
                    self.limit("call_back"),
                    findings=(f"ROUND:{round_}",),
                )
        except CalledBackAfterAll as heard:
            desk.timers.stop(ClockKind.CONTACT)
            desk.supersede_tasks()
            return heard.verdict
        finally:
            self._calling = 0
        return TicketVerdict(decided.outcome).value

    async def _dispatch(self, command: Command) -> ActOutcome:
        """The office stands in the command's text, which no history holds."""
        await self.desk.flush_unanswered()
        outcome: ActOutcome = await workflow.execute_activity_method(
            HotlineDesk.dispatch,
            DispatchRequest(
                case_no=self.desk.case_no,
                command_id=command.command_id,
                returned_by=tuple(self._returned_by),
            ),
            start_to_close_timeout=REGISTER_TIMEOUT,
            retry_policy=REGISTER_RETRY,
            summary="派发工单",
        )
        return outcome

    async def _write(self, kind: ReplyKind, round_: int, command: Command) -> None:
        """What goes back to the platform is drawn up; the worker's round sends it."""
        await self.desk.flush_unanswered()
        await workflow.execute_activity_method(
            HotlineDesk.reply,
            ReplyRequest(
                case_no=self.desk.case_no,
                ticket_no=self.filing.facts["ticket"],
                kind=kind.value,
                round=round_,
                office=self.desk.office,
                command_id=command.command_id,
            ),
            start_to_close_timeout=REGISTER_TIMEOUT,
            retry_policy=REGISTER_RETRY,
            summary="拟发工单答复",
        )
