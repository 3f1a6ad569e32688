"""Prints the answer to a command: where the case stands now and what waits for whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.session import Session

if TYPE_CHECKING:
    from catalog.catalog import Catalog
    from contracts.commands import CommandReceipt


def answer_receipt(session: Session, receipt: CommandReceipt) -> None:
    """The receipt as JSON, or as a sentence and the tasks that are open now."""
    session.answer(receipt.model_dump(mode="json"), lambda: _draw(receipt, session.catalog))


def _draw(receipt: CommandReceipt, catalog: Catalog) -> None:
    from commands.screen import print_all, table
    from console.wording.labels import labelled, office_name
    from domain.casework import STAGE_LABELS
    from domain.task_table import TASKS

    print_all(
        f"已办理：办件 {receipt.case_no} 现在是“{labelled(STAGE_LABELS, receipt.stage)}”。",
        table(
            "接下来的待办",
            ("待办编号", "内容", "机构"),
            (
                (
                    one.task_id,
                    TASKS[one.kind].title if one.kind in TASKS else one.kind,
                    office_name(one.office, catalog),
                )
                for one in receipt.open_tasks
            ),
        ),
        f"操作编号 {receipt.command_id}（重复提交只办一次）",
    )
