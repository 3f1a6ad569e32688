"""A11 for the business desk: what the register says against accepting."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from activities.examining import Findings, Question, examiner
from catalog.matter_policies import proxy_policy
from domain.schemes.proxy_intake import ProxyMatter, home_findings
from domain.schemes.proxy_matters import proxied
from domain.schemes.register_record import text


@examiner("PROXY_INTAKE", "ORIGIN")
def home_office(asked: Question) -> Findings:
    """Reasons by code; whether an old document is out, and which office is competent instead.

    ``facts`` of the question: matter, collected_on, station and, for an endorsement, its kind.
    """
    register = asked.record or {}
    matter = proxied(asked.facts["matter"]).matter
    policy = proxy_policy(asked.catalog, asked.locality, asked.peer, on=asked.on)
    collected_on = date.fromisoformat(asked.facts["collected_on"])
    codes = tuple(
        one.code
        for one in home_findings(
            matter, _record(asked, register, matter), policy, collected_on, letter=asked.letter_no
        )
    )
    return Findings(
        codes=codes,
        facts={
            "old": "yes" if _current(register).get("state") == "VALID" else "no",
            "home_locality": text(register, "home_locality"),
            "home_office": text(register, "home_office"),
        },
    )


def _record(asked: Question, register: Mapping[str, Any], matter: ProxyMatter) -> dict[str, Any]:
    """What `domain.schemes.proxy_intake` reads, from the document register's own entry."""
    current = _current(register)
    office = text(register, "home_office") or asked.facts["station"]
    locality = text(register, "home_locality") or asked.locality
    name = (asked.application.get("applicant") or {}).get("name")
    return {
        "expires_on": current.get("valid_to"),
        "cancelled": current.get("state") == "VOID",
        "home_office_agrees": (locality, office) == (asked.locality, asked.facts["station"]),
        "identity_agrees": name is None or register.get("name") in (None, name),
        "designated_place": matter is ProxyMatter.ENDORSEMENT and _designated(asked),
        **register,
    }


def _designated(asked: Question) -> bool:
    key = f"proxy.endorsement.designated.{asked.facts['endorsement']}"
    rule = asked.catalog.policy(key, asked.locality, asked.peer, on=asked.on)
    return bool(rule.as_number())


def _current(register: Mapping[str, Any]) -> Mapping[str, Any]:
    return register.get("current") or {}
