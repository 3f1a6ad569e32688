"""A citizen who rates or rings the hotline, and the offices that have to deal with it."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

from activities.rating_filing import Offered
from console.checking import check_localities
from console.rating_desk import RatingDesk
from domain.calendar import SHANGHAI
from domain.figures import Period
from domain.rating_figures import RatingFigures
from domain.ratings import Channel, Level
from domain.task_table import TASKS
from storage.hotline_views import tickets
from storage.rating_register import KeptRating
from storage.ratings import rating_figures
from storage.responsibility import Known
from tests.rehearsal.quiet import at_rest
from tests.rehearsal.stage import Stage
from tests.rehearsal.story import Story

LEAD = "371002-ZW-01"


class ServiceStory(Story):
    """One citizen's case, its ratings and tickets, all at home."""

    @property
    def desk(self) -> RatingDesk:
        """Where this locality takes ratings."""
        own = self.stage.system.settings.locality(self.home)
        return RatingDesk(
            self.stage.offices[self.home].database,
            self.stage.catalog,
            self.home,
            own.slip_secret.get_secret_value().encode(),
        )

    @property
    def proof(self) -> dict[str, Any]:
        """What only the applicant and the application know together."""
        main = self.people[0]
        return {"phone": main["phone"], "id_tail": main["id_no"][-6:]}

    async def rate(
        self, level: Level, channel: Channel = Channel.WINDOW, **more: Any
    ) -> KeptRating:
        """As the applicant."""
        offered = Offered(case_no=self.case_no, level=level, channel=channel, **more)
        return await self.desk.rate(offered, **self.proof)

    async def end(self) -> None:
        """The whole migration, so that it can be rated as a whole."""
        await self.play_from("REVIEW", "APPROVAL", "PHONE_CONFIRMATION", "CANCELLATION")
        await self.play_from("LANDING", "DELIVERY")
        await self.stage_is("ARCHIVED")

    async def figures(self, office: str) -> RatingFigures:
        """This office's figures of the matter, from yesterday until tomorrow."""
        now = datetime.now(UTC)
        today = now.date()
        period = Period(today - timedelta(days=1), today + timedelta(days=1))
        known = Known(now + timedelta(days=1))
        found = await self.stage.offices[self.home].read(
            lambda connection: rating_figures(
                connection, known, period, calendar=self.stage.catalog.calendar
            )
        )
        return next(
            (one for one in found if (one.office, one.matter) == (office, "HUKOU-JOB-TRANSFER")),
            RatingFigures(office=office, matter="HUKOU-JOB-TRANSFER"),
        )

    async def open_task(self, case_no: str, kind: str) -> dict[str, Any]:
        """The open task of that kind of a case that follows."""

        async def find() -> dict[str, Any] | None:
            for task in await self.stage.offices[self.home].tasks(limit=2000):
                if (task["kind"], task["case_no"]) == (kind, case_no):
                    return task
            return None

        found: dict[str, Any] = await self.until(find, f"task {kind} of {case_no}")
        return found

    async def work_on(self, case_no: str, *plan: str, **more: Any) -> dict[str, Any]:
        """Decide tasks of that case in this order, each given as ``KIND=OUTCOME``."""
        task: dict[str, Any] = {}
        for step in plan:
            kind, _, outcome = step.partition("=")
            task = await self.open_task(case_no, kind)
            spec = TASKS[kind].by_code[outcome]
            given = {
                **({"reason": "样例经过"} if spec.needs_reason else {}),
                **({"evidence": "样例依据"} if spec.needs_evidence else {}),
                **more,
            }
            clerk = self.clerk(task["office"], task["role"])
            decide = self.stage.offices[self.home].decide
            await self.answered(decide, task["task_id"], outcome, clerk=clerk, **given)
        return task

    async def closed(self, case_no: str) -> dict[str, Any]:
        """The case once it is closed."""

        async def look() -> dict[str, Any] | None:
            record = await self.stage.offices[self.home].case(case_no)
            return record if record["closed_at"] else None

        found: dict[str, Any] = await self.until(look, f"end of {case_no}")
        await self.is_lawful(case_no)
        return found

    async def stage_of(self, case_no: str, stage: str) -> None:
        """Wait until that case stands there."""

        async def look() -> bool:
            return bool((await self.stage.offices[self.home].case(case_no))["stage"] == stage)

        await self.until(look, f"{case_no} at {stage}")

    async def noted(self, case_no: str, code: str) -> None:
        """Wait until that event stands in the trail."""

        async def look() -> bool:
            record = await self.stage.offices[self.home].case(case_no)
            return any(one["code"] == code for one in record["events"])

        await self.until(look, f"{code} in {case_no}")

    async def pass_days(self, case_no: str, days: float) -> None:
        """Let time pass for one case only."""
        await at_rest(self.stage, case_no)
        record = await self.stage.offices[self.home].case(case_no)
        handle = self.stage.clients[self.home].get_workflow_handle(record["workflow_id"])
        await self.stage.skippers[self.home].fast_forward(handle, timedelta(days=days))

    async def pass_limit(self, case_no: str, kind: str) -> None:
        """Let time pass for one case until the day after its newest limit of that kind."""
        office = self.stage.offices[self.home]

        async def find() -> date | None:
            clocks = [one for one in (await office.case(case_no))["clocks"] if one["kind"] == kind]
            return clocks[-1]["due_on"] if clocks else None

        due_on: date = await self.until(find, f"limit {kind} of {case_no}")
        handle = self.stage.clients[self.home].get_workflow_handle(
            (await office.case(case_no))["workflow_id"]
        )
        skipper = self.stage.skippers[self.home]
        end = datetime.combine(due_on + timedelta(days=1), datetime.min.time(), SHANGHAI)
        left = end - await skipper.get_current_time(handle)
        await skipper.fast_forward(handle, max(left, timedelta()) + timedelta(minutes=6))

    async def is_lawful(self, case_no: str) -> None:
        """The check has nothing to say about that case."""
        found = await check_localities(
            {code: office.database for code, office in self.stage.offices.items()},
            self.stage.registers,
            business=self.stage.business,
            about={case_no},
            catalog=self.stage.catalog,
        )
        assert [one for one in found if case_no in f"{one.case_no} {one.text}"] == []
        self.stage.lawful.add(case_no)


class Caller:
    """Somebody rings 12345; the platform tells this locality."""

    def __init__(self, story: ServiceStory) -> None:
        self.story, self.stage = story, story.stage
        self.ticket_no = f"样例单{uuid.uuid4().hex[:12]}"

    async def ring(self, *verdicts: str, about: str | None = None) -> None:
        """The platform takes the call; ``verdicts`` are what is said when called back."""
        await self.stage.put(
            "/hotline/_ticket",
            {
                "locality": self.story.home,
                "ticket_no": self.ticket_no,
                "content": {
                    "category": "SOCIAL_INSURANCE",
                    "words": "样例来电：转移办理迟迟没有消息",
                    "caller_name": "样例人来电",
                    "caller_phone": "12000000001",
                    "about_case_no": about,
                    "called_at": datetime.now(UTC).isoformat(),
                },
                "verdicts": list(verdicts),
            },
        )

    async def case_no(self) -> str:
        """The case that handles the ticket, waited for."""

        async def find() -> str | None:
            found = await self.rows()
            return found[0]["case_no"] if found else None

        number: str = await self.story.until(find, f"case of {self.ticket_no}")
        return number

    async def rows(self) -> list[dict[str, Any]]:
        """What the register holds of this ticket."""
        office = self.stage.offices[self.story.home]
        found = await office.read(
            lambda connection: tickets(connection, office.visible_offices(), limit=2000)
        )
        return [one for one in found if one["ticket_no"] == self.ticket_no]

    async def replies(self) -> list[dict[str, Any]]:
        """What the platform has been told about this ticket."""
        kept = (await self.stage.simulators.get("/hotline/_replies")).json()
        return [one for one in kept if one["ticket_no"] == self.ticket_no]

    async def replied(self, count: int = 1) -> list[dict[str, Any]]:
        """Waited for until there are so many."""

        async def look() -> list[dict[str, Any]] | None:
            found = await self.replies()
            return found if len(found) >= count else None

        found: list[dict[str, Any]] = await self.story.until(look, f"{count} replies")
        return found


async def a_case(stage: Stage) -> ServiceStory:
    """A migration that has been taken in at the window."""
    story = ServiceStory(stage)
    await story.file()
    await story.decide("INTAKE_CHECK", "ACCEPT")
    return story
