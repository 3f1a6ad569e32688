"""P1, P2, P4 and P6: the money of every letter over both localities' books and orders.

Sources: docs/rules.md D. P3, P5, P7 and P8 are judged where relations are registered.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from domain.accounts import SIDE_OF, Account, EntryKind, Side
from domain.conservation import conservation
from domain.invariants.facts import Found, Violation
from domain.ledger import Entry, Standing, balances, position, standing_of

_UNKNOWN = "UNKNOWN:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """One locality's entries for one letter, in the order in which they were booked.

    ``made_in``: the step of ``case_no`` that booked an entry, by its key; a bank's line has none.
    ``peer``: the other locality, whose book must be among those checked to judge the transit.
    """

    locality: str
    peer: str | None
    letter_no: str
    case_no: str | None
    entries: tuple[Entry, ...]
    made_in: dict[str, int]

    @property
    def side(self) -> Side | None:
        """Whose book it is; None for an empty one."""
        return SIDE_OF[self.entries[0].fact.kind] if self.entries else None

    def broken(self, invariant: str, text: str) -> Violation:
        """A violation found in this book."""
        return Violation(invariant, self.locality, self.case_no, text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Remittance:
    """An order to the bank; ``made_in``: the step of its case that gave it."""

    locality: str
    case_no: str
    key: str
    letter_no: str
    purpose: str
    amount_fen: int
    status: str
    made_in: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """What the origin's ending act says: in which step the relation ended and the table left.

    ``amount_fen``: what the table says is remitted; 0 where no money moves.
    """

    locality: str
    case_no: str
    letter_no: str
    ended_in: int | None
    table_in: int | None
    amount_fen: int


@dataclass(frozen=True, kw_only=True)
class Money:
    """The money of ``localities`` at one moment. Read the receiving side's books first: what it
    has got must have been sent.
    """

    localities: frozenset[str]
    books: tuple[Book, ...]
    remittances: tuple[Remittance, ...]
    endings: tuple[Ending, ...]

    @cached_property
    def by_letter(self) -> dict[str, list[Book]]:
        """The books of each letter."""
        found: dict[str, list[Book]] = defaultdict(list)
        for book in self.books:
            found[book.letter_no].append(book)
        return found

    @cached_property
    def ordered(self) -> dict[str, list[Remittance]]:
        """The orders of each letter that stand."""
        found: dict[str, list[Remittance]] = defaultdict(list)
        for one in self.remittances:
            if one.status != "VOID":
                found[one.letter_no].append(one)
        return found


def money_is_conserved(money: Money) -> Found:
    """P1: sent = credited + suspense + returned, in flight and bank errors being accounts."""
    for letter_no, books in money.by_letter.items():
        for book in books:
            if balances(book.entries) != position(standing_of(book.entries)):
                yield book.broken(
                    "P1", f"函 {letter_no} 的账户余额与凭证推算的不一致；请逐笔核对。"
                )
        origin = [book for book in books if book.side is Side.ORIGIN]
        destination = [book for book in books if book.side is Side.DESTINATION]
        sent = [entry for book in origin for entry in book.entries]
        came = [entry for book in destination for entry in book.entries]
        for text in conservation(letter_no, sent, came):
            # Without the sender's book what arrived seems to come from nowhere.
            absent = not origin and books[0].peer not in money.localities
            if absent and "在途" in text:
                continue
            yield books[0].broken("P1", text)


def credit_needs_table_and_funds(money: Money) -> Found:
    """P2: what is credited is what the table announced, and it has arrived, at every booking."""
    for book in money.books:
        standing = Standing()
        for entry in book.entries:
            if entry.undone:
                continue
            standing = standing.after(entry.fact)
            if entry.fact.kind not in (EntryKind.MATCHED, EntryKind.CORRECTED):
                continue
            if standing.credited not in _sums_of_the_table(standing):
                yield book.broken(
                    "P2",
                    f"函 {book.letter_no} 入账{standing.credited}分，"
                    f"信息表为{_fen(standing.announced)}；请更正入账。",
                )
            if standing.credited > standing.arrived:
                yield book.broken(
                    "P2",
                    f"函 {book.letter_no} 入账{standing.credited}分，"
                    f"到账{standing.arrived}分；请更正入账。",
                )


def ending_table_and_order_are_one_act(money: Money) -> Found:
    """P4: relation ended, table issued, remittance ordered and booked in one step, or none."""
    endings = {(one.locality, one.letter_no): one for one in money.endings}
    for one in money.endings:
        yield from _ending(money, one)
    for book in money.books:
        if book.side is not Side.ORIGIN or (book.locality, book.letter_no) in endings:
            continue
        if standing_of(book.entries).total(EntryKind.SENT):
            yield book.broken(
                "P4", f"函 {book.letter_no} 已划转资金，但没有终止关系的登记；请核对。"
            )


def one_successful_remittance(money: Money) -> Found:
    """P6: each letter has at most one remittance of a purpose that is alive or done."""
    for letter_no, orders in money.ordered.items():
        by_purpose: dict[tuple[str, str], list[Remittance]] = defaultdict(list)
        for order in orders:
            if order.status != "BOUNCED":
                by_purpose[order.locality, order.purpose].append(order)
        for (locality, _), alive in by_purpose.items():
            if len(alive) > 1:
                keys = "、".join(sorted(order.key for order in alive))
                yield Violation(
                    "P6",
                    locality,
                    alive[0].case_no,
                    f"函 {letter_no} 有{len(alive)}笔有效划款（{keys}）；请立即止付多余的。",
                )
    for book in money.books:
        sent = [
            entry
            for entry in book.entries
            if entry.fact.kind is EntryKind.SENT and not entry.undone
        ]
        # A newer table may send more after; under one table money leaves once.
        if len({entry.fact.version for entry in sent}) < len(sent):
            yield book.broken("P6", f"函 {book.letter_no} 登记了{len(sent)}次划出；请核对。")


def nothing_unknown_is_credited(money: Money) -> Found:
    """P2: money whose letter nobody knows stays in suspense."""
    for book in money.books:
        if book.letter_no.startswith(_UNKNOWN):
            found = balances(book.entries)
            if found[Account.CREDITED]:
                yield book.broken(
                    "P2", f"来款 {book.letter_no} 尚未查明所属，却已入账；请转回挂账。"
                )


def _ending(money: Money, one: Ending) -> Found:
    def broken(text: str) -> Violation:
        return Violation("P4", one.locality, one.case_no, f"函 {one.letter_no} {text}")

    if one.ended_in != one.table_in:
        yield broken("终止关系与出具信息表不在同一步；请核对办理记录。")
    orders = [
        order
        for order in money.ordered.get(one.letter_no, [])
        if order.locality == one.locality and order.purpose == "TRANSFER"
    ]
    books = [book for book in money.by_letter.get(one.letter_no, ()) if book.side is Side.ORIGIN]
    booked = {
        book.made_in.get(entry.key): entry.fact.amount_fen
        for book in books
        for entry in book.entries
        if entry.fact.kind is EntryKind.SENT and not entry.undone
    }
    if one.ended_in is None or one.amount_fen == 0:
        if orders or any(booked.values()):
            yield broken("关系未终止或无资金可转，却有划款；请立即止付。")
        return
    first = [order for order in orders if order.made_in == one.ended_in]
    if not first:
        yield broken("已终止关系，但同一步没有下达划款指令；请补划。")
    elif first[0].amount_fen != one.amount_fen:
        yield broken("划款指令与信息表金额不一致；请更正。")
    if booked.get(one.ended_in) != one.amount_fen:
        yield broken("终止关系的同一步没有按信息表金额记账；请核对。")


def _sums_of_the_table(standing: Standing) -> set[int]:
    """What the table may say: all that was remitted, less what it sends back or the bank lost.

    The word of the origin is what it remitted; a corrected table says less than that, and money
    that the bank lost was remitted twice.
    """
    if standing.announced is None:
        return set()
    whole = standing.announced - standing.total(EntryKind.WRITTEN_OFF)
    back = standing.total(EntryKind.RETURN_SENT) - standing.total(EntryKind.RETURN_BOUNCED)
    return {whole, whole - back}


def _fen(amount: int | None) -> str:
    return "未到" if amount is None else f"{amount}分"


MoneyRule = Callable[[Money], Iterator[Violation]]
#: The rules with their Chinese titles, in the order in which the check prints them.
MONEY_RULES: tuple[tuple[str, str, MoneyRule], ...] = (
    ("P1", "划出等于入账、挂账、退回与在途之和，分毫不差", money_is_conserved),
    ("P2", "表款相符方可入账", credit_needs_table_and_funds),
    ("P2", "来款不明的不入账", nothing_unknown_is_credited),
    ("P4", "终止关系、出具信息表与划款在同一步", ending_table_and_order_are_one_act),
    ("P6", "每函至多一笔成功划款", one_successful_remittance),
)


def check_money(money: Money) -> list[Violation]:
    """Every broken rule, each told once, in the order of the rules."""
    found = [violation for _, _, rule in MONEY_RULES for violation in rule(money)]
    return list(dict.fromkeys(found))
