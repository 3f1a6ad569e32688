"""城乡衔接 for the business desk: the direction by years, what merges, what is paid back.

The benefit place holds one of the two pensions, the other place the other; each side looks at its
own register and hands the other the months that it needs, as a record beside its letter.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from activities.examiners import resident
from activities.examiners.own_fields import ended_by_other, rows_with_brought
from activities.examiners.own_pension import employee_record
from activities.examining import Findings, Question, examiner
from catalog.scheme_policies import pension_policy, resident_policy
from domain.bridge_tasks import BridgeReason
from domain.schemes import pension
from domain.schemes.pension_record import read_record
from domain.schemes.resident_connection import Connected, connect
from domain.schemes.resident_record import read_resident

REQUEST_RECORD = "REQUEST_RECORD"
INTO_EMPLOYEE, INTO_RESIDENT, END_RESIDENT = "INTO_EMPLOYEE", "INTO_RESIDENT", "END_RESIDENT"


@examiner("PENSION_BRIDGE", "DESTINATION")
def destination(asked: Question) -> Findings:
    """Before the request age and years; afterwards (fact ``settle``) what the person gets back."""
    if asked.facts.get("settle"):
        return _settled(asked)
    codes = [] if _of_age(asked) else [BridgeReason.NOT_YET.value]
    if _direction(asked) == INTO_RESIDENT:
        if asked.status == "PENSIONER":
            codes.append(BridgeReason.PENSIONER.value)
        return Findings(codes=tuple(codes), statement={}, record_kind=REQUEST_RECORD)
    if asked.record is None:
        return Findings(codes=(*codes, BridgeReason.NOT_FOUND.value))
    employee = _employee(asked)
    if _direction(asked) == INTO_EMPLOYEE and employee["employee_months"] < _needed(asked):
        codes.append(BridgeReason.TOO_FEW_MONTHS.value)
    return Findings(
        codes=tuple(codes),
        months=employee["employee_months"],
        statement=employee,
        record_kind=REQUEST_RECORD,
    )


@examiner("PENSION_BRIDGE", "ORIGIN")
def origin(asked: Question) -> Findings:
    """What moves from here, and what this place pays back or claims."""
    if asked.record is None:
        return Findings(codes=(BridgeReason.NOT_FOUND.value,))
    if ended_by_other(asked.status, asked.record, asked.letter_no):
        return Findings(codes=(BridgeReason.ALREADY_ENDED.value,))
    wanted = _direction(asked)
    if asked.status == "PENSIONER" and wanted != END_RESIDENT:
        return Findings(codes=(BridgeReason.PENSIONER.value,))
    if wanted != END_RESIDENT and not _of_age(asked):
        return Findings(codes=(BridgeReason.NOT_YET.value,))
    if wanted == INTO_RESIDENT:
        return _employee_account(asked)
    told, twice = _connected(asked, dict(asked.request or {}))
    if told.direction != wanted:
        return Findings(codes=(BridgeReason.TOO_FEW_MONTHS.value,))
    facts = {
        "refund_fen": str(told.refund_fen),
        "refund_months": str(twice),
        "recover_fen": str(told.recover_fen),
    }
    return Findings(
        account_fen=told.moved_fen,
        total_fen=told.moved_fen,
        statement={
            "scheme": "PENSION_BRIDGE",
            "total_fen": told.moved_fen,
            "months": 0,
            "rows": [],
            "results": dict(told.computation.results),
            "facts": facts,
        },
        facts=facts,
    )


def _employee_account(asked: Question) -> Findings:
    """职工转居民: the account alone, the pooled fund stays; its months add to the resident's."""
    employee = _employee(asked)
    months = employee["employee_months"]
    if months >= _needed(asked):
        return Findings(codes=(BridgeReason.ENOUGH_MONTHS.value,))
    policy = pension_policy(asked.catalog, asked.locality, on=asked.on)
    record = employee_record(asked, scheme="PENSION", purpose="COLLECTION")
    account = pension.statement(record, policy, asked.on).account_fen
    return Findings(
        account_fen=account,
        total_fen=account,
        months=months,
        statement={
            "scheme": "PENSION_BRIDGE",
            "total_fen": account,
            "months": months,
            "rows": [],
            **employee,
            "employee_account_fen": account,
        },
    )


def _settled(asked: Question) -> Findings:
    """The home's own part once the answer is here; only 职工转居民 pays back here."""
    if _direction(asked) != INTO_RESIDENT or asked.statement is None:
        return Findings(facts={"refund_fen": "0", "refund_months": "0"})
    told, twice = _connected(asked, dict(asked.statement))
    return Findings(
        months=told.months,
        facts={"refund_fen": str(told.refund_fen), "refund_months": str(twice)},
    )


def _connected(asked: Question, employee: dict[str, Any]) -> tuple[Connected, int]:
    """The rules of 城乡衔接 over this place's resident rows; and the months insured as both."""
    record = asked.record or {}
    both = _direction(asked) == END_RESIDENT
    data = {
        "region": asked.locality,
        "status": "PAYING",
        "rows": rows_with_brought(record, resident.ROW),
        "connection": {
            "reached_statutory_age_on": _age_day(asked).isoformat(),
            "employee_months": employee.get("employee_months", 0),
            "employee_account_fen": employee.get("employee_account_fen", 0),
            "employee_spells": employee.get("employee_spells", []),
            "both_pensions": both,
            "basic_pension_paid_fen": record.get("basic_pension_paid_fen", 0) if both else 0,
        },
    }
    told = connect(data, resident_policy(asked.catalog, asked.locality, on=asked.on), asked.on)
    read = read_resident(data)
    own = {month for row in read.rows for month in row.months}
    covered = read.connection.employee_covered if read.connection else frozenset()
    return told, 0 if both else len(own & covered)


def _employee(asked: Question) -> dict[str, Any]:
    """Months and spells of the employee pension in this place's register."""
    read = read_record(employee_record(asked, scheme="PENSION", purpose="COLLECTION"))
    months = sorted({month for row in read.rows for month in row.months})
    return {"employee_months": len(months), "employee_spells": list(_spells(months))}


def _spells(months: Iterable[int]) -> Iterable[dict[str, str]]:
    first = last = -1
    for month in (*months, -1):
        if month == last + 1:
            last = month
            continue
        if last >= 0:
            yield {"from": _text(first), "to": _text(last)}
        first = last = month


def _text(month: int) -> str:
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def _direction(asked: Question) -> str:
    return str(_details(asked).get("direction", ""))


def _age_day(asked: Question) -> date:
    return date.fromisoformat(str(_details(asked)["statutory_age_on"]))


def _of_age(asked: Question) -> bool:
    return _age_day(asked) <= asked.on


def _needed(asked: Question) -> int:
    policy = resident_policy(asked.catalog, asked.locality, on=asked.on)
    return policy.minimum_months.at(_age_day(asked)) or 0


def _details(asked: Question) -> dict[str, Any]:
    return dict(asked.application.get("details") or {})
