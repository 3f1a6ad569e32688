"""Every form: its facts, its words, what happens when a fact is missing or unknown."""

from datetime import date

import pytest

from domain.errors import DomainError
from slips.kinds import TITLES, SlipKind
from slips.render import FORMS, SlipError, build, facts_of
from tests.slips.samples import SAMPLES

REFUSING = (SlipKind.REFUSAL, SlipKind.NON_ACCEPTANCE)


def test_every_kind_has_a_title_a_form_and_an_issuing_office() -> None:
    assert set(TITLES) == set(FORMS) == set(SlipKind)
    assert all(form.office for form in FORMS.values())
    assert len(set(TITLES.values())) == len(TITLES)


@pytest.mark.parametrize("kind", SlipKind)
def test_each_fact_that_a_form_needs_is_asked_for_by_name(kind: SlipKind) -> None:
    needed, _ = facts_of(kind)
    assert needed <= set(SAMPLES[kind])
    for name in needed:
        rest = {key: fact for key, fact in SAMPLES[kind].items() if key != name}
        with pytest.raises(DomainError) as refused:
            build(kind, rest)
        assert refused.value.code is SlipError.MISSING_FACTS
        assert name in refused.value.message and "吴样例乙" not in refused.value.message


@pytest.mark.parametrize("kind", SlipKind)
def test_a_fact_that_a_form_does_not_have_is_not_dropped_silently(kind: SlipKind) -> None:
    with pytest.raises(DomainError) as refused:
        build(kind, {**SAMPLES[kind], "remark_of_nobody": "x"})
    assert refused.value.code is SlipError.UNKNOWN_FACTS


def test_a_key_that_a_table_does_not_have_is_not_dropped_silently() -> None:
    with pytest.raises(DomainError) as refused:
        build(SlipKind.INTAKE, {**SAMPLES[SlipKind.INTAKE], "materials": [{"colour": "红"}]})
    assert refused.value.code is SlipError.UNKNOWN_FACTS


@pytest.mark.parametrize("kind", SlipKind)
def test_optional_facts_may_all_be_given(kind: SlipKind) -> None:
    _, optional = facts_of(kind)
    sums = {name: 0 for name in optional if name.endswith("_fen")}
    slip = build(kind, {**SAMPLES[kind], **dict.fromkeys(optional - set(sums), "某"), **sums})
    assert len(slip.rows) == len(FORMS[kind].rows)


@pytest.mark.parametrize("kind", REFUSING)
def test_a_refusal_gives_reason_way_on_and_both_remedies(kind: SlipKind) -> None:
    slip = build(kind, SAMPLES[kind])
    said = "".join(slip.paragraphs)
    assert str(SAMPLES[kind]["reason"]) in said and str(SAMPLES[kind]["way_on"]) in said
    assert "60日内" in slip.remedies and "行政复议" in slip.remedies
    assert "6个月内" in slip.remedies and "行政诉讼" in slip.remedies


def test_the_limits_of_the_remedies_are_the_callers() -> None:
    facts = {**SAMPLES[SlipKind.REFUSAL], "review_days": 90, "court": "样例区人民法院"}
    remedies = build(SlipKind.REFUSAL, facts).remedies
    assert "90日内" in remedies and "向样例区人民法院提起" in remedies


def test_the_windows_receipt_says_that_it_is_no_acceptance() -> None:
    slip = build(SlipKind.INTAKE, SAMPLES[SlipKind.INTAKE])
    assert "仅证明收件，不表示受理" in "".join(slip.paragraphs)
    assert slip.title == "收件凭证"
    acceptance = build(SlipKind.ACCEPTANCE, SAMPLES[SlipKind.ACCEPTANCE])
    assert acceptance.basis and not slip.basis


def test_a_matter_may_name_its_own_basis() -> None:
    facts = {**SAMPLES[SlipKind.ACCEPTANCE], "basis": "户口登记条例第十三条"}
    assert build(SlipKind.ACCEPTANCE, facts).basis == "户口登记条例第十三条"


def test_sums_are_printed_in_yuan_and_in_capitals() -> None:
    rows = dict(build(SlipKind.PAYMENT_VOUCHER, SAMPLES[SlipKind.PAYMENT_VOUCHER]).rows)
    assert rows["金额（元）"] == "144,896.78"
    assert rows["人民币大写"] == "壹拾肆万肆仟捌佰玖拾陆元柒角捌分"


def test_a_sum_that_is_not_whole_fen_is_refused() -> None:
    with pytest.raises(TypeError, match="integer fen"):
        build(
            SlipKind.PAYMENT_VOUCHER,
            {**SAMPLES[SlipKind.PAYMENT_VOUCHER], "amount_fen": "144896.78"},
        )


def test_rows_are_numbered_and_dates_in_tables_are_short() -> None:
    facts = SAMPLES[SlipKind.TRANSFER_OF_THINGS]
    contents, custody = build(SlipKind.TRANSFER_OF_THINGS, facts).tables
    assert contents.header[0] == "序号" and [row[0] for row in contents.rows] == ["1", "2"]
    assert custody.rows[0][4] == date(2026, 3, 5).isoformat()


def test_braces_in_what_people_wrote_are_only_text() -> None:
    facts = {**SAMPLES[SlipKind.REFUSAL], "reason": "{applicant} {0}"}
    assert "理由：{applicant} {0}" in build(SlipKind.REFUSAL, facts).paragraphs
