"""What a ticket's workflow asks of the register: references and codes, never what was said."""

from __future__ import annotations

from contracts.payload import Payload


class DispatchRequest(Payload):
    """A clerk's command names an office; ``returned_by`` have sent the ticket back already."""

    case_no: str
    command_id: str
    returned_by: tuple[str, ...] = ()


class ReplyRequest(Payload):
    """A clerk's command holds what goes back to the platform as this kind in this round."""

    case_no: str
    ticket_no: str
    kind: str
    round: int
    office: str
    command_id: str
