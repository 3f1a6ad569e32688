"""A new locality, matter or year is configuration only; unreadable files are refused by name."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml

from catalog.calendar_files import build_calendar, calendar_content, calendar_of
from catalog.loader import load_catalog
from tests.catalog.folders import LOCALITY, POLICY, Write, a_matter, places, problems, published


def test_a_third_locality_needs_configuration_only(extra: Path, write: Write) -> None:
    write("localities/339903.yaml", LOCALITY)
    write("policies/339903.yaml", POLICY)
    catalog = load_catalog(extra)
    assert set(catalog.localities) == {"371002", "330902", "339903"}
    assert catalog.office("339903-GA-01").parent == "339903-GA-00"
    assert catalog.clerk("YS0101").office == "339903-GA-01"
    on = catalog.calendar.years[2026].published_on.replace(year=2026)
    assert catalog.policy("hukou.review.promised", "339903", on=on).limit == "8wd"
    # Both carry 长三角, so the origin has one day towards the other, five towards 环翠.
    assert catalog.policy("hukou.origin", "330902", "339903", on=on).limit == "1wd"
    assert catalog.policy("hukou.origin", "339903", "371002", on=on).limit == "5wd"
    assert catalog.version != load_catalog().version


def test_an_empty_extra_folder_changes_nothing(extra: Path) -> None:
    assert load_catalog(extra).version == load_catalog().version


def test_a_folder_that_does_not_exist_is_named_without_its_path(tmp_path: Path) -> None:
    assert problems(tmp_path / "nowhere") == ["nowhere：没有这个目录，请核对附加目录的设置"]


def test_publishing_the_next_year_is_one_file(extra: Path, write: Write) -> None:
    write("calendars/2027.yaml", published(2027))
    calendar = load_catalog(extra).calendar
    assert sorted(calendar.years) == [2025, 2026, 2027]
    assert calendar.version != load_catalog().calendar.version
    assert all(day.year == 2028 for day in calendar.provisional_holidays)


def test_a_matter_can_be_added_in_a_folder(extra: Path, write: Write) -> None:
    write("matters/example.yaml", a_matter())
    assert load_catalog(extra).matter("HUKOU-EXAMPLE").needs_permit


def test_all_problems_of_all_files_are_listed_together_in_chinese(
    extra: Path, write: Write
) -> None:
    write("localities/339903.yaml", LOCALITY.replace("short: 云水\n", "").replace("示例省", ""))
    write("policies/339903.yaml", POLICY.replace("basis: 示例承诺,", ""))
    assert problems(extra) == [
        "yunshui/localities/339903.yaml：short：缺少这一项，请补上",
        "yunshui/localities/339903.yaml：第4行：province：应为文字；数字和时间请加引号",
        "yunshui/policies/339903.yaml：第3行：policies[0].basis：缺少这一项，请补上",
    ]


def test_a_key_written_twice_is_refused(extra: Path, write: Write) -> None:
    write("localities/339903.yaml", LOCALITY + "short: 又一次\n")
    (problem,) = problems(extra)
    assert problem.startswith("yunshui/localities/339903.yaml：第")
    assert "“short”写了两次" in problem


@pytest.mark.parametrize("text", ["", "- 1", "a: [", "? [a]\n: 1", "\x00"])
def test_a_file_that_is_no_catalogue_file_is_named(extra: Path, write: Write, text: str) -> None:
    write("policies/odd.yaml", text)
    assert {file for file, _ in places(extra)} == {"yunshui/policies/odd.yaml"}


def test_a_file_in_another_encoding_is_named(extra: Path) -> None:
    (extra / "policies").mkdir()
    (extra / "policies" / "gbk.yaml").write_bytes("说明: 示例".encode("gbk"))
    assert problems(extra) == ["yunshui/policies/gbk.yaml：不是UTF-8编码，请转换后保存"]


def test_the_built_in_data_name_no_person() -> None:
    data = Path(__file__).parents[2] / "catalog" / "data" / "localities"
    for path in data.glob("*.yaml"):
        for clerk in yaml.safe_load(path.read_text(encoding="utf-8"))["clerks"]:
            assert set(clerk) == {"code", "office", "roles"}


def test_a_regional_notice_adds_days_for_its_own_localities_only(extra: Path, write: Write) -> None:
    text = published(2027).replace("year: 2027", 'region: "3710"\nyear: 2027')
    write("calendars/2027.yaml", published(2027))
    write(
        "calendars/2027-3710.yaml",
        text.replace("2027-01-01, to: 2027-01-03", "2027-03-03, to: 2027-03-03"),
    )
    files = load_catalog(extra).calendar_files
    own, other = (build_calendar(files, code) for code in ("371002", "330902"))
    day = date(2027, 3, 3)
    assert not own.is_working(day) and other.is_working(day)
    assert own.version != other.version == load_catalog(extra).calendar.version
    assert calendar_of(own.version, calendar_content(own)) == own
