"""The eight lists agree with their documents: every figure here was counted in the documents."""

from __future__ import annotations

from collections import Counter

import pytest

from catalog.listing_models import Listing, ListingRow, Mode, PowerKind
from catalog.loader import load_catalog

CATALOG = load_catalog()
LISTINGS = CATALOG.listings

COUNTS = {
    "HUANCUI-CROSS-2021": (74, 74),
    "HUANCUI-CROSS-LATER": (8, 8),
    "HUANCUI-PROVINCE": (107, 107),
    "HUANCUI-LIFE-ENTERPRISE": (107, 143),
    "HUANCUI-LIFE-PERSON": (104, 149),
    "ZHOUSHAN-CROSS-2020": (58, 58),
    "ZHOUSHAN-CROSS-2021": (76, 76),
    "ZHOUSHAN-CROSS-LATER": (6, 6),
}


def rows(code: str) -> list[ListingRow]:
    return LISTINGS[code].rows


def numbered(listing: Listing) -> int:
    return len({row.number for row in listing.rows})


def items(*codes: str) -> set[str]:
    return {row.item for code in codes for row in rows(code)}


def leads(code: str) -> Counter[str | None]:
    return Counter(row.lead.organ if row.lead else None for row in rows(code))


def test_the_eight_lists_have_540_numbered_rows_and_621_leaf_rows() -> None:
    assert {
        code: (numbered(listing), len(listing.rows)) for code, listing in LISTINGS.items()
    } == COUNTS
    assert sum(numbered(listing) for listing in LISTINGS.values()) == 540
    assert sum(len(listing.rows) for listing in LISTINGS.values()) == 621


def test_the_three_lists_of_zhoushan_are_the_140_national_matters_each_once() -> None:
    listed = [row.item for code in LISTINGS if code.startswith("ZHOUSHAN") for row in rows(code)]
    assert len(listed) == 140
    # 21-23 of 2020 are achieved for the city itself first and stand again in 2021.
    assert {item for item, times in Counter(listed).items() if times > 1} == {
        row.item for row in rows("ZHOUSHAN-CROSS-2020")[20:23]
    }


def test_both_places_list_the_same_82_matters_for_2021_and_later() -> None:
    huancui = items("HUANCUI-CROSS-2021", "HUANCUI-CROSS-LATER")
    assert len(huancui) == 82
    assert huancui == items("ZHOUSHAN-CROSS-2021", "ZHOUSHAN-CROSS-LATER")


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (
            "HUANCUI-CROSS-2021",
            {
                "POLICE": 7,
                "CIVIL_AFFAIRS": 3,
                "JUSTICE": 2,
                "HUMAN_RESOURCES": 14,
                "NATURAL_RESOURCES": 17,
                "HOUSING_FUND": 5,
                "TRANSPORT": 1,
                "TOWN": 1,
                "ADMIN_APPROVAL": 2,
                "MARKET_SUPERVISION": 6,
                "MEDICAL_INSURANCE": 6,
                "POSTAL": 3,
                "DISABLED_PERSONS": 7,
            },
        ),
        (
            "HUANCUI-PROVINCE",
            {
                "EDUCATION": 3,
                "INDUSTRY": 1,
                "POLICE": 6,
                "ADMIN_APPROVAL": 60,
                "CIVIL_AFFAIRS": 1,
                "JUSTICE": 3,
                "HUMAN_RESOURCES": 15,
                "TRANSPORT": 6,
                "AGRICULTURE": 3,
                "COMMERCE": 3,
                "CULTURE_TOURISM": 1,
                "HEALTH": 1,
                "MARKET_SUPERVISION": 2,
                "MEDICAL_INSURANCE": 2,
            },
        ),
        (
            "ZHOUSHAN-CROSS-2020",
            {
                "JUSTICE": 4,
                "HUMAN_RESOURCES": 15,
                "SMART_CITY": 1,
                "NATURAL_RESOURCES": 3,
                "ECOLOGY": 1,
                "HOUSING_FUND": 3,
                "COMMERCE": 1,
                "HEALTH": 2,
                "MARKET_SUPERVISION": 23,
                "MEDICAL_INSURANCE": 1,
                "AVIATION_SAFETY": 1,
                "POSTAL": 3,
            },
        ),
        (
            "ZHOUSHAN-CROSS-2021",
            {
                "POLICE": 9,
                "CIVIL_AFFAIRS": 3,
                "JUSTICE": 2,
                "HUMAN_RESOURCES": 10,
                "SMART_CITY": 4,
                "NATURAL_RESOURCES": 17,
                "HOUSING_FUND": 5,
                "TRANSPORT": 1,
                "HEALTH": 3,
                "MARKET_SUPERVISION": 6,
                "MEDICAL_INSURANCE": 6,
                "POSTAL": 3,
                "DISABLED_PERSONS": 7,
            },
        ),
    ],
)
def test_the_leading_units_add_up_as_in_the_document(code: str, expected: dict[str, int]) -> None:
    assert leads(code) == expected


def test_the_province_wide_list_adds_up_by_type_mode_audience_and_power() -> None:
    listed = rows("HUANCUI-PROVINCE")
    assert Counter(row.item_type for row in listed) == {"01": 68, "10": 17, "20": 21, "07": 1}
    assert Counter(tuple(row.modes) for row in listed) == {
        (Mode.FULLY_ONLINE,): 95,
        (Mode.PROXY_INTAKE,): 5,
        (Mode.JOINT,): 2,
        (Mode.PROXY_INTAKE, Mode.FULLY_ONLINE): 5,
    }
    assert Counter(len(row.audience) for row in listed) == {1: 84, 2: 23}
    assert Counter("".join(row.levels) for row in listed) == {
        "4": 4,
        "34": 26,
        "3": 16,
        "234": 35,
        "23": 21,
        "2": 5,
    }
    assert Counter(note.kind for row in listed for note in row.power) == {
        PowerKind.CITY: 48,
        PowerKind.PROVINCE: 6,
    }


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (
            "HUANCUI-LIFE-ENTERPRISE",
            {
                "企业开办": (7, 12),
                "企业准营": (27, 29),
                "企业运营": (28, 47),
                "投资建设": (35, 35),
                "企业变更": (4, 9),
                "企业退出": (6, 11),
            },
        ),
        (
            "HUANCUI-LIFE-PERSON",
            {
                "出生": (6, 6),
                "教育": (19, 20),
                "退役": (6, 6),
                "工作": (23, 41),
                "置业": (15, 23),
                "出行": (12, 16),
                "婚育": (5, 5),
                "就医": (5, 14),
                "救助": (9, 14),
                "养老": (4, 4),
            },
        ),
    ],
)
def test_the_life_cycle_lists_add_up_by_stage(
    code: str, expected: dict[str, tuple[int, int]]
) -> None:
    found: dict[str, tuple[int, int]] = {}
    for stage in dict.fromkeys(row.stage or "" for row in rows(code)):
        within = [row for row in rows(code) if row.stage == stage]
        found[stage] = (len({row.number for row in within}), len(within))
    assert found == expected


def test_the_life_cycle_lists_add_up_by_scenario_and_power() -> None:
    enterprise, person = rows("HUANCUI-LIFE-ENTERPRISE"), rows("HUANCUI-LIFE-PERSON")
    assert len({(row.stage, row.scenario) for row in enterprise}) == 15
    assert len({(row.stage, row.scenario) for row in person}) == 23
    assert Counter(note.kind for row in enterprise for note in row.power) == {
        PowerKind.CITY: 45,
        PowerKind.PROVINCE: 1,
    }
    assert Counter(note.kind for row in person for note in row.power) == {
        PowerKind.CITY: 40,
        PowerKind.PROVINCE: 2,
    }


def test_a_merged_cell_stands_in_every_row_that_it_covers() -> None:
    vehicles = [row for row in rows("HUANCUI-LIFE-ENTERPRISE") if row.number == 54]
    assert [row.sub for row in vehicles] == [1, 2, 3, 4, 5]
    assert len({row.group for row in vehicles}) == 1
    investment = [row for row in rows("HUANCUI-LIFE-ENTERPRISE") if row.scenario == "投资立项"]
    assert {row.lead.written for row in investment if row.lead} == {"区行政审批服务局"}
    assert all([unit.written for unit in row.joint_leads] == ["规划分局"] for row in investment)


def test_a_scenario_without_a_leading_unit_has_none_and_the_cut_last_row_no_type() -> None:
    utilities = [row for row in rows("HUANCUI-LIFE-ENTERPRISE") if row.scenario == "市政公用"]
    assert len(utilities) == 6
    assert all(row.lead is None for row in utilities)
    untyped = [row for row in rows("HUANCUI-LIFE-PERSON") if row.item_type is None]
    assert [(row.number, row.name) for row in untyped] == [(104, "养老保险待遇核定支付")]


def test_every_unit_is_an_organ_and_keeps_its_spelling() -> None:
    known = {
        (spelling, organ.code) for organ in CATALOG.organs.values() for spelling in organ.spellings
    }
    written = {
        (unit.written, unit.organ)
        for listing in LISTINGS.values()
        for row in listing.rows
        for unit in (*([row.lead] if row.lead else []), *row.joint_leads, *row.cooperating)
    }
    assert written <= known
    assert {spelling for spelling, organ in written if organ == "HUMAN_RESOURCES"} == {
        "区人力资源和社会保障局",
        "区人力资源社会保障局",
        "区人社局",
        "市人社局",
    }


def test_scenes_hold_where_who_and_what_is_excepted() -> None:
    by_name = {row.name: row for code in LISTINGS for row in rows(code) if row.scene is not None}

    def exceptions(name: str) -> list[str]:
        scene = by_name[name].scene
        assert scene is not None
        return scene.exceptions

    assert exceptions("失业保险关系转移接续") == ["不符合转出条件"]
    assert exceptions("首次申领居民身份证（监护人代办的除外）") == ["监护人代办"]
    assert exceptions("不动产抵押登记（在市本级实现）") == ["仅在市本级实现"]
    third = rows("HUANCUI-CROSS-2021")[49].scene
    assert third is not None and third.exceptions == ["西藏（完成时间可延后）"]
    withdrawal = by_name["购房提取住房公积金"].scene
    assert withdrawal is not None
    assert [(part.place, part.role) for part in withdrawal.acting] == [
        ("LOCATION", "RECEIVES"),
        ("DEPOSIT", "DECIDES"),
    ]
