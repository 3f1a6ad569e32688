"""A message to an office's mailbox, and what becomes of it; for the rounds that send them."""

from __future__ import annotations

from adapters.notices.protocol import OfficeMessage
from adapters.protocols import NoticeGateway, OutsideRefusal, OutsideUnavailable


async def deliver(notices: NoticeGateway, message: OfficeMessage) -> str | None:
    """The platform's receipt, or why there will be none; None: try again."""
    try:
        return (await notices.tell_office(message)).receipt_no
    except OutsideRefusal as refusal:
        return f"REFUSED:{refusal.code}"
    except OutsideUnavailable:
        return None
