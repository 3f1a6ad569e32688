"""Whether localities fit together: double codes, offices outside their place, desks nobody sits at.

Called by `catalog.loader` after every file has been read. A locality's offices and clerks stand in
its own file and in its file of general organs; mistakes are named where they stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from catalog.errors import Problem
from catalog.models import Clerk, Level, Locality, Office, OrganOffices
from catalog.source import Source
from domain.offices import ROLES_NEEDED, OfficeKind, Role


@dataclass(frozen=True, slots=True)
class _Part:
    """The offices and clerks of one file, with the whole locality that they belong to."""

    file: str
    offices: list[Office]
    clerks: list[Clerk]
    whole: Locality


def locality_problems(source: Source) -> Iterator[Problem]:
    """Double codes, offices outside their locality, missing parents, roles without a clerk."""
    yield from doubles((file, "code", one.code) for file, one in source.localities)
    known = {one.code: one for one in source.whole_localities}
    for file, added in source.organ_offices:
        if added.locality not in known:
            yield Problem(file, "locality", f"没有地区{added.locality}")
        else:
            yield from _organ_problems(source, file, added, known[added.locality])
    parts = [
        _Part(file, one.offices, one.clerks, known[one.code]) for file, one in source.localities
    ] + [
        _Part(file, one.offices, one.clerks, known[one.locality])
        for file, one in source.organ_offices
        if one.locality in known
    ]
    yield from doubles(
        (part.file, f"offices[{position}].code", office.code)
        for part in parts
        for position, office in enumerate(part.offices)
    )
    yield from doubles(
        (part.file, f"clerks[{position}].code", clerk.code)
        for part in parts
        for position, clerk in enumerate(part.clerks)
    )
    for part in parts:
        yield from _part_problems(part)
    for file, locality in source.localities:
        yield from _desk_problems(file, known[locality.code])


def _organ_problems(
    source: Source, file: str, added: OrganOffices, whole: Locality
) -> Iterator[Problem]:
    """Organs that no list of organs has, and organs that are offices of nowhere."""
    organs = {placed.entry.code for placed in source.organs}
    offices = {office.code for office in whole.offices}
    for level, meant in added.organs.items():
        for organ, office in meant.items():
            if organ not in organs:
                yield Problem(file, f"organs.{level}.{organ}", f"没有机构类别{organ}")
            if office not in offices:
                yield Problem(file, f"organs.{level}.{organ}", f"本地区没有机构{office}")


def _part_problems(part: _Part) -> Iterator[Problem]:
    offices = {office.code: office for office in part.whole.offices}
    held: dict[str, set[Role]] = {}
    for clerk in part.whole.clerks:
        held.setdefault(clerk.office, set()).update(clerk.roles)
    for position, office in enumerate(part.offices):
        field = f"offices[{position}]"
        yield from _office_problems(part, field, office, offices)
        for role in ROLES_NEEDED[office.kind]:
            if role not in held.get(office.code, ()):
                text = f"{office.code}没有{role.label}（{role.value}），待办将无人办理"
                yield Problem(part.file, "clerks", text)
    for position, clerk in enumerate(part.clerks):
        if clerk.office not in offices:
            text = f"本地区没有机构{clerk.office}"
            yield Problem(part.file, f"clerks[{position}].office", text)


def _office_problems(
    part: _Part, field: str, office: Office, offices: dict[str, Office]
) -> Iterator[Problem]:
    region = region_at(part.whole.code, office.level)
    if office.code[:6] not in (part.whole.code, region):
        yield Problem(part.file, f"{field}.code", f"机构代码应以{region}-开头")
    if office.opens >= office.closes:
        yield Problem(part.file, f"{field}.closes", "下班时间应晚于上班时间")
    parent = offices.get(office.parent) if office.parent else None
    if office.parent is not None and parent is None:
        yield Problem(part.file, f"{field}.parent", f"本地区没有机构{office.parent}")
    elif office.kind is OfficeKind.POLICE_STATION and (
        parent is None or parent.kind is not OfficeKind.POLICE_BUREAU
    ):
        yield Problem(part.file, f"{field}.parent", "派出所的上级应为县级公安机关")


def region_at(locality: str, level: Level) -> str:
    """The region whose organs of a level are competent for a locality: 371002 at city: 371000.

    Organs of the nation act through an office of the province.
    """
    if level is Level.CITY:
        return f"{locality[:4]}00"
    if level in (Level.PROVINCE, Level.NATION):
        return f"{locality[:2]}0000"
    return locality


def _desk_problems(file: str, locality: Locality) -> Iterator[Problem]:
    offices = {office.code: office for office in locality.offices}
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


def doubles(entries: Iterable[tuple[str, str, str]]) -> Iterator[Problem]:
    """A problem for every (file, field, code) whose code stood before."""
    first: dict[str, str] = {}
    for file, field, code in entries:
        if code in first:
            yield Problem(file, field, f"{code}已在{first[code]}中使用，请换一个代码或删去一份")
        first.setdefault(code, file)
