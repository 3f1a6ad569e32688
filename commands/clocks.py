"""``clock``, ``suspend``, ``resume``, ``extend``, ``revoke``: limits explained, changed."""

from __future__ import annotations

from datetime import datetime, time
from typing import Annotated, Any

import typer

from commands.failure import wrong_input
from commands.receipts import answer_receipt
from commands.register import CLOCKS, CaseArgument, CommandIdOption, command
from commands.session import Session

WhyOption = Annotated[str, typer.Option("--reason", help="理由和依据，必须写明")]


@command("clock", panel=CLOCKS)
async def clock(
    session: Session,
    case_no: CaseArgument,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", help="按当时的登记和历法说明，如 2026-11-23T09:30"),
    ] = None,
    line: Annotated[
        int | None, typer.Option("--line", help="按时限记录的这一行（编号）说明", min=1)
    ] = None,
) -> None:
    """逐日说明办件每个时限的到期日是怎样算出来的，现在的或者当时的。"""
    found = await session.office(case_no).clocks(
        case_no, clerk=session.clerk, as_of=_instant(as_of), line=line
    )
    session.answer(found, lambda: _draw(found))


@command("suspend", panel=CLOCKS)
async def suspend(
    session: Session,
    case_no: CaseArgument,
    reason_code: Annotated[
        str,
        typer.Option(
            help="INVESTIGATION 经批准的调查核实、SPECIAL_PROCEDURE 特别程序、"
            "FORCE_MAJEURE 不可抗力"
        ),
    ],
    reason: WhyOption,
    procedure: Annotated[
        str | None,
        typer.Option(help="特别程序是哪一种，如 EXPERT_REVIEW 或 专家评审；只用于特别程序"),
    ] = None,
    length: Annotated[
        str | None,
        typer.Option(help="预计所需时间，15wd 即15个工作日，30cd 即30个自然日；特别程序必须写明"),
    ] = None,
    command_id: CommandIdOption = None,
) -> None:
    """有法定事由时中止计时（审批人）；特别程序写明是哪一种、要多久，并书面告知申请人。"""
    await _change(
        session,
        case_no,
        "SUSPEND",
        reason,
        command_id,
        reason_code=reason_code.upper(),
        procedure=_procedure(procedure) if procedure else None,
        **_length(length),
    )


@command("resume", panel=CLOCKS)
async def resume(
    session: Session,
    case_no: CaseArgument,
    reason: Annotated[str, typer.Option(help="说明", show_default=False)] = "",
    command_id: CommandIdOption = None,
) -> None:
    """中止事由消除后恢复计时（审批人）。"""
    await _change(session, case_no, "RESUME", reason, command_id)


@command("extend", panel=CLOCKS)
async def extend(
    session: Session,
    case_no: CaseArgument,
    days: Annotated[int, typer.Option(help="延长几日，与该时限同一单位", min=1, max=365)],
    reason: WhyOption,
    approver: Annotated[
        str,
        typer.Option(
            help="由谁批准：HEAD 本机关负责人；GOVERNMENT 本级人民政府负责人"
            "（统一、联合、集中办理的事项）"
        ),
    ] = "HEAD",
    command_id: CommandIdOption = None,
) -> None:
    """经批准延长期限，只能一次，理由告知申请人（审批人）。"""
    await _change(
        session, case_no, "EXTEND", reason, command_id, days=days, approver=approver.upper()
    )


@command("revoke", panel=CLOCKS)
async def revoke(
    session: Session,
    case_no: CaseArgument,
    reason: WhyOption,
    command_id: CommandIdOption = None,
) -> None:
    """撤销已批准的延期（审批人）；原期限已满的，于撤销当日届满，不追溯为超期。"""
    await _change(session, case_no, "REVOKE_EXTENSION", reason, command_id)


def _procedure(text: str) -> str:
    """The code of a special procedure, given by code or by name."""
    from domain.special_procedures import SpecialProcedure

    wanted = text.strip()
    for one in SpecialProcedure:
        if wanted.upper() == one.value or wanted == one.label:
            return one.value
    known = "、".join(f"{one.value} {one.label}" for one in SpecialProcedure)
    raise wrong_input(f"没有这种特别程序；请写其中之一：{known}。", "UNKNOWN_PROCEDURE")


def _length(text: str | None) -> dict[str, Any]:
    from domain.clocks import Limit

    if text is None:
        return {}
    told = Limit.parse(text.strip(), "")
    return {"days": told.length, "unit": told.unit.value}


def _instant(text: str | None) -> datetime | None:
    """A day means its end: what was said on that day."""
    if text is None:
        return None
    from domain.calendar import SHANGHAI

    try:
        then = datetime.fromisoformat(text.strip())
    except ValueError:
        raise wrong_input(
            f"{text[:30]} 不是有效时间；请写成 2026-11-23T09:30 或 2026-11-23。", "WRONG_DATE"
        ) from None
    if len(text.strip()) == len("2026-11-23"):
        then = datetime.combine(then.date(), time.max)
    return then if then.tzinfo else then.replace(tzinfo=SHANGHAI)


async def _change(
    session: Session,
    case_no: str,
    verb: str,
    reason: str,
    command_id: str | None,
    **what: Any,
) -> None:
    from contracts.commands import Verb

    receipt = await session.office(case_no).ask(
        case_no,
        Verb(verb),
        actor=session.clerk_needed(),
        reason=reason,
        command_id=session.command(command_id),
        **what,
    )
    answer_receipt(session, receipt)


def _draw(found: list[dict[str, Any]]) -> None:
    from commands.clock_table import day_table
    from commands.screen import print_all, shown
    from console.wording.labels import labelled
    from domain.casework import CLOCK_LABELS
    from domain.clocks import CountedDay

    if not found:
        print_all("办件还没有开始计时的时限。")
    for row in found:
        length = f"{row['length']}{'个工作日' if row['unit'] == 'wd' else '日（自然日）'}"
        stopped = f"，已于 {row['stopped_on']} 停止" if row["stopped_on"] else ""
        due = (
            f"到期 {row['derived_due_on']}"
            if row["derived_due_on"]
            else "中止中，恢复后再推算到期日"
        )
        if not row["derived_due_on"] and row["estimated_on"]:
            due = f"中止中，预计 {row['estimated_on']} 到期"
        print_all(
            day_table(
                f"{labelled(CLOCK_LABELS, row['kind'])}：{length}，{due}{stopped}",
                (CountedDay(**day) for day in row["days"]),
            ),
            f"依据：{row['basis']}；承诺到期：{shown(row['promised_on'])}；"
            f"历法版本：{row['calendar']}"
            f"{'（未存档，按随程序发布的历法说明）' if row['calendar_missing'] else ''}"
            f"{'；日期是暂定的：其间有年份的放假安排尚未公布' if row['provisional'] else ''}",
            _log(row["log"]),
        )


def _log(lines: list[dict[str, Any]]) -> Any:
    from commands.screen import shown, table
    from console.wording.labels import CLOCK_CAUSES, labelled

    return table(
        "时限记录",
        ("编号", "时间", "事由", "到期日", "历法"),
        (
            (
                one["id"],
                one["at"],
                labelled(CLOCK_CAUSES, one["cause"]),
                f"{shown(one['due_from'])} → {shown(one['due_to'])}"
                if one["due_from"] != one["due_to"] and one["due_from"]
                else one["due_to"],
                one["calendar_to"],
            )
            for one in lines
        ),
    )
