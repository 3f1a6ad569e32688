"""The programming interface keeps its own contract, whatever it is sent.

Every operation of the OpenAPI document is called with generated data, right and wrong, by somebody
who may do everything: nothing breaks, and every answer is one that was declared.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, date, datetime
from functools import partial
from typing import Any, cast
from urllib.parse import quote

import httpx
import pytest
import pytest_asyncio
import schemathesis
import uvicorn
from hypothesis import HealthCheck, assume, given, settings
from limits import RateLimitItemPerMinute
from schemathesis import GenerationMode
from schemathesis.checks import positive_data_acceptance
from schemathesis.core import NOT_SET

from connection import connect
from console.api import calling
from console.api.app import openapi_of
from console.desk_app import build_desk
from console.office import Office
from domain.offices import Role
from domain.permissions import PostKind
from embedded.ports import Ports
from storage import posts
from storage.database import Database
from tests.conftest import empty_database
from tests.console.api_clients import V1
from tests.console.lists import STATION, case_with_task
from tests.console.test_routes import pages
from tests.console.test_signing_in import CATALOG, token_of
from tests.console.test_signing_in import settings as own_settings

#: Found by what it refuses: valid by its shape is not yet allowed by the rules.
_NOT_ASKED = [positive_data_acceptance]
EVERYTHING = "HC0101"

schema = schemathesis.openapi.from_dict(openapi_of(pages(cast(Database, None)).state.api))

OPERATIONS: list[Any] = [cast(Any, one).ok() for one in schema.get_all_operations()]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def url() -> AsyncIterator[str]:
    """A register of its own: what is generated here would be in the way of others."""
    async with empty_database() as url:
        yield url


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def known(url: str) -> dict[str, str]:
    """A case that is there, and somebody with every role at its office."""
    database = Database(url)
    async with database.write() as connection:
        await posts.grant(
            connection,
            account=posts.of_number(EVERYTHING),
            code=EVERYTHING,
            office=STATION,
            roles=list(Role),
            kind=PostKind.OWN,
            since=date(2026, 1, 1),
            until=None,
            for_post=None,
            by="HC0904",
            at=datetime.now(UTC),
        )
    task_id = await case_with_task(database)
    await database.close()
    return {"case_no": task_id.partition("/")[0], "task_id": task_id}


@pytest.fixture(scope="module")
def address(url: str, known: dict[str, str]) -> Iterator[str]:
    """The console, answering in a thread of its own."""
    own = own_settings(seeded_accounts=True, secure_cookies=False)
    office = Office(Database(url), partial(connect, own), CATALOG, own.code)
    port = Ports.free().simulators
    server = uvicorn.Server(
        uvicorn.Config(
            build_desk(office, own, ui_url=None), port=port, log_level="warning", lifespan="off"
        )
    )

    async def serve() -> None:
        await server.serve()
        await office.database.close()

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    with pytest.MonkeyPatch.context() as patch:
        # How often somebody may call is another test's matter.
        patch.setattr(calling, "RateLimitItemPerMinute", lambda _: RateLimitItemPerMinute(10**6))
        thread.start()
        yield f"http://127.0.0.1:{port}"
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="module")
def headers(address: str) -> dict[str, str]:
    """Signed in, with the token of the pages."""
    with httpx.Client(base_url=address, transport=httpx.HTTPTransport(retries=9)) as client:
        token = token_of(client.get("/sign-in"))
        client.post("/sign-in/seeded", data={"number": EVERYTHING, "csrftoken": token})
        assert client.get(f"{V1}/me").json()["permissions"]["MANAGE"]
        cookies = "; ".join(f"{one.name}={one.value}" for one in client.cookies.jar)
        return {"Cookie": cookies, "X-CSRFToken": token}


_CASE = "/cases/{case_no}"
_TASK = "/tasks/{case_no}/{kind}/{number}"
REAL: list[tuple[str, str, dict[str, Any] | None, int]] = [
    ("GET", "/tasks", None, 200),
    ("GET", "/tasks/counts", None, 200),
    ("GET", "/cases", None, 200),
    ("GET", "/parcels", None, 200),
    ("GET", _TASK, None, 200),
    ("POST", _TASK + "/decide", {"outcome": "PASS"}, 202),
    ("POST", _TASK + "/decide", {"outcome": "RETURN"}, 422),
    ("POST", _TASK + "/opinions", {"signer": "HC0102", "mode": "ALL"}, 200),
    ("POST", "/cases/search", {"words": "{case_no}"}, 200),
    ("GET", _CASE, None, 200),
    ("POST", _CASE + "/persons", {"purpose": "办理"}, 200),
    ("GET", _CASE + "/events", None, 200),
    ("GET", _CASE + "/clocks", None, 200),
    ("GET", _CASE + "/letters", None, 200),
    ("GET", _CASE + "/parcels", None, 200),
    ("GET", _CASE + "/money", None, 200),
    ("GET", _CASE + "/documents", None, 200),
    ("GET", _CASE + "/acts", None, 200),
    ("GET", _CASE + "/slips", None, 200),
    ("POST", _CASE + "/slips", {"kind": "INTAKE"}, 201),
    ("POST", _CASE + "/notes", {"text": "样例备注"}, 201),
    ("POST", _CASE + "/follow", {"follow": True}, 200),
    ("GET", "/matters", None, 200),
    ("GET", "/matters/{matter}", None, 200),
    ("GET", "/board", None, 200),
    ("GET", "/board/tasks", None, 200),
    ("GET", "/board/export", None, 200),
    ("GET", "/audit/export", None, 200),
    ("GET", "/drafts", None, 200),
    ("POST", "/drafts", {"matter": "HUKOU-SPOUSE"}, 201),
    ("GET", "/views/{view}", None, 200),
    ("POST", "/views/{view}/columns", {"columns": ["matter"]}, 200),
    ("POST", "/views/{view}/filters", {"name": "样例", "filters": {"due": "late"}}, 200),
    ("GET", "/board/days", None, 200),
    ("GET", "/board/days/export", None, 200),
    ("GET", "/rungs", None, 200),
    ("GET", "/bulletins", None, 200),
    ("GET", "/posts", None, 200),
    ("GET", "/audit", None, 200),
    ("GET", "/keys", None, 200),
    ("GET", "/me", None, 200),
]


@pytest.mark.parametrize(("method", "path", "body", "status"), REAL)
def test_what_is_there_is_shown_as_declared(
    address: str,
    headers: dict[str, str],
    known: dict[str, str],
    method: str,
    path: str,
    body: dict[str, Any] | None,
    status: int,
) -> None:
    places = {"kind": "REVIEW", "number": "1", "matter": "HUKOU-SPOUSE", "view": "office", **known}
    sent = {
        name: one.format(**known) if isinstance(one, str) else one
        for name, one in (body or {}).items()
    }
    case = schema[path][method].Case(
        path_parameters={name: one for name, one in places.items() if f"{{{name}}}" in path},
        body=sent if body else NOT_SET,
        media_type="application/json" if body else None,
    )
    answer = case.call(base_url=f"{address}{V1}", headers=headers)
    assert answer.status_code == status, answer.text
    case.validate_response(answer, excluded_checks=_NOT_ASKED)


# After the other one: among what it does is ending the posts of whoever calls.
@pytest.mark.parametrize("operation", OPERATIONS, ids=lambda one: one.label)
def test_every_answer_is_one_that_was_declared(
    address: str, headers: dict[str, str], operation: Any
) -> None:
    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):

        @settings(
            max_examples=5,
            database=None,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        )
        @given(case=operation.as_strategy(mode))
        def keeps_its_word(case: Any) -> None:
            # An address with a line break is refused before it comes to any operation.
            assume("%0A" not in quote(case.formatted_path, safe="/%"))
            case.call_and_validate(
                base_url=f"{address}{V1}", headers=headers, excluded_checks=_NOT_ASKED, timeout=20
            )

        keeps_its_word()
