"""Which limit may stand still for which reason, and which may be extended: data, by kind of limit.

Asked by the check of every command about a clock. A limit that is not listed runs on whatever
happens: the other locality's as home knows it (waiting for a peer stops nothing), the validity of
a certificate, the intervals of reminders.
"""

from __future__ import annotations

from collections.abc import Mapping

from domain.casework import ClockKind
from domain.limits import PauseReason

#: What people may ask for; a pause for correction is the procedure's own.
_ASKED = frozenset(
    {PauseReason.INVESTIGATION, PauseReason.SPECIAL_PROCEDURE, PauseReason.FORCE_MAJEURE}
)
#: Before acceptance nothing is decided yet, and what the person has to do only force majeure stops.
_FORCE_MAJEURE = frozenset({PauseReason.FORCE_MAJEURE})

#: 行政许可法 art 45 (special procedures), art 42 (extension); the other reasons: docs/rules.md B2.
MAY_PAUSE: Mapping[str, frozenset[PauseReason]] = {
    ClockKind.DECISION: _ASKED,
    ClockKind.ORIGIN: _ASKED,
    ClockKind.RELEASE: _ASKED,
    ClockKind.BOOKING: _ASKED,
    ClockKind.PARTICIPATION: _ASKED,
    ClockKind.MAKING: _FORCE_MAJEURE,
    ClockKind.INTAKE: _FORCE_MAJEURE,
    ClockKind.CORRECTION: _FORCE_MAJEURE,
    ClockKind.INSPECTION: _FORCE_MAJEURE,
    ClockKind.CONFIRMATION: _FORCE_MAJEURE,
}
MAY_EXTEND = frozenset(
    {
        ClockKind.DECISION,
        ClockKind.ORIGIN,
        ClockKind.RELEASE,
        ClockKind.BOOKING,
        ClockKind.PARTICIPATION,
        ClockKind.HANDLING,  # 国办发〔2020〕53号 and local rules: a ticket, once
    }
)


def pause_reasons(kind: str) -> frozenset[str]:
    """The reasons for which people may stop a limit of that kind; empty: none."""
    return frozenset(reason.value for reason in MAY_PAUSE.get(kind, frozenset()))
