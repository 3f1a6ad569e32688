"""Pins an item's definition into a case: the terms of the procedure, and its limits.

Called when an item is filed and when a letter opens a leg of it. The competent office comes from
`catalog.scope`: authority does not move with intake (docs/rules.md A12).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from catalog.catalog import Catalog
from catalog.definition_models import LimitRule, StepKind
from catalog.definitions import Definition
from catalog.listing_models import Mode
from catalog.pinning import rules_of
from contracts.cases import Desks, PinnedLimit, Rules
from contracts.general import GeneralTerms, PinnedPart, PinnedStep
from domain.clocks import Effect, Unit
from domain.errors import DomainError
from domain.general_intake import GeneralCode
from domain.licensing import Approver

#: Prefix of the policies of every generic procedure.
POLICIES = "general."
_LENGTH = re.compile(r"([0-9]+)(wd|cd)")


def general_terms(
    definition: Definition,
    mode: Mode | str,
    competent: str,
    *,
    parts: Iterable[PinnedPart] = (),
    offices: Mapping[str, str] | None = None,
    authority: bool = True,
    promised: Iterable[str] = (),
    deferred: Iterable[str] = (),
) -> GeneralTerms:
    """The definition as a case keeps it.

    ``competent``: the office that decides, and does every step that ``offices`` (step kind to
    office) does not give to another. ``promised`` and ``deferred``: the materials for which this
    applicant uses 告知承诺 and 容缺受理. ``authority`` False: a company provides a service, and
    decides nothing. DomainError ON_SITE for a step on site without a law that demands it.
    """
    mode = Mode(mode)
    online = mode is Mode.FULLY_ONLINE
    for step in definition.steps:
        if online and step.on_site and not step.on_site_basis:
            raise DomainError(
                GeneralCode.ON_SITE,
                f"“{definition.name}”的“{step.label}”须到现场而没有法定依据，不能全程网办；"
                "请改用其他业务模式，或者由目录维护人员改正定义。",
            )
    return GeneralTerms(
        item=definition.item,
        version=definition.version,
        mode=mode.value,
        modes=tuple(one.value for one in definition.modes),
        competent=competent,
        authority=authority,
        steps=tuple(
            PinnedStep(
                kind=step.kind.value,
                label=step.label,
                office=(offices or {}).get(step.kind.value, competent),
                role=step.role.value,
                on_site=step.on_site,
            )
            for step in definition.steps
            if step.kind is not StepKind.PARTICIPATION
        ),
        parts=tuple(parts),
        straight_through=definition.straight_through and online,
        checks=tuple(check.source for check in definition.checks),
        promised=tuple(promised),
        deferred=tuple(deferred),
        result_name=definition.result.name,
        result_kind=definition.result.kind,
        result_electronic=definition.result.electronic,
        validity_months=definition.result.validity_months,
        fee_fen=definition.fee.amount_fen or 0,
    )


def general_rules(
    catalog: Catalog, definition: Definition, locality: str, peer: str, *, on: date
) -> Rules:
    """The limits of a case: the definition's own for the decision, policies for the rest.

    ``period`` of the definition says who extends the decision, and by how much at most.
    """
    rules = rules_of(catalog, POLICIES, locality, peer, on=on, period=definition.period)
    approver = definition.period.approver if definition.period else Approver.HEAD
    return rules.model_copy(
        update={"review": decision_limit(definition.limit), "extension_approver": approver}
    )


def decision_limit(rule: LimitRule) -> PinnedLimit:
    """Statutory limit and promise, in the statutory unit; a promise in another unit is no promise
    that could be shown beside it, and is left out. 0 days is an instant matter: by today's end."""
    length, unit = _read(rule.statutory)
    promised, promised_unit = _read(rule.promised) if rule.promised else (None, unit)
    return PinnedLimit(
        length=max(length, 1),
        unit=unit,
        basis=rule.basis,
        promised=promised if promised_unit is unit else None,
        effect=Effect.ESCALATE,
    )


def _read(text: str) -> tuple[int, Unit]:
    match = _LENGTH.fullmatch(text)
    if match is None:
        raise ValueError(f"not a limit: {text}")
    return int(match[1]), Unit(match[2])


def general_desks(receives: str, competent: str) -> Desks:
    """``receives`` takes the application in and hands the result over; ``competent`` decides."""
    return Desks(intake=receives, station=competent, bureau=competent)
