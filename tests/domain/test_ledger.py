"""Where the fen of one letter stand, step by step; each expectation is worked out by hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from domain.accounts import Account, EntryKind
from domain.conservation import conservation
from domain.errors import DomainError
from domain.ledger import (
    Entry,
    Fact,
    LedgerProblem,
    Posting,
    Standing,
    balances,
    position,
    postings,
)

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
TRANSIT, SUSPENSE, CREDITED = Account.IN_TRANSIT, Account.SUSPENSE, Account.CREDITED
RETURNED, BANK, RELATION = Account.RETURNED, Account.BANK_ERROR, Account.RELATION


def book(*facts: tuple[EntryKind, int] | tuple[EntryKind, int, int]) -> list[Entry]:
    """A book in which these facts happened a minute apart."""
    entries: list[Entry] = []
    standing = Standing()
    for number, (kind, amount, *version) in enumerate(facts):
        fact = Fact(kind=kind, amount_fen=amount, version=version[0] if version else 1)
        entries.append(
            Entry(
                key=f"{kind}-{number}",
                fact=fact,
                postings=postings(standing, fact),
                at=NOW + timedelta(minutes=number),
            )
        )
        standing = standing.after(fact)
    return entries


def stands(*facts: tuple[EntryKind, int] | tuple[EntryKind, int, int]) -> dict[Account, int]:
    """The balances that are not zero."""
    return {account: fen for account, fen in balances(book(*facts)).items() if fen}


def test_a_remittance_leaves_the_relation_and_is_in_flight() -> None:
    assert stands((EntryKind.SENT, 2_064_000)) == {RELATION: -2_064_000, TRANSIT: 2_064_000}


def test_a_bounced_remittance_is_back_and_may_leave_again_once() -> None:
    bounced = ((EntryKind.SENT, 100), (EntryKind.BOUNCED, 100))
    assert stands(*bounced) == {RELATION: -100, RETURNED: 100}
    assert stands(*bounced, (EntryKind.SENT_AGAIN, 100)) == {RELATION: -100, TRANSIT: 100}
    with pytest.raises(DomainError) as refused:
        stands(*bounced, (EntryKind.SENT_AGAIN, 100), (EntryKind.SENT_AGAIN, 100))
    assert refused.value.code is LedgerProblem.NOT_ENOUGH


def test_a_second_remittance_of_a_letter_is_refused() -> None:
    with pytest.raises(DomainError) as refused:
        stands((EntryKind.SENT, 100), (EntryKind.SENT, 1))
    assert refused.value.code is LedgerProblem.SENT_ALREADY


def test_money_before_its_table_waits_unannounced_and_is_recognised_with_it() -> None:
    assert stands((EntryKind.ARRIVED, 100)) == {SUSPENSE: 100, Account.UNANNOUNCED: -100}
    assert stands((EntryKind.ARRIVED, 100), (EntryKind.ANNOUNCED, 100)) == {
        SUSPENSE: 100,
        TRANSIT: -100,
    }


@pytest.mark.parametrize(
    ("arrivals", "expected"),
    [
        # 100 announced, 60 came: 40 are still in flight.
        ((60,), {SUSPENSE: 60, TRANSIT: -60}),
        # 60 and then 40: all of it came.
        ((60, 40), {SUSPENSE: 100, TRANSIT: -100}),
        # The bank executed twice: 100 belong to the bank.
        ((100, 100), {SUSPENSE: 200, TRANSIT: -100, BANK: -100}),
        # 107 came where 100 were instructed: 7 belong to the bank.
        ((107,), {SUSPENSE: 107, TRANSIT: -100, BANK: -7}),
    ],
)
def test_only_what_was_announced_leaves_the_transit(
    arrivals: tuple[int, ...], expected: dict[Account, int]
) -> None:
    came = [(EntryKind.ARRIVED, fen) for fen in arrivals]
    assert stands((EntryKind.ANNOUNCED, 100), *came) == expected
    assert stands(*came, (EntryKind.ANNOUNCED, 100)) == expected


def test_short_money_written_off_is_owed_by_the_bank_until_it_comes_after_all() -> None:
    short = ((EntryKind.ANNOUNCED, 100), (EntryKind.ARRIVED, 90), (EntryKind.WRITTEN_OFF, 10))
    assert stands(*short) == {SUSPENSE: 90, TRANSIT: -100, BANK: 10}
    assert stands(*short, (EntryKind.ARRIVED, 10)) == {SUSPENSE: 100, TRANSIT: -100}


def test_credit_needs_the_table_and_the_money() -> None:
    with pytest.raises(DomainError) as early:
        stands((EntryKind.ARRIVED, 100), (EntryKind.MATCHED, 100))
    assert early.value.code is LedgerProblem.NOT_ANNOUNCED
    with pytest.raises(DomainError) as short:
        stands((EntryKind.ANNOUNCED, 100), (EntryKind.ARRIVED, 90), (EntryKind.MATCHED, 100))
    assert short.value.code is LedgerProblem.NOT_ENOUGH
    assert stands(
        (EntryKind.ANNOUNCED, 100), (EntryKind.ARRIVED, 100), (EntryKind.MATCHED, 100)
    ) == {CREDITED: 100, TRANSIT: -100}


def test_a_correction_shows_the_reversal_and_the_new_booking() -> None:
    entries = book(
        (EntryKind.ANNOUNCED, 100),
        (EntryKind.ARRIVED, 100),
        (EntryKind.MATCHED, 100),
        (EntryKind.ANNOUNCED, 80, 2),
        (EntryKind.CORRECTED, 80, 2),
    )
    assert entries[-1].postings == (
        Posting(CREDITED, -100),
        Posting(SUSPENSE, 100),
        Posting(SUSPENSE, -80),
        Posting(CREDITED, 80),
    )
    # 80 credited; 20 wait to go back; the newest word is that 80 were remitted.
    found = balances(entries)
    assert (found[CREDITED], found[SUSPENSE], found[TRANSIT], found[BANK]) == (80, 20, -80, -20)


def test_a_surplus_travels_back_and_settles_the_bank_s_error() -> None:
    origin = book(
        (EntryKind.SENT, 100),
        (EntryKind.RETURN_ANNOUNCED, 100),
        (EntryKind.RETURN_ARRIVED, 100),
        (EntryKind.BANK_SETTLED, 100),
    )
    destination = book(
        (EntryKind.ANNOUNCED, 100),
        (EntryKind.ARRIVED, 100),
        (EntryKind.ARRIVED, 100),
        (EntryKind.MATCHED, 100),
        (EntryKind.RETURN_SENT, 100),
    )
    both = balances([*origin, *destination])
    assert {account: fen for account, fen in both.items() if fen} == {RELATION: -100, CREDITED: 100}


def test_a_return_that_bounces_waits_in_suspense_again() -> None:
    assert stands(
        (EntryKind.ANNOUNCED, 100),
        (EntryKind.ARRIVED, 120),
        (EntryKind.RETURN_SENT, 20),
        (EntryKind.RETURN_BOUNCED, 20),
    ) == {SUSPENSE: 120, TRANSIT: -100, BANK: -20}


def test_a_restored_relation_has_its_money_back_and_not_more() -> None:
    bounced = ((EntryKind.SENT, 100), (EntryKind.BOUNCED, 100))
    assert stands(*bounced, (EntryKind.RESTORED, 100)) == {}
    with pytest.raises(DomainError):
        stands(*bounced, (EntryKind.BOUNCED, 50), (EntryKind.RESTORED, 150))


def test_a_bounce_larger_than_what_left_is_the_bank_s_to_explain() -> None:
    assert stands((EntryKind.SENT, 100), (EntryKind.BOUNCED, 130)) == {
        RELATION: -100,
        RETURNED: 130,
        BANK: -30,
    }


def test_unknown_money_that_found_its_letter_leaves_nothing_behind() -> None:
    assert stands((EntryKind.ARRIVED, 100), (EntryKind.REASSIGNED, 100)) == {}


@pytest.mark.parametrize("amount", [-1, 0])
def test_the_bank_moves_no_less_than_a_fen(amount: int) -> None:
    with pytest.raises(DomainError) as refused:
        stands((EntryKind.ARRIVED, amount))
    assert refused.value.code is LedgerProblem.BAD_AMOUNT


def test_a_late_old_table_does_not_replace_the_corrected_one() -> None:
    late = Standing(
        (
            Fact(kind=EntryKind.ANNOUNCED, amount_fen=90, version=2),
            Fact(kind=EntryKind.ANNOUNCED, amount_fen=100, version=1),
        )
    )
    assert late.announced == 90
    assert sum(position(late).values()) == 0


def test_conservation_names_an_entry_that_does_not_balance() -> None:
    (entry,) = book((EntryKind.SENT, 100))
    damaged = Entry(key=entry.key, fact=entry.fact, postings=entry.postings[:1], at=entry.at)
    assert conservation("L-01", [entry], []) == ()
    assert any("借贷不平" in problem for problem in conservation("L-01", [damaged], []))


def test_conservation_finds_money_that_both_arrived_and_bounced() -> None:
    origin = book((EntryKind.SENT, 100), (EntryKind.BOUNCED, 100))
    destination = book((EntryKind.ANNOUNCED, 100), (EntryKind.ARRIVED, 100))
    assert any("在途资金为负" in said for said in conservation("L-01", origin, destination))


def test_conservation_finds_a_suspense_that_was_overdrawn() -> None:
    entries = [
        *book((EntryKind.SENT, 100)),
        Entry(
            key="forged",
            fact=Fact(kind=EntryKind.MATCHED, amount_fen=100),
            postings=(Posting(SUSPENSE, -100), Posting(CREDITED, 100)),
            at=NOW + timedelta(hours=1),
        ),
    ]
    assert any("挂账资金为负" in said for said in conservation("L-01", entries, []))


def test_one_of_two_executions_that_bounces_is_the_bank_s_repair() -> None:
    """The other one arrived: nothing of the letter's money is back at the sender."""
    origin = book(
        (EntryKind.SENT, 100),
        (EntryKind.OVEREXECUTED, 100),
        (EntryKind.BOUNCED, 100),
        (EntryKind.BANK_SETTLED, 100),
    )
    destination = book(
        (EntryKind.ANNOUNCED, 100), (EntryKind.ARRIVED, 100), (EntryKind.MATCHED, 100)
    )
    assert conservation("L-01", origin, destination) == ()
    both = balances([*origin, *destination])
    assert {account: fen for account, fen in both.items() if fen} == {RELATION: -100, CREDITED: 100}


def test_clocks_that_disagree_are_no_loss_but_an_impossible_order_is() -> None:
    """The receiver's clock is behind; only money that came and went before it was sent is wrong."""
    sent = book((EntryKind.SENT, 100))
    early = [
        Entry(key=one.key, fact=one.fact, postings=one.postings, at=one.at - timedelta(days=9))
        for one in book((EntryKind.ANNOUNCED, 100), (EntryKind.ARRIVED, 100))
    ]
    assert conservation("L-01", sent, early) == ()

    def moves(key: str, fen: int) -> Entry:
        return Entry(
            key=key,
            fact=Fact(kind=EntryKind.SENT, amount_fen=abs(fen)),
            postings=(Posting(TRANSIT, fen), Posting(BANK, -fen)),
            at=NOW,
        )

    backwards = [moves("first", -50), moves("then", 150)]
    waiting = [moves("arrived", -100)]
    assert any("曾为负" in said for said in conservation("L-01", backwards, waiting))
    assert conservation("L-01", [moves("first", 100), moves("then", -100)], []) == ()


def test_money_that_the_bank_paid_out_is_the_persons_and_no_longer_in_flight() -> None:
    paid = ((EntryKind.SENT, 100), (EntryKind.PAID_OUT, 100))
    assert stands(*paid) == {RELATION: -100, CREDITED: 100}
    bounced = ((EntryKind.SENT, 100), (EntryKind.BOUNCED, 100), (EntryKind.SENT_AGAIN, 100))
    assert stands(*bounced, (EntryKind.PAID_OUT, 100)) == {RELATION: -100, CREDITED: 100}


def test_what_the_bank_paid_out_above_the_order_is_its_own_error() -> None:
    paid = ((EntryKind.SENT, 100), (EntryKind.PAID_OUT, 130))
    assert stands(*paid) == {RELATION: -100, CREDITED: 130, BANK: -30}
