"""The work of transfers between localities: shared kinds, and how a matter's own kinds are made.

Each matter's module builds its review, examination and release tasks here, so that they offer the
same decisions everywhere. Sources: docs/rules.md A0; roles and four eyes are the project's reading.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from domain.offices import Role
from domain.tasks import OutcomeSpec, TaskSpec


class TransferTask(StrEnum):
    """Kinds of tasks that any transfer may open."""

    PEER_REFUSAL = "PEER_REFUSAL"
    MONEY_DIFFERS = "MONEY_DIFFERS"
    MONEY_MISSING = "MONEY_MISSING"
    MONEY_BOUNCED = "MONEY_BOUNCED"
    STATEMENT_CORRECTION = "STATEMENT_CORRECTION"
    HUKOU_MISSING = "HUKOU_MISSING"


TRANSFER_TASKS: dict[str, TaskSpec] = {
    spec.kind: spec
    for spec in (
        TaskSpec(
            TransferTask.PEER_REFUSAL,
            "处理对方不予办理答复",
            Role.HANDLER,
            (
                OutcomeSpec("ASK_AGAIN", "补充更正后再次发函", needs_reason=True),
                OutcomeSpec("CONCLUDE", "原函作废，终止办理并书面告知"),
            ),
            "docs/rules.md A0 规则4",
        ),
        TaskSpec(
            TransferTask.MONEY_DIFFERS,
            "款表不符处理",
            Role.HANDLER,
            (
                OutcomeSpec("ASK_CORRECTION", "商请对方更正信息表", needs_reason=True),
                OutcomeSpec("RETURN_EXCESS", "退回多划款项", needs_reason=True),
                OutcomeSpec("KEEP_WAITING", "等待余款到账"),
            ),
            "docs/rules.md A0 规则2、P2",
        ),
        TaskSpec(
            TransferTask.MONEY_MISSING,
            "资金逾期未到账处理",
            Role.HANDLER,
            (
                OutcomeSpec("ASK_PEER", "函询对方", needs_reason=True),
                OutcomeSpec("KEEP_WAITING", "已联系，继续等待"),
            ),
            "docs/rules.md A0 规则2",
        ),
        TaskSpec(
            TransferTask.MONEY_BOUNCED,
            "划款被退回处理",
            Role.HANDLER,
            (OutcomeSpec("SEND_AGAIN", "核对账户后重新划款", needs_reason=True),),
            "docs/rules.md P4、P6",
        ),
        TaskSpec(
            TransferTask.STATEMENT_CORRECTION,
            "更正信息表",
            Role.HANDLER,
            (
                OutcomeSpec("CORRECT", "已更正，重新出具信息表", needs_reason=True),
                OutcomeSpec("SUPPLEMENT", "银行少付，补划差额并向银行追索", needs_reason=True),
                OutcomeSpec("CONFIRM", "核对无误，维持原信息表", needs_reason=True),
            ),
            "docs/rules.md A2",
        ),
        TaskSpec(
            TransferTask.HUKOU_MISSING,
            "户口尚未迁入，处理前置条件",
            Role.HANDLER,
            (
                OutcomeSpec("CHECK_AGAIN", "已落户或已申请户口迁移，重新核对"),
                OutcomeSpec("REFUSE", "不予办理，告知先办户口迁移", needs_reason=True),
            ),
            "docs/rules.md A3、A10",
        ),
    )
}


def review_task(kind: str, title: str, basis: str) -> TaskSpec:
    """The destination's own check before anything is asked of the other locality."""
    return TaskSpec(
        kind,
        title,
        Role.HANDLER,
        (
            OutcomeSpec("PASS", "符合条件，发函"),
            OutcomeSpec("REFUSE", "不予办理并书面说明理由", needs_reason=True),
        ),
        basis,
    )


def examination_task(kind: str, title: str, basis: str, refusals: Iterable[str]) -> TaskSpec:
    """The other locality's check against its own register; a refusal has a code (A0 rule 4)."""
    return TaskSpec(
        kind,
        title,
        Role.HANDLER,
        (
            OutcomeSpec("PASS", "核对无误，报审批"),
            OutcomeSpec(
                "REFUSE", "不予办理", needs_reason=True, reason_codes=frozenset(map(str, refusals))
            ),
        ),
        basis,
    )


def release_task(
    kind: str, title: str, basis: str, refusals: Iterable[str], *, after: str
) -> TaskSpec:
    """The ending act, by another person than the one who examined (four eyes)."""
    return TaskSpec(
        kind,
        title,
        Role.APPROVER,
        (
            OutcomeSpec("RELEASE", "同意办理", final=True),
            OutcomeSpec("RETURN", "退回核对", needs_reason=True, returns_to=(after,)),
            OutcomeSpec(
                "REFUSE", "不予办理", needs_reason=True, reason_codes=frozenset(map(str, refusals))
            ),
        ),
        basis,
        not_by_deciders_of=(after,),
    )
