"""What the register and Temporal's visibility may say differently about a case, and what to do.

Pure comparison for the nightly 登记核对. Worklists live in the register alone; visibility is for
operators, and follows it (docs/decisions/0027).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Discrepancy(StrEnum):
    """Kinds of differences."""

    NOT_RUNNING = "NOT_RUNNING"  # open in the register, no running workflow
    NOT_REGISTERED = "NOT_REGISTERED"  # a running workflow, closed or unknown in the register
    SHOWN_WRONG = "SHOWN_WRONG"  # stage, lateness or level of supervision differ
    WAITS_IN_SILENCE = "WAITS_IN_SILENCE"  # no owner, deadline or next action (G6)


@dataclass(frozen=True, slots=True)
class Shown:
    """What operators filter a case by."""

    stage: str
    overdue: bool
    level: int


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference; the same again tomorrow has the same ``key``."""

    kind: Discrepancy
    workflow_id: str
    case_no: str
    text: str

    @property
    def key(self) -> str:
        """What tells it from others."""
        return f"{self.kind}:{self.workflow_id}"


def compare(
    registered: Mapping[str, tuple[str, Shown]], visible: Mapping[str, Shown]
) -> Iterator[Difference]:
    """Both ways: ``registered`` are open cases (workflow id -> case number, what the register
    says), ``visible`` the running workflows."""
    for workflow_id, (case_no, says) in registered.items():
        shown = visible.get(workflow_id)
        if shown is None:
            text = "登记簿上在办，Temporal 中没有运行的流程；请系统管理员查看该流程的结束原因。"
            yield Difference(Discrepancy.NOT_RUNNING, workflow_id, case_no, text)
        elif shown != says:
            text = f"界面所示与登记簿不一致：{_differs(says, shown)}；已请该办件重新显示。"
            yield Difference(Discrepancy.SHOWN_WRONG, workflow_id, case_no, text)
    for workflow_id in visible:
        if workflow_id not in registered:
            text = "流程在运行，登记簿上没有这一在办办件；请系统管理员查看该流程。"
            yield Difference(Discrepancy.NOT_REGISTERED, workflow_id, "", text)


def _differs(says: Shown, shown: Shown) -> str:
    parts = [
        f"{label}应为{getattr(says, name)}，显示{getattr(shown, name)}"
        for name, label in (("stage", "阶段"), ("overdue", "超期"), ("level", "督办级别"))
        if getattr(says, name) != getattr(shown, name)
    ]
    return "、".join(parts)
