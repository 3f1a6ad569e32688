"""The simulated bank's own books: every movement leaves one account and enters another.

Used by the bank simulator. Money on its way stands on TRANSIT, the bank's own mistakes on BANK and
what funds opened with came from OPENING, so that all balances together are zero at any moment.
"""

import json
from datetime import UTC, datetime
from typing import Any

from adapters.bank.protocol import BankEntry, Direction, EntryKind, RemittanceOrder
from adapters.simulators.store import Store

BANK, TRANSIT, OPENING = "BANK", "TRANSIT", "OPENING"
OPENING_FEN = 100_000_000_000
_ACCOUNTS = "bank#accounts"
_WAITING = "bank#waiting"


class Books:
    """Call inside a transaction of the store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def open_fund(self, account: str) -> None:
        """A fund account exists from its first use, with its opening balance."""
        if self._store.get(_ACCOUNTS, account) is None:
            self._keep(account, OPENING_FEN, entries=0)
            self._keep(OPENING, -OPENING_FEN, entries=0)

    def balance(self, account: str) -> int:
        return int(self._account(account)["balance_fen"])

    def balances(self) -> dict[str, int]:
        accounts = map(json.loads, self._store.all(_ACCOUNTS))
        return {one["account"]: one["balance_fen"] for one in accounts}

    def move(
        self,
        order: RemittanceOrder,
        amount_fen: int,
        *,
        leaves: str,
        enters: str,
        kind: EntryKind | None = None,
    ) -> None:
        """Book both sides. A statement names the other party of the order, not TRANSIT."""
        for account, direction, sign in (
            (leaves, Direction.OUT, -1),
            (enters, Direction.IN, 1),
        ):
            other = order.to_account if account == order.from_account else order.from_account
            number = self._keep(account, sign * amount_fen, entries=1)
            entry = BankEntry(
                number=number,
                account=account,
                direction=direction,
                amount_fen=amount_fen,
                instructed_fen=order.amount_fen,
                reference=order.reference,
                order_key=order.key,
                kind=kind or order.kind,
                counterparty=other,
                at=datetime.now(UTC),
            )
            self._store.put(_shelf(account), f"{number:09d}", entry.model_dump_json())

    def entries(self, account: str, after: int, limit: int) -> tuple[BankEntry, ...]:
        # Numbers count from 1 without a gap, so the place of an entry is its number.
        bodies = self._store.all(_shelf(account))[after : after + limit]
        return tuple(BankEntry.model_validate_json(body) for body in bodies)

    def keep_waiting(self, moves: dict[str, Any]) -> None:
        """Remember what is still to come; `moves` has an `id`, `reference` and `account`."""
        self._store.put(_WAITING, moves["id"], json.dumps(moves))

    def waiting(self) -> list[dict[str, Any]]:
        return [json.loads(body) for body in self._store.all(_WAITING)]

    def no_longer_waiting(self, id_: str) -> None:
        self._store.delete(_WAITING, id_)

    def _account(self, account: str) -> dict[str, Any]:
        body = self._store.get(_ACCOUNTS, account)
        empty = {"account": account, "balance_fen": 0, "last": 0}
        return empty if body is None else dict(json.loads(body))

    def _keep(self, account: str, amount_fen: int, *, entries: int) -> int:
        """Change a balance; returns the number of the account's last entry."""
        kept = self._account(account)
        kept["balance_fen"] += amount_fen
        kept["last"] += entries
        self._store.put(_ACCOUNTS, account, json.dumps(kept))
        return int(kept["last"])


def _shelf(account: str) -> str:
    return f"bank#entries#{account}"
