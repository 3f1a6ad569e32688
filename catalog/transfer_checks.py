"""Whether the transfer matters fit together with families, agencies and policies.

Called by `catalog.loader` after every file has been read.
"""

from __future__ import annotations

from collections.abc import Iterator

from catalog.errors import Problem
from catalog.source import Source, policies_of
from catalog.transfer_models import FieldType, TransferMatter
from contracts.families import TRANSFERS
from domain.licensing import LicensingPeriod

#: Every family needs these limits, under its own prefix or under ``common``.
LIMITS_NEEDED = ("intake", "correction", "review", "origin", "delivery", "reminder_interval")
NUMBERS_NEEDED = ("peer_reminders", "extension_cap")


def _period_problems(file: str, matter: TransferMatter, source: Source) -> Iterator[Problem]:
    """45 + 15 days are for organs of one government: each place must have them all (art 42)."""
    joint = matter.period is LicensingPeriod.JOINT
    if joint != bool(matter.joint_agencies):
        text = "JOINT 须写明同一政府内共同办理的部门（joint_agencies），其他办理期限没有"
        yield Problem(file, "joint_agencies", text)
    for place, locality in source.localities:
        if matter.agency in locality.agencies:
            for name in sorted(set(matter.joint_agencies) - set(locality.agencies)):
                text = f"{matter.code}须与{name}共同办理，本地区没有，请补上"
                yield Problem(place, "agencies", text)


def transfer_problems(source: Source) -> Iterator[Problem]:
    """Unknown families, choices without values, fields named twice, missing limits, agencies."""
    policies = policies_of(source.policies)
    codes = {matter.code for _, matter in source.matters}
    competences = {code for _, one in source.localities for code in one.agencies}
    for file, matter in source.transfers:
        if matter.code in codes:
            yield Problem(file, "code", f"{matter.code}已经使用，请换一个代码")
        codes.add(matter.code)
        if matter.family not in TRANSFERS:
            known = "、".join(sorted(TRANSFERS))
            yield Problem(file, "family", f"没有这一办理流程，可选：{known}")
        names = [rule.name for rule in matter.fields]
        for name in sorted({name for name in names if names.count(name) > 1}):
            yield Problem(file, "fields", f"栏目{name}写了两次")
        if matter.subject is not None and matter.subject not in names:
            yield Problem(file, "subject", f"没有栏目{matter.subject}")
        if matter.companion and matter.companion not in {one.code for _, one in source.transfers}:
            yield Problem(file, "companion", f"没有事项{matter.companion}")
        if matter.companion_when is not None and matter.companion_when not in names:
            yield Problem(file, "companion_when", f"没有栏目{matter.companion_when}")
        for rule in matter.fields:
            if (rule.type is FieldType.CHOICE) != bool(rule.choices):
                yield Problem(file, f"fields.{rule.name}", "CHOICE 须有 choices，其他类型没有")
            if rule.pinned and rule.type not in (FieldType.CHOICE, FieldType.YES_NO):
                text = "只有选择项可以固定在流程中（pinned），以免个人信息进入流程"
                yield Problem(file, f"fields.{rule.name}", text)
        for competence in (matter.agency, matter.peer_agency, matter.intake or matter.agency):
            if competence not in competences:
                yield Problem(file, "agency", f"没有任何地区设有{competence}，请在 agencies 中补上")
        yield from _period_problems(file, matter, source)
        for name in (*LIMITS_NEEDED, *NUMBERS_NEEDED):
            keys = (f"{matter.policies}.{name}", f"common.{name}")
            if not any(key in policies for key in keys):
                yield Problem(file, "policies", f"没有时限或数值{keys[0]}，请在 policies 中补上")
    # An agency may be an office of the city's, which stands in the file of the place's organs.
    whole = {one.code: one for one in source.whole_localities}
    for file, locality in source.localities:
        offices = {office.code for office in whole[locality.code].offices}
        for competence, code in locality.agencies.items():
            if code not in offices:
                yield Problem(file, f"agencies.{competence}", f"本地区没有机构{code}")
