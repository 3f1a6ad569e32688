"""The gateway that sends short messages to applicants, and messages to offices' mailboxes."""

from enum import StrEnum
from typing import Annotated, Protocol

from pydantic import Field

from adapters.models import Order, Personal, Receipt, Word

MAX_NOTICE_TEXT = 500
MAX_OFFICE_TEXT = 2000


class NoticeRefusal(StrEnum):
    """Codes of OutsideRefusal from the gateway."""

    PHONE_NOT_REACHABLE = "PHONE_NOT_REACHABLE"
    NO_MAILBOX = "NO_MAILBOX"


class Notice(Order):
    """One message; `key` makes sure that a repeat reaches the person once."""

    phone: Personal
    text: Annotated[str, Field(min_length=1, max_length=MAX_NOTICE_TEXT, repr=False)]


class OfficeMessage(Order):
    """One message to an office, whose mailbox the platform knows by the office's code."""

    office: Word
    title: Word
    text: Annotated[str, Field(min_length=1, max_length=MAX_OFFICE_TEXT, repr=False)]


class NoticeReceipt(Receipt):
    """The gateway's receipt: taken for sending, not read."""


class NoticeGateway(Protocol):
    async def send(self, notice: Notice) -> NoticeReceipt:
        """Refusal: PHONE_NOT_REACHABLE. Raises OutsideUnavailable."""

    async def tell_office(self, message: OfficeMessage) -> NoticeReceipt:
        """Refusal: NO_MAILBOX. Raises OutsideUnavailable."""
