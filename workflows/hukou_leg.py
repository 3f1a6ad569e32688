"""What a hukou leg carries at the origin beyond any other: rules of 户口迁出, certificates."""

from __future__ import annotations

from dataclasses import dataclass, field

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.cases import HukouLegFiling
    from contracts.letters import CertificateRef
    from workflows.leg_case import LegCase


@dataclass(slots=True)
class HukouLeg(LegCase):
    """One request to move out, seen from the origin."""

    filing: HukouLegFiling
    certificates: dict[int, CertificateRef] = field(default_factory=dict)
