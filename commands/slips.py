"""``slip``: the statutory slips of a case, listed or written as PDF."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.failure import wrong_input
from commands.register import WORKING, CaseArgument, command
from commands.session import Session

if TYPE_CHECKING:
    from console.slip_desk import Issue
    from console.slip_facts import Offer


@command("slip", panel=WORKING)
async def slip(
    session: Session,
    case_no: CaseArgument,
    kind: Annotated[
        str | None, typer.Option("--kind", help="凭证代码，如 ACCEPTANCE；不写即列出可以出具的")
    ] = None,
    subject: Annotated[
        str | None, typer.Option("--subject", help="同类有几份时指明哪一份；不写即最近的一份")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="PDF 写到哪里；不写即当前文件夹，以编号为名")
    ] = None,
) -> None:
    """列出或出具办件的法定凭证（PDF，有编号和验证码）；须写 --as，限参与办理的机构，出具留痕。"""
    from console.slip_desk import SlipDesk, chosen

    clerk = session.clerk_needed()
    own = session.locality(case_no)
    desk = SlipDesk(
        session.office(case_no),
        secret=own.slip_secret.get_secret_value().encode(),
        check_at=f"{own.console_url.rstrip('/')}/verify",
    )
    offers = await desk.offers(case_no, clerk=clerk)
    if kind is None:
        session.answer([_listed(one) for one in offers], lambda: _draw_offers(offers))
        return
    offer = chosen(offers, kind.upper(), subject)
    hand_out(session, await desk.issue(case_no, offer, clerk=clerk), out)


def hand_out(session: Session, issued: Issue, out: Path | None) -> None:
    """Write the paper to a file and say where it is."""
    path = out or Path(f"{issued.number}.pdf")
    try:
        path.write_bytes(issued.pdf)
    except OSError:
        raise wrong_input(
            f"{path.name} 写不进去；请检查文件夹和权限，或用 --out 另写一处。"
        ) from None
    told = {
        "number": issued.number,
        "verification_code": issued.verification_code,
        "file": str(path),
        "again": issued.again,
        "missing": list(issued.missing),
    }
    session.answer(told, lambda: _draw_issue(issued, path))


def _listed(offer: Offer) -> dict[str, Any]:
    from slips.kinds import TITLES

    return {
        "kind": offer.kind.value,
        "title": TITLES[offer.kind],
        "subject": offer.subject,
        "about": offer.about,
    }


def _draw_offers(offers: list[Offer]) -> None:
    from commands.screen import print_all, table
    from slips.kinds import TITLES

    print_all(
        table(
            "可以出具的凭证（slip 办件编号 --kind 代码）",
            ("代码", "凭证", "内容", "--subject"),
            ((one.kind.value, TITLES[one.kind], one.about, one.subject) for one in offers),
        )
    )


def _draw_issue(issued: Issue, path: Path) -> None:
    from commands.screen import print_all

    print_all(
        f"{'此前已出具，内容未变，仍为' if issued.again else '已出具'} {issued.number}，"
        f"验证码 {issued.verification_code}，写在 {path}"
    )
    if issued.missing:
        print_all(f"字库缺 {len(issued.missing)} 个字，已印为〔U+编码〕；请手写补正并加盖校对章。")
