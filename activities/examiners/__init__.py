"""The examiners of all families; importing this package registers them."""

from __future__ import annotations

from activities.examiners import pension, resident

__all__ = ["pension", "resident"]
from activities.examiners import disability_card, vehicle

__all__ = ["disability_card", "pension", "vehicle"]
from activities.examiners import housing_fund, medical, purchase_withdrawal, unemployment

__all__ = ["housing_fund", "medical", "pension", "purchase_withdrawal", "unemployment"]
from activities.examiners import proxy_intake

__all__ = ["pension", "proxy_intake"]
