"""One migration as the registers of two localities keep it, written without any workflow.

Used by the tests of the check: the real transitions, counters and population registers, with a
stand-in for the running case that accepts every letter.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, cast

from temporalio.client import Client

from activities.letter_papers import LetterPapers
from activities.notice_texts import word_notice
from adapters.outside import OutsideSystems
from adapters.protocols import CancelOrder, CloseOrder, LandOrder, Registration
from contracts import ids
from contracts.cases import PinnedLimit
from contracts.commands import Command, Verb
from contracts.letters import Letter, LetterVerb, ReceiptStatus, Verdict
from contracts.transitions import (
    ActRecorded,
    CertificateChanged,
    CertificateIssued,
    CertificateReceived,
    ClockChanged,
    ClockStarted,
    EventNoted,
    LetterDrafted,
    PersonChanged,
    ReceiptFiled,
    TaskClosed,
    TaskOpened,
    Transition,
    TransitionResult,
)
from counter.desk import Counter
from domain.attribution import Holder
from domain.clocks import Effect, Unit
from domain.task_table import TASKS
from storage import commands, documents
from storage.database import Database
from storage.people import log_access, put_person
from storage.transitions import write
from tests.storage.builders import CATALOG, NOW, TODAY, put_open_case
from workflows.mail import blank

HOME, ORIGIN = "371002", "330902"
LIMIT = PinnedLimit(length=20, unit=Unit.WD, basis="样例依据", effect=Effect.ESCALATE)


class _Accepting:
    """Stands in for Temporal: cases start at once and take every letter."""

    async def start_workflow(self, *_: object, **__: object) -> None:
        return None

    def get_workflow_handle(self, _: str) -> _Accepting:
        return self

    async def execute_update(self, *_: object, **__: object) -> Verdict:
        return Verdict(status=ReceiptStatus.ACCEPTED)


@dataclass
class Place:
    """One locality: its database, its counter and its population register."""

    code: str
    database: Database
    outside: OutsideSystems
    counter: Counter = field(init=False)

    def __post_init__(self) -> None:
        client = cast(Client, _Accepting())
        self.counter = Counter(self.database, client, CATALOG, self.code)


@dataclass
class File:
    """One side's file of the migration: writes step after step."""

    place: Place
    case_no: str
    workflow_id: str
    side: str
    state: dict[str, Any]
    sequence: int = 0
    clocks: list[str] = field(default_factory=list)

    async def step(self, *causes: str, **effects: Any) -> TransitionResult:
        """One transition; stage, holder and office stay until they are changed."""
        self.sequence += 1
        for name in ("stage", "holder", "office"):
            self.state[name] = effects.pop(name, self.state[name])
        stops = tuple(effects.pop("stop", ()))
        starts = tuple(effects.pop("start", ()))
        noted = tuple(EventNoted(code="CLOCK_STOPPED", facts={"clock": kind}) for kind in stops)
        transition = Transition.model_validate(
            {
                "workflow_id": self.workflow_id,
                "case_no": self.case_no,
                "sequence": self.sequence,
                "at": NOW,
                "causes": causes,
                "custodian": self.place_station,
                "clocks_changed": tuple(
                    ClockChanged(kind=kind, change="STOP", on=TODAY) for kind in stops
                ),
                "events": noted,
                "clocks_started": tuple(
                    ClockStarted(kind=kind, limit=LIMIT, started_on=TODAY) for kind in starts
                ),
                **self.state,
                **effects,
            }
        )
        papers = LetterPapers(b"only-for-tests")
        async with self.place.database.write() as connection:
            return await write(
                connection, transition, CATALOG.calendar, papers.draw_up, word_notice
            )

    @property
    def place_station(self) -> str:
        return f"{self.place.code}-GA-01"

    def opened(self, kind: str, office: str | None = None) -> TaskOpened:
        """A new task of that kind."""
        return TaskOpened(
            task_id=f"{self.case_no}/{kind}/1",
            kind=kind,
            title=TASKS[kind].title,
            office=office or self.place_station,
            role=TASKS[kind].role.value,
        )

    async def decided(self, kind: str, outcome: str, actor: str, **effects: Any) -> str:
        """A clerk's decision with the step that it leads to; returns the command's id."""
        office = CATALOG.clerk(actor).office
        command = Command(
            command_id=f"c-{self.case_no}-{kind}",
            verb=Verb.DECIDE,
            actor=actor,
            office=office,
            roles=(TASKS[kind].role.value,),
            task_id=f"{self.case_no}/{kind}/1",
            outcome=outcome,
        )
        async with self.place.database.write() as connection:
            await commands.put(connection, self.workflow_id, self.case_no, command, {}, NOW)
        closed = TaskClosed(
            task_id=command.task_id or "",
            status="DONE",
            outcome=outcome,
            command_id=command.command_id,
        )
        await self.step(command.command_id, tasks_closed=(closed,), **effects)
        async with self.place.database.write() as connection:
            await commands.settle(connection, command.command_id, "DONE", {}, NOW)
        return command.command_id

    def act(self, code: str, actor: str = "SYSTEM", **more: Any) -> ActRecorded:
        """A legal act of the coming step, by the clerk's office."""
        office = CATALOG.clerk(actor).office if actor != "SYSTEM" else self.place_station
        person = more.get("person", 0)
        return ActRecorded(
            **{
                "key": f"{code}:{person}:{self.sequence + 1}",
                "code": code,
                "office": office,
                "actor": actor,
                "basis": "样例依据",
                **more,
            }
        )


@dataclass
class Migration:
    """One person's move from ORIGIN to HOME, as far as it has been played."""

    home: File
    leg: File
    who: Registration
    certificate: str = ""
    permit: str = ""

    @classmethod
    async def filed(cls, home: Place, origin: Place, who: Registration) -> Migration:
        """Accepted, reviewed and approved; the request has reached the origin's counter."""
        async with home.database.write() as connection:
            filing = await put_open_case(connection, who.id_no)
        state = {"stage": "SUBMITTED", "holder": Holder.OURS, "office": f"{HOME}-GA-01"}
        file = File(home, filing.case_no, ids.case_workflow_id(filing.case_no), "HOME", state)
        self = cls(file, cast(File, None), who)
        await file.step(
            acts=(file.act("RECEIVED"),),
            tasks_opened=(file.opened("INTAKE_CHECK"),),
            start=["INTAKE"],
        )
        await file.decided(
            "INTAKE_CHECK",
            "ACCEPT",
            "HC0101",
            stage="REVIEW",
            acts=(file.act("ACCEPTED", "HC0101"),),
            tasks_opened=(file.opened("REVIEW"),),
            stop=["INTAKE"],
            start=["DECISION"],
        )
        await file.decided(
            "REVIEW",
            "PASS",
            "HC0102",
            stage="APPROVAL",
            office=f"{HOME}-GA-00",
            acts=(file.act("REVIEWED", "HC0102"),),
            tasks_opened=(file.opened("APPROVAL", f"{HOME}-GA-00"),),
        )
        await file.decided(
            "APPROVAL",
            "APPROVE",
            "HC0002",
            acts=(file.act("APPROVED", "HC0002"),),
            stop=["DECISION"],
        )
        await self._request()
        await self._open_leg(origin)
        return self

    async def moved_out(self) -> Migration:
        """Confirmed, cancelled and certified at the origin; the answer is at home, to be landed."""
        leg = self.leg
        await leg.decided(
            "PHONE_CONFIRMATION",
            "CONFIRMED",
            "DH0102",
            stage="CANCELLATION",
            tasks_opened=(leg.opened("CANCELLATION"),),
        )
        issued = CertificateIssued(
            key="MIGRATION:1",
            kind="MIGRATION",
            office=f"{ORIGIN}-GA-01",
            issued_on=TODAY,
            valid_days=30,
            person=1,
            status="PREPARED",
        )
        await leg.decided("CANCELLATION", "CANCEL", "DH0103")
        ref = (await leg.step(certificates_issued=(issued,))).certificates["MIGRATION:1"]
        self.certificate = ref.number
        await leg.place.outside.population.cancel_for_move(
            CancelOrder(
                key=f"{leg.case_no}:CANCEL:1",
                case_no=leg.case_no,
                id_no=self.who.id_no,
                certificate_no=ref.number,
                to_locality=HOME,
                on=TODAY,
            )
        )
        await leg.step(
            stage="IN_TRANSIT",
            holder=Holder.THEIRS,
            acts=(
                leg.act("CANCELLED", "DH0103", person=1),
                leg.act("CERTIFICATE_ISSUED", "DH0103", person=1),
            ),
            certificates_changed=(CertificateChanged(number=ref.number, status="VALID"),),
            persons=(PersonChanged(person=1, status="IN_TRANSIT"),),
            stop=["ORIGIN"],
            start=["CERTIFICATE"],
        )
        answer = await self._send(
            leg,
            self.home,
            LetterVerb.MOVE_OUT_ANSWER,
            in_reply_to=ids.letter_no(self.home.case_no, 1),
            answer="GRANTED",
            certificates=(ref,),
        )
        await self.home.step(
            answer.number,
            stage="LANDING",
            holder=Holder.OURS,
            certificates_received=(CertificateReceived(kind="MIGRATION", ref=ref, issuer=ORIGIN),),
            certificates_changed=(CertificateChanged(number=self.permit, status="USED"),),
            persons=(PersonChanged(person=1, status="IN_TRANSIT"),),
            tasks_opened=(self.home.opened("LANDING"),),
            stop=["PEER"],
            start=["CERTIFICATE"],
        )
        return self

    async def landed(self) -> Migration:
        """Landed, confirmed, delivered; both files closed."""
        home, leg = self.home, self.leg
        await home.decided("LANDING", "LAND", "HC0102")
        await home.place.outside.population.land(
            LandOrder(
                key=f"{home.case_no}:LAND:1",
                case_no=home.case_no,
                id_no=self.who.id_no,
                name=self.who.name,
                sex=self.who.sex,
                birth_date=self.who.birth_date,
                ethnic=self.who.ethnic,
                certificate_no=self.certificate,
                station=f"{HOME}-GA-01",
                address="样例街2号",
                household_no=None,
                on=TODAY,
            )
        )
        await home.step(
            stage="DELIVERY",
            acts=(home.act("LANDED", "HC0102", person=1, facts={"certificate": self.certificate}),),
            certificates_changed=(CertificateChanged(number=self.certificate, status="USED"),),
            persons=(PersonChanged(person=1, status="LANDED"),),
            tasks_opened=(home.opened("DELIVERY"),),
        )
        ref = {"number": self.certificate, "person": 1, "valid_until": TODAY}
        confirmed = await self._send(home, leg, LetterVerb.LANDING_CONFIRMED, certificates=(ref,))
        await leg.step(confirmed.number)
        await leg.place.outside.population.close_moved(
            CloseOrder(
                key=f"{leg.case_no}:CLOSE:1",
                case_no=leg.case_no,
                id_no=self.who.id_no,
                certificate_no=self.certificate,
                landed_in=HOME,
                on=TODAY,
            )
        )
        await leg.step(
            stage="MOVED_OUT",
            holder=Holder.UNCOUNTED,
            ending="COMPLETED",
            certificates_changed=(CertificateChanged(number=self.certificate, status="USED"),),
            persons=(PersonChanged(person=1, status="LANDED"),),
            acts=(leg.act("ARCHIVED"),),
            stop=["CERTIFICATE"],
        )
        await home.decided(
            "DELIVERY", "PICKED_UP", "HC0101", acts=(home.act("DELIVERED", "HC0101"),)
        )
        await home.step(
            stage="ARCHIVED",
            holder=Holder.UNCOUNTED,
            ending="COMPLETED",
            acts=(home.act("ARCHIVED"),),
            stop=["CERTIFICATE"],
        )
        return self

    # ------------------------------------------------------------------ letters and the leg

    async def _request(self) -> None:
        home = self.home
        permit = CertificateIssued(
            key="PERMIT:0",
            kind="PERMIT",
            office=f"{HOME}-GA-00",
            issued_on=TODAY,
            valid_days=40,
        )
        result = await home.step(
            stage="ORIGIN_PROCESSING",
            holder=Holder.THEIRS,
            office=f"{HOME}-GA-01",
            certificates_issued=(permit,),
            acts=(home.act("PERMIT_ISSUED", office=f"{HOME}-GA-00"),),
            start=["PEER"],
        )
        self.permit = result.certificates["PERMIT:0"].number

    async def _open_leg(self, origin: Place) -> None:
        number = ids.letter_no(self.home.case_no, 1)
        state = {"stage": "RECEIVED", "holder": Holder.OURS, "office": f"{ORIGIN}-GA-01"}
        self.leg = File(origin, "", ids.leg_workflow_id(number), "LEG", state)
        letter = await self._send(
            self.home,
            self.leg,
            LetterVerb.MOVE_OUT_REQUEST,
            matter="HUKOU-JOB-TRANSFER",
            persons=(1,),
            permit_no=self.permit,
            attach=("MOVE_OUT_REQUEST",),
        )
        leg, (item,) = self.leg, letter.manifest
        async with self.home.place.database.write() as connection:
            stored = await documents.load(connection, item.digest)
            assert stored is not None
            await log_access(
                connection,
                self.home.case_no,
                f"peer:{ORIGIN}",
                f"document:{item.type}",
                letter.verb,
            )
        async with origin.database.write() as connection:
            await put_person(
                connection,
                leg.case_no,
                "LEG",
                {"number": 1, "relation": "本人", "name": self.who.name, "id_no": self.who.id_no},
            )
            await documents.keep(
                connection,
                stored[1],
                case_no=leg.case_no,
                type_=item.type,
                media_type=stored[0],
                source=f"PEER:{letter.number}",
                now=NOW,
            )
            await log_access(
                connection, leg.case_no, f"{ORIGIN}-GA-01", "population.look_up", "样例用途"
            )
        await leg.step(
            stage="CONFIRMATION",
            tasks_opened=(leg.opened("PHONE_CONFIRMATION"),),
            start=["ORIGIN"],
        )

    async def _send(self, sender: File, receiver: File, verb: LetterVerb, **fields: Any) -> Letter:
        """Draw up a letter, carry it to the other counter and file its receipt."""
        attach = fields.pop("attach", ())
        sent = 1 if verb is LetterVerb.MOVE_OUT_REQUEST or sender.side == "LEG" else 2
        letter = blank(
            verb, receiver.place.code, receiver.place_station, peer_case_no=receiver.case_no or None
        ).model_copy(
            update={
                "number": ids.letter_no(sender.case_no, sent),
                "from_locality": sender.place.code,
                "from_office": sender.place_station,
                "case_no": sender.case_no,
                "home_case_no": self.home.case_no,
                "sent_at": NOW,
            }
        )
        letter = Letter.model_validate({**letter.model_dump(), **fields})
        result = await sender.step(letters=(LetterDrafted(letter=letter, attach=attach),))
        letter = result.letters[letter.number]
        receipt = await receiver.place.counter.take(letter, verb)
        assert receipt.status is ReceiptStatus.ACCEPTED, receipt
        receiver.case_no = receiver.case_no or receipt.case_no
        await sender.step(receipts=(ReceiptFiled(receipt=receipt),))
        return letter
