"""An item as the documents and the catalogue have it: rows, differences between documents, powers.

Called by ``catalogue show``, the public page and the JSON API, which all show the same record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Any

from catalog.catalog import Catalog
from catalog.item_models import Item
from catalog.items import Listed
from catalog.listing_models import Place, PowerNote, Scene, Unit
from catalog.placing import coded, organ_name, power_record
from catalog.scope import modes_of
from catalog.words import (
    AUDIENCES,
    EVIDENCE,
    ITEM_TYPES,
    LEVELS,
    MODES,
    PLACES,
    POWERS,
    REACHES,
    SCENE_ROLES,
)

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Something about which documents say different things: by list, what each says."""

    about: str
    said: tuple[tuple[str, str], ...]


_COMPARED: tuple[tuple[str, Callable[[Catalog, Listed], str | None]], ...] = (
    ("名称", lambda _, one: one.row.name),
    ("事项类型", lambda _, one: ITEM_TYPES.get(one.row.item_type or "")),
    ("服务对象", lambda _, one: _words(AUDIENCES, one.row.audience)),
    ("行使层级", lambda _, one: _words(LEVELS, one.row.levels)),
    ("业务模式", lambda _, one: _words(MODES, one.row.modes)),
    ("牵头单位", lambda catalog, one: _organ(catalog, one.row.lead)),
    ("通办范围", lambda _, one: _reach(one)),
    ("职权", lambda _, one: "、".join(note.written for note in one.row.power) or None),
)


def disagreements(catalog: Catalog, item: str) -> list[Disagreement]:
    """Where the documents that list an item differ; silence of a document is no difference."""
    rows = catalog.lists.rows(item)
    found = []
    for about, read in _COMPARED:
        said = [(one.listing.code, value) for one in rows if (value := read(catalog, one))]
        if len({value for _, value in said}) > 1:
            found.append(Disagreement(about, tuple(said)))
    return found


def item_record(catalog: Catalog, item: Item) -> Record:
    """Everything that does not depend on a place or a day."""
    return {
        **summary(catalog, item),
        "aliases": item.aliases,
        "modes_evidence": EVIDENCE[item.modes_evidence],
        "valid_from": item.valid_from,
        "valid_to": item.valid_to,
        "template": item.template,
        "founds": item.founds.source if item.founds else None,
        "listings": [row_record(catalog, one) for one in catalog.lists.rows(item.id)],
        "differences": [asdict(one) for one in disagreements(catalog, item.id)],
        "powers": [power_record(catalog, power) for power in item.powers],
        "bundles": [
            {"code": one.code, "name": one.name}
            for one in catalog.scenarios.values()
            if any(part.item == item.id for part in one.items)
        ],
    }


def summary(catalog: Catalog, item: Item) -> Record:
    """An item as a line of a list."""
    rows = catalog.lists.rows(item.id)
    organs = dict.fromkeys(power.organ for power in item.powers)
    return {
        "id": item.id,
        "name": item.name,
        "item_type": coded(ITEM_TYPES, item.item_type),
        "audience": [coded(AUDIENCES, one) for one in item.audience],
        "modes": [coded(MODES, one) for one in modes_of(item)],
        "own": item.own,
        "organs": [{"code": code, "name": organ_name(catalog, code)} for code in organs],
        "stages": list(dict.fromkeys(one.row.stage for one in rows if one.row.stage)),
        "scenarios": list(dict.fromkeys(one.row.scenario for one in rows if one.row.scenario)),
    }


def row_record(catalog: Catalog, listed: Listed) -> Record:
    """A row as its document has it."""
    listing, row = listed.listing, listed.row
    return {
        "list": listing.code,
        "document": listing.document,
        "title": listing.title,
        "annex": listing.annex,
        "place": listing.locality,
        "reach": coded(REACHES, listing.reach),
        "number": row.number,
        "sub": row.sub,
        "group": row.group,
        "name": row.name,
        "item": row.item,
        "item_type": coded(ITEM_TYPES, row.item_type) if row.item_type else None,
        "audience": [coded(AUDIENCES, one) for one in row.audience],
        "levels": [coded(LEVELS, one) for one in row.levels],
        "modes": [coded(MODES, one) for one in row.modes],
        "lead": _unit(catalog, row.lead) if row.lead else None,
        "joint_leads": [_unit(catalog, one) for one in row.joint_leads],
        "cooperating": [_unit(catalog, one) for one in row.cooperating],
        "stage": row.stage,
        "scenario": row.scenario,
        "power": [_note(catalog, note) for note in row.power],
        "scene": _scene(catalog, row.scene) if row.scene else None,
        "remark": row.remark,
    }


def _reach(one: Listed) -> str | None:
    """A list of life-cycle matters says nothing of how far they reach."""
    return None if one.listing.reach == "LIFE_CYCLE" else REACHES[one.listing.reach]


def _words(words: dict[str, str], codes: Iterable[str]) -> str | None:
    return "、".join(sorted(words[code] for code in codes)) or None


def _organ(catalog: Catalog, unit: Unit | None) -> str | None:
    return organ_name(catalog, unit.organ) if unit else None


def _unit(catalog: Catalog, unit: Unit) -> Record:
    return {"written": unit.written, "code": unit.organ, "name": organ_name(catalog, unit.organ)}


def _note(catalog: Catalog, note: PowerNote) -> Record:
    return {
        "kind": coded(POWERS, note.kind),
        "written": note.written,
        "about": organ_name(catalog, note.about) if note.about else None,
    }


def _scene(catalog: Catalog, scene: Scene) -> Record:
    found = _scene_parts(catalog, scene)
    return {**found, "words": _scene_words(found)}


def _scene_words(scene: Record) -> list[str]:
    """应用场景 in short sentences."""
    anywhere = PLACES[Place.ANYWHERE]
    parts = (
        ("可在", [f"{one}申请" for one in scene["apply_at"]]),
        ("", scene["acting"]),
        ("不受", ["地域限制"] if anywhere in scene["lifted"] else []),
        ("不受限于", [place for place in scene["lifted"] if place != anywhere]),
        ("限于", scene["conditions"]),
        ("除外：", scene["exceptions"]),
    )
    return [f"{word}{'、'.join(said)}" for word, said in parts if said]


def _scene_parts(catalog: Catalog, scene: Scene) -> Record:
    return {
        "apply_at": [PLACES[one] for one in scene.apply_at],
        "acting": [
            f"{PLACES[one.place]}{organ_name(catalog, one.organ) if one.organ else ''}"
            f"{SCENE_ROLES[one.role]}"
            for one in scene.acting
        ],
        "lifted": [PLACES[one] for one in scene.lifted],
        "conditions": scene.conditions,
        "exceptions": scene.exceptions,
    }
