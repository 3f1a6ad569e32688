"""A9 for the business desk: the pre-check before the lock, and the origin's confirmation."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from activities.examining import Findings, Question, examiner
from catalog.matter_policies import vehicle_policy
from domain.schemes import vehicle
from domain.schemes.vehicle import VehicleKind, VehicleUse
from domain.schemes.vehicle_numbers import plain_plate

#: Written alike in the register and in the record of the rules.
_SAME = (
    "stolen",
    "assembled",
    "customs_supervised",
    "mortgage_release_applied",
    "scrap_on",
    "emission_stage",
    "violations",
    "accidents",
    "locked_by",
)
#: The states in which a car is registered: a lock and a release change no owner.
_STANDING = frozenset({"REGISTERED", "LOCKED", "RELEASED"})
#: What of the register belongs to the electronic file that the origin sends.
_FILE = (
    "plate",
    "certificate_no",
    "licence_no",
    "owner_id",
    "owner_name",
    "kind",
    "use",
    "scrap_on",
    "emission_stage",
)


@examiner("VEHICLE", "DESTINATION")
def destination(asked: Question) -> Findings:
    """Refusals by code; who will own the car is kept for the registration."""
    if asked.record is None:
        return Findings(codes=("NOT_REGISTERED",))
    record = _record(asked, asked.record)
    policy = vehicle_policy(asked.catalog, asked.locality, asked.peer, on=asked.on)
    found = vehicle.destination_findings(record, policy, asked.on, letter=_case(asked))
    direct = vehicle.registered_directly(record, policy)
    codes = [one.code for one in found]
    if _late(asked):
        codes.append("APPLIED_LATE")
    if asked.facts.get("small_only") == "yes" and not direct:
        codes.append("NOT_SMALL_NON_COMMERCIAL")
    return Findings(
        codes=tuple(codes),
        statement={"owner_id": asked.application.get("applicant", {}).get("id_no", "")},
        record_kind="REGISTRATION",
        facts={"direct": "yes" if direct else "no"},
    )


@examiner("VEHICLE", "ORIGIN")
def origin(asked: Question) -> Findings:
    """Refusals by code, or the electronic file."""
    if asked.record is None or asked.record.get("locality") != asked.locality:
        return Findings(codes=("NOT_FOUND",))
    record = _record(asked, asked.record)
    # The destination's rows say which cars it registers without the paper file.
    policy = vehicle_policy(asked.catalog, asked.peer, asked.locality, on=asked.on)
    found = vehicle.origin_findings(record, policy, asked.on, letter=_case(asked))
    direct = asked.facts.get("direct") == "yes"
    return Findings(
        codes=tuple(one.code for one in found),
        statement={
            **{name: asked.record[name] for name in _FILE if name in asked.record},
            "paper_file": "STAYS" if direct else "SENT",
        },
        record_kind="VEHICLE_FILE",
        facts={"direct": "yes" if direct else "no"},
    )


def _record(asked: Question, data: Mapping[str, Any]) -> dict[str, Any]:
    """The register's own words as the record that the rules read."""
    details = asked.application.get("details", {})
    small = data.get("small_non_commercial") is True
    kind = VehicleKind.SMALL_PASSENGER if small else VehicleKind.OTHER
    use = VehicleUse.NON_COMMERCIAL if small else VehicleUse.COMMERCIAL
    return {
        "status": "REGISTERED" if asked.status in _STANDING else "CANCELLED",
        "kind": data.get("kind", kind),
        "use": data.get("use", use),
        "owner_agrees": data.get("owner_id") == details.get("seller_id_no"),
        "data_agrees": _plate(data) == _plate(details),
        "seized": data.get("frozen", False),
        "mortgaged": data.get("mortgage", False),
        **{name: data[name] for name in _SAME if name in data},
    }


def _plate(data: Mapping[str, Any]) -> str:
    return plain_plate(str(data.get("plate") or ""))


def _case(asked: Question) -> str:
    return asked.facts.get("case", "")


def _late(asked: Question) -> bool:
    """Whether more than the policy's days have passed since the car was handed over."""
    delivered = asked.application.get("details", {}).get("delivered_on")
    if not delivered:
        return False
    rule = asked.catalog.policy("vehicles.application", asked.locality, asked.peer, on=asked.on)
    return (asked.on - date.fromisoformat(delivered)).days > rule.as_limit().length
