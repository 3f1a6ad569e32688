"""The work that a finding of the weekly calendar check makes (docs/rules.md B2)."""

from __future__ import annotations

from enum import StrEnum

from domain.offices import Role
from domain.tasks import OutcomeSpec, TaskSpec


class CalendarTask(StrEnum):
    """Kinds of tasks of the calendar."""

    FINDING = "CALENDAR_FINDING"


CALENDAR_TASKS: dict[str, TaskSpec] = {
    CalendarTask.FINDING: TaskSpec(
        CalendarTask.FINDING,
        "处理历法事项",
        Role.SUPERVISOR,
        (
            OutcomeSpec("SEEN_TO", "已处理，请立即再检查一次", needs_reason=True),
            OutcomeSpec("EXPLAINED", "已查明，无需处理", needs_reason=True),
        ),
        "docs/rules.md B2",
    ),
}
