"""Posts and the audit trail over the programming interface, for managers and auditors.

The rules are those of `console.post_desk` and `console.web.audit`.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import Field

from console.api.calling import Calling
from console.api.lists import After
from console.api.once import Changing, once
from console.api.shapes import (
    CHANGES,
    READS,
    Asked,
    Done,
    Number,
    Shown,
    Word,
    cursor_of,
    place_of,
    wrong_cursor,
)
from console.post_desk import PostDesk, Wanted
from console.web.audit import in_words, place_after
from console.web.posts import manager
from domain.offices import Role
from domain.permissions import Permission, PostKind
from storage import audit
from storage.audit import AuditQuestion, Trail

router = APIRouter(tags=["岗位与审计"])


class GivenPost(Shown):
    """A secondment, a substitute or a second desk."""

    id: int
    code: str
    office: str
    roles: list[str]
    kind: str
    for_post: str | None
    since: date
    until: date | None
    granted_by: str
    granted_at: datetime
    ended_by: str | None
    ended_at: datetime | None


class GivenPosts(Shown):
    """Given posts, those in force first."""

    items: list[GivenPost]


class PostWanted(Asked):
    """A post to be given; a substitute has office and roles of whom it stands in for."""

    code: Word = Field(min_length=1, description="工号")
    kind: PostKind
    office: Word = ""
    roles: list[Role] = Field(default=[], max_length=6)
    for_post: Word = Field(default="", description="被代理人工号")
    since: date | None = None
    until: date | None = None


class PostGiven(Shown):
    """The number of the post."""

    id: int


class AuditRow(Shown):
    """One line of a trail: staff numbers, case numbers, codes; nobody's data."""

    at: datetime
    actor: str
    case_no: str
    what: str = Field(description="做了什么")
    words: str = Field(description="用途或结果")


class AuditPage(Shown):
    """One page of a trail, newest first."""

    items: list[AuditRow]
    next: str | None


@router.get("/posts", responses={**READS}, summary="安排的岗位")
async def list_posts(call: Calling) -> GivenPosts:
    """借调、代理和兼任。"""
    call.need_person(Permission.MANAGE)
    return GivenPosts.model_validate({"items": await PostDesk(call.visit.house.office).listed()})


@router.post(
    "/posts",
    responses={**CHANGES},
    summary="安排岗位",
    response_model=PostGiven,
    status_code=201,
)
async def give_post(change: Changing, body: PostWanted) -> Response:
    """借调、代理或者兼任；不能给自己安排。"""

    async def work() -> PostGiven:
        change.call.need_person(Permission.MANAGE)
        visit = change.call.visit
        wanted = Wanted(
            body.code,
            body.kind.value,
            body.office,
            tuple(role.value for role in body.roles),
            body.for_post,
            body.since.isoformat() if body.since else "",
            body.until.isoformat() if body.until else "",
        )
        number = await PostDesk(visit.house.office).grant(
            wanted,
            by=manager(visit),
            own=visit.person.codes,
            command_id=change.command_id,
            today=visit.today,
        )
        return PostGiven(id=number)

    return await once(change, work, status=201)


@router.post("/posts/{number}/end", responses={**CHANGES}, summary="结束岗位", response_model=Done)
async def end_post(change: Changing, number: Number) -> Response:
    """立即结束；已结束的不变。"""

    async def work() -> Done:
        change.call.need_person(Permission.MANAGE)
        visit = change.call.visit
        await PostDesk(visit.house.office).end(number, by=manager(visit))
        return Done()

    return await once(change, work)


@router.get("/audit", responses={**READS}, summary="审计")
async def read_audit(
    call: Calling,
    trail: Annotated[Trail, Query(description="查阅、办理、岗位变动或者密钥")] = Trail.READS,
    actor: Annotated[Word, Query(description="工号")] = "",
    case_no: Annotated[str, Query(pattern=r"^([0-9]{22})?$", description="办件编号")] = "",
    first: Annotated[date | None, Query(description="从哪一天")] = None,
    last: Annotated[date | None, Query(description="到哪一天")] = None,
    after: After = "",
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> AuditPage:
    """谁查阅了什么，谁办理了什么。"""
    call.need(Permission.AUDIT)
    place = place_after(place_of(after)) if after else None
    if after and (place is None or not _sound(place, trail)):
        raise wrong_cursor()
    asked = replace(
        question_of(trail, actor=actor, case_no=case_no, first=first, last=last),
        after=place,
        limit=limit,
    )
    rows = await call.visit.house.office.read(lambda connection: audit.page(connection, asked))
    shown = [in_words(row) for row in rows[:limit]]
    end = rows[limit - 1] if len(rows) > limit else None
    return AuditPage.model_validate(
        {
            "items": [{**one, "words": str(one["words"])} for one in shown],
            "next": cursor_of(f"{end['at'].isoformat()}|{end['row_id']}") if end else None,
        }
    )


def question_of(
    trail: Trail, *, actor: str, case_no: str, first: date | None, last: date | None
) -> AuditQuestion:
    """What the register is asked; an empty filter is none."""
    return AuditQuestion(
        trail=trail,
        actor=actor or None,
        case_no=case_no or None,
        first=_day(first),
        last=_day(last),
    )


def _sound(place: tuple[datetime, str], trail: Trail) -> bool:
    number = trail is Trail.ACTS or (place[1].isascii() and place[1].isdigit())
    return place[0].tzinfo is not None and 1900 < place[0].year < 2900 and number


def _day(day: date | None) -> date | None:
    """Within what an instant can be made of."""
    return day and min(max(day, date(1970, 1, 1)), date(2900, 1, 1))
