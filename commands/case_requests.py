"""What is asked of a case as a whole: withdraw it, report a death, correct an identity."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from commands.failure import ExitCode, Failure, wrong_input
from commands.receipts import answer_receipt
from commands.register import FILING, WORKING, CaseArgument, CommandIdOption, ReasonOption, command
from commands.session import Session
from domain.identity import check_identity_number

PersonOption = Annotated[int, typer.Option("--person", help="第几名迁移人，1 是主迁移人")]


@command("withdraw", panel=FILING)
async def withdraw(
    session: Session,
    case_no: CaseArgument,
    reason: ReasonOption = "",
    command_id: CommandIdOption = None,
) -> None:
    """撤回申请；不写 --as 即由申请人本人撤回。迁出地注销户口后不能撤回。"""
    from console.office import APPLICANT
    from contracts.commands import Verb

    receipt = await session.office(case_no).ask(
        case_no,
        Verb.WITHDRAW,
        actor=session.clerk or APPLICANT,
        reason=reason,
        command_id=session.command(command_id),
    )
    answer_receipt(session, receipt)


@command("report-death", panel=WORKING)
async def report_death(
    session: Session,
    case_no: CaseArgument,
    person: PersonOption,
    reason: ReasonOption = "",
    command_id: CommandIdOption = None,
) -> None:
    """登记一名迁移人死亡；主迁移人死亡的，办件终止。"""
    from contracts.commands import Verb

    receipt = await session.office(case_no).ask(
        case_no,
        Verb.REPORT_DEATH,
        actor=session.clerk_needed(),
        reason=reason,
        persons=(person,),
        command_id=session.command(command_id),
    )
    answer_receipt(session, receipt)


@command("correct-identity", panel=WORKING)
async def correct_identity(
    session: Session,
    case_no: CaseArgument,
    person: PersonOption,
    name: Annotated[str | None, typer.Option(help="更正后的姓名")] = None,
    id_no: Annotated[str | None, typer.Option(help="更正后的公民身份号码")] = None,
    reason: ReasonOption = "",
    command_id: CommandIdOption = None,
) -> None:
    """更正一名迁移人的姓名或公民身份号码；办件编号不变，原记录留存。"""
    from contracts.commands import Verb

    clerk = session.clerk_needed()
    given = {"name": (name or "").strip(), "id_no": check_identity_number(id_no) if id_no else ""}
    if not any(given.values()):
        raise wrong_input("请用 --name 或 --id-no 写明更正后的内容。")
    office = session.office(case_no)
    record = await office.case(case_no, clerk=clerk)
    receipt = await office.ask(
        case_no,
        Verb.CORRECT_IDENTITY,
        actor=clerk,
        reason=reason,
        persons=(person,),
        identity=_completed(record, person, given),
        command_id=session.command(command_id),
    )
    answer_receipt(session, receipt)


def _completed(record: dict[str, Any], person: int, given: dict[str, str]) -> dict[str, str]:
    """What was not given stays as it is on file."""
    for row in record["persons"]:
        if row["number"] == person:
            return {field: given[field] or row[field] for field in ("name", "id_no")}
    raise Failure(
        ExitCode.REFUSED,
        "UNKNOWN_PERSON",
        "所选人员不在本次可办理的人员之列；请用 show 查看办件后重新选择。",
    )
