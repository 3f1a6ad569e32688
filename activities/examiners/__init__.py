"""The examiners of all families; importing this package registers them."""

from __future__ import annotations

from activities.examiners import pension, personnel_file, proxy_intake

__all__ = ["pension", "personnel_file", "proxy_intake"]
