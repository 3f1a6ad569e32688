"""Double entry for the money of one letter (联系函): what each kind of entry does to the accounts.

Used by storage/ledger.py while it posts, by the reconciliation and by the invariants. The balances
of a book are a function of the totals of its facts; an entry posts the difference it makes. So no
order of arrivals, corrections or bounces, and no repetition, changes where the money ends.

Sources: docs/rules.md D P1, P2, P6 (money in flight is an account); A0 rule 2 (money and table
arrive in either order). Amounts are integer fen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.accounts import ACCOUNT_LABELS, BANK_FACTS, WORDS, Account, EntryKind
from domain.errors import DomainError


class LedgerProblem(StrEnum):
    """Why an entry is refused."""

    SENT_ALREADY = "SENT_ALREADY"
    NOT_ENOUGH = "NOT_ENOUGH"
    NOT_ANNOUNCED = "NOT_ANNOUNCED"
    BAD_AMOUNT = "BAD_AMOUNT"


@dataclass(frozen=True, slots=True)
class Posting:
    """One line of an entry: signed fen on an account."""

    account: Account
    amount_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing that happened to a letter's money. ``version``: of the table it speaks of."""

    kind: EntryKind
    amount_fen: int
    version: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A fact as a book keeps it, with the postings made for it.

    ``undone``: the fact was taken back, or this entry takes one back; its postings still count.
    """

    key: str
    fact: Fact
    postings: tuple[Posting, ...]
    at: datetime
    undone: bool = False


class Standing:
    """The totals of one book for one letter; a pure value over the facts given."""

    __slots__ = ("_facts",)

    def __init__(self, facts: Iterable[Fact] = ()) -> None:
        self._facts = tuple(facts)

    def after(self, fact: Fact) -> Standing:
        """The totals once this fact is known too."""
        return Standing((*self._facts, fact))

    def total(self, *kinds: EntryKind) -> int:
        """The sum over the facts of these kinds, in fen."""
        return sum(fact.amount_fen for fact in self._facts if fact.kind in kinds)

    def latest(self, *kinds: EntryKind) -> int | None:
        """The total that the newest version states, or None: an old table that comes late loses."""
        stated = [fact for fact in self._facts if fact.kind in kinds]
        if not stated:
            return None
        newest = max(fact.version for fact in stated)
        return [fact for fact in stated if fact.version == newest][-1].amount_fen

    def newest(self, kind: EntryKind) -> int:
        """The highest version of a table that an entry of this kind speaks of, 0 without any."""
        return max((fact.version for fact in self._facts if fact.kind is kind), default=0)

    @property
    def announced(self) -> int | None:
        """What the origin says it remitted, in fen."""
        return self.latest(EntryKind.ANNOUNCED)

    @property
    def arrived(self) -> int:
        """What the bank brought, in fen."""
        return self.total(EntryKind.ARRIVED)

    @property
    def credited(self) -> int:
        """What is booked to the person, in fen."""
        return self.latest(EntryKind.MATCHED, EntryKind.CORRECTED) or 0


def position(standing: Standing) -> dict[Account, int]:
    """The balances that follow from the totals; they add up to zero."""
    total = standing.total
    left = total(EntryKind.SENT, EntryKind.SENT_AGAIN)
    bounced = total(EntryKind.BOUNCED)
    restored, settled = total(EntryKind.RESTORED), total(EntryKind.BANK_SETTLED)
    back = total(EntryKind.RETURN_SENT)
    back_bounced = total(EntryKind.RETURN_BOUNCED)
    found = dict.fromkeys(Account, 0)
    found[Account.RELATION] = restored - total(EntryKind.SENT)
    found[Account.RETURNED] = (
        bounced - total(EntryKind.SENT_AGAIN) - restored - settled + total(EntryKind.RETURN_ARRIVED)
    )
    found[Account.SUSPENSE] = (
        standing.arrived - standing.credited - back + back_bounced - total(EntryKind.REASSIGNED)
    )
    found[Account.CREDITED] = standing.credited
    found[Account.UNANNOUNCED] = total(EntryKind.REASSIGNED)
    found[Account.BANK_ERROR] = settled
    over, back_over = total(EntryKind.OVEREXECUTED), total(EntryKind.RETURN_OVEREXECUTED)
    for out, came_back, extra in ((left, bounced, over), (back, back_bounced, back_over)):
        # What the bank took by mistake comes back first; more than left is its error as well.
        cleared = min(out, max(0, came_back - extra))
        found[Account.IN_TRANSIT] += out - cleared
        found[Account.BANK_ERROR] -= came_back - cleared
    paid = total(EntryKind.PAID_OUT)
    reached = min(paid, max(0, found[Account.IN_TRANSIT]))
    found[Account.CREDITED] += paid
    found[Account.IN_TRANSIT] -= reached
    found[Account.BANK_ERROR] -= paid - reached
    _receive(found, standing.announced, standing.arrived, total(EntryKind.WRITTEN_OFF))
    _receive(found, standing.latest(EntryKind.RETURN_ANNOUNCED), total(EntryKind.RETURN_ARRIVED), 0)
    return found


def postings(before: Standing, fact: Fact) -> tuple[Posting, ...]:
    """What the fact posts; empty where it moves nothing. Raises DomainError where it may not be.

    A correction shows both halves: what stood is reversed, and the new total is booked.
    """
    _refuse(before, fact)
    old, new = position(before), position(before.after(fact))
    _refuse_overdraft(fact, old, new)
    if fact.kind is EntryKind.CORRECTED:
        was, is_now = old[Account.CREDITED], new[Account.CREDITED]
        return (
            Posting(Account.CREDITED, -was),
            Posting(Account.SUSPENSE, was),
            Posting(Account.SUSPENSE, -is_now),
            Posting(Account.CREDITED, is_now),
        )
    return difference(old, new)


def difference(old: Mapping[Account, int], new: Mapping[Account, int]) -> tuple[Posting, ...]:
    """The postings that lead from one position to another."""
    return tuple(
        Posting(account, new[account] - old[account])
        for account in Account
        if new[account] != old[account]
    )


def standing_of(entries: Iterable[Entry]) -> Standing:
    """The totals that these entries of one book tell, without those taken back."""
    return Standing(entry.fact for entry in entries if not entry.undone)


def balances(entries: Iterable[Entry]) -> dict[Account, int]:
    """The balance of every account over these entries, of one book or of both."""
    found = dict.fromkeys(Account, 0)
    for entry in entries:
        for posting in entry.postings:
            found[posting.account] += posting.amount_fen
    return found


def _receive(found: dict[Account, int], announced: int | None, arrived: int, lost: int) -> None:
    """Take arrivals out of what is in flight, up to the announced sum; more is a bank error."""
    if announced is None:
        found[Account.UNANNOUNCED] -= arrived
        return
    cleared = min(arrived, announced)
    # Money written off that comes after all lessens the loss, in whichever order it is told.
    written = min(lost, announced - cleared)
    found[Account.IN_TRANSIT] -= cleared + written
    found[Account.BANK_ERROR] += written - (arrived - cleared)


def _refuse(before: Standing, fact: Fact) -> None:
    if fact.amount_fen < 0 or (fact.amount_fen == 0 and fact.kind in BANK_FACTS):
        raise DomainError(LedgerProblem.BAD_AMOUNT, "金额应为正数（单位：分），请核对后重新登记。")
    if fact.kind is EntryKind.SENT and before.newest(EntryKind.SENT) >= fact.version:
        raise DomainError(
            LedgerProblem.SENT_ALREADY,
            "本函已经划转过资金；补划差额请出具更正函，退汇的请按原函重汇。",
        )
    if fact.kind in (EntryKind.MATCHED, EntryKind.CORRECTED) and before.announced is None:
        raise DomainError(
            LedgerProblem.NOT_ANNOUNCED, "尚未收到转出地的信息表，资金请先挂账，表到后再入账。"
        )


def _refuse_overdraft(fact: Fact, old: Mapping[Account, int], new: Mapping[Account, int]) -> None:
    if fact.kind in BANK_FACTS or fact.kind in WORDS:
        return
    for account in (Account.SUSPENSE, Account.RETURNED, Account.CREDITED):
        if new[account] < 0 and new[account] < old[account]:
            raise DomainError(
                LedgerProblem.NOT_ENOUGH,
                f"{ACCOUNT_LABELS[account]}不足，本笔不能登记；请核对到账金额后再办。",
            )
    if new[Account.RELATION] > 0:
        raise DomainError(LedgerProblem.NOT_ENOUGH, "恢复的金额多于本函划出的金额；请核对后再办。")
