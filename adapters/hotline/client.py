"""The 12345 hotline's platform over HTTP; built by the composition root, called by the round."""

from collections.abc import Mapping
from typing import Any, ClassVar

from pydantic import ValidationError

from adapters.hotline.protocol import (
    ExtensionOrder,
    HotlineEvent,
    HotlineRefusal,
    TicketReceipt,
    WordsOrder,
)
from adapters.http import OutsideHttp
from adapters.models import OutsideModel
from domain.hotline import HotlineNews


class RawNews(OutsideModel):
    """The answer to `pull` on the wire: one broken event must not hide the others."""

    events: tuple[dict[str, Any], ...]


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
        found = await self._ask("pull", question, RawNews)
        return () if found is None else tuple(self._event(one) for one in found.events)

    def _event(self, given: dict[str, Any]) -> HotlineEvent:
        """One event; what cannot be read keeps its number, so that the feed goes on behind it."""
        try:
            return HotlineEvent.model_validate(given)
        except ValidationError:
            number, ticket_no = given.get("number"), given.get("ticket_no")
            numbered = {
                "number": number,
                "ticket_no": ticket_no if isinstance(ticket_no, str) and ticket_no else "UNKNOWN",
                "kind": HotlineNews.UNREADABLE,
            }
            return self._read(numbered, HotlineEvent, "pull")

    async def reply(self, order: WordsOrder) -> TicketReceipt:
        return await self._order("reply", order, TicketReceipt)

    async def send_back(self, order: WordsOrder) -> TicketReceipt:
        return await self._order("send_back", order, TicketReceipt)

    async def extend(self, order: ExtensionOrder) -> TicketReceipt:
        return await self._order("extend", order, TicketReceipt)
