"""A case as callers see it: what `console.wording.case_view` shows, declared field by field."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field

from console.api.shapes import Asked, Shown, Text, Word
from storage.case_search import By


class PersonOfCase(Shown):
    """A person of a case; names only after a purpose was told."""

    number: int
    relation: str
    status: str
    status_name: str | None = None
    name: str | None = None
    id_no: str | None = None


class ClockShown(Shown):
    """A time limit with its dates: by statute, as promised, as it stands, as it is expected."""

    kind: str
    name: str | None
    number: int
    limit: str
    limit_name: str
    basis: str
    started_on: date
    statutory_on: date | None
    promised_on: date | None
    current_on: date | None
    estimated_on: date | None
    provisional: bool
    stopped_on: date | None


class TaskOfCase(Shown):
    """A task of the case, open or closed."""

    task_id: str
    kind: str
    title: str
    office: str
    role: str
    status: str
    assignee: str | None
    due_on: date | None
    outcome: str | None
    reason_code: str | None
    decided_by: str | None
    opened_at: datetime
    closed_at: datetime | None


class ActShown(Shown):
    """A legal act of the case."""

    code: str
    name: str | None
    office: str
    actor: str
    basis: str
    person: int
    effective_on: date
    at: datetime


class CaseShown(Shown):
    """A case; without names unless a purpose was told."""

    case_no: str
    kind: str
    matter: str
    matter_name: str
    family: str
    home_case_no: str
    peer: str
    peer_case_no: str | None
    stage: str
    stage_name: str | None
    holder: str = Field(description="现在轮到谁")
    holder_name: str | None
    ending: str | None
    reason_code: str | None
    due_on: date | None
    overdue: bool
    escalation: int
    filed_at: datetime
    received_on: date
    closed_at: datetime | None
    started: bool
    intake_office: str
    competent_office: str
    custodian_office: str
    commands_pending: int
    days_used: dict[str, int] = Field(description="各方用了几个工作日")
    composite_no: str | None = None
    clocks: list[ClockShown]
    persons: list[PersonOfCase]
    tasks: list[TaskOfCase]
    acts: list[ActShown]
    may_see_persons: bool = Field(description="您的岗位能否在写明用途后查看姓名")


class Purpose(Asked):
    """What names are read for."""

    purpose: Word = Field(min_length=1, description="办理、答复、督办或者审计")


class Search(Asked):
    """What somebody has in hand; searches by person need a purpose and are noted."""

    words: Word = Field(min_length=1)
    by: By | None = Field(default=None, description="按什么查找；不写的由内容判断")
    purpose: Word = Field(default="", description="HANDLE、ANSWER、DUPLICATE、COMPLAINT、INSPECT")


class Found(Shown):
    """One case that was found."""

    case_no: str
    matter_name: str
    stage: str
    peer: str
    office: str
    due_on: date | None
    filed_at: datetime
    closed_at: datetime | None
    name: str | None = None
    id_no: str | None = Field(default=None, description="隐去中间各位")


class FoundCases(Shown):
    """What was found."""

    by: By
    items: list[Found]
    more: bool = Field(description="还有更多没有列出；请写得更具体")


class CaseActAsked(Asked):
    """What is asked of a case as a whole; which fields it needs follows from the act."""

    reason: Text = ""
    reason_code: Word = ""
    person: int | None = Field(default=None, ge=1, le=50)
    name: Word = ""
    id_no: Word = ""
    days: int | None = Field(default=None, ge=1, le=2000)
    unit: Word = ""
    procedure: Word = ""
    approver: Word = ""
    on: date | None = Field(default=None, description="听证日期")
    place: Text = Field(default="", description="听证的地点和几时开始")
    chair: Word = Field(default="", description="听证主持人的工号")


class ActOffered(Shown):
    """One thing that can be asked of the case now."""

    act: str
    label: str
    effect: str
    basis: str


class ActsOffered(Shown):
    """What can be asked now; ``silent``: the running case does not answer."""

    silent: bool
    items: list[ActOffered]


class NoteAsked(Asked):
    """A note, or an urge to whoever holds the case's task."""

    kind: Word = Field(default="NOTE", pattern="^(NOTE|URGE)$")
    text: Text = ""


class FollowAsked(Asked):
    """Follow the case, or no more."""

    follow: bool = True
