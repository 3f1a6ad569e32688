"""Who may, and where: every way to be allowed, and every refusal with its reason and remedy."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from catalog.item_models import Item
from catalog.listing_models import Mode
from catalog.powers import branches
from catalog.routes import NoRoute, Route, Unroutable
from catalog.scope import barred, route
from catalog.scope_models import Agreement, Exclusion
from domain.errors import DomainError
from tests.catalog.small import FAR, HERE, NEAR, TODAY, item, listing, power, small

ONLINE = item("M0001")


def asked(found: Item, *, lists: Any = None, **said: Any) -> Route | NoRoute:
    """The route of one item in a catalogue of its own."""
    scope = {name: said.pop(name) for name in ("agreements", "exclusions") if name in said}
    question: dict[str, Any] = {"locality": HERE, "on": TODAY, **said}
    return route(small(found, listings=lists, **scope), found.id, **question)


def allowed(found: Item, **said: Any) -> Route:
    answer = asked(found, **said)
    assert isinstance(answer, Route), answer
    return answer


def refused(found: Item, **said: Any) -> NoRoute:
    """The refusal; it always says why and what to do instead, in whole sentences."""
    answer = asked(found, **said)
    assert isinstance(answer, NoRoute), answer
    assert answer.reason.endswith("。")
    assert answer.remedy.endswith("。")
    assert str(answer.error()) == answer.reason + answer.remedy
    return answer


def test_the_countys_own_organ_receives_and_decides_online() -> None:
    found = allowed(ONLINE)
    assert (found.mode, found.receives, found.competent) == (
        Mode.FULLY_ONLINE,
        "371002-SJ-90",
        "371002-SJ-90",
    )
    assert found.tracks is None


def test_a_window_elsewhere_collects_and_authority_stays() -> None:
    found = allowed(item("M0001", modes=["PROXY_INTAKE"]), applicant_locality=FAR)
    assert (found.receives[:6], found.competent) == (FAR, "371002-SJ-90")


def test_what_is_collected_elsewhere_is_decided_at_the_places_own_window() -> None:
    proxied = item("M0001", modes=["PROXY_INTAKE"])
    for said in ({}, {"mode": "PROXY_INTAKE"}, {"mode": "WINDOW"}):
        found = allowed(proxied, **said)
        assert found.mode is Mode.WINDOW
        assert (found.receives, found.competent) == ("371002-SJ-90", "371002-SJ-90")
    assert allowed(proxied, mode="WINDOW", applicant_locality=FAR).applicant_locality == HERE


def test_the_own_window_needs_no_hall_and_no_reach_beyond_the_place() -> None:
    narrow = (listing("TEST-ONE", "M0001", locality=NEAR, reach="LIFE_CYCLE"),)
    proxied = item("M0001", modes=["PROXY_INTAKE"])
    assert allowed(proxied, lists=narrow, locality=NEAR).competent == "371003-SJ-90"


def test_a_procedure_of_its_own_collects_for_another_place_only() -> None:
    own = item("M0001", own=["PROXY-TEMP-ID"], template=None, modes=["PROXY_INTAKE"])
    assert refused(own).code is Unroutable.SAME_PLACE
    assert refused(own, mode="WINDOW").code is Unroutable.MODE_NOT_OFFERED


def test_an_item_that_nobody_collects_has_no_window_of_its_own() -> None:
    found = refused(ONLINE, mode="WINDOW")
    assert (found.code, "窗口办理" in found.reason) == (Unroutable.MODE_NOT_OFFERED, True)


def test_a_place_without_a_hall_collects_nothing() -> None:
    found = refused(item("M0001", modes=["PROXY_INTAKE"]), applicant_locality=NEAR)
    assert found.code is Unroutable.NO_WINDOW


def test_the_city_decides_and_the_district_tracks() -> None:
    found = allowed(item("M0001", powers=[power(kind="CITY", level="3")]))
    assert (found.competent, found.tracks, found.receives, found.level) == (
        "371000-SJ-90",
        "371002-SJ-90",
        "371002-SJ-90",
        "3",
    )


def test_no_lower_organ_takes_the_place_of_the_province() -> None:
    found = refused(item("M0001", powers=[power(kind="PROVINCE", level="2")]))
    assert found.code is Unroutable.NO_OFFICE
    assert "市场监督管理部门" in found.reason


def test_the_power_of_the_place_itself_comes_before_the_general_one() -> None:
    found = allowed(item("M0001", powers=[power(kind="CITY", level="3"), power(locality=HERE)]))
    assert found.competent == "371002-SJ-90"


SPLIT = item(
    "M0001",
    powers=[
        power(when={"field": "trade", "value": "OWN_SITE"}),
        power(kind="CITY", level="3", when={"field": "trade", "value": "PLATFORM"}),
    ],
)


@pytest.mark.parametrize(
    ("chosen", "competent"),
    [
        ({"trade": "OWN_SITE"}, "371002-SJ-90"),
        ({"trade": "PLATFORM"}, "371000-SJ-90"),
        (None, "371002-SJ-90"),
    ],
)
def test_what_the_applicant_chooses_decides_whose_power_it_is(
    chosen: dict[str, str] | None, competent: str
) -> None:
    assert allowed(SPLIT, chosen=chosen).competent == competent


def test_a_choice_that_no_power_names_is_nobodys() -> None:
    assert refused(SPLIT, chosen={"trade": "STALL"}).code is Unroutable.NO_OFFICE


def test_an_item_with_a_split_power_names_every_choice() -> None:
    said = [one and one.value for one in branches(SPLIT, HERE, TODAY)]
    assert said == ["OWN_SITE", "PLATFORM"]
    assert branches(ONLINE, HERE, TODAY) == (None,)


def test_a_company_serves_and_is_no_authority() -> None:
    found = allowed(item("M0001", powers=[power(kind="COMPANY", organ="CITY_CARDS")]))
    assert (found.service, found.competent) == (True, "371002-GS-90")


def test_a_cancelled_item_is_refused_with_the_document_that_says_so() -> None:
    found = refused(item("M0001", powers=[power(kind="CANCELLED", note="该事项已取消")]))
    assert (found.code, found.source) == (Unroutable.CANCELLED, "样例清单")
    assert "该事项已取消" in found.reason


def test_a_cancellation_binds_only_the_place_that_names_it_and_from_its_day() -> None:
    cancelled = power(kind="CANCELLED", locality="330900", since="2026-12-01")
    both = item("M0001", powers=[power(), cancelled])
    lists = (listing("TEST-ONE", "M0001"), listing("TEST-TWO", "M0001", locality="330900"))
    assert allowed(both, lists=lists)
    assert allowed(both, lists=lists, locality=FAR)
    later = refused(both, lists=lists, locality=FAR, on=date(2026, 12, 1))
    assert later.code is Unroutable.CANCELLED


@pytest.mark.parametrize(
    ("said", "day"),
    [({"valid_from": "2027-01-01"}, TODAY), ({"valid_to": "2026-11-22"}, TODAY)],
)
def test_an_item_counts_from_its_first_to_its_last_day(said: dict[str, str], day: date) -> None:
    assert refused(item("M0001", **said), on=day).code is Unroutable.NOT_IN_FORCE


def test_a_place_offers_what_its_own_lists_name() -> None:
    assert refused(ONLINE, locality=FAR).code is Unroutable.NOT_LISTED
    city = (listing("TEST-CITY", "M0001", locality="330900"),)
    assert allowed(ONLINE, lists=city, locality=FAR).competent == "330902-SJ-90"


def test_a_mode_that_is_not_offered_names_those_that_are() -> None:
    found = refused(ONLINE, mode="JOINT")
    assert found.code is Unroutable.MODE_NOT_OFFERED
    assert "全程网办" in found.remedy


def test_what_a_locality_has_published_says_which_modes_it_offers() -> None:
    assert allowed(ONLINE, mode="JOINT", modes=[Mode.JOINT])


def test_an_item_for_enterprises_is_not_open_to_persons() -> None:
    assert refused(ONLINE, audience="PERSON").code is Unroutable.WRONG_AUDIENCE
    assert allowed(ONLINE, audience="ENTERPRISE")


PROVINCE = (listing("TEST-PROVINCE", "M0001", reach="PROVINCE_WIDE"),)


def test_a_province_wide_list_ends_at_the_border_of_the_province() -> None:
    assert allowed(ONLINE, lists=PROVINCE, applicant_locality=NEAR)
    found = refused(ONLINE, lists=PROVINCE, applicant_locality=FAR)
    assert found.code is Unroutable.OUTSIDE_REACH
    assert "山东省" in found.reason


def agreement(**said: Any) -> Agreement:
    return Agreement.model_validate(
        {
            "code": "TEST-PAIR",
            "name": "样例点对点协议",
            "parties": ["371000", "330900"],
            "source": "样例",
            "evidence": "design",
            "valid_from": "2026-01-01",
            **said,
        }
    )


def test_an_agreement_opens_what_the_list_would_end() -> None:
    found = allowed(ONLINE, lists=PROVINCE, applicant_locality=FAR, agreements=(agreement(),))
    assert found.agreement == "TEST-PAIR"


@pytest.mark.parametrize(
    "said",
    [
        {"items": ["M0002"]},
        {"modes": ["PROXY_INTAKE"]},
        {"valid_to": "2026-11-22"},
        {"parties": ["371000", "310000"]},
    ],
)
def test_an_agreement_opens_no_more_than_it_says(said: dict[str, Any]) -> None:
    scope = (agreement(**said),)
    found = refused(ONLINE, lists=PROVINCE, applicant_locality=FAR, agreements=scope)
    assert found.code is Unroutable.OUTSIDE_REACH


def test_the_negative_list_excludes_with_reason_remedy_and_expiry() -> None:
    line = Exclusion.model_validate(
        {
            "item": "M0001",
            "locality": "371000",
            "reason": "系统尚未对接",
            "remedy": "请到窗口办理",
            "source": "样例负面清单",
            "valid_from": "2026-01-01",
            "valid_to": "2026-12-31",
        }
    )
    found = refused(ONLINE, exclusions=(line,))
    assert (found.code, found.source) == (Unroutable.EXCLUDED, "样例负面清单")
    assert "系统尚未对接" in found.reason
    assert "2026-12-31" in found.reason
    assert found.remedy == "请到窗口办理。"
    assert allowed(ONLINE, exclusions=(line,), on=date(2027, 1, 1))


LACKS = power(kind="CAPABILITY", organ="TAX", note="无查询管辖范围以外纳税人权限")


def test_a_cooperating_organ_without_access_is_replaced_by_that_of_the_applicants_place() -> None:
    notary = item("M0001", powers=[power(), LACKS])
    assert allowed(notary).rerouted == ()
    assert allowed(notary, applicant_locality=FAR).rerouted == (("TAX", FAR),)


def test_without_such_an_organ_there_the_item_is_blocked() -> None:
    notary = item("M0001", powers=[power(), LACKS])
    found = refused(notary, applicant_locality=NEAR)
    assert found.code is Unroutable.LACKS_MEANS
    assert "无查询管辖范围以外纳税人权限" in found.reason


def test_an_organ_that_lacks_the_means_to_decide_gives_way_to_another_power_or_blocks() -> None:
    own = power(kind="CAPABILITY", note="没有查询权限")
    blocked = item("M0001", powers=[power(), own])
    assert refused(blocked, applicant_locality=FAR).code is Unroutable.LACKS_MEANS
    other = power(kind="COMPANY", organ="CITY_CARDS")
    both = item("M0001", powers=[power(), other, own])
    assert allowed(both, applicant_locality=FAR).competent == "371002-GS-90"


def test_an_item_is_found_by_its_own_procedure_and_by_nothing_that_does_not_exist() -> None:
    own = item("M0001", own=["HUKOU-SPOUSE"], template=None)
    catalog = small(own)
    assert catalog.item("HUKOU-SPOUSE").id == "M0001"
    with pytest.raises(DomainError) as caught:
        route(catalog, "M0009", locality=HERE, on=TODAY)
    assert caught.value.code == "UNKNOWN_MATTER"
    with pytest.raises(DomainError):
        route(catalog, "M0001", locality="999999", on=TODAY)


def test_what_nobody_may_start_is_barred_for_procedures_of_their_own_too() -> None:
    own = {"own": ["HUKOU-SPOUSE"], "template": None}
    assert barred(small(item("M0001", **own)), "HUKOU-SPOUSE", HERE, TODAY) is None
    assert barred(small(item("M0001")), "NO-SUCH", HERE, TODAY) is None
    gone = small(item("M0001", powers=[power(kind="CANCELLED")], **own))
    late = small(item("M0001", valid_to="2026-11-22", **own))
    for catalog, code in ((gone, Unroutable.CANCELLED), (late, Unroutable.NOT_IN_FORCE)):
        found = barred(catalog, "HUKOU-SPOUSE", HERE, TODAY)
        assert found is not None
        assert found.code is code
