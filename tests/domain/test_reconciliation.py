"""Each difference between ledger, letters, orders and statement is found, and named the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from domain.accounts import EntryKind
from domain.ledger import Entry, Fact, Posting, Standing, postings
from domain.reconciliation import differences
from domain.reconciliation_facts import (
    BankFact,
    Difference,
    DifferenceKind,
    OrderFact,
    Patience,
)

DAY = date(2026, 11, 23)
PATIENCE = Patience(execute_days=2, arrive_days=5, reorder_days=3)
LETTER = "home-1-01"
KEY = f"{LETTER}/TRANSFER/1"


def book(*facts: tuple[EntryKind, int]) -> list[Entry]:
    """Entries of one book, all of the first day."""
    standing, entries = Standing(), []
    for number, (kind, amount) in enumerate(facts):
        fact = Fact(kind=kind, amount_fen=amount)
        at = datetime(2026, 11, 23, 1, number, tzinfo=UTC)
        made = postings(standing, fact)
        entries.append(Entry(key=f"{kind}:{number}", fact=fact, postings=made, at=at))
        standing = standing.after(fact)
    return entries


def line(kind: str, amount: int, number: int = 1, **more: Any) -> BankFact:
    given = {"account": "ZH-01", "reference": KEY, "letter_no": LETTER, "known": True, **more}
    return BankFact(number=number, kind=kind, amount_fen=amount, **given)


def order(status: str = "EXECUTED", amount: int = 100) -> OrderFact:
    return OrderFact(
        key=KEY,
        letter_no=LETTER,
        purpose="TRANSFER",
        amount_fen=amount,
        status=status,
        ordered_on=DAY,
    )


def compare(
    entries: list[Entry],
    *,
    orders: tuple[OrderFact, ...] = (),
    bank: tuple[BankFact, ...] = (),
    letters: dict[str, int] | None = None,
    after: int = 0,
) -> tuple[Difference, ...]:
    return differences(
        {LETTER: entries} if entries else {},
        letters or {},
        orders,
        bank,
        today=DAY + timedelta(days=after),
        patience=PATIENCE,
    )


SENT = book((EntryKind.SENT, 100))
ANNOUNCED = book((EntryKind.ANNOUNCED, 100))
LANDED = book((EntryKind.ANNOUNCED, 100), (EntryKind.ARRIVED, 100), (EntryKind.MATCHED, 100))


def test_books_that_agree_have_no_difference_on_either_side() -> None:
    paid = (line("EXECUTED", 100),)
    assert compare(SENT, orders=(order(),), bank=paid, letters={LETTER: 100}, after=90) == ()
    came = (line("ARRIVED", 100),)
    assert compare(LANDED, bank=came, letters={LETTER: 100}, after=90) == ()


def test_waiting_within_the_policy_s_days_is_no_difference() -> None:
    assert compare(SENT, orders=(order("SENT"),), after=2) == ()
    assert compare(ANNOUNCED, after=5) == ()


@pytest.mark.parametrize(
    ("kind", "amount", "given"),
    [
        (DifferenceKind.NOT_EXECUTED, 100, {"orders": (order("SENT"),), "after": 3}),
        (
            DifferenceKind.EXECUTED_TWICE,
            100,
            {"orders": (order(),), "bank": (line("EXECUTED", 100), line("EXECUTED", 100, 2))},
        ),
        (
            DifferenceKind.AMOUNT_DIFFERS,
            -10,
            {"orders": (order(),), "bank": (line("EXECUTED", 90),)},
        ),
        (DifferenceKind.EXECUTED_UNKNOWN, 100, {"bank": (line("EXECUTED", 100),)}),
        (DifferenceKind.LETTER_DIFFERS, 20, {"letters": {LETTER: 80}}),
    ],
)
def test_a_difference_of_the_sender_is_found(
    kind: DifferenceKind, amount: int, given: dict[str, Any]
) -> None:
    (found,) = compare(SENT, **given)
    assert (found.kind, found.amount_fen, found.letter_no) == (kind, amount, LETTER)
    assert found.text.endswith("。") and found.remedy.endswith("。")


@pytest.mark.parametrize(
    ("kind", "amount", "arrivals", "after"),
    [
        (DifferenceKind.NOT_ARRIVED, -100, (), 6),
        (DifferenceKind.AMOUNT_DIFFERS, -40, (60,), 6),
        (DifferenceKind.AMOUNT_DIFFERS, 7, (107,), 0),
        (DifferenceKind.EXECUTED_TWICE, 100, (100, 100), 0),
    ],
)
def test_a_difference_of_the_receiver_is_found(
    kind: DifferenceKind, amount: int, arrivals: tuple[int, ...], after: int
) -> None:
    came = tuple(line("ARRIVED", fen, number) for number, fen in enumerate(arrivals, 1))
    entries = book((EntryKind.ANNOUNCED, 100), *((EntryKind.ARRIVED, fen) for fen in arrivals))
    (found,) = compare(entries, bank=came, after=after)
    assert (found.kind, found.amount_fen) == (kind, amount)


def test_a_surplus_that_was_sent_back_is_settled() -> None:
    entries = book((EntryKind.ANNOUNCED, 100), (EntryKind.ARRIVED, 107), (EntryKind.RETURN_SENT, 7))
    assert compare(entries, bank=(line("ARRIVED", 107),)) == ()


def test_money_without_its_table_is_told_after_the_patience() -> None:
    entries = book((EntryKind.ARRIVED, 100))
    assert compare(entries, bank=(line("ARRIVED", 100),), after=5) == ()
    (found,) = compare(entries, bank=(line("ARRIVED", 100),), after=6)
    assert found.kind is DifferenceKind.NOT_ANNOUNCED


def test_a_bounce_nobody_repeats_is_told_and_a_live_order_ends_it() -> None:
    entries = book((EntryKind.SENT, 100), (EntryKind.BOUNCED, 100))
    bank = (line("EXECUTED", 100), line("BOUNCED", 100, 2))
    (found,) = compare(entries, orders=(order("BOUNCED"),), bank=bank, after=4)
    assert found.kind is DifferenceKind.BOUNCED_NOT_REORDERED
    again = replace(order("SENT"), key=f"{LETTER}/TRANSFER/2", ordered_on=DAY + timedelta(days=4))
    assert compare(entries, orders=(order("BOUNCED"), again), bank=bank, after=4) == ()


def test_unknown_money_is_told_until_somebody_assigns_it() -> None:
    name = "UNKNOWN:ZH-01:1"
    came = line("ARRIVED", 100, letter_no=name, known=False, reference="样例附言")
    entries = {name: book((EntryKind.ARRIVED, 100))}
    (found,) = differences(entries, {}, (), (came,), today=DAY, patience=PATIENCE)
    assert found.kind is DifferenceKind.ARRIVED_UNKNOWN
    assigned = {
        name: book((EntryKind.ARRIVED, 100), (EntryKind.REASSIGNED, 100)),
        LETTER: LANDED,
    }
    moved = replace(came, letter_no=LETTER, known=True)
    assert differences(assigned, {}, (), (moved,), today=DAY, patience=PATIENCE) == ()


def test_money_written_off_stays_open_as_the_bank_s_debt() -> None:
    entries = book((EntryKind.ANNOUNCED, 100), (EntryKind.ARRIVED, 90), (EntryKind.WRITTEN_OFF, 10))
    (found,) = compare(entries, bank=(line("ARRIVED", 90),), after=30)
    assert (found.kind, found.amount_fen) == (DifferenceKind.BANK_OWES, 10)


def test_an_arrival_that_only_one_of_ledger_and_statement_knows_is_told() -> None:
    (missing,) = compare(LANDED)
    assert missing.kind is DifferenceKind.LEDGER_UNBALANCED
    unbooked = compare(ANNOUNCED, bank=(line("ARRIVED", 100),))
    assert [one.kind for one in unbooked] == [DifferenceKind.LEDGER_UNBALANCED]


def test_postings_that_do_not_follow_from_their_entry_are_told() -> None:
    forged = replace(SENT[0], postings=(*SENT[0].postings, Posting(SENT[0].postings[0].account, 1)))
    kinds = {one.kind for one in compare([forged])}
    assert DifferenceKind.LEDGER_UNBALANCED in kinds


def test_a_difference_has_the_same_key_every_day() -> None:
    days = [compare(ANNOUNCED, after=after)[0].key for after in (6, 7, 30)]
    assert len(set(days)) == 1
