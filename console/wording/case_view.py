"""What ``show`` tells of a case: the stored record reduced to what the reader may see.

Names and identity numbers appear only with ``persons``, free texts (reasons, defects, notices) only
with ``texts``; phone numbers, grants and the letters' contents never do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from itertools import accumulate
from typing import Any

from catalog.catalog import Catalog
from console.wording.bundle_view import bundle_view
from console.wording.labels import HOLDER_LABELS, PERSON_LABELS, labelled, valid_words
from console.wording.movement_view import letter_name, movement_view
from contracts.letters import LETTER_NAMES
from domain.attribution import BallInterval, Holder, days_used
from domain.calendar import SHANGHAI, CalendarBook
from domain.casework import (
    ACT_LABELS,
    CERTIFICATE_LABELS,
    CLOCK_LABELS,
    STAGE_LABELS,
    PersonStatus,
)
from domain.clocks import derive
from domain.estimates import estimate
from storage.clock_register import clock_of

Record = dict[str, Any]

_OWN = (
    "case_no",
    "kind",
    "matter",
    "matter_name",
    "family",
    "home_case_no",
    "peer",
    "peer_case_no",
    "stage",
    "holder",
    "ending",
    "reason_code",
    "due_on",
    "overdue",
    "escalation",
    "filed_at",
    "received_on",
    "closed_at",
    "started",
)
_TASK = (
    "task_id",
    "kind",
    "title",
    "office",
    "role",
    "status",
    "assignee",
    "due_on",
    "provisional",
    "findings",
    "outcome",
    "reason_code",
    "decided_by",
    "opened_at",
    "closed_at",
)
_TICKET = ("ticket_no", "case_no", "category", "stage", "called_at", "closed_at")
_CERTIFICATE = (
    "number",
    "kind",
    "issuer",
    "office",
    "person",
    "status",
    "issued_on",
    "valid_until",
    "replaces",
)


def case_view(
    record: Record,
    catalog: Catalog,
    calendars: CalendarBook,
    now: datetime,
    *,
    texts: bool,
    persons: bool,
) -> Record:
    """The case for people and scripts; dates and instants stay dates and instants."""
    view = _picked(record, _OWN)
    view["stage_name"] = labelled(STAGE_LABELS, record["stage"])
    view["holder_name"] = labelled(HOLDER_LABELS, record["holder"])
    for place in ("intake", "competent", "custodian"):
        view[f"{place}_office"] = record[f"{place}_office"]
    view["commands_pending"] = sum(row["status"] == "PENDING" for row in record["commands"])
    view["days_used"] = {
        holder.value: days
        for holder, days in days_used(ball_intervals(record), calendars.in_force, now).items()
    }
    view["clocks"] = [
        _clock(row, calendars, now.astimezone(SHANGHAI).date()) for row in record["clocks"]
    ]
    view["persons"] = [_person(row, persons) for row in record["persons"]]
    view["tasks"] = [_picked(row, _TASK) for row in record["tasks"]]
    view["acts"] = [_act(row, texts) for row in record["acts"] if row["voided_at"] is None]
    view["certificates"] = [
        {
            **_picked(row, _CERTIFICATE),
            "name": labelled(CERTIFICATE_LABELS, row["kind"]),
            "valid_words": valid_words(row["valid_until"]),
        }
        for row in record["certificates"]
    ]
    view["letters"] = [
        {**_letter(row), "name": letter_name(record, row["verb"], LETTER_NAMES)}
        for row in record["letters"]
    ]
    view["notices"] = [_notice(row, texts) for row in record["notices"]]
    view["documents"] = [dict(row) for row in record["documents"]]
    view["tickets"] = [
        {**_picked(row, _TICKET), "stage_name": labelled(STAGE_LABELS, row["stage"])}
        for row in record.get("tickets", ())
    ]
    view["events"] = [
        _picked(row, ("at", "code", "stage", "holder", "office")) for row in record["events"]
    ]
    view["peer_late"] = _peer_late(record)
    view |= bundle_view(record)
    return view | movement_view(record, catalog, texts=texts, persons=persons)


def _peer_late(record: Record) -> dict[str, str] | None:
    """How far the other locality's own supervision has climbed, as it has told us last."""
    told = [row["facts"] for row in record["events"] if row["code"] == "PEER_LATE"]
    if not told:
        return None
    return {name: told[-1].get(name, "") for name in ("rung", "level", "number", "due_on")}


def ball_intervals(record: Record) -> Iterator[BallInterval]:
    """Who held the ball when, from the events; a suspended time is nobody's."""
    holders = [Holder.OURS]
    suspended = False
    for event in record["events"]:
        if event["code"] in ("SUSPEND", "RESUME"):
            suspended = event["code"] == "SUSPEND"
        holders.append(Holder.UNCOUNTED if suspended else Holder(event["holder"]))
    # Filing and steps are dated by different clocks; a step never lies before what it follows.
    begins = list(accumulate([record["filed_at"], *(one["at"] for one in record["events"])], max))
    closed = record["closed_at"]
    ends = [*begins[1:], closed if closed is None else max(closed, begins[-1])]
    for holder, start, end in zip(holders, begins, ends, strict=True):
        yield BallInterval(holder, start, end)


def _clock(row: Record, calendars: CalendarBook, today: date) -> Record:
    """Statutory: without pauses and extensions; current: with them; estimated: once it runs on."""
    clock = clock_of(Columns(row))
    calendar = calendars.of(row["calendar_version"])
    plain = derive(replace(clock, pauses=(), extensions=()), calendar)
    current = derive(clock, calendar, today)
    return {
        "kind": row["kind"],
        "name": labelled(CLOCK_LABELS, row["kind"]),
        "number": row["number"],
        "limit": str(clock.limit),
        "limit_name": clock.limit.label,
        "basis": row["basis"],
        "started_on": row["started_on"],
        "statutory_on": plain.due_on,
        "promised_on": row["promised_on"],
        "current_on": current.due_on,
        "estimated_on": estimate(clock, calendar, today),
        "provisional": current.provisional,
        "stopped_on": row["stopped_on"],
    }


class Columns:
    """A record with attributes, as the clock register reads rows."""

    def __init__(self, record: Record) -> None:
        self.__dict__.update(record)


def _person(row: Record, named: bool) -> Record:
    shown = _picked(row, ("number", "relation", "status"))
    done = row["status"] == PersonStatus.OPEN and not row["open"]
    shown["status_name"] = "已办结" if done else labelled(PERSON_LABELS, row["status"])
    return {**shown, "name": row["name"], "id_no": row["id_no"]} if named else shown


def _act(row: Record, texts: bool) -> Record:
    shown = _picked(row, ("code", "office", "actor", "basis", "person", "effective_on", "at"))
    shown["name"] = labelled(ACT_LABELS, row["code"])
    return {**shown, "reason": row["reason"], "facts": row["facts"]} if texts else shown


def _letter(row: Record) -> Record:
    receipt = row["receipt"] or {}
    return {
        "number": row["number"],
        "direction": row["direction"],
        "verb": row["verb"],
        "peer": row["peer"],
        "recorded_at": row["recorded_at"],
        "answer": row["letter"].get("answer"),
        "reason_code": row["letter"].get("reason_code"),
        "receipt": {key: receipt.get(key) for key in ("status", "code", "case_no", "at", "chain")}
        if receipt
        else None,
    }


def _notice(row: Record, texts: bool) -> Record:
    shown = _picked(row, ("template", "attempts", "sent_at", "receipt"))
    return {**shown, "wording": row["wording"]} if texts else shown


def _picked(row: Record, fields: tuple[str, ...]) -> Record:
    return {field: row[field] for field in fields}
