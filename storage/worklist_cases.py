"""The lists of what others have to do: cases with the applicant or the peer, parcels on their way;
and the cases that somebody follows.

Called by `storage.worklists`. A case stands in the list of the office that is competent for it; a
followed one in that of its follower, as long as he may see it.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, any_, exists, or_, select, text, true, union

from storage.case_tables import Case
from storage.cases import family_of_case
from storage.desk_tables import FollowRow
from storage.parcel_tables import Parcel
from storage.task_tables import Task
from storage.worklist_questions import (
    ACCOUNT,
    CASES,
    PLACES,
    Question,
    View,
    beyond,
    each,
    sorted_by,
    within,
)

_WITH = {holder: text(f"cases.holder = '{holder}'") for holder in CASES.values()}
_OPEN = text("cases.closed_at IS NULL AND cases.holder IN ('THEIRS', 'APPLICANT')")
_ON_THE_WAY = text("NOT parcels.settled")


def rows(asked: Question) -> Select[Any]:
    """The cases or parcels of one page, in their order."""
    return _parcels(asked) if asked.view is View.PARCELS else _cases(asked)


def keys(asked: Question) -> Any:
    """Sort key and number of each row of the page."""
    return _parcel_keys(asked) if asked.view is View.PARCELS else _case_keys(asked)


def _cases(asked: Question) -> Select[Any]:
    found = _case_keys(asked)
    return (
        select(
            found.c.key,
            Case.case_no.label("row_id"),
            Case.case_no,
            Case.matter,
            Case.matter_name,
            family_of_case(),
            Case.stage,
            Case.holder,
            Case.competent_office.label("office"),
            Case.peer,
            Case.due_on,
            Case.due_clock.label("clock"),
            Case.filed_at,
            Case.closed_at,
        )
        .select_from(found)
        .join(Case, Case.case_no == found.c.case_no)
        .order_by(found.c.key, found.c.case_no)
    )


def _followed_keys(asked: Question) -> Any:
    """What an account follows is little, and much of it is in nobody's list: closed, or done."""
    had_task = exists().where(Task.case_no == Case.case_no, Task.office == any_(PLACES))
    seen = or_(
        Case.intake_office == any_(PLACES),
        Case.competent_office == any_(PLACES),
        Case.custodian_office == any_(PLACES),
        had_task,
    )
    followed = (
        select(Case.due_order.label("key"), Case.case_no)
        .join(FollowRow, FollowRow.case_no == Case.case_no)
        .where(
            FollowRow.account == ACCOUNT,
            seen,
            *within(asked, Case.due_order),
            *([Case.matter.in_(asked.matters)] if asked.matters is not None else []),
            *beyond(asked, Case.due_order, Case.case_no),
        )
    )
    return sorted_by(asked, followed, Case.due_order, Case.case_no).subquery("keys")


def _case_keys(asked: Question) -> Any:
    if asked.view is View.FOLLOWED:
        return _followed_keys(asked)
    leads = each(PLACES)
    inner = select(Case.due_order.label("key"), Case.case_no).where(
        Case.competent_office == leads.c.code,
        _OPEN,
        _WITH[CASES[asked.view]],
        *within(asked, Case.due_order),
        *([Case.matter.in_(asked.matters)] if asked.matters is not None else []),
        *beyond(asked, Case.due_order, Case.case_no),
    )
    page = sorted_by(asked, inner, Case.due_order, Case.case_no).lateral("page")
    merged = select(page.c.key, page.c.case_no).select_from(leads).join(page, true())
    return sorted_by(asked, merged, page.c.key, page.c.case_no).subquery("keys")


def _parcels(asked: Question) -> Select[Any]:
    found = _parcel_keys(asked)
    return (
        select(
            found.c.key,
            Parcel.parcel_key.label("row_id"),
            Parcel.parcel_key,
            Parcel.case_no,
            Parcel.kind,
            Parcel.service,
            Parcel.from_office,
            Parcel.to_office,
            Parcel.waybill,
            Parcel.state,
            Parcel.custodian,
            Parcel.homeward,
            Parcel.changed_at,
            Case.matter,
            Case.matter_name,
            family_of_case(),
            Case.due_on,
            Case.due_clock.label("clock"),
        )
        .select_from(found)
        .join(Parcel, Parcel.parcel_key == found.c.parcel_key)
        .join(Case, Case.case_no == Parcel.case_no)
        .order_by(found.c.key, found.c.parcel_key)
    )


def _parcel_keys(asked: Question) -> Any:
    """From each side by its own index; a parcel within one locality is listed once."""
    sides = []
    for column in (Parcel.from_office, Parcel.to_office):
        leads = each(PLACES)
        inner = select(Parcel.changed_at.label("key"), Parcel.parcel_key).where(
            column == leads.c.code,
            _ON_THE_WAY,
            *beyond(asked, Parcel.changed_at, Parcel.parcel_key),
        )
        if asked.matters is not None or asked.due is not None:
            inner = inner.join(Case, Case.case_no == Parcel.case_no).where(
                *within(asked, Case.due_order),
                *([Case.matter.in_(asked.matters)] if asked.matters is not None else []),
            )
        page = sorted_by(asked, inner, Parcel.changed_at, Parcel.parcel_key)
        side = page.lateral(f"by_{column.key}")
        sides.append(select(side.c.key, side.c.parcel_key).select_from(leads).join(side, true()))
    both = union(*sides).subquery("both")
    merged = select(both.c.key, both.c.parcel_key)
    return sorted_by(asked, merged, both.c.key, both.c.parcel_key).subquery("keys")
