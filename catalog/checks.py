"""Whether localities and matters fit together: references, double codes, desks nobody sits at.

Called by `catalog.loader` after every file has been read; policies have `catalog.policy_checks`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from catalog.errors import Problem
from catalog.models import Locality, MatterDefinition, Office, Verification
from catalog.source import Source, policies_of
from domain.hukou_application import MigrationReason
from domain.offices import ROLES_NEEDED, OfficeKind, Role

# A document is only left to a register when the procedure really asks that register.
_PROVEN_BY = {
    "marriage": {Verification.MARRIAGE},
    "education": {Verification.ADMISSION, Verification.GRADUATION},
}

_THRESHOLDS = {
    MigrationReason.PARENTS: ("parent_min_age.male", "parent_min_age.female"),
    MigrationReason.GRADUATION: ("years_after_graduation",),
}


def locality_problems(source: Source) -> Iterator[Problem]:
    """Double codes, offices outside their locality, missing parents, roles without a clerk."""
    yield from _doubles((file, "code", one.code) for file, one in source.localities)
    yield from _doubles(
        (file, f"offices[{position}].code", office.code)
        for file, one in source.localities
        for position, office in enumerate(one.offices)
    )
    yield from _doubles(
        (file, f"clerks[{position}].code", clerk.code)
        for file, one in source.localities
        for position, clerk in enumerate(one.clerks)
    )
    for file, locality in source.localities:
        offices = {office.code: office for office in locality.offices}
        for position, office in enumerate(locality.offices):
            yield from _office_problems(file, f"offices[{position}]", office, locality, offices)
        for position, clerk in enumerate(locality.clerks):
            if clerk.office not in offices:
                text = f"本地区没有机构{clerk.office}"
                yield Problem(file, f"clerks[{position}].office", text)
        yield from _desk_problems(file, locality, offices)


def matter_problems(source: Source) -> Iterator[Problem]:
    """Double codes and documents, registers never asked, thresholds without a policy."""
    yield from _doubles((file, "code", one.code) for file, one in source.matters)
    policies = policies_of(source.policies)
    for file, matter in source.matters:
        yield from _doubles(
            (file, f"documents[{position}].type", rule.type)
            for position, rule in enumerate(matter.documents)
        )
        yield from _register_problems(file, matter)
        for name in _THRESHOLDS.get(matter.reason, ()):
            if name not in matter.thresholds:
                yield Problem(file, f"thresholds.{name}", "该迁移原因须指明这一标准")
        for name, key in matter.thresholds.items():
            if all(placed.rule.value is None for placed in policies.get(key, ())):
                text = f"没有数值标准{key}，请在 policies 中补上"
                yield Problem(file, f"thresholds.{name}", text)


def _office_problems(
    file: str, field: str, office: Office, locality: Locality, offices: dict[str, Office]
) -> Iterator[Problem]:
    if not office.code.startswith(f"{locality.code}-"):
        yield Problem(file, f"{field}.code", f"机构代码应以{locality.code}-开头")
    if office.opens >= office.closes:
        yield Problem(file, f"{field}.closes", "下班时间应晚于上班时间")
    parent = offices.get(office.parent) if office.parent else None
    if office.parent is not None and parent is None:
        yield Problem(file, f"{field}.parent", f"本地区没有机构{office.parent}")
    elif office.kind is OfficeKind.POLICE_STATION and (
        parent is None or parent.kind is not OfficeKind.POLICE_BUREAU
    ):
        yield Problem(file, f"{field}.parent", "派出所的上级应为县级公安机关")
    held = {
        role for clerk in locality.clerks if clerk.office == office.code for role in clerk.roles
    }
    for role in ROLES_NEEDED[office.kind]:
        if role not in held:
            text = f"{office.code}没有{role.label}（{role.value}），待办将无人办理"
            yield Problem(file, "clerks", text)


def _desk_problems(file: str, locality: Locality, offices: dict[str, Office]) -> Iterator[Problem]:
    desks = (
        ("hukou.bureau", locality.hukou.bureau, OfficeKind.POLICE_BUREAU),
        ("hukou.default_station", locality.hukou.default_station, OfficeKind.POLICE_STATION),
    )
    for field, code, kind in desks:
        if code not in offices:
            yield Problem(file, field, f"本地区没有机构{code}")
        elif offices[code].kind is not kind:
            yield Problem(file, field, f"{code}不是{kind.label}")
    desk = locality.supervision
    if desk is not None and not any(
        clerk.office == desk.lead and Role.SUPERVISOR in clerk.roles for clerk in locality.clerks
    ):
        yield Problem(file, "supervision.lead", f"本地区的{desk.lead}没有督办员（SUPERVISOR）")
    if all(office.kind is not OfficeKind.SERVICE_HALL for office in offices.values()):
        yield Problem(file, "offices", "至少要有一个政务服务大厅（SERVICE_HALL），督办由其承担")


def _register_problems(file: str, matter: MatterDefinition) -> Iterator[Problem]:
    asked = set(matter.verifications)
    for position, rule in enumerate(matter.documents):
        needed = _PROVEN_BY.get(rule.shareable_from or "")
        if needed is not None and not needed & asked:
            yield Problem(
                file,
                f"documents[{position}].shareable_from",
                f"免提交须有核验：verifications 中没有 {'、'.join(sorted(needed))}",
            )


def _doubles(entries: Iterable[tuple[str, str, str]]) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for file, field, code in entries:
        if code in first:
            yield Problem(file, field, f"{code}已在{first[code]}中使用，请换一个代码或删去一份")
        first.setdefault(code, file)
