"""``cases`` and ``show``: the cases of a locality, and everything about one of them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.failure import ExitCode, Failure, wrong_input
from commands.register import LOOKING, CaseArgument, command
from commands.session import Session

if TYPE_CHECKING:
    from catalog.catalog import Catalog
    from console.office import Office


@command("cases", panel=LOOKING)
async def cases(
    session: Session,
    open_: Annotated[bool, typer.Option("--open", help="只列未办结的")] = False,
    family: Annotated[
        str | None, typer.Option("--family", help="只列这一类事项的，如 PENSION、HUKOU_MIGRATION")
    ] = None,
    limit: Annotated[int, typer.Option(help="最多列几件", min=1, max=10_000)] = 100,
) -> None:
    """列出办件，新的在前；用 --as 只看本人机构参与的。"""
    chosen = _family(family)
    office = session.office()
    found = await office.cases(clerk=session.clerk, open_only=open_, family=chosen, limit=limit)
    for record in found:
        del record["workflow_id"]
    session.answer(found, lambda: _draw_cases(found, session.catalog))


@command("show", panel=LOOKING)
async def show(
    session: Session,
    case_no: CaseArgument,
    persons: Annotated[
        bool,
        typer.Option("--persons", help="连同姓名和身份号码；只限参与办理的机构人员，查看会留痕"),
    ] = False,
) -> None:
    """看一个办件：阶段、轮到谁办、时限、各方用时、资金、物料、待办、行为、证件、函件、通知。

    理由、补正内容和通知全文只给具名的工作人员（--as）看。
    """
    from commands.case_screen import draw_case
    from console.wording.case_view import case_view

    office = session.office(case_no)
    if persons:
        session.clerk_needed()
    record = await office.case(case_no, clerk=session.clerk)
    if persons:
        await _record_access(office, session.clerk_needed(), record)
    view = case_view(
        record,
        session.catalog,
        await office.read(office.calendars.book),
        datetime.now(UTC),
        texts=session.clerk is not None,
        persons=persons,
    )
    session.answer(view, lambda: draw_case(view, session.catalog))


def _family(code: str | None) -> str | None:
    from contracts.families import HUKOU, TRANSFERS

    known = (HUKOU.code, *TRANSFERS)
    if code is None or code.upper() in known:
        return code and code.upper()
    raise wrong_input(f"没有事项类别 {code}；可选：{'、'.join(known)}。", "UNKNOWN_FAMILY")


async def _record_access(office: Office, clerk: str, record: dict[str, Any]) -> None:
    """Only offices that take part read personal data, and every reading is on record (G8)."""
    from storage.people import log_access

    taking_part = {record[f"{place}_office"] for place in ("intake", "competent", "custodian")}
    taking_part |= {task["office"] for task in record["tasks"]}
    if office.catalog.clerk(clerk).office not in taking_part:
        raise Failure(
            ExitCode.REFUSED,
            "NOT_A_CLERK_OF_THE_CASE",
            f"工作人员 {clerk} 的机构没有参与该办件，不能查看人员信息；请由参与办理的机构查看。",
        )
    async with office.database.write() as connection:
        await log_access(connection, record["case_no"], clerk, "persons", "命令行查看办件")


def _draw_cases(found: list[dict[str, Any]], catalog: Catalog) -> None:
    from commands.screen import print_all, table
    from console.wording.labels import HOLDER_LABELS, labelled, locality_name
    from domain.casework import STAGE_LABELS

    print_all(
        table(
            f"办件（{len(found)}）",
            ("办件编号", "事项", "类别", "对方地区", "阶段", "轮到谁办", "到期", "逾期", "收件"),
            (
                (
                    one["case_no"],
                    one["matter_name"],
                    "受理" if one["kind"] == "HOME" else "协办",
                    locality_name(one["peer"], catalog),
                    labelled(STAGE_LABELS, one["stage"]),
                    labelled(HOLDER_LABELS, one["holder"]),
                    one["due_on"],
                    one["overdue"],
                    one["received_on"],
                )
                for one in found
            ),
        )
    )
