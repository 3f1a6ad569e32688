"""What a composite case (一件事) is handled by, pinned when it was filed, and what it asks for.

Part of :class:`contracts.cases.CaseFiling` and of a transition. Codes and names of items only,
never anything about a person.
"""

from __future__ import annotations

from contracts.payload import Payload


class PinnedChild(Payload):
    """One chosen item; ``after`` names the chosen items that must be granted first."""

    item: str
    name: str
    after: tuple[str, ...] = ()
    optional: bool = False


class ScenarioTerms(Payload):
    """The pinned bundle, in the order of its definition."""

    code: str
    children: tuple[PinnedChild, ...]


class ChildAsked(Payload):
    """What a step asks the counter to do about a child: ``FILE`` its application or ``WITHDRAW``
    its case. The counter's round does it and tells the composite (TidingsKind.CHILD)."""

    item: str
    name: str
    action: str
