"""The business systems over HTTP; built by the composition root, called by activities."""

from typing import ClassVar

from adapters.http import OutsideHttp
from adapters.models import OutsideModel
from adapters.registers.protocol import (
    RegisterActReceipt,
    RegisterEntry,
    RegisterKind,
    RegisterOrder,
    RegisterQuery,
)
from adapters.registers.sentences import SENTENCES


class Entries(OutsideModel):
    """The answer to `everywhere` on the wire."""

    entries: tuple[RegisterEntry, ...]


class RegistersClient(OutsideHttp):
    """Implements adapters.registers.protocol.BusinessRegister."""

    system: ClassVar[str] = "业务系统"
    sentences = SENTENCES

    async def look(self, query: RegisterQuery) -> RegisterEntry | None:
        return await self._ask(
            "look",
            {"kind": query.kind, "subject": query.subject, "locality": query.locality},
            RegisterEntry,
            case_no=query.case_no,
            purpose=query.purpose,
        )

    async def act(self, order: RegisterOrder) -> RegisterActReceipt:
        return await self._order("act", order, RegisterActReceipt)

    async def everywhere(
        self, kind: RegisterKind, subject: str, case_no: str, purpose: str
    ) -> tuple[RegisterEntry, ...]:
        found = await self._ask(
            "everywhere",
            {"kind": kind, "subject": subject},
            Entries,
            case_no=case_no,
            purpose=purpose,
        )
        return () if found is None else found.entries
