"""Builds the policies of the schemes (A5-A11) from the catalogue: the numbers in force that day.

Called when an application is filed and when a letter opens a leg, to be pinned with the case; and
by `compute`. Limits are pinned apart, by their keys. DomainError UNKNOWN_POLICY when a row lacks.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from catalog import scheme_policies
from catalog.catalog import Catalog
from domain.schemes.disability_card import CardPolicy
from domain.schemes.housing_fund import FundPolicy
from domain.schemes.medical import MedicalPolicy
from domain.schemes.personnel_file import FileCategory, FilePolicy
from domain.schemes.proxy_intake import ProxyPolicy
from domain.schemes.purchase_withdrawal import WithdrawalPolicy
from domain.schemes.unemployment import UnemploymentPolicy
from domain.schemes.vehicle import VehiclePolicy

_TIERS = ("one_year", "five_years", "ten_years")


def unemployment_policy(
    catalog: Catalog, locality: str | None, peer: str | None = None, *, on: date
) -> UnemploymentPolicy:
    """A5; the origin's rows for its examination, the destination's for landing.

    Without a locality everybody's rows, for a computation without a case.
    """
    number = _numbers(catalog, "unemployment", locality, peer, on)
    return UnemploymentPolicy(
        tiers=tuple(
            (number(f"tier.{tier}.paid_months"), number(f"tier.{tier}.months")) for tier in _TIERS
        ),
        months_cap=number("months_cap"),
        money_rate_bp=number("money_rate_bp"),
        payout_months_later=number("payout_months_later"),
        recorded_months_money=bool(number("recorded_months_money")),
        benefit_place_fixed=bool(number("benefit_place_fixed")),
    )


def medical_policy(
    catalog: Catalog, locality: str, peer: str | None = None, *, on: date
) -> MedicalPolicy:
    """A6; the waiting period is the destination's."""
    number = _numbers(catalog, "medical", locality, peer, on)
    return MedicalPolicy(
        claims_must_be_settled=bool(number("claims_must_be_settled")),
        destination_has_account=bool(number("destination_has_account")),
        break_months=number("break_months"),
        continuous_months=number("continuous_months"),
        waiting_months=number("waiting_months"),
        waiting_cap_months=number("waiting_cap_months"),
        retroactive=bool(number("retroactive")),
        resident_fixed_months=number("resident.fixed_months"),
        resident_extra_months_per_year=number("resident.extra_months_per_year"),
        resident_long_break_years=number("resident.long_break_years"),
        resident_long_break_months=number("resident.long_break_months"),
    )


def fund_policy(
    catalog: Catalog, locality: str, peer: str | None = None, *, on: date
) -> FundPolicy:
    """A7 transfer; the months to be paid are the destination's."""
    number = _numbers(catalog, "housing_fund", locality, peer, on)
    return FundPolicy(destination_paid_months=number("destination_paid_months"))


def withdrawal_policy(
    catalog: Catalog, locality: str, peer: str | None = None, *, on: date
) -> WithdrawalPolicy:
    """A7 purchase elsewhere; the deposit place's rows."""
    number = _numbers(catalog, "purchase.place", locality, peer, on)
    return WithdrawalPolicy(
        hukou_place=bool(number("hukou")),
        deposit_place=bool(number("deposit")),
        whole_city=bool(number("whole_city")),
    )


def file_policy(
    catalog: Catalog, locality: str, peer: str | None = None, *, on: date
) -> FilePolicy:
    """A8; the origin's rows."""
    number = _numbers(catalog, "files", locality, peer, on)
    return FilePolicy(
        special=tuple(one for one in FileCategory if number(f"special.{one.value.lower()}")),
        registered_mail=bool(number("registered_mail")),
    )


def vehicle_policy(
    catalog: Catalog, locality: str, peer: str | None = None, *, on: date
) -> VehiclePolicy:
    """A9; the destination's rows."""
    number = _numbers(catalog, "vehicles", locality, peer, on)
    return VehiclePolicy(
        emission_stage=number("emission_stage"),
        paper_file_stays=bool(number("paper_file_stays")),
    )


def card_policy(
    catalog: Catalog, locality: str, peer: str | None = None, *, on: date
) -> CardPolicy:
    """A10."""
    number = _numbers(catalog, "disability", locality, peer, on)
    return CardPolicy(validity_years=number("validity_years"))


def proxy_policy(
    catalog: Catalog, locality: str, peer: str | None = None, *, on: date
) -> ProxyPolicy:
    """A11; the home office's rows."""
    number = _numbers(catalog, "proxy.transport_licence", locality, peer, on)
    return ProxyPolicy(
        licence_days_before=number("days_before"), licence_days_after=number("days_after")
    )


def _numbers(
    catalog: Catalog, prefix: str, locality: str | None, peer: str | None, on: date
) -> Callable[[str], int]:
    def number(key: str) -> int:
        if locality is None:
            return scheme_policies.number(catalog, f"{prefix}.{key}", None, on=on)
        return catalog.policy(f"{prefix}.{key}", locality, peer, on=on).as_number()

    return number
