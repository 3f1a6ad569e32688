"""Tasks as callers see them, and what they may send about one."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from pydantic import Field

from console.api.shapes import Asked, Shown, Text, Word
from contracts.commands import Verb
from domain.signing import Answer, SigningMode


class TaskRow(Shown):
    """One task of a list."""

    task_id: str = Field(description="待办编号：办件编号/种类/次序")
    case_no: str
    kind: str = Field(description="待办种类代码")
    title: str = Field(description="待办名称")
    office: str = Field(description="机构代码")
    role: str = Field(description="由什么岗位办理")
    status: str
    assignee: str | None = Field(description="认领人工号")
    due_on: date | None = Field(description="到期日")
    provisional: bool = Field(description="到期日尚未最终确定")
    clock: str | None = Field(description="到期日依据的时限")
    opened_at: datetime
    closed_at: datetime | None
    outcome: str | None
    decided_by: str | None
    matter: str | None
    matter_name: str
    peer: str = Field(description="对方地区代码")
    stage: str = Field(description="办件状态代码")


class TaskPage(Shown):
    """One page of a list of tasks."""

    items: list[TaskRow]
    next: str | None = Field(description="下一页的 after；没有的为最后一页")
    count: int | None = Field(description="按同样条件共有几项；超过上限的为上限加一")


class Counts(Shown):
    """How much there is in each list."""

    counts: dict[str, int]


class Reason(Shown):
    """A coded reason."""

    code: str
    label: str


class Way(Shown):
    """One way to decide a task."""

    outcome: str
    label: str
    effect: str = Field(description="这样办理会发生什么")
    reasons: list[Reason]
    schema_: dict[str, Any] = Field(
        alias="schema", serialization_alias="schema", description="办理内容的 JSON Schema"
    )


class PersonShown(Shown):
    """A person of the case, by name: read with a purpose, and noted."""

    number: int
    relation: str
    name: str
    id_no: str
    status: str


class Line(Shown):
    """One line of an application."""

    label: str
    value: str


class DocumentShown(Shown):
    """A document's card."""

    type: str
    name: str
    digest: str
    person: int
    source: str
    media_type: str
    size: int


class NoteShown(Shown):
    """A note or an urge."""

    kind: str
    by: str
    text: str
    at: datetime | str


class Opinion(Shown):
    """An opinion asked of a colleague."""

    id: int
    mode: str
    signer: str
    asked_by: str
    asked_at: datetime
    question: str
    answer: str | None
    text: str | None
    answered_at: datetime | None


class TaskShown(Shown):
    """A task with everything that its page shows; reading it is noted with its purpose."""

    task_id: str
    case_no: str
    kind: str
    title: str
    office: str
    role: str
    status: str
    assignee: str | None
    due_on: date | None
    clock: str | None
    opened_at: datetime
    closed_at: datetime | None
    outcome: str | None
    decided_by: str | None
    matter_name: str
    stage: str
    basis: str = Field(description="依据")
    may_decide: bool
    obstacle: str = Field(description="不能办理的原因")
    waiting: list[str] = Field(description="还等谁答复意见")
    ways: list[Way]
    findings: list[str]
    named: bool = Field(description="是否含当事人和申请内容；不含的另行说明用途查看")
    persons: list[PersonShown]
    application: list[Line]
    service: list[Line] = Field(description="所涉的评价或者热线工单")
    documents: list[DocumentShown]
    notes: list[NoteShown]
    opinions: list[Opinion]
    colleagues: list[str] = Field(description="可以分派给谁")


class Decision(Asked):
    """How a task is decided; what the outcome needs says the schema of its way."""

    outcome: Word = Field(description="办理结果代码", min_length=1)
    reason: Text = ""
    reason_code: Word = ""
    return_to: Word = Field(default="", description="退回到哪个环节（待办种类）；不写即最近的")
    defects: list[Text] = Field(default=[], max_length=50)
    remedy: Text = ""
    evidence: Text = ""
    persons: list[int] = Field(default=[], max_length=50)
    counted: dict[Word, int] = Field(default={}, max_length=50)


class Assignment(Asked):
    """To whom a task is given, and why."""

    assignee: Word = Field(min_length=1, description="工号")
    reason: Text = Field(min_length=1)


class Several(Asked):
    """Several tasks at once."""

    do: Verb = Field(description="CLAIM 认领、RELEASE 退领或者 ASSIGN 分派")
    tasks: list[Word] = Field(min_length=1, max_length=100, description="待办编号")
    assignee: Word = ""
    reason: Text = ""


class OneAnswer(Shown):
    """What became of one task."""

    task_id: str
    state: str = Field(description="done 已办、saved 已保存待提交、refused 未能办理")
    detail: str


class SeveralAnswers(Shown):
    """What became of each."""

    results: list[OneAnswer]


class Question(Asked):
    """An opinion to be asked."""

    signer: Word = Field(min_length=1, description="同事的工号")
    mode: SigningMode = Field(description="ALL 会签、ANY 或签、DELEGATE 委派")
    question: Text = ""


class OpinionGiven(Asked):
    """The answer to a question."""

    answer: Answer
    text: Text = ""
