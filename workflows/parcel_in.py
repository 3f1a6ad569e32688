"""收件: the receiver's side of a parcel: its own record, seal check, count, sending back.

Called by the home case or leg that receives. What it finds goes back by letter (回执); the sender's
copy learns it from there. Basis: docs/rules.md A8, D R1, R3, R5.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from activities.courier_desk import CourierDesk
    from contracts.acts import ActOutcome
    from contracts.commands import Command
    from contracts.letters import Letter
    from contracts.parcels import NEW_WAYBILL, CourierRequest, ParcelOpened, items_of
    from domain import custody
    from domain.attribution import Holder
    from domain.casework import ActCode, ClockKind, Stage
    from domain.custody import CustodyCode
    from domain.parcel_tasks import ParcelTask
    from domain.transports import Service
    from workflows.custody_book import CustodyBook
    from workflows.happenings import Arrived, Decided, Expired, Happening
    from workflows.home_case import HomeCase
    from workflows.leg_case import LegCase
    from workflows.policies import OUTSIDE_RETRY, OUTSIDE_TIMEOUT


@dataclass(frozen=True, slots=True)
class CheckedIn:
    """What the receiver found. ``counted``: items that differ, as ``counted:<code>`` to number."""

    key: str
    seal: CustodyCode
    counted: dict[str, str] = field(default_factory=dict)

    @property
    def whole(self) -> bool:
        """Seal unbroken and count as listed."""
        return self.seal is CustodyCode.SEAL_OK and not self.counted

    @property
    def seal_whole(self) -> bool:
        """Whether the seal was unbroken."""
        return self.seal is CustodyCode.SEAL_OK

    def facts(self) -> dict[str, str]:
        """For the letter that answers the sender."""
        return {"parcel": self.key, "seal": self.seal.value, **self.counted}


def parcel_of(letter_facts: Mapping[str, str], letter: Letter, to_office: str) -> ParcelOpened:
    """The parcel that a letter announces by the facts of its HANDED_OVER news."""
    return ParcelOpened(
        parcel_key=letter_facts["parcel"],
        kind=letter_facts["kind"],
        service=Service(letter_facts["service"]),
        from_locality=letter.from_locality,
        from_office=letter.from_office,
        to_locality=letter.to_locality,
        to_office=to_office,
        items=items_of(letter_facts["items"]),
        seal_no=letter_facts["seal_no"],
    )


class ParcelIn:
    """One parcel that comes here. ``limit``: in which seal and content are to be checked."""

    def __init__(self, case: HomeCase | LegCase, letter: Letter, *, stage: Stage) -> None:
        self.case = case
        self.desk = case.desk
        self.office = case.filing.desks.station
        self.stage = stage
        self.parcel = parcel_of(letter.facts, letter, self.office)
        self.waybill = letter.facts["waybill"]
        self.book = CustodyBook(self.desk, self.parcel)
        self.checked: CheckedIn | None = None
        self._renewed = False

    def announce(self) -> None:
        """Put our copy on file: listed, sealed and handed over by the sender's word."""
        self.desk.draft.parcels.append(self.parcel)
        self.book.add(CustodyCode.SEALED, seal_no=self.parcel.seal_no)
        party = custody.carrier(self.parcel.service)
        self.book.add(CustodyCode.HANDED_OVER, party, waybill=self.waybill)

    def renew(self, letter: Letter) -> bool:
        """It came back to its sender and has left again: the same content under a new waybill.

        False where the letter is about another parcel, or this one is in our hands.
        """
        about = letter.reason_code == NEW_WAYBILL
        about = about and letter.facts.get("parcel") == self.parcel.parcel_key
        if not about or not self.book.can(CustodyCode.RETURNED):
            return False
        self.waybill, self.checked = letter.facts["waybill"], None
        self.book.add(CustodyCode.RETURNED)
        self.book.add(CustodyCode.SEALED, seal_no=self.parcel.seal_no)
        party = custody.carrier(self.parcel.service)
        self.book.add(CustodyCode.HANDED_OVER, party, waybill=self.waybill)
        self.desk.note("NEW_WAYBILL", waybill=self.waybill)
        return True

    async def check_in(
        self, ended: Callable[[Happening], bool] = lambda happening: False
    ) -> CheckedIn | None:
        """Seal and count as decided here; None where ``ended`` says that it will not come.

        The limit runs anew from the day on which a new waybill is told.
        """
        limit = self.case.filing.rules.limits["receipt"]
        found: Command | None = None
        while found is None:
            self._renewed = False
            self.desk.timers.start(ClockKind.RECEIPT, limit, self.desk.today)
            found = await self._ask(
                ParcelTask.SEAL_CHECK,
                ended,
                f"WAYBILL:{self.waybill}",
                f"SEAL:{self.parcel.seal_no}",
                f"SERVICE:{self.parcel.service}",
            )
            if found is None and not self._renewed:
                return None
        self.desk.record(ActCode.SEAL_CHECKED, by=found, outcome=found.outcome or "")
        seal = CustodyCode(found.outcome or "")
        self.book.add(seal)
        self.desk.custodian = self.office
        command = await self._count(found)
        counted = {f"counted:{code}": str(number) for code, number in command.counted.items()}
        self.book.add(CustodyCode(command.outcome or ""), **counted)
        self.desk.record(
            ActCode.COUNTED,
            by=command,
            outcome=command.outcome or "",
            differs=",".join(sorted(command.counted)),
        )
        self.desk.timers.stop(ClockKind.RECEIPT)
        self.checked = CheckedIn(self.parcel.parcel_key, seal, counted)
        return self.checked

    async def _count(self, command: Command) -> Command:
        """A difference that names nothing that differs is asked again (R3)."""
        items = tuple(f"ITEM:{item.code}:{item.count}" for item in self.parcel.items)
        listed = {item.code: item.count for item in self.parcel.items}
        while True:
            found = await self._ask(ParcelTask.COUNT_CHECK, lambda happening: False, *items)
            command = found or command
            differs = custody.count_differences(listed, command.counted)
            if bool(differs) == (command.outcome == CustodyCode.COUNT_DIFF):
                return command
            self.desk.note("COUNT_SAYS_NOTHING")

    def sign(self) -> None:
        """签收: it stays here."""
        self.book.add(CustodyCode.RECEIPT_SIGNED)

    async def send_back(self, command: Command) -> dict[str, str]:
        """退回: given to the carrier; returns the facts of the letter that says so."""
        await self.desk.flush_unanswered()
        waybill = self.parcel.parcel_key
        if self.parcel.service is not Service.MESSENGER:
            taken: ActOutcome = await workflow.execute_activity_method(
                CourierDesk.collect,
                CourierRequest(
                    case_no=self.desk.case_no, parcel_key=self.parcel.parcel_key, back=True
                ),
                start_to_close_timeout=OUTSIDE_TIMEOUT,
                retry_policy=OUTSIDE_RETRY,
                summary="退回交寄",
            )
            waybill = taken.receipt_no
        party = custody.carrier(self.parcel.service)
        self.book.add(CustodyCode.SENT_BACK, party, waybill=waybill)
        # The waybill is the carrier's own word that it holds the parcel.
        self.book.add(CustodyCode.IN_TRANSIT, party)
        self.desk.custodian = party
        self.desk.record(ActCode.SENT_BACK, by=command, waybill=waybill)
        assert self.checked is not None, "only what was checked in goes back"
        return {**self.checked.facts(), "waybill": waybill}

    async def _ask(
        self, kind: ParcelTask, ended: Callable[[Happening], bool], *findings: str
    ) -> Command | None:
        self.desk.move(
            self.stage,
            Holder.OURS,
            office=self.office,
            due=ClockKind.RECEIPT,
            allows=frozenset(),
        )
        task = self.desk.open_task(
            kind, self.office, clock=ClockKind.RECEIPT, findings=tuple(findings)
        )
        while True:
            happening = await self.case.next()
            match happening:
                case Decided(command=command) if command.task_id == task:
                    return command
                case Expired(clock=clock):
                    self.desk.mark_overdue(clock)
                case Arrived(letter=letter) if self.renew(letter):
                    self._renewed = True
                    self._leave()
                    return None
                case _ if ended(happening):
                    self._leave()
                    return None

    def _leave(self) -> None:
        """Nothing is to be checked for now."""
        self.desk.supersede_tasks()
        self.desk.timers.stop(ClockKind.RECEIPT)
