"""中止与恢复: a step that stops a lawful limit for a reason of law, and lets it run on (G5).

Called where the procedure itself has such a step; people ask for other pauses by command. The
clerk's command is the written evidence.
"""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.cases import PinnedLimit
    from contracts.commands import Command
    from domain.casework import ClockKind
    from domain.clocks import PauseReason
    from workflows.desk import Desk


def pause(
    desk: Desk,
    clock: ClockKind,
    reason: PauseReason,
    command: Command,
    *,
    expected: PinnedLimit | None = None,
) -> None:
    """From today the limit stands still, for as long as ``expected`` where that is known."""
    desk.clocks.pause(clock, reason, command, expected=expected, told=False)


def resume(desk: Desk, clock: ClockKind, reason: PauseReason, command: Command) -> None:
    """From today the limit runs on."""
    desk.clocks.resume(clock, command, reason, told=False)
