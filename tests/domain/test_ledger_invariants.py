"""P1, P2, P4 and P6: lawful moments pass, and each damaged fact is named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from domain.accounts import SIDE_OF, Account, EntryKind, Side
from domain.invariants.money import (
    MONEY_RULES,
    Book,
    Ending,
    Money,
    Remittance,
    check_money,
)
from domain.ledger import Entry, Fact, Posting, Standing, postings

HOME, ORIGIN, LETTER = "371002", "330902", "home-1-01"
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
K = EntryKind
Told = tuple[EntryKind, int]


def book(*facts: Told, locality: str = "", start: int = 0) -> Book:
    """A book with these facts, a minute apart, all booked in step 3 of their case."""
    standing, entries = Standing(), []
    for number, (kind, amount) in enumerate(facts):
        fact = Fact(kind=kind, amount_fen=amount)
        entries.append(
            Entry(
                key=f"{kind}:{number}",
                fact=fact,
                postings=postings(standing, fact),
                at=NOW + timedelta(minutes=start + number),
            )
        )
        standing = standing.after(fact)
    sends = bool(facts) and SIDE_OF[facts[0][0]] is Side.ORIGIN
    return Book(
        locality=locality or (ORIGIN if sends else HOME),
        peer=HOME if sends else ORIGIN,
        letter_no=LETTER,
        case_no="leg-1" if sends else "home-1",
        entries=tuple(entries),
        made_in={entry.key: 3 for entry in entries},
    )


def order(**more: object) -> Remittance:
    given: dict[str, object] = {
        "key": f"{LETTER}/TRANSFER/1",
        "purpose": "TRANSFER",
        "amount_fen": 100,
        "status": "EXECUTED",
        "made_in": 3,
        **more,
    }
    return Remittance(locality=ORIGIN, case_no="leg-1", letter_no=LETTER, **given)  # type: ignore[arg-type]


ENDED = Ending(
    locality=ORIGIN, case_no="leg-1", letter_no=LETTER, ended_in=3, table_in=3, amount_fen=100
)
SENT = book((K.SENT, 100))
LANDED = book((K.ANNOUNCED, 100), (K.ARRIVED, 100), (K.MATCHED, 100), start=10)


def money(
    *books: Book,
    orders: tuple[Remittance, ...] = (order(),),
    endings: tuple[Ending, ...] = (ENDED,),
    localities: tuple[str, ...] = (HOME, ORIGIN),
) -> Money:
    return Money(localities=frozenset(localities), books=books, remittances=orders, endings=endings)


@pytest.mark.parametrize(
    "lawful",
    [
        money(SENT, LANDED),
        money(SENT),  # in flight
        money(SENT, book((K.ARRIVED, 100), start=10)),  # money before its table
        money(SENT, book((K.ANNOUNCED, 100), start=10)),  # table before its money
        money(  # bounced and sent again
            book((K.SENT, 100), (K.BOUNCED, 100), (K.SENT_AGAIN, 100)),
            LANDED,
            orders=(order(status="BOUNCED"), order(key=f"{LETTER}/TRANSFER/2", made_in=7)),
        ),
        money(orders=(), endings=(replace(ENDED, amount_fen=0),)),  # a relation without money
        money(LANDED, localities=(HOME,), orders=(), endings=()),  # the origin is not checked
        money(orders=(order(status="VOID"),), endings=()),  # taken back before it counted
    ],
    ids=["landed", "flight", "money", "table", "again", "nothing", "alone", "void"],
)
def test_a_lawful_moment_has_no_violation(lawful: Money) -> None:
    assert check_money(lawful) == []


def forged(base: Book, number: int, *lines: Posting) -> Book:
    entries = list(base.entries)
    entries[number] = replace(entries[number], postings=lines)
    return replace(base, entries=tuple(entries))


BROKEN: list[tuple[str, str, Callable[[], Money]]] = [
    (
        "P1",
        "借贷不平",
        lambda: money(forged(SENT, 0, Posting(Account.IN_TRANSIT, 100)), LANDED),
    ),
    (
        "P1",
        "与凭证推算的不一致",
        lambda: money(
            SENT,
            forged(LANDED, 2, Posting(Account.SUSPENSE, -90), Posting(Account.CREDITED, 90)),
        ),
    ),
    ("P1", "在途资金为负", lambda: money(book((K.SENT, 90)), LANDED)),
    ("P1", "在途资金为负", lambda: money(book((K.SENT, 100), (K.BOUNCED, 100)), LANDED)),
    ("P1", "在途资金为负", lambda: money(LANDED, orders=(), endings=())),
    (
        "P2",
        "信息表为100分",
        lambda: money(SENT, book((K.ANNOUNCED, 100), (K.ARRIVED, 100), (K.MATCHED, 90), start=10)),
    ),
    (
        "P2",
        "到账60分",
        lambda: money(
            SENT,
            replace(
                LANDED,
                entries=tuple(
                    replace(one, fact=replace(one.fact, amount_fen=60))
                    if one.fact.kind is K.ARRIVED
                    else one
                    for one in LANDED.entries
                ),
            ),
        ),
    ),
    (
        "P2",
        "信息表为未到",
        lambda: money(SENT, replace(LANDED, entries=LANDED.entries[1:])),
    ),
    (
        "P2",
        "尚未查明所属",
        lambda: money(replace(LANDED, letter_no="UNKNOWN:ZH-01:1"), orders=(), endings=()),
    ),
    ("P4", "没有终止关系的登记", lambda: money(SENT, endings=())),
    ("P4", "不在同一步", lambda: money(SENT, endings=(replace(ENDED, table_in=4),))),
    ("P4", "没有下达划款指令", lambda: money(SENT, orders=())),
    ("P4", "没有下达划款指令", lambda: money(SENT, orders=(order(made_in=5),))),
    ("P4", "金额不一致", lambda: money(SENT, orders=(order(amount_fen=99),))),
    ("P4", "没有按信息表金额记账", lambda: money()),
    (
        "P4",
        "关系未终止",
        lambda: money(SENT, endings=(replace(ENDED, ended_in=None, table_in=None),)),
    ),
    ("P4", "无资金可转", lambda: money(orders=(order(),), endings=(replace(ENDED, amount_fen=0),))),
    (
        "P6",
        "2笔有效划款",
        lambda: money(SENT, orders=(order(), order(key=f"{LETTER}/TRANSFER/2", status="SENT"))),
    ),
    (
        "P6",
        "登记了2次划出",
        lambda: money(replace(SENT, entries=(*SENT.entries, *SENT.entries))),
    ),
]


@pytest.mark.parametrize(("invariant", "said", "damaged"), BROKEN)
def test_a_damaged_fact_is_caught_and_named(
    invariant: str, said: str, damaged: Callable[[], Money]
) -> None:
    found = check_money(damaged())
    assert [one for one in found if one.invariant == invariant and said in one.text]
    for one in found:
        assert one.text.endswith("。")
        assert one.locality in (HOME, ORIGIN)


def test_every_rule_of_money_has_a_damaged_example() -> None:
    assert {code for code, _, _ in MONEY_RULES} == {code for code, _, _ in BROKEN}
