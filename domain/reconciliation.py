"""The daily comparison of ledger, letters, orders and the bank's statement in one locality.

Called by the reconciliation activity, which opens one task for each difference: ``key`` stays the
same from day to day. Source: docs/rules.md A2 (short, excess and bounced payments), D P1 and P6.
Amounts are integer fen; waiting times are calendar days of local policy.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from domain.accounts import Account, EntryKind
from domain.calendar import SHANGHAI
from domain.ledger import Entry, Standing, balances, position, standing_of
from domain.reconciliation_facts import (
    BankFact,
    Difference,
    DifferenceKind,
    OrderFact,
    Patience,
)


def differences(
    ledger: Mapping[str, Sequence[Entry]],
    letters: Mapping[str, int],
    orders: Iterable[OrderFact],
    bank: Iterable[BankFact],
    *,
    today: date,
    patience: Patience,
) -> tuple[Difference, ...]:
    """All differences, sorted by key.

    ``ledger``: this locality's entries by letter, pseudo letters included. ``letters``: what the
    letters on file say was remitted, in fen; a letter that says nothing of money is left out.
    """
    ordered, lines = tuple(orders), tuple(bank)
    found = [
        *_orders(ordered, lines, today, patience),
        *_unknown(ordered, lines),
        *_books(ledger, ordered, today, patience),
        *_letters(ledger, letters),
        *_statement_against_books(ledger, lines),
    ]
    return tuple(sorted(found, key=lambda one: one.key))


def _orders(
    orders: Sequence[OrderFact], bank: Sequence[BankFact], today: date, patience: Patience
) -> Iterator[Difference]:
    executed: dict[str, list[BankFact]] = defaultdict(list)
    for line in bank:
        if line.kind == "EXECUTED":
            executed[line.reference].append(line)
    for order in orders:
        lines = executed.get(order.key, [])
        paid = sum(line.amount_fen for line in lines)
        waited = (today - order.ordered_on).days
        if not lines and order.status in ("ORDERED", "SENT") and waited > patience.execute_days:
            yield _said(
                DifferenceKind.NOT_EXECUTED,
                order.letter_no,
                order.amount_fen,
                f"划款指令 {order.key} 已下达{waited}天，银行对账单上没有付款。",
                "请向开户行查询；未受理的按原指令号重发，不得另开指令。",
                order.key,
            )
        elif len(lines) > 1 and paid > order.amount_fen:
            yield _said(
                DifferenceKind.EXECUTED_TWICE,
                order.letter_no,
                paid - order.amount_fen,
                f"划款指令 {order.key} 被银行付款{len(lines)}次。",
                "请要求开户行追回多付的款项，并告知对方经办机构退还。",
                order.key,
            )
        elif lines and paid != order.amount_fen:
            yield _said(
                DifferenceKind.AMOUNT_DIFFERS,
                order.letter_no,
                paid - order.amount_fen,
                f"划款指令 {order.key} 金额{order.amount_fen}分，银行付款{paid}分。",
                "请开户行更正差额。",
                order.key,
            )


def _unknown(orders: Sequence[OrderFact], bank: Sequence[BankFact]) -> Iterator[Difference]:
    keys = {order.key for order in orders}
    for line in bank:
        number = f"{line.account}:{line.number}"
        if line.kind == "EXECUTED" and line.reference not in keys:
            yield _said(
                DifferenceKind.EXECUTED_UNKNOWN,
                line.letter_no,
                line.amount_fen,
                f"银行流水 {number} 付款没有对应的划款指令。",
                "请立即向开户行查询，必要时止付。",
                number,
            )
        elif line.kind != "EXECUTED" and not line.known:
            yield _said(
                DifferenceKind.ARRIVED_UNKNOWN,
                line.letter_no,
                line.amount_fen,
                f"银行流水 {number} 来款没有可识别的联系函号。",
                "请查明所属联系函后归入；查不到的退回汇款方。",
                number,
            )


def _books(
    ledger: Mapping[str, Sequence[Entry]],
    orders: Sequence[OrderFact],
    today: date,
    patience: Patience,
) -> Iterator[Difference]:
    alive = {order.letter_no for order in orders if order.status in ("ORDERED", "SENT")}
    for letter_no, entries in sorted(ledger.items()):
        if letter_no.startswith("UNKNOWN:"):
            continue
        standing, stands = standing_of(entries), balances(entries)
        yield from _receiving(letter_no, entries, standing, today, patience)
        bounced = _days_since(entries, today, EntryKind.BOUNCED)
        if (
            stands[Account.RETURNED] > 0
            and letter_no not in alive
            and bounced is not None
            and bounced > patience.reorder_days
        ):
            yield _said(
                DifferenceKind.BOUNCED_NOT_REORDERED,
                letter_no,
                stands[Account.RETURNED],
                f"函 {letter_no} 的划款退汇已{bounced}天，尚未重汇。",
                "请核实收款账户后按原函号重汇。",
            )
        if stands[Account.BANK_ERROR] > 0:
            yield _said(
                DifferenceKind.BANK_OWES,
                letter_no,
                stands[Account.BANK_ERROR],
                f"函 {letter_no} 有资金记为银行差错，尚未追回。",
                "请向开户行追索，到账后自动冲销。",
            )


def _receiving(
    letter_no: str,
    entries: Sequence[Entry],
    standing: Standing,
    today: date,
    patience: Patience,
) -> Iterator[Difference]:
    announced, arrived = standing.announced, standing.arrived
    if announced is None:
        waited = _days_since(entries, today, EntryKind.ARRIVED)
        if arrived and waited is not None and waited > patience.arrive_days:
            yield _said(
                DifferenceKind.NOT_ANNOUNCED,
                letter_no,
                arrived,
                f"函 {letter_no} 资金到账已{waited}天，未收到转出地的信息表。",
                "请向转出地催要信息表；资金继续挂账。",
            )
        return
    missing = announced - arrived - standing.total(EntryKind.WRITTEN_OFF)
    waited = _days_since(entries, today, EntryKind.ANNOUNCED) or 0
    if missing > 0 and waited > patience.arrive_days:
        kind = DifferenceKind.AMOUNT_DIFFERS if arrived else DifferenceKind.NOT_ARRIVED
        yield _said(
            kind,
            letter_no,
            -missing,
            f"函 {letter_no} 对方告知划转{announced}分，{waited}天后到账{arrived}分。",
            "请向转出地和开户行查询；少到的由转出地补划或由银行更正。",
        )
    sent_back = standing.total(EntryKind.RETURN_SENT) - standing.total(EntryKind.RETURN_BOUNCED)
    surplus = arrived - announced - sent_back
    if surplus > 0:
        lines = sum(entry.fact.kind is EntryKind.ARRIVED for entry in entries if not entry.undone)
        twice = lines > 1 and arrived % announced == 0 if announced else False
        yield _said(
            DifferenceKind.EXECUTED_TWICE if twice else DifferenceKind.AMOUNT_DIFFERS,
            letter_no,
            surplus,
            f"函 {letter_no} 对方告知划转{announced}分，到账{arrived}分，多到{surplus}分。",
            "请将多到的款项挂账并退还汇款方。",
        )


def _letters(
    ledger: Mapping[str, Sequence[Entry]], letters: Mapping[str, int]
) -> Iterator[Difference]:
    for letter_no, told in sorted(letters.items()):
        standing = standing_of(ledger.get(letter_no, ()))
        sent = standing.total(EntryKind.SENT)
        booked = sent if sent else standing.announced or 0
        # What came back as too much is no longer owed under the letter; a later table says so.
        if told not in (booked, booked - standing.total(EntryKind.RESTORED)):
            yield _said(
                DifferenceKind.LETTER_DIFFERS,
                letter_no,
                booked - told,
                f"函 {letter_no} 写明划转{told}分，账上登记{booked}分。",
                "请核对函件与账，由出函方出具更正函。",
            )


def _statement_against_books(
    ledger: Mapping[str, Sequence[Entry]], bank: Sequence[BankFact]
) -> Iterator[Difference]:
    incoming: dict[str, int] = defaultdict(int)
    for line in bank:
        if line.kind != "EXECUTED":
            incoming[line.letter_no] += line.amount_fen
    for letter_no in sorted({*ledger, *incoming}):
        entries = ledger.get(letter_no, ())
        standing = standing_of(entries)
        came = standing.total(
            EntryKind.ARRIVED,
            EntryKind.BOUNCED,
            EntryKind.RETURN_ARRIVED,
            EntryKind.RETURN_BOUNCED,
        )
        if letter_no.startswith("UNKNOWN:"):
            came -= standing.total(EntryKind.REASSIGNED)
        uneven = [entry.key for entry in entries if sum(p.amount_fen for p in entry.postings)]
        if uneven or balances(entries) != position(standing):
            text = f"函 {letter_no} 的账户余额与其凭证推算的不一致。"
        elif came != incoming.get(letter_no, 0):
            text = f"函 {letter_no} 账上来款{came}分，银行流水{incoming.get(letter_no, 0)}分。"
        else:
            continue
        yield _said(
            DifferenceKind.LEDGER_UNBALANCED,
            letter_no,
            came - incoming.get(letter_no, 0),
            text,
            "请停止该函资金操作，逐笔核对凭证和银行流水。",
        )


def _days_since(entries: Sequence[Entry], today: date, kind: EntryKind) -> int | None:
    days = [
        (today - entry.at.astimezone(SHANGHAI).date()).days
        for entry in entries
        if entry.fact.kind is kind and not entry.undone
    ]
    return min(days) if days else None


def _said(
    kind: DifferenceKind, letter_no: str, fen: int, text: str, remedy: str, about: str = ""
) -> Difference:
    return Difference(
        key=f"{kind.value}:{about or letter_no}",
        kind=kind,
        letter_no=letter_no,
        amount_fen=fen,
        text=text,
        remedy=remedy,
    )
