"""The form check of a hukou application: what is missing or wrong, all of it at once.

Called when an application is filed and again by the intake clerk (一次性告知: one notice lists
every defect, 行政许可法第三十二条第一款第四项). The rules come pinned from the catalogue as
`IntakeRules`; the forms are in `domain.hukou_application`. Defects name people by their number on
the form, never by name or identity number.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from domain.errors import DomainError
from domain.hukou_application import (
    Applicant,
    DocumentRef,
    HukouApplication,
    Migrant,
    MigrationReason,
)
from domain.identity import Sex, age_on, check_identity_number, sex_of
from domain.intake_documents import document_defects
from domain.intake_rules import Defect, DefectCode, DocumentNeed, IntakeRules, Persons

__all__ = [
    "Applicant",
    "Defect",
    "DefectCode",
    "DocumentNeed",
    "DocumentRef",
    "HukouApplication",
    "IntakeRules",
    "Migrant",
    "MigrationReason",
    "Persons",
    "find_defects",
]


def find_defects(
    application: HukouApplication,
    rules: IntakeRules,
    *,
    destination_locality: str,
    today: date,
    not_proven_by: Collection[str] = (),
) -> tuple[Defect, ...]:
    """Every defect of the application, in the order of the form; empty when it is complete.

    `not_proven_by` names the registers ("marriage", "education", "population") that were asked
    and could not prove their facts: only then are the documents they stand for asked of the
    applicant (免提交).
    """
    return (
        *_matter_defects(application, rules, destination_locality),
        *_field_defects(application),
        *_person_defects(application, today),
        *_follower_defects(application, rules),
        *_parent_defects(application, rules, today),
        *_graduation_defects(application, rules, today),
        *document_defects(application, rules, not_proven_by),
    )


def _matter_defects(
    application: HukouApplication, rules: IntakeRules, destination: str
) -> Iterator[Defect]:
    if application.matter != rules.matter or application.reason != rules.reason:
        yield Defect(
            DefectCode.REASON_DIFFERS,
            "reason",
            "迁移原因与所选事项不符。",
            "请按迁移原因重新选择事项。",
        )
    if application.origin_locality == destination:
        yield Defect(
            DefectCode.SAME_LOCALITY,
            "origin_locality",
            "迁出地与迁入地在同一地区，不属于跨地区户口迁移。",
            "请到迁入地派出所办理本地户口变动。",
        )


def _field_defects(application: HukouApplication) -> Iterator[Defect]:
    for field, label in application.fields_needed():
        value = getattr(application, field)
        if value is None or (isinstance(value, str) and not value.strip()):
            yield Defect(DefectCode.FIELD_MISSING, field, f"未填写{label}。", f"请补填{label}。")
    for field, label in (("name", "申请人姓名"), ("phone", "申请人联系电话")):
        if not getattr(application.applicant, field).strip():
            yield Defect(
                DefectCode.FIELD_MISSING,
                f"applicant.{field}",
                f"未填写{label}。",
                f"请补填{label}。",
            )
    for position, migrant in enumerate(application.migrants):
        for field, label in (("name", "姓名"), ("relation", "与主迁移人的关系")):
            if not getattr(migrant, field).strip():
                who = migrant.label
                yield Defect(
                    DefectCode.FIELD_MISSING,
                    f"migrants[{position}].{field}",
                    f"{who}未填写{label}。",
                    f"请补填{who}的{label}。",
                )


def _person_defects(application: HukouApplication, today: date) -> Iterator[Defect]:
    numbers = application.identity_numbers()
    for subject, who, number in numbers:
        try:
            check_identity_number(number, on=today)
        except DomainError as error:
            yield Defect(
                DefectCode.IDENTITY_NUMBER_WRONG,
                subject,
                f"{who}的公民身份号码有误。",
                error.message,
            )
    seen: set[str] = set()
    for subject, who, number in numbers:
        if subject.startswith("applicant"):
            continue  # the applicant is usually the main migrant, the spouse or the child
        key = number.strip().upper()
        if key in seen:
            yield Defect(
                DefectCode.PERSON_TWICE,
                subject,
                f"{who}的公民身份号码与前面的人员重复。",
                "同一人只填写一次，请删去或改正重复的人员。",
            )
        seen.add(key)
    if [migrant.seq for migrant in application.migrants] != list(
        range(1, len(application.migrants) + 1)
    ) or not application.migrants:
        yield Defect(
            DefectCode.MIGRANTS_MISNUMBERED,
            "migrants",
            "迁移人序号不连续或没有主迁移人。",
            "请从1起依次填写迁移人，第1名为主迁移人。",
        )


def _follower_defects(application: HukouApplication, rules: IntakeRules) -> Iterator[Defect]:
    if len(application.migrants) > 1 and not rules.followers_allowed:
        yield Defect(
            DefectCode.FOLLOWERS_NOT_ALLOWED,
            "migrants",
            "该事项只能由本人迁移，不能随迁家属。",
            "请删去随迁人员；家属可另按投靠事项申请。",
        )


def _parent_defects(
    application: HukouApplication, rules: IntakeRules, today: date
) -> Iterator[Defect]:
    # The threshold is the main migrant's: a married couple moves on the older parent's age.
    if application.reason is not MigrationReason.PARENTS or not application.migrants:
        return
    try:
        number = check_identity_number(application.migrants[0].id_no)
    except DomainError:
        return  # reported as a wrong identity number
    male = sex_of(number) is Sex.MALE
    least = rules.parent_min_age_male if male else rules.parent_min_age_female
    if least is not None and age_on(number, today) < least:
        yield Defect(
            DefectCode.PARENT_TOO_YOUNG,
            "migrants[0].id_no",
            f"父母投靠子女，{'父亲' if male else '母亲'}须年满{least}周岁，主迁移人未达到。",
            "请在达到年龄后申请，或者咨询迁入地派出所是否适用其他事项。",
        )


def _graduation_defects(
    application: HukouApplication, rules: IntakeRules, today: date
) -> Iterator[Defect]:
    graduated = application.graduated_on
    if application.reason is not MigrationReason.GRADUATION or graduated is None:
        return
    if graduated > today:
        yield Defect(
            DefectCode.GRADUATION_IN_FUTURE,
            "graduated_on",
            "毕业日期在今天之后。",
            "请核对毕业日期，毕业后再申请。",
        )
    years = rules.years_after_graduation
    if years is not None and today > _years_later(graduated, years):
        yield Defect(
            DefectCode.GRADUATION_TOO_LONG_AGO,
            "graduated_on",
            f"毕业已超过{years}年，不再适用毕业户口迁移。",
            "请按工作调动或者投靠等事项申请，或者咨询迁入地派出所。",
        )


def _years_later(day: date, years: int) -> date:
    """The corresponding day; 29 February falls back to the 28th (民法典第二百零二条)."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
