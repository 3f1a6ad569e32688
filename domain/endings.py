"""How a case, a leg or a parcel ends, and the final stage that each ending leads to.

Offered by `domain.casework`.
"""

from __future__ import annotations

from enum import StrEnum

from domain.stages import Stage


class Ending(StrEnum):
    """How a case ended, for its result and the statistics."""

    COMPLETED = "COMPLETED"
    NOT_ACCEPTED = "NOT_ACCEPTED"
    LAPSED = "LAPSED"
    REFUSED = "REFUSED"
    ORIGIN_REFUSED = "ORIGIN_REFUSED"
    WITHDRAWN = "WITHDRAWN"
    RESTORED = "RESTORED"
    PERMIT_EXPIRED = "PERMIT_EXPIRED"
    DECEASED = "DECEASED"
    FORWARDED = "FORWARDED"
    PEER_REFUSED = "PEER_REFUSED"
    LOST = "LOST"
    CAME_BACK = "CAME_BACK"
    TEMPORARY_ACCOUNT = "TEMPORARY_ACCOUNT"
    NOT_COLLECTED = "NOT_COLLECTED"
    UNCLAIMED = "UNCLAIMED"
    REVOKED = "REVOKED"
    PARTLY = "PARTLY"  # a composite case: some of its items
    NONE_GRANTED = "NONE_GRANTED"
    UNPAID = "UNPAID"
    ITEM_REFUSED = "ITEM_REFUSED"
    PART_REFUSED = "PART_REFUSED"  # a leg of a joint case


ENDING_STAGE: dict[Ending, Stage] = {
    Ending.COMPLETED: Stage.ARCHIVED,
    Ending.NOT_ACCEPTED: Stage.NOT_ACCEPTED,
    Ending.LAPSED: Stage.LAPSED,
    Ending.REFUSED: Stage.REFUSED,
    Ending.ORIGIN_REFUSED: Stage.REFUSED,
    Ending.WITHDRAWN: Stage.WITHDRAWN,
    Ending.RESTORED: Stage.RESTORED,
    Ending.PERMIT_EXPIRED: Stage.TERMINATED,
    Ending.DECEASED: Stage.TERMINATED,
    Ending.FORWARDED: Stage.FORWARDED,
    Ending.PEER_REFUSED: Stage.PEER_REFUSED_END,
    Ending.LOST: Stage.TERMINATED,
    Ending.CAME_BACK: Stage.TERMINATED,
    Ending.TEMPORARY_ACCOUNT: Stage.TEMPORARY_OPENED,
    Ending.NOT_COLLECTED: Stage.NOT_COLLECTED,
    Ending.UNCLAIMED: Stage.TERMINATED,
    Ending.REVOKED: Stage.REVOKED,
    Ending.PARTLY: Stage.PARTLY_DONE,
    Ending.NONE_GRANTED: Stage.NONE_DONE,
    Ending.UNPAID: Stage.TERMINATED,
    Ending.ITEM_REFUSED: Stage.ITEM_REFUSED,
    Ending.PART_REFUSED: Stage.PART_REFUSED,
}
#: The same for a parcel.
PARCEL_ENDING_STAGE: dict[Ending, Stage] = {
    Ending.COMPLETED: Stage.RECEIVED_WHOLE,
    Ending.LOST: Stage.LOST,
    Ending.CAME_BACK: Stage.CAME_BACK,
    Ending.WITHDRAWN: Stage.WITHDRAWN,
}
#: The same for a leg of any transfer; 户口迁出 has words of its own.
LEG_ENDING_STAGE: dict[Ending, Stage] = {
    **ENDING_STAGE,
    Ending.COMPLETED: Stage.LEG_COMPLETED,
    Ending.PEER_REFUSED: Stage.LEG_REFUSED,
}
#: The same where the leg is the deciding office (异地代收代办); a refusal by rule, such as a
#: second open application, is 不予受理 as well.
DECIDING_LEG_STAGE: dict[Ending, Stage] = {
    **LEG_ENDING_STAGE,
    Ending.REFUSED: Stage.NOT_GRANTED,
    Ending.PEER_REFUSED: Stage.NOT_ACCEPTED,
}
