"""What becomes of a parcel in the simulated courier's hands, step by step; pure.

DELIVER is the normal course. Set over PUT /courier/_fate before the collection or on the way.
"""

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from adapters.courier.protocol import FINAL_CODES, TrackCode

_ON_THE_WAY = (TrackCode.IN_TRANSIT, TrackCode.ARRIVED)


class FateMode(StrEnum):
    DELIVER = "DELIVER"  # delivered at the next progress
    STALL = "STALL"  # no event any more
    LOSE = "LOSE"  # leaves, then LOST
    FAIL = "FAIL"  # one failed attempt per progress, `attempts` of them, then RETURNED
    FAIL_THEN_DELIVER = "FAIL_THEN_DELIVER"  # the same, then delivered


class Fate(BaseModel):
    """key: the parcel number; None for the next parcel collected."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    mode: FateMode
    key: str | None = None
    attempts: Annotated[int, Field(ge=1)] = 1


def next_codes(past: list[TrackCode], mode: FateMode, attempts: int) -> list[TrackCode]:
    """The events that one progress (a look at the tracking, or a control call) adds."""
    if past[-1] in FINAL_CODES or mode is FateMode.STALL:
        return []
    way = [code for code in _ON_THE_WAY if code not in past]
    if mode is FateMode.LOSE:
        return [*way[:1], TrackCode.LOST]
    if mode is FateMode.DELIVER:
        return [*way, TrackCode.OUT_FOR_DELIVERY, TrackCode.DELIVERED]
    if past.count(TrackCode.ATTEMPT_FAILED) < attempts:
        return [*way, TrackCode.OUT_FOR_DELIVERY, TrackCode.ATTEMPT_FAILED]
    if mode is FateMode.FAIL_THEN_DELIVER:
        return [TrackCode.OUT_FOR_DELIVERY, TrackCode.DELIVERED]
    return [TrackCode.RETURNING, TrackCode.RETURNED]
