"""The way of one parcel as its sender follows it: events, silence, loss, claim, return.

Used by the procedure 寄递 (:mod:`workflows.parcel`), which decides nothing of this itself. Late,
doubled and reordered events of a carrier are noted and change nothing.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.courier_desk import CourierDesk
    from contracts.acts import ActOutcome
    from contracts.commands import Command
    from contracts.parcels import CourierRequest, ParcelFiling, ParcelNews, items_text
    from contracts.tidings import Tidings, TidingsKind, TidingsSent
    from domain import custody
    from domain.attribution import Holder
    from domain.casework import ActCode, ClockKind, Stage
    from domain.custody import PERSON, CustodyCode
    from domain.parcel_tasks import ParcelTask
    from domain.transports import Service
    from workflows.custody_book import CustodyBook
    from workflows.desk import Desk
    from workflows.happenings import Decided
    from workflows.policies import OUTSIDE_RETRY, OUTSIDE_TIMEOUT

Deed = Callable[[CourierDesk, CourierRequest], Awaitable[ActOutcome]]
_WAITING = (ClockKind.TRACKING, ClockKind.TRANSIT)


class Journey:
    """One parcel on its way; ``book`` says where it stands."""

    def __init__(self, desk: Desk, filing: ParcelFiling) -> None:
        self.desk = desk
        self.filing = filing
        self.parcel = filing.parcel
        self.book = CustodyBook(desk, filing.parcel)
        self.waybill = ""
        self.attempts = 0
        self._seen = 0  # the carrier's last event under this waybill
        self._told = 0

    @property
    def _by_messenger(self) -> bool:
        return self.parcel.service is Service.MESSENGER

    def description(self) -> tuple[str, ...]:
        """What the packing clerk has to see."""
        items = (f"ITEM:{item.code}:{item.count}" for item in self.parcel.items)
        return (f"SERVICE:{self.parcel.service}", f"SEAL:{self.parcel.seal_no}", *items)

    def tell(self, code: ParcelNews, **facts: str) -> None:
        """News for the case that sent it, told once after this step."""
        self._told += 1
        self.desk.draft.tidings.append(
            TidingsSent(
                to_workflow=self.filing.parent_workflow_id,
                tidings=Tidings(
                    key=f"parcel:{self.parcel.parcel_key}:{self._told}",
                    kind=TidingsKind.PARCEL,
                    code=code.value,
                    facts={**facts, "parcel": self.parcel.parcel_key},
                ),
            )
        )

    async def hand_over(self, command: Command) -> str:
        """Sealed and offered to the carrier; returns the carrier's code where it says no."""
        self.attempts += 1
        waybill = f"专{self.parcel.parcel_key}/{self.attempts}"
        if not self._by_messenger:
            taken = await self._ask_courier(CourierDesk.collect, "交寄")
            if not taken.done:
                return taken.code
            waybill = taken.receipt_no
        self.waybill, self._seen = waybill, 0
        party = custody.carrier(self.parcel.service)
        self._add(CustodyCode.SEALED, seal_no=self.parcel.seal_no)
        self._add(CustodyCode.HANDED_OVER, party, waybill=waybill)
        if self._by_messenger:  # the messenger signs for it at the counter
            self._add(CustodyCode.IN_TRANSIT, party)
        self.desk.record(ActCode.SEALED, by=command, seal=self.parcel.seal_no)
        self.desk.record(ActCode.HANDED_OVER, by=command, waybill=waybill)
        self.tell(
            ParcelNews.HANDED_OVER,
            kind=self.parcel.kind,
            service=self.parcel.service.value,
            seal_no=self.parcel.seal_no,
            waybill=waybill,
            items=items_text(self.parcel.items),
        )
        return ""

    def depart(self) -> None:
        """Its clocks run from the day it left."""
        self.desk.timers.start(ClockKind.TRANSIT, self.filing.limits["transit"], self.desk.today)
        self._listen()
        self._on_the_way()

    # ------------------------------------------------------------------ the carrier's words

    def track(self, facts: Mapping[str, str]) -> None:
        """One event of the carrier."""
        number, event = int(facts["number"]), facts["event"]
        if facts["waybill"] != self.waybill or number <= self._seen:
            self.desk.note("TRACKING_LATE", event=event, waybill=facts["waybill"])
            return
        self._seen = number
        self.desk.note("TRACKING", event=event, place=facts["place"], waybill=self.waybill)
        if event == "LOST":
            self._lost()
        elif event == "RETURNED" or (event == "DELIVERED" and self.book.now.homeward):
            self._came_back()
        elif event == "DELIVERED":
            self._delivered()
        else:
            self._moves()

    def _moves(self) -> None:
        first = self.book.now.state is CustodyCode.HANDED_OVER
        if self.book.now.state is not CustodyCode.IN_TRANSIT:
            self._add(CustodyCode.IN_TRANSIT)
        self._found()
        self._listen()
        if first:
            self.tell(ParcelNews.IN_TRANSIT)

    def _delivered(self) -> None:
        self._found()
        if self.parcel.to_office == PERSON:
            if self.book.can(CustodyCode.RECEIPT_SIGNED):
                self._add(CustodyCode.RECEIPT_SIGNED)
                self.desk.record(ActCode.SIGNED_FOR, waybill=self.waybill)
                self.tell(ParcelNews.SIGNED)
            return
        self._add(CustodyCode.ARRIVED)
        self.desk.timers.stop(*_WAITING)
        self.desk.move(Stage.ON_THE_WAY, Holder.THEIRS, due=None)
        self.tell(ParcelNews.ARRIVED)

    def _came_back(self) -> None:
        """The carrier brings it back: ours again once a clerk has it in hand (two sides)."""
        self.desk.supersede_tasks()
        self.desk.timers.stop(*_WAITING, ClockKind.TRACE)
        self._task(Stage.TRACING, ParcelTask.CAME_BACK, ClockKind.HANDOVER, "handover")

    # ------------------------------------------------------------------ silence and loss

    def silent(self, clock: str) -> None:
        """No event for days, or too long on the way: a clerk asks the carrier."""
        if clock not in _WAITING or self.book.now.state is CustodyCode.ARRIVED:
            self.desk.mark_overdue(clock)
            return
        self.desk.timers.stop(clock)
        if self.book.now.state is not CustodyCode.SILENT:
            self._add(CustodyCode.SILENT)
        if not self.desk.tasks:
            self._task(Stage.TRACING, ParcelTask.TRACE, ClockKind.TRACE, "trace", f"CLOCK:{clock}")
            self.tell(ParcelNews.SILENT)

    def searched(self, decided: Decided) -> None:
        """The clerk has asked: wait on, or give it up."""
        self.desk.timers.stop(ClockKind.TRACE)
        if decided.outcome == "LOST":
            self._lost(decided.command)
            return
        if self.desk.timers.effect(ClockKind.TRANSIT) is None:
            limit = self.filing.limits["transit"]
            self.desk.timers.start(ClockKind.TRANSIT, limit, self.desk.today)
        self._listen()
        self._on_the_way()

    def _lost(self, command: Command | None = None) -> None:
        if not self.book.can(CustodyCode.LOST):
            self.desk.note("CANNOT_BE_LOST", state=self.book.now.state.value)
            return
        self._add(CustodyCode.LOST)
        self.desk.supersede_tasks()
        self.desk.timers.stop(*_WAITING, ClockKind.TRACE)
        self.desk.record(ActCode.LOST, by=command, waybill=self.waybill)
        self._task(Stage.TRACING, ParcelTask.CLAIM, ClockKind.HANDOVER, "handover")
        self.tell(ParcelNews.LOST)

    async def claim(self, decided: Decided) -> None:
        """索赔, where there is a carrier that takes claims; then the content is to be rebuilt."""
        if decided.outcome == "CLAIM" and not self._by_messenger:
            taken = await self._ask_courier(CourierDesk.claim, "寄递索赔")
            if taken.done:
                self._add(CustodyCode.CLAIMED)
                self.desk.record(ActCode.CLAIMED, by=decided.command, claim=taken.receipt_no)
            else:
                self.desk.note("CLAIM_REFUSED", code=taken.code)
        self._task(Stage.TRACING, ParcelTask.REBUILD, ClockKind.TRACE, "trace")

    def rebuild(self, decided: Decided) -> None:
        """补办重建: the rebuilt content stands for the lost one."""
        self._add(CustodyCode.REBUILT)
        self.desk.record(ActCode.REBUILT, by=decided.command)
        self.tell(ParcelNews.REBUILT)

    # ------------------------------------------------------------------ our own case's words

    def receipt_back(self, tidings: Tidings) -> None:
        """回执: what the receiver found is told by its letter."""
        if not self._receiver_found(tidings):
            return
        self._add(CustodyCode.RECEIPT_SIGNED)
        self._add(CustodyCode.RECEIPT_BACK)
        self.tell(ParcelNews.RECEIPT_BACK)

    def sent_back(self, tidings: Tidings) -> None:
        """The receiver has given it to a carrier again: it is on its way home."""
        if not self._receiver_found(tidings):
            return
        self.waybill, self._seen = tidings.facts["waybill"], 0
        party = custody.carrier(self.parcel.service)
        self._add(CustodyCode.SENT_BACK, party, waybill=self.waybill)
        if self._by_messenger:
            self._add(CustodyCode.IN_TRANSIT, party)
            self._came_back()
            return
        self.depart()

    def take_back(self, decided: Decided) -> None:
        """收回: a clerk of ours has it in hand."""
        self.desk.timers.stop(ClockKind.HANDOVER)
        self._add(CustodyCode.RETURNED)
        self.desk.record(ActCode.TAKEN_BACK, by=decided.command, next=decided.outcome)

    def too_late(self, tidings: Tidings) -> None:
        """A word that does not fit where the parcel stands."""
        self.desk.note("WORD_OUT_OF_ORDER", code=tidings.code, state=self.book.now.state.value)

    def _receiver_found(self, tidings: Tidings) -> bool:
        counted = {k: v for k, v in tidings.facts.items() if k.startswith("counted:")}
        if not self.book.add_counted(tidings.facts["seal"], counted):
            self.too_late(tidings)
            return False
        self.desk.custodian = self.book.now.custodian
        self.desk.supersede_tasks()
        self.desk.timers.stop(*_WAITING, ClockKind.TRACE, ClockKind.HANDOVER)
        return True

    # ------------------------------------------------------------------ shared

    def _add(self, code: CustodyCode, party: str = "", **facts: str) -> None:
        if not self.book.can(code):
            self.desk.note("CUSTODY_CANNOT_FOLLOW", code=code, state=self.book.now.state.value)
            return
        self.book.add(code, party, **facts)
        self.desk.custodian = self.book.now.custodian

    def _found(self) -> None:
        """It moves again: whatever was open about silence or loss is settled."""
        if self.desk.tasks:
            self.desk.supersede_tasks()
            self.desk.timers.stop(ClockKind.TRACE, ClockKind.HANDOVER)
            self._on_the_way()

    def _listen(self) -> None:
        """The silence clock starts anew with each event."""
        if self._by_messenger:
            return
        self.desk.timers.stop(ClockKind.TRACKING)
        self.desk.timers.start(ClockKind.TRACKING, self.filing.limits["tracking"], self.desk.today)

    def _on_the_way(self) -> None:
        running = self.desk.timers.effect(ClockKind.TRANSIT) is not None
        due = ClockKind.TRANSIT if running else None
        self.desk.move(Stage.ON_THE_WAY, Holder.COURIER, due=due)

    def _task(
        self, stage: Stage, kind: ParcelTask, clock: ClockKind, limit: str, *findings: str
    ) -> None:
        office = self.parcel.from_office
        self.desk.timers.stop(clock)
        self.desk.timers.start(clock, self.filing.limits[limit], self.desk.today)
        self.desk.move(stage, Holder.OURS, office=office, due=clock)
        self.desk.open_task(
            kind, office, clock=clock, findings=(f"WAYBILL:{self.waybill}", *findings)
        )

    async def _ask_courier(self, what: Deed, summary: str) -> ActOutcome:
        await self.desk.flush_unanswered()
        outcome: ActOutcome = await workflow.execute_activity_method(
            what,
            CourierRequest(
                case_no=self.desk.case_no,
                parcel_key=self.parcel.parcel_key,
                attempt=self.attempts,
                waybill=self.waybill,
            ),
            start_to_close_timeout=OUTSIDE_TIMEOUT,
            retry_policy=OUTSIDE_RETRY,
            summary=summary,
        )
        return outcome
