"""The invented people and records that fill a new simulator; read from examples/registers/*.yaml.

Read by the simulator process at its first start, and by tests and rehearsals that need the people
by their labels.
"""

from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import ValidationError

from adapters.education.protocol import AdmissionRecord, GraduationRecord
from adapters.marriage.protocol import MarriageRecord
from adapters.models import OutsideModel
from adapters.population.models import Registration

RecordT = TypeVar("RecordT", bound=OutsideModel)


class SeedError(Exception):
    """A seed file is missing or wrong; the Chinese text names file and field, never a value."""


def localities_in(folder: Path) -> list[str]:
    """The localities that the folder has people of."""
    _check(folder)
    return sorted(
        path.stem.removeprefix("population-") for path in folder.glob("population-*.yaml")
    )


def read_population(folder: Path, locality: str) -> dict[str, Registration]:
    """People by label; none when the locality has no file, so that a new one can start bare."""
    return records(folder, f"population-{locality}.yaml", "people", Registration)


def read_marriages(folder: Path) -> dict[str, MarriageRecord]:
    """Marriage records by label."""
    return records(folder, "marriages.yaml", "marriages", MarriageRecord)


def read_admissions(folder: Path) -> dict[str, AdmissionRecord]:
    """Admission records by label."""
    return records(folder, "education.yaml", "admissions", AdmissionRecord)


def read_graduations(folder: Path) -> dict[str, GraduationRecord]:
    """Diplomas by label."""
    return records(folder, "education.yaml", "graduations", GraduationRecord)


def records(folder: Path, file: str, section: str, model: type[RecordT]) -> dict[str, RecordT]:
    """The records of one section by label; none when the file is not there. Raises SeedError."""
    _check(folder)
    content = _load(folder / file)
    if not isinstance(content, dict) or not isinstance(content.get(section, []), list):
        raise SeedError(f"种子文件 {file} 应有列表 {section}")
    records: dict[str, RecordT] = {}
    for place, entry in enumerate(content.get(section, []), start=1):
        where = f"种子文件 {file} 的 {section} 第 {place} 项"
        label, record = _labelled(entry, model, where)
        if label in records:
            raise SeedError(f"{where}：label 重复：{label}")
        records[label] = record
    return records


def _labelled(entry: Any, model: type[RecordT], where: str) -> tuple[str, RecordT]:
    if not isinstance(entry, dict) or not isinstance(entry.get("label"), str):
        raise SeedError(f"{where}：缺少 label")
    # A misspelt field would otherwise pass silently and change what a rehearsal shows.
    if unknown := set(entry) - set(model.model_fields) - {"label"}:
        raise SeedError(f"{where}：没有这些项目：{'、'.join(sorted(map(str, unknown)))}")
    try:
        return entry["label"], model.model_validate(entry)
    except ValidationError as error:
        fields = "、".join(".".join(map(str, one["loc"])) for one in error.errors())
        raise SeedError(f"{where}：缺失或有误：{fields}") from None


def _load(path: Path) -> Any:
    if not path.exists():
        return {}
    try:
        return yaml.load(
            path.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        )
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        raise SeedError(f"种子文件 {path.name} 无法读取或不是有效的 YAML") from None


def _check(folder: Path) -> None:
    if not folder.is_dir():
        raise SeedError(f"找不到种子数据目录 {folder}，请用 --seed 指定正确的目录")
