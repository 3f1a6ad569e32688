"""The papers of the ladder: 督办单, 限期整改通知书, 约谈通知书 and 通报, with number and code.

Called by the command line (``supervision slip``), by the page of a rung and by the programming
interface. Facts come from the register of supervision; the same rung gives the same paper.
"""

from __future__ import annotations

from catalog.supervision_policies import supervision_desk
from console.errors import OfficeError
from console.office import Office, Record
from console.slip_desk import Issue, SlipDesk
from console.slip_facts import Offer
from console.supervising import SupervisionDesk
from contracts.commands import RejectionCode
from counter.referral_round import cause_words
from domain.calendar import SHANGHAI
from domain.supervision import Rung
from slips.kinds import SlipKind
from storage import documents
from storage import slips as register
from storage.people import log_access

KINDS = {
    Rung.SUPERVISION_ORDER: SlipKind.SUPERVISION_ORDER,
    Rung.RECTIFY_BY: SlipKind.RECTIFY_NOTICE,
    Rung.INTERVIEW: SlipKind.INTERVIEW_NOTICE,
    Rung.CIRCULAR: SlipKind.CIRCULAR,
}


async def issue_rung(desk: SlipDesk, office: Office, number: str, *, clerk: str) -> Issue:
    """The paper of a rung, for the issuer and for the office that it addresses."""
    rung, kind = await _on_paper(office, number, clerk)
    return await desk.issue(rung["case_no"], _offer(office, rung, kind), clerk=clerk)


async def paper_of_rung(office: Office, number: str, *, clerk: str) -> tuple[str, bytes]:
    """Code and PDF of the paper that was issued for a rung; the reading is logged."""
    rung, kind = await _on_paper(office, number, clerk)
    async with office.database.write() as connection:
        issued = await register.slips_of(connection, rung["case_no"])
        slip = next((one for one in reversed(issued) if one.subject == number), None)
        kept = await documents.load(connection, slip.document) if slip is not None else None
        if slip is None or kept is None:
            raise OfficeError(
                RejectionCode.NOT_NOW, f"督办件 {number} 的文书还没有出具；请先出具再取。"
            )
        await log_access(connection, rung["case_no"], clerk, f"slip:{kind}", "取得督办文书")
    return slip.verification_code, kept[1]


async def _on_paper(office: Office, number: str, clerk: str) -> tuple[Record, SlipKind]:
    """The rung and the kind of its paper, where this clerk's office has to do with it."""
    rung = await SupervisionDesk(office).rung(number, clerk=clerk)
    desk_of = supervision_desk(office.catalog, office.locality)
    if office.seat(clerk)[0] not in (rung["office"], desk_of.lead):
        raise OfficeError(
            RejectionCode.FOREIGN_OFFICE,
            f"督办文书由督办机构 {desk_of.lead} 或责任机构 {rung['office']} 的工作人员出具。",
        )
    kind = KINDS.get(Rung(rung["rung"]))
    if kind is None:
        raise OfficeError(
            RejectionCode.NOT_NOW,
            f"{Rung(rung['rung']).label}没有文书；自督办单起各级才有，请查看督办件现在的级别。",
        )
    return rung, kind


async def issue_referral(desk: SlipDesk, office: Office, subject: str, *, clerk: str) -> Issue:
    """报请协调函, for the lead office and for the office whose task it is about."""
    one = await SupervisionDesk(office).referral(subject, clerk=clerk)
    lead = supervision_desk(office.catalog, office.locality)
    if office.catalog.clerk(clerk).office not in (one["office"], lead.lead):
        raise OfficeError(
            RejectionCode.FOREIGN_OFFICE,
            f"报请协调函由督办机构 {lead.lead} 或承办机构 {one['office']} 的工作人员出具。",
        )
    acting = office.catalog.offices.get(one["office"])
    peer = office.catalog.localities.get(one["peer"])
    facts = {
        "recipient": lead.superior_name,
        "subject": one["subject"],
        "case_no": one["case_no"],
        "matter": one["matter_name"],
        "task": one["task_title"],
        "office": acting.name if acting else one["office"],
        "cause": cause_words(one["rung"]),
        "peer": peer.name if peer else "",
        "sent_on": one["drawn_up_at"].astimezone(SHANGHAI).date(),
    }
    if one["due_on"] is not None:
        facts["task_due_on"] = one["due_on"]
    return await desk.issue(
        one["case_no"],
        Offer(
            kind=SlipKind.SUPERIOR_REQUEST,
            subject=one["subject"],
            about=one["task_title"],
            office=lead.lead,
            facts=facts,
        ),
        clerk=clerk,
    )


def _offer(office: Office, rung: Record, kind: SlipKind) -> Offer:
    addressee = office.catalog.offices.get(rung["office"])
    desk = supervision_desk(office.catalog, office.locality)
    issuer = rung["issuer"]
    facts = {
        "recipient": addressee.name if addressee else rung["office"],
        "supervision_no": rung["number"],
        "case_no": rung["case_no"],
        "matter": rung["matter_name"],
        "task": rung["task_title"],
        "task_due_on": rung["task_due_on"],
        "days_late": str(rung["days_late"]),
        "sent_on": rung["issued_at"].astimezone(SHANGHAI).date(),
        "rule": rung["rule"],
        "superior": desk.superior_name if issuer == desk.superior else "",
    }
    if rung["due_on"] is not None:
        facts["answer_by"] = rung["due_on"]
    return Offer(
        kind=kind,
        subject=rung["number"],
        about=Rung(rung["rung"]).label,
        office=desk.lead,
        facts=facts,
    )
