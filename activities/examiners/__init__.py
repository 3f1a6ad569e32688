"""The examiners of all families; importing this package registers them."""

from __future__ import annotations

from activities.examiners import pension, proxy_intake

__all__ = ["pension", "proxy_intake"]
