"""The examples of transfers, items and bundles: found by their files, played without a script.

Called by `embedded.demo.choosing`. A new matter needs only its file under examples/; what ends
otherwise than well, or decides otherwise, has an entry in PLANS.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from console.application_form import read_file
from console.errors import OfficeError
from domain.casework import Ending
from domain.common_tasks import CommonTask
from domain.joint_tasks import JointTask
from domain.scenario_tasks import ScenarioTask
from domain.task_table import TASKS
from domain.transfer_tasks import TransferTask
from embedded.demo.scripts import EXAMPLES, Choice, Script

_FORM_BYTES = 1_000_000
#: A task of one kind that comes up more often goes round in circles.
_ROUNDS = 3
_REASON = "样例：已核对，情况属实。"
_EVIDENCE = "样例：核对记录"
#: They appear where something has gone wrong, which a regular example does not show.
EXCEPTIONAL = frozenset(
    {
        *TransferTask,
        CommonTask.PEER_SILENT,
        CommonTask.LETTER_UNDELIVERED,
        JointTask.NEGATIVE,
        JointTask.LATE,
        JointTask.MISROUTED,
        JointTask.UNDELIVERED,
        ScenarioTask.INTAKE,
    }
)
#: Decisions other than the first outcome, by kind of task, for every example.
REGULAR: Mapping[str, Choice] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How one example differs from the regular course; fields as in `scripts.Script`.

    ``by_hand`` False: nobody decides anything, and a task is a failure.
    """

    home: Ending = Ending.COMPLETED
    origin: Ending = Ending.COMPLETED
    choices: Mapping[str, tuple[Choice | None, ...]] = field(default_factory=dict)
    trail: frozenset[str] = frozenset()
    by_hand: bool = True


#: Name of the example's file -> its plan.
PLANS: Mapping[str, Plan] = {
    "insurance-record": Plan(by_hand=False, trail=frozenset({"ITEM_GRANTED", "DELIVERED"})),
    "vehicle-scrapping": Plan(trail=frozenset({"PART_DONE", "ITEM_GRANTED"})),
    "proxy-work-capacity": Plan(trail=frozenset({"GRANTED"})),
    "birth": Plan(trail=frozenset({"CHILD_SENT", "SCENARIO_CLOSED", "ITEM_GRANTED", "GRANTED"})),
    "enterprise-opening": Plan(
        trail=frozenset({"CHILD_SENT", "SCENARIO_CLOSED", "ITEM_GRANTED", "SERVED"})
    ),
}


def transfer_scripts(known: Mapping[str, Script]) -> dict[str, Script]:
    """A script for every example that `known` does not have, by name."""
    return {
        path.stem: _script(path)
        for path in sorted(EXAMPLES.glob("*.yaml"), key=lambda one: one.stem)
        if path.stem not in known
    }


def regular(kind: str, number: int) -> Choice:
    """The first outcome of the kind, with every text it asks for; LookupError where a script
    must say what happens."""
    spec = TASKS[kind]
    if kind in EXCEPTIONAL or number > _ROUNDS:
        raise LookupError(kind)
    if kind in REGULAR:
        return REGULAR[kind]
    first = spec.outcomes[0]
    return Choice(
        first.code,
        reason=_REASON if first.needs_reason else "",
        reason_code=min(first.reason_codes, default=None),
        defects=(_REASON,) if first.needs_defects else (),
        evidence=_EVIDENCE if first.needs_evidence else "",
    )


def form_of(path: Path) -> dict[str, Any]:
    """What the file says; nothing where it cannot be read, which filing will explain."""
    try:
        return read_file(path, max_bytes=_FORM_BYTES)
    except OfficeError:
        return {}


def _script(path: Path) -> Script:
    plan = PLANS.get(path.stem, Plan())
    return Script(
        name=path.stem,
        shows=_opening(path),
        home=plan.home,
        origin=plan.origin,
        choices=plan.choices,
        trail=plan.trail,
        regular=regular if plan.by_hand else None,
    )


def _opening(path: Path) -> str:
    """The words of the comment at the top, up to the first colon or stop."""
    first = path.read_text(encoding="utf-8").partition("\n")[0].lstrip("# ")
    for stop in "：。":
        first = first.partition(stop)[0]
    return first or path.stem
