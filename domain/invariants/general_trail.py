"""G4 and G5: the trail tells where a case stands, clocks stop for a reason.

Sources: docs/rules.md D, B2 (lawful pauses, due dates derived from intervals).
"""

from __future__ import annotations

from domain.casework import (
    DECIDING_LEG_STAGE,
    ENDING_STAGE,
    FINAL_STAGES,
    PARCEL_ENDING_STAGE,
    Stage,
)
from domain.casework import LEG_ENDING_STAGE as TRANSFER_LEG_STAGE
from domain.hukou import LEG_ENDING_STAGE
from domain.invariants.facts import Case, Event, Found, PauseTaken, RunningLimit
from domain.invariants.registers import Registers
from domain.invariants.words import clock_word, ending_word, holder_word, stage_word
from domain.limits import PauseReason

#: The commands that may stop a limit.
_PAUSING = ("SUSPEND", "DECIDE", "HEARING_ASK", "HEARING_ANNOUNCE")
_CHANGES = {"SUSPEND": "中止计时", "EXTEND": "延长期限"}
_REASONS = {reason.value for reason in PauseReason}
_STAGE_OF: dict[str, Stage] = {ending.value: stage for ending, stage in ENDING_STAGE.items()}
_PARCEL_STAGE_OF: dict[str, Stage] = {
    ending.value: stage for ending, stage in PARCEL_ENDING_STAGE.items()
}
_LEG_STAGE_OF: dict[str, Stage] = {
    ending.value: stage for ending, stage in LEG_ENDING_STAGE.items()
}
_TRANSFER_LEG_STAGE_OF: dict[str, Stage] = {
    ending.value: stage for ending, stage in TRANSFER_LEG_STAGE.items()
}

_DECIDING_LEG_STAGE_OF: dict[str, Stage] = {
    ending.value: stage for ending, stage in DECIDING_LEG_STAGE.items()
}


def state_follows_from_the_trail(registers: Registers) -> Found:
    """G4: stage, holder and office are those of the last event; no step is missing."""
    for case in registers.cases:
        steps = sorted(one.sequence for one in case.transitions)
        if steps != list(range(1, len(steps) + 1)):
            yield case.broken("G4", f"环节编号有缺漏或重复：{steps}；请核对流水。")
        noted = {event.made_in for event in case.events}
        missing = sorted(set(steps) ^ noted)
        if missing:
            yield case.broken("G4", f"环节 {missing} 在流水与办理记录中不一致；请核对。")
        if case.events:
            last = max(case.events, key=lambda one: (one.made_in, one.number))
            if (last.stage, last.holder, last.office) != (case.stage, case.holder, case.office):
                yield case.broken(
                    "G4",
                    f"办件显示{_state(case)}，最后一条流水是 {_state(last)}；请核对。",
                )
        yield from _ending(case)


def clocks_stop_for_a_reason(registers: Registers) -> Found:
    """G5: a pause has a lawful reason and evidence, a stop stands in the trail, one clock runs."""
    for case in registers.cases:
        for clock in case.clocks:
            for pause in clock.pauses:
                yield from _pause(case, clock, pause)
        for kind in sorted({clock.kind for clock in case.clocks}):
            yield from _runs_of(case, kind)
        for event in case.events:
            changed = event.facts.get("clock", "")
            if event.code in _CHANGES and not _took_effect(case, changed, event.code):
                yield case.broken(
                    "G5", f"{_CHANGES[event.code]}没有落到任何时限上，计时未变；请核对。"
                )


def _state(shown: Case | Event) -> str:
    return f"{stage_word(shown.stage)}、{holder_word(shown.holder)}、{shown.office}"


def _ending(case: Case) -> Found:
    final = case.stage in set(FINAL_STAGES)
    if not (final == case.closed == (case.ending is not None)):
        yield case.broken(
            "G4", f"阶段“{stage_word(case.stage)}”与办结时间、办结方式不相符；请核对。"
        )
    elif case.ending is not None:
        of_leg = _LEG_STAGE_OF if case.is_hukou else _TRANSFER_LEG_STAGE_OF
        if case.kind == "PARCEL":
            of_leg = _PARCEL_STAGE_OF
        elif case.family == "PROXY_INTAKE":
            of_leg = _DECIDING_LEG_STAGE_OF
        stage = (_STAGE_OF if case.is_home else of_leg).get(case.ending)
        if stage != case.stage:
            yield case.broken(
                "G4",
                f"以{ending_word(case.ending)}办结，阶段却是“{stage_word(case.stage)}”；请核对。",
            )


def _pause(case: Case, clock: RunningLimit, pause: PauseTaken) -> Found:
    name = f"“{clock_word(clock.kind)}”自 {pause.from_day} 中止"
    if pause.reason not in _REASONS:
        yield case.broken("G5", f"{name}，理由 {pause.reason or '（空）'} 不是法定中止事由。")
    if not pause.evidence:
        yield case.broken("G5", f"{name}，没有依据；请补充依据文书。")
    elif pause.evidence.startswith("c-"):
        command = next((c for c in case.commands if c.command_id == pause.evidence), None)
        # A task's decision may pause as well, such as one that asks for a re-assessment.
        by_right = command is not None and command.verb in _PAUSING
        if command is None or not by_right or "reason" not in command.written:
            yield case.broken("G5", f"{name}，所引指令没有书面依据；请核对。")
    if pause.from_day < clock.started_on or (pause.to_day and pause.to_day < pause.from_day):
        yield case.broken("G5", f"{name}，起止日期前后颠倒；请核对。")
    noted = any(
        event.code == "SUSPEND"
        and event.facts.get("clock") == clock.kind
        and max(event.day, clock.started_on) == pause.from_day
        for event in case.events
    )
    if not noted:
        yield case.broken("G5", f"{name}，流水中没有记载；请核对。")


def _runs_of(case: Case, kind: str) -> Found:
    """The runs of one limit in a case: stopped in the trail, and never two at a time."""
    runs = sorted((c for c in case.clocks if c.kind == kind), key=lambda one: one.number)
    if any(clock.stopped_on is None for clock in runs[:-1]):
        yield case.broken(
            "G5",
            f"“{clock_word(kind)}”重新起算后，前一次仍在计时，显示的届满日会是旧的；请停止前一次。",
        )
    realigned = {event.made_in for event in case.events if event.code == "REGISTER_REALIGNED"}
    stopped = [c for c in runs if c.stopped_on is not None and c.made_in not in realigned]
    noted = [
        event
        for event in case.events
        if event.code == "CLOCK_STOPPED" and event.facts.get("clock") == kind
    ]
    if len(noted) < len(stopped):
        yield case.broken(
            "G5",
            f"“{clock_word(kind)}”停止{len(stopped)}次，流水中记载{len(noted)}次；请核对停止的原因。",
        )


def _took_effect(case: Case, kind: str, code: str) -> bool:
    return any(
        clock.kind == kind and (clock.pauses if code == "SUSPEND" else clock.extensions)
        for clock in case.clocks
    )
