"""The worker's bank round: orders to the bank, its statement into the ledger, news to the cases.

Runs beside the outbox. Every line is kept and booked once in one transaction; a case is told under
the line's own key, so that a repeat after a crash is nothing new. Order of events, lateness and
doubles are the ledger's business (domain/ledger.py), not this module's.
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime

from temporalio.client import Client
from temporalio.service import RPCError, RPCStatusCode

from adapters.bank.protocol import EntryKind as LineKind
from adapters.protocols import Bank, Direction, OutsideRefusal, OutsideUnavailable, RemittanceOrder
from adapters.protocols import BankEntry as Line
from contracts.families import MONEY_FAMILIES
from contracts.money import (
    PAYOUT,
    BankEntry,
    BankEntryKind,
    RemittanceOrdered,
    RemittancePurpose,
    fund_account,
)
from contracts.tidings import Tidings, TidingsKind
from domain.calendar import SHANGHAI
from storage import bank_news, bank_statements, remittances
from storage.database import Database

log = logging.getLogger("tongban.bank")

_KINDS = {
    BankEntryKind.ARRIVED: TidingsKind.FUNDS_ARRIVED,
    BankEntryKind.BOUNCED: TidingsKind.FUNDS_BOUNCED,
}


class BankRound:
    """One locality's dealings with the bank of its fund accounts."""

    def __init__(self, database: Database, client: Client, bank: Bank, locality: str) -> None:
        self._database = database
        self._client = client
        self._bank = bank
        self._accounts = [fund_account(locality, one) for one in (*MONEY_FAMILIES, PAYOUT)]

    async def step(self) -> None:
        """Give orders, read statements, tell the cases."""
        await self.give_orders()
        await self.read_statements()
        await self.tell_cases()

    async def give_orders(self) -> int:
        """Hand unsent orders to the bank; each has its key, so the bank executes it once."""
        async with self._database.glance() as connection:
            orders = await remittances.unsent_remittances(connection)
        for order in orders:
            await self._give(order)
        return len(orders)

    async def _give(self, order: RemittanceOrdered) -> None:
        now = datetime.now(UTC)
        returning = order.purpose is RemittancePurpose.RETURN
        try:
            receipt = await self._bank.remit(
                RemittanceOrder(
                    key=order.key,
                    case_no=order.letter_no,
                    from_account=order.from_account,
                    to_account=order.to_account,
                    amount_fen=order.amount_fen,
                    reference=order.letter_no,
                    purpose="关系转移资金",
                    kind=LineKind.RETURN if returning else LineKind.REMITTANCE,
                )
            )
        except OutsideUnavailable:
            return
        except OutsideRefusal as refusal:
            log.warning("the bank refuses order %s: %s", order.key, refusal.code)
            return
        async with self._database.write() as connection:
            await remittances.mark_sent(connection, order.key, receipt.receipt_no, now)

    async def read_statements(self) -> int:
        """Take in what is new on the locality's accounts; returns how many lines."""
        async with self._database.glance() as connection:
            after = await bank_statements.last_numbers(connection, self._accounts)
        try:
            lines = await self._bank.statements(after)
        except (OutsideUnavailable, OutsideRefusal):
            return 0
        for line in lines:
            async with self._database.write() as connection:
                await bank_statements.take_in(connection, _entry(line), datetime.now(UTC))
        return len(lines)

    async def tell_cases(self) -> int:
        """Tell the running cases; a closed one needs no news, the reconciliation sees the rest."""
        async with self._database.glance() as connection:
            news = await bank_news.untold(connection)
        for one in news:
            if one.kind in _KINDS and not one.closed:
                tidings = Tidings(
                    key=f"bank:{one.account}:{one.number}",
                    kind=_KINDS[one.kind],
                    code=one.reference,
                    letter_no=one.letter_no,
                    amount_fen=one.amount_fen,
                    total_fen=one.total_fen,
                )
                try:
                    handle = self._client.get_workflow_handle(one.workflow_id)
                    await handle.signal("告知", tidings)
                except RPCError as error:
                    if error.status is not RPCStatusCode.NOT_FOUND:
                        raise
            async with self._database.write() as connection:
                await bank_news.mark_told(connection, one.account, one.number, datetime.now(UTC))
        return len(news)


def _entry(line: Line) -> BankEntry:
    if line.direction is Direction.OUT:
        kind = BankEntryKind.EXECUTED
    elif line.kind is LineKind.BOUNCE:
        kind = BankEntryKind.BOUNCED
    else:
        kind = BankEntryKind.ARRIVED
    return BankEntry(
        account=line.account,
        number=line.number,
        kind=kind,
        amount_fen=line.amount_fen,
        reference=line.order_key,
        booked_on=line.at.astimezone(SHANGHAI).date(),
    )
