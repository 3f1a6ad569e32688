"""What a composite case (一件事) is handled by, pinned when it was filed, and what it asks for.

Part of :class:`contracts.cases.CaseFiling` and of a transition. Codes and names of items only,
never anything about a person.
"""

from __future__ import annotations

from contracts.payload import Payload


class PinnedChild(Payload):
    """One chosen item; ``after`` names the chosen items that must be granted first.

    ``fields`` and ``materials`` say which field or material of the common form is which of the
    item's; ``peer``: whether the other locality of the form is the item's as well.
    """

    item: str
    name: str
    after: tuple[str, ...] = ()
    optional: bool = False
    mode: str = ""
    peer: bool = False
    fields: dict[str, str] = {}
    materials: dict[str, str] = {}


class ScenarioTerms(Payload):
    """The pinned bundle, in the order of its definition; ``peer`` is the other locality, if any."""

    code: str
    peer: str = ""
    children: tuple[PinnedChild, ...]


class ChildAsked(Payload):
    """What a step asks the counter to do about a child: ``FILE`` its application or ``WITHDRAW``
    its case. The counter's round does it and tells the composite (TidingsKind.CHILD)."""

    item: str
    name: str
    action: str
