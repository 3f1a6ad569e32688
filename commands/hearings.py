"""``hearing``: tell of the right, ask, waive, announce, set, and put the record on file."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from commands.failure import wrong_input
from commands.receipts import answer_receipt
from commands.register import CLOCKS, CaseArgument, CommandIdOption, command, subject
from commands.session import Session

if TYPE_CHECKING:
    from console.hearing import HearingRoom

group = subject(
    "hearing",
    panel=CLOCKS,
    about="听证：告知权利、申请、通知、公告、举行；期间审核审批时限停止计算（行政许可法第四十五至四十八条）。",
)

WhyOption = Annotated[str, typer.Option("--reason", help="理由，必须写明")]
DayOption = Annotated[str, typer.Option("--on", help="听证日期，如 2026-12-08")]
PlaceOption = Annotated[str, typer.Option("--place", help="听证地点和时间，如 三楼会议室，9时30分")]
ChairOption = Annotated[str, typer.Option("--chair", help="主持人工号；不得是本申请的审查人员")]


@command("tell", panel=CLOCKS, group=group)
async def tell(
    session: Session, case_no: CaseArgument, reason: WhyOption, command_id: CommandIdOption = None
) -> None:
    """告知申请人、利害关系人有要求听证的权利（审批人）；5个工作日内可以申请，其间不作决定。"""
    receipt = await _room(session, case_no).tell(
        case_no,
        clerk=session.clerk_needed(),
        reason=reason,
        command_id=session.command(command_id),
    )
    answer_receipt(session, receipt)


@command("ask", panel=CLOCKS, group=group)
async def ask(
    session: Session, case_no: CaseArgument, reason: WhyOption, command_id: CommandIdOption = None
) -> None:
    """申请听证；不写 --as 即由申请人本人申请，利害关系人的申请由工作人员登记。"""
    from console.office import APPLICANT

    receipt = await _room(session, case_no).ask(
        case_no,
        reason=reason,
        actor=session.clerk or APPLICANT,
        command_id=session.command(command_id),
    )
    answer_receipt(session, receipt)


@command("waive", panel=CLOCKS, group=group)
async def waive(
    session: Session, case_no: CaseArgument, reason: WhyOption, command_id: CommandIdOption = None
) -> None:
    """放弃听证，恢复计时；公告举行的听证不能放弃。"""
    from console.office import APPLICANT

    receipt = await _room(session, case_no).waive(
        case_no,
        reason=reason,
        actor=session.clerk or APPLICANT,
        command_id=session.command(command_id),
    )
    answer_receipt(session, receipt)


@command("set", panel=CLOCKS, group=group)
async def set_day(
    session: Session,
    case_no: CaseArgument,
    on: DayOption,
    place: PlaceOption,
    chair: ChairOption,
    reason: Annotated[str, typer.Option("--reason", help="事由")] = "依申请举行听证",
    command_id: CommandIdOption = None,
) -> None:
    """举行听证的7个工作日前通知时间、地点（审批人）；改期的再次通知，重新起算。"""
    receipt = await _room(session, case_no).set(
        case_no,
        clerk=session.clerk_needed(),
        on=_day(on),
        place=place,
        chair=chair,
        reason=reason,
        command_id=session.command(command_id),
    )
    answer_receipt(session, receipt)


@command("announce", panel=CLOCKS, group=group)
async def announce(
    session: Session,
    case_no: CaseArgument,
    on: DayOption,
    place: PlaceOption,
    chair: ChairOption,
    length: Annotated[str, typer.Option(help="预计所需时间，15wd 即15个工作日，书面告知申请人")],
    reason: WhyOption,
    command_id: CommandIdOption = None,
) -> None:
    """涉及公共利益的，向社会公告并举行听证（审批人）。"""
    from domain.clocks import Limit

    receipt = await _room(session, case_no).announce(
        case_no,
        clerk=session.clerk_needed(),
        on=_day(on),
        place=place,
        chair=chair,
        reason=reason,
        expected=Limit.parse(length.strip(), ""),
        command_id=session.command(command_id),
    )
    answer_receipt(session, receipt)


@command("held", panel=CLOCKS, group=group)
async def held(
    session: Session,
    case_no: CaseArgument,
    record: Annotated[str, typer.Option("--record", help="听证笔录的编号和要点，必须写明")],
    command_id: CommandIdOption = None,
) -> None:
    """听证举行后笔录归卷，恢复计时（审批人）；此后的决定须写明采信笔录的情况。"""
    receipt = await _room(session, case_no).held(
        case_no,
        clerk=session.clerk_needed(),
        record=record,
        command_id=session.command(command_id),
    )
    answer_receipt(session, receipt)


def _room(session: Session, case_no: str) -> HearingRoom:
    from console.hearing import HearingRoom

    return HearingRoom(session.office(case_no))


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise wrong_input(f"{text[:30]} 不是有效日期；请写成 2026-12-08。", "WRONG_DATE") from None
