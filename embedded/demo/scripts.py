"""What the demo plays: per example, how its tasks are decided and how it must end, as a table.

Read by `embedded.demo.play`, which acts, and by `embedded.demo.result`, which compares.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from contracts.commands import Verb
from domain.casework import Ending, Stage
from domain.common_tasks import CommonTask
from domain.hukou import OriginRefusal
from domain.hukou_tasks import TaskKind
from settings import PROJECT_ROOT

EXAMPLES = PROJECT_ROOT / "examples"


@dataclass(frozen=True, slots=True)
class Choice:
    """How a clerk decides a task, with the texts that the outcome needs."""

    outcome: str
    reason: str = ""
    reason_code: str | None = None
    defects: tuple[str, ...] = ()
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Wish:
    """What the applicant asks for once the case, or its leg, has come to `when`."""

    when: Stage
    verb: Verb
    reason: str = ""
    materials: tuple[tuple[str, str], ...] = ()
    """HAND_IN: types of documents and their files under examples/."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """One example: how its people act, and how it must end on both sides."""

    name: str
    shows: str
    home: Ending = Ending.COMPLETED
    origin: Ending = Ending.COMPLETED
    choices: Mapping[str, tuple[Choice | None, ...]] = field(default_factory=dict)
    """Other than REGULAR, in the order in which such tasks appear; None: left lying."""
    wishes: tuple[Wish, ...] = ()
    trail: frozenset[str] = frozenset()
    """Codes of acts and events, here or there, without which the example shows nothing."""
    regular: Callable[[str, int], Choice] | None = None
    """How tasks are decided that neither `choices` nor REGULAR name; raises LookupError."""

    @property
    def file(self) -> Path:
        return EXAMPLES / f"{self.name}.yaml"

    def choice(self, kind: str, number: int) -> Choice | None:
        """For the number-th task of that kind, from 1; LookupError where none is expected."""
        planned = {**REGULAR, **self.choices}
        if kind not in planned and self.regular is not None:
            return self.regular(kind, number)
        return planned[kind][number - 1]


REGULAR: Mapping[str, tuple[Choice | None, ...]] = {
    CommonTask.INTAKE_CHECK: (Choice("ACCEPT"),),
    TaskKind.REVIEW: (Choice("PASS"),),
    TaskKind.APPROVAL: (Choice("APPROVE"),),
    TaskKind.PHONE_CONFIRMATION: (Choice("CONFIRMED"),),
    TaskKind.CANCELLATION: (Choice("CANCEL"),),
    TaskKind.LANDING: (Choice("LAND"),),
    CommonTask.DELIVERY: (Choice("PICKED_UP"),),
}

SCRIPTS: dict[str, Script] = {
    script.name: script
    for script in (
        Script(name="job-transfer", shows="工作调动，一次办成"),
        Script(name="admission", shows="大中专录取，不需要准予迁入证明"),
        Script(name="graduation", shows="大中专毕业，学历免提交"),
        Script(name="spouse", shows="夫妻投靠，带一名子女"),
        Script(name="parents", shows="父母投靠子女"),
        Script(name="mirror-job-transfer", shows="工作调动，反方向"),
        Script(name="mirror-spouse", shows="夫妻投靠带子女，反方向"),
        Script(
            name="wrong-station",
            shows="派出所写错，迁出地内部转送",
            trail=frozenset({"FORWARDED_WITHIN", "FORWARDED"}),
        ),
        Script(
            name="correction",
            shows="缺材料，一次性告知后补正",
            choices={
                CommonTask.INTAKE_CHECK: (
                    Choice("CORRECT", defects=("接收单位同意落户及落户地址证明",)),
                    Choice("ACCEPT"),
                )
            },
            wishes=(
                Wish(
                    Stage.CORRECTION,
                    Verb.HAND_IN,
                    materials=(("RECEIVING_UNIT_PROOF", "documents/receiving-unit-proof.txt"),),
                ),
            ),
            trail=frozenset({"CORRECTION_NOTICE", "CORRECTION_HANDED_IN"}),
        ),
        Script(
            name="needs-approval",
            shows="迁出地不予迁出（须先经批准）",
            home=Ending.ORIGIN_REFUSED,
            origin=Ending.ORIGIN_REFUSED,
            choices={
                TaskKind.DISCREPANCY: (
                    Choice(
                        "REFUSE",
                        reason="人口库注明迁移须先经批准，申请人未提交批准文件。",
                        reason_code=OriginRefusal.NEEDS_APPROVAL,
                    ),
                ),
                TaskKind.ORIGIN_REFUSAL: (Choice("CONCLUDE"),),
            },
            trail=frozenset({"PERMIT_VOIDED"}),
        ),
        Script(
            name="withdrawal",
            shows="迁出地办理中，申请人撤回",
            home=Ending.WITHDRAWN,
            origin=Ending.WITHDRAWN,
            choices={TaskKind.PHONE_CONFIRMATION: (None,)},
            wishes=(Wish(Stage.CONFIRMATION, Verb.WITHDRAW, reason="家中计划有变，不再迁移。"),),
            trail=frozenset({"PERMIT_VOIDED"}),
        ),
        Script(
            name="restoration",
            shows="注销后无法落户，恢复户口",
            home=Ending.RESTORED,
            origin=Ending.RESTORED,
            choices={
                TaskKind.LANDING: (
                    Choice("IMPOSSIBLE", reason="接收单位撤销，落户地址不复存在。"),
                ),
                TaskKind.RESTORATION: (Choice("RESTORE"),),
            },
            trail=frozenset({"CANCELLED", "NOT_LANDED_PROVEN"}),
        ),
    )
}
