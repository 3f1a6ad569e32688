"""特别程序: the procedures whose time is not counted, and what has to be said about one.

A closed set from 行政许可法 art 45; the applicant is told in writing how long it takes. Used by the
values of `domain.limits`, the commands of people and the slips.
"""

from __future__ import annotations

from enum import StrEnum


class SpecialProcedure(StrEnum):
    """What the law itself leaves out of the period of decision; nothing else is one."""

    HEARING = "HEARING"
    TENDER = "TENDER"
    AUCTION = "AUCTION"
    TEST = "TEST"
    DETECTION = "DETECTION"
    QUARANTINE = "QUARANTINE"
    APPRAISAL = "APPRAISAL"
    EXPERT_REVIEW = "EXPERT_REVIEW"

    @property
    def label(self) -> str:
        """The procedure's Chinese name, as art 45 has it."""
        return _LABELS[self]


_LABELS = {
    SpecialProcedure.HEARING: "听证",
    SpecialProcedure.TENDER: "招标",
    SpecialProcedure.AUCTION: "拍卖",
    SpecialProcedure.TEST: "检验",
    SpecialProcedure.DETECTION: "检测",
    SpecialProcedure.QUARANTINE: "检疫",
    SpecialProcedure.APPRAISAL: "鉴定",
    SpecialProcedure.EXPERT_REVIEW: "专家评审",
}
