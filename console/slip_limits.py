"""Notices about the limits themselves: extended, an extension revoked, a special procedure.

Called by `console.slip_notices`; each follows from an interval of a clock on file, its reason from
the command that is the interval's evidence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from console.explaining import Row
from console.slip_facts import CaseFile, Offer, Record
from domain.casework import CLOCK_LABELS
from domain.clocks import Clock, derive
from domain.estimates import expected_end
from slips.kinds import SlipKind
from slips.render import Fact
from storage.clock_register import clock_of


def extensions(case: CaseFile) -> Iterator[Offer]:
    """延长办理期限通知书: the reasons of each extension, told to the applicant (art 42)."""
    for row, clock in _clocks(case):
        given = [replace(one, revoked_on=None) for one in clock.extensions]
        for number, one in enumerate(given):
            before, after = (
                derive(
                    replace(clock, extensions=tuple(given[:count])),
                    case.calendar(row["calendar_version"]),
                )
                for count in (number, number + 1)
            )
            if before.due_on is None or after.due_on is None:
                continue
            yield _offer(
                case,
                row,
                SlipKind.EXTENSION,
                subject=f"{row['kind']}-{row['number']}-{number + 1}",
                about=f"{one.on} 批准",
                reason=_reason(case, one.evidence, one.basis),
                approver=one.approver.label,
                extended_by=replace(clock.limit, length=one.length).label,
                former_due_on=before.due_on,
                due_on=after.due_on,
            )


def revocations(case: CaseFile) -> Iterator[Offer]:
    """撤销延长办理期限通知书: from when, and until when the case is due now."""
    for row, clock in _clocks(case):
        due_on = derive(clock, case.calendar(row["calendar_version"])).due_on
        for number, one in enumerate(clock.extensions):
            if one.revoked_on is not None and due_on is not None:
                yield _offer(
                    case,
                    row,
                    SlipKind.EXTENSION_REVOCATION,
                    subject=f"{row['kind']}-{row['number']}-{number + 1}",
                    about=f"{one.revoked_on} 撤销",
                    reason=_reason(case, one.revocation, one.basis),
                    extended_by=replace(clock.limit, length=one.length).label,
                    revoked_on=one.revoked_on,
                    due_on=due_on,
                )


def special_procedures(case: CaseFile) -> Iterator[Offer]:
    """特殊程序（时限）告知书: which procedure, and how long it takes (art 45)."""
    for row, clock in _clocks(case):
        for number, pause in enumerate(clock.pauses):
            ends = expected_end(pause, case.calendar(row["calendar_version"]))
            if pause.procedure is None or pause.expected is None or ends is None:
                continue
            ended: dict[str, Fact] = {"ended_on": pause.to_day} if pause.to_day else {}
            yield _offer(
                case,
                row,
                SlipKind.SPECIAL_PROCEDURE,
                subject=f"{row['kind']}-{row['number']}-{number + 1}",
                about=f"{pause.procedure.label}，{pause.from_day} 开始",
                reason=_reason(case, pause.evidence, "依法需要进行该程序。"),
                procedure=pause.procedure.label,
                from_day=pause.from_day,
                expected=pause.expected.label,
                expected_end=ends,
                **ended,
            )


OF_LIMITS = (special_procedures, extensions, revocations)


def _clocks(case: CaseFile) -> Iterator[tuple[Record, Clock]]:
    for row in case.record["clocks"]:
        yield row, clock_of(Row(row))


def _reason(case: CaseFile, evidence: str, otherwise: str) -> str:
    """What was written in the command that is the evidence."""
    for command in case.record.get("commands", ()):
        if command["command_id"] == evidence:
            return str(command["body"].get("reason") or otherwise)
    return otherwise


def _offer(
    case: CaseFile, row: Record, kind: SlipKind, *, subject: str, about: str, **facts: Fact
) -> Offer:
    return Offer(
        kind=kind,
        subject=subject,
        about=f"{CLOCK_LABELS.get(row['kind'], row['kind'])}，{about}",
        office=case.record["competent_office"],
        facts={**case.own, **facts},
    )
