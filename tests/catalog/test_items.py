"""The items behind the lists: one matter is one item, with its powers, modes and definition."""

from __future__ import annotations

import pytest

from catalog.describing import disagreements
from catalog.item_models import Item, Power
from catalog.items import covers
from catalog.listing_models import Mode, OrganKind, PowerKind
from catalog.loader import load_catalog
from catalog.models import Level
from catalog.scope import modes_of

CATALOG = load_catalog()
HUANCUI, DINGHAI = "371002", "330902"


def named(name: str) -> Item:
    [found] = [one for one in CATALOG.items.values() if name in (one.name, *one.aliases)]
    return found


def power(item: Item, locality: str) -> Power:
    """The power that counts for a locality."""
    said = [one for one in item.powers if covers(one.locality, locality)]
    decisive = [one for one in said if one.kind is not PowerKind.CAPABILITY]
    return max(decisive, key=lambda one: one.locality != "*")


def differing(item: Item) -> dict[str, dict[str, str]]:
    return {one.about: dict(one.said) for one in disagreements(CATALOG, item.id)}


@pytest.mark.parametrize(
    ("number", "lists"),
    [
        ("M0004", {"HUANCUI-CROSS-2021", "HUANCUI-LIFE-PERSON", "ZHOUSHAN-CROSS-2021"}),
        ("M0052", {"HUANCUI-CROSS-2021", "HUANCUI-LIFE-ENTERPRISE", "ZHOUSHAN-CROSS-2021"}),
        ("M0077", {"HUANCUI-CROSS-LATER", "HUANCUI-LIFE-PERSON", "ZHOUSHAN-CROSS-LATER"}),
        ("M0086", {"HUANCUI-PROVINCE", "HUANCUI-LIFE-ENTERPRISE", "HUANCUI-LIFE-PERSON"}),
        ("M0203", {"HUANCUI-LIFE-ENTERPRISE", "ZHOUSHAN-CROSS-2020"}),
        ("M0348", {"HUANCUI-LIFE-PERSON", "ZHOUSHAN-CROSS-2020"}),
    ],
)
def test_the_same_matter_in_several_lists_is_one_item(number: str, lists: set[str]) -> None:
    assert {one.listing.code for one in CATALOG.lists.rows(number)} == lists


def test_there_are_484_items_and_each_mode_of_one_is_handled_in_one_way() -> None:
    assert len(CATALOG.items) == 484
    for item in CATALOG.items.values():
        own = {mode for mode in modes_of(item) if CATALOG.own_procedures(item, mode)}
        if item.template is None:
            assert own == set(modes_of(item)), item.name
        else:
            assert own in (set(), {Mode.PROXY_INTAKE}), item.name


def test_every_procedure_of_its_own_belongs_to_an_item() -> None:
    owned = {code for one in CATALOG.items.values() for code in one.own}
    assert owned == {*CATALOG.matters, *CATALOG.transfers}


@pytest.mark.parametrize(
    ("name", "locality", "kind", "organ", "level"),
    [
        ("社会团体变更登记", HUANCUI, PowerKind.OWN, "ADMIN_APPROVAL", Level.COUNTY),
        ("社会团体变更登记", DINGHAI, PowerKind.OWN, "CIVIL_AFFAIRS", Level.COUNTY),
        ("生育登记（一孩/二孩）", HUANCUI, PowerKind.OWN, "TOWN", Level.TOWN),
        ("不动产抵押登记", HUANCUI, PowerKind.CITY, "NATURAL_RESOURCES", Level.CITY),
        ("工业产品生产许可证发证", HUANCUI, PowerKind.PROVINCE, "MARKET_SUPERVISION", "2"),
        ("工业产品生产许可证发证", DINGHAI, PowerKind.CITY, "MARKET_SUPERVISION", Level.CITY),
        ("医保定点医疗机构基础信息变更", HUANCUI, PowerKind.CITY, "MARKET_SUPERVISION", "3"),
        ("执业药师注册", DINGHAI, PowerKind.DELEGATED, "MARKET_SUPERVISION", Level.COUNTY),
        ("社会保障卡申领", DINGHAI, PowerKind.COMPANY, "SMART_CITY", Level.CITY),
        ("社会保障卡申领", HUANCUI, PowerKind.OWN, "SOCIAL_INSURANCE", Level.COUNTY),
        ("建立相对独立平面坐标系统审批", DINGHAI, PowerKind.CANCELLED, "NATURAL_RESOURCES", "3"),
        ("快递业务经营许可", DINGHAI, PowerKind.VERTICAL, "POSTAL", Level.CITY),
        ("航空安全员资格认定", DINGHAI, PowerKind.VERTICAL, "AVIATION_SAFETY", Level.PROVINCE),
    ],
)
def test_who_has_the_power_follows_the_documents(
    name: str, locality: str, kind: PowerKind, organ: str, level: str
) -> None:
    found = power(named(name), locality)
    assert (found.kind, found.organ, found.level) == (kind, organ, level)


def test_a_tax_office_without_access_is_a_lack_of_means_and_leaves_the_power_alone() -> None:
    item = named("纳税状况公证")
    [lack] = [one for one in item.powers if one.kind is PowerKind.CAPABILITY]
    assert (lack.locality, lack.organ) == (HUANCUI, "TAX")
    assert power(item, HUANCUI).organ == "NOTARY"


@pytest.mark.parametrize("locality", [HUANCUI, DINGHAI])
def test_every_power_has_an_office_with_clerks_for_all_its_work(locality: str) -> None:
    place = CATALOG.locality(locality)
    for item in CATALOG.items.values():
        found = power(item, locality)
        if found.kind is PowerKind.CANCELLED:
            continue
        office = place.office_of(found.organ, found.level)
        assert office is not None, item.name
        roles = {role for clerk in place.clerks if clerk.office == office for role in clerk.roles}
        assert {"INTAKE", "HANDLER", "APPROVER"} <= roles, office


def test_an_upper_organ_is_an_office_of_its_own_region_in_this_places_system() -> None:
    office = CATALOG.office("371000-SP-00")
    assert (office.level, CATALOG.home(office.code)) == (Level.CITY, HUANCUI)
    assert CATALOG.locality(HUANCUI).office_of("ADMIN_APPROVAL", Level.CITY) == office.code
    assert CATALOG.locality(HUANCUI).office_of("ADMIN_APPROVAL") == "371002-SP-00"
    assert CATALOG.locality(HUANCUI).office_of("TOBACCO") is None


def test_a_company_decides_no_licence() -> None:
    companies = {one.code for one in CATALOG.organs.values() if one.kind is OrganKind.COMPANY}
    for item in CATALOG.items.values():
        if item.item_type == "01":
            assert not companies & {one.organ for one in item.powers}, item.name


def test_modes_that_a_list_states_are_the_items_and_say_so() -> None:
    for item in CATALOG.items.values():
        stated = [one.row.modes for one in CATALOG.lists.rows(item.id) if one.row.modes]
        assert (item.modes_evidence == "S") == bool(stated), item.name
        if stated:
            assert item.modes == stated[0], item.name


def test_nothing_online_asks_anybody_to_come() -> None:
    for item in CATALOG.items.values():
        if item.template is None:
            continue
        steps = CATALOG.definition(item.id).steps
        assert all(step.on_site_basis for step in steps if step.on_site), item.name
        if Mode.FULLY_ONLINE in item.modes:
            assert not any(step.on_site for step in steps), item.name


def test_a_licence_is_decided_within_the_days_of_the_licensing_law() -> None:
    item = CATALOG.definition(named("社会团体变更登记").id)
    assert (item.limit.statutory, item.limit.evidence) == ("20wd", "T")
    assert [one.type for one in item.materials] == [
        "APPLICATION_FORM",
        "CONSENT",
        "RESOLUTION",
        "IDENTITY_CARD",
    ]


def test_documents_that_differ_about_an_item_stay_visible() -> None:
    licence = differing(named("工业产品生产许可证发证"))
    assert licence["职权"] == {
        "HUANCUI-CROSS-2021": "省级职能",
        "HUANCUI-LIFE-ENTERPRISE": "市级事项",
    }
    card = differing(named("社会保障卡申领"))
    assert card["牵头单位"]["HUANCUI-CROSS-2021"] != card["牵头单位"]["ZHOUSHAN-CROSS-2021"]
    assert differing(named("门诊费用跨省直接结算"))["名称"] == {
        "HUANCUI-CROSS-2021": "门诊费用跨市直接结算",
        "ZHOUSHAN-CROSS-2021": "门诊费用跨省直接结算",
    }
    cancelled = differing(named("建立相对独立平面坐标系统审批"))
    assert cancelled["职权"]["ZHOUSHAN-CROSS-2021"] == "该事项已取消"


def test_rows_that_agree_have_no_difference() -> None:
    assert differing(named("夫妻投靠户口迁移")) == {}
