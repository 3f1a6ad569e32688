"""登记库撤销: an undoing act that must succeed; a person looks into each refusal and tries again.

Called when a case or leg ends before its point of no return (docs/rules.md D G9).
"""

from __future__ import annotations

from collections.abc import Collection

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.attribution import Holder
    from workflows.business import register_act
    from workflows.desk import Desk
    from workflows.happenings import Decided


async def register_until_done(
    desk: Desk,
    kind: str,
    action: str,
    *,
    locality: str,
    office: str,
    task: str,
    settled: Collection[str] = (),
    facts: dict[str, str | int] | None = None,
) -> str:
    """The receipt number; empty where the register says that nothing is left to do (``settled``).

    A refusal opens ``task``; each further try has a key of its own, a repeat of one has not.
    """
    attempt = 1
    while True:
        outcome = await register_act(
            desk,
            kind,
            action,
            locality=locality,
            key=f"{action}:{attempt}",
            summary="业务系统撤销登记",
            facts=facts,
        )
        if outcome.done or outcome.code in settled:
            return outcome.receipt_no
        desk.note("REGISTER_REFUSED", code=outcome.code)
        desk.move(desk.stage, Holder.OURS, office=office)
        await ask_until_decided(desk, task, office, (f"REGISTER:{outcome.code}",))
        attempt += 1


async def ask_until_decided(
    desk: Desk, task: str, office: str, findings: tuple[str, ...] = ()
) -> Decided:
    """One task and its decision, whatever else comes; nothing else may be asked meanwhile."""
    desk.open_task(task, office, findings=findings)
    while True:
        happening = await desk.next()
        if isinstance(happening, Decided):
            return happening
