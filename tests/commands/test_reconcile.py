"""``reconcile`` compares now and shows what does not agree."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from storage.differences import Standing
from tests.commands.terminal import Terminal
from tests.rehearsal.stage import HOME, ORIGIN

DIFFERENCE = Standing(
    key="NOT_EXECUTED:样例",
    kind="NOT_EXECUTED",
    letter_no="样例函",
    amount_fen=100,
    text="划款指令已下达3天，银行对账单上没有付款。",
    remedy="请向开户行查询。",
    opened_on=date(2026, 11, 23),
)


def standing(*differences: Standing) -> Any:
    async def reconcile_now(*_: Any, **__: Any) -> tuple[Standing, ...]:
        return differences

    return reconcile_now


async def test_it_compares_every_locality(office: Terminal) -> None:
    ended = await office.enter("reconcile", "--json")
    assert ended.code == 0
    assert set(ended.data) == {HOME, ORIGIN}


async def test_without_differences_it_says_so(
    office: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("console.reconciling.reconcile_now", standing())
    assert "没有差异" in (await office.enter("reconcile")).out


async def test_a_difference_is_shown_with_what_to_do(
    office: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("console.reconciling.reconcile_now", standing(DIFFERENCE))
    shown = (await office.enter("reconcile", "--locality", HOME)).out
    assert "指令未执行" in shown
    assert "1.00" in shown
    told = (await office.enter("reconcile", "--locality", HOME, "--json")).data
    assert told[HOME][0]["remedy"] == DIFFERENCE.remedy
