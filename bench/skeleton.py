"""The bare skeleton of a hukou migration: the same messages and writes, and no domain.

What somebody would write who knew in advance that nothing ever goes wrong: two straight lines of
fixed writes, waits and calls. `bench.hukou` measures the real procedure against it.
"""

from __future__ import annotations

from datetime import date

from temporalio import workflow

from activities.papers import PaperDesk
from activities.population import PopulationDesk
from bench.skeleton_book import SkeletonBook
from bench.skeleton_rows import Rows
from contracts.acts import CompareRequest, PersonAct, TakeInRequest
from contracts.cases import HukouFiling, HukouLegFiling
from contracts.letters import Answer, Letter, LetterVerb
from domain.attribution import Holder
from domain.calendar import SHANGHAI
from workflows.policies import OUTSIDE_RETRY, OUTSIDE_TIMEOUT


def _today() -> date:
    return workflow.now().astimezone(SHANGHAI).date()


@workflow.defn(name="骨架")
class SkeletonHome(SkeletonBook):
    """The destination's side: thirteen writes, five decisions, two letters out and one in."""

    @workflow.init
    def __init__(self, filing: HukouFiling) -> None:
        super().__init__(filing.case_no, filing.desks.intake, "SUBMITTED")

    @workflow.run
    async def run(self, filing: HukouFiling) -> str:
        """From the application to the archive."""
        no, rules, today = filing.case_no, filing.rules, _today()
        intake, station, bureau = filing.desks.intake, filing.desks.station, filing.desks.bureau
        rows = Rows().act("RECEIVED", intake).tell("RECEIVED")
        rows.start("INTAKE", rules.intake, filing.received_on)
        await self.write(rows.open(no, "INTAKE_CHECK", intake, "INTAKE", "INTAKE"), due="INTAKE")

        by = await self.command()
        rows = Rows().close(by).stop(today, "INTAKE").act("ACCEPTED", intake, by).tell("ACCEPTED")
        rows.start("DECISION", rules.review, today)
        rows.open(no, "REVIEW", station, "HANDLER", "DECISION")
        await self.write(rows, stage="REVIEW", due="DECISION")

        by = await self.command()
        rows = Rows().close(by).act("REVIEWED", station, by, outcome="PASS")
        rows.open(no, "APPROVAL", bureau, "APPROVER", "DECISION")
        await self.write(rows, stage="APPROVAL", office=bureau)

        by = await self.command()
        rows = Rows().close(by).stop(today, "DECISION").act("APPROVED", bureau, by)
        rows.act("PERMIT_ISSUED", bureau).start("PERMIT", rules.permit_validity, today)
        rows.issue("PERMIT", bureau, today, rules.permit_validity.length, 0, "VALID")
        permit = (await self.write(rows)).certificates["PERMIT"]

        letter = Letter(
            number=f"{no}-01",
            verb=LetterVerb.MOVE_OUT_REQUEST,
            from_locality=filing.locality,
            from_office=station,
            to_locality=filing.origin,
            to_office=filing.origin_office,
            case_no=no,
            home_case_no=no,
            matter=filing.matter,
            persons=(1,),
            permit_no=permit.number,
            permit_valid_until=permit.valid_until,
            sent_at=workflow.now(),
        )
        rows = Rows().draft(letter, "MOVE_OUT_REQUEST", "APPLICANT")
        written = await self.write(
            rows, stage="ORIGIN_PROCESSING", holder=Holder.THEIRS, office=station, due="PEER"
        )
        receipt = await self.send(written.letters[letter.number])
        await self.write(Rows().file(receipt).start("PEER", rules.origin, today))

        answer = await self.letter()
        (certificate,) = answer.certificates
        rows = Rows().stop(today, "PERMIT", "PEER").tell("MOVED_OUT").move("IN_TRANSIT")
        rows.receive(certificate, filing.origin).change(permit.number, "USED")
        rows.start("CERTIFICATE", rules.certificate_validity, today)
        rows.start("LANDING", rules.landing, today)
        await self.write(rows, stage="LANDING", holder=Holder.OURS, due="CERTIFICATE")
        await workflow.execute_activity_method(
            PaperDesk.take_in,
            TakeInRequest(case_no=no, letter=answer),
            start_to_close_timeout=OUTSIDE_TIMEOUT,
            retry_policy=OUTSIDE_RETRY,
        )
        rows = Rows().open(no, "LANDING", station, "HANDLER", "CERTIFICATE")
        await self.write(rows, shown=False)

        by = await self.command()
        await self.write(Rows().close(by), shown=False, answers=False)
        landed = await workflow.execute_activity_method(
            PopulationDesk.land,
            PersonAct(
                case_no=no,
                person=1,
                key=f"{no}:LAND:1",
                on=today,
                certificate_no=certificate.number,
                office=station,
            ),
            start_to_close_timeout=OUTSIDE_TIMEOUT,
            retry_policy=OUTSIDE_RETRY,
        )
        letter = letter.model_copy(
            update={
                "number": f"{no}-02",
                "verb": LetterVerb.LANDING_CONFIRMED,
                "in_reply_to": f"{no}-01",
                "peer_case_no": receipt.case_no,
                "certificates": (certificate,),
                "sent_at": workflow.now(),
            }
        )
        rows = Rows().act("LANDED", station, by, receipt=landed.receipt_no).move("LANDED")
        rows.change(certificate.number, "USED").draft(letter).stop(today, "CERTIFICATE")
        written = await self.write(rows)
        receipt = await self.send(written.letters[letter.number])
        rows = Rows().file(receipt).stop(today, "LANDING").tell("LANDED")
        rows.start("CONFIRMATION", rules.delivery, today)
        rows.open(no, "DELIVERY", intake, "INTAKE", "CONFIRMATION")
        await self.write(rows, stage="DELIVERY", due="CONFIRMATION")

        by = await self.command()
        self.ending = "COMPLETED"
        rows = Rows().close(by).act("DELIVERED", intake, by).stop(today, "CONFIRMATION")
        await self.write(rows.tell("COMPLETED"), stage="ARCHIVED", holder=Holder.UNCOUNTED)
        digest = await self.pack()
        await self.write(Rows().act("ARCHIVED", intake, package=digest), shown=False)
        await workflow.wait_condition(workflow.all_handlers_finished)
        return self.ending


@workflow.defn(name="骨架协办")
class SkeletonLeg(SkeletonBook):
    """The origin's side: ten writes, two decisions, one letter out and two in."""

    @workflow.init
    def __init__(self, filing: HukouLegFiling) -> None:
        super().__init__(filing.case_no, filing.desks.station, "RECEIVED")

    @workflow.run
    async def run(self, filing: HukouLegFiling) -> str:
        """From the request to the person's landing elsewhere."""
        no, rules, today = filing.case_no, filing.rules, _today()
        station, request = filing.desks.station, filing.letter
        await self.write(Rows().start("ORIGIN", rules.origin, filing.received_on), due="ORIGIN")
        await workflow.execute_activity_method(
            PaperDesk.take_in,
            TakeInRequest(case_no=no, letter=request),
            start_to_close_timeout=OUTSIDE_TIMEOUT,
            retry_policy=OUTSIDE_RETRY,
        )
        await self.write(stage="COMPARISON")
        await workflow.execute_activity_method(
            PopulationDesk.compare,
            CompareRequest(case_no=no, office=station),
            start_to_close_timeout=OUTSIDE_TIMEOUT,
            retry_policy=OUTSIDE_RETRY,
        )
        rows = Rows().open(no, "PHONE_CONFIRMATION", station, "HANDLER", "ORIGIN")
        await self.write(rows, stage="CONFIRMATION")

        by = await self.command()
        rows = Rows().close(by).open(no, "CANCELLATION", station, "APPROVER", "ORIGIN")
        await self.write(rows, stage="CANCELLATION")

        by = await self.command()
        days = rules.certificate_validity.length
        rows = Rows().close(by).issue("MIGRATION", station, today, days, 1, "PREPARED")
        written = await self.write(rows, shown=False, answers=False)
        certificate = written.certificates["MIGRATION"]
        act = PersonAct(
            case_no=no,
            person=1,
            key=f"{no}:CANCEL:1",
            on=today,
            certificate_no=certificate.number,
            locality=request.from_locality,
        )
        cancelled = await workflow.execute_activity_method(
            PopulationDesk.cancel,
            act,
            start_to_close_timeout=OUTSIDE_TIMEOUT,
            retry_policy=OUTSIDE_RETRY,
        )
        letter = Letter(
            number=f"{no}-01",
            verb=LetterVerb.MOVE_OUT_ANSWER,
            from_locality=filing.locality,
            from_office=station,
            to_locality=request.from_locality,
            to_office=request.from_office,
            case_no=no,
            home_case_no=request.home_case_no,
            in_reply_to=request.number,
            peer_case_no=request.case_no,
            answer=Answer.GRANTED,
            persons=(1,),
            certificates=(certificate,),
            sent_at=workflow.now(),
        )
        rows = Rows().act("CANCELLED", station, by, receipt=cancelled.receipt_no)
        rows.act("CERTIFICATE_ISSUED", station, by).change(certificate.number, "VALID")
        rows.move("IN_TRANSIT").stop(today, "ORIGIN").draft(letter, "MOVE_OUT_ANSWER")
        rows.start("CERTIFICATE", rules.certificate_validity, today)
        written = await self.write(rows)
        receipt = await self.send(written.letters[letter.number])
        await self.write(
            Rows().file(receipt), stage="IN_TRANSIT", holder=Holder.THEIRS, due="CERTIFICATE"
        )

        await self.letter()
        await self.write(shown=False)
        await workflow.execute_activity_method(
            PopulationDesk.close_moved,
            act.model_copy(update={"key": f"{no}:CLOSE:1"}),
            start_to_close_timeout=OUTSIDE_TIMEOUT,
            retry_policy=OUTSIDE_RETRY,
        )
        self.ending = "COMPLETED"
        rows = Rows().change(certificate.number, "USED").move("LANDED").stop(today, "CERTIFICATE")
        await self.write(rows, stage="MOVED_OUT", holder=Holder.UNCOUNTED)
        digest = await self.pack()
        await self.write(Rows().act("ARCHIVED", station, package=digest), shown=False)
        await workflow.wait_condition(workflow.all_handlers_finished)
        return self.ending
