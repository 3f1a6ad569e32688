"""One joint case as a test tells it: its parts here and there, each by its label."""

from __future__ import annotations

from typing import Any

from contracts.commands import CommandReceipt
from domain.task_table import TASKS
from tests.general.story import ItemStory
from tests.rehearsal.quiet import at_rest


class JointStory(ItemStory):
    """A joint case filed at ``home``, with legs at ``origin``."""

    async def part_task(self, kind: str, label: str) -> dict[str, Any]:
        """The open task of that kind about the part of that label, wherever it is."""

        async def find() -> dict[str, Any] | None:
            for office in self.stage.offices.values():
                for task in await office.tasks(limit=1000):
                    about = f"PART:{label}" in task["findings"]
                    if task["kind"] == kind and about and task["home_case_no"] == self.case_no:
                        return task
            return None

        found: dict[str, Any] = await self.until(find, f"{kind} about {label}")
        self.readable(found)
        return found

    async def part(
        self, label: str, outcome: str, kind: str = "JOINT_PART", **more: Any
    ) -> CommandReceipt:
        """Decide the task about a part as a clerk of its office."""
        task = await self.part_task(kind, label)
        locality = self.stage.catalog.home(task["office"])
        clerk = next(
            one.code
            for one in self.stage.catalog.locality(locality).clerks
            if one.office == task["office"] and TASKS[kind].role in one.roles
        )
        decide = self.stage.offices[locality].decide
        return await self.answered(decide, task["task_id"], outcome, clerk=clerk, **more)

    async def there(self, label: str, outcome: str = "PASS", **more: Any) -> None:
        """The other locality examines and signs its part."""
        await self.part(label, outcome, "JOINT_EXAMINATION", **more)
        await self.part(label, "ISSUE", "JOINT_OPINION")

    async def leg_of(self, label: str) -> dict[str, Any]:
        """The newest leg about the part of that label, waited for."""

        async def find() -> dict[str, Any] | None:
            office = self.stage.offices[self.origin]
            for leg in await office.cases(limit=1000):
                if leg["home_case_no"] == self.case_no and leg["kind"] == "LEG":
                    record = await office.case(leg["case_no"])
                    tasks = [task for task in record["tasks"] if task["kind"].startswith("JOINT_")]
                    if any(f"PART:{label}" in task["findings"] for task in tasks):
                        return record
            return None

        found: dict[str, Any] = await self.until(find, f"leg about {label}")
        return found

    async def leg_ends(self, label: str, stage: str) -> dict[str, Any]:
        """The leg about that part is closed in that stage."""

        async def find() -> dict[str, Any] | None:
            leg = await self.leg_of(label)
            return leg if leg["stage"] == stage and leg["closed_at"] else None

        found: dict[str, Any] = await self.until(find, f"{label} at {stage}")
        await at_rest(self.stage, self.case_no)
        return found

    async def state_of(self, label: str, state: str) -> dict[str, Any]:
        """Wait until the progress view shows the part like this."""

        async def find() -> dict[str, Any] | None:
            parts = (await self.case_now())["parts"]
            return next(
                (one for one in parts if one["label"] == label and one["state"] == state), None
            )

        found: dict[str, Any] = await self.until(find, f"{label} {state}")
        return found
