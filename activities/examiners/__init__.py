"""The examiners of all families; importing this package registers them."""

from __future__ import annotations

from activities.examiners import (
    bridge,
    civil,
    disability_card,
    housing_fund,
    medical,
    pension,
    personnel_file,
    proxy_intake,
    purchase_withdrawal,
    resident,
    unemployment,
    vehicle,
)

__all__ = [
    "bridge",
    "civil",
    "disability_card",
    "housing_fund",
    "medical",
    "pension",
    "personnel_file",
    "proxy_intake",
    "purchase_withdrawal",
    "resident",
    "unemployment",
    "vehicle",
]

__all__ = ["pension", "personnel_file", "proxy_intake"]
