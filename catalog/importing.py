"""A folder of catalogue data: what it would add, change or replace, before anything is copied.

Called by ``catalogue import``. Nothing of a folder is used unless all of it fits what is there.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from catalog.catalog import Catalog
from catalog.loader import load_catalog
from catalog.models import Entry

_SUFFIXES = (".yaml", ".yml")


@dataclass(frozen=True, slots=True)
class Altered:
    """One entry that an import touches. ``change``: 新增, 变更 or 删除."""

    kind: str
    code: str
    name: str
    change: str


def data_files(folder: Path) -> list[Path]:
    """The data files of a folder, by their places in it."""
    return sorted(
        path.relative_to(folder)
        for path in folder.rglob("*")
        if path.suffix in _SUFFIXES and path.is_file()
    )


def preview(folder: Path, dirs: Sequence[Path], into: Path | None = None) -> tuple[Altered, ...]:
    """What the catalogue of ``dirs`` would become with a folder; a file of the same place in
    ``into`` is replaced.

    CatalogError with every mistake of the new state by file, line and reason.
    """
    before = load_catalog(*dirs)
    others = [one for one in dirs if into is None or one.resolve() != into.resolve()]
    with tempfile.TemporaryDirectory() as place:
        merged = Path(place) / (into or folder).name
        if into is not None and into.is_dir():
            shutil.copytree(into, merged)
        for path in data_files(folder):
            (merged / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(folder / path, merged / path)
        after = load_catalog(*others, merged)
    return tuple(altered(before, after))


def take_over(folder: Path, into: Path) -> None:
    """Copy a folder's data files; call after :func:`preview` has found nothing wrong."""
    for path in data_files(folder):
        (into / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(folder / path, into / path)


def altered(before: Catalog, after: Catalog) -> list[Altered]:
    """Which entries two catalogues do not share, by kind and code."""
    found = []
    old, new = _entries(before), _entries(after)
    for kind, code in dict.fromkeys((*old, *new)):
        was, becomes = old.get((kind, code)), new.get((kind, code))
        if was == becomes:
            continue
        change = "新增" if was is None else "删除" if becomes is None else "变更"
        entry = becomes or was
        found.append(Altered(kind, code, str(getattr(entry, "name", "")), change))
    return found


def _entries(catalog: Catalog) -> dict[tuple[str, str], Entry]:
    lists = catalog.lists
    kinds: tuple[tuple[str, Mapping[str, Entry]], ...] = (
        ("地区", catalog.localities),
        ("专门流程", {**catalog.matters, **catalog.transfers}),
        ("机构类别", lists.organs),
        ("清单", lists.listings),
        ("事项", lists.items),
        ("样板", lists.templates),
        ("协议", {one.code: one for one in lists.agreements}),
        ("一件事", lists.scenarios),
        (
            "负面清单",
            {f"{one.item} {one.locality} {one.valid_from}": one for one in lists.exclusions},
        ),
        (
            "时限和标准",
            {
                f"{one.key} {one.locality} {one.peer_tag or ''} {one.valid_from}": one
                for one in catalog.policies
            },
        ),
    )
    return {(kind, code): entry for kind, known in kinds for code, entry in known.items()}
