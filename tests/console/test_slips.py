"""Slips of real cases: the right papers at the right time, with names only for those who take part,
and codes that anybody may check without learning anything."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from console.errors import OfficeError
from console.slip_desk import SlipDesk, chosen
from console.slip_facts import Offer
from console.verifying import Limiter, check_code
from slips.kinds import TITLES, SlipKind
from slips.verification import Verdict
from storage.case_tables import DataAccess
from storage.slips import slips_of
from tests.commands.terminal import Terminal
from tests.rehearsal.stage import HOME, ORIGIN, Stage
from tests.rehearsal.story import Story
from tests.rehearsal.transfer import TransferStory
from tests.slips.reading import text_of

RECORD = json.loads(Path("examples/compute/pension.json").read_text(encoding="utf-8"))
SECRET = b"only-for-the-tests-of-slips"


def desk_of(stage: Stage, locality: str) -> SlipDesk:
    own = stage.system.settings.locality(locality)
    return SlipDesk(
        stage.offices[locality],
        secret=own.slip_secret.get_secret_value().encode(),
        check_at=f"{own.console_url}/verify",
    )


async def printed(stage: Stage, locality: str, case_no: str, clerk: str) -> dict[str, str]:
    """Everything that can be issued, as (kind -> text of the PDF)."""
    desk = desk_of(stage, locality)
    texts = {}
    for offer in await desk.offers(case_no, clerk=clerk):
        issued = await desk.issue(case_no, offer, clerk=clerk)
        texts[offer.kind.value] = text_of(issued.pdf)
        assert issued.missing == ()
        assert TITLES[offer.kind] in texts[offer.kind.value]
        assert issued.number in texts[offer.kind.value]
    return texts


async def test_a_transfer_of_a_pension_prints_its_papers_on_both_sides(stage: Stage) -> None:
    story = TransferStory(stage)
    person = await story.somebody()
    for place in (story.origin, story.home):
        await story.entry("PENSION", RECORD, at=place)
    await story.file_transfer("PENSION-TRANSFER")
    at_once = await desk_of(stage, HOME).offers(story.case_no, clerk="HC1101")
    assert [one.kind for one in at_once] == [SlipKind.INTAKE]
    await story.work(
        "INTAKE_CHECK=ACCEPT",
        "PENSION_REVIEW=PASS",
        "PENSION_EXAMINATION=PASS",
        "PENSION_RELEASE=RELEASE",
        "PENSION_BOOKING=BOOK",
        "DELIVERY=ELECTRONIC",
    )
    await story.ends("ARCHIVED", "COMPLETED")
    leg = await story.leg_stage_is("LEG_COMPLETED")

    here = await printed(stage, HOME, story.case_no, "HC1102")
    assert set(here) == {"INTAKE", "ACCEPTANCE", "CONTACT_LETTER", "CONCLUSION", "SERVICE"}
    assert all(person["name"] in text for text in here.values())
    assert "371002-PENSION" in here["CONTACT_LETTER"]
    assert "电子送达" in here["SERVICE"]
    assert "记账接续" in here["CONCLUSION"]

    there = await printed(stage, ORIGIN, leg["case_no"], "DH1102")
    assert set(there) == {"CONTRIBUTION_VOUCHER", "STATEMENT", "PAYMENT_VOUCHER"}
    for paper in (there["CONTRIBUTION_VOUCHER"], there["STATEMENT"]):
        assert "1996年7月1日" in paper and "2004年1月至2006年12月" in paper
    (money,) = leg["money"]
    total = f"{money['remittances'][0]['amount_fen'] / 100:,.2f}"
    assert total in there["STATEMENT"] and total in there["PAYMENT_VOUCHER"]
    assert person["id_no"] in there["STATEMENT"]


async def test_the_same_facts_are_the_same_paper_and_every_issue_is_on_record(
    stage: Stage,
) -> None:
    story = Story(stage)
    await story.file()
    desk, database = desk_of(stage, HOME), stage.offices[HOME].database
    (offer,) = await desk.offers(story.case_no, clerk="HC0101")
    first = await desk.issue(story.case_no, offer, clerk="HC0101")
    second = await desk.issue(story.case_no, offer, clerk="HC0101")
    assert (first.again, second.again) == (False, True)
    assert (first.number, first.pdf) == (second.number, second.pdf)
    async with database.read() as connection:
        (kept,) = await slips_of(connection, story.case_no)
        read = await connection.execute(
            select(DataAccess.actor).where(
                DataAccess.case_no == story.case_no, DataAccess.what == "slip:INTAKE"
            )
        )
        assert read.scalars().all() == ["HC0101", "HC0101"]
    assert kept.verification_code == first.verification_code


async def test_an_office_without_part_in_the_case_gets_no_paper(stage: Stage) -> None:
    story = Story(stage)
    await story.file()
    for clerk in ("HC1101", "HC0902"):
        with pytest.raises(OfficeError) as refused:
            await desk_of(stage, HOME).offers(story.case_no, clerk=clerk)
        assert story.people[0]["name"] not in refused.value.message


async def test_anybody_may_check_a_code_and_learns_nothing_about_anybody(stage: Stage) -> None:
    story = Story(stage)
    await story.file()
    desk, database = desk_of(stage, HOME), stage.offices[HOME].database
    (offer,) = await desk.offers(story.case_no, clerk="HC0101")
    code = (await desk.issue(story.case_no, offer, clerk="HC0101")).verification_code
    address = f"{stage.system.settings.locality(HOME).console_url}/verify"
    async with httpx.AsyncClient(timeout=30) as client:
        answers = [
            await client.get(address, params={"code": typed})
            for typed in (code, code.lower().replace("-", " "), "0000-0000-0000-0000", code[:-1])
        ]
    assert [one.json()["verdict"] for one in answers] == ["RIGHT", "RIGHT", "WRONG", "MISTYPED"]
    for answer in answers:
        assert story.people[0]["name"] not in answer.text
        assert story.case_no not in answer.text
    assert await check_code(database, SECRET, code) is Verdict.WRONG


def test_a_caller_may_ask_so_often_and_not_more() -> None:
    limits = Limiter(questions=2, seconds=60)
    assert [limits.allows("a", at) for at in (0.0, 1.0, 2.0)] == [True, True, False]
    assert limits.allows("b", 2.0)
    assert limits.allows("a", 61.0)


async def test_a_correction_notice_lists_what_is_to_be_mended(stage: Stage) -> None:
    story = Story(stage)
    await story.file()
    await story.decide("INTAKE_CHECK", "CORRECT", defects=("落户地址证明缺少签章页",))
    await story.stage_is("CORRECTION")
    texts = await printed(stage, HOME, story.case_no, "HC0101")
    assert "落户地址证明缺少签章页" in texts["CORRECTION"]


async def test_a_refusal_of_acceptance_names_reason_and_remedies(stage: Stage) -> None:
    story = Story(stage)
    await story.file()
    await story.decide("INTAKE_CHECK", "NOT_ACCEPT", reason="申请事项不属于本机关职权范围。")
    await story.stage_is("NOT_ACCEPTED")
    texts = await printed(stage, HOME, story.case_no, "HC0101")
    assert "申请事项不属于本机关职权范围。" in texts["NON_ACCEPTANCE"]
    assert "60日内" in texts["NON_ACCEPTANCE"] and "6个月内" in texts["NON_ACCEPTANCE"]


async def test_the_command_line_lists_and_writes_slips(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    story = Story(stage)
    await story.file()
    office = Terminal(monkeypatch, stage.system.state_dir / "settings.json")
    listed = await office.ask("slip", story.case_no, "--as", "HC0101")
    assert [one["kind"] for one in listed] == ["INTAKE"]
    path = tmp_path / "收件凭证.pdf"
    told = await office.ask(
        *("slip", story.case_no, "--as", "HC0101", "--kind", "intake", "--out", str(path))
    )
    assert told["number"] in text_of(path.read_bytes())
    refused = await office.enter("slip", story.case_no, "--as", "HC0101", "--kind", "REFUSAL")
    assert refused.code == 2 and "INTAKE" in refused.err
    nobody = await office.enter("slip", story.case_no)
    assert nobody.code == 2


def offer(kind: SlipKind, subject: str) -> Offer:
    facts: dict[str, Any] = {}
    return Offer(kind=kind, subject=subject, about="", office="371002-GA-01", facts=facts)


def test_of_several_papers_of_a_kind_the_newest_is_meant() -> None:
    several = [offer(SlipKind.PAYMENT_VOUCHER, "1"), offer(SlipKind.PAYMENT_VOUCHER, "2")]
    assert chosen(several, "PAYMENT_VOUCHER", None).subject == "2"
    assert chosen(several, "PAYMENT_VOUCHER", "1").subject == "1"
    with pytest.raises(OfficeError, match="PAYMENT_VOUCHER"):
        chosen(several, "INTAKE", None)
