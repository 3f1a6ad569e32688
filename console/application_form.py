"""Reading an application from a JSON or YAML file: shape, sizes and digests are checked here.

Used by filing, on the command line and by the interface. Defects of substance are found by the
domain; this module only makes sure that there is something to look at.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError

from console.errors import OfficeCode, OfficeError
from console.texts import check_texts
from domain.errors import DomainError
from domain.hukou_intake import (
    Applicant,
    DocumentRef,
    HukouApplication,
    Migrant,
    MigrationReason,
)
from domain.phones import check_phone
from storage.documents import digest_of

_PROBLEMS = {
    "missing": "没有填写",
    "extra_forbidden": "不是申请表的栏目，请核对拼写",
    "string_type": "应是文字",
    "phone": "不是电话号码，应为11位手机号或者带区号的座机号",
    "string_too_long": "太长",
    "literal_error": "不在可选范围",
    "enum": "不在可选范围",
    "date_from_datetime_parsing": "不是有效日期，应如 2026-11-22",
    "date_parsing": "不是有效日期，应如 2026-11-22",
    "list_type": "应是列表",
    "model_type": "应是一组栏目",
    "int_parsing": "应是整数",
    "int_type": "应是整数",
}


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", hide_input_in_errors=True)


def _phone(text: str) -> str:
    """As notices are sent to it; what was left empty is a matter of the form check."""
    if not text.strip():
        return text
    try:
        return check_phone(text)
    except DomainError as error:
        raise PydanticCustomError("phone", "wrong") from error


Phone = Annotated[str, AfterValidator(_phone)]


class ApplicantPart(_Part):
    """申请人."""

    name: str
    id_no: str
    phone: Phone


class MigrantPart(_Part):
    """迁移人; the first is the main one."""

    relation: str
    name: str
    id_no: str


class DocumentPart(_Part):
    """A document: a file beside the application, its text, or the bytes that a browser sent.

    A stated digest is verified; ``media_type`` goes with ``content``, whose kind was looked at.
    """

    type: str
    file: str | None = None
    text: str | None = None
    content: bytes | None = None
    media_type: str | None = None
    digest: str | None = None
    person: int | None = None


class ApplicationForm(_Part):
    """The application as people write it."""

    matter: str
    reason: MigrationReason | None = None
    origin_locality: str
    origin_station: str | None = None
    origin_address: str
    destination_station: str
    destination_address: str
    destination_area: Literal["city", "rural"] = "city"
    receiving_household: str | None = None
    applicant: ApplicantPart
    migrants: list[MigrantPart] = Field(min_length=1, max_length=20)
    documents: list[DocumentPart] = []
    spouse_id_no: str | None = None
    child_id_no: str | None = None
    school: str | None = None
    notice_number: str | None = None
    diploma_number: str | None = None
    graduated_on: date | None = None


class _PlainLoader(yaml.SafeLoader):
    """YAML without aliases: a small file must not grow when it is read."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("aliases are not taken")
        return super().compose_node(parent, index)


@dataclass(frozen=True, slots=True)
class Material:
    """One document with its content."""

    ref: DocumentRef
    media_type: str
    content: bytes


def read_file(path: Path, *, max_bytes: int) -> dict[str, Any]:
    """The file's content as a mapping; OfficeError: missing, too large or no JSON/YAML."""
    try:
        size = path.stat().st_size
    except OSError:
        raise OfficeError(
            OfficeCode.NO_SUCH_FILE, f"找不到文件 {path.name}，请检查路径。"
        ) from None
    if size > max_bytes:
        raise OfficeError(
            OfficeCode.TOO_LARGE,
            f"文件 {path.name} 有 {size} 字节，超过上限 {max_bytes} 字节；请压缩或拆分后再提交。",
        )
    try:
        text = path.read_text(encoding="utf-8")
        data = json.loads(text) if path.suffix == ".json" else yaml.load(text, _PlainLoader)
    except (ValueError, yaml.YAMLError, OSError, RecursionError):
        raise OfficeError(
            OfficeCode.UNREADABLE_FILE,
            f"文件 {path.name} 不是有效的 JSON 或 YAML；请参照 examples/ 下的样例改正后再提交。",
        ) from None
    if not isinstance(data, dict):
        raise OfficeError(
            OfficeCode.UNREADABLE_FILE,
            f"文件 {path.name} 里没有申请表栏目；请参照 examples/ 下的样例填写。",
        )
    return data


def parse(
    data: dict[str, Any],
    reason_of_matter: MigrationReason,
    *,
    folder: Path,
    max_bytes: int,
    max_chars: int,
) -> tuple[HukouApplication, tuple[Material, ...]]:
    """The application and its documents; OfficeError names every wrong field at once."""
    check_texts(data, max_chars, long=frozenset({"text"}))
    try:
        form = ApplicationForm.model_validate(data)
    except ValidationError as error:
        raise wrong_fields(error) from None
    materials = tuple(_material(part, folder, max_bytes) for part in form.documents)
    application = HukouApplication(
        matter=form.matter,
        reason=form.reason or reason_of_matter,
        origin_locality=form.origin_locality,
        origin_station=form.origin_station,
        origin_address=form.origin_address,
        destination_station=form.destination_station,
        destination_address=form.destination_address,
        destination_area=form.destination_area,
        receiving_household=form.receiving_household,
        applicant=Applicant(**form.applicant.model_dump()),
        migrants=tuple(
            Migrant(seq=number, **migrant.model_dump())
            for number, migrant in enumerate(form.migrants, 1)
        ),
        documents=tuple(material.ref for material in materials),
        spouse_id_no=form.spouse_id_no,
        child_id_no=form.child_id_no,
        school=form.school,
        notice_number=form.notice_number,
        diploma_number=form.diploma_number,
        graduated_on=form.graduated_on,
    )
    return application, materials


def wrong_fields(error: ValidationError) -> OfficeError:
    """All wrong fields of a form in one sentence, without what stands in them."""
    details = tuple(
        f"{'.'.join(str(part) for part in item['loc'])}：{_PROBLEMS.get(item['type'], '格式不对')}"
        for item in error.errors(include_input=False, include_url=False)
    )
    fields = {detail.partition("：")[0]: detail.partition("：")[2] for detail in details}
    return OfficeError(
        OfficeCode.WRONG_FIELD,
        f"申请表有 {len(details)} 处填写问题：{'；'.join(details)}。请改正后重新提交。",
        details,
        fields,
    )


def materials_of(
    parts: list[dict[str, Any]], *, folder: Path, max_bytes: int
) -> tuple[Material, ...]:
    """Documents handed in later (补正)."""
    try:
        return tuple(
            _material(DocumentPart.model_validate(part), folder, max_bytes) for part in parts
        )
    except ValidationError:
        raise OfficeError(
            OfficeCode.WRONG_FIELD,
            "补正材料的栏目不对：每份材料须写 type，并给出 file 或 text；请改正后重新提交。",
        ) from None


def as_record(application: HukouApplication) -> dict[str, Any]:
    """The application as it goes on file."""
    record = asdict(application)
    graduated = application.graduated_on
    record["graduated_on"] = graduated.isoformat() if graduated else None
    return record


def _material(part: DocumentPart, folder: Path, max_bytes: int) -> Material:
    media_type = "text/plain; charset=utf-8"
    if part.file is not None:
        path = folder / part.file
        try:
            content = path.read_bytes()
        except OSError:
            raise OfficeError(
                OfficeCode.NO_SUCH_FILE,
                f"找不到材料文件 {part.file}（{part.type}）；请把它放在申请文件旁边。",
            ) from None
        media_type = {".pdf": "application/pdf", ".png": "image/png", ".jpg": "image/jpeg"}.get(
            path.suffix.lower(), "application/octet-stream"
        )
    elif part.content is not None:
        content = part.content
        media_type = part.media_type or "application/octet-stream"
    elif part.text is not None:
        content = part.text.encode()
    else:
        raise OfficeError(
            OfficeCode.WRONG_FIELD, f"材料 {part.type} 没有内容；请给出 file 或 text。"
        )
    if len(content) > max_bytes:
        raise OfficeError(
            OfficeCode.TOO_LARGE,
            f"材料 {part.type} 有 {len(content)} 字节，超过上限 {max_bytes} 字节；请压缩后再提交。",
        )
    digest = digest_of(content)
    if part.digest is not None and part.digest != digest:
        raise OfficeError(
            OfficeCode.DIGEST_DIFFERS,
            f"材料 {part.type} 的内容与所附摘要不符，可能在传送中被改动；请重新取得原件后再提交。",
        )
    return Material(
        ref=DocumentRef(type=part.type, digest=digest, person_seq=part.person),
        media_type=media_type,
        content=content,
    )
