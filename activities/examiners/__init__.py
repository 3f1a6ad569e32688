"""The examiners of all families; importing this package registers them."""

from __future__ import annotations

from activities.examiners import bridge, civil, pension, resident

__all__ = ["bridge", "civil", "pension", "resident"]
