"""Deciding a task: what is still in the way of it, and sending it to the running case.

Shared by the task's page and the programming interface, so that both refuse the same things.
"""

from __future__ import annotations

from console.looking import Record
from console.web import task_page
from console.web.acting import office_under, text_errors
from console.web.context import Visit
from console.web.deciding import Typed, missing
from contracts.commands import CommandReceipt
from domain.permissions import Post
from domain.task_table import TASKS
from domain.tasks import outcomes_now


async def obstacles(visit: Visit, task: Record, case: Record, typed: Typed) -> Post | None:
    """Put into ``typed.errors`` what is in the way; the post under which it would be decided."""
    stands = task_page.standing(visit, task, case)
    possible = outcomes_now(TASKS[task["kind"]], task_page.passed(case))
    spec = next((one for one in possible if one.code == typed.outcome), None)
    if stands.post is None or stands.obstacle:
        typed.errors["form"] = stands.obstacle
        return None
    if spec is None:
        typed.errors["form"] = "请选择一种办理结果。"
        return None
    numbers = [person["number"] for person in case["persons"]]
    typed.errors.update(text_errors(visit, typed.texts()))
    typed.errors.update(missing(typed, spec, numbers))
    return stands.post


async def send(
    visit: Visit, post: Post, task: Record, typed: Typed, command_id: str
) -> CommandReceipt:
    """Send the decision that nothing is in the way of; OfficeError where the case refuses it."""
    spec = TASKS[task["kind"]].by_code[typed.outcome]
    return await office_under(visit, post).decide(
        task["task_id"],
        typed.outcome,
        clerk=post.code,
        reason=typed.reason,
        reason_code=typed.reason_code or None,
        defects=typed.given_defects,
        remedy=typed.remedy,
        evidence=typed.evidence,
        persons=typed.persons if spec.per_person else (),
        counted=typed.counts if spec.needs_count else None,
        return_to=(typed.return_to or None) if spec.returns_to else None,
        command_id=command_id,
    )
