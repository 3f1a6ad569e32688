"""One progress view: the items of a composite case and the parts of a joint one, in words."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from catalog.loader import load_catalog
from commands.bundle_screen import draw_bundle
from commands.screen import print_all
from console.wording.bundle_view import bundle_view

CATALOG = load_catalog()


def child(item: str, **changes: Any) -> dict[str, Any]:
    return {
        "item": item,
        "name": f"样例事项{item}",
        "after": (),
        "asked": True,
        "case_no": None,
        "stage": None,
        "ending": None,
        "due_on": None,
        "office": None,
        "refused_text": None,
        **changes,
    }


RECORD: dict[str, Any] = {
    "closed_at": None,
    "children": [
        child("M0001", case_no="3710022026112200000018", stage="ARCHIVED", ending="COMPLETED"),
        child("M0002", case_no="3710022026112200000026", stage="REVIEW", office="371002-ZW-01"),
        child("M0003", asked=False),
        child("M0004"),
        child("M0005", refused_text="已有一件正在办理。"),
    ],
    "parts": [
        {
            "number": 1,
            "label": "消防意见",
            "locality": "330902",
            "office": "330902-ZW-01",
            "before": "REVIEW",
            "required": True,
            "state": "办理中",
            "due_on": date(2026, 11, 30),
        }
    ],
    "composite_no": None,
}


def states(record: dict[str, Any]) -> list[str]:
    return [one["state_name"] for one in bundle_view(record)["children"]]


def test_every_item_says_where_it_stands() -> None:
    assert states(RECORD) == ["已办成", "办理中", "等待前置事项", "待立案", "未予收件"]


def test_what_was_never_asked_for_was_not_started_once_all_is_closed() -> None:
    assert states({**RECORD, "closed_at": datetime.now(UTC)})[2] == "未启动"


def test_the_screen_shows_items_and_parts_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    print_all(*draw_bundle(bundle_view(RECORD), CATALOG))
    shown = capsys.readouterr().out
    for words in (
        "各事项",
        "协同环节",
        "已有一件正在办理",
        "前置联办",
        "舟山市定海区",
        "2026-11-30",
    ):
        assert words in shown, words
