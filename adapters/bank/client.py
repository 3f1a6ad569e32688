"""The bank over HTTP; built by the composition root, called by activities."""

from collections.abc import Mapping
from typing import ClassVar

from adapters.bank.protocol import (
    MAX_STATEMENT,
    BankEntry,
    BankRefusal,
    RemittanceOrder,
    RemittanceReceipt,
)
from adapters.http import OutsideHttp
from adapters.models import OutsideModel


class Statement(OutsideModel):
    """The answer to `statement` and `statements` on the wire."""

    entries: tuple[BankEntry, ...]


class BankClient(OutsideHttp):
    """Implements adapters.bank.protocol.Bank."""

    system: ClassVar[str] = "银行"
    sentences: ClassVar[Mapping[str, str]] = {
        BankRefusal.ACCOUNT_UNKNOWN: "付款账户不是本系统的基金账户，请核对账户名称",
        BankRefusal.SAME_ACCOUNT: "付款账户与收款账户相同，请核对收款账户",
        BankRefusal.INSUFFICIENT_FUNDS: "付款账户余额不足，请先补足资金后重新划款",
    }

    async def remit(self, order: RemittanceOrder) -> RemittanceReceipt:
        return await self._order("remit", order, RemittanceReceipt)

    async def statement(
        self, account: str, after: int, limit: int = MAX_STATEMENT
    ) -> tuple[BankEntry, ...]:
        question: dict[str, str | int] = {"account": account, "after": after, "limit": limit}
        found = await self._ask("statement", question, Statement)
        return () if found is None else found.entries

    async def statements(
        self, after: Mapping[str, int], limit: int = MAX_STATEMENT
    ) -> tuple[BankEntry, ...]:
        question = {"after": dict(after), "limit": limit}
        found = await self._ask("statements", question, Statement)
        return () if found is None else found.entries
