"""Taking in an application at the window: choose the matter, fill its form, check, submit, receipt.

Everything typed is a draft in the database; a draft becomes a case once, however often it is sent.
"""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from functools import lru_cache, partial
from typing import Annotated, Any

from fastapi import APIRouter, Form
from fastapi.responses import RedirectResponse, Response

from catalog.catalog import Catalog
from catalog.scope import offers
from catalog.searching import Searching, fits
from console.errors import OfficeCode, OfficeError
from console.intake_desk import Filed
from console.looking import Record
from console.web.case_documents import handed_out
from console.web.context import Visit, Visiting
from console.web.draft_room import (
    ChangedElsewhere,
    FiledMeanwhile,
    begin,
    draft_of,
    file_draft,
    form_of,
    tell,
)
from console.web.intake_keeping import Sheet, keep, sheet_of
from console.web.intake_reading import (
    LIVE,
    Content,
    field_of,
    live_error,
    mark_of,
    people_of,
    slots,
    visible_errors,
)
from console.web.matter_words import catalogue_number
from console.web.uploads import ACCEPT
from domain.casework import ClockKind
from domain.permissions import Permission
from storage import documents, drafts

router = APIRouter(include_in_schema=False)

#: How many matters one search shows.
_FOUND = 30
_WORDS = 60


@router.get("/intake")
async def choose(visit: Visiting, q: str = "") -> Response:
    """Find the matter, or go on with a draft."""
    visit.need(Permission.FILE)
    office = visit.house.office
    begun = await office.read(
        lambda connection: drafts.of_account(connection, visit.person.account)
    )
    return visit.page(
        "intake.html.j2",
        title="收件",
        words=q[:_WORDS],
        found=matters_of(visit, q[:_WORDS]),
        number_of=partial(catalogue_number, office.catalog),
        drafts=[{**one, "name": matter_name(office.catalog, one["matter"])} for one in begun],
    )


@router.post("/intake/start")
async def start(visit: Visiting, matter: Annotated[str, Form()]) -> Response:
    """Begin a draft of that matter."""
    visit.need(Permission.FILE)
    number = await begin(visit, matter)
    return RedirectResponse(f"/intake/drafts/{number}", 303)


@router.get("/intake/drafts/{number}")
async def write(visit: Visiting, number: str) -> Response:
    """The form with what was typed so far; the receipt once it is filed."""
    draft = await draft_of(visit, number)
    if draft["case_no"] is not None:
        return RedirectResponse(f"/intake/drafts/{number}/receipt", 303)
    return await _page(visit, draft)


@router.post("/intake/drafts/{number}/save")
async def save(visit: Visiting, number: str) -> Response:
    """Keep what was typed and chosen (also by itself, a moment after each change)."""
    draft = await draft_of(visit, number)
    by_itself = "HX-Request" in visit.request.headers
    async with visit.request.form() as form:
        sheet = sheet_of(form)
        try:
            draft = await keep(visit, draft, form)
        except FiledMeanwhile:
            return _saved(visit, number, filed=True) if by_itself else _to_receipt(number)
        except ChangedElsewhere as changed:
            if by_itself:
                return _saved(visit, number, at=changed.saved_at, elsewhere=True)
            return await _page(visit, changed.draft, sheet=sheet, elsewhere=True, status=409)
        except OfficeError as error:
            draft = await draft_of(visit, number)
            return await _page(visit, draft, sheet=sheet, error=error, status=422)
        grown = form.get("do") == "person"
    if by_itself:
        return _saved(visit, number)
    return await _page(visit, draft, sheet=sheet, more=1 if grown else 0)


@router.post("/intake/drafts/{number}/check")
async def check(visit: Visiting, number: str) -> Response:
    """Everything that is wrong or missing, told once; nothing is filed."""
    draft = await draft_of(visit, number)
    async with visit.request.form() as form:
        sheet = sheet_of(form)
        try:
            draft = await keep(visit, draft, form)
            found = await file_draft(visit, draft, only_check=True)
        except FiledMeanwhile:
            return _to_receipt(number)
        except ChangedElsewhere as changed:
            return await _page(visit, changed.draft, sheet=sheet, elsewhere=True, status=409)
        except OfficeError as error:
            draft = await draft_of(visit, number)
            return await _page(visit, draft, sheet=sheet, error=error, status=422)
    return await _page(visit, draft, sheet=sheet, checked=found)


@router.post("/intake/drafts/{number}/file")
async def file(visit: Visiting, number: str) -> Response:
    """Put the case on file; sent twice, it is one case."""
    draft = await draft_of(visit, number)
    if draft["case_no"] is None:
        async with visit.request.form() as form:
            sheet = sheet_of(form)
            try:
                draft = await keep(visit, draft, form)
                filed = await file_draft(visit, draft)
            except FiledMeanwhile:
                pass
            except ChangedElsewhere as changed:
                return await _page(visit, changed.draft, sheet=sheet, elsewhere=True, status=409)
            except OfficeError as error:
                draft = await draft_of(visit, number)
                if draft["case_no"] is None:
                    return await _page(visit, draft, sheet=sheet, error=error, status=422)
            else:
                await tell(visit, draft, filed)
    return _to_receipt(number)


@router.get("/intake/drafts/{number}/papers/{digest}")
async def paper(visit: Visiting, number: str, digest: str) -> Response:
    """A paper of one's own draft, as it was uploaded, before anything is filed."""
    draft = await draft_of(visit, number)
    own = [one for one in draft["content"].get("uploads", []) if one["digest"] == digest]
    found = await visit.house.office.read(lambda connection: documents.load(connection, digest))
    if not own or found is None:
        raise OfficeError(OfficeCode.NOT_FOUND, "草稿中没有这份材料；请返回草稿重新选择。")
    media_type, content = found
    return handed_out(content, media_type, own[0]["name"], save=False)


@router.post("/intake/drafts/{number}/drop")
async def drop(visit: Visiting, number: str) -> Response:
    """Throw the draft away; thrown away twice, it is gone once."""
    visit.need(Permission.FILE)
    async with visit.house.office.database.write() as connection:
        await drafts.drop(connection, number, visit.person.account)
    return RedirectResponse("/intake", 303)


@router.post("/intake/look")
async def look(visit: Visiting) -> Response:
    """What is wrong with one value, while the rest is still being typed."""
    visit.need(Permission.FILE)
    form = await visit.request.form()
    type_ = str(form.get("look_type", ""))
    values = [
        value
        for key, value in form.multi_items()
        if key not in ("look_type", "look_row", "csrftoken") and isinstance(value, str)
    ]
    row = str(form.get("look_row", "0"))
    at = int(row) if row.isdecimal() and int(row) < len(values) else 0
    text = values[at] if values else ""
    wrong = live_error(type_, text) if type_ in LIVE else ""
    return visit.page("intake_look.html.j2", wrong=wrong, right=bool(text.strip()), title="收件")


def _to_receipt(number: str) -> Response:
    return RedirectResponse(f"/intake/drafts/{number}/receipt", 303)


def _saved(
    visit: Visit,
    number: str,
    *,
    at: datetime | None = None,
    filed: bool = False,
    elsewhere: bool = False,
) -> Response:
    """What became of what was sent by itself: kept, filed meanwhile, or changed elsewhere."""
    return visit.page(
        "intake_saved.html.j2",
        title="收件",
        number=number,
        saved_at=at or datetime.now(UTC),
        filed=filed,
        elsewhere=elsewhere,
    )


@router.get("/intake/drafts/{number}/receipt")
async def receipt(visit: Visiting, number: str) -> Response:
    """收件凭证: the case number, and what was told at once."""
    draft = await draft_of(visit, number)
    if draft["case_no"] is None:
        return RedirectResponse(f"/intake/drafts/{number}", 303)
    office = visit.house.office
    case = await office.case(draft["case_no"])
    return visit.page(
        "intake_receipt.html.j2",
        title="收件凭证",
        case=case,
        # The limit for accepting is the office's own; on paper stands the one of the decision.
        decision_due=next(
            (one["due_on"] for one in case["clocks"] if one["kind"] == ClockKind.DECISION), None
        ),
        findings=draft["findings"] or [],
        office=office.catalog.office(case["intake_office"]),
        may_see=case["intake_office"] in visit.person.offices(Permission.READ),
    )


def matter_name(catalog: Catalog, code: str) -> str:
    """A matter, item or composite case by name."""
    known = (
        catalog.matters.get(code)
        or catalog.transfers.get(code)
        or catalog.scenarios.get(code)
        or catalog.items.get(code)
    )
    return known.name if known else code


@lru_cache(maxsize=4)
def _searching(catalog: Catalog) -> Searching:
    return Searching(catalog)


def matters_of(visit: Visit, words: str) -> list[tuple[str, str]]:
    """What can be applied for here, by code and name, the best match first."""
    office = visit.house.office
    catalog = office.catalog
    own = (*catalog.matters, *catalog.transfers, *catalog.scenarios)
    names = {code: matter_name(catalog, code) for code in own}
    found = {code: name for code, name in names.items() if fits(words, code, name)}
    if words.strip():
        for hit in _searching(catalog).find(words):
            item = hit.item
            if not offers(catalog, item, office.locality, visit.today):
                continue
            codes = [*item.own, *((item.id,) if item.template else ())]
            for code in codes:
                found.setdefault(code, matter_name(catalog, code))
    return list(found.items())[:_FOUND]


async def _page(
    visit: Visit,
    draft: Record,
    *,
    error: OfficeError | None = None,
    checked: Filed | None = None,
    more: int = 0,
    sheet: Sheet | None = None,
    elsewhere: bool = False,
    status: int = 200,
) -> Response:
    matter = await form_of(visit, draft["matter"])
    content: Content = draft["content"]
    people = people_of(content) + [{"relation": "", "name": "", "id_no": ""}] * more
    errors = {field_of(path): words for path, words in (error.fields if error else {}).items()}
    # A refusal that names no field may still rest on what is empty.
    if error and (not errors or set(errors) - {one.type for one in matter.materials}):
        errors = {**visible_errors(matter, content), **errors}
    shown: set[str] = {one.name for one in matter.fields}
    shown |= {f"migrants[{row}].{part}" for row in range(len(people)) for part in ("name", "id_no")}
    values: dict[str, Any] = {
        "title": matter.name,
        "number": catalogue_number(visit.house.office.catalog, draft["matter"]),
        "draft": draft,
        "sheet": sheet.page if sheet else uuid.uuid4().hex,
        # Who was told of a change elsewhere has yet to say which of the two shall stay.
        "seen": sheet.seen if sheet and elsewhere else mark_of(content),
        "elsewhere": elsewhere,
        "matter": matter,
        "fields": content.get("fields", {}),
        "content": content,
        "people": people,
        "slots": slots(matter, {**content, "people": people}),
        "errors": errors,
        "refusal": error.message if error and not set(errors) & shown else "",
        "refused": error is not None,
        "checked": checked,
        "accept": ACCEPT,
        "live": LIVE,
    }
    return visit.page("intake_form.html.j2", status, **values)
