"""U1 to U3: months never rise by a transfer, benefit has one place, years alone move no money.

Sources: 失业保险条例 art 17, 22; docs/rules.md A5, D. Listed in `domain.invariants.transfer_rules`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from domain.invariants.facts import Found, Violation
from domain.invariants.transfers import Transfer, TransferWorld

#: 失业保险条例 art 17: carried over and newly earned months together, the most there ever is.
CEILING_MONTHS = 24
_FAMILY = "UNEMPLOYMENT"


def months_never_rise(world: TransferWorld) -> Found:
    """U1: what is recorded is at most what the origin sent, and never above the ceiling."""
    for home, leg in _pairs(world):
        for field, words in (("benefit_months", "剩余月数"), ("paid_months", "缴费月数")):
            recorded, sent = _said(home, field), _said(leg, field)
            if recorded > sent:
                yield home.broken(
                    "U1", f"登记{words}{recorded}个月，多于转出的{sent}个月；请更正登记。"
                )
        recorded = _said(home, "benefit_months")
        if recorded > CEILING_MONTHS:
            yield home.broken(
                "U1", f"登记剩余{recorded}个月，超过{CEILING_MONTHS}个月上限；请更正登记。"
            )


def benefit_is_paid_in_one_place(world: TransferWorld) -> Found:
    """U2: the destination's first month follows the origin's last; the origin pays no more."""
    for home, leg in _pairs(world):
        first, through = _text(home, "first_month"), _text(leg, "paid_through")
        if first and through and first <= through:
            yield home.broken(
                "U2", f"转入地自{first}起发放，转出地已发至{through}；请更正起发月份。"
            )
        for entry in world.entries_of(_FAMILY, leg.subject):
            benefit = entry.status != "ENDED" and entry.data.get("drawing")
            if entry.locality == leg.locality and benefit:
                yield leg.broken("U2", "关系已转出，转出地仍在发放失业金；请停止发放。")


def years_alone_move_no_money(world: TransferWorld) -> Found:
    """U3: the scene of years only remits nothing."""
    for leg in world.of(_FAMILY, "LEG"):
        if _text(leg, "scene") != "YEARS_ONLY":
            continue
        if leg.did("REMITTED") or any(
            act.facts.get("total_fen", "0") != "0" for act in leg.did("RELEASED")
        ):
            yield leg.broken("U3", "只转缴费年限的办件划转了资金；请追回。")


def _pairs(world: TransferWorld) -> Iterator[tuple[Transfer, Transfer]]:
    """Home cases that have recorded months, each with the leg that issued its table."""
    issued = {
        leg.home_case_no: leg for leg in world.of(_FAMILY, "LEG") if leg.did("STATEMENT_ISSUED")
    }
    for home in world.of(_FAMILY, "HOME"):
        leg = issued.get(home.home_case_no)
        if leg is not None and home.did("RELATION_CONTINUED"):
            yield home, leg


def _text(one: Transfer, field: str) -> str:
    codes = ("RELATION_CONTINUED",) if one.side == "HOME" else ("STATEMENT_ISSUED",)
    acts = one.did(*codes)
    return acts[-1].facts.get(field, "") if acts else ""


def _said(one: Transfer, field: str) -> int:
    return int(_text(one, field) or "0")


UnemploymentRule = Callable[[TransferWorld], Iterator[Violation]]
UNEMPLOYMENT_RULES: tuple[tuple[str, str, UnemploymentRule], ...] = (
    ("U1", "剩余月数不因转移增加，合计不超过上限", months_never_rise),
    ("U2", "失业金每月只在一地发放", benefit_is_paid_in_one_place),
    ("U3", "只转年限的不划转资金", years_alone_move_no_money),
)
