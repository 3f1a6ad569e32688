"""The collecting window's case: what its steps share beyond any other home case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.transports import ItemKind
    from workflows.home_case import HomeCase
    from workflows.proxy_parcels import Sending


@dataclass(slots=True)
class ProxyCase(HomeCase):
    """A case at the window. ``collected_on``: the day on which the papers were complete."""

    collected_on: date | None = None
    originals: Sending | None = None

    @property
    def by_parcel(self) -> bool:
        """Whether originals and result travel as things."""
        return self.filing.facts.get("originals") == "yes"

    def send_originals(self) -> bool:
        """Open the parcel once; False where none goes to the office that is asked now."""
        if not self.by_parcel or (self.originals is not None and self.originals.left):
            return False
        self.originals = Sending(self, "ORIGINALS", ItemKind.ORIGINAL)
        self.originals.open(self.origin_office or self.origin)
        return True
