"""S1 to S6: ratings are said once and never changed, low ones are dealt with, tickets answered.

Sources: docs/rules.md B4.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from domain.hotline import ReplyKind
from domain.invariants.facts import Violation
from domain.ratings import Level


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingFact:
    """One rating on file. ``intact``: its digest is that of what it says; ``exists``: its occasion
    is one that the case has come to."""

    locality: str
    rating_no: str
    case_no: str
    occasion: str
    level: str
    intact: bool
    reached: bool
    rectification: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FollowUp:
    """A 差评整改: which rating it is about, how it ended and what was done."""

    locality: str
    case_no: str
    rating_no: str
    closed: bool
    acts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealFact:
    """An appeal and what its case decided."""

    locality: str
    case_no: str
    rating_no: str
    by: str
    closed: bool
    acts: tuple[str, ...] = ()
    reviewers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketFact:
    """A ticket with the acts of its case and what was drawn up for the platform: (kind, round)."""

    locality: str
    ticket_no: str
    case_no: str
    closed: bool
    acts: tuple[tuple[str, str], ...] = ()  # code, round
    not_ours: tuple[str, ...] = ()  # offices that returned it
    replies: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Services:
    """What all localities have on file."""

    ratings: tuple[RatingFact, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    appeals: tuple[AppealFact, ...] = ()
    tickets: tuple[TicketFact, ...] = field(default=())


Found = Iterator[Violation]


def one_rating_per_occasion(services: Services) -> Found:
    """S1: no occasion has two ratings, and every rated occasion was reached."""
    counts = Counter((one.locality, one.case_no, one.occasion) for one in services.ratings)
    for (locality, case_no, occasion), count in counts.items():
        if count > 1:
            yield Violation(
                "S1", locality, case_no, f"环节 {occasion} 有{count}次评价，只能有一次；请核对。"
            )
    for one in services.ratings:
        if not one.reached:
            yield _about(one, "S1", "所评的环节在办件里没有发生；请核对。")


def ratings_are_never_changed(services: Services) -> Found:
    """S2: each rating still says what it said when it was given."""
    for one in services.ratings:
        if not one.intact:
            yield _about(one, "S2", "内容与提交时的摘要不一致，疑被改动；请核对数据库。")


def low_ratings_are_dealt_with(services: Services) -> Found:
    """S3: each low rating has its 差评整改, which ends confirmed, unfounded or excluded."""
    cases = {(one.locality, one.case_no): one for one in services.follow_ups}
    upheld = {
        (one.locality, one.rating_no) for one in services.appeals if "APPEAL_UPHELD" in one.acts
    }
    for rating in services.ratings:
        case = cases.get((rating.locality, rating.rectification or ""))
        if not Level(rating.level).low:
            if rating.rectification is not None:
                yield _about(rating, "S3", "不是差评，却开了差评整改；请核对。")
            continue
        if case is None or case.rating_no != rating.rating_no:
            yield _about(rating, "S3", "是差评，却没有对应的差评整改；请补办。")
            continue
        if not case.closed:
            continue
        excluded = "RATING_EXCLUDED" in case.acts
        if excluded and (rating.locality, rating.rating_no) not in upheld:
            yield _about(rating, "S3", "整改以“不予计入”结束，却没有成立的申诉；请核对。")
        elif not excluded and not {"RATER_CALLED", "RATER_INFORMED", "RATING_PUBLISHED"} <= set(
            case.acts
        ):
            yield _about(rating, "S3", "整改已办结，回访、反馈、公开有缺；请核对。")


def appeals_are_decided_by_others(services: Services) -> Found:
    """S4: a closed appeal has one decision, not by who appealed."""
    for one in services.appeals:
        decisions = [code for code in one.acts if code in ("APPEAL_UPHELD", "APPEAL_REJECTED")]
        if one.closed and len(decisions) != 1:
            yield Violation(
                "S4", one.locality, one.case_no, f"申诉有{len(decisions)}个结论，应恰有一个。"
            )
        if one.by in one.reviewers:
            yield Violation("S4", one.locality, one.case_no, "申诉由申诉人自己复核；请另行复核。")


def tickets_are_answered_once_per_round(services: Services) -> Found:
    """S5: one reply for each round that was handled, and no reply without its act."""
    for one in services.tickets:
        handled = Counter(round_ for code, round_ in one.acts if code == "TICKET_REPLIED")
        replied = Counter(str(number) for kind, number in one.replies if kind == ReplyKind.REPLY)
        for round_ in sorted({*handled, *replied}):
            acts, replies = handled[round_], replied[round_]
            late = acts == 1 and not replies and not one.closed  # drawn up a moment later
            early = replies == 1 and not acts and not one.closed
            if (acts, replies) != (1, 1) and not late and not early:
                yield _of(
                    one, "S5", f"第{round_}轮有{acts}次答复、{replies}份送回平台，应各一；请核对。"
                )
        returned = sum(kind == ReplyKind.RETURN for kind, _ in one.replies)
        sent_back = any(code == "TICKET_RETURNED" for code, _ in one.acts)
        if one.closed and returned != int(sent_back):
            yield _of(one, "S5", "退回平台的登记与送回平台的不一致；请核对。")


def tickets_end_and_return_lawfully(services: Services) -> Found:
    """S6: a ticket ends closed, returned or withdrawn; an office returns it once at most."""
    ends = {"TICKET_CLOSED", "TICKET_RETURNED", "TICKET_WITHDRAWN"}
    for one in services.tickets:
        codes = {code for code, _ in one.acts}
        if one.closed and len(codes & ends) != 1:
            yield _of(one, "S6", "工单已办结，应恰有办结、退回平台、撤单之一；请核对。")
        for office, times in Counter(one.not_ours).items():
            if times > 1:
                yield _of(one, "S6", f"机构 {office} 退单{times}次，每个机构只能退一次。")
    for number, times in Counter((one.locality, one.ticket_no) for one in services.tickets).items():
        if times > 1:
            yield Violation("S6", number[0], None, f"工单 {number[1]} 有{times}件，应为一件。")


def _about(one: RatingFact, code: str, text: str) -> Violation:
    return Violation(code, one.locality, one.rectification, f"评价 {one.rating_no} {text}")


def _of(one: TicketFact, code: str, text: str) -> Violation:
    return Violation(code, one.locality, one.case_no, f"工单 {one.ticket_no} {text}")


SERVICE_RULES: tuple[tuple[str, str, Callable[[Services], Found]], ...] = (
    ("S1", "一次服务一次评价，所评环节确已发生", one_rating_per_occasion),
    ("S2", "评价提交后不变", ratings_are_never_changed),
    ("S3", "差评件件有回访、整改、反馈和公开", low_ratings_are_dealt_with),
    ("S4", "申诉由他人复核，结论唯一", appeals_are_decided_by_others),
    ("S5", "工单每轮恰有一份答复", tickets_are_answered_once_per_round),
    ("S6", "工单有始有终，每个机构只退一次", tickets_end_and_return_lawfully),
)


def check_services(services: Services) -> list[Violation]:
    """Every broken rule, each told once."""
    found = [one for _, _, rule in SERVICE_RULES for one in rule(services)]
    return list(dict.fromkeys(found))
