"""Draws a case's papers: certificates, letters with their receipts, notices to the applicant.

Called by `commands.case_screen`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from commands.screen import table
from console.wording.labels import locality_name, valid_words
from console.wording.paper_names import (
    CERTIFICATE_STATES,
    NOTICE_NAMES,
    letter_receipt,
    notice_receipt,
)

if TYPE_CHECKING:
    from rich.console import RenderableType

    from catalog.catalog import Catalog

View = dict[str, Any]


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
                CERTIFICATE_STATES.get(one["status"], one["status"]),
                one["issued_on"],
                valid_words(one["valid_until"]),
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
                letter_receipt(one["receipt"]),
            )
            for one in items
        ),
    )


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
