"""``tickets`` and ``ticket``: the 12345 hotline's tickets of this locality."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from commands.register import LOOKING, command
from commands.session import Session


@command("tickets", panel=LOOKING)
async def tickets(
    session: Session,
    office: Annotated[
        str | None, typer.Option(help="机构代码，如 371002-RS-01", show_default=False)
    ] = None,
    open_only: Annotated[bool, typer.Option("--open", help="只列未办结的")] = False,
    limit: Annotated[int, typer.Option(help="最多列几张", min=1, max=10_000)] = 100,
) -> None:
    """列出 12345 热线工单，最近的在前；待办用 tasks 查看，用 decide 办理。"""
    from console.service_lists import list_tickets

    found = await list_tickets(
        session.office(office or ""),
        clerk=session.clerk,
        of=office,
        open_only=open_only,
        limit=limit,
    )
    session.answer(found, lambda: _draw_tickets(found))


@command("ticket", panel=LOOKING)
async def ticket(
    session: Session,
    ticket_no: Annotated[str, typer.Argument(metavar="工单编号", show_default=False)],
    persons: Annotated[
        bool, typer.Option("--persons", help="显示来电人姓名和电话；须写 --as，查看留痕")
    ] = False,
) -> None:
    """看一张工单：来电内容（须写 --as）、办理阶段和每一轮答复。"""
    from console.service_lists import one_ticket

    if persons:
        session.clerk_needed()
    found = await one_ticket(session.office(), ticket_no, clerk=session.clerk, persons=persons)
    session.answer(found, lambda: _draw_ticket(found))


def _draw_tickets(found: list[dict[str, Any]]) -> None:
    from commands.screen import print_all, table
    from console.wording.labels import labelled
    from domain.casework import STAGE_LABELS

    print_all(
        table(
            f"热线工单（{len(found)}）",
            ("工单编号", "类别", "所涉办件", "阶段", "机构", "到期", "来电于", "工单办件编号"),
            (
                (
                    one["ticket_no"],
                    one["category"],
                    one["about_case_no"],
                    labelled(STAGE_LABELS, one["stage"]),
                    one["competent_office"],
                    one["due_on"],
                    one["called_at"],
                    one["case_no"],
                )
                for one in found
            ),
        )
    )


_KINDS = {"REPLY": "答复", "RETURN": "退回平台", "EXTENSION": "延期（工作日）"}


def _draw_ticket(found: dict[str, Any]) -> None:
    from commands.screen import print_all, table
    from console.wording.labels import labelled
    from domain.casework import STAGE_LABELS

    print_all(
        table(
            f"热线工单 {found['ticket_no']}",
            ("项目", "内容"),
            (
                ("类别", found["category"]),
                ("阶段", labelled(STAGE_LABELS, found["stage"])),
                ("机构", found["competent_office"]),
                ("到期", found["due_on"]),
                ("所涉办件", found["about_case_no"]),
                ("工单办件编号", found["case_no"]),
                ("来电内容", found["words"]),
                ("来电人", found["caller_name"]),
                ("来电号码", found["caller_phone"]),
            ),
        ),
        table(
            "送回热线平台的",
            ("种类", "轮次", "内容", "机构", "拟于", "送达于", "回执"),
            (
                (
                    _KINDS.get(one["kind"], one["kind"]),
                    one["round"],
                    one["words"],
                    one["office"],
                    one["written_at"],
                    one["sent_at"],
                    one["receipt"],
                )
                for one in found["replies"]
            ),
        ),
    )
