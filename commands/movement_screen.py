"""Draws what `console.wording.movement_view` tells of a transfer, for `commands.case_screen`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from commands.screen import shown, table
from console.wording.movement_view import yuan
from console.wording.paper_names import RECORD_NAMES, account_name, item_name, parcel_fact

if TYPE_CHECKING:
    from rich.console import RenderableType

    from catalog.catalog import Catalog

View = dict[str, Any]


def draw_movements(view: View, catalog: Catalog) -> Iterator[RenderableType]:
    """A table for each part that the case has."""
    if view["fields"]:
        rows = ((one["label"], one["shown"]) for one in view["fields"])
        yield table("申请内容", ("栏目", "内容"), rows)
    if view["statements"]:
        yield _statements(view["statements"])
    for money in view["money"]:
        yield _money(money)
        if money["remittances"]:
            yield _remittances(money["remittances"], catalog)
    for parcel in view["parcels"]:
        yield _parcel(parcel)


def _statements(items: list[View]) -> RenderableType:
    return table(
        "信息表（元）",
        ("版本", "个人账户", "统筹基金", "合计", "缴费月数", "来函"),
        (
            (
                f"{RECORD_NAMES.get(one['kind'], one['kind'])} 第{one['version']}版",
                *(_sum(one[name]) for name in ("account_fen", "pooled_fen", "total_fen")),
                one["months"],
                one["letter_no"],
            )
            for one in items
        ),
    )


def _money(one: View) -> RenderableType:
    return table(
        f"资金（元）　函号 {one['letter_no']}",
        ("科目", "余额"),
        (
            *((balance["name"], _sum(balance["amount_fen"])) for balance in one["balances"]),
            ("对方告知划出", _sum(one["announced_fen"])),
            ("银行到账", _sum(one["arrived_fen"])),
            ("已入账", _sum(one["credited_fen"])),
        ),
    )


def _remittances(items: list[View], catalog: Catalog) -> RenderableType:
    return table(
        "划款指令",
        ("用途", "次", "金额（元）", "付款账户", "收款账户", "状态", "银行流水号", "时间"),
        (
            (
                one["purpose_name"],
                one["attempt"],
                _sum(one["amount_fen"]),
                account_name(one["from_account"], catalog),
                account_name(one["to_account"], catalog),
                one["status_name"],
                one["receipt"],
                one["changed_at"],
            )
            for one in items
        ),
    )


def _parcel(one: View) -> RenderableType:
    items = "、".join(f"{item_name(item['code'])}×{item['count']}" for item in one["items"])
    title = (
        f"物料 {one['parcel_key']}　{one['service_name']} {shown(one['waybill'])}　"
        f"封签 {one['seal_no'] or '—'}　内件 {items}　现在：{one['state_name']}，"
        f"由{one['custodian_name']}保管"
    )
    return table(
        title,
        ("时间", "交接", "保管方", "说明"),
        (
            (
                event["at"],
                event["name"],
                event["custodian_name"],
                [parcel_fact(key, value) for key, value in event["facts"].items()],
            )
            for event in one["events"]
        ),
    )


def _sum(fen: int | None) -> str:
    return "—" if fen is None else yuan(fen)
