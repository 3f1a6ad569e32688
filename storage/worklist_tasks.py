"""The lists of tasks: one's own, the office's, late, come again, asked about, and decided.

Called by `storage.worklists`. Keys are read from a covering index first, per office or person at
most a page; only what is shown is looked up.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, and_, any_, exists, not_, select, text, true
from sqlalchemy.orm import aliased

from domain.signing import SigningMode
from storage.case_tables import Case
from storage.cases import family_of_case
from storage.desk_tables import CaseNoteRow, SignatureRow
from storage.task_tables import Task
from storage.worklist_questions import (
    CODES,
    NOBODY,
    PLACES,
    TODAY,
    Question,
    Sort,
    View,
    beyond,
    each,
    sorted_by,
    within,
)

#: Literal, so that the planner knows which partial index will do.
_OPEN = text("tasks.status = 'OPEN'")
_DONE = text("tasks.status = 'DONE'")
_AGAIN = text("tasks.task_id NOT LIKE '%/1'")

#: Somebody has urged (催办) since the task came; asked of the rows of a page alone.
_URGED = exists().where(
    CaseNoteRow.case_no == Task.case_no,
    CaseNoteRow.kind == "URGE",
    CaseNoteRow.at >= Task.opened_at,
)


def rows(asked: Question) -> Select[Any]:
    """The tasks of one page, in their order."""
    found = keys(asked)
    return (
        select(
            found.c.key,
            Task.task_id.label("row_id"),
            Task.task_id,
            Task.case_no,
            Task.kind,
            Task.title,
            Task.office,
            Task.role,
            Task.clock,
            Task.findings,
            Task.status,
            Task.assignee,
            Task.due_on,
            Task.provisional,
            Task.opened_at,
            Task.closed_at,
            Task.outcome,
            Task.decided_by,
            Case.matter,
            Case.matter_name,
            family_of_case(),
            Case.peer,
            Case.stage,
            _URGED.label("urged"),
        )
        .select_from(found)
        .join(Task, Task.task_id == found.c.task_id)
        .join(Case, Case.case_no == Task.case_no)
        .order_by(*_order(asked, found.c.key, found.c.task_id))
    )


def keys(asked: Question) -> Any:
    """Sort key and number of each task of the page."""
    done = asked.view is View.DONE
    own = done or asked.view is View.MINE
    leads = each(CODES if own else PLACES)
    key: Any = Task.due_order
    if done:
        key = Task.closed_at
    elif asked.sort is not Sort.DUE:
        key = Task.opened_at
    inner = select(key.label("key"), Task.task_id).where(_DONE if done else _OPEN)
    if asked.view is View.ASKED:
        asking = inner.where(
            Task.task_id.in_(_asked()),
            Task.office == any_(PLACES),
            *_filters(asked),
            *beyond(asked, key, Task.task_id, backwards=_backwards(asked)),
        )
        return sorted_by(asked, asking, *_order(asked, key, Task.task_id)).subquery("keys")
    if own:
        person: Any = Task.decided_by if done else Task.assignee
        inner = inner.where(person == leads.c.code, Task.office == any_(PLACES))
    else:
        inner = inner.where(Task.office == leads.c.code)
    inner = inner.where(
        *_of_view(asked),
        *_filters(asked),
        *beyond(asked, key, Task.task_id, backwards=_backwards(asked)),
    )
    page = sorted_by(asked, inner, *_order(asked, key, Task.task_id)).lateral("page")
    merged = select(page.c.key, page.c.task_id).select_from(leads).join(page, true())
    return sorted_by(asked, merged, *_order(asked, page.c.key, page.c.task_id)).subquery("keys")


def _asked() -> Any:
    """The tasks on which an answer of one of the staff numbers is waited for."""
    other = aliased(SignatureRow)
    enough = exists().where(
        other.task_id == SignatureRow.task_id,
        other.mode == SigningMode.ANY.value,
        other.answer.is_not(None),
        other.withdrawn_at.is_(None),
    )
    return select(SignatureRow.task_id).where(
        SignatureRow.signer == any_(CODES),
        SignatureRow.answer.is_(None),
        SignatureRow.withdrawn_at.is_(None),
        not_(and_(SignatureRow.mode == SigningMode.ANY.value, enough)),
    )


def _of_view(asked: Question) -> list[Any]:
    if asked.view is View.MINE:
        return [text("tasks.assignee IS NOT NULL")]
    if asked.view is View.LATE:
        return [Task.due_order < TODAY]
    return [_AGAIN] if asked.view is View.AGAIN else []


def _filters(asked: Question) -> list[Any]:
    found: list[Any] = list(within(asked, Task.due_order))
    if asked.matters is not None:
        found.append(Task.matter.in_(asked.matters))
    if asked.role is not None:
        found.append(Task.role == asked.role)
    if asked.assignee == NOBODY:
        found.append(Task.assignee.is_(None))
    elif asked.assignee is not None:
        found.append(Task.assignee == asked.assignee)
    return found


def _backwards(asked: Question) -> bool:
    return asked.view is View.DONE or asked.sort is Sort.NEWEST


def _order(asked: Question, key: Any, row: Any) -> tuple[Any, Any]:
    return (key.desc(), row.desc()) if _backwards(asked) else (key, row)
