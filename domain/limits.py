"""What a time limit is in law: its length and unit, lawful pauses, extensions, effect on expiry.

Plain values, read by `domain.clocks` (counting), `domain.clock_changes` (changing) and the
catalogue's policy rows; everybody else imports them from `domain.clocks`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.errors import DomainError
from domain.licensing import Approver
from domain.special_procedures import SpecialProcedure


class ClockCode(StrEnum):
    MALFORMED_LIMIT = "MALFORMED_LIMIT"
    PAUSE_NOT_LAWFUL = "PAUSE_NOT_LAWFUL"
    PAUSE_WITHOUT_EVIDENCE = "PAUSE_WITHOUT_EVIDENCE"
    PAUSE_BEFORE_START = "PAUSE_BEFORE_START"
    PAUSE_IN_FUTURE = "PAUSE_IN_FUTURE"
    PAUSE_OVERLAPS = "PAUSE_OVERLAPS"
    PAUSE_BACKWARDS = "PAUSE_BACKWARDS"
    PAUSE_WITHOUT_LENGTH = "PAUSE_WITHOUT_LENGTH"
    NOT_PAUSED = "NOT_PAUSED"
    EXTENSION_WRONG = "EXTENSION_WRONG"
    EXTENSION_OVER_CAP = "EXTENSION_OVER_CAP"
    NOT_EXTENDED = "NOT_EXTENDED"


class Unit(StrEnum):
    WD = "wd"  # 工作日
    CD = "cd"  # 自然日

    @property
    def label(self) -> str:
        """The unit's Chinese name."""
        return "个工作日" if self is Unit.WD else "日（自然日）"


class Effect(StrEnum):
    """What silence means when the last day has passed."""

    ESCALATE = "ESCALATE"
    DEEMED_ACCEPTED = "DEEMED_ACCEPTED"  # 行政许可法第三十二条第一款第四项
    LAPSED = "LAPSED"  # 补交不来
    EXPIRED = "EXPIRED"
    REMIND = "REMIND"


class PauseReason(StrEnum):
    """The only lawful reasons; waiting for a peer office is none, its own clock runs on."""

    CORRECTION = "CORRECTION"
    INVESTIGATION = "INVESTIGATION"
    SPECIAL_PROCEDURE = "SPECIAL_PROCEDURE"  # 行政许可法第四十五条
    FORCE_MAJEURE = "FORCE_MAJEURE"

    @property
    def label(self) -> str:
        """The reason's Chinese name."""
        return _PAUSE_LABELS[self]


_PAUSE_LABELS = {
    PauseReason.CORRECTION: "补正",
    PauseReason.INVESTIGATION: "经批准的调查核实",
    PauseReason.SPECIAL_PROCEDURE: "特别程序",
    PauseReason.FORCE_MAJEURE: "不可抗力",
}

_LIMIT = re.compile(r"([1-9][0-9]{0,3})(wd|cd)")


@dataclass(frozen=True, slots=True)
class Limit:
    """A length of time with its unit and legal basis."""

    length: int
    unit: Unit
    basis: str

    @classmethod
    def parse(cls, text: str, basis: str) -> Limit:
        """Read "15wd" or "40cd"; DomainError MALFORMED_LIMIT for anything else."""
        match = _LIMIT.fullmatch(text)
        if match is None:
            raise DomainError(
                ClockCode.MALFORMED_LIMIT,
                "时限应写成数字加单位，例如 15wd（工作日）或 40cd（自然日），请改正。",
            )
        return cls(int(match[1]), Unit(match[2]), basis)

    def __str__(self) -> str:
        return f"{self.length}{self.unit.value}"

    @property
    def label(self) -> str:
        """The limit in Chinese, e.g. 15个工作日."""
        return f"{self.length}{self.unit.label}"


@dataclass(frozen=True, slots=True)
class Pause:
    """Days not counted: from `from_day` up to, not including, `to_day` (None: still paused).

    A special procedure is named, with the length that the applicant was told: `expected` is
    counted from `from_day`, which is not counted itself.
    """

    reason: PauseReason
    from_day: date
    to_day: date | None
    evidence: str
    procedure: SpecialProcedure | None = None
    expected: Limit | None = None

    def covers(self, day: date) -> bool:
        """Whether `day` is one of the days left out."""
        return self.from_day <= day and (self.to_day is None or day < self.to_day)


@dataclass(frozen=True, slots=True)
class Extension:
    """More days, in the unit of the clock's limit, approved on a day before the last one ended.

    Once revoked it gives no more days from `revoked_on` on; what it gave before stays given.
    """

    length: int
    approved_by: str
    on: date
    basis: str
    approver: Approver = Approver.HEAD
    evidence: str = ""
    revoked_on: date | None = None
    revoked_by: str = ""
    revocation: str = ""  # the evidence of the revocation

    def gives(self, day: date) -> int:
        """How many days it adds, by what is on file at the end of `day`."""
        revoked = self.revoked_on is not None and self.revoked_on <= day
        return self.length if self.on <= day and not revoked else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """One limit running in one case.

    `rolls` says that a calendar-day limit whose last day is no working day ends on the next one
    (民法典第二百零三条); the validity of a certificate does not roll.
    """

    kind: str
    limit: Limit
    started_on: date
    pauses: tuple[Pause, ...] = ()
    extensions: tuple[Extension, ...] = ()
    effect: Effect
    rolls: bool = True
