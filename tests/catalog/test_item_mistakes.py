"""Wrong lists, items, ways of handling and scopes are refused with file, line and reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from catalog.loader import load_catalog
from tests.catalog.folders import Write, problems

ORGANS = """\
organs:
  - {code: CLOUD_BUREAU, name: 云水样例局, kind: GOVERNMENT, spellings: [云水局]}
"""

LISTING = """\
code: CLOUD-2026
document: 样例文件
title: 样例清单
published: 2026-01-01
publisher: 样例机关
locality: "371002"
annex: 附件
reach: CROSS_PROVINCE
numbered: 2
leaves: 3
valid_from: 2026-01-01
rows:
  - {number: 1, name: 样例许可, item: M9001, lead: {written: 云水局, organ: CLOUD_BUREAU}}
  - {number: 2, sub: 1, group: 样例组, name: 样例迁移, item: M9002}
  - {number: 2, sub: 2, group: 样例组, name: 样例核验, item: M9001}
"""

ITEMS = """\
items:
  - id: M9001
    name: 样例许可
    item_type: "01"
    audience: [PERSON]
    modes: [FULLY_ONLINE]
    modes_evidence: design
    template: CLOUD_PERMIT
    powers:
      - {organ: MARKET_SUPERVISION, source: 样例}
    valid_from: 2026-01-01
  - id: M9002
    name: 样例迁移
    item_type: "07"
    audience: [PERSON]
    modes: [JOINT]
    modes_evidence: design
    own: [UNEMPLOYMENT-TRANSFER]
    powers:
      - {organ: POLICE, source: 样例}
    valid_from: 2026-01-01
"""

TEMPLATE = """\
code: CLOUD_PERMIT
name: 样例许可
item_types: ["01"]
materials:
  - {type: APPLICATION_FORM, name: 申请表, issuer: 申请人, required: true,
     per_person: false, shareable_from: null}
steps:
  - {kind: ACCEPTANCE, label: 受理, role: INTAKE}
  - {kind: DECISION, label: 决定, role: APPROVER}
limit: {statutory: 20wd, promised: 10wd, basis: 样例, source: 样例, evidence: design}
fee: {amount_fen: 0, basis: 不收费}
result: {name: 样例许可证, kind: LICENCE}
guide: {conditions: [符合条件], legal_basis: [样例], window: 样例窗口, hotline: "12345"}
"""

SCOPES = """\
agreements:
  - {code: CLOUD-PACT, name: 样例约定, parties: ["371002", "330900"], items: [M9001],
     source: 样例, evidence: design, valid_from: 2026-01-01}
exclusions:
  - {item: M9001, locality: "371002", reason: 样例, remedy: 样例, source: 样例,
     valid_from: 2026-01-01, valid_to: 2026-06-30}
  - {item: M9001, locality: "371002", reason: 样例, remedy: 样例, source: 样例,
     valid_from: 2026-07-01, valid_to: 2026-12-31}
"""

SCENARIO = """\
code: CLOUD-AFFAIR
name: 样例一件事
life_cycle: PERSON
sources: [样例]
evidence: design
materials:
  - {type: APPLICATION_FORM, name: 申请表, issuer: 申请人, required: true,
     per_person: false, shareable_from: null}
items:
  - {item: M9001, materials: {APPLICATION_FORM: APPLICATION_FORM}}
  - {item: M9002, after: [M9001]}
valid_from: 2026-01-01
"""

FILES = {
    "organs": ORGANS,
    "listings": LISTING,
    "items": ITEMS,
    "templates": TEMPLATE,
    "agreements": SCOPES,
    "scenarios": SCENARIO,
}


def write_all(write: Write, kind: str = "", old: str = "", new: str = "") -> None:
    for name, content in FILES.items():
        if name == kind:
            assert old in content
            content = content.replace(old, new, 1)
        write(f"{name}/cloud.yaml", content)


def test_a_folder_without_mistakes_is_read(extra: Path, write: Write) -> None:
    write_all(write)
    catalog = load_catalog(extra)
    assert {"M9001", "M9002"} <= set(catalog.items)
    assert [len(catalog.lists.exclusions), "CLOUD-AFFAIR" in catalog.scenarios] == [2, True]


@pytest.mark.parametrize(
    ("kind", "old", "new", "said"),
    [
        ("organs", "CLOUD_BUREAU", "TAX", "第2行：organs[0].code：TAX已在"),
        ("organs", "云水局", "区税务局", "第2行：organs[0].spellings[0]：“区税务局”已是TAX的写法"),
        ("listings", "CLOUD-2026", "HUANCUI-PROVINCE", "第1行：code：HUANCUI-PROVINCE已在"),
        ("listings", "numbered: 2", "numbered: 3", "第9行：numbered：文件共3项，这里有2项"),
        ("listings", "leaves: 3", "leaves: 4", "第10行：leaves：文件共4行（含子项），这里有3行"),
        ("listings", "item: M9001,", "item: M9009,", "第13行：rows[0].item：没有事项M9009"),
        (
            "listings",
            "written: 云水局",
            "written: 云海局",
            "第13行：rows[0].lead.written：“云海局”",
        ),
        (
            "listings",
            "organ: CLOUD_BUREAU",
            "organ: CLOUDS",
            "第13行：rows[0].lead.organ：没有机构",
        ),
        ("listings", "{number: 1", "{number: 3", "第13行：rows[0].number：序号应为1，写成了3"),
        ("listings", "sub: 2", "sub: 3", "第15行：rows[2].sub：子项序号应为2，写成了3"),
        ("listings", "group: 样例组, ", "", "第14行：rows[1].group：有子项的行须写"),
        ("items", "M9002", "M9001", "第12行：items[1].id：M9001已在"),
        ("items", "M9001", "M0001", "第2行：items[0].id：M0001已在"),
        ("items", "id: M9002", "id: M9003", "第12行：items[1].id：没有任何清单列出M9003"),
        ("items", "CLOUD_PERMIT", "CLOUDS", "第8行：items[0].template：没有办理模板CLOUDS"),
        ("items", '"01"', '"20"', "第4行：items[0].item_type：模板CLOUD_PERMIT不适用于事项类型20"),
        ("items", "    template: CLOUD_PERMIT\n", "", "第2行：items[0].template：既没有专用流程"),
        (
            "items",
            "UNEMPLOYMENT-TRANSFER",
            "UNEMPLOYMENT-COUSIN",
            "第18行：items[1].own[0]：没有专用流程",
        ),
        (
            "items",
            "[JOINT]",
            "[PROXY_INTAKE]",
            "第18行：items[1].own[0]：专用流程UNEMPLOYMENT-TRANSFER的模式",
        ),
        ("items", "[FULLY_ONLINE]", "[JOINT]", "第6行：items[0].modes：多地联办须写明谁来协同"),
        (
            "items",
            "[FULLY_ONLINE]",
            "[WINDOW]",
            "第6行：items[0].modes：窗口办理随异地代收代办而有",
        ),
        ("items", "MARKET_SUPERVISION", "MARKET", "第10行：items[0].powers[0].organ：没有机构类别"),
        ("items", "organ: MARKET_SUPERVISION", "organ: BANK", "第10行：items[0].powers[0].kind"),
        (
            "items",
            "organ: MARKET_SUPERVISION",
            'level: "2", organ: POLICE',
            "第10行：items[0].powers[0].organ：威海市环翠区没有POLICE（层级2）的机构",
        ),
        ("items", ", source: 样例}", "}", "第10行：items[0].powers[0].source：缺少这一项"),
        (
            "items",
            "      - {organ: MARKET_SUPERVISION, source: 样例}\n",
            "      - {organ: MARKET_SUPERVISION, source: 样例, until: 2026-06-30}\n"
            "      - {organ: TAX, kind: VERTICAL, source: 样例, since: 2026-06-30}\n",
            "第11行：items[0].powers[1]：*在同一时期已有另一条权限",
        ),
        (
            "items",
            "    valid_from: 2026-01-01\n",
            "    valid_from: 2026-01-01\n    valid_to: 2025-12-31\n",
            "第12行：items[0].valid_to：失效日期早于生效日期",
        ),
        ("templates", "role: INTAKE}", "role: INTAKE, on_site: true}", "第8行：steps[0].on_site"),
        ("templates", "kind: DECISION", "kind: ACCEPTANCE", "第9行：steps[1].kind：ACCEPTANCE不能"),
        (
            "templates",
            "  - {kind: DECISION, label: 决定, role: APPROVER}\n",
            "",
            "items/cloud.yaml：第8行：items[0].template：行政机关办理的事项须有决定环节",
        ),
        ("templates", "promised: 10wd", "promised: 30wd", "第10行：limit.promised：承诺时限30wd"),
        ("templates", "CLOUD_PERMIT", "PERMIT", "第1行：code：PERMIT已在"),
        ("agreements", '"330900"', '"440000"', "第2行：agreements[0].parties[1]：没有地区440000"),
        (
            "agreements",
            "items: [M9001]",
            "items: [M9009]",
            "第2行：agreements[0].items[0]：没有事项",
        ),
        ("agreements", "2026-07-01", "2026-06-30", "第8行：exclusions[1].valid_from：与另一条负面"),
        ("scenarios", "{item: M9001, m", "{item: M9009, m", "第10行：items[0].item：没有事项M9009"),
        ("scenarios", "after: [M9001]", "after: [M0001]", "第11行：items[1].after[0]：M0001不在"),
    ],
)
def test_a_mistake_is_named_with_file_line_and_reason(
    extra: Path, write: Write, kind: str, old: str, new: str, said: str
) -> None:
    write_all(write, kind, old, new)
    expected = f"yunshui/{said}" if "：第" in said else f"yunshui/{kind}/cloud.yaml：{said}"
    found = problems(extra)
    assert any(problem.startswith(expected) for problem in found), found


def test_an_online_item_with_a_step_on_site_is_refused_even_with_its_law(
    extra: Path, write: Write
) -> None:
    present = "role: INTAKE, on_site: true, on_site_basis: 样例法第一条}"
    write_all(write, "templates", "role: INTAKE}", present)
    assert problems(extra) == [
        "yunshui/items/cloud.yaml：第6行：items[0].modes：全程网办的事项不得有到场环节：受理"
    ]


def test_an_organ_file_for_nobodys_locality_is_refused(extra: Path, write: Write) -> None:
    write("localities/organs/cloud.yaml", 'locality: "339903"\norgans: {}\n')
    assert problems(extra) == [
        "yunshui/localities/organs/cloud.yaml：第1行：locality：没有地区339903"
    ]


def test_an_unknown_organ_or_office_of_a_locality_is_refused(extra: Path, write: Write) -> None:
    write(
        "localities/organs/cloud.yaml",
        'locality: "371002"\norgans:\n  "4":\n'
        "    CLOUDS: 371002-ZW-01\n    FINANCE: 371002-XX-01\n",
    )
    assert problems(extra) == [
        "yunshui/localities/organs/cloud.yaml：第4行：organs.4.CLOUDS：没有机构类别CLOUDS",
        "yunshui/localities/organs/cloud.yaml：第5行：organs.4.FINANCE：本地区没有机构371002-XX-01",
    ]


def test_a_localitys_organs_may_stand_in_several_files(extra: Path, write: Write) -> None:
    write(
        "localities/organs/cloud.yaml",
        'locality: "371002"\norgans:\n  "4": {FINANCE: 371002-ZW-01}\n',
    )
    place = load_catalog(extra).locality("371002")
    assert (place.office_of("FINANCE"), place.office_of("POLICE")) == (
        "371002-ZW-01",
        "371002-GA-00",
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("organs: &all []\n", "请写出内容，不要用 & 和 * 引用"),
        ("organs: !python/tuple []\n", "不支持 ! 标签"),
        ("organs: []\n---\norgans: []\n", "一个文件只能有一份内容"),
        ("organs: []\norgans: []\n", "“organs”写了两次"),
    ],
)
def test_yaml_that_people_would_misread_is_refused(
    extra: Path, write: Write, content: str, said: str
) -> None:
    write("organs/cloud.yaml", content)
    [problem] = problems(extra)
    assert said in problem
