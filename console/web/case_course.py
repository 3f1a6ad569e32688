"""The procedure of one case as picture and list, from its route and its events."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from console.office import Office
from console.web.course_picture import picture
from domain.course import Course, course
from domain.routes import PARCEL, ROUTES, Route, generic_route, step_label
from domain.stages import Stage

Record = dict[str, Any]
Say = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Drawn:
    """The picture with what tells the same in words; ``svg`` is safe to put into a page."""

    svg: Markup
    steps: list[Record]


def drawn(office: Office, record: Record, say: Say) -> Drawn | None:
    """The course of a case; None where nobody has declared its procedure. ``say`` translates."""
    found = course_of(record)
    if found is None:
        return None
    leg = record["kind"] == "LEG"
    catalog = office.catalog
    here, there = office.locality, record["peer"]
    home, beside = (there, here) if leg else (here, there)
    names = [
        say(catalog.localities[code].short if code in catalog.localities else code or "—")
        for code in (home, beside)
    ]
    title = f"{say('办理流程')} {record['case_no']}"
    return Drawn(
        Markup(picture(found, names[0], names[1], title, say)),
        _told(found, names[0], names[1]),
    )


def course_of(record: Record) -> Course | None:
    """The steps of a case, done, running and to come; None where its procedure is not declared."""
    route = _route(record)
    known = [Stage(one["stage"]) for one in record["events"] if one["stage"] in set(Stage)]
    if route is None or record["stage"] not in set(Stage):
        return None
    closed, leg = record["closed_at"] is not None, record["kind"] == "LEG"
    return course(route, known, Stage(record["stage"]), closed=closed, leg=leg)


def _route(record: Record) -> Route | None:
    if record["kind"] == "PARCEL":
        return PARCEL
    terms = record["general"]
    if terms is not None and record["kind"] == "HOME" and record["mode"] != "PROXY_INTAKE":
        own = record["case_no"][:6]
        return generic_route(
            [one["kind"] for one in terms["steps"]],
            fee=bool(terms.get("fee_fen")),
            deferred=bool(terms.get("deferred")),
            promised=bool(terms.get("promised")),
            parts_elsewhere=any(one["locality"] != own for one in terms.get("parts", ())),
        )
    return ROUTES.get(record["family"])


def _told(found: Course, home: str, beside: str) -> list[Record]:
    upper = set(map(id, found.home))
    return [
        {
            "where": home if id(one) in upper else beside,
            "name": step_label(one.stage),
            "progress": one.progress.label,
            "kind": one.progress.value.lower(),
            "surmised": one.surmised,
        }
        for one in found.steps
    ]
