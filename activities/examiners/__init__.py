"""The examiners of all families; importing this package registers them."""

from __future__ import annotations

from activities.examiners import pension, resident

__all__ = ["pension", "resident"]
from activities.examiners import disability_card, pension, vehicle

__all__ = ["disability_card", "pension", "vehicle"]
