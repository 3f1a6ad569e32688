"""The form of a hukou migration application, as filed at the destination.

Filled by the starter and the console, checked by `domain.hukou_intake`, kept by storage. It holds
personal data and therefore never enters a workflow.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal


class MigrationReason(StrEnum):
    """The five reasons handled across provinces since 2021-12-01."""

    JOB_TRANSFER = "JOB_TRANSFER"
    ADMISSION = "ADMISSION"
    GRADUATION = "GRADUATION"
    SPOUSE = "SPOUSE"
    PARENTS = "PARENTS"

    @property
    def label(self) -> str:
        """The reason's Chinese name."""
        return _REASON_LABELS[self]


_REASON_LABELS = {
    MigrationReason.JOB_TRANSFER: "工作调动",
    MigrationReason.ADMISSION: "大中专院校录取",
    MigrationReason.GRADUATION: "大中专学生毕业",
    MigrationReason.SPOUSE: "夫妻投靠",
    MigrationReason.PARENTS: "父母投靠子女",
}

_ALWAYS = (
    ("origin_locality", "迁出地"),
    ("origin_address", "迁出地址"),
    ("destination_station", "迁入地派出所"),
    ("destination_address", "迁入地址"),
)
_BY_REASON: dict[MigrationReason, tuple[tuple[str, str], ...]] = {
    MigrationReason.JOB_TRANSFER: (),
    MigrationReason.ADMISSION: (("school", "录取院校"), ("notice_number", "录取通知书编号")),
    MigrationReason.GRADUATION: (
        ("school", "毕业院校"),
        ("diploma_number", "毕业证书编号"),
        ("graduated_on", "毕业日期"),
    ),
    MigrationReason.SPOUSE: (
        ("spouse_id_no", "被投靠配偶的公民身份号码"),
        ("receiving_household", "迁入户户号"),
    ),
    MigrationReason.PARENTS: (
        ("child_id_no", "被投靠子女的公民身份号码"),
        ("receiving_household", "迁入户户号"),
    ),
}

#: Every field that some reason asks for -> its Chinese label; a school is called by its reason.
FIELD_LABELS: dict[str, str] = {
    **{field: label for fields in (_ALWAYS, *_BY_REASON.values()) for field, label in fields},
    "school": "院校",
}


def fields_of(reason: MigrationReason) -> tuple[tuple[str, str], ...]:
    """(field, Chinese label) of every field that an application for this reason must have."""
    return (*_ALWAYS, *_BY_REASON[reason])


@dataclass(frozen=True, slots=True)
class Applicant:
    """Who files; often the main migrant, or the spouse or child who takes the migrant in."""

    name: str
    id_no: str
    phone: str


@dataclass(frozen=True, slots=True)
class Migrant:
    """A person who moves; `seq` 1 is the main migrant, `relation` is to that one (本人 for 1)."""

    seq: int
    relation: str
    name: str
    id_no: str

    @property
    def label(self) -> str:
        """How notices speak of the person without naming anybody."""
        return "主迁移人" if self.seq == 1 else f"第{self.seq}名迁移人"


@dataclass(frozen=True, slots=True)
class DocumentRef:
    """A material handed in: its type, sha256 digest, and whose it is (None: the whole case's)."""

    type: str
    digest: str
    person_seq: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HukouApplication:
    """The whole form; fields that only some reasons need are None for the others."""

    matter: str
    reason: MigrationReason
    origin_locality: str
    origin_station: str | None = None
    origin_address: str
    destination_station: str
    destination_address: str
    destination_area: Literal["city", "rural"]
    receiving_household: str | None = None
    applicant: Applicant
    migrants: tuple[Migrant, ...]
    documents: tuple[DocumentRef, ...] = ()
    spouse_id_no: str | None = None
    child_id_no: str | None = None
    school: str | None = None
    notice_number: str | None = None
    diploma_number: str | None = None
    graduated_on: date | None = None

    def fields_needed(self) -> tuple[tuple[str, str], ...]:
        """(field, Chinese label) of every field that this reason cannot do without."""
        return fields_of(self.reason)

    def identity_numbers(self) -> list[tuple[str, str, str]]:
        """(field, who, number) of everybody on the form, empty optional numbers left out."""
        numbers = [("applicant.id_no", "申请人", self.applicant.id_no)]
        numbers += [
            (f"migrants[{position}].id_no", migrant.label, migrant.id_no)
            for position, migrant in enumerate(self.migrants)
        ]
        if self.spouse_id_no:
            numbers.append(("spouse_id_no", "被投靠配偶", self.spouse_id_no))
        if self.child_id_no:
            numbers.append(("child_id_no", "被投靠子女", self.child_id_no))
        return numbers
