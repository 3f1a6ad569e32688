"""One request 申请迁出: what 户口迁移 adds to asking the other locality, the permit above all.

Basis: docs/rules.md A1 step 4 and A1-X; used by hukou_origin_request.
"""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.commands import RejectionCode
    from contracts.letters import Letter, LetterVerb, ReceiptStatus
    from domain.casework import ActCode, ClockKind, PersonStatus, Stage
    from domain.hukou import OriginRefusal
    from workflows.asking import GONE, Asking, Reply
    from workflows.hukou_home import HukouHome
    from workflows.permit import use_permit, void_permit


class HukouAsking(Asking):
    """申请迁出, until the origin has cancelled, refused or forwarded, or the permit ran out."""

    case: HukouHome
    stage = Stage.ORIGIN_PROCESSING
    answer_verb = LetterVerb.MOVE_OUT_ANSWER
    paper = "MOVE_OUT_REQUEST"
    refused_act = ActCode.ORIGIN_REFUSED
    refused_notice = "ORIGIN_REFUSED"
    moved_away_code = OriginRefusal.ALREADY_MOVED
    too_late = RejectionCode.TOO_LATE

    def request(self) -> Letter:
        """申请迁出 under the permit."""
        return self.case.move_out_request()

    def answered(self, letter: Letter) -> Reply:
        """迁出反馈: everybody whom it names is in transit, the others stay."""
        case, desk = self.case, self.desk
        case.answer = letter
        for certificate in letter.certificates:
            case.certificates[certificate.person] = certificate
            case.mail.keep_certificate(certificate, letter.from_locality)
            if case.persons[certificate.person] is not PersonStatus.DECEASED:
                case.set_person(certificate.person, PersonStatus.IN_TRANSIT)
        for refused in letter.refused:
            desk.record(
                ActCode.ORIGIN_REFUSED,
                office=letter.from_office,
                person=refused.person,
                reason=refused.code,
            )
            desk.tell("PERSON_REFUSED", reason=refused.code, person=str(refused.person))
        case.end_open_persons()
        use_permit(case)
        desk.tell("MOVED_OUT")
        return Reply.ANSWERED

    async def ran_out(self, clock: str) -> Reply | None:
        """Home voids its permit only when the origin has not cancelled under it."""
        if clock != ClockKind.PERMIT:
            return None
        receipt = await self.case.mail.send(
            self.case.to_leg(
                LetterVerb.INVALIDATE_DOCUMENT,
                permit_no=self.case.permit_no,
                reason_code="PERMIT_EXPIRED",
            )
        )
        if receipt.status is ReceiptStatus.REFUSED and receipt.code not in GONE:
            self.desk.note("PERMIT_ALREADY_USED")
            return None
        void_permit(self.case, "EXPIRED")
        self.desk.tell("PERMIT_EXPIRED")
        return Reply.EXPIRED
