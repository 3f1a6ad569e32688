"""The vocabulary of all procedures: stages, endings, legal acts, limits, numbered papers.

One state machine for every matter, mapped outwards at the edge (docs/rules.md C1). What only one
matter needs to explain, its refusals above all, stands in that matter's own module. This module is
the front door; each part has a module of its own.
"""

from __future__ import annotations

from domain.act_basis import basis_of
from domain.act_labels import ACT_LABELS
from domain.acts import ActCode
from domain.clock_kinds import CLOCK_LABELS, ClockKind
from domain.endings import (
    DECIDING_LEG_STAGE,
    ENDING_STAGE,
    LEG_ENDING_STAGE,
    PARCEL_ENDING_STAGE,
    Ending,
)
from domain.numbered_papers import CERTIFICATE_LABELS, CertificateKind, CertificateStatus
from domain.stages import FINAL_STAGES, STAGE_LABELS, PersonStatus, Stage

__all__ = [
    "ACT_LABELS",
    "CERTIFICATE_LABELS",
    "CLOCK_LABELS",
    "DECIDING_LEG_STAGE",
    "ENDING_STAGE",
    "FINAL_STAGES",
    "LEG_ENDING_STAGE",
    "PARCEL_ENDING_STAGE",
    "STAGE_LABELS",
    "ActCode",
    "CertificateKind",
    "CertificateStatus",
    "ClockKind",
    "Ending",
    "PersonStatus",
    "Stage",
    "basis_of",
]
