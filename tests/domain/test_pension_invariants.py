"""P3, P5 and P8: each fact is damaged once, and the rule sees it and nothing else."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from domain.invariants.facts import Act
from domain.invariants.transfer_rules import TRANSFER_RULES
from domain.invariants.transfers import Entry, Transfer, TransferWorld

LETTER, WHO = "3710022026112200000011-01", "p1"
ROWS_THERE = [{"region": "330902", "year": 2020, "from_month": 1, "to_month": 12}]
ROWS_HERE = [{"region": "371002", "year": 2026, "from_month": 3, "to_month": 10}]


def act(code: str) -> Act:
    fields: dict[str, Any] = dict.fromkeys(Act.__dataclass_fields__)
    return Act(**{**fields, "code": code})


def transfer(side: str, *codes: str, **changes: Any) -> Transfer:
    here, there = ("371002", "330902") if side == "HOME" else ("330902", "371002")
    return Transfer(
        **{
            "family": "PENSION",
            "side": side,
            "locality": here,
            "peer": there,
            "case_no": f"{here}2026112200000011",
            "home_case_no": "3710022026112200000011",
            "letter_no": LETTER,
            "subject": WHO,
            "stage": "ARCHIVED",
            "ending": "COMPLETED",
            "acts": tuple(act(code) for code in codes),
            "facts": {},
            **changes,
        }
    )


def entry(locality: str, status: str, **data: Any) -> Entry:
    return Entry(kind="PENSION", subject=WHO, locality=locality, status=status, data=data)


HOME = transfer("HOME", "PASSED", "BOOKED")
LEG = transfer("LEG", "RELEASED")
ENDED = entry("330902", "ENDED", rows=ROWS_THERE, letter_no=LETTER, ended_from="ACTIVE")
BOOKED = entry(
    "371002", "ACTIVE", rows=ROWS_HERE, credits=[{"letter_no": LETTER, "rows": ROWS_THERE}]
)


def broken(*transfers: Transfer, entries: tuple[Entry, ...]) -> list[str]:
    world = TransferWorld(
        localities=frozenset({"371002", "330902"}), transfers=transfers, entries=entries
    )
    return [one.invariant for _, _, rule in TRANSFER_RULES for one in rule(world)]


def test_a_sound_transfer_breaks_nothing() -> None:
    assert broken(HOME, LEG, entries=(ENDED, BOOKED)) == []


def test_somebody_insured_at_the_old_place_anew_breaks_nothing() -> None:
    anew = entry("330902", "ACTIVE", rows=[ROWS_THERE[0] | {"year": 2027}])
    assert broken(HOME, LEG, entries=(anew, BOOKED)) == []


def test_cleared_months_count_once_and_break_nothing() -> None:
    overlapping = [*ROWS_HERE, ROWS_THERE[0] | {"region": "371002", "to_month": 6}]
    cleared = replace(
        BOOKED,
        data={**BOOKED.data, "rows": overlapping, "refunds": [{"letter_no": LETTER, "months": 6}]},
    )
    assert broken(HOME, LEG, entries=(ENDED, cleared)) == []


def test_a_collected_temporary_account_breaks_nothing() -> None:
    was = replace(ENDED, data={**ENDED.data, "ended_from": "TEMPORARY"})
    collected = replace(LEG, facts={"purpose": "COLLECTION"})
    assert broken(HOME, collected, entries=(was, BOOKED)) == []


@pytest.mark.parametrize(
    ("invariant", "home", "leg", "there", "here"),
    [
        ("P3", HOME, LEG, replace(ENDED, status="ACTIVE"), BOOKED),
        (
            "P3",
            HOME,
            LEG,
            ENDED,
            replace(
                BOOKED,
                data={
                    **BOOKED.data,
                    "rows": [*ROWS_HERE, ROWS_THERE[0] | {"region": "371002", "to_month": 6}],
                },
            ),
        ),
        ("P5", HOME, LEG, replace(ENDED, data={**ENDED.data, "ended_from": "PENSIONER"}), BOOKED),
        ("P5", HOME, LEG, replace(ENDED, status="PENSIONER"), BOOKED),
        ("P8", HOME, LEG, replace(ENDED, data={**ENDED.data, "ended_from": "TEMPORARY"}), BOOKED),
        ("P8", HOME, LEG, ENDED, replace(BOOKED, status="TEMPORARY")),
        (
            "P8",
            transfer("HOME", "TEMPORARY_OPENED", "BOOKED"),
            LEG,
            ENDED,
            BOOKED,
        ),
    ],
    ids=[
        "ended-relation-is-active",
        "months-counted-twice",
        "pensioner-ended",
        "pensioner-released",
        "temporary-moved",
        "credit-on-temporary",
        "opened-and-taken",
    ],
)
def test_a_damaged_fact_is_seen(
    invariant: str, home: Transfer, leg: Transfer, there: Entry, here: Entry
) -> None:
    assert broken(home, leg, entries=(there, here)) == [invariant]
