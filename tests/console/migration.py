"""One migration as the registers of two localities keep it, written without any workflow.

Used by the tests of the check: the real transitions, counters and population registers, with a
stand-in for the running case that accepts every letter.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from adapters.protocols import CancelOrder, CloseOrder, LandOrder, Registration
from contracts import ids
from contracts.letters import Letter, LetterVerb, ReceiptStatus
from contracts.transitions import (
    CertificateChanged,
    CertificateIssued,
    CertificateReceived,
    LetterDrafted,
    PersonChanged,
    ReceiptFiled,
)
from domain.attribution import Holder
from storage import documents
from storage.people import log_access, put_person
from tests.console.sides import File, Place
from tests.storage.builders import NOW, TODAY, put_open_case
from workflows.mail import blank

HOME, ORIGIN = "371002", "330902"


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
