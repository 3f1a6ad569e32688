"""V1 to V4 accept a lawful sale and a lawful abort, and each rule sees the fact that is damaged."""

from __future__ import annotations

from typing import Any

import pytest

from domain.invariants.transfers import TransferWorld
from tests.domain.invariant_transfers import HOME, HOME_NO, ORIGIN, act, broken, home, leg, world

SOLD = (
    "LOCKED",
    "INVOICED",
    "FILE_TAKEN_OVER",
    "INSPECTED",
    "OLD_VOIDED",
    "FLIPPED",
    "NEW_ISSUED",
    "DELIVERED",
)
ABORTED = ("LOCKED", "INVOICED", "FILE_TAKEN_OVER", "INVOICE_REVERSED", "UNLOCKED")
USED = {"invoice_no": "车票1", "case": HOME_NO, "status": "USED"}
REVERSED = {**USED, "status": "REVERSED"}
AFTER: dict[str, Any] = {
    "locality": HOME,
    "plate": "号牌1",
    "spent": ["浙L样例1"],
    "flips": [HOME_NO],
    "invoices": [USED],
}
BEFORE = {"locality": ORIGIN, "plate": "浙L样例1", "invoices": [REVERSED]}


def sale(
    *codes: str,
    ending: str | None = "COMPLETED",
    stage: str = "ARCHIVED",
    origin: tuple[str, ...] = ("RELEASED", "CONFIRMED"),
    at: str = HOME,
    **facts: Any,
) -> TransferWorld:
    """The sale with these home acts; ``facts`` replace what the register says."""
    at_home = home("VEHICLE", tuple(act(n, code) for n, code in enumerate(codes)), ending, stage)
    there = leg("VEHICLE", tuple(act(n, code) for n, code in enumerate(origin)), "COMPLETED")
    base = AFTER if "FLIPPED" in codes else BEFORE
    return world(
        at_home,
        there,
        kind="VEHICLE",
        locality=at,
        status="REGISTERED",
        data={**base, **facts},
    )


def aborted(*codes: str, **more: Any) -> TransferWorld:
    said: dict[str, Any] = {"ending": "WITHDRAWN", "at": ORIGIN, **more}
    return sale(*codes, **said)


def without(codes: tuple[str, ...], *left_out: str) -> tuple[str, ...]:
    return tuple(code for code in codes if code not in left_out)


BY_ORIGIN = ("OLD_VOIDED", "RELEASED")
LAWFUL = {
    "sold": sale(*SOLD),
    "sold by way of the origin's plates": sale(*without(SOLD, "OLD_VOIDED"), origin=BY_ORIGIN),
    "aborted": aborted(*ABORTED),
    "aborted after plates were taken": aborted(*ABORTED, origin=(*BY_ORIGIN, "OLD_RESTORED")),
    "under way": sale(
        "LOCKED",
        "INVOICED",
        ending=None,
        stage="MARKET",
        at=ORIGIN,
        locked_by=HOME_NO,
        invoices=[{**USED, "status": "LIVE"}],
    ),
    "flipped and not yet written down": sale(*SOLD[:5], ending=None, stage="REGISTRATION", **AFTER),
}
BROKEN = [
    ("V1", "两次", sale(*SOLD[:6], *SOLD[5:])),
    ("V1", "两次", sale(*SOLD, flips=[HOME_NO, HOME_NO])),
    ("V1", "没有本件的转让登记", sale(*SOLD, flips=[])),
    ("V1", "却没有记载", aborted(*ABORTED, flips=[HOME_NO])),
    ("V1", "登记地有两个", sale(*SOLD, locality=ORIGIN)),
    ("V2", "锁定期间", sale(*without(SOLD, "LOCKED"))),
    ("V2", "锁定期间", aborted(*without(ABORTED, "UNLOCKED"))),
    ("V2", "仍由本件锁定", aborted(*ABORTED, locked_by=HOME_NO)),
    ("V2", "没有由本件锁定", sale("LOCKED", ending=None, stage="MARKET", at=ORIGIN)),
    ("V3", "原号牌", sale(*without(SOLD, "OLD_VOIDED"))),
    ("V3", "又在使用", sale(*SOLD, plate="浙L样例1")),
    ("G9", "没有发还", aborted(*ABORTED, origin=BY_ORIGIN)),
    ("V4", "不是一一对应", sale(*without(SOLD, "INVOICED"))),
    ("V4", "不是一一对应", aborted(*without(ABORTED, "INVOICE_REVERSED"))),
    ("V4", "与转让登记不符", sale(*SOLD, invoices=[])),
    ("V4", "没有使用也没有冲销", aborted(*ABORTED, invoices=[{**USED, "status": "LIVE"}])),
]


@pytest.mark.parametrize("lawful", LAWFUL.values(), ids=LAWFUL)
def test_a_lawful_sale_breaks_no_rule(lawful: TransferWorld) -> None:
    assert broken(lawful) == {}


@pytest.mark.parametrize(("invariant", "said", "damaged"), BROKEN)
def test_a_damaged_sale_is_seen(invariant: str, said: str, damaged: TransferWorld) -> None:
    assert any(said in text for text in broken(damaged).get(invariant, []))
