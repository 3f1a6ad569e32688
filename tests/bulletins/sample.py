"""The content of a large, invented month: what pages, workbooks and papers are tried with."""

from __future__ import annotations

import json
import random
from datetime import date, timedelta
from functools import cache
from typing import Any

from bulletins.compiling import FORMAT, assembled, voices
from domain.attribution import Holder
from domain.bulletins import canonical
from domain.figures import CaseFacts, Period
from domain.rating_figures import GivenRating, RatingFigures, figures
from domain.ratings import Level
from domain.ticket_figures import TicketAct, TicketFigures, ticket_figures
from storage.responsibility import Used
from tests.bulletins.world import CATALOG

PERIOD = Period(date(2026, 11, 1), date(2026, 11, 30))
LOCALITY = "371002"


@cache
def text(cases: int = 400) -> str:
    """The canonical content."""
    chance = random.Random(11)
    own = CATALOG.locality(LOCALITY)
    offices = {one.code: one.name for one in own.offices}
    matters = {
        **{one.code: one.name for one in CATALOG.matters.values()},
        **{one.code: one.name for one in CATALOG.transfers.values()},
    }
    others = {one.code: one.name for one in CATALOG.localities.values() if one.code != LOCALITY}
    reference = {
        "catalog_version": CATALOG.version,
        "locality": LOCALITY,
        "locality_name": own.name,
        "calendar": {"version": CATALOG.calendar.version, "off": [], "on": []},
        "offices": offices,
        "matters": matters,
        "localities": others,
    }
    facts = [
        _case(chance, list(offices)[:7], list(matters)[:8], list(others)) for _ in range(cases)
    ]
    used = [
        *(
            Used(Holder.OURS, code, working=n * 31 + 40, calendar=n * 45 + 60)
            for n, code in enumerate(list(offices)[:7])
        ),
        *(
            Used(Holder.THEIRS, code, working=90 + n, calendar=130 + n)
            for n, code in enumerate(list(others)[:2])
        ),
        Used(Holder.APPLICANT, working=120, calendar=170),
        Used(Holder.COURIER, working=22, calendar=30),
        Used(Holder.UNCOUNTED, working=35, calendar=51),
    ]
    steps = {code: n * 3 for n, code in enumerate(list(offices)[:7]) if n}
    rungs = {code: {"URGE": n, "SUPERVISION_ORDER": n // 2} for n, code in enumerate(steps, 1)}
    content = {
        "format": FORMAT,
        "kind": "MONTHLY",
        "first_day": "2026-11-01",
        "last_day": "2026-11-30",
        "as_of": "2026-12-01T00:30:00+00:00",
        "cut": 4321,
        "reference": reference,
        **assembled(facts, used, steps, rungs, reference, PERIOD),
        **voices(_ratings(chance, list(offices)[:3], list(matters)[:2]), _tickets(list(offices))),
    }
    return canonical(content)


def content(cases: int = 400) -> dict[str, Any]:
    """The same as it is read from file."""
    found: dict[str, Any] = json.loads(text(cases))
    return found


def _ratings(
    chance: random.Random, offices: list[str], matters: list[str]
) -> tuple[RatingFigures, ...]:
    given = (
        GivenRating(
            office=chance.choice(offices),
            matter=chance.choice(matters),
            level=(level := chance.choice((*Level, Level.VERY_SATISFIED, Level.SATISFIED))),
            called_back=level.low or None,
            called_back_in_time=level.low and chance.random() < 0.8,
            rectified=level.low or None,
            rectified_in_time=(level.low and chance.random() < 0.7) or None,
        )
        for _ in range(90)
    )
    return figures(given, (), today=PERIOD.last, default_days=0, calendar=CATALOG.calendar)


def _tickets(offices: list[str]) -> tuple[TicketFigures, ...]:
    acts = [
        TicketAct(code="TICKET_REPLIED", office=office, round=round_, late=office == offices[1])
        for office in offices[:4]
        for round_ in (1, 1, 2)
    ]
    acts += [TicketAct(code="TICKET_NOT_OURS", office=offices[2])]
    closed = TicketAct(code="TICKET_CLOSED", office=offices[0], verdict="SATISFIED")
    return ticket_figures(14, [*acts, closed, closed])


def _case(
    chance: random.Random, offices: list[str], matters: list[str], others: list[str]
) -> CaseFacts:
    received_on = date(2026, 10, 20) + timedelta(days=chance.randrange(41))
    elapsed = min(int(chance.gammavariate(2.2, 3)), 40)
    ended_on = received_on + timedelta(days=elapsed * 7 // 5)
    over = PERIOD.first <= ended_on <= PERIOD.last
    if not over and ended_on < PERIOD.first:
        ended_on, over = PERIOD.first, True
    late = over and chance.random() < 0.06
    return CaseFacts(
        office=chance.choice(offices),
        matter=chance.choice(matters),
        side=chance.choice(("HOME", "HOME", "LEG")),
        received_on=received_on,
        other_locality=chance.choice(others),
        accepted=int(received_on >= PERIOD.first),
        ended_on=ended_on if over else None,
        ending=chance.choice(("COMPLETED",) * 8 + ("WITHDRAWN", "NOT_ACCEPTED")) if over else None,
        late=late,
        overdue=late or chance.random() < 0.03,
        promise_kept=(not late) if over else None,
        notices=int(chance.random() < 0.1),
        repeats=int(chance.random() < 0.02),
        elapsed=elapsed if over else 0,
        counted=max(elapsed - 2, 0) if over else 0,
        statutory_days=20 if over else 0,
        promised_days=12 if over else 0,
        shared=2 if over else 0,
        brought=3 if over else 0,
        steps=4 if over else 0,
    )
