"""Every business id in one place, with its inverse: case, workflow, task and letter ids.

Case numbers follow docs/rules.md C1: six digits of the intake region, the date, a seven digit
sequence and a check digit (ISO 7064 MOD 11,10). An office that joins a case keeps its own number;
the number of the case it joins is its alias.
"""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from stdnum.iso7064 import mod_11_10

_CASE_NO = re.compile(r"^(?P<region>\d{6})(?P<day>\d{8})(?P<serial>\d{7})\d$")
_CASE_PREFIX = "办件-"
_LEG_PREFIX = "协办-"
_PARCEL_PREFIX = "寄递-"
_REPLAN_PREFIX = "日历重排-"


class CaseNumber(NamedTuple):
    """The parts of a case number."""

    region: str
    day: date
    serial: int


class MalformedId(ValueError):
    """The text is no id of this kind."""


def case_number(region: str, day: date, serial: int) -> str:
    """Build a 22-digit case number; ``serial`` counts the cases of the region and day from 1."""
    if not 0 < serial < 10_000_000:
        raise MalformedId(f"serial out of range: {serial}")
    body = f"{region}{day:%Y%m%d}{serial:07d}"
    return body + mod_11_10.calc_check_digit(body)


def parse_case_number(text: str) -> CaseNumber:
    """The inverse of :func:`case_number`; raises MalformedId for a wrong shape or check digit."""
    match = _CASE_NO.match(text)
    if not match or not mod_11_10.is_valid(text):
        raise MalformedId("not a case number")
    day = match["day"]
    try:
        parsed = date(int(day[:4]), int(day[4:6]), int(day[6:]))
    except ValueError as error:
        raise MalformedId("not a case number") from error
    return CaseNumber(match["region"], parsed, int(match["serial"]))


def case_workflow_id(case_no: str) -> str:
    """The workflow id of a case in the namespace of the locality that took it in."""
    return _CASE_PREFIX + case_no


def leg_workflow_id(letter_no: str) -> str:
    """The workflow id of a leg, from the letter that asked for it: a resend finds the same."""
    return _LEG_PREFIX + letter_no


def letter_of_leg(workflow_id: str) -> str:
    """The inverse of :func:`leg_workflow_id`."""
    if not workflow_id.startswith(_LEG_PREFIX):
        raise MalformedId("not a leg's workflow id")
    return workflow_id.removeprefix(_LEG_PREFIX)


def case_of_workflow(workflow_id: str) -> str:
    """The inverse of :func:`case_workflow_id`."""
    if not workflow_id.startswith(_CASE_PREFIX):
        raise MalformedId("not a case's workflow id")
    return workflow_id.removeprefix(_CASE_PREFIX)


def parcel_key(case_no: str, number: int) -> str:
    """The key of the ``number``-th parcel of a case, the same in both localities."""
    return f"{case_no}-P{number:02d}"


def parcel_workflow_id(key: str) -> str:
    """The workflow id of a parcel in the namespace of the locality that sends it."""
    return _PARCEL_PREFIX + key


def parcel_of_workflow(workflow_id: str) -> str:
    """The inverse of :func:`parcel_workflow_id`."""
    if not workflow_id.startswith(_PARCEL_PREFIX):
        raise MalformedId("not a parcel's workflow id")
    return workflow_id.removeprefix(_PARCEL_PREFIX)


def replan_workflow_id(locality: str, entry: int, version: str) -> str:
    """The workflow id of a re-plan: one per change of calendar, so that a repeat is the same run.

    The version alone would not do, for a calendar that was withdrawn may come again.
    """
    return f"{_REPLAN_PREFIX}{locality}-{entry}-{version}"


def entry_of_replan(workflow_id: str) -> int:
    """The inverse of :func:`replan_workflow_id`: the change of calendar."""
    parts = workflow_id.removeprefix(_REPLAN_PREFIX).split("-", 2)
    if not workflow_id.startswith(_REPLAN_PREFIX) or len(parts) != 3 or not parts[1].isdecimal():
        raise MalformedId("not a re-plan's workflow id")
    return int(parts[1])


def task_id(case_no: str, kind: str, number: int) -> str:
    """A task's id: unique within the locality, readable by a person."""
    return f"{case_no}/{kind}/{number}"


def parse_task_id(text: str) -> tuple[str, str, int]:
    """The inverse of :func:`task_id`: case number, kind, number."""
    case_no, _, rest = text.partition("/")
    kind, _, number = rest.rpartition("/")
    if not (case_no and kind and number.isdecimal()):
        raise MalformedId("not a task id")
    return case_no, kind, int(number)


def letter_no(case_no: str, number: int) -> str:
    """The number of the ``number``-th letter of a case; a resend keeps it."""
    return f"{case_no}-{number:02d}"


def case_of_letter(text: str) -> str:
    """The sender's case number inside a letter number."""
    head, _, number = text.rpartition("-")
    if not head or not number.isdigit():
        raise MalformedId("not a letter number")
    return head


def task_queue(locality: str) -> str:
    """The task queue of a locality's worker, also the name of its namespace and Nexus endpoint."""
    return f"tongban-{locality}"


def endpoint(locality: str) -> str:
    """The Nexus endpoint at which a locality's counter takes letters."""
    return f"tongban-{locality}"
