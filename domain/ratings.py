"""好差评: levels, channels, occasions, and who may rate what, when and how often; pure.

Used when a rating is taken in (activities/rating_filing.py), shown and counted. Inside the platform
a level has a name; numbers exist only at the edge (adapters/evaluation/codes.py). Sources:
国办发〔2019〕51号, docs/rules.md B4.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.casework import ActCode
from domain.errors import DomainError
from domain.offices import SYSTEM


class RatingCode(StrEnum):
    """Why a rating or an appeal is not taken."""

    NOT_RATABLE = "NOT_RATABLE"
    NOT_REACHED = "NOT_REACHED"
    ALREADY_RATED = "ALREADY_RATED"
    NOT_THE_APPLICANT = "NOT_THE_APPLICANT"
    OFFICE_MAY_NOT_RATE = "OFFICE_MAY_NOT_RATE"
    UNKNOWN_LEVEL = "UNKNOWN_LEVEL"
    UNKNOWN_RATING = "UNKNOWN_RATING"
    NOT_APPEALABLE = "NOT_APPEALABLE"
    ALREADY_APPEALED = "ALREADY_APPEALED"
    NO_LEAD_OFFICE = "NO_LEAD_OFFICE"


class Level(StrEnum):
    """The five levels, by name."""

    VERY_SATISFIED = "VERY_SATISFIED"
    SATISFIED = "SATISFIED"
    BASIC = "BASIC"
    DISSATISFIED = "DISSATISFIED"
    VERY_DISSATISFIED = "VERY_DISSATISFIED"

    @property
    def low(self) -> bool:
        """差评: the two lower levels."""
        return self in LOW

    @property
    def label(self) -> str:
        """The level's Chinese name."""
        return _LEVELS[self]


LOW = frozenset({Level.DISSATISFIED, Level.VERY_DISSATISFIED})
#: What an average counts, 5 is best; at the edge each platform has numbers of its own.
STARS = {level: 5 - place for place, level in enumerate(Level)}
_LEVELS = {
    Level.VERY_SATISFIED: "非常满意",
    Level.SATISFIED: "满意",
    Level.BASIC: "基本满意",
    Level.DISSATISFIED: "不满意",
    Level.VERY_DISSATISFIED: "非常不满意",
}


class Channel(StrEnum):
    """Where the person rates: on site (一次一评) or from elsewhere (一事一评)."""

    WINDOW = "WINDOW"
    TERMINAL = "TERMINAL"
    QR_CODE = "QR_CODE"
    WEB = "WEB"
    MOBILE = "MOBILE"
    HOTLINE = "HOTLINE"

    @property
    def on_site(self) -> bool:
        """Whether each visit is rated, and not the matter as a whole."""
        return self in (Channel.WINDOW, Channel.TERMINAL, Channel.QR_CODE)

    @property
    def label(self) -> str:
        """The channel's Chinese name."""
        return _CHANNELS[self]


_CHANNELS = {
    Channel.WINDOW: "窗口评价器",
    Channel.TERMINAL: "自助终端",
    Channel.QR_CODE: "现场二维码",
    Channel.WEB: "网站",
    Channel.MOBILE: "移动端",
    Channel.HOTLINE: "12345热线",
}


class Occasion(StrEnum):
    """What is rated: one visit to an office, or the matter as a whole."""

    FILING = "FILING"
    CORRECTION = "CORRECTION"
    REGISTRATION = "REGISTRATION"
    DELIVERY = "DELIVERY"
    CASE = "CASE"

    @property
    def label(self) -> str:
        """The occasion's Chinese name."""
        return _OCCASIONS[self]


_OCCASIONS = {
    Occasion.FILING: "到场申请",
    Occasion.CORRECTION: "到场补正",
    Occasion.REGISTRATION: "到场登记",
    Occasion.DELIVERY: "到场领取",
    Occasion.CASE: "整件事项",
}

#: Acts for which the person stands before the office.
_VISITS: dict[str, Occasion] = {
    ActCode.CORRECTION_NOTICE: Occasion.FILING,
    ActCode.ACCEPTED: Occasion.FILING,
    ActCode.NOT_ACCEPTED: Occasion.FILING,
    ActCode.COLLECTED: Occasion.FILING,
    ActCode.LANDED: Occasion.REGISTRATION,
    ActCode.INSPECTED: Occasion.REGISTRATION,
    ActCode.CARD_ACTIVATED: Occasion.REGISTRATION,
    ActCode.DELIVERED: Occasion.DELIVERY,
    ActCode.SIGNED_FOR: Occasion.DELIVERY,
}


class Party(StrEnum):
    """Who appeals against a rating."""

    OFFICE = "OFFICE"
    PERSON = "PERSON"


class Ground(StrEnum):
    """Why a rating should not count: given by mistake, or in bad faith."""

    MISTAKEN = "MISTAKEN"
    MALICIOUS = "MALICIOUS"

    @property
    def label(self) -> str:
        """The ground's Chinese name."""
        return "误评" if self is Ground.MISTAKEN else "恶意差评"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One act of the case that stands: who did it, where and when."""

    code: str
    office: str
    actor: str
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Trail:
    """What of a case says which occasions it has reached. ``station`` handles the matter."""

    intake: str
    station: str
    visits: tuple[Visit, ...] = ()
    events: frozenset[str] = frozenset()
    closed_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """An occasion that may be rated: the office that answers for it, and its clerk if one acted."""

    occasion: Occasion
    office: str
    clerk: str = ""


def reached(trail: Trail) -> dict[Occasion, Reached]:
    """Every occasion that the case has come to, in the order in which it came to them."""
    found: dict[Occasion, Reached] = {}
    for visit in trail.visits:
        occasion = _VISITS.get(visit.code)
        if occasion is not None:
            found[occasion] = Reached(
                occasion=occasion,
                office=visit.office,
                clerk="" if visit.actor == SYSTEM else visit.actor,
            )
        if occasion is Occasion.FILING and "CORRECTION_HANDED_IN" in trail.events:
            found.setdefault(
                Occasion.CORRECTION, Reached(occasion=Occasion.CORRECTION, office=trail.intake)
            )
    if trail.closed_on is not None:
        found[Occasion.CASE] = Reached(occasion=Occasion.CASE, office=trail.station)
    return found


def occasion_rated(
    trail: Trail,
    channel: Channel,
    rated: Collection[Occasion],
    asked: Occasion | None = None,
) -> Reached:
    """The occasion that a rating is about: the one asked for, or the newest of its channel.

    Raises DomainError NOT_REACHED or ALREADY_RATED; the sentences say what to do next.
    """
    if asked is not None and (asked is Occasion.CASE) == channel.on_site:
        raise DomainError(
            RatingCode.NOT_REACHED,
            "现场评价只评到场的一次服务，线上评价只评整件事项；请改正评价渠道或评价环节。",
        )
    open_to = [one for one in reached(trail).values() if _suits(one.occasion, channel)]
    chosen = [one for one in open_to if asked in (None, one.occasion)]
    if not chosen:
        raise DomainError(
            RatingCode.NOT_REACHED,
            "该办件还没有到可以评价的环节；线上评价请待办结后再评，现场评价请在办理之后评。"
            if asked is None
            else f"该办件还没有到“{asked.label}”环节；请在办理之后再评。",
        )
    if chosen[-1].occasion in rated:
        raise DomainError(
            RatingCode.ALREADY_RATED,
            f"“{chosen[-1].occasion.label}”已经评价过，一次服务只评一次且不能修改；"
            "如系误评，可以提出申诉。",
        )
    return chosen[-1]


def _suits(occasion: Occasion, channel: Channel) -> bool:
    return (occasion is not Occasion.CASE) == channel.on_site


def seal(facts: Mapping[str, object]) -> str:
    """SHA-256 over what was said, kept with a rating: whoever changed it would be found out."""
    text = json.dumps({k: str(v) for k, v in facts.items()}, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def appeal_refusal(
    level: Level, party: Party, *, appealed_by: Collection[Party]
) -> DomainError | None:
    """Why an appeal is not taken: only low ratings, once per party."""
    if not level.low:
        return DomainError(
            RatingCode.NOT_APPEALABLE, "只有“不满意”和“非常不满意”的评价可以申诉；此件不能申诉。"
        )
    if party in appealed_by:
        return DomainError(
            RatingCode.ALREADY_APPEALED, "对这项评价已经申诉过；请等候复核结果，不必重复提出。"
        )
    return None
