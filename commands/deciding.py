"""``decide`` and ``return``: a clerk's decision on a task, with what has to be written down."""

from __future__ import annotations

from typing import Annotated

import typer

from commands.receipts import answer_receipt
from commands.register import WORKING, CommandIdOption, ReasonOption, TaskArgument, command
from commands.session import Session

DefectOption = Annotated[
    list[str] | None, typer.Option("--defect", help="须补正的一项内容；可重复，一次列全")
]
RemedyOption = Annotated[str, typer.Option(help="告知当事人如何补救或另行办理", show_default=False)]


@command("decide", panel=WORKING)
async def decide(
    session: Session,
    task_id: TaskArgument,
    outcome: Annotated[
        str, typer.Argument(metavar="结果代码", help="用 task 命令查看可选的", show_default=False)
    ],
    reason: ReasonOption = "",
    reason_code: Annotated[
        str | None, typer.Option(help="理由代码，用 task 命令查看可选的")
    ] = None,
    defect: DefectOption = None,
    remedy: RemedyOption = "",
    evidence: Annotated[str, typer.Option(help="依据的材料", show_default=False)] = "",
    person: Annotated[
        list[int] | None, typer.Option(help="只办第几名迁移人；可重复，不写即全部")
    ] = None,
    counted: Annotated[
        list[str] | None,
        typer.Option(help="清点不符的一项：清单编号=实收数目；可重复"),
    ] = None,
    return_to: Annotated[
        str | None,
        typer.Option(help="退回到哪个环节，用 task 命令查看可选的；不写即最近的"),
    ] = None,
    command_id: CommandIdOption = None,
) -> None:
    """办理待办；返回时登记已经写好，回执写明办件现状和接下来的待办。"""
    receipt = await session.office(task_id).decide(
        task_id,
        outcome.upper(),
        clerk=session.clerk_needed(),
        reason=reason,
        reason_code=reason_code,
        defects=tuple(defect or ()),
        remedy=remedy,
        evidence=evidence,
        persons=tuple(person or ()),
        counted=_counted(counted or []),
        return_to=return_to.upper() if return_to else None,
        command_id=session.command(command_id),
    )
    answer_receipt(session, receipt)


def _counted(given: list[str]) -> dict[str, int]:
    """``9-1=2`` as item and number; what is no number is a mistake of the caller."""
    found: dict[str, int] = {}
    for one in given:
        code, _, number = one.rpartition("=")
        if not code or not number.isdigit():
            raise typer.BadParameter("--counted 应写成 清单编号=实收数目，例如 9-1=2")
        found[code] = int(number)
    return found


@command("return", panel=WORKING)
async def send_back(
    session: Session,
    task_id: TaskArgument,
    defect: DefectOption = None,
    remedy: RemedyOption = "",
    command_id: CommandIdOption = None,
) -> None:
    """一次性告知补正：列出全部须补正的内容（即 decide 待办编号 CORRECT）。"""
    receipt = await session.office(task_id).decide(
        task_id,
        "CORRECT",
        clerk=session.clerk_needed(),
        defects=tuple(defect or ()),
        remedy=remedy,
        command_id=session.command(command_id),
    )
    answer_receipt(session, receipt)
