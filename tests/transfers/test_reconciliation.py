"""对账: each difference opens one task, a second run opens none, a repair closes it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest_asyncio

from adapters.bank.client import BankClient
from adapters.bank.protocol import RemittanceOrder
from console.checking import check_localities
from console.reconciling import reconcile_now
from contracts.families import RECONCILIATION
from contracts.money import fund_account
from counter.schedules import create_schedules, schedule_id
from storage.differences import Standing
from tests.rehearsal.stage import Stage
from tests.rehearsal.transfer import TransferStory

RECORD = json.loads(Path("examples/compute/pension.json").read_text())
TASK = "RECONCILIATION_DIFFERENCE"


@pytest_asyncio.fixture
async def story(stage: Stage) -> TransferStory:
    """A pension transfer that the origin is about to release."""
    story = TransferStory(stage)
    await story.somebody()
    await story.entry("PENSION", RECORD, at=story.origin)
    await story.entry("PENSION", RECORD, at=story.home)
    await story.file_transfer("PENSION-TRANSFER")
    await story.work("INTAKE_CHECK=ACCEPT", "PENSION_REVIEW=PASS", "PENSION_EXAMINATION=PASS")
    return story


class Books:
    """The reconciliation of one locality, as this story sees it."""

    def __init__(self, story: TransferStory, locality: str) -> None:
        self.story, self.locality = story, locality
        self.office = story.stage.offices[locality]

    async def run(self, *, days: int = 0) -> tuple[Standing, ...]:
        """Compare as things will stand in so many days; this story's differences."""
        found = await reconcile_now(
            self.story.stage.clients[self.locality],
            self.office.database,
            self.locality,
            at=datetime.now(UTC) + timedelta(days=days) if days else None,
        )
        return tuple(one for one in found if self.story.case_no in f"{one.key} {one.text}")

    async def run_until_it_finds(self, kind: str, *, days: int = 0) -> Standing:
        """The bank's news travel in rounds: compare until they are here."""

        async def look() -> Standing | None:
            return next((one for one in await self.run(days=days) if one.kind == kind), None)

        found: Standing = await self.story.until(look, f"difference {kind}")
        return found

    async def cases(self, key: str) -> list[dict[str, Any]]:
        """The cases of one difference, newest first."""
        found = []
        for case in await self.office.cases(limit=2000):
            if case["matter"] == "RECONCILIATION":
                record = await self.office.case(case["case_no"])
                if any(event["facts"].get("difference") == key for event in record["events"]):
                    found.append(record)
        return found

    async def task(self, key: str) -> dict[str, Any]:
        """The one open task of a difference."""

        async def look() -> dict[str, Any] | None:
            open_tasks = [
                task
                for case in await self.cases(key)
                for task in case["tasks"]
                if task["status"] == "OPEN"
            ]
            assert len(open_tasks) < 2
            return open_tasks[0] if open_tasks else None

        found: dict[str, Any] = await self.story.until(look, f"task of {key}")
        self.story.readable({**found, "family": RECONCILIATION.code})
        return found

    async def decide(self, task: dict[str, Any], outcome: str, **more: Any) -> None:
        """As the fund's handler."""
        clerk = self.story.clerk(task["office"], "HANDLER")
        decide = self.office.decide
        await self.story.answered(decide, task["task_id"], outcome, clerk=clerk, **more)

    async def closes(self, key: str) -> dict[str, Any]:
        """Runs until the difference's only case is closed."""

        async def look() -> dict[str, Any] | None:
            await self.run()
            (case,) = await self.cases(key)
            return case if case["closed_at"] else None

        found: dict[str, Any] = await self.story.until(look, f"end of {key}")
        await self.is_lawful(found)
        return found

    async def is_lawful(self, case: dict[str, Any]) -> None:
        """The check has nothing to say about the case of a difference."""
        found = await check_localities(
            {code: office.database for code, office in self.story.stage.offices.items()},
            self.story.stage.registers,
            business=self.story.stage.business,
            about={case["case_no"]},
        )
        assert [one for one in found if case["case_no"] in f"{one.case_no} {one.text}"] == []


async def test_an_order_that_is_not_executed_opens_one_task_and_closes_when_it_is(
    story: TransferStory,
) -> None:
    origin = Books(story, story.origin)
    await story.stage.behave("bank", "down", "remit")
    try:
        await story.work("PENSION_RELEASE=RELEASE")
        await story.leg_stage_is("FOLLOWING")
        late = await origin.run_until_it_finds("NOT_EXECUTED", days=7)
        task = await origin.task(late.key)
        assert task["office"] == f"{story.origin}-RS-01"
        await origin.run(days=8)
        assert (await origin.task(late.key))["task_id"] == task["task_id"]
    finally:
        await story.stage.behave_well()
    assert (await origin.closes(late.key))["ending"] == "COMPLETED"


async def test_a_remittance_executed_twice_opens_one_task_on_each_side(
    story: TransferStory,
) -> None:
    home, origin = Books(story, story.home), Books(story, story.origin)
    await story.money("DUPLICATE", reference=f"{story.case_no}-01")
    await story.work("PENSION_RELEASE=RELEASE")
    paid = await origin.run_until_it_finds("EXECUTED_TWICE")
    came = await home.run_until_it_finds("EXECUTED_TWICE")
    ours, theirs = await home.task(came.key), await origin.task(paid.key)
    await home.run()
    await origin.run()
    assert (await home.task(came.key))["task_id"] == ours["task_id"]
    assert (await origin.task(paid.key))["task_id"] == theirs["task_id"]
    await story.decide("MONEY_DIFFERS", "RETURN_EXCESS", reason="多付款项退回")
    assert (await home.closes(came.key))["ending"] == "COMPLETED"
    await origin.decide(theirs, "EXPLAINED", reason="银行已追回多付款项")
    (explained,) = await origin.cases(paid.key)
    assert explained["stage"] == "ARCHIVED"
    await origin.is_lawful(explained)
    await origin.run()
    assert len(await origin.cases(paid.key)) == 1


async def test_a_wrong_amount_is_said_to_be_settled_and_stays_until_it_is(
    story: TransferStory,
) -> None:
    home = Books(story, story.home)
    await story.money("WRONG_AMOUNT", reference=f"{story.case_no}-01", differs_fen=-100)
    await story.work("PENSION_RELEASE=RELEASE")
    short = await home.run_until_it_finds("AMOUNT_DIFFERS", days=9)
    assert short.amount_fen == -100
    task = await home.task(short.key)
    await home.decide(task, "SETTLED", reason="银行答复次日补足")
    (case,) = await home.cases(short.key)
    assert case["stage"] == "RECHECKING"
    handle = story.stage.clients[story.home].get_workflow_handle(case["workflow_id"])
    await story.stage.skippers[story.home].fast_forward(handle, timedelta(days=8))
    again = await home.task(short.key)
    assert again["task_id"] != task["task_id"]
    assert "STILL_FOUND" in again["findings"]
    await home.is_lawful(case)


async def test_an_unknown_arrival_is_assigned_to_its_letter_by_a_clerk(
    story: TransferStory,
) -> None:
    home, letter = Books(story, story.home), f"{story.case_no}-01"
    await story.money("LATE", reference=letter)
    await story.work("PENSION_RELEASE=RELEASE")
    released = await story.leg_stage_is("FOLLOWING")
    total = next(act for act in released["acts"] if act["code"] == "RELEASED")["facts"]["total_fen"]
    bank = BankClient(story.stage.system.settings.locality(story.home).adapters.bank)
    async with bank:
        await bank.remit(
            RemittanceOrder(
                key=f"unnamed/{story.case_no}",
                case_no=story.case_no,
                from_account=f"{story.origin}-TREASURY",
                to_account=fund_account(story.home, "PENSION"),
                amount_fen=int(total),
                reference="样例来款",
                purpose="样例",
            )
        )

    async def unknown() -> Standing | None:
        found = await reconcile_now(
            story.stage.clients[story.home], home.office.database, story.home
        )
        mine = (one for one in found if one.kind == "ARRIVED_UNKNOWN")
        return next((one for one in mine if one.amount_fen == int(total)), None)

    arrival = await story.until(unknown, "the unknown arrival")
    task = await home.task(arrival.key)
    await home.decide(task, "ASSIGN", evidence="没有此函")
    refused = await home.task(arrival.key)
    assert "NOT_ASSIGNED:UNKNOWN_LETTER" in refused["findings"]
    await home.decide(refused, "ASSIGN", evidence=letter)
    assert (await home.closes(arrival.key))["ending"] == "COMPLETED"
    await story.work("PENSION_BOOKING=BOOK", "DELIVERY=ELECTRONIC")
    await story.ends("ARCHIVED", "COMPLETED")


async def test_the_daily_schedule_is_created_once_for_each_locality(stage: Stage) -> None:
    for locality, client in stage.clients.items():
        await create_schedules(client, locality)
        handle = client.get_schedule_handle(schedule_id("对账", locality))
        described = await handle.describe()
        assert described.schedule.spec.time_zone_name == "Asia/Shanghai"
