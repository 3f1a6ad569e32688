"""C1 to C3 accept a lawful migration and a lawful restoration, and see each damaged fact."""

from __future__ import annotations

from typing import Any

import pytest

from domain.invariants.transfers import TransferWorld
from tests.domain.invariant_transfers import HOME, HOME_NO, ORIGIN, act, broken, home, leg, world


def moved(
    *,
    codes: tuple[str, ...] = ("PASSED", "CARD_ACTIVATED", "DELIVERED"),
    origin: tuple[str, ...] = ("RELEASED", "CONFIRMED"),
    hukou: str = "HUKOU_LANDED",
    ending: str | None = "COMPLETED",
    status: str = "VALID",
    locality: str = HOME,
    **facts: Any,
) -> TransferWorld:
    """A card that has moved; ``facts`` replace what the register says."""
    acts = tuple(
        act(n, code, **({"hukou": hukou} if code == "PASSED" else {}))
        for n, code in enumerate(codes)
    )
    at_home = home("DISABILITY_CARD", acts, ending, "ARCHIVED")
    there = leg(
        "DISABILITY_CARD", tuple(act(n, code) for n, code in enumerate(origin)), "COMPLETED"
    )
    return world(
        at_home,
        there,
        kind="DISABILITY_CARD",
        locality=locality,
        status=status,
        data={"active_at": locality, **facts},
    )


def restored(**more: Any) -> TransferWorld:
    """The destination could not activate and the origin restored the card."""
    said: dict[str, Any] = {
        "codes": ("PASSED", "NOT_PASSED"),
        "origin": ("RELEASED", "RELEASE_CANCELLED"),
        "ending": "REFUSED",
        "locality": ORIGIN,
    }
    return moved(**{**said, **more})


LAWFUL = {
    "moved": moved(),
    "restored": restored(),
    "on its way": moved(
        codes=("PASSED",),
        origin=("RELEASED",),
        ending=None,
        status="MIGRATING",
        locality=ORIGIN,
        released_to=HOME_NO,
    ),
}
TWICE = ("PASSED", "CARD_ACTIVATED", "CARD_ACTIVATED")
BROKEN = [
    ("C1", "还有一张有效", moved(other_cards=[{"number": "另一张", "status": "VALID"}])),
    ("C1", "激活了两次", moved(codes=TWICE)),
    ("C2", "在用地与登记地不同", moved(active_at=ORIGIN)),
    ("C2", "两地都不在用", restored(status="MIGRATING", released_to=HOME_NO)),
    ("C2", "登记库却没有", moved(status="MIGRATING", released_to=HOME_NO)),
    ("C2", "迁出地又恢复了", moved(origin=("RELEASED", "RELEASE_CANCELLED"))),
    ("C2", "也没有恢复", restored(origin=("RELEASED",))),
    ("C2", "没有转出就激活", moved(origin=())),
    ("C3", "没有落户", moved(hukou="HUKOU_NOT_LANDED")),
    ("C3", "没有落户", moved(codes=("CARD_ACTIVATED", "DELIVERED"))),
]


@pytest.mark.parametrize("lawful", LAWFUL.values(), ids=LAWFUL)
def test_a_lawful_migration_breaks_no_rule(lawful: TransferWorld) -> None:
    assert broken(lawful) == {}


@pytest.mark.parametrize(("invariant", "said", "damaged"), BROKEN)
def test_a_damaged_migration_is_seen(invariant: str, said: str, damaged: TransferWorld) -> None:
    assert any(said in text for text in broken(damaged).get(invariant, []))
