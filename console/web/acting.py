"""Acting under a post: which one, with which command, and where a refusal belongs on the form.

Shared by every page that changes something.
"""

from __future__ import annotations

import re
import uuid

from sqlalchemy.ext.asyncio import AsyncConnection

from console.errors import OfficeCode, OfficeError
from console.office import Office
from console.texts import check_texts
from console.web.context import Forbidden, Visit
from domain.offices import Role
from domain.permissions import Permission, Post
from storage.people import log_access

_COMMAND = re.compile(r"c-[0-9a-f-]{36}")


def new_command() -> str:
    """The id of what a form will ask for, made when it is shown: sent twice, it is done once."""
    return f"c-{uuid.uuid4()}"


def command_of(given: str) -> str:
    """The id that a form carried; OfficeError for what no form of this house has given."""
    if not _COMMAND.fullmatch(given):
        raise OfficeError(
            OfficeCode.WRONG_FIELD, "表单不完整，内容没有提交；请重新打开页面后再提交。"
        )
    return given


def post_for(
    visit: Visit, permission: Permission, office: str, *, role: Role | None = None
) -> Post:
    """The post under which this may be done there; Forbidden without one."""
    post = visit.person.post(permission, office, role=role)
    if post is None:
        raise Forbidden(permission)
    return post


def office_under(visit: Visit, post: Post) -> Office:
    """The house's offices for what is done under this post."""
    return visit.house.office.under(post, visit.person.via)


async def note_key(
    visit: Visit, connection: AsyncConnection, case_no: str, code: str, what: str, purpose: str
) -> None:
    """Write down that a key did it, where no command of the case says so; nothing for a person."""
    if visit.person.via:
        await log_access(connection, case_no, code, what, visit.noted(purpose))


def text_errors(visit: Visit, texts: dict[str, str]) -> dict[str, str]:
    """By field what cannot be kept: too long, or characters that no register takes."""
    policy = visit.house.office.catalog.policy(
        "text.max_chars", visit.house.office.locality, on=visit.today
    )
    errors: dict[str, str] = {}
    for field, text in texts.items():
        try:
            check_texts(text, policy.as_number())
        except OfficeError as error:
            errors[field] = error.message.replace("栏目  ", "这一栏")
    return errors
