"""Whether somebody else has taken, given back or decided a task while its page stays open.

Asked again and again by the task's page; it only tells, so that nobody who writes is interrupted.
"""

from __future__ import annotations

import hashlib
from typing import Annotated

from fastapi import APIRouter, Header
from fastapi.responses import Response

from console.errors import OfficeCode, OfficeError
from console.looking import Record
from console.web.context import Visiting
from domain.permissions import Permission
from domain.tasks import TaskStatus
from storage import views
from storage.case_reading import newest_event

router = APIRouter(include_in_schema=False)


def tag_of(task: Record, newest: int) -> str:
    """What a page of the task has shown: who held it, how it stood, and the case's newest event."""
    held = hashlib.sha256(str(task["assignee"]).encode()).hexdigest()[:8]
    return f"{newest}.{held}.{task['status']}"


@router.get("/tasks/{task_id:path}/pulse")
async def pulse(
    visit: Visiting, task_id: str, if_none_match: Annotated[str, Header()] = ""
) -> Response:
    """Nothing, or word of what has changed since the page with that tag."""
    visit.need(Permission.READ)
    offices, office = visit.person.offices(Permission.READ), visit.house.office
    # Asked first: what happens meanwhile makes the tag old, never too new.
    case_no = task_id.partition("/")[0]
    newest = await office.read(lambda connection: newest_event(connection, case_no, offices))
    task = await office.read(lambda connection: views.task(connection, task_id, offices))
    if task is None:
        raise OfficeError(
            OfficeCode.NOT_FOUND, "没有这项待办，或者您的机构无权查看；请回到待办列表。"
        )
    tag, shown = tag_of(task, newest), if_none_match.removeprefix("W/").strip('"')
    if shown == tag:
        return Response(status_code=204, headers={"ETag": f'"{tag}"'})
    page = visit.page(
        "task_news.html.j2",
        title="",
        task=task,
        closed=task["status"] != TaskStatus.OPEN,
        held_anew=shown.split(".")[1:2] != tag.split(".")[1:2],
    )
    page.headers["ETag"] = f'"{tag}"'
    return page
