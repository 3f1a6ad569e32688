"""The base of everything that crosses a boundary: inputs, updates, letters, activity payloads.

Payloads are small and frozen, and carry references and outcomes only. Names, identity numbers and
addresses stay in the locality's database and in documents that cross by digest, so that a workflow
history never holds personal data, even with payload encryption turned off.
"""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Payload(BaseModel):
    """A frozen value; unknown fields are ignored so that an older worker reads a newer sender."""

    model_config = ConfigDict(frozen=True, extra="ignore", protected_namespaces=())
