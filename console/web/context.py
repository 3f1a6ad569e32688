"""What the pages share: the locality's desks, who is signed in, and how a page is drawn.

Every page's function takes a :class:`Visit`; who is not signed in is sent to the sign-in page.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

from fastapi import Depends, Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from console.office import Office
from console.staff import Person, Staff
from console.web.words import Words, words_for
from domain.calendar import SHANGHAI
from domain.permissions import Permission

_TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def _moment(at: datetime) -> str:
    """An instant as lists show it: day and minute in Asia/Shanghai."""
    return at.astimezone(SHANGHAI).strftime("%Y-%m-%d %H:%M")


@pass_context
def _typed(context: Context, text: object) -> object:
    """What people wrote, which nobody translates: a page in another language says whose it is."""
    if not text or context["language"] == "zh-CN":
        return text
    return Markup('<span lang="zh-CN">{}</span>').format(text)


_TEMPLATES.filters["moment"] = _moment
_TEMPLATES.filters["typed"] = _typed


@dataclass(frozen=True, slots=True)
class House:
    """One locality's console. ``seeded``: anybody may sign in as any staff number (rehearsal)."""

    office: Office
    staff: Staff
    seeded: bool
    ui_url: str | None


class NotSignedIn(Exception):
    """The page is for staff; the handler sends the browser to the sign-in page."""


class Forbidden(Exception):
    """A signed-in person may not do this; the handler says whom to ask."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One request: who asks, in which language, of which house."""

    request: Request
    house: House
    words: Words
    person: Person

    @property
    def today(self) -> date:
        """In Asia/Shanghai."""
        return datetime.now(SHANGHAI).date()

    def need(self, permission: Permission, office: str | None = None) -> None:
        """Raises Forbidden unless the person may do this (there, or anywhere)."""
        if not self.person.may(permission, office):
            raise Forbidden(permission)

    def noted(self, purpose: str) -> str:
        """The purpose of a reading as it is logged, with the key that was used for it."""
        return f"{purpose} {self.person.via}" if self.person.via else purpose

    def page(self, template: str, status: int = 200, **values: Any) -> HTMLResponse:
        """A page of this house; htmx gets the same and picks its part."""
        return draw(self.request, template, status, person=self.person, **values)


def house_of(request: Request) -> House:
    """The house this application serves."""
    house: House = request.app.state.house
    return house


async def visit(request: Request) -> Visit:
    """The dependency of every staff page; raises NotSignedIn."""
    house = house_of(request)
    account, numbers = request.session.get("account"), request.session.get("staff", ())
    if not account:
        raise NotSignedIn
    today = datetime.now(SHANGHAI).date()
    person = await house.staff.person(account, numbers, today)
    request.state.person = person  # a refusal of this request keeps the menu
    return Visit(request, house, words_for(request), person)


Visiting = Annotated[Visit, Depends(visit)]


def bare(words: Words, **values: Any) -> str:
    """A page without menu and session, for when nothing behind it answers."""
    template = _TEMPLATES.get_template("bare.html.j2")
    return template.render(_=words.gettext, language=words.language, **values)


def draw(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """Any page, signed in or not."""
    house, words = house_of(request), words_for(request)
    content = _TEMPLATES.get_template(template).render(
        request=request,
        house=house,
        locality=house.office.catalog.locality(house.office.locality),
        _=words.gettext,
        language=words.language,
        csrf=request.scope["csrftoken"],
        **{"person": getattr(request.state, "person", None), **values},
    )
    return HTMLResponse(content, status_code=status)
