"""docs/api.md names every call, every event and every refusal of the programming interface."""

from __future__ import annotations

from typing import cast

from console.api.app import openapi_of
from console.problems import OWN
from domain.webhooks import WebhookEvent
from storage.database import Database
from tests.console.test_routes import pages
from tests.docs.pages import page, rows, section

PAGE = page("docs/api.md")


def test_every_call_is_listed_under_its_name_and_no_other() -> None:
    document = openapi_of(pages(cast(Database, None)).state.api)
    held = {
        (f"{method.upper()} {path}", one["operationId"])
        for path, operations in document["paths"].items()
        for method, one in operations.items()
    }
    listed = {
        (cells[0].strip("`"), cells[1].strip("`")) for cells in rows(section(PAGE, "Calls"))[1:]
    }
    assert listed == held


def test_every_event_of_webhooks_is_explained_and_no_other() -> None:
    listed = {cells[0].strip("`") for cells in rows(section(PAGE, "Webhooks"))[1:]}
    assert listed == {event.value for event in WebhookEvent}


def test_every_own_refusal_is_listed_with_its_status() -> None:
    listed = {
        cells[0].strip("`"): (int(cells[1]), cells[2])
        for cells in rows(section(PAGE, "Refusals"))[1:]
    }
    assert listed == OWN
