"""The managers' page: who sits at which desk besides the own one; to give one, and to end one."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response

from console.errors import OfficeError
from console.post_desk import PostDesk, Wanted
from console.web.acting import command_of, new_command
from console.web.context import Visit, Visiting
from domain.offices import Role
from domain.permissions import GRANTS, Permission, PostKind

router = APIRouter(include_in_schema=False)

_EMPTY = Wanted(*("", "", "", (), "", "", ""))


@router.get("/posts")
async def posts(visit: Visiting) -> Response:
    """What was given, and the form."""
    visit.need(Permission.MANAGE)
    return await _page(visit, _EMPTY)


@router.post("/posts/grant")
async def grant(
    visit: Visiting,
    command_id: Annotated[str, Form()],
    code: Annotated[str, Form()] = "",
    kind: Annotated[str, Form()] = "",
    office: Annotated[str, Form()] = "",
    roles: Annotated[list[str] | None, Form()] = None,
    for_post: Annotated[str, Form()] = "",
    since: Annotated[str, Form()] = "",
    until: Annotated[str, Form()] = "",
) -> Response:
    """Give somebody a desk; a form sent twice gives one."""
    visit.need(Permission.MANAGE)
    wanted = Wanted(code, kind, office, tuple(roles or ()), for_post, since, until)
    try:
        await PostDesk(visit.house.office).grant(
            wanted,
            by=manager(visit),
            own=visit.person.codes,
            command_id=command_of(command_id),
            today=visit.today,
        )
    except OfficeError as error:
        return await _page(visit, wanted, error=error.message)
    return RedirectResponse("/posts", 303)


@router.post("/posts/end")
async def end(visit: Visiting, number: Annotated[int, Form()]) -> Response:
    """End a desk now."""
    visit.need(Permission.MANAGE)
    await PostDesk(visit.house.office).end(number, by=manager(visit))
    return RedirectResponse("/posts", 303)


def manager(visit: Visit) -> str:
    """The staff number under which somebody manages."""
    return min(
        post.code
        for post in visit.person.posts
        if any(Permission.MANAGE in GRANTS[role] for role in post.roles)
    )


async def _page(visit: Visit, wanted: Wanted, *, error: str = "") -> Response:
    catalog = visit.house.office.catalog
    return visit.page(
        "posts.html.j2",
        status=422 if error else 200,
        title="岗位",
        rows=await PostDesk(visit.house.office).listed(),
        wanted=wanted,
        error=error,
        kinds=list(PostKind),
        kind_labels={kind.value: kind.label for kind in PostKind},
        roles=list(Role),
        role_labels={role.value: role.label for role in Role},
        offices=catalog.offices,
        places=catalog.locality(visit.house.office.locality).offices,
        today=visit.today,
        command_id=new_command(),
    )
