"""S1 to S6: lawful ratings and tickets pass, and each damaged fact is named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from domain.invariants.services import (
    SERVICE_RULES,
    AppealFact,
    FollowUp,
    RatingFact,
    Services,
    TicketFact,
    check_services,
)

HERE = "371002"
DONE = ("RATER_CALLED", "RATING_VERIFIED", "RECTIFIED", "RATER_INFORMED", "RATING_PUBLISHED")


def rating(**more: object) -> RatingFact:
    given: dict[str, object] = {
        "locality": HERE,
        "rating_no": "R1",
        "case_no": "C1",
        "occasion": "FILING",
        "level": "DISSATISFIED",
        "intact": True,
        "reached": True,
        "rectification": "F1",
        **more,
    }
    return RatingFact(**given)  # type: ignore[arg-type]


def follow_up(*acts: str, closed: bool = True, rating_no: str = "R1") -> FollowUp:
    return FollowUp(
        locality=HERE, case_no="F1", rating_no=rating_no, closed=closed, acts=acts or DONE
    )


def appeal(*acts: str, reviewer: str = "HC0902", closed: bool = True) -> AppealFact:
    return AppealFact(
        locality=HERE,
        case_no="A1",
        rating_no="R1",
        by="HC0102",
        closed=closed,
        acts=acts,
        reviewers=frozenset({reviewer}) if acts else frozenset(),
    )


def ticket(**more: object) -> TicketFact:
    given: dict[str, object] = {
        "locality": HERE,
        "ticket_no": "T1",
        "case_no": "H1",
        "closed": True,
        "acts": (
            ("TICKET_DISPATCHED", ""),
            ("TICKET_SIGNED", ""),
            ("TICKET_REPLIED", "1"),
            ("TICKET_CALLED_BACK", "1"),
            ("TICKET_CLOSED", ""),
        ),
        "replies": (("REPLY", 1),),
        **more,
    }
    return TicketFact(**given)  # type: ignore[arg-type]


GOOD = rating(rating_no="R2", occasion="CASE", level="SATISFIED", rectification=None)
RETURNED = ticket(acts=(("TICKET_RETURNED", ""),), replies=(("RETURN", 0),))
EXCLUDED = Services(
    ratings=(rating(),),
    follow_ups=(follow_up("RATING_EXCLUDED"),),
    appeals=(appeal("APPEAL_UPHELD"),),
)


@pytest.mark.parametrize(
    "lawful",
    [
        Services(),
        Services(ratings=(rating(), GOOD), follow_ups=(follow_up(),)),
        Services(ratings=(rating(),), follow_ups=(follow_up("RATER_CALLED", closed=False),)),
        EXCLUDED,
        Services(appeals=(appeal(closed=False),)),
        Services(tickets=(ticket(),)),
        Services(tickets=(RETURNED,)),
        Services(tickets=(ticket(acts=(("TICKET_WITHDRAWN", ""),), replies=()),)),
        Services(tickets=(ticket(closed=False, replies=(), acts=(("TICKET_REPLIED", "1"),)),)),
        Services(tickets=(ticket(not_ours=("O1", "O2")),)),
    ],
    ids=[
        "nothing",
        "dealt with",
        "under way",
        "excluded",
        "under review",
        "closed",
        "returned",
        "withdrawn",
        "reply being drawn up",
        "two wrong offices",
    ],
)
def test_a_lawful_moment_has_no_violation(lawful: Services) -> None:
    assert check_services(lawful) == []


def low(*ratings: RatingFact, follow: FollowUp | None = None, **more: object) -> Services:
    follow_ups = (follow or follow_up(),)
    return Services(ratings=ratings, follow_ups=follow_ups, **more)  # type: ignore[arg-type]


BROKEN: list[tuple[str, str, Callable[[], Services]]] = [
    ("S1", "有2次评价", lambda: low(rating(), replace(GOOD, occasion="FILING"))),
    ("S1", "没有发生", lambda: low(rating(reached=False))),
    ("S2", "疑被改动", lambda: low(rating(intact=False))),
    ("S3", "没有对应的差评整改", lambda: Services(ratings=(rating(),))),
    ("S3", "没有对应的差评整改", lambda: low(rating(rectification=None))),
    ("S3", "没有对应的差评整改", lambda: low(rating(), follow=follow_up(rating_no="R9"))),
    ("S3", "不是差评", lambda: low(replace(GOOD, rectification="F1"))),
    ("S3", "回访、反馈、公开有缺", lambda: low(rating(), follow=follow_up("RATER_CALLED"))),
    ("S3", "没有成立的申诉", lambda: replace(EXCLUDED, appeals=())),
    (
        "S3",
        "没有成立的申诉",
        lambda: replace(EXCLUDED, appeals=(appeal("APPEAL_REJECTED"),)),
    ),
    ("S4", "0个结论", lambda: Services(appeals=(appeal(),))),
    ("S4", "2个结论", lambda: Services(appeals=(appeal("APPEAL_UPHELD", "APPEAL_REJECTED"),))),
    (
        "S4",
        "自己复核",
        lambda: Services(appeals=(appeal("APPEAL_UPHELD", reviewer="HC0102"),)),
    ),
    ("S5", "0份送回平台", lambda: Services(tickets=(ticket(replies=()),))),
    ("S5", "有0次答复", lambda: Services(tickets=(ticket(replies=(("REPLY", 1), ("REPLY", 2))),))),
    (
        "S5",
        "2份送回平台",
        lambda: Services(tickets=(ticket(replies=(("REPLY", 1), ("REPLY", 1))),)),
    ),
    ("S5", "退回平台的登记", lambda: Services(tickets=(replace(RETURNED, replies=()),))),
    ("S6", "恰有办结", lambda: Services(tickets=(ticket(acts=(("TICKET_REPLIED", "1"),)),))),
    ("S6", "退单2次", lambda: Services(tickets=(ticket(not_ours=("O1", "O1")),))),
    ("S6", "有2件", lambda: Services(tickets=(ticket(), replace(ticket(), case_no="H2")))),
]


@pytest.mark.parametrize(("code", "said", "damaged"), BROKEN)
def test_damage_is_named(code: str, said: str, damaged: Callable[[], Services]) -> None:
    found = check_services(damaged())
    assert any(one.invariant == code and said in one.text for one in found), found


def test_every_rule_is_broken_by_one_of_these() -> None:
    assert {code for code, _, _ in BROKEN} == {code for code, _, _ in SERVICE_RULES}
