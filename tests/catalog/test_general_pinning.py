"""An item's definition as a case keeps it."""

from __future__ import annotations

from datetime import date

import pytest

from catalog.definition_models import Template
from catalog.definitions import Definition, resolve
from catalog.general_pinning import decision_limit, general_desks, general_rules, general_terms
from catalog.item_models import Item
from catalog.listing_models import Mode
from catalog.loader import load_catalog
from domain.clocks import Unit
from domain.errors import DomainError
from tests.general.items import a_template, an_item

ON = date(2026, 11, 23)


def definition(**template: object) -> Definition:
    return resolve(Item.model_validate(an_item()), Template.model_validate(a_template(**template)))


def test_every_step_is_the_competent_offices() -> None:
    terms = general_terms(definition(), Mode.FULLY_ONLINE, "371002-XZ-01")
    assert {step.office for step in terms.steps} == {"371002-XZ-01"}
    assert terms.office("REVIEW") == "371002-XZ-01"
    assert terms.step("PARTICIPATION") is None
    assert terms.version == definition().version


def test_another_office_may_make_the_result() -> None:
    terms = general_terms(
        definition(), Mode.FULLY_ONLINE, "371002-XZ-01", offices={"MAKING": "371002-ZW-01"}
    )
    assert terms.office("MAKING") == "371002-ZW-01"
    assert terms.office("DECISION") == "371002-XZ-01"


def test_a_step_on_site_without_a_law_is_no_online_matter() -> None:
    on_site = [{"kind": "ACCEPTANCE", "label": "受理", "role": "INTAKE", "on_site": True}]
    with pytest.raises(DomainError) as caught:
        general_terms(definition(steps=on_site), Mode.FULLY_ONLINE, "371002-XZ-01")
    assert caught.value.code == "ON_SITE"
    lawful = [{**on_site[0], "on_site_basis": "某法第1条"}]
    assert (
        general_terms(definition(steps=lawful), Mode.FULLY_ONLINE, "371002-XZ-01").steps[0].on_site
    )


def test_only_an_online_case_goes_straight_through() -> None:
    one = definition(straight_through=True)
    assert general_terms(one, Mode.FULLY_ONLINE, "371002-XZ-01").straight_through
    assert not general_terms(one, Mode.PROXY_INTAKE, "371002-XZ-01").straight_through


def test_the_limit_of_the_decision_is_the_definitions_own() -> None:
    rules = general_rules(load_catalog(), definition(), "371002", "330902", on=ON)
    assert (rules.review.length, rules.review.unit, rules.review.promised) == (20, Unit.WD, 8)
    assert rules.intake.length == 5
    assert rules.limits["after_check"].length == 30


@pytest.mark.parametrize(
    ("statutory", "promised", "length", "told"),
    [("20wd", "8wd", 20, 8), ("0wd", None, 1, None), ("30cd", "5wd", 30, None)],
)
def test_limits_are_read_in_their_own_unit(
    statutory: str, promised: str | None, length: int, told: int | None
) -> None:
    limit = {**a_template()["limit"], "statutory": statutory, "promised": promised}
    pinned = decision_limit(definition(limit=limit).limit)
    assert (pinned.length, pinned.promised) == (length, told)


def test_who_receives_may_be_another_than_who_decides() -> None:
    desks = general_desks("371002-ZW-01", "371000-XZ-00")
    assert (desks.intake, desks.station) == ("371002-ZW-01", "371000-XZ-00")
