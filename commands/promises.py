"""``promises`` and ``repair-promise``: written promises instead of proofs, and their checks."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from commands.register import LOOKING, WORKING, CaseArgument, ReasonOption, command
from commands.session import Session

_STATES = {"OPEN": "待核查", "KEPT": "属实", "FALSE": "不实，未修复", "REPAIRED": "不实，已修复"}


@command("promises", panel=LOOKING)
async def promises(
    session: Session,
    limit: Annotated[int, typer.Option(help="最多列几件", min=1, max=10_000)] = 100,
) -> None:
    """列出承诺登记：以书面承诺代替的材料和事后核查的结果，最近的在前。"""
    found = await session.office().promises(limit=limit)
    session.answer(found, lambda: _draw(found, session))


@command("repair-promise", panel=WORKING)
async def repair_promise(
    session: Session, case_no: CaseArgument, reason: ReasonOption = ""
) -> None:
    """登记不实承诺已经纠正（信用修复），此后可以再次适用告知承诺；由审批人办理，须写 --as。"""
    done = await session.office(case_no).repair_promise(
        case_no, clerk=session.clerk_needed(), reason=reason
    )
    answer = {"case_no": case_no, "repaired": done}
    session.answer(answer, lambda: typer.echo("已登记修复。" if done else "此前已登记修复。"))


def _draw(found: list[dict[str, Any]], session: Session) -> None:
    from commands.screen import print_all, table
    from console.wording.general_findings import material_name

    catalog = session.catalog
    print_all(
        table(
            f"承诺登记（{len(found)}）",
            ("办件编号", "事项", "以承诺代替的材料", "承诺于", "核查于", "结果"),
            (
                (
                    one["case_no"],
                    one["matter_name"],
                    "、".join(material_name(type_, catalog) or type_ for type_ in one["materials"]),
                    one["promised_on"],
                    one["checked_on"],
                    _STATES[one["state"]],
                )
                for one in found
            ),
        )
    )
