"""中止与恢复: a step that stops a lawful limit for a reason of law, and lets it run on (G5).

Called where the procedure itself has such a step; people ask for other pauses by command. The
clerk's command is the written evidence.
"""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.commands import Command, Verb
    from contracts.transitions import ClockChanged
    from domain.casework import ClockKind
    from domain.clocks import PauseReason
    from workflows.desk import Desk


def pause(desk: Desk, clock: ClockKind, reason: PauseReason, command: Command) -> None:
    """From today the limit stands still."""
    _change(desk, clock, Verb.SUSPEND, "PAUSE", reason, command)


def resume(desk: Desk, clock: ClockKind, reason: PauseReason, command: Command) -> None:
    """From today the limit runs on."""
    _change(desk, clock, Verb.RESUME, "RESUME", reason, command)


def _change(
    desk: Desk, clock: ClockKind, verb: Verb, change: str, reason: PauseReason, command: Command
) -> None:
    desk.note(verb, clock=clock, reason=reason)
    desk.draft.clocks_changed.append(
        ClockChanged(
            kind=clock,
            change=change,
            on=desk.today,
            reason=reason,
            actor=command.actor,
            command_id=command.command_id,
        )
    )
