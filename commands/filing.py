"""``file`` and ``hand-in``: an application, and the documents asked for afterwards."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.failure import wrong_input
from commands.receipts import answer_receipt
from commands.register import FILING, CaseArgument, CommandIdOption, command
from commands.session import Session

if TYPE_CHECKING:
    from catalog.catalog import Catalog
    from console.intake_desk import Filed

_KEPT = "已收件保存，服务恢复后自动受理流程。"


@command("file", panel=FILING)
async def file(
    session: Session,
    path: Annotated[
        Path, typer.Argument(metavar="申请文件", help="JSON 或 YAML", show_default=False)
    ],
) -> None:
    """提交申请；材料文件放在申请文件旁边。地区不写时按迁入地派出所，或按对方地区之外的那个确定。"""
    from console.application_form import read_file
    from console.filing import FilingDesk
    from domain.offices import SYSTEM

    data = read_file(path, max_bytes=_largest(session.catalog))
    office = session.office(_station(data), _other_than_peer(data, session))
    filed = await FilingDesk(office, clerk=session.clerk or SYSTEM).file_data(
        data, folder=path.parent
    )
    session.answer(
        {**filed.model_dump(mode="json"), "note": "" if filed.started else _KEPT},
        lambda: _draw(filed, session.catalog),
    )


@command("hand-in", panel=FILING)
async def hand_in(
    session: Session,
    case_no: CaseArgument,
    document: Annotated[
        list[str],
        typer.Option(
            "--document",
            help="材料类型=文件，如 TRANSFER_ORDER=调令.pdf；第2名迁移人的写 类型@2=文件；可重复",
        ),
    ],
    command_id: CommandIdOption = None,
) -> None:
    """提交补正材料，一次交齐。"""
    from console.filing import FilingDesk
    from console.office import APPLICANT

    parts = [_part(written) for written in document]
    receipt = await FilingDesk(session.office(case_no)).hand_in(
        case_no,
        parts,
        folder=Path.cwd(),
        actor=session.clerk or APPLICANT,
        command_id=session.command(command_id),
    )
    answer_receipt(session, receipt)


def _part(written: str) -> dict[str, Any]:
    head, equals, name = written.partition("=")
    type_, at, person = head.strip().partition("@")
    if not (type_ and equals and name) or (at and not person.isdecimal()):
        raise wrong_input(
            "--document 应写成 类型=文件（如 TRANSFER_ORDER=调令.pdf）"
            "或 类型@迁移人序号=文件；请改正。"
        )
    return {"type": type_, "file": name, "person": int(person) if at else None}


def _largest(catalog: Catalog) -> int:
    """The most that any locality takes; the one that is meant is known only from the file."""
    return max(one.as_number() for one in catalog.policies if one.key == "document.max_bytes")


def _station(data: dict[str, Any]) -> str:
    station = data.get("destination_station")
    return station if isinstance(station, str) else ""


def _other_than_peer(data: dict[str, Any], session: Session) -> str:
    """Where a transfer is filed, when only one locality is not the other side."""
    if not isinstance(data.get("peer_locality"), str):
        return ""
    others = [code for code in session.settings.localities if code != data["peer_locality"]]
    return others[0] if len(others) == 1 else ""


def _draw(filed: Filed, catalog: Catalog) -> None:
    from commands.screen import print_all, table
    from console.wording.labels import office_named

    print_all(
        table(
            "收件凭证",
            ("项目", "内容"),
            (
                ("办件编号", filed.case_no),
                ("事项", filed.matter_name),
                ("收件日", filed.received_on),
                ("收件机构", office_named(filed.station, catalog)),
                ("流程", "已开始" if filed.started else _KEPT),
            ),
        )
    )
    if filed.findings:
        print_all(
            table(
                "形式审查发现（由收件员一次性告知）",
                ("问题", "补正办法"),
                zip(filed.findings, filed.remedies, strict=True),
            )
        )
