"""What a task's page shows: the work in words, its papers and people, and who may decide it how.

Called by `console.web.tasks`. Names and identity numbers are read here, by who needs them for the
task, and each reading is logged with its purpose (G8).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from console.errors import OfficeCode, OfficeError
from console.looking import Record
from console.opinions import deciders_before
from console.staff import sitting_at
from console.web.case_reading import PURPOSES, may_see_persons
from console.web.context import Visit
from console.web.effects import effect
from console.web.intake_form import describe, paper_name, shown_rows
from console.web.letter_reading import phone_to_call, request_lines
from console.web.service_words import Line, service_lines
from console.wording.findings import finding_words
from console.wording.reasons import reason_label
from domain.calendar import SHANGHAI
from domain.intake_rules import DefectCode
from domain.offices import Role
from domain.permissions import GRANTS, Permission, Post
from domain.signing import Answer, SigningMode
from domain.task_table import TASKS
from domain.tasks import OutcomeSpec, TaskSpec, TaskStatus, outcomes_now
from storage import views
from storage.desk_notes import answers, notes
from storage.people import log_access
from storage.slips import application_of

#: How far down the list the next task is looked for.
_AHEAD = 40


@dataclass(frozen=True, slots=True)
class Way:
    """One way to decide the task, with everything its form needs."""

    spec: OutcomeSpec
    effect: str
    reasons: tuple[tuple[str, str], ...]
    steps: tuple[tuple[str, str], ...] = ()  # to which the case may be sent back


@dataclass(frozen=True, slots=True)
class Standing:
    """How this person stands to the task: under which post, and what is in the way."""

    post: Post | None
    obstacle: str = ""


async def load(visit: Visit, task_id: str) -> tuple[Record, Record]:
    """The task and its case; OfficeError NOT_FOUND where the person may not see it."""
    offices = visit.person.offices(Permission.READ)
    office = visit.house.office
    task = await office.read(lambda connection: views.task(connection, task_id, offices))
    if task is None:
        raise OfficeError(
            OfficeCode.NOT_FOUND, "没有这项待办，或者您的机构无权查看；请回到待办列表。"
        )
    case = await office.read(
        lambda connection: views.case(connection, task["case_no"], [task["office"]])
    )
    if case is None:  # a task without its case cannot be
        raise OfficeError(OfficeCode.NOT_FOUND, "没有这项待办的办件；请回到待办列表。")
    return task, case


def standing(visit: Visit, task: Record, case: Record) -> Standing:
    """Whether this person may decide the task, and if not, why, in words."""
    spec = TASKS[task["kind"]]
    post = visit.person.post(Permission.COMPLETE, task["office"], role=spec.role)
    if post is None and spec.role is Role.APPROVER and not visit.person.approves:
        return Standing(None, "审批须由审批人本人登录作出；请审批人登录通办后办理。")
    if post is None:
        return Standing(None, f"您的岗位不能办理这一项；须由{spec.role.label}办理。")
    if deciders_before(spec, case) & visit.person.codes:
        return Standing(post, "前一环节由您办理，这一环节须由另一个人办理。")
    if task["assignee"] not in (None, *visit.person.codes):
        return Standing(post, f"已由 {task['assignee']} 认领；请等其退领，或者由审批人重新分派。")
    if task["assignee"] not in (None, post.code):
        own = next(one for one in visit.person.posts if one.code == task["assignee"])
        if own.office == task["office"] and spec.role in own.roles:
            return Standing(own)
    return Standing(post)


def others_able(visit: Visit, colleagues: list[tuple[str, str]]) -> list[str]:
    """Of those who can be given the task, everybody but this person."""
    return [code for code, _ in colleagues if code not in visit.person.codes]


def needs_people(
    visit: Visit, task: Record, stands: Standing, signatures: Iterable[Record]
) -> str | None:
    """What this person needs the names of the task for; None: for nothing that the task asks.

    They are the task's own: of whoever can work it, was asked for an opinion, or assigns there.
    Everybody else says on the case's page what for.
    """
    if task["status"] != TaskStatus.OPEN:
        return None
    if stands.post is not None:
        return "办理待办"
    if any(one["signer"] in visit.person.codes for one in signatures):
        return "答复意见"
    # A supervisor assigns everywhere, which is no desk there.
    here = (post for post in visit.person.posts if post.office == task["office"])
    assigns = any(Permission.ASSIGN in GRANTS[role] for post in here for role in post.roles)
    return "分派待办" if assigns else None


async def seen(visit: Visit, task: Record, case: Record, need: str | None) -> Record:
    """What the page shows of papers and people; the reading is logged with what it is needed for.

    Without a need (see :func:`needs_people`) nobody is named: no persons, application, telephone.
    """
    office = visit.house.office
    catalog = office.catalog
    reader = visit.person.post(Permission.READ, task["office"])
    application: Record = {}
    service: list[Line] = []
    async with office.database.write() as connection:
        written = await notes(connection, case["case_no"])
        answered = await answers(connection, case["case_no"])
        if need is not None:
            application = await application_of(connection, case["case_no"])
            if reader is not None:
                service = await service_lines(connection, visit, task, reader.code)
            await log_access(
                connection,
                case["case_no"],
                reader.code if reader else visit.person.account,
                f"task:{task['kind']}",
                visit.noted(f"{need} {task['task_id']}"),
            )
    form = await describe(office, case["matter"], visit.today)
    persons = [
        one
        for one in (case["persons"] if need else ())
        if task["person"] in (None, 0) or one["number"] == task["person"]
    ]
    return {
        "findings": [finding_words(one, catalog, task["family"]) for one in task["findings"]],
        "came": [
            finding_words(one, catalog, task["family"])
            for one in task["findings"]
            if handed_in(one, case["documents"])
        ],
        "defects": [
            finding_words(one, catalog, task["family"])
            for one in task["findings"]
            if str(one).partition(":")[0] in set(DefectCode)
            and not handed_in(one, case["documents"])
        ],
        "persons": persons,
        "named": need is not None,
        "purposes": PURPOSES if need is None and may_see_persons(visit, case) else {},
        "application": []
        if case["kind"] == "LEG" or need is None
        else shown_rows(form, application),
        "service": service,
        "asked_for": request_lines(case, application, catalog) if need else [],
        "phone": phone_to_call(task, application) if need else None,
        "documents": [
            {**one, "name": paper_name(form, one["type"], catalog)} for one in case["documents"]
        ],
        "decided": _decided(case, answered),
        "returned": _returned(case),
        "notes": [
            {**one, "at": when(one["at"]), "label": {"NOTE": "备注", "URGE": "催办"}[one["kind"]]}
            for one in written
        ],
    }


def handed_in(finding: object, documents: Iterable[Record]) -> bool:
    """Whether a material that was missing when the case was filed is among its papers now."""
    head, _, subject = str(finding).partition(":")
    if head != DefectCode.DOCUMENT_MISSING:
        return False
    type_, _, person = subject.partition("[")
    return any(
        one["type"] == type_
        and not one["invalid"]
        and (not person or one["person"] == int(person.rstrip("]")))
        for one in documents
    )


def _decided(case: Record, answered: list[Record]) -> list[Record]:
    """The steps that people decided, as what and why, with the opinions colleagues gave on them."""
    reasons = _reasons(case)
    return [
        {
            **one,
            **decided_words(one),
            "reason": reasons.get(one["command_id"], ""),
            "opinions": [
                {
                    **given,
                    "label": Answer(given["answer"]).label,
                    "mode_label": SigningMode(given["mode"]).label,
                }
                for given in answered
                if given["task_id"] == one["task_id"]
            ],
        }
        for one in case["tasks"]
        if one["status"] == TaskStatus.DONE and one["decided_by"]
    ]


def _reasons(case: Record) -> dict[str, str]:
    """What was written with each command of the case."""
    return {one["command_id"]: one["body"].get("reason") or "" for one in case["commands"]}


def _returned(case: Record) -> Record | None:
    """The return by which the case stands where it does: by whom, when, in which step and why."""
    closed = [one for one in case["tasks"] if one["status"] == TaskStatus.DONE]
    last = max(closed, key=lambda one: one["closed_at"], default=None)
    if last is None or last["outcome"] != "RETURN":
        return None
    return {
        "by": last["decided_by"],
        "at": when(last["closed_at"]),
        "title": last["title"],
        "reason": _reasons(case).get(last["command_id"], ""),
    }


def ways(task: Record, case: Record) -> list[Way]:
    """Every way to decide the task."""
    several = len(case["persons"]) > 1
    spec: TaskSpec = TASKS[task["kind"]]
    return [
        Way(
            outcome,
            effect(spec, outcome, several=several),
            tuple(
                (code, reason_label(code, task["family"])) for code in sorted(outcome.reason_codes)
            ),
            tuple((kind, TASKS[kind].title) for kind in outcome.returns_to),
        )
        for outcome in outcomes_now(spec, passed(case))
    ]


def passed(case: Record) -> frozenset[str]:
    """The steps of the case that somebody has decided."""
    return frozenset(one["kind"] for one in case["tasks"] if one["status"] == TaskStatus.DONE)


async def next_task(visit: Visit, after: Record) -> Record | None:
    """The most urgent open task that this person may decide, of the same office first."""
    offices = visit.person.offices(Permission.COMPLETE)
    roles = sorted({role for post in visit.person.posts for role in post.roles})

    # By role, or the work of many colleagues would hide one's own.
    async def ahead(connection: AsyncConnection) -> list[Record]:
        return [
            one
            for role in roles
            for one in await views.worklist(connection, offices, role=role, limit=_AHEAD)
        ]

    found = await visit.house.office.read(ahead)
    fitting = [
        one
        for one in found
        if one["task_id"] != after["task_id"]
        and one["assignee"] in (None, *visit.person.codes)
        and visit.person.post(Permission.COMPLETE, one["office"], role=Role(one["role"]))
    ]
    order = sorted(
        fitting,
        key=lambda one: (one["office"] != after["office"], one["due_on"] or date.max),
    )
    return order[0] if order else None


async def colleagues(visit: Visit, task: Record, case: Record) -> list[tuple[str, str]]:
    """Who can be given the task: whoever decides such a task there today, by staff number.

    Whoever decided the step that it is the check of is not among them.
    """
    office, spec = visit.house.office, TASKS[task["kind"]]
    there = await office.read(
        lambda connection: sitting_at(
            connection, office.catalog, office.locality, [task["office"]], visit.today
        )
    )
    able = {post.code for post in there if spec.role in post.roles}
    return [(code, code) for code in sorted(able - deciders_before(spec, case))]


def when(at: datetime | None) -> str:
    """A moment as people here read it."""
    return at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M") if at else ""


def outcome_words(task: Record, outcome: str) -> str:
    """What a decision that came too late was meant to be; empty where the task has no such one."""
    spec = TASKS.get(task["kind"])
    known = spec.outcome(outcome) if spec else None
    return known.label if known else ""


def decided_words(task: Record) -> dict[str, Any]:
    """Who settled a closed task, when and how."""
    spec = TASKS.get(task["kind"])
    outcome = spec.outcome(task["outcome"]) if spec and task["outcome"] else None
    return {
        "by": task["decided_by"],
        "at": when(task["closed_at"]),
        "as_what": outcome.label if outcome else "",
    }
