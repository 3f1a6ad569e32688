"""P1, conservation: what two localities' histories of one letter's money must satisfy together.

Used by the invariants and by the tests of the ledger. Source: docs/rules.md D P1.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate

from domain.accounts import ACCOUNT_LABELS, Account
from domain.ledger import Entry, balances


def conservation(
    letter_no: str, origin: Sequence[Entry], destination: Sequence[Entry]
) -> tuple[str, ...]:
    """What breaks P1 in the two histories of a letter, in Chinese; empty where all is well.

    Each book is followed entry by entry: sent = credited + suspense + returned + in transit + bank
    error at every prefix. The clocks of two localities do not tell which came first, so that the
    transit, which is one account in two books, must be able to stay above zero in some order that
    keeps each book's own.
    """
    problems: list[str] = []
    for book in (origin, destination):
        problems += _prefixes(letter_no, book)
    both = balances([*origin, *destination])
    if both[Account.IN_TRANSIT] < 0:
        problems.append(
            f"函 {letter_no} 在途资金为负{-both[Account.IN_TRANSIT]}分，到账多于划出；"
            "请与银行对账。"
        )
    elif not _in_some_order(_transit(origin), _transit(destination)):
        problems.append(f"函 {letter_no} 在途资金曾为负，到账先于划出；请核对两地凭证的先后。")
    return tuple(dict.fromkeys(problems))


def _prefixes(letter_no: str, book: Sequence[Entry]) -> Iterator[str]:
    found = dict.fromkeys(Account, 0)
    for entry in book:
        for posting in entry.postings:
            found[posting.account] += posting.amount_fen
        if sum(posting.amount_fen for posting in entry.postings):
            yield (
                f"函 {letter_no} 的分录 {entry.key} 借贷不平，划出与入账、挂账、退回、在途、"
                "银行差错之和不等；请核对该笔凭证。"
            )
        for account in (Account.SUSPENSE, Account.CREDITED, Account.RETURNED):
            if found[account] < 0:
                yield (
                    f"函 {letter_no} 记至 {entry.key}：{ACCOUNT_LABELS[account]}为负"
                    f"{-found[account]}分；请核对。"
                )


def _transit(book: Sequence[Entry]) -> list[int]:
    """How much is in flight by this book alone, after each of its entries and before the first."""
    steps = (
        sum(p.amount_fen for p in entry.postings if p.account is Account.IN_TRANSIT)
        for entry in book
    )
    return list(accumulate(steps, initial=0))


def _in_some_order(ours: list[int], theirs: list[int]) -> bool:
    """Whether both histories can be told together without the sum falling below zero."""
    open_at = {0}  # how many of their entries may have been told, after some of ours
    for here in ours:
        reached: set[int] = set()
        for there, stands in enumerate(theirs):
            if here + stands >= 0 and (there in open_at or there - 1 in reached):
                reached.add(there)
        open_at = reached
    return len(theirs) - 1 in open_at
