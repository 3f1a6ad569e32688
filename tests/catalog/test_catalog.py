"""What the built-in catalogue holds and which policy answers a question."""

from __future__ import annotations

import re
from datetime import date

import pytest

from catalog.catalog import Catalog
from catalog.errors import CatalogCode
from catalog.loader import load_catalog
from catalog.models import PolicyRule
from domain.clocks import Effect, Unit
from domain.errors import DomainError
from domain.offices import ROLES_NEEDED, OfficeKind, Role

CATALOG = load_catalog()
ON = date(2026, 11, 23)
HUANCUI, DINGHAI = "371002", "330902"


def test_the_two_localities_each_have_a_bureau_stations_and_a_hall() -> None:
    assert set(CATALOG.localities) == {HUANCUI, DINGHAI}
    for locality in CATALOG.localities.values():
        kinds = [office.kind for office in locality.offices]
        assert kinds.count(OfficeKind.POLICE_BUREAU) == 1
        assert kinds.count(OfficeKind.POLICE_STATION) >= 2
        assert kinds.count(OfficeKind.SERVICE_HALL) == 1
    assert CATALOG.locality(HUANCUI).short == "环翠"
    assert CATALOG.locality(DINGHAI).regions == ["长三角"]


def test_handler_and_approver_are_never_the_same_person() -> None:
    for clerk in CATALOG.clerks.values():
        assert not {Role.HANDLER, Role.APPROVER} <= set(clerk.roles)


def test_every_office_has_a_clerk_for_every_role_it_needs() -> None:
    for office in CATALOG.offices.values():
        roles = {
            role
            for clerk in CATALOG.clerks.values()
            if clerk.office == office.code
            for role in clerk.roles
        }
        assert roles >= set(ROLES_NEEDED[office.kind])


def test_the_five_reasons_of_hukou_migration_differ_as_the_law_says() -> None:
    rows = {
        code: (
            matter.needs_permit,
            matter.followers_allowed,
            [v.value for v in matter.verifications],
        )
        for code, matter in CATALOG.matters.items()
    }
    assert rows == {
        "HUKOU-JOB-TRANSFER": (True, True, []),
        "HUKOU-ADMISSION": (False, False, ["ADMISSION"]),
        "HUKOU-GRADUATION": (True, False, ["GRADUATION"]),
        "HUKOU-SPOUSE": (True, True, ["MARRIAGE"]),
        "HUKOU-PARENTS": (True, True, []),
    }
    assert all(matter.sources and matter.evidence for matter in CATALOG.matters.values())


@pytest.mark.parametrize(
    ("key", "limit", "effect", "rolls"),
    [
        ("hukou.intake", "5wd", Effect.DEEMED_ACCEPTED, True),
        ("hukou.correction", "30cd", Effect.LAPSED, True),
        ("hukou.review", "20wd", Effect.ESCALATE, True),
        ("hukou.permit_validity", "40cd", Effect.EXPIRED, False),
        ("hukou.certificate_validity", "30cd", Effect.EXPIRED, False),
        ("hukou.origin", "5wd", Effect.ESCALATE, True),
        ("hukou.landing.city", "3cd", Effect.REMIND, True),
        ("hukou.landing.rural", "10cd", Effect.REMIND, True),
        ("hukou.delivery", "1wd", Effect.ESCALATE, True),
        ("hukou.reminder_interval", "2wd", Effect.REMIND, True),
    ],
)
def test_each_limit_has_unit_effect_and_basis(
    key: str, limit: str, effect: Effect, rolls: bool
) -> None:
    rule = CATALOG.policy(key, HUANCUI, on=ON)
    assert (str(rule.as_limit()), rule.effect, rule.rolls) == (limit, effect, rolls)
    assert rule.as_limit().basis == rule.basis
    assert rule.source


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("hukou.phone_attempts", 3),
        ("hukou.peer_reminders", 3),
        ("hukou.parent_min_age.male", 60),
        ("hukou.parent_min_age.female", 55),
        ("hukou.years_after_graduation", 2),
        ("document.max_bytes", 10 * 1024 * 1024),
        ("text.max_chars", 2000),
    ],
)
def test_each_number_is_a_policy(key: str, value: int) -> None:
    assert CATALOG.policy(key, DINGHAI, on=ON).as_number() == value


def test_a_number_is_no_limit_and_a_limit_no_number() -> None:
    with pytest.raises(ValueError, match="is a number"):
        CATALOG.policy("text.max_chars", HUANCUI, on=ON).as_limit()
    with pytest.raises(ValueError, match="is a limit"):
        CATALOG.policy("hukou.review", HUANCUI, on=ON).as_number()


def test_a_localitys_own_promise_is_its_own() -> None:
    assert CATALOG.policy("hukou.review.promised", HUANCUI, on=ON).limit == "10wd"
    assert CATALOG.find_policy("hukou.review.promised", DINGHAI, on=ON) is None


def test_the_origin_has_five_days_towards_a_locality_outside_its_region() -> None:
    assert CATALOG.policy("hukou.origin", DINGHAI, HUANCUI, on=ON).limit == "5wd"


def rule(limit: str, locality: str = "*", peer_tag: str | None = None, **dates: date) -> PolicyRule:
    return PolicyRule.model_validate(
        {
            "key": "hukou.origin",
            "locality": locality,
            "peer_tag": peer_tag,
            "limit": limit,
            "basis": "示例",
            "source": "示例",
            "evidence": "design",
            "valid_from": date(2026, 1, 1),
            **dates,
        }
    )


def with_policies(*policies: PolicyRule) -> Catalog:
    return Catalog(
        localities=CATALOG.localities.values(),
        matters=CATALOG.matters.values(),
        transfers=CATALOG.transfers.values(),
        policies=policies,
        calendar=CATALOG.calendar,
        organs=CATALOG.organs.values(),
        listings=CATALOG.listings.values(),
        items=CATALOG.items.values(),
        templates=CATALOG.lists.templates.values(),
        agreements=CATALOG.lists.agreements,
    )


def test_the_most_special_rule_wins() -> None:
    everybodys, tagged, own = rule("5wd"), rule("1wd", peer_tag="长三角"), rule("3wd", DINGHAI)
    both = rule("2wd", DINGHAI, "长三角")

    def limit(*policies: PolicyRule, peer: str | None = DINGHAI) -> str | None:
        return with_policies(*policies).policy("hukou.origin", DINGHAI, peer, on=ON).limit

    assert limit(everybodys) == "5wd"
    assert limit(tagged, everybodys) == "1wd"
    assert limit(everybodys, tagged, own) == "3wd"
    assert limit(both, own, tagged, everybodys) == "2wd"
    assert limit(tagged, everybodys, peer=HUANCUI) == "5wd"
    assert limit(tagged, everybodys, peer=None) == "5wd"


def test_a_rule_is_in_force_from_its_first_to_its_last_day() -> None:
    old = rule("5wd", valid_to=date(2026, 6, 30))
    new = rule("4wd", valid_from=date(2026, 7, 1))
    catalog = with_policies(old, new)

    def limit(on: date) -> str | None:
        return catalog.policy("hukou.origin", DINGHAI, on=on).limit

    assert limit(date(2026, 6, 30)) == "5wd"
    assert limit(date(2026, 7, 1)) == "4wd"
    with pytest.raises(DomainError) as caught:
        limit(date(2025, 12, 31))
    assert caught.value.code is CatalogCode.UNKNOWN_POLICY


def test_an_unknown_code_is_answered_with_near_matches() -> None:
    with pytest.raises(DomainError) as caught:
        CATALOG.matter("HUKOU-SPOUSES")
    assert caught.value.code is CatalogCode.UNKNOWN_MATTER
    assert "HUKOU-SPOUSE" in caught.value.message
    assert caught.value.facts["asked"] == "HUKOU-SPOUSES"


@pytest.mark.parametrize(
    ("kind", "asked", "code"),
    [
        ("locality", "371003", CatalogCode.UNKNOWN_LOCALITY),
        ("office", "371002-GA-09", CatalogCode.UNKNOWN_OFFICE),
        ("clerk", "HC9999", CatalogCode.UNKNOWN_CLERK),
        ("matter", "", CatalogCode.UNKNOWN_MATTER),
    ],
)
def test_every_look_up_refuses_what_it_does_not_know(
    kind: str, asked: str, code: CatalogCode
) -> None:
    with pytest.raises(DomainError) as caught:
        getattr(CATALOG, kind)(asked)
    assert caught.value.code is code
    assert re.search(r"。$", caught.value.message)


def test_a_policy_for_an_unknown_locality_is_refused_by_its_code() -> None:
    with pytest.raises(DomainError) as caught:
        CATALOG.policy("hukou.origin", DINGHAI, "999999", on=ON)
    assert caught.value.code is CatalogCode.UNKNOWN_LOCALITY


def test_the_form_checks_rules_come_with_their_thresholds() -> None:
    parents = CATALOG.intake_rules("HUKOU-PARENTS", HUANCUI, on=ON)
    assert (parents.parent_min_age_male, parents.parent_min_age_female) == (60, 55)
    assert parents.years_after_graduation is None
    assert CATALOG.intake_rules("HUKOU-GRADUATION", HUANCUI, on=ON).years_after_graduation == 2


def test_the_version_changes_with_the_data_and_with_nothing_else() -> None:
    assert re.fullmatch(r"[0-9a-f]{12}", CATALOG.version)
    assert load_catalog().version == CATALOG.version
    assert with_policies(*reversed(CATALOG.policies)).version == CATALOG.version
    assert with_policies(*CATALOG.policies[1:]).version != CATALOG.version


def test_limits_keep_their_units() -> None:
    assert CATALOG.policy("hukou.landing.city", HUANCUI, on=ON).as_limit().unit is Unit.CD
    assert CATALOG.policy("hukou.origin", HUANCUI, on=ON).as_limit().unit is Unit.WD
