"""The intervals of a clock as they are stored: pauses and extensions, read and written.

Used by the clock register and the check of the registers. Rows of before a field existed read as
if it were empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from contracts.transitions import ClockChanged
from domain.clocks import Extension, Limit, Pause, PauseReason
from domain.estimates import pause_start
from domain.licensing import Approver
from domain.special_procedures import SpecialProcedure

Interval = Mapping[str, Any]

_ART_45 = "行政许可法第四十五条"


def pauses_of(stored: Iterable[Interval]) -> tuple[Pause, ...]:
    """The pauses of a clock, in the order in which they were taken."""
    return tuple(
        Pause(
            reason=PauseReason(item["reason"]),
            from_day=date.fromisoformat(item["from_day"]),
            to_day=_day(item["to_day"]),
            evidence=item["evidence"],
            procedure=SpecialProcedure(item["procedure"]) if item.get("procedure") else None,
            expected=Limit.parse(item["expected"], _ART_45) if item.get("expected") else None,
        )
        for item in stored
    )


def extensions_of(stored: Iterable[Interval]) -> tuple[Extension, ...]:
    """The extensions of a clock, revoked ones too."""
    return tuple(
        Extension(
            length=item["length"],
            approved_by=item["approved_by"],
            on=date.fromisoformat(item["on"]),
            basis=item["basis"],
            approver=Approver(item.get("approver") or Approver.HEAD),
            revoked_on=_day(item.get("revoked_on")),
            revoked_by=item.get("revoked_by", ""),
            evidence=item.get("evidence", ""),
            revocation=item.get("revocation", ""),
        )
        for item in stored
    )


def changed(row: Any, change: ClockChanged) -> tuple[list[Any], list[Any]]:
    """Pauses and extensions of a stored clock after one change."""
    on = pause_start(row.started_on, change.on).isoformat()
    pauses, extensions = list(row.pauses), list(row.extensions)
    match change.change:
        case "PAUSE":
            pauses.append(
                {
                    "reason": PauseReason(change.reason).value,
                    "from_day": on,
                    "to_day": None,
                    "evidence": change.command_id or change.actor,
                    "procedure": change.procedure,
                    "expected": change.expected,
                }
            )
        case "RESUME":
            pauses = [item if item["to_day"] else {**item, "to_day": on} for item in pauses]
        case "EXTEND":
            extensions.append(
                {
                    "length": change.length,
                    "approved_by": change.actor,
                    "on": on,
                    "basis": change.reason or row.basis,
                    "approver": change.approver or Approver.HEAD.value,
                    "evidence": change.command_id or "",
                }
            )
        case "REVOKE":
            taken = {
                "revoked_on": on,
                "revoked_by": change.actor,
                "revocation": change.command_id or "",
            }
            extensions = [
                item if item.get("revoked_on") else {**item, **taken} for item in extensions
            ]
    return pauses, extensions


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
