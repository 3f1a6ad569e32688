"""``tasks``, ``task``, ``claim``, ``release`` and ``assign``: the worklist and who holds what."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.receipts import answer_receipt
from commands.register import LOOKING, WORKING, CommandIdOption, TaskArgument, command
from commands.session import Session

if TYPE_CHECKING:
    from catalog.catalog import Catalog


@command("tasks", panel=LOOKING)
async def tasks(
    session: Session,
    office: Annotated[
        str | None, typer.Option(help="机构代码，如 371002-GA-01", show_default=False)
    ] = None,
    mine: Annotated[bool, typer.Option("--mine", help="只列本人认领的，须写 --as")] = False,
    limit: Annotated[int, typer.Option(help="最多列几项", min=1, max=10_000)] = 100,
) -> None:
    """列出待办，最急的在前；用 --as 看本人机构的，或用 --office 指定机构。"""
    from console.wording.findings import finding_words

    if mine:
        session.clerk_needed()
    found = await session.office(office or "").tasks(
        clerk=session.clerk, office=office, mine=mine, limit=limit
    )
    for one in found:
        one["finding_words"] = [
            finding_words(code, session.catalog, one["family"]) for code in one["findings"]
        ]
    session.answer(found, lambda: _draw_tasks(found, session.catalog))


@command("task", panel=LOOKING)
async def task(session: Session, task_id: TaskArgument) -> None:
    """看一项待办：可以怎样办理、各需写明什么、理由代码有哪些。"""
    from console.wording.findings import finding_words

    found = await session.office(task_id).task(task_id, clerk=session.clerk)
    found["finding_words"] = [
        finding_words(code, session.catalog, found["family"]) for code in found["findings"]
    ]
    session.answer(found, lambda: _draw_task(found, session.catalog))


@command("claim", panel=WORKING)
async def claim(
    session: Session, task_id: TaskArgument, command_id: CommandIdOption = None
) -> None:
    """认领待办。"""
    await _hold(session, task_id, "CLAIM", None, command_id)


@command("release", panel=WORKING)
async def release(
    session: Session, task_id: TaskArgument, command_id: CommandIdOption = None
) -> None:
    """退回已认领的待办，让同事办理。"""
    await _hold(session, task_id, "RELEASE", None, command_id)


@command("assign", panel=WORKING)
async def assign(
    session: Session,
    task_id: TaskArgument,
    to: Annotated[str, typer.Option("--to", help="分派给谁，如 HC0102", show_default=False)],
    command_id: CommandIdOption = None,
) -> None:
    """把待办分派给本机构的一位同事（审批人或督办员）。"""
    await _hold(session, task_id, "ASSIGN", to, command_id)


async def _hold(
    session: Session, task_id: str, verb: str, assignee: str | None, command_id: str | None
) -> None:
    from contracts.commands import Verb

    clerk = session.clerk_needed()
    receipt = await session.office(task_id).hold(
        task_id, Verb(verb), clerk=clerk, assignee=assignee, command_id=session.command(command_id)
    )
    answer_receipt(session, receipt)


def _draw_tasks(found: list[dict[str, Any]], catalog: Catalog) -> None:
    from commands.screen import print_all, table
    from console.wording.findings import notable_words
    from console.wording.labels import locality_name, office_name
    from domain.offices import Role

    print_all(
        table(
            f"待办（{len(found)}）",
            ("待办编号", "内容", "事项", "对方地区", "机构", "岗位", "认领", "到期", "核查发现"),
            (
                (
                    one["task_id"],
                    one["title"],
                    one["matter_name"],
                    locality_name(one["peer"], catalog),
                    office_name(one["office"], catalog),
                    Role(one["role"]).label,
                    one["assignee"],
                    one["due_on"],
                    notable_words(one["findings"], catalog, one["family"]),
                )
                for one in found
            ),
            whole="待办编号",
            spare=("对方地区", "机构", "岗位"),
        )
    )


def _draw_task(found: dict[str, Any], catalog: Catalog) -> None:
    from commands.screen import print_all, table
    from console.wording.labels import office_named, outcome_label
    from console.wording.reasons import reason_label
    from domain.offices import Role

    print_all(
        table(
            f"待办 {found['task_id']}",
            ("项目", "内容"),
            (
                ("内容", found["title"]),
                ("机构", office_named(found["office"], catalog)),
                ("岗位", Role(found["role"]).label),
                ("认领", found["assignee"]),
                ("到期", found["due_on"]),
                ("依据", found["basis"]),
                ("系统核查发现", found["finding_words"]),
                *((("办理结果", outcome_label(found) or "已取消"),) * bool(found["closed_at"])),
            ),
        ),
        table(
            "可以这样办理（decide 待办编号 代码 …）",
            ("代码", "含义", "须写明", "理由代码"),
            (
                (
                    one["code"],
                    one["label"],
                    needs(one),
                    [
                        f"{code} {reason_label(code, found['family'])}"
                        for code in sorted(one["reason_codes"])
                    ],
                )
                for one in found["outcomes"]
            ),
        ),
    )


def needs(outcome: dict[str, Any]) -> list[str]:
    """The options that an outcome cannot do without, and the one it may take."""
    return [
        words
        for asked, words in (
            (outcome["needs_reason"], "--reason 理由"),
            (outcome["reason_codes"], "--reason-code 理由代码"),
            (outcome["needs_defects"], "--defect 补正内容（可重复）"),
            (outcome["needs_evidence"], "--evidence 依据材料"),
            (outcome["per_person"], "可用 --person 只办其中几人"),
            (
                len(outcome["returns_to"]) > 1,
                f"可用 --return-to {'|'.join(outcome['returns_to'])}",
            ),
        )
        if asked
    ]
