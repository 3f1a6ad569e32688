"""Which period of decision a matter has in law, and who may extend it (行政许可法 arts 42, 43).

The catalogue says it of a matter, filing pins it, and the check of an extension asks for it.
"""

from __future__ import annotations

from enum import StrEnum


class LicensingPeriod(StrEnum):
    """The three periods of the law; a matter without one follows its own limits."""

    ORDINARY = "ORDINARY"  # art 42(1): one organ
    JOINT = "JOINT"  # art 42(2): 统一, 联合, 集中办理 by organs of one government
    PRELIMINARY = "PRELIMINARY"  # art 43: the lower organ examines, the higher decides

    @property
    def label(self) -> str:
        """The period's Chinese name."""
        return _PERIOD_LABELS[self]

    @property
    def approver(self) -> Approver:
        """Whose approval an extension of this period needs."""
        return Approver.GOVERNMENT if self is LicensingPeriod.JOINT else Approver.HEAD


class Approver(StrEnum):
    """Who approves an extension."""

    HEAD = "HEAD"  # 本行政机关负责人
    GOVERNMENT = "GOVERNMENT"  # 本级人民政府负责人

    @property
    def label(self) -> str:
        """The approver's Chinese name, as papers call them."""
        return _APPROVER_LABELS[self]


_PERIOD_LABELS = {
    LicensingPeriod.ORDINARY: "一般办理",
    LicensingPeriod.JOINT: "统一、联合或集中办理",
    LicensingPeriod.PRELIMINARY: "下级机关先行审查",
}
_APPROVER_LABELS = {Approver.HEAD: "本机关负责人", Approver.GOVERNMENT: "本级人民政府负责人"}
