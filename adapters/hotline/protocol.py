"""The 12345 hotline's platform as the ticket desk sees it: news to read, replies to send.

News come by polling (`pull`) and, where an address was named with the question, by call-back: the
platform posts each HotlineEvent, perhaps twice, late or in another order.
"""

from enum import StrEnum
from typing import Annotated, Protocol, Self

from pydantic import AwareDatetime, Field, model_validator

from adapters.models import MaybePersonal, Order, OutsideModel, Personal, Receipt, Word
from domain.hotline import HotlineNews, TicketVerdict

MAX_WORDS = 4000


class HotlineRefusal(StrEnum):
    """Codes of OutsideRefusal from the hotline's platform."""

    UNKNOWN_TICKET = "UNKNOWN_TICKET"
    TICKET_WITHDRAWN = "TICKET_WITHDRAWN"
    ALREADY_REPLIED = "ALREADY_REPLIED"


class TicketContent(OutsideModel):
    """What a caller said. about_case_no: the case that the caller named, right or wrong."""

    category: Word
    words: Annotated[Personal, Field(max_length=MAX_WORDS)]
    caller_name: MaybePersonal = None
    caller_phone: MaybePersonal = None
    about_case_no: Word | None = None
    called_at: AwareDatetime


class HotlineEvent(OutsideModel):
    """One piece of news. number: from 1 per locality; content: of a TICKET; round and verdict:
    of a call-back about that round's reply."""

    number: Annotated[int, Field(ge=1)]
    ticket_no: Word
    kind: HotlineNews
    content: TicketContent | None = None
    round: Annotated[int, Field(ge=0)] = 0
    verdict: TicketVerdict | None = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.kind is HotlineNews.TICKET and self.content is None:
            raise ValueError("工单缺少内容")
        if self.kind is HotlineNews.CALLED_BACK and (self.verdict is None or not self.round):
            raise ValueError("回访缺少轮次或结果")
        return self


class TicketOrder(Order):
    """Something said about a ticket. key: ticket, kind and round. office: who says it."""

    ticket_no: Word
    round: Annotated[int, Field(ge=0)]
    office: Word


class WordsOrder(TicketOrder):
    """An answer to the caller, or the reason why the ticket comes back."""

    words: Annotated[Personal, Field(max_length=MAX_WORDS)]


class ExtensionOrder(TicketOrder):
    """More working days for the handling, approved by the office's head."""

    days: Annotated[int, Field(ge=1)]


class TicketReceipt(Receipt):
    """The platform took it; a repeat under the same key gives the same receipt."""


class Hotline(Protocol):
    """Every method raises OutsideUnavailable (repeat) or OutsideRefusal (a HotlineRefusal)."""

    async def pull(self, locality: str, after: int, callback_url: str) -> tuple[HotlineEvent, ...]:
        """News of a locality with numbers above `after`, in order; later ones are posted too."""

    async def reply(self, order: WordsOrder) -> TicketReceipt:
        """Once per ticket and round. Refusals: UNKNOWN_TICKET, TICKET_WITHDRAWN,
        ALREADY_REPLIED."""

    async def send_back(self, order: WordsOrder) -> TicketReceipt:
        """The ticket is another authority's. Refusals as of `reply`."""

    async def extend(self, order: ExtensionOrder) -> TicketReceipt:
        """Refusals: UNKNOWN_TICKET, TICKET_WITHDRAWN."""
