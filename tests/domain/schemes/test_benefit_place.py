"""Which place pays the pension: the order of the rules, and what never changes the answer."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import DomainError
from domain.schemes.benefit_place import BenefitRule, compute, determine
from tests.domain.schemes.pension_records import (
    BENEFIT_PLACE,
    DINGHAI,
    HUANCUI,
    JINAN,
    ON,
    PUDONG,
)


def spell(region: str, first: str, last: str, kind: str = "GENERAL") -> dict[str, str]:
    return {"region": region, "from": first, "to": last, "account_kind": kind}


#: Ten years to the month in Zhejiang, then Shanghai.
TEN_THEN_SEVEN = (spell(DINGHAI, "2000-01", "2009-12"), spell(PUDONG, "2010-01", "2016-12"))


@pytest.mark.parametrize(
    ("relation", "spells", "rule", "region"),
    [
        (JINAN, [spell(JINAN, "2020-01", "2020-01")], BenefitRule.HUKOU_RELATION, HUANCUI),
        (PUDONG, [spell(PUDONG, "2007-01", "2016-12")], BenefitRule.CURRENT_PLACE, PUDONG),
        # 119 months here, 120 there
        (
            PUDONG,
            [spell(DINGHAI, "1997-01", "2006-12"), spell(PUDONG, "2007-01", "2016-11")],
            BenefitRule.EARLIER_PLACE,
            DINGHAI,
        ),
        (PUDONG, TEN_THEN_SEVEN, BenefitRule.EARLIER_PLACE, DINGHAI),
        # two earlier places of ten years: the one left last
        (
            PUDONG,
            [spell("440300", "1985-01", "1995-12"), *TEN_THEN_SEVEN],
            BenefitRule.EARLIER_PLACE,
            DINGHAI,
        ),
        (PUDONG, TEN_THEN_SEVEN[1:], BenefitRule.COLLECTED_AT_HUKOU, HUANCUI),
        # cities of one province add up, to the month: 60 + 60
        (
            PUDONG,
            [spell("310101", "2000-01", "2004-12"), spell(PUDONG, "2005-01", "2009-12")],
            BenefitRule.CURRENT_PLACE,
            PUDONG,
        ),
        # the same months twice count once
        (
            PUDONG,
            [spell("310101", "2000-01", "2006-12"), spell(PUDONG, "2000-01", "2006-12")],
            BenefitRule.COLLECTED_AT_HUKOU,
            HUANCUI,
        ),
        (
            PUDONG,
            [spell(PUDONG, "2000-01", "2015-12", "TEMPORARY")],
            BenefitRule.COLLECTED_AT_HUKOU,
            HUANCUI,
        ),
        (PUDONG, [], BenefitRule.COLLECTED_AT_HUKOU, HUANCUI),
    ],
)
def test_the_first_rule_that_applies_decides(
    relation: str, spells: Any, rule: BenefitRule, region: str
) -> None:
    found = determine({"relation_region": relation, "spells": list(spells)}, HUANCUI, BENEFIT_PLACE)
    assert (found.rule, found.region) == (rule, region)
    assert found.steps[-1].result in ("是", region)


def test_whether_temporary_years_count_is_policy() -> None:
    record = {
        "relation_region": PUDONG,
        "spells": [spell(PUDONG, "2000-01", "2015-12", "TEMPORARY")],
    }
    policy = replace(BENEFIT_PLACE, temporary_counts=True)
    found = determine(record, HUANCUI, policy)
    assert found.rule is BenefitRule.CURRENT_PLACE
    assert found.months == {"31": 192}


def test_the_computation_names_place_and_rule() -> None:
    told = compute(
        {"relation_region": PUDONG, "hukou_region": HUANCUI, "spells": list(TEN_THEN_SEVEN)},
        BENEFIT_PLACE,
        ON,
    )
    assert told.results["待遇领取地"] == DINGHAI
    assert [step.result for step in told.steps] == ["7年", "10年", "否", "否", DINGHAI]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"spells": [spell(PUDONG, "2010-02", "2010-01")]}, r"spells\[0\]\.to"),
        ({"spells": [spell(PUDONG, "2010-13", "2011-01")]}, r"spells\[0\]\.from"),
        ({"relation_region": "上海"}, "relation_region"),
    ],
)
def test_a_wrong_spell_is_named(wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(DomainError, match=f"字段 {field} "):
        determine({"relation_region": PUDONG, "spells": [], **wrong}, HUANCUI, BENEFIT_PLACE)


@st.composite
def any_spell(draw: st.DrawFn) -> dict[str, str]:
    first = draw(st.integers(1980, 2020))
    return spell(
        draw(st.sampled_from([DINGHAI, HUANCUI, JINAN, PUDONG])),
        f"{first}-{draw(st.integers(1, 12)):02d}",
        f"{first + draw(st.integers(1, 15))}-{draw(st.integers(1, 12)):02d}",
        draw(st.sampled_from(["GENERAL", "TEMPORARY"])),
    )


@given(
    st.lists(any_spell(), max_size=6),
    st.sampled_from([DINGHAI, HUANCUI, PUDONG]),
    st.randoms(use_true_random=False),
)
def test_no_order_of_spells_changes_the_place(
    spells: list[dict[str, str]], relation: str, random: Any
) -> None:
    shuffled = spells + spells[:1]
    random.shuffle(shuffled)
    one, other = (
        determine({"relation_region": relation, "spells": told}, HUANCUI, BENEFIT_PLACE)
        for told in (spells, shuffled)
    )
    assert one == other
    assert one.region in {HUANCUI, relation} | {told["region"] for told in spells}
