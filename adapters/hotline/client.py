"""The 12345 hotline's platform over HTTP; built by the composition root, called by the round."""

from collections.abc import Mapping
from typing import ClassVar

from adapters.hotline.protocol import (
    ExtensionOrder,
    HotlineEvent,
    HotlineRefusal,
    TicketReceipt,
    WordsOrder,
)
from adapters.http import OutsideHttp
from adapters.models import OutsideModel


class News(OutsideModel):
    """The answer to `pull` on the wire."""

    events: tuple[HotlineEvent, ...]


class HotlineClient(OutsideHttp):
    """Implements adapters.hotline.protocol.Hotline."""

    system: ClassVar[str] = "12345热线平台"
    sentences: ClassVar[Mapping[str, str]] = {
        HotlineRefusal.UNKNOWN_TICKET: "热线平台查无此工单，请核对工单编号",
        HotlineRefusal.TICKET_WITHDRAWN: "工单已由热线平台撤回，不必再答复",
        HotlineRefusal.ALREADY_REPLIED: "工单本轮已经答复，不能再次答复",
    }

    async def pull(self, locality: str, after: int, callback_url: str) -> tuple[HotlineEvent, ...]:
        question: dict[str, str | int] = {
            "locality": locality,
            "after": after,
            "callback_url": callback_url,
        }
        found = await self._ask("pull", question, News)
        return () if found is None else found.events

    async def reply(self, order: WordsOrder) -> TicketReceipt:
        return await self._order("reply", order, TicketReceipt)

    async def send_back(self, order: WordsOrder) -> TicketReceipt:
        return await self._order("send_back", order, TicketReceipt)

    async def extend(self, order: ExtensionOrder) -> TicketReceipt:
        return await self._order("extend", order, TicketReceipt)
