"""Cases over the programming interface: searching, one case, and everything on its file.

What is shown of whom decides `console.web.case_reading`, as for the case page.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from fastapi.responses import Response

from console.api.calling import Call, Calling
from console.api.case_models import CaseShown, Found, FoundCases, Purpose, Search
from console.api.file_models import Clocks, Events, Letters, Money, Papers, Parcels
from console.api.shapes import READS, CaseNo
from console.errors import OfficeCode, OfficeError
from console.explaining import explain, zoned
from console.looking import Record
from console.web.case_documents import paper_of
from console.web.case_reading import PURPOSES, may_see_persons, open_persons, read_case
from console.web.search import MOST, look_up, understood
from console.web.search import PURPOSES as SEARCHING
from console.wording.case_view import case_view
from console.wording.finding_values import material_words
from domain.identity import masked
from domain.permissions import Permission
from storage.case_search import PERSONAL

router = APIRouter(tags=["办件"], responses={**READS})


@router.post("/cases/search", summary="查找办件")
async def search_cases(call: Calling, body: Search) -> FoundCases:
    """按办件编号、姓名、身份号码、事项、运单号等查找；按个人查找须写明用途并登记。"""
    call.need(Permission.READ)
    asked = understood(call.visit, body.words.strip(), body.by.value if body.by else "")
    if asked is None:
        raise OfficeError(
            OfficeCode.WRONG_FIELD,
            "没有要查找的内容；请填写后再查。",
            fields={"words": "没有填写"},
        )
    if asked.by in PERSONAL and body.purpose not in SEARCHING:
        raise OfficeError(
            OfficeCode.WRONG_FIELD,
            "按姓名或者身份号码查找会读取个人信息，请写明用途。",
            fields={"purpose": f"须为 {'、'.join(SEARCHING)} 之一"},
        )
    rows = await look_up(call.visit, asked, SEARCHING.get(body.purpose, ""))
    return FoundCases(
        by=asked.by,
        items=[
            Found.model_validate(
                {**row, **({"id_no": masked(row["id_no"])} if "id_no" in row else {})}
            )
            for row in rows[:MOST]
        ],
        more=len(rows) > MOST,
    )


@router.get("/cases/{case_no}", summary="一件办件")
async def read_one_case(call: Calling, case_no: CaseNo) -> CaseShown:
    """办件现状、时限、待办和行政行为，不含姓名。"""
    record = await read_case(call.visit, case_no)
    return await _shown(call, record, persons=False)


@router.post("/cases/{case_no}/persons", summary="含当事人的办件")
async def read_case_persons(call: Calling, case_no: CaseNo, body: Purpose) -> CaseShown:
    """同上，含姓名和证件号码；按用途登记。"""
    record = await read_case(call.visit, case_no)
    if body.purpose not in PURPOSES:
        raise OfficeError(
            OfficeCode.WRONG_FIELD,
            f"用途须为 {'、'.join(PURPOSES)} 之一。",
            fields={"purpose": "不在可选范围"},
        )
    await open_persons(call.visit, record, body.purpose)
    return await _shown(call, record, persons=True)


@router.get("/cases/{case_no}/events", summary="办件经过")
async def read_case_events(call: Calling, case_no: CaseNo) -> Events:
    """每一步和每一件要紧的事，按先后。"""
    return Events.model_validate({"items": (await read_case(call.visit, case_no))["events"]})


@router.get("/cases/{case_no}/clocks", summary="时限说明")
async def explain_case_clocks(
    call: Calling,
    case_no: CaseNo,
    as_of: Annotated[
        datetime | None, Query(description="按这一时刻的登记和历法说明；不写时区的为北京时间")
    ] = None,
    line: Annotated[
        int | None, Query(ge=1, le=2**53, description="按历次变动中的这一行（编号）说明")
    ] = None,
) -> Clocks:
    """每个时限逐日的推算，以及历次变动；也可以按从前的某一时刻或者某一次变动说明。"""
    record = await read_case(call.visit, case_no)
    office = call.visit.house.office
    found = await office.read(
        lambda connection: explain(
            connection,
            office.calendars,
            case_no,
            record["clocks"],
            office=record["competent_office"],
            now=datetime.now(UTC),
            as_of=zoned(as_of),
            line=line,
        )
    )
    return Clocks.model_validate({"items": found})


@router.get("/cases/{case_no}/letters", summary="往来函件")
async def read_case_letters(call: Calling, case_no: CaseNo) -> Letters:
    """与对方地区的函件和回执，不含正文。"""
    return Letters.model_validate({"items": (await _view(call, case_no))["letters"]})


@router.get("/cases/{case_no}/parcels", summary="寄递")
async def read_case_parcels(call: Calling, case_no: CaseNo) -> Parcels:
    """物料和流转链。"""
    return Parcels.model_validate({"items": (await _view(call, case_no))["parcels"]})


@router.get("/cases/{case_no}/money", summary="款项")
async def read_case_money(call: Calling, case_no: CaseNo) -> Money:
    """告知、到账、入账的金额（分）和划款指令。"""
    return Money.model_validate({"items": (await _view(call, case_no))["money"]})


@router.get("/cases/{case_no}/documents", summary="材料目录")
async def list_case_documents(call: Calling, case_no: CaseNo) -> Papers:
    """材料的名称、来源、大小和摘要。"""
    record = await read_case(call.visit, case_no)
    catalog = call.visit.house.office.catalog
    cards = [{**one, "name": material_words(one["type"], catalog)} for one in record["documents"]]
    return Papers.model_validate({"items": cards})


@router.get(
    "/cases/{case_no}/documents/{digest}",
    summary="一份材料",
    response_class=Response,
    responses={200: {"content": {"application/octet-stream": {}}, "description": "材料原件"}},
)
async def read_case_document(
    call: Calling,
    case_no: CaseNo,
    digest: Annotated[str, Path(pattern=r"^[0-9a-f]{64}$", description="SHA-256 摘要")],
) -> Response:
    """材料原件；查看按用途登记。"""
    paper = await paper_of(call.visit, case_no, digest)
    headers = {"Content-Disposition": "attachment", "X-Document-Type": paper.media_type}
    return Response(paper.content, media_type="application/octet-stream", headers=headers)


async def _view(call: Call, case_no: str) -> Record:
    record = await read_case(call.visit, case_no)
    return await _worded(call, record, persons=False)


async def _worded(call: Call, record: Record, *, persons: bool) -> Record:
    office = call.visit.house.office
    async with office.database.read() as connection:
        calendars = await office.calendars.book(connection)
    return case_view(
        record, office.catalog, calendars, datetime.now(UTC), texts=persons, persons=persons
    )


async def _shown(call: Call, record: Record, *, persons: bool) -> CaseShown:
    view: dict[str, Any] = await _worded(call, record, persons=persons)
    return CaseShown.model_validate(
        {**view, "may_see_persons": may_see_persons(call.visit, record)}
    )
