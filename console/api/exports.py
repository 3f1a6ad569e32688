"""Files over the programming interface: the board, a trail of the audit, an issued bulletin.

The files are those of the pages `console.web.board`, `audit` and `board_bulletins`.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from fastapi.responses import Response

from console.api.calling import Calling
from console.api.shapes import READS, Word
from console.api.staff import question_of
from console.web.audit import audit_file
from console.web.board import XLSX, board_file
from console.web.board_bulletins import bulletin_file
from console.web.board_days import By, days_file, split_of
from domain.permissions import Permission
from storage.audit import Trail

router = APIRouter()


class TableFormat(StrEnum):
    """As what the board is taken away."""

    XLSX = "xlsx"
    CSV = "csv"


class BulletinFormat(StrEnum):
    """As what a bulletin is taken away."""

    PDF = "pdf"
    XLSX = "xlsx"
    JSON = "json"


def _files(*media_types: str) -> dict[int | str, dict[str, Any]]:
    content: dict[str, Any] = {one: {} for one in media_types}
    return {**READS, 200: {"content": content, "description": "文件"}}


@router.get(
    "/board/export",
    tags=["督办"],
    summary="导出看板",
    response_class=Response,
    responses=_files(XLSX, "text/csv"),
)
async def export_board(
    call: Calling,
    format_: Annotated[
        TableFormat, Query(alias="format", description="xlsx 为全部表，csv 为各机构")
    ] = TableFormat.XLSX,
) -> Response:
    """看板的数字，供电子表格使用。"""
    call.need(Permission.SUPERVISE)
    return await board_file(call.visit, format_.value)


@router.get(
    "/board/days/export",
    tags=["督办"],
    summary="导出责任划分",
    response_class=Response,
    responses=_files(XLSX),
)
async def export_board_days(
    call: Calling,
    by: Annotated[By, Query(description="按机构、事项或者月份")] = By.OFFICE,
    from_: Annotated[
        date | None, Query(alias="from", description="从哪一天起；不写为截止日前30天")
    ] = None,
    to: Annotated[date | None, Query(description="到哪一天止；不写为今天")] = None,
) -> Response:
    """责任划分的电子表格，末尾为合计和日历应有的天数。"""
    call.need(Permission.SUPERVISE)
    call.need(Permission.EXPORT)
    return await days_file(call.visit, await split_of(call.visit, by, from_, to))


@router.get(
    "/audit/export",
    tags=["岗位与审计"],
    summary="导出审计记录",
    response_class=Response,
    responses=_files("text/csv"),
)
async def export_audit(
    call: Calling,
    trail: Annotated[Trail, Query(description="查阅、办理、岗位变动或者密钥")] = Trail.READS,
    actor: Annotated[Word, Query(description="工号")] = "",
    case_no: Annotated[str, Query(pattern=r"^([0-9]{22})?$", description="办件编号")] = "",
    first: Annotated[date | None, Query(description="从哪一天")] = None,
    last: Annotated[date | None, Query(description="到哪一天")] = None,
) -> Response:
    """最多一万行；导出本身也有记录。"""
    asked = question_of(trail, actor=actor, case_no=case_no, first=first, last=last)
    return await audit_file(call.visit, asked)


@router.get(
    "/bulletins/{number}/file",
    tags=["督办"],
    summary="通报文件",
    response_class=Response,
    responses=_files("application/pdf", XLSX, "application/json"),
)
async def read_bulletin_file(
    call: Calling,
    number: Annotated[str, Path(pattern=r"^[^\x00-\x20/]{1,60}$", description="编号")],
    format_: Annotated[BulletinFormat, Query(alias="format", description="文件格式")] = (
        BulletinFormat.PDF
    ),
) -> Response:
    """已发布的通报，PDF、电子表格或者原始数据。"""
    return await bulletin_file(call.visit, number, format_.value)
