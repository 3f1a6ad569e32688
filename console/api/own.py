"""About the caller and the interface itself: who one is, and what a refusal's address means."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from pydantic import Field

from console.api.calling import Calling
from console.api.shapes import READS, Shown
from console.errors import OfficeCode, OfficeError
from console.problems import OWN, TITLES, status_of, type_of
from contracts.commands import REJECTIONS, RejectionCode
from domain.permissions import Permission

router = APIRouter(tags=["接口"])


class PostShown(Shown):
    """A post: staff number, office and roles."""

    code: str
    office: str
    roles: list[str]
    kind: str


class Me(Shown):
    """The caller."""

    account: str
    posts: list[PostShown]
    permissions: dict[str, list[str]] = Field(description="各项权限对哪些机构有效")


class ProblemKind(Shown):
    """A kind of refusal."""

    type: str
    code: str
    title: str
    status: int
    detail: str = Field(description="一般的说明；没有的见各次应答")


@router.get("/me", responses={**READS}, summary="我是谁")
async def read_me(call: Calling) -> Me:
    """调用者的岗位和权限。"""
    person = call.visit.person
    return Me(
        account=call.caller,
        posts=[
            PostShown(
                code=post.code,
                office=post.office,
                roles=sorted(role.value for role in post.roles),
                kind=post.kind.value,
            )
            for post in person.posts
        ],
        permissions={
            one.value: sorted(offices) for one in Permission if (offices := person.offices(one))
        },
    )


@router.get("/problems/{code}", responses={**READS}, summary="拒绝代码的说明")
async def read_problem(
    code: Annotated[str, Path(pattern=r"^[A-Z][A-Z0-9_]{1,60}$", description="代码")],
) -> ProblemKind:
    """应答中 type 所指的地址；不须登录。"""
    known = {**OWN, **dict.fromkeys([*OfficeCode, *RejectionCode])}
    if code not in known:
        raise OfficeError(OfficeCode.NOT_FOUND, "没有这个代码；请核对应答中的 code。")
    status = status_of(code)
    words = OWN[code][1] if code in OWN else ""
    words = REJECTIONS[RejectionCode(code)] if code in set(RejectionCode) else words
    return ProblemKind(
        type=type_of(code), code=code, title=TITLES[status], status=status, detail=words
    )
