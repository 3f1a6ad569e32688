"""Finding a case by what somebody has in hand.

What is typed comes by POST and stands in no address and no log. A search by name or identity number
reads personal data: it needs a purpose, and each case that it shows is noted with who asked.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response

from console.errors import OfficeError, from_domain
from console.web.context import Visit, Visiting
from console.web.due_words import due_words
from console.web.matter_words import matters_named
from domain.casework import STAGE_LABELS
from domain.errors import DomainError
from domain.identity import check_identity_number, masked
from domain.permissions import GRANTS, Permission
from storage.case_search import PERSONAL, By, find
from storage.people import log_accesses

router = APIRouter(include_in_schema=False)

MOST = 50
_CHARS = 60
#: Why personal data may be searched; kept with every access (G8).
PURPOSES = {
    "HANDLE": "办理本机构办件",
    "ANSWER": "答复当事人咨询",
    "DUPLICATE": "核对是否重复申请",
    "COMPLAINT": "处理投诉和工单",
    "INSPECT": "监督检查或审计",
}
BY_LABELS = {
    By.CASE: "办件编号（本地、对方或联办）",
    By.TASK: "待办编号",
    By.IDENTITY: "公民身份号码",
    By.NAME: "姓名",
    By.MATTER: "事项",
    By.NUMBER: "运单号、函号、证照号、凭证号或工单号",
}
#: What to try where nothing was found.
_TRY = {
    By.CASE: "请核对编号是否完整；对方地区的编号也可以查。您的机构没有参与的办件不会列出。",
    By.TASK: "请核对待办编号，或者只用办件编号查找。",
    By.IDENTITY: "请核对号码；办理后更正过身份信息的，按更正后的号码查找。",
    By.NAME: "请用完整姓名查找；少数民族姓名注意间隔号“·”，外文姓名不分大小写，"
    "也可以改用公民身份号码。",
    By.MATTER: "请换一个更短的词，例如“迁移”“社保”，或者在待办列表中按事项筛选。",
    By.NUMBER: "请核对号码；还没有登记运单号的物料，请用办件编号查找。",
}
_CASE_NO = re.compile(r"\d{22}")
_CHINESE = re.compile(r"[\u3400-\u9fff·]{2,}")
_NAME_CHARS = 4
_HAN, _LATIN = re.compile(r"[\u3400-\u9fff]"), re.compile(r"[A-Za-z]")
#: A name in Latin letters; numbers on paper have digits.
_LETTERS = re.compile(r"[^\W\d_]+(?:[ .'·-]+[^\W\d_]+)*\.?")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is searched for, after the words have been understood."""

    by: By
    text: str
    codes: tuple[str, ...] = ()


@router.get("/search")
async def form(visit: Visiting) -> Response:
    """An empty form."""
    visit.need(Permission.READ)
    return _page(visit, None, [], {})


@router.post("/search")
async def search(
    visit: Visiting,
    words: Annotated[str, Form()] = "",
    by: Annotated[str, Form()] = "",
    purpose: Annotated[str, Form()] = "",
) -> Response:
    """What was found, or what to try."""
    visit.need(Permission.READ)
    given = {"words": words.strip()[:_CHARS], "by": by, "purpose": purpose}
    try:
        asked = understood(visit, given["words"], by)
    except OfficeError as error:
        return _page(visit, None, [], given, error=error.message)
    if asked is None:
        return _page(visit, None, [], given, error="请输入要查找的内容。")
    if asked.by in PERSONAL and purpose not in PURPOSES:
        reason = "按姓名或者身份号码查找会读取个人信息，请先选择用途。"
        return _page(visit, None, [], {**given, "by": asked.by.value}, error=reason)
    found = await look_up(visit, asked, PURPOSES.get(purpose, ""))
    if len(found) == 1 and asked.by is By.TASK:
        return RedirectResponse(f"/tasks/{asked.text}", 303)
    if len(found) == 1 and found[0]["case_no"] == asked.text:
        return RedirectResponse(f"/cases/{asked.text}", 303)
    return _page(visit, asked, found, given)


def understood(visit: Visit, words: str, by: str) -> Asked | None:
    """What the words are, where nobody said: by their form. OfficeError for a wrong number."""
    text = " ".join(words.split())
    if not text or not text.isprintable():
        return None
    catalog = visit.house.office.catalog
    chosen = next((one for one in By if one == by), None) or _by_form(visit, text)
    if chosen is By.NAME:
        return Asked(chosen, _name(text))
    if chosen is By.MATTER:
        return Asked(chosen, text, matters_named(catalog, text))
    number = _number(text)
    if chosen is By.IDENTITY:
        try:
            return Asked(chosen, check_identity_number(number))
        except DomainError as error:
            raise from_domain(error) from error
    return Asked(chosen, number)


def _number(text: str) -> str:
    """A number as registers keep it, however it was typed."""
    return text.replace(" ", "").upper() if text.isascii() else text


def _name(text: str) -> str:
    """A name with single blanks between Latin words, and none within a Chinese one."""
    return text.replace(" ", "") if _HAN.search(text) and not _LATIN.search(text) else text


def _by_form(visit: Visit, text: str) -> By:
    number = _number(text)
    if "/" in number:
        return By.TASK
    if _CASE_NO.fullmatch(number):
        return By.CASE
    if len(number) == 18 and number[:17].isdecimal():
        return By.IDENTITY
    named = bool(matters_named(visit.house.office.catalog, text))
    if _CHINESE.fullmatch(text):
        return By.MATTER if named or len(text) > _NAME_CHARS else By.NAME
    if named:
        return By.MATTER
    return By.NAME if _LETTERS.fullmatch(text) else By.NUMBER


async def look_up(visit: Visit, asked: Asked, purpose: str) -> list[dict[str, Any]]:
    """What these offices may see of it; a search by person is noted with its purpose."""
    offices = visit.person.offices(Permission.READ)
    wanted = asked.codes if asked.by is By.MATTER else asked.text
    found = await visit.house.office.read(
        lambda connection: find(connection, asked.by, wanted, offices, limit=MOST + 1)
    )
    if asked.by in PERSONAL:
        actor, what = reader(visit), f"search.{asked.by.value}"
        async with visit.house.office.database.write() as connection:
            seen = [row["case_no"] for row in found[:MOST]] or ["-"]
            await log_accesses(connection, seen, actor, what, visit.noted(purpose))
    return found


def reader(visit: Visit) -> str:
    """The staff number under which somebody reads."""
    reads = [
        post.code
        for post in visit.person.posts
        if any(Permission.READ in GRANTS[role] for role in post.roles)
    ]
    return min(reads)


def _page(
    visit: Visit,
    asked: Asked | None,
    found: list[dict[str, Any]],
    given: dict[str, str],
    *,
    error: str = "",
) -> Response:
    return visit.page(
        "search.html.j2",
        status=422 if error else 200,
        title="查找",
        asked=asked,
        given=given,
        error=error,
        more=len(found) > MOST,
        most=MOST,
        rows=[_row(row, visit) for row in found[:MOST]],
        hint=_TRY[asked.by] if asked else "",
        labels=BY_LABELS,
        purposes=PURPOSES,
        personal=PERSONAL,
        offices=visit.house.office.catalog.offices,
        localities=visit.house.office.catalog.localities,
    )


def _row(row: dict[str, Any], visit: Visit) -> dict[str, Any]:
    stage = next(
        (label for key, label in STAGE_LABELS.items() if key == row["stage"]), row["stage"]
    )
    shown = {**row, "stage": stage, "due": due_words(row["due_on"], visit.today, row["clock"])}
    if "id_no" in row:
        shown["id_no"] = masked(row["id_no"])
    return shown
