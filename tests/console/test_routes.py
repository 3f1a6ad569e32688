"""Every address of the console, tried as every role of the own office and of others, and unknown.

The same policy decides for all of them: what it forbids is refused, and what may not be read never
appears in any answer.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import date
from functools import partial
from typing import Any, cast

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI, Request
from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from starlette.routing import BaseRoute, Mount

from bulletins.issuing import BulletinRoom
from connection import connect
from console import desk_app as desk
from console.api.calling import Call, caller
from console.office import Office
from console.problems import Refusal
from console.staff import Person
from console.web.context import NotSignedIn, Visit, house_of, visit
from console.web.words import words_for
from domain.bulletins import BulletinKind, period_of
from domain.calendar import Calendar
from domain.offices import Role
from domain.permissions import Permission, Post, PostKind
from storage import documents, drafts, slips
from storage.database import Database
from storage.documents import digest_of
from storage.parcel_tables import Parcel
from tests.console.api_clients import new_key, new_webhook
from tests.console.lists import OTHER, STATION, case_with_task
from tests.console.routes import RULES
from tests.console.rule import Rule
from tests.console.test_search import parcel
from tests.console.test_signing_in import BASE, CATALOG, settings, token_of
from tests.storage.builders import NOW
from tests.storage.test_supervision import Story, after

OWN = settings(seeded_accounts=True)
EVERY = frozenset(office.code for office in CATALOG.locality("371002").offices)
THIRD = "371002-GA-00"
_DRAFT = "d" * 32
_PDF = b"%PDF-1.4\n%slip\n"

PEOPLE: dict[str, Person | None] = {"anonymous": None, "no post": Person("x", (), EVERY)}
for _office in (STATION, OTHER, THIRD):
    for _role in Role:
        _post = Post(f"T-{_role.value}", _office, frozenset({_role}))
        PEOPLE[f"{_role.value} of {_office}"] = Person("x", (_post,), EVERY)
PEOPLE["seconded to the station"] = Person(
    "x",
    (
        Post("T1", OTHER, frozenset({Role.INTAKE})),
        Post("T1", STATION, frozenset({Role.HANDLER}), PostKind.SECONDMENT),
    ),
    EVERY,
)


_BUILD = desk.build_pages


def pages(database: Database) -> FastAPI:
    office = Office(database, partial(connect, OWN), CATALOG, OWN.code)
    return _BUILD(office, OWN, ui_url=None)


def addresses(routes: list[BaseRoute], before: str = "") -> Iterator[tuple[str, str]]:
    """(method, path) of every route, also of what is mounted or included."""
    for route in routes:
        inner = getattr(route, "routes", None) or getattr(
            getattr(route, "original_router", None), "routes", None
        )
        path = getattr(route, "path", "")
        if isinstance(route, Mount) or (inner and not hasattr(route, "methods")):
            yield from addresses(list(inner or ()), before + path)
        else:
            for method in sorted(getattr(route, "methods", None) or ()):
                if method != "HEAD":
                    yield method, before + path


ADDRESSES = sorted(set(addresses(pages(cast(Database, None)).routes)))


@pytest_asyncio.fixture(scope="module")
async def case(database: Database) -> dict[str, str]:
    """One case of the station with all that an address may name."""
    task_id = await case_with_task(database, days=-400)
    case_no = task_id.partition("/")[0]
    waybill = f"ROUTE{case_no[-6:]}"
    async with database.write() as connection:
        await connection.execute(insert(Parcel).values(**parcel(case_no, waybill)))
        paper = await documents.keep(
            connection,
            b"%PDF-1.4",
            case_no=case_no,
            type_="SAMPLE",
            media_type="application/pdf",
            source="APPLICANT",
            now=NOW,
        )
        await drafts.begin(
            connection,
            _DRAFT,
            account="x",
            clerk="T1",
            office=STATION,
            matter="HUKOU-SPOUSE",
            now=NOW,
        )
        upload = {"type": "SAMPLE", "person": 0, "digest": paper.digest, "size": 8}
        await drafts.change_papers(
            connection,
            _DRAFT,
            "x",
            added=[{**upload, "name": "样例.pdf", "media_type": "application/pdf"}],
            removed="",
            now=NOW,
        )
    return {
        "task_id": task_id,
        "case_no": case_no,
        "waybill": waybill,
        "digest": paper.digest,
        "draft": _DRAFT,
        "slip": await slip(database, case_no),
        "rung": await rung(database),
        "bulletin": await bulletin(database),
        "other_task": await case_with_task(database, days=-400),
        "key": str((await new_key(database))[1]),
        "webhook": str(await new_webhook(database)),
    }


async def slip(database: Database, case_no: str) -> str:
    """The digest of a slip that is on file."""
    async with database.write() as connection:
        await slips.keep(
            connection,
            slips.KeptSlip(
                number=f"收〔2026〕{case_no[-8:]}",
                kind="INTAKE",
                case_no=case_no,
                subject="",
                source=case_no,
                verification_code=case_no[-14:],
                content="样例",
                document=digest_of(_PDF),
                issued_by="T1",
                issued_at=NOW,
            ),
            _PDF,
        )
    return digest_of(_PDF)


async def rung(database: Database) -> str:
    """The number of a rung that asks the station for an answer."""
    story = Story(database)
    await story.begin()
    await story.patrol(after(2))
    return str((await story.rungs())[-1]["number"])


async def bulletin(database: Database) -> str:
    """The number of an issued bulletin of a day long ago."""
    room = BulletinRoom(database, CATALOG, OWN.code, calendar)
    period = period_of(BulletinKind.DAILY, date(2026, 1, 7))
    return (await room.issue(BulletinKind.DAILY, period, NOW)).number


async def calendar(connection: AsyncConnection) -> Calendar:
    return CATALOG.calendar


@pytest_asyncio.fixture
async def client(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[httpx.AsyncClient]:
    """A browser whose person is named by a header; everything else is as it is in service."""

    def as_named(*args: Any, **kwargs: Any) -> FastAPI:
        app = pages(database)
        app.dependency_overrides[visit] = named
        app.state.api.dependency_overrides[caller] = calling
        return app

    monkeypatch.setattr(desk, "build_pages", as_named)
    office = Office(database, partial(connect, OWN), CATALOG, OWN.code)
    transport = httpx.ASGITransport(app=desk.build_desk(office, OWN, ui_url=None))
    async with httpx.AsyncClient(transport=transport, base_url=BASE) as client:
        yield client


async def named(request: Request) -> Visit:
    person = PEOPLE[request.headers["x-person"]]
    if person is None:
        raise NotSignedIn
    return Visit(request, house_of(request), words_for(request), person)


async def calling(request: Request) -> Call:
    try:
        return Call(await named(request))
    except NotSignedIn:
        raise Refusal("NOT_SIGNED_IN") from None


def test_every_address_has_a_rule_and_every_rule_an_address() -> None:
    assert set(ADDRESSES) == set(RULES)


@pytest.mark.parametrize(("method", "path"), sorted(RULES))
async def test_the_policy_decides_for_everybody_alike(
    client: httpx.AsyncClient, case: dict[str, str], method: str, path: str
) -> None:
    rule = RULES[method, path]
    token = token_of(await client.get("/sign-in"))
    for name, person in PEOPLE.items():
        request = sent(rule, method, token, case)
        request["headers"]["x-person"] = name
        answer = await client.request(
            method,
            (rule.url or path).format(**case),
            **request,
        )
        verdict(rule, name, person, answer, case["case_no"])


def sent(rule: Rule, method: str, token: str, case: dict[str, str]) -> dict[str, Any]:
    """The body of a request: a form of a page, or what the programming interface takes."""
    if method != "POST":
        return {"headers": {}}
    if rule.json is None:
        form = {key: value.format(**case) for key, value in rule.form.items()}
        return {"headers": {}, "data": {"csrftoken": token, **form}}
    body = {
        key: value.format(**case) if isinstance(value, str) else value
        for key, value in rule.json.items()
    }
    key = {"Idempotency-Key": rule.key} if rule.key else {}
    return {"headers": {"X-CSRFToken": token, **key}, "json": body}


def verdict(
    rule: Rule, name: str, person: Person | None, answer: httpx.Response, case_no: str
) -> None:
    """Refused or not as the policy says, and nothing of the case for who may not read it."""
    assert answer.status_code < 500, (name, answer.status_code)
    sent_away = answer.status_code == 401 or (
        answer.headers.get("location", "").startswith("/sign-in?")
    )
    reads = person is not None and person.may(Permission.READ, STATION)
    assert reads or case_no not in answer.text, name
    if rule.proof:
        assert answer.status_code in (403, 429), name
    elif rule.needs is None and (person is not None or not rule.signed_in):
        assert answer.status_code not in (401, 403, 404) and not sent_away, name
    elif person is None or rule.needs is None:
        assert sent_away, name
    elif may(person, rule):
        assert answer.status_code not in (401, 403, 404) and not sent_away, name
        assert not (rule.shows and reads) or case_no in answer.text, name
    else:
        assert answer.status_code in (403, 404), name


def may(person: Person, rule: Rule) -> bool:
    """What the policy says of that address."""
    assert rule.needs is not None
    if rule.role is not None:
        return person.post(rule.needs, STATION, role=rule.role) is not None
    place = STATION if rule.here else None
    return person.may(rule.needs, place) or (rule.also is not None and person.may(rule.also, place))
