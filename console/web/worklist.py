"""The worklist page: what waits for this person, most urgent first, with the reason of its colour.

Lists come from the database alone (docs/decisions/0003); whose tasks they are is the policy's.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from fastapi import APIRouter
from fastapi.responses import RedirectResponse, Response

from console.web.context import Visiting
from domain.permissions import Permission
from storage import views

router = APIRouter(include_in_schema=False)

#: A page's worth: more rows only slow the eye.
_PAGE = 50


@router.get("/")
async def home() -> Response:
    """Whoever comes wants to work."""
    return RedirectResponse("/worklist", 303)


@router.get("/worklist")
async def worklist(visit: Visiting, mine: bool = False) -> Response:
    """My offices' open tasks, or those that I hold."""
    visit.need(Permission.READ)
    offices = sorted(visit.person.offices(Permission.READ))
    held_by = sorted(visit.person.codes)[0] if mine else None
    tasks = await visit.house.office.read(
        lambda connection: views.worklist(connection, offices, assignee=held_by, limit=_PAGE)
    )
    return visit.page(
        "worklist.html.j2",
        title="待办",
        tasks=[{**task, "due": due(task["due_on"], visit.today)} for task in tasks],
        mine=mine,
        offices=visit.house.office.catalog.offices,
    )


def due(on: date | None, today: date) -> dict[str, Any]:
    """Colour and words of a due date: late, today, soon (within two days), or in time."""
    if on is None:
        return {"colour": "none", "words": "无时限"}
    left = (on - today).days
    if left < 0:
        return {"colour": "late", "words": f"已超期 {-left} 天"}
    if left == 0:
        return {"colour": "today", "words": "今天到期"}
    if on <= today + timedelta(days=2):
        return {"colour": "soon", "words": f"还有 {left} 天"}
    return {"colour": "fine", "words": f"还有 {left} 天"}
