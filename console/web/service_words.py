"""What a task about a rating or a hotline ticket is about: what was said, and whom to call.

Called by `console.web.task_page`; who reads it is logged there with the task.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.ext.asyncio import AsyncConnection

from console.looking import Record
from console.rating_desk import shown_to
from console.web.context import Visit
from contracts.families import HOTLINE, RATING, RATING_APPEAL
from domain.calendar import SHANGHAI
from domain.ratings import Ground, Level, Occasion, Party
from storage.people import log_access
from storage.service_reading import rating_behind, ticket_behind
from storage.slips import application_of

#: A label, what stands beside it, and whether people wrote that.
Line = tuple[str, str, bool]


async def service_lines(
    connection: AsyncConnection, visit: Visit, task: Record, clerk: str
) -> list[Line]:
    """The lines of the task's page; none for a case of another kind.

    Of whom a rating is, is shown to the lead office's supervisors, to others with the person's
    consent, as in every list of ratings.
    """
    if task["family"] == HOTLINE.code:
        ticket = await ticket_behind(connection, task["case_no"])
        return list(_of_ticket(ticket)) if ticket else []
    if task["family"] not in (RATING.code, RATING_APPEAL.code):
        return []
    rating = await rating_behind(connection, task["case_no"])
    if rating is None:
        return []
    office = visit.house.office
    (seen,) = shown_to(clerk, [rating], office.catalog, office.locality)
    phone = ""
    if seen["case_no"] is not None:
        application = await application_of(connection, seen["case_no"])
        phone = str((application.get("applicant") or {}).get("phone") or "")
        await log_access(
            connection, seen["case_no"], clerk, "rating", visit.noted("差评核实与申诉复核")
        )
    return list(_of_rating(seen, phone))


def _of_ticket(ticket: Record) -> Iterator[Line]:
    yield "工单编号", ticket["ticket_no"], True
    yield "来电时间", f"{ticket['called_at'].astimezone(SHANGHAI):%Y-%m-%d %H:%M}", False
    yield "来电内容", ticket["words"], True
    yield "来电人", ticket["caller_name"] or "—", True
    yield "来电号码", ticket["caller_phone"] or "—", True
    if ticket["about_case_no"]:
        yield "所涉办件", ticket["about_case_no"], True
    for one in ticket["replies"]:
        yield "已答复", one["words"] or "—", True


def _of_rating(rating: Record, phone: str) -> Iterator[Line]:
    yield "评价编号", rating["rating_no"], True
    yield "评价", Level(rating["level"]).label, False
    yield "评价环节", Occasion(rating["occasion"]).label, False
    if rating["case_no"] is None:
        yield "意见", "评价人没有同意公开身份，由督办员转述。", False
    else:
        yield "办件编号", rating["case_no"], True
        yield "意见", rating["words"] or "—", True
        if phone:
            yield "申请人联系电话", phone, True
    for one in rating["appeals"]:
        who = "评价人申诉" if one["party"] == Party.PERSON else "机构申诉"
        yield who, Ground(one["ground"]).label, False
        if one["words"]:
            yield "申诉理由", one["words"], True
