"""Whatever a task may be found with has words: codes of the source, enums, facts of examiners."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from enum import StrEnum

import pytest

from activities.examiners.pension import _TRIALS
from activities.notice_texts import TEXTS as NOTICES
from adapters.courier.protocol import CourierRefusal
from adapters.population.models import RegisterRefusal
from adapters.registers.protocol import BusinessRefusal
from catalog.loader import load_catalog
from console.wording.finding_table import HEADS, PLAIN
from console.wording.findings import finding_words, known_words, notable_words
from console.wording.paper_names import FUND_NAMES, LETTER_REFUSALS, NOTICE_NAMES
from contracts.families import HUKOU, MONEY_FAMILIES
from contracts.letters import ReceiptCode
from contracts.money import PAYOUT
from domain.bridge_tasks import BridgeReason
from domain.casework import ClockKind
from domain.hukou import OriginRefusal
from domain.intake_rules import DefectCode
from domain.pension_refusals import PensionReason
from domain.reconciliation_facts import DifferenceKind
from domain.schemes.civil import CivilReason
from domain.schemes.civil_annuity import AnnuityReason
from domain.schemes.disability_card import CardRefusal
from domain.schemes.housing_fund import FundRefusal
from domain.schemes.medical import BalanceUse, MedicalRefusal, MedicalScheme
from domain.schemes.pension_eligibility import TransferOutcome
from domain.schemes.pension_findings import Effect, OriginReason
from domain.schemes.personnel_file import FileRefusal, Transport
from domain.schemes.proxy_intake import ProxyRefusal
from domain.schemes.purchase_withdrawal import WithdrawalRefusal
from domain.schemes.resident import ResidentReason
from domain.schemes.unemployment import Scene
from domain.schemes.unemployment_refusals import UnemploymentRefusal
from domain.schemes.vehicle import VehicleRefusal
from domain.task_table import TASKS
from domain.transports import Service
from settings import PROJECT_ROOT

CATALOG = load_catalog()
REFUSALS: dict[str, tuple[type[StrEnum], ...]] = {
    "HUKOU_MIGRATION": (OriginRefusal,),
    "PENSION": (PensionReason, OriginReason),
    "RESIDENT_PENSION": (ResidentReason,),
    "PENSION_BRIDGE": (BridgeReason,),
    "CIVIL_PENSION": (CivilReason, OriginReason),
    "ANNUITY": (AnnuityReason,),
    "UNEMPLOYMENT": (UnemploymentRefusal,),
    "MEDICAL": (MedicalRefusal,),
    "HOUSING_FUND": (FundRefusal,),
    "PURCHASE_WITHDRAWAL": (WithdrawalRefusal,),
    "PERSONNEL_FILE": (FileRefusal,),
    "VEHICLE": (VehicleRefusal,),
    "DISABILITY_CARD": (CardRefusal,),
    "PROXY_INTAKE": (ProxyRefusal,),
}
#: Heads whose values are an enum.
VALUES: dict[str, Iterable[str]] = {
    "WHO": TransferOutcome,
    "effect": [*Effect, "NONE"],
    "scene": Scene,
    "balance_use": BalanceUse,
    "insured_as": MedicalScheme,
    "ways": [*Transport, ",".join(Transport)],
    "SERVICE": Service,
    "CLOCK": ClockKind,
    "SEAL": ["SEAL_OK", "SEAL_BROKEN", "F-1"],
    "REGISTERED": ["yes", "no"],
    "HOME_LOCALITY": CATALOG.localities,
    "home_office": CATALOG.offices,
    **{kind: ["1234567"] for kind in DifferenceKind},
}
PLAINLY_READ = ("F-1", "no")
#: Words before a colon that are none: the key of a reissue, the source of a paper.
NO_FINDINGS = frozenset({"REISSUE", "PEER", "CROSS_CHECK", "NOTICE", "REPLAN"})


def sources(folder: str) -> Iterator[ast.AST]:
    for path in sorted((PROJECT_ROOT / folder).glob("*.py")):
        yield from ast.walk(ast.parse(path.read_text(encoding="utf-8")))


def heads() -> set[str]:
    """The words before a colon of every finding that the source builds."""
    known: set[str] = set()
    for folder in ("workflows", "activities", "activities/examiners"):
        nodes = list(sources(folder))
        # Keys of acts begin with a word as well; nobody reads them.
        keys = [one.value for one in nodes if isinstance(one, ast.keyword) and one.arg == "key"]
        inside = {id(part) for key in keys for part in ast.walk(key)}
        for node in nodes:
            if isinstance(node, ast.JoinedStr) and id(node) not in inside:
                head, colon, _ = str(getattr(node.values[0], "value", "")).partition(":")
                known |= {head} if colon and head.isupper() and head not in NO_FINDINGS else set()
    return known


def facts() -> set[str]:
    """The keys of every fact that an examiner tells."""
    return {
        str(key.value)
        for node in sources("activities/examiners")
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Findings"
        for part in node.keywords
        if part.arg == "facts"
        for key in (part.value.keys if isinstance(part.value, ast.Dict) else ())
        if isinstance(key, ast.Constant)
    }


def test_every_head_that_the_source_builds_has_words() -> None:
    built = heads()
    assert {"TOTAL", "MONTHS", "REGISTER", "WHO", "UNREADABLE", "WAYBILL", "MISSING"} <= built
    assert sorted((built | set(_TRIALS)) - set(HEADS)) == []


def test_every_fact_of_an_examiner_has_words() -> None:
    told = facts()
    assert {"effect", "scene", "ways", "old", "interest_fen", "benefit_months"} <= told
    assert sorted(one for one in told if one.upper() not in HEADS) == []


@pytest.mark.parametrize("family", REFUSALS)
def test_every_refusal_of_a_family_has_words(family: str) -> None:
    for codes in REFUSALS[family]:
        for code in codes:
            assert known_words(code, CATALOG, family), code
            assert known_words(f"REFUSED:{code}", CATALOG, family), code
            assert known_words(f"WAITS_FOR:{code}", CATALOG, family), code


@pytest.mark.parametrize("head", VALUES)
def test_every_coded_value_has_words(head: str) -> None:
    for value in VALUES[head]:
        words = known_words(f"{head}:{value}", CATALOG, "PENSION")
        assert words is not None, value
        assert value in PLAINLY_READ or value not in words


def test_every_refusal_of_an_outside_system_has_words() -> None:
    for code in RegisterRefusal:
        assert known_words(f"REGISTER:1:{code}", CATALOG, HUKOU.code), code
    for refusal in BusinessRefusal:
        assert known_words(f"REGISTER:{refusal}", CATALOG, "PENSION"), refusal
    for answer in CourierRefusal:
        assert known_words(f"REFUSED:{answer}", CATALOG, "VEHICLE"), answer


def test_every_reason_that_a_letter_or_a_clerk_gives_has_words() -> None:
    said = {
        str(given.value)
        for node in sources("workflows")
        for given in (
            [node.value] if isinstance(node, ast.keyword) and node.arg == "reason_code" else ()
        )
        if isinstance(given, ast.Constant)
    }
    said |= {
        str(given.value)
        for node in sources("workflows")
        if isinstance(node, ast.Call)
        and getattr(node.func, "attr", "") in ("ask_correction", "_ask_origin")
        for given in node.args
        if isinstance(given, ast.Constant)
    }
    said |= {code for spec in TASKS.values() for one in spec.outcomes for code in one.reason_codes}
    assert {"OVERDUE", "PERSON_DISPUTES", "PHOTO_UNUSABLE"} <= said
    said |= {*ReceiptCode, *BusinessRefusal, "SUM_DIFFERS", "KEY_REUSED"}
    assert sorted(code for code in said if not known_words(f"ASKED:{code}", CATALOG, "X")) == []


def test_every_defect_of_a_form_has_words() -> None:
    fields = [f"details.{f.name}" for one in CATALOG.transfers.values() for f in one.fields]
    subjects = (*fields, "applicant.id_no", "migrants[1].name", "migrants", "spouse_id_no")
    for code in DefectCode:
        for subject in subjects:
            assert known_words(f"{code}:{subject}", CATALOG), (code, subject)
    papers = {rule.type: rule.name for m in CATALOG.matters.values() for rule in m.documents}
    papers |= {rule.type: rule.name for m in CATALOG.transfers.values() for rule in m.documents}
    for type_ in papers:
        missing = known_words(f"DOCUMENT_MISSING:{type_}[2]", CATALOG)
        assert missing and missing.endswith("（第2名）") and type_ not in missing


def test_every_decision_that_another_task_shows_has_words() -> None:
    for kind, family, head in (
        ("REVIEW", HUKOU.code, "REVIEW"),
        ("PROXY_REVIEW", "PROXY_INTAKE", "REVIEW"),
        ("CARD_REASSESSMENT", "DISABILITY_CARD", "REASSESSED"),
    ):
        for outcome in TASKS[kind].outcomes:
            words = known_words(f"{head}:{outcome.code}", CATALOG, family)
            assert words and words.endswith(outcome.label)


def test_every_notice_receipt_and_fund_has_a_name() -> None:
    assert set(NOTICE_NAMES) == set(NOTICES)
    assert set(LETTER_REFUSALS) == set(ReceiptCode)
    assert set(FUND_NAMES) == {*MONEY_FAMILIES, PAYOUT}


@pytest.mark.parametrize(
    ("code", "family", "words"),
    [
        ("TOTAL:15119170", "PENSION", "金额合计：151,191.70元"),
        ("TO_SEND:-5000", "PENSION", "按新表还应划出：-50.00元"),
        ("MONTHS:122", "PENSION", "月数：122个月"),
        ("effect:NONE", "PENSION", "核对结论：没有障碍"),
        ("temporary:no", "PENSION", "临时缴费账户：否"),
        ("payout_month:2026-12", "UNEMPLOYMENT", "资金随待遇批次划转：2026年12月"),
        ("payout_month:", "UNEMPLOYMENT", "资金随待遇批次划转：—"),
        ("NOW_IN:330902", "PENSION", "现登记在：舟山市定海区"),
        ("ITEM:9-1:2", "PERSONNEL_FILE", "内件：9-1×2"),
        ("2:IDENTITY_DIFFERS", "HUKOU_MIGRATION", "第2名：申请信息与人口库登记不一致"),
        ("IDENTITY_DIFFERS", "PENSION", "申请人身份信息与转出地登记不一致"),
        ("ATTEMPT:2", "HUKOU_MIGRATION", "第2次"),
    ],
)
def test_a_finding_reads_as_a_clerk_would_say_it(code: str, family: str, words: str) -> None:
    assert finding_words(code, CATALOG, family) == words


def test_the_short_list_leaves_out_what_says_nothing() -> None:
    found = [
        *("TOTAL:100", "MONTHS:0", "effect:NONE", "temporary:no", "left_out_months:0"),
        *("payout_month:", "items:9-1:PERSONNEL_FILE:2", "ARRIVED:0", "REGISTERED:no", "ARREARS"),
    ]
    assert notable_words(found, CATALOG, "PENSION") == [
        "金额合计：1.00元",
        "实际到账：0.00元",
        "本地已有参保登记：否",
        "转出地有欠费尚未处理",
    ]


def test_what_a_later_version_found_is_shown_as_it_is() -> None:
    for code in ("SOMETHING_NEW", "SOMETHING:NEW", "TOTAL:much", "1:SOMETHING_NEW", "scene:NEW"):
        assert known_words(code, CATALOG, "PENSION") is None
        assert finding_words(code, CATALOG, "PENSION") == code


def test_plain_codes_are_no_heads() -> None:
    assert not set(PLAIN) & set(HEADS)
