"""Reading an application for an item: a person or an enterprise, in one of the item's modes.

Used by `console.general_filing`. Which fields ``details`` may have is the definition's data.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from console.application_form import (
    ApplicantPart,
    DocumentPart,
    Material,
    Phone,
    materials_of,
    wrong_fields,
)
from console.errors import OfficeCode, OfficeError
from console.intake_desk import Entry
from console.texts import check_texts


class RepresentativePart(BaseModel):
    """法定代表人 of an enterprise."""

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    name: str
    id_no: str


class EnterprisePart(BaseModel):
    """An enterprise that applies; ``phone`` is where notices go.

    One that is being founded (设立中) has no ``credit_code`` yet: ``name`` is the proposed one and
    ``representative`` who will be it. ``founded_in``: the case that granted its 设立登记.
    """

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    name: str
    credit_code: str | None = None
    phone: Phone
    representative: RepresentativePart
    founded_in: str | None = None

    @property
    def founding(self) -> bool:
        """Whether it has no number of its own yet."""
        return not (self.credit_code or "").strip()

    @property
    def number(self) -> str:
        """统一社会信用代码; of one being founded, its future representative's 公民身份号码."""
        if self.founding:
            return self.representative.id_no.strip().upper()
        return (self.credit_code or "").strip().upper()

    @property
    def shown_name(self) -> str:
        """As papers name it."""
        return f"{self.name}（设立中）" if self.founding else self.name


class GeneralForm(BaseModel):
    """The application as people write it.

    ``matter`` is an item, ``mode`` one of its modes (none: the first). ``peer_locality``: under
    异地代收代办 the place whose organ decides; else where the applicant is, if not here.
    ``promised`` and ``deferred`` name materials for 告知承诺 and 容缺受理; ``originals``: whether
    paper originals travel to the place that decides.
    """

    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)

    matter: str
    mode: str | None = None
    peer_locality: str | None = None
    applicant: ApplicantPart | None = None
    enterprise: EnterprisePart | None = None
    agent: ApplicantPart | None = None
    details: dict[str, Any] = {}
    documents: list[DocumentPart] = []
    promised: list[str] = []
    deferred: list[str] = []
    originals: bool = False

    @property
    def name(self) -> str:
        """Who applies."""
        if self.enterprise is not None:
            return self.enterprise.shown_name
        return self.applicant.name if self.applicant else ""

    @property
    def number(self) -> str:
        """公民身份号码 or 统一社会信用代码, in its plain form; see `EnterprisePart.number`."""
        if self.enterprise is not None:
            return self.enterprise.number
        return self.applicant.id_no.strip().upper() if self.applicant else ""

    @property
    def phone(self) -> str:
        found = self.enterprise or self.applicant
        return found.phone if found else ""

    def as_record(self, details: dict[str, Any]) -> dict[str, Any]:
        """The application as it goes on file; ``applicant`` is whoever applies."""
        return {
            "applicant": {"name": self.name, "id_no": self.number, "phone": self.phone},
            "enterprise": (
                self.enterprise.model_dump(exclude_none=True) if self.enterprise else None
            ),
            "agent": self.agent.model_dump() if self.agent else None,
            "details": details,
            "promised": self.promised,
            "deferred": self.deferred,
        }

    def entry(
        self, details: dict[str, Any], materials: tuple[Material, ...], *, matter: str, name: str
    ) -> Entry:
        """The application as it goes on file: one open case per applicant and matter.

        For an enterprise that is being founded registers know its future representative alone.
        """
        relation, who = "申请企业" if self.enterprise else "本人", self.name
        if self.enterprise is not None and self.enterprise.founding:
            relation, who = "设立中企业的法定代表人", self.enterprise.representative.name
        return Entry(
            application=self.as_record(details),
            phone=self.phone,
            persons=({"number": 1, "relation": relation, "name": who, "id_no": self.number},),
            materials=materials,
            scheme=matter,
            taken=f"已有一件“{name}”",
        )


def parse_general(
    data: dict[str, Any], *, folder: Path, max_bytes: int, max_chars: int
) -> tuple[GeneralForm, tuple[Material, ...]]:
    """The form and its documents; OfficeError names every wrong field at once."""
    check_texts(data, max_chars, long=frozenset({"text"}))
    try:
        form = GeneralForm.model_validate(data)
    except ValidationError as error:
        raise wrong_fields(error) from None
    if (form.applicant is None) is (form.enterprise is None):
        raise OfficeError(
            OfficeCode.WRONG_FIELD,
            "请填写申请人，只填一位：个人（applicant）或者企业、其他组织（enterprise）。",
        )
    parts = [part.model_dump() for part in form.documents]
    return form, materials_of(parts, folder=folder, max_bytes=max_bytes)
