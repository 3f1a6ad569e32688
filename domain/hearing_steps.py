"""听证 as a procedure: how far a case's hearing has come, and what may be done next.

Pure; asked by the desk of a running case (`workflows.hearing_desk`). The days are those of
`domain.hearings`. Sources: 行政许可法 arts 46-48, docs/rules.md B1.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class HearingStep(StrEnum):
    """Where the hearing of a case stands."""

    NONE = "NONE"
    TOLD = "TOLD"  # art 47: somebody may ask
    LAPSED = "LAPSED"  # nobody asked in time
    WAIVED = "WAIVED"
    ASKED = "ASKED"  # to be set and held
    SET = "SET"  # day and place are known to those who take part
    HELD = "HELD"  # the record is on file


class HearingDeed(StrEnum):
    """What people do about a hearing; the commands of the same names."""

    HEARING_TELL = "HEARING_TELL"
    HEARING_ASK = "HEARING_ASK"
    HEARING_WAIVE = "HEARING_WAIVE"
    HEARING_ANNOUNCE = "HEARING_ANNOUNCE"
    HEARING_SET = "HEARING_SET"
    HEARING_HELD = "HEARING_HELD"


class HearingRefusal(StrEnum):
    """Why something is not to be done now."""

    NOT_TOLD = "HEARING_NOT_TOLD"
    ASKED_LATE = "HEARING_ASKED_LATE"
    NOT_ASKED = "HEARING_NOT_ASKED"
    NOT_NOTICED = "HEARING_NOT_NOTICED"
    TWICE = "HEARING_TWICE"


#: No decision while one of these stands: somebody may still be heard.
PENDING = frozenset({HearingStep.TOLD, HearingStep.ASKED, HearingStep.SET})

_FROM: Mapping[HearingDeed, frozenset[HearingStep]] = {
    HearingDeed.HEARING_TELL: frozenset({HearingStep.NONE}),
    HearingDeed.HEARING_ASK: frozenset({HearingStep.TOLD}),
    HearingDeed.HEARING_WAIVE: PENDING,
    # A hearing in the public interest is the office's own duty, whatever the applicant did.
    HearingDeed.HEARING_ANNOUNCE: frozenset(
        {HearingStep.NONE, HearingStep.LAPSED, HearingStep.WAIVED}
    ),
    HearingDeed.HEARING_SET: frozenset({HearingStep.ASKED, HearingStep.SET}),
    HearingDeed.HEARING_HELD: frozenset({HearingStep.SET}),
}


def refusal(deed: HearingDeed, step: HearingStep, *, public: bool) -> HearingRefusal | None:
    """Why the deed cannot follow on this step, or None. ``public``: it was announced, art 46."""
    if deed is HearingDeed.HEARING_WAIVE and public:
        return HearingRefusal.NOT_ASKED  # nobody may waive what everybody was invited to
    if step in _FROM[deed]:
        return None
    if deed is HearingDeed.HEARING_ASK and step is HearingStep.NONE:
        return HearingRefusal.NOT_TOLD
    if deed is HearingDeed.HEARING_ASK and step is HearingStep.LAPSED:
        return HearingRefusal.ASKED_LATE
    if deed is HearingDeed.HEARING_HELD and step is HearingStep.ASKED:
        return HearingRefusal.NOT_NOTICED
    begins = deed in (HearingDeed.HEARING_TELL, HearingDeed.HEARING_ASK)
    over = step is HearingStep.HELD or deed is HearingDeed.HEARING_ANNOUNCE
    return HearingRefusal.TWICE if begins or over else HearingRefusal.NOT_ASKED
