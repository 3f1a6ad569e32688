"""Taking in applications over the programming interface: matters, their forms, checking, filing.

A case is put on file together with the answer to its call: sent twice, it is one case.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi import Path as InPath
from fastapi.responses import Response
from pydantic import BaseModel, ConfigDict, Field, model_validator
from sqlalchemy.ext.asyncio import AsyncConnection

from console.api.application_schema import application_schema
from console.api.calling import Calling
from console.api.once import Change, Changing, once
from console.api.papers import Paper, parts_of
from console.api.shapes import CHANGES, READS, Shown, Word
from console.errors import OfficeCode, OfficeError
from console.filing import FilingDesk
from console.intake_desk import Filed
from console.web.acting import note_key
from console.web.draft_room import filing_post, form_of
from console.web.intake import matters_of
from domain.permissions import Permission

router = APIRouter(tags=["收件"])
#: No form is deeper; what is deeper is no application.
_DEPTH = 6


class MatterShown(Shown):
    """Something that can be applied for here."""

    code: str
    name: str


class Matters(Shown):
    """What was found."""

    items: list[MatterShown]


class MaterialShown(Shown):
    """A material of a matter."""

    type: str
    name: str
    required: bool
    per_person: str | None
    free: str = Field(description="免提交：由什么代替")
    promise: bool = Field(description="可以告知承诺")
    deferrable: bool = Field(description="可以容缺后补")


class MatterFormShown(Shown):
    """The form of a matter: its contract, and its materials."""

    code: str
    name: str
    kind: str
    schema_: dict[str, Any] = Field(
        alias="schema", serialization_alias="schema", description="申请内容的 JSON Schema"
    )
    materials: list[MaterialShown]


class Application(BaseModel):
    """An application: besides ``matter`` and ``documents`` what the matter's own schema says."""

    model_config = ConfigDict(extra="allow", hide_input_in_errors=True)

    matter: Word = Field(min_length=1, description="事项代码")
    documents: list[Paper] = Field(default=[], max_length=100)

    @model_validator(mode="after")
    def _shallow(self) -> Application:
        if _deeper(self.model_extra or {}, _DEPTH):
            raise ValueError("too deep")
        return self


class FiledShown(Shown):
    """收件凭证."""

    case_no: str = Field(description="办件编号；只核对的为空")
    matter_name: str | None = None
    received_on: date | None = Field(default=None, description="收件日")
    station: str | None = Field(default=None, description="收件机构代码")
    started: bool | None = Field(default=None, description="否：已保存，系统恢复后自动开始办理")
    findings: list[str] = Field(default=[], description="须补正的问题")
    remedies: list[str] = Field(default=[], description="各自怎样补正")


@router.get("/matters", responses={**READS}, summary="可以收件的事项")
async def find_matters(
    call: Calling, words: Annotated[Word, Query(description="名称或拼音")] = ""
) -> Matters:
    """本地区可以收件的事项，按名称查找；全部事项和办事指南见 /api/catalogue。"""
    call.need(Permission.FILE)
    found = matters_of(call.visit, words)
    return Matters(items=[MatterShown(code=code, name=name) for code, name in found])


@router.get("/matters/{matter}", responses={**READS}, summary="事项的申请表")
async def read_matter_form(
    call: Calling,
    matter: Annotated[str, InPath(pattern=r"^[0-9A-Za-z_.-]{1,80}$", description="事项代码")],
) -> MatterFormShown:
    """申请内容的 JSON Schema 和材料清单。"""
    call.need(Permission.FILE)
    unknown = OfficeError(OfficeCode.NOT_FOUND, "这个事项不能在这里收件；请从 /matters 中选择。")
    try:
        form = await form_of(call.visit, matter)
    except OfficeError as error:
        raise unknown from error
    if not form.sections:
        raise unknown
    return MatterFormShown(
        code=form.code,
        name=form.name,
        kind=form.kind.value,
        schema=application_schema(form),
        materials=[MaterialShown.model_validate(one) for one in form.materials],
    )


@router.post(
    "/applications/check", responses={**CHANGES}, summary="核对申请", response_model=FiledShown
)
async def check_application(call: Calling, body: Application) -> FiledShown:
    """指出全部问题，不收件。"""
    call.need(Permission.FILE)
    desk = FilingDesk(call.visit.house.office, only_check=True)
    return shown(await _file(desk, call.visit.today, body))


@router.post(
    "/applications",
    responses={**CHANGES},
    summary="收件",
    response_model=FiledShown,
    status_code=201,
)
async def file_application(change: Changing, body: Application) -> Response:
    """登记收件并开始办理；同一 Idempotency-Key 只收一件。"""

    async def work() -> FiledShown:
        change.call.need(Permission.FILE)
        visit = change.call.visit
        clerk, _ = filing_post(visit)
        desk = FilingDesk(visit.house.office, clerk=clerk, kept=_kept(change, clerk))
        return shown(await _file(desk, visit.today, body))

    return await once(change, work, status=201)


def _kept(change: Change, clerk: str) -> Any:
    async def kept(connection: AsyncConnection, case_no: str) -> None:
        await note_key(change.call.visit, connection, case_no, clerk, "application", "收件")
        await change.keep(connection, FiledShown(case_no=case_no).model_dump(mode="json"), 201)

    return kept


async def _file(desk: FilingDesk, today: date, body: Application) -> Filed:
    data = {"matter": body.matter, **(body.model_extra or {})}
    if body.documents:
        data["documents"] = parts_of(body.documents, desk.office, today)
    return await desk.file_data(data, folder=Path("/nowhere"))


def shown(filed: Filed) -> FiledShown:
    """The receipt of an application."""
    return FiledShown(
        case_no=filed.case_no,
        matter_name=filed.matter_name,
        received_on=filed.received_on,
        station=filed.station,
        started=filed.started,
        findings=list(filed.findings),
        remedies=list(filed.remedies),
    )


def _deeper(value: Any, left: int) -> bool:
    if isinstance(value, dict):
        return left == 0 or any(_deeper(one, left - 1) for one in value.values())
    if isinstance(value, list):
        return left == 0 or any(_deeper(one, left - 1) for one in value)
    return False
