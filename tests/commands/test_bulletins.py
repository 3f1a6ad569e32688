"""``bulletin``, ``responsibility`` and ``digest`` at a terminal."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.commands.terminal import Terminal, settings_file
from tests.conftest import empty_database
from tests.platform.builders import locality_data
from tests.rehearsal.stage import HOME, ORIGIN

SUPERVISOR, HANDLER = "HC0902", "HC0102"
HERE = ("--locality", HOME)


@pytest.mark.parametrize(
    "words",
    [
        ("bulletin", "weekly"),
        ("bulletin", "daily", "--period", "2026-11"),
        ("bulletin", "monthly", "--format", "docx"),
        ("bulletin", "monthly", "--as-of", "昨天"),
        ("bulletin", "verify"),
        ("responsibility", "--by", "weather"),
        ("responsibility", "--from", "昨天"),
        ("responsibility", "--from", "2026-11-30", "--to", "2026-11-01"),
    ],
)
def test_what_cannot_be_understood_is_told_in_a_sentence(
    dark: Terminal, words: tuple[str, ...]
) -> None:
    ended = dark.type(*HERE, *words)
    assert ended.code != 0
    assert ended.is_a_sentence()


@pytest.mark.parametrize("words", [("bulletin", "list"), ("responsibility",), ("digest",)])
def test_without_a_database_it_says_what_is_missing(dark: Terminal, words: tuple[str, ...]) -> None:
    ended = dark.type(*HERE, *words)
    assert ended.code == 3
    assert ended.is_a_sentence()


async def test_a_bulletin_is_previewed_issued_listed_shown_and_verified(
    office: Terminal, tmp_path: Path
) -> None:
    month = ("monthly", "--period", "2026-01")
    preview = await office.ask(*HERE, "bulletin", *month)
    assert preview["number"] is None
    assert preview["reference"]["locality"] == HOME

    refused = await office.enter(*HERE, "--as", HANDLER, "bulletin", *month, "--issue")
    assert refused.code == 1 and refused.is_a_sentence()
    issued = await office.ask(*HERE, "--as", SUPERVISOR, "bulletin", *month, "--issue")
    number = issued["number"]
    again = await office.ask(*HERE, "--as", SUPERVISOR, "bulletin", *month, "--issue")
    assert (again["number"], again["digest"]) == (number, issued["digest"])

    listed = await office.ask(*HERE, "bulletin", "list")
    assert number in {one["number"] for one in listed}
    assert number in (await office.enter(*HERE, "bulletin", "list")).out
    assert "复核一致" in (await office.enter(*HERE, "bulletin", "verify", number)).out
    shown = (await office.enter(*HERE, "bulletin", "show", number)).out
    assert "用了谁的时间" in shown and "不详" in shown

    path = tmp_path / "通报.pdf"
    words = ("show", number, "--format", "pdf", "--out", str(path))
    assert (await office.ask(*HERE, "bulletin", *words))["file"] == str(path)
    assert len(PdfReader(path).pages) >= 1


async def test_a_month_that_is_not_over_is_shown_and_not_issued(office: Terminal) -> None:
    # Over there: here other stories of this system issue bulletins of years to come.
    month = f"{datetime.now(UTC):%Y-%m}"
    words = ("--locality", ORIGIN, "bulletin", "monthly", "--period", month)
    assert "预览，未发布" in (await office.enter(*words)).out
    refused = await office.enter("--as", "DH0902", *words, "--issue")
    assert refused.code == 1 and refused.is_a_sentence()


async def test_whose_days_adds_up_for_every_split(office: Terminal) -> None:
    for by in ("office", "matter", "holder", "month"):
        told = await office.ask(*HERE, "responsibility", "--by", by)
        assert told["adds_up"], by
        assert told["working"] == sum(one["working"] for one in told["used"])
    assert "与日历相符" in (await office.enter(*HERE, "responsibility")).out


async def test_a_digest_that_is_not_made_yet_is_said_to_be_missing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    async with empty_database() as url:
        data = locality_data(temporal_address="127.0.0.1:9", database_url=url)
        new = Terminal(monkeypatch, settings_file(tmp_path, {HOME: data}))
        told = await new.enter("digest", "--office", "371002-GA-03")
    assert told.code == 0
    assert "晨报" in told.out
