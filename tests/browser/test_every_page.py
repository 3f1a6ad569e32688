"""The rest of the pages by the same rules: signing in, refusals, what follows a form, supervision,
the applicant's steps, the public catalogue. With `test_accessible` no page is left out."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
import pytest_asyncio
from playwright.async_api import Browser
from sqlalchemy import update
from starlette.applications import Starlette

from catalog.loader import load_catalog
from console.bulletin_pages import bulletin_doors
from console.catalogue_pages import catalogue_doors
from console.office import Office
from contracts.cases import HukouFiling
from contracts.commands import Verb
from contracts.transitions import ClockStarted
from storage import documents
from storage.case_tables import Case
from storage.database import Database
from tests.browser.conftest import answering, console, sign_in
from tests.browser.test_accessible import Window, opened_window
from tests.console.lists import case_with_task
from tests.console.test_case_page import case
from tests.console.test_progress_page import proof
from tests.console.test_routes import bulletin, rung, slip
from tests.console.test_signing_in import settings
from tests.console.test_task_pages import opened
from tests.storage.builders import NOW, TODAY, record, step
from tests.storage.test_supervision import LIMIT

#: As people see it first, as it is hardest to fit, and in English.
_DISPLAYS: list[tuple[int, dict[str, str]]] = [
    (1280, {}),
    # English words are the longest: what fits here fits in a narrow window in Chinese.
    (320, {"language": "en", "size": "large", "contrast": "high"}),
]
_TOKEN = "supervisors-only"
_PDF = b"%PDF-1.4\n%invented\n"


@pytest_asyncio.fixture(params=_DISPLAYS, ids=str)
async def window(
    request: pytest.FixtureRequest, chromium: Browser, address: str
) -> AsyncIterator[Window]:
    async with opened_window(chromium, address, *request.param) as one:
        yield one


@pytest.fixture(autouse=True)
def everything_may_be_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """No case runs here: what it would take is said in its place."""

    async def now(office: Office, workflow_id: str) -> frozenset[Verb]:
        return frozenset(Verb)

    monkeypatch.setattr(Office, "asked_now", now)


async def test_signing_in_and_refusals_are_accessible(window: Window, database: Database) -> None:
    await window.look("/sign-in")
    await window.look("/signed-out")
    await window.look("/nothing", 404)
    for number, path, status in (
        ("HC0101", "/board", 403),
        ("HC0101", "/cases/3710022026112399999999", 404),
        ("HC0902", "/board/export.pdf", 409),
    ):
        await sign_in(window.page, number)
        await window.look(path, status)
    await window.page.goto("/worklist")
    await window.page.evaluate(
        "document.querySelectorAll('[name=csrftoken]').forEach(one => one.value = 'old')"
    )
    await window.page.click("details.who summary")
    await window.page.click("details.who button")
    await window.check("a form that is too old")


@pytest_asyncio.fixture(params=["without a provider", "with one that does not answer"])
async def elsewhere(request: pytest.FixtureRequest, database: Database) -> AsyncIterator[str]:
    oidc = {
        "metadata_url": "http://127.0.0.1:1/metadata",
        "client_id": "console",
        "client_secret": "invented",
        "public_url": "http://127.0.0.1:1",
    }
    given = {} if request.param == "without a provider" else {"oidc": oidc}
    async with answering(console(database, **given)) as url:
        yield url


async def test_a_house_nobody_can_sign_in_to_says_so_accessibly(
    window: Window, elsewhere: str
) -> None:
    await window.page.goto(f"{elsewhere}/sign-in")
    await window.page.locator("[role=alert]").wait_for()
    await window.check("no sign-in")


async def test_what_supervisors_open_is_accessible(window: Window, database: Database) -> None:
    number = await rung(database)
    await bulletin(database)
    filing = await case(database)
    await clocked(database, filing)
    await sign_in(window.page, "HC0902")
    for path in (
        *("/board", "/board/rungs", f"/board/rungs/{number}", "/board/days?by=month"),
        "/board/tasks?state=open",
        f"/board?case_no={filing.case_no}",
        "/board/bulletins",
        "/board/bulletins/preview?kind=MONTHLY",
        "/board/bulletins/preview?kind=DAILY&period=2026-01-07",
        f"/cases/{filing.case_no}/limits/DECISION/1",
        f"/cases/{filing.case_no}/acts",
    ):
        await window.look(path)
    await window.look("/board/bulletins/preview?kind=DAILY&period=soon", 409)


async def clocked(database: Database, filing: HukouFiling) -> None:
    started = ClockStarted(kind="DECISION", limit=LIMIT, started_on=TODAY)
    await record(database, step(filing, 2, stage="REVIEW", clocks_started=(started,)))


async def test_every_act_is_accessible_with_all_its_fields(
    window: Window, database: Database
) -> None:
    filing = await case(database)
    await sign_in(window.page, "HC0103")
    await window.look(f"/cases/{filing.case_no}/acts")
    acts = await window.page.locator("details.way").all()
    assert len(acts) > 10
    for act in acts:
        await act.locator("summary").click()
        await window.check(f"the act {await act.get_attribute('id')}")
    await window.page.locator("#act-HEARING_SET summary").click()
    await window.page.locator("#act-HEARING_SET button").click()
    await window.page.locator("#HEARING_SET-on-error").wait_for()
    await window.check("an act that lacks everything")


async def test_what_follows_a_form_is_accessible(window: Window, database: Database) -> None:
    one = await opened(database)
    page = window.page
    await sign_in(page, "HC0101")
    await window.look(f"/tasks/{one.task_id}")
    await page.locator("#way-CORRECT summary").click()
    await page.locator("#way-CORRECT button.primary").click()
    await page.locator("p.error").first.wait_for()
    await window.check("a decision that lacks its reasons")
    await page.goto("/worklist?view=office")
    await page.locator("[name=task]").first.check()
    await page.get_by_role("button", name=re.compile("^(退领|Release)$")).click()
    await page.locator("td.refused, td.done, td.saved").first.wait_for()
    await window.check("the results of several tasks")
    await page.goto("/search")
    await page.fill("#words", "夫妻投靠")
    await page.locator("main form button").click()
    await page.locator("main [role=status] h2").wait_for()
    await window.check("what was found")
    await page.fill("#words", "样例一")
    await page.locator("main form button").click()
    await page.locator("#search-error").wait_for()
    await window.check("a search without its purpose")


async def test_papers_and_slips_are_accessible(window: Window, database: Database) -> None:
    filing = await case(database)
    await slip(database, filing.case_no)
    digests = []
    for content, kind in ((_PDF, "application/pdf"), (b"none", "application/ofd")):
        async with database.write() as connection:
            kept = await documents.keep(
                connection,
                content,
                case_no=filing.case_no,
                type_="SAMPLE",
                media_type=kind,
                source="APPLICANT",
                now=NOW,
            )
            digests.append(kept.digest)
    await sign_in(window.page, "HC0102")
    for digest in digests:
        await window.look(f"/cases/{filing.case_no}/documents/{digest}/preview")
    await window.look(f"/cases/{filing.case_no}/slips")
    await window.page.emulate_media(media="print")
    await window.look(f"/cases/{filing.case_no}")


async def test_a_draft_is_accessible_when_it_was_checked_and_when_it_was_refused(
    window: Window,
) -> None:
    page = window.page
    await sign_in(page, "HC0101")
    await page.goto("/intake?q=gzdd")
    matter = page.locator('[value="HUKOU-JOB-TRANSFER"]')
    await page.locator("#matters form", has=matter).get_by_role("button").click()
    await page.locator("button[formaction$='/check']").click()
    await page.locator("p.error, #checked").first.wait_for()
    await window.check("a draft that was checked")
    await page.locator("#file").click()
    await page.locator("p.error").first.wait_for()
    await window.check("a draft that was refused")


async def test_managers_see_a_new_key_and_a_refused_post_accessibly(
    window: Window, database: Database
) -> None:
    page = window.page
    await sign_in(page, "HC0904")
    await page.goto("/integrators")
    await page.locator("details.card summary").click()
    await page.fill("#k-name", "样例系统")
    await page.fill("#k-code", "HC0102")
    await page.select_option("#k-office", "371002-GA-01")
    await page.fill("#k-days", "3")
    await page.locator("details.card button.primary").click()
    await page.locator("#key").wait_for()
    await window.check("a new key")
    await page.goto("/posts")
    await page.locator("details.card summary").click()
    await page.fill("#p-code", "HC0904")
    await page.locator("details.card button.primary").click()
    await page.locator("#grant-error").wait_for()
    await window.check("a post that was refused")


@pytest.mark.parametrize("stage", ["CORRECTION", "HEARING", "CLOSED"])
async def test_each_step_of_an_applicant_is_accessible(
    window: Window, database: Database, stage: str
) -> None:
    filing = await case(database)
    kinds = {"CORRECTION": "CORRECTION", "HEARING": "HEARING_ASK"}
    if stage in kinds:
        started = ClockStarted(kind=kinds[stage], limit=LIMIT, started_on=TODAY)
        now = "CORRECTION" if stage == "CORRECTION" else "REVIEW"
        await record(database, step(filing, 2, stage=now, clocks_started=(started,)))
    else:
        async with database.write() as connection:
            ended = {"ending": "COMPLETED", "closed_at": NOW + timedelta(days=1)}
            await connection.execute(
                update(Case).where(Case.case_no == filing.case_no).values(**ended)
            )
    page = window.page
    given = await proof(database, filing)
    await page.goto("/progress")
    await page.fill("#case_no", filing.case_no)
    await page.fill("#phone", "12000000001")
    await page.fill("#id_tail", given["id_tail"])
    await page.keyboard.press("Enter")
    await page.locator("#error").wait_for()
    await window.check("a wrong proof")
    for name, value in given.items():
        await page.fill(f"#{name}", value)
    await page.keyboard.press("Enter")
    await page.locator("#h-state").wait_for()
    for summary in await page.locator("main summary").all():
        await summary.click()
    await window.check(f"an applicant's case: {stage}")
    if stage == "CORRECTION":
        await sign_in(page, "HC0101")
        await window.look(f"/cases/{filing.case_no}/hand-in")


async def test_the_public_catalogue_and_issued_bulletins_are_accessible(
    window: Window, database: Database
) -> None:
    number = await bulletin(database)
    await case_with_task(database, days=-400)
    office = Office(database, None, load_catalog(), settings().code)  # type: ignore[arg-type]
    app = Starlette(
        routes=[
            *catalogue_doors(database, office.catalog, office.definitions),
            *bulletin_doors(database, _TOKEN),
        ]
    )
    async with answering(app) as url:
        await window.look(f"{url}/catalogue")
        await window.look(f"{url}/catalogue?q=hukou")
        await window.look(f"{url}/catalogue/M0006")
        await window.look(f"{url}/catalogue/M9999", 404)
        await window.context.set_extra_http_headers({"Authorization": f"Bearer {_TOKEN}"})
        await window.look(f"{url}/supervision/bulletins")
        await window.look(f"{url}/supervision/bulletins/{number}.html")
