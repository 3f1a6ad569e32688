"""Wrong data is refused, and every mistake is named by its file and field."""

from __future__ import annotations

from pathlib import Path

import pytest

from catalog.loader import load_catalog
from tests.catalog.folders import LOCALITY, POLICY, Write, a_matter, places, problems, published


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ('code: "339903"', "code: 339903", "code"),
        ('code: "339903"', 'code: "33990"', "code"),
        ("short: 云水\n", "", "short"),
        ("short: 云水", "shrot: 云水\nshort: 云水", "shrot"),
        ('"17:30", closed_days', "17:30, closed_days", "offices[1].closes"),
        ("kind: POLICE_BUREAU", "kind: POLICE", "offices[0].kind"),
        ("roles: [HANDLER]", "roles: []", "clerks[0].roles"),
        ("roles: [APPROVER]", "roles: [BOSS]", "clerks[1].roles[0]"),
        ("[2026-11-24]", "[2026-11-31]", "offices[1].closed_days[0]"),
        ("default_station: 339903-GA-01", "default_station: 339903-GA-07", "hukou.default_station"),
        ("default_station: 339903-GA-01", "default_station: 339903-GA-00", "hukou.default_station"),
        ("parent: 339903-GA-00", "parent: 339903-GA-08", "offices[1].parent"),
        ("parent: 339903-GA-00", "parent: null", "offices[1].parent"),
        ("code: 339903-ZW-01", "code: 339904-ZW-01", "offices[2].code"),
        ('"09:00"', '"18:00"', "offices[2].closes"),
        (
            "office: 339903-GA-00, roles: [APPROVER]",
            "office: 339903-GA-09, roles: [APPROVER]",
            "clerks[1].office",
        ),
        ("YS0902", "YS0901", "clerks[5].code"),
        ("YS0902", "HC0101", "clerks[5].code"),
        ("[INTAKE, HANDLER]", "[HANDLER]", "clerks"),
        ("kind: SERVICE_HALL", "kind: POLICE_BUREAU", "offices"),
        (
            "offices:",
            "supervision: {lead: 339903-GA-00, superior: 000000-ZW-00, superior_name: 示例}\n"
            "offices:",
            "supervision.lead",
        ),
    ],
)
def test_a_mistake_in_a_locality_is_named_by_file_and_field(
    extra: Path, write: Write, old: str, new: str, field: str
) -> None:
    assert old in LOCALITY
    write("localities/339903.yaml", LOCALITY.replace(old, new))
    assert ("yunshui/localities/339903.yaml", field) in places(extra)


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("limit: 8wd", "limit: 8", "policies[0].limit"),
        ("limit: 8wd", "limit: 8日", "policies[0].limit"),
        ("limit: 8wd, ", "", "policies[0]"),
        ("limit: 8wd", "limit: 8wd, value: 8", "policies[0]"),
        ("limit: 8wd", "value: 8", "policies[0]"),
        ('"339903"', '"339909"', "policies[0].locality"),
        ("limit: 8wd", "limit: 8wd, peer_tag: 珠三角", "policies[0].peer_tag"),
        ('"339903"', '"371002"', "policies[0].valid_from"),
        ("evidence: design", "evidence: hearsay", "policies[0].evidence"),
        ("2026-01-01}", "2026-01-01, valid_to: 2025-01-01}", "policies[0].valid_to"),
    ],
)
def test_a_mistake_in_a_policy_is_named_by_file_and_field(
    extra: Path, write: Write, old: str, new: str, field: str
) -> None:
    assert old in POLICY
    write("localities/339903.yaml", LOCALITY)
    write("policies/339903.yaml", POLICY.replace(old, new))
    assert ("yunshui/policies/339903.yaml", field) in places(extra)


def test_two_tags_that_could_both_apply_are_refused(extra: Path, write: Write) -> None:
    tagged = LOCALITY.replace("[长三角]", "[长三角, 示例圈]")
    write("localities/339903.yaml", tagged)
    rule = POLICY.replace('locality: "339903"', "peer_tag: 示例圈").replace(
        "hukou.review.promised", "hukou.origin"
    )
    write("policies/tags.yaml", rule)
    assert "339903" in load_catalog(extra).localities  # only one locality carries both tags
    other = tagged.replace("339903", "339905").replace("YS0", "YT0")
    write("localities/339905.yaml", other)
    assert ("yunshui/policies/tags.yaml", "policies[0].peer_tag") in places(extra)


def test_a_gap_between_published_years_is_refused(extra: Path, write: Write) -> None:
    write("calendars/2028.yaml", published(2028))
    assert "calendars：year：缺少2027年的放假安排，各年份必须连续" in problems(extra)


def test_a_year_without_a_following_year_of_statutory_days_is_refused(
    extra: Path, write: Write
) -> None:
    for year in (2027, 2028):
        write(f"calendars/{year}.yaml", published(year))
    assert ("calendars", "holidays") in places(extra)


def test_a_year_published_twice_is_refused(extra: Path, write: Write) -> None:
    write("calendars/2026.yaml", published(2026))
    assert ("yunshui/calendars/2026.yaml", "year") in places(extra)


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("kind: PUBLISHED\n", "", ""),
        ("notice: 示例通知\n", "", "notice"),
        ("make_up: []", "make_up: [2027-01-05]", "make_up[0]"),
        ("make_up: []", "make_up: [2027-01-03]", "make_up[0]"),
        ("to: 2027-01-03", "to: 2026-12-03", "holidays[0].to"),
        ("from: 2027-01-01, to: 2027-01-03", "from: 2028-01-01, to: 2028-01-02", "holidays"),
        (
            "to: 2027-01-03}",
            "to: 2027-01-03}\n  - {name: 示例, from: 2027-01-03, to: 2027-01-04}",
            "holidays[1]",
        ),
    ],
)
def test_a_mistake_in_a_calendar_is_named_by_file_and_field(
    extra: Path, write: Write, old: str, new: str, field: str
) -> None:
    text = published(2027)
    assert old in text
    write("calendars/2027.yaml", text.replace(old, new))
    assert ("yunshui/calendars/2027.yaml", field) in places(extra)


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("HUKOU-EXAMPLE", "HUKOU-SPOUSE", "code"),
        ("verifications: [GRADUATION]", "verifications: []", "documents[3].shareable_from"),
        (
            "years_after_graduation: hukou.years_after_graduation",
            "years_after_graduation: hukou.nothing",
            "thresholds.years_after_graduation",
        ),
        (
            "thresholds:\n  years_after_graduation: hukou.years_after_graduation",
            "thresholds: {}",
            "thresholds.years_after_graduation",
        ),
        ("type: DIPLOMA", "type: IDENTITY_CARD", "documents[3].type"),
        ("mode: JOINT", "mode: TOGETHER", "mode"),
        ('item_type: "07"', 'item_type: "77"', "item_type"),
        ("sources:\n", "sources: []\nolder_sources:\n", "sources"),
    ],
)
def test_a_mistake_in_a_matter_is_named_by_file_and_field(
    extra: Path, write: Write, old: str, new: str, field: str
) -> None:
    assert old in a_matter()
    write("matters/example.yaml", a_matter().replace(old, new))
    assert ("yunshui/matters/example.yaml", field) in places(extra)
