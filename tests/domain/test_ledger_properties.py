"""No order of arrivals, repetitions or corrections changes where the money of a letter ends."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.accounts import SIDE_OF, Account, EntryKind, Side
from domain.conservation import conservation
from domain.ledger import (
    Entry,
    Fact,
    Standing,
    balances,
    difference,
    position,
    postings,
)

NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
FEN = st.integers(1, 10_000_000)


class Books:
    """Both localities' books of a letter; a key that is known has no second effect."""

    def __init__(self) -> None:
        self.entries: dict[Side, list[Entry]] = {side: [] for side in Side}
        self._seen: set[str] = set()
        self._minutes = 0

    def tell(self, key: str, fact: Fact) -> None:
        if key in self._seen:
            return
        self._seen.add(key)
        self._minutes += 1
        book = self.entries[SIDE_OF[fact.kind]]
        made = postings(Standing(entry.fact for entry in book), fact)
        at = NOW + timedelta(minutes=self._minutes)
        book.append(Entry(key=key, fact=fact, postings=made, at=at))

    def both(self) -> dict[Account, int]:
        return balances([*self.entries[Side.ORIGIN], *self.entries[Side.DESTINATION]])

    def problems(self) -> tuple[str, ...]:
        """What conservation says; told in this order, the transit was never below zero."""
        assert self.both()[Account.IN_TRANSIT] >= 0
        return conservation("L-01", self.entries[Side.ORIGIN], self.entries[Side.DESTINATION])


@st.composite
def stories(draw: st.DrawFn) -> tuple[Fact, list[tuple[str, Fact]]]:
    """A remittance and what follows: pieces, a duplicate, a surplus, two tables, a loss."""
    pieces = draw(st.lists(FEN, min_size=1, max_size=4))
    sent = sum(pieces) + draw(st.integers(0, 1000))
    arrivals = [*pieces, *draw(st.lists(FEN, max_size=2))]
    facts = [
        (f"bank:{number}", Fact(kind=EntryKind.ARRIVED, amount_fen=fen))
        for number, fen in enumerate(arrivals)
    ]
    wrong = draw(st.integers(0, sent))
    facts.append(("table-1", Fact(kind=EntryKind.ANNOUNCED, amount_fen=wrong, version=1)))
    facts.append(("table-2", Fact(kind=EntryKind.ANNOUNCED, amount_fen=sent, version=2)))
    lost = draw(st.integers(1, 2000))
    facts.append(("loss", Fact(kind=EntryKind.WRITTEN_OFF, amount_fen=lost)))
    return Fact(kind=EntryKind.SENT, amount_fen=sent), facts


@given(stories(), st.data())
def test_every_order_and_repetition_ends_alike_and_conserves_at_each_step(
    story: tuple[Fact, list[tuple[str, Fact]]], data: st.DataObject
) -> None:
    sent, facts = story
    plain, mixed = Books(), Books()
    for books in (plain, mixed):
        books.tell("sent", sent)
    for key, fact in facts:
        plain.tell(key, fact)
    told = data.draw(st.permutations([*facts, *facts]))
    for key, fact in told:
        mixed.tell(key, fact)
        assert mixed.problems() == ()
    assert mixed.both() == plain.both()


@given(FEN, st.lists(FEN, min_size=1, max_size=4), st.data())
def test_corrections_in_any_order_of_the_arrivals_credit_the_newest_table(
    total: int, surplus: list[int], data: st.DataObject
) -> None:
    """The table is right only in its second version; what it says stays credited."""
    right = data.draw(st.integers(0, total))
    books = Books()
    books.tell("sent", Fact(kind=EntryKind.SENT, amount_fen=total))
    books.tell("table-1", Fact(kind=EntryKind.ANNOUNCED, amount_fen=total))
    books.tell("bank:0", Fact(kind=EntryKind.ARRIVED, amount_fen=total))
    books.tell("match", Fact(kind=EntryKind.MATCHED, amount_fen=total))
    later = [
        ("table-2", Fact(kind=EntryKind.ANNOUNCED, amount_fen=right, version=2)),
        ("correct", Fact(kind=EntryKind.CORRECTED, amount_fen=right, version=2)),
        *(
            (f"bank:{n}", Fact(kind=EntryKind.ARRIVED, amount_fen=fen))
            for n, fen in enumerate(surplus, 1)
        ),
    ]
    for key, fact in data.draw(st.permutations(later)):
        books.tell(key, fact)
        assert books.problems() == ()
    found = books.both()
    assert found[Account.CREDITED] == right
    assert found[Account.SUSPENSE] == total - right + sum(surplus)


@given(FEN, st.integers(1, 5), st.data())
def test_bounces_and_new_attempts_lose_nothing(
    total: int, attempts: int, data: st.DataObject
) -> None:
    """The money comes to rest in the end, however often the bank sent it back."""
    books = Books()
    books.tell("sent", Fact(kind=EntryKind.SENT, amount_fen=total))
    books.tell("table", Fact(kind=EntryKind.ANNOUNCED, amount_fen=total))
    for attempt in range(attempts):
        books.tell(f"bounce-{attempt}", Fact(kind=EntryKind.BOUNCED, amount_fen=total))
        books.tell(f"again-{attempt}", Fact(kind=EntryKind.SENT_AGAIN, amount_fen=total))
        assert books.problems() == ()
    pieces = data.draw(st.integers(0, total))
    for number, fen in enumerate(piece for piece in (pieces, total - pieces) if piece):
        books.tell(f"bank:{number}", Fact(kind=EntryKind.ARRIVED, amount_fen=fen))
    books.tell("match", Fact(kind=EntryKind.MATCHED, amount_fen=total))
    assert books.problems() == ()
    found = {account: fen for account, fen in books.both().items() if fen}
    assert found == {Account.RELATION: -total, Account.CREDITED: total}


@given(stories(), st.integers(0, 8))
def test_undoing_an_entry_leads_to_where_the_others_alone_lead(
    story: tuple[Fact, list[tuple[str, Fact]]], index: int
) -> None:
    facts = [fact for _, fact in story[1]]
    gone = index % len(facts)
    rest = [fact for number, fact in enumerate(facts) if number != gone]
    before, after = position(Standing(facts)), position(Standing(rest))
    undone = dict(before)
    for posting in difference(before, after):
        undone[posting.account] += posting.amount_fen
    assert undone == after
    assert sum(posting.amount_fen for posting in difference(before, after)) == 0
