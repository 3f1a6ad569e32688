"""Draws a case's papers: certificates, letters with their receipts, notices to the applicant.

Called by `commands.case_screen`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from commands.labels import locality_name
from commands.paper_names import LETTER_REFUSALS, NOTICE_NAMES, notice_receipt
from commands.screen import table

if TYPE_CHECKING:
    from rich.console import RenderableType

    from catalog.catalog import Catalog

View = dict[str, Any]

_STATUS = {"PREPARED": "待生效", "VALID": "有效", "USED": "已使用", "VOID": "作废"}
_RECEIPT = {"ACCEPTED": "已收", "REFUSED": "拒收", "NOT_YET": "暂不办理"}


def draw_papers(view: View, catalog: Catalog) -> Iterator[RenderableType]:
    """A table for each kind of paper that the case has."""
    if view["certificates"]:
        yield _certificates(view["certificates"], catalog)
    if view["letters"]:
        yield _letters(view["letters"], catalog)
    if view["notices"]:
        yield _notices(view["notices"])


def _certificates(items: list[View], catalog: Catalog) -> RenderableType:
    return table(
        "证件",
        ("证件", "编号", "签发地区", "迁移人", "状态", "签发", "有效期至"),
        (
            (
                one["name"],
                one["number"],
                locality_name(one["issuer"], catalog),
                one["person"] or None,
                _STATUS.get(one["status"], one["status"]),
                one["issued_on"],
                one["valid_until"],
            )
            for one in items
        ),
    )


def _letters(items: list[View], catalog: Catalog) -> RenderableType:
    return table(
        "函件",
        ("函号", "方向", "名称", "对方", "登记时间", "回执"),
        (
            (
                one["number"],
                "发出" if one["direction"] == "OUT" else "收到",
                one["name"],
                locality_name(one["peer"], catalog),
                one["recorded_at"],
                _receipt(one["receipt"]),
            )
            for one in items
        ),
    )


def _receipt(receipt: View | None) -> str:
    if receipt is None:
        return "尚无回执"
    status = _RECEIPT.get(receipt["status"], receipt["status"])
    code = receipt["code"]
    why = f"（{LETTER_REFUSALS.get(code, code)}）" if code else ""
    return f"{status}{why} {receipt['case_no'] or ''}".strip()


def _notices(items: list[View]) -> RenderableType:
    texts = "wording" in items[0]
    return table(
        "通知",
        ("通知", "发出时间", "回执", *(("内容",) if texts else ())),
        (
            (
                NOTICE_NAMES.get(one["template"], one["template"]),
                one["sent_at"] or "待发送",
                notice_receipt(one["receipt"]),
                *((one["wording"],) if texts else ()),
            )
            for one in items
        ),
    )
