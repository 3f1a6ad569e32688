"""The examiners of all families; importing this package registers them."""

from __future__ import annotations

from activities.examiners import housing_fund, medical, pension, purchase_withdrawal, unemployment

__all__ = ["housing_fund", "medical", "pension", "purchase_withdrawal", "unemployment"]
