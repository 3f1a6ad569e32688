"""``reconcile``: run the daily reconciliation now and show what does not agree."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from commands.register import CHECKING, command
from commands.session import Session

if TYPE_CHECKING:
    from catalog.catalog import Catalog
    from storage.differences import Standing


@command("reconcile", panel=CHECKING)
async def reconcile(session: Session) -> int:
    """立即对账：核对账、函、划款指令和银行流水，列出尚存的差异；每项差异有一件待办。"""
    from connection import connect
    from console.reconciling import reconcile_now

    chosen = (
        [session.locality()] if session.locality_given else session.settings.localities.values()
    )
    found = {}
    for own in chosen:
        client = await connect(own)
        found[own.code] = await reconcile_now(client, session.database(own), own.code)
    session.answer(
        {code: [asdict(one) for one in standing] for code, standing in found.items()},
        lambda: _draw(found, session.catalog),
    )
    return 0


def _draw(found: dict[str, tuple[Standing, ...]], catalog: Catalog) -> None:
    from commands.screen import print_all, table
    from console.wording.finding_table import DIFFERENCE_LABELS
    from console.wording.labels import labelled, locality_name
    from console.wording.movement_view import yuan

    count = sum(map(len, found.values()))
    if not count:
        print_all("账、函、银行流水一致，没有差异。")
        return
    print_all(
        table(
            f"对账差异（{count}）",
            ("地区", "差异", "联系函", "金额（元）", "自", "说明", "处理"),
            (
                (
                    locality_name(code, catalog),
                    labelled(DIFFERENCE_LABELS, one.kind),
                    one.letter_no,
                    yuan(one.amount_fen),
                    one.opened_on,
                    one.text,
                    one.remedy,
                )
                for code, standing in found.items()
                for one in standing
            ),
        ),
        "每项差异已列入经办机构的待办，请用 tasks 命令查看。",
    )
