"""How a case stands, over the programming interface: its procedure, its file, its notes, its news.

What the case page shows beside state and limits; what is shown of whom decides
`console.web.case_reading`.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from fastapi import APIRouter
from pydantic import Field

from console.api.calling import Call, Calling
from console.api.shapes import READS, CaseNo, Shown
from console.web.case_course import course_of
from console.web.case_reading import read_case
from console.web.case_sections import sections
from domain.routes import step_label
from storage import desk_notes

router = APIRouter(tags=["办件"], responses={**READS})


class StepShown(Shown):
    """A step of the procedure; ``own``: of this locality, else of the other one."""

    stage: str
    name: str
    own: bool
    progress: str = Field(description="DONE 已完成、RUNNING 正在办理、COMING 尚未开始")
    surmised: bool = Field(description="据来往函件推定")
    column: int = Field(description="图上从第几列起")
    width: int = Field(description="图上占几列")


class CourseShown(Shown):
    """The procedure of a case; without steps where nobody has declared it."""

    columns: int
    steps: list[StepShown]


class HistoryLine(Shown):
    """What happened at one moment, in words; nothing of it is personal."""

    at: datetime
    office: str | None
    stage: str | None
    moved: bool
    what: list[str]
    who: list[str]


class History(Shown):
    """A case's history, newest first."""

    items: list[HistoryLine]


class CertificateShown(Shown):
    """A certificate of the case."""

    number: str
    kind: str
    name: str | None
    issuer: str
    office: str
    person: int
    status: str
    issued_on: date | None
    valid_until: date | None
    replaces: str | None


class NoticeShown(Shown):
    """A notice to the applicant, without its words."""

    template: str
    name: str
    attempts: int
    sent_at: datetime | None
    came: str | None = Field(description="送达情况")


class TicketShown(Shown):
    """A hotline ticket about the case."""

    ticket_no: str
    case_no: str
    category: str
    stage: str
    called_at: datetime
    closed_at: datetime | None


class RatingShown(Shown):
    """A rating of the case that this caller may see, without its words."""

    rating_no: str
    occasion: str
    level: str
    given_at: datetime


class AnswerShown(Shown):
    """A field of the application, as chosen; what somebody wrote needs a purpose."""

    name: str
    label: str
    shown: str


class CaseFileShown(Shown):
    """What else is on the case's file."""

    ending: str | None = Field(description="怎样办结，用文字")
    due_because: str | None = Field(description="到期日依据的时限")
    fields: list[AnswerShown]
    certificates: list[CertificateShown]
    notices: list[NoticeShown]
    tickets: list[TicketShown]
    ratings: list[RatingShown]
    children: list[dict[str, Any]] = Field(description="一件事的各事项")
    parts: list[dict[str, Any]] = Field(description="协同环节")


class CaseNote(Shown):
    """A note or an urge."""

    kind: str
    by: str
    at: datetime
    text: str


class CaseNotes(Shown):
    """The notes of a case, and whether the caller follows it."""

    followed: bool
    items: list[CaseNote]


class Pulse(Shown):
    """The number of the newest event: another one means that the case has moved."""

    newest: int


@router.get("/cases/{case_no}/course", summary="办理流程")
async def read_case_course(call: Calling, case_no: CaseNo) -> CourseShown:
    """流程的各步：已完成、正在办理和尚未开始，双方各占一行。"""
    record = await read_case(call.visit, case_no)
    found = course_of(record)
    if found is None:
        return CourseShown(columns=0, steps=[])
    upper = set(map(id, found.home))
    leg = record["kind"] == "LEG"
    return CourseShown(
        columns=found.columns,
        steps=[
            StepShown(
                stage=one.stage.value,
                name=step_label(one.stage),
                own=(id(one) in upper) is not leg,
                progress=one.progress.value,
                surmised=one.surmised,
                column=one.column,
                width=one.width,
            )
            for one in found.steps
        ],
    )


@router.get("/cases/{case_no}/history", summary="办件经过说明")
async def read_case_history(call: Calling, case_no: CaseNo) -> History:
    """每一步做了什么、由谁做的，用文字说明。"""
    return History.model_validate({"items": (await _sections(call, case_no))["history"]})


@router.get("/cases/{case_no}/file", summary="办件卷内其他内容")
async def read_case_file(call: Calling, case_no: CaseNo) -> CaseFileShown:
    """证件、通知、热线工单、评价、申请内容、一件事的各事项和协同环节。"""
    found = await _sections(call, case_no)
    told = {**found, "ending": found["ending_words"], "due_because": found["due_why"]}
    return CaseFileShown.model_validate(told)


@router.get("/cases/{case_no}/notes", summary="备注和催办")
async def list_case_notes(call: Calling, case_no: CaseNo) -> CaseNotes:
    """办件上的备注、催办，以及您是否关注。"""
    await read_case(call.visit, case_no)
    async with call.visit.house.office.database.read() as connection:
        written = await desk_notes.notes(connection, case_no)
        followed = await desk_notes.followed(connection, call.visit.person.account)
    return CaseNotes.model_validate({"followed": case_no in followed, "items": written})


@router.get("/cases/{case_no}/pulse", summary="办件有无变动")
async def read_case_pulse(call: Calling, case_no: CaseNo) -> Pulse:
    """最新一条经过的编号；变了即有人办理过。"""
    record = await read_case(call.visit, case_no)
    return Pulse(newest=record["newest"])


async def _sections(call: Call, case_no: str) -> dict[str, Any]:
    """What the page puts together, without names and without what people wrote."""
    record = await read_case(call.visit, case_no)
    office = call.visit.house.office
    async with office.database.read() as connection:
        calendars = await office.calendars.book(connection)
    return sections(record, office.catalog, calendars, datetime.now(UTC), persons=False)
