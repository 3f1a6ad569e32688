"""A small test catalogue of joint items and scenarios, written into an extra folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tests.general.items import LOCALITIES, SOURCE, a_template, an_item, material

#: A joint item with four parts, one whose parts are all here, one that a city's organ decides, and
#: plain items for scenarios.
JOINT, LOCAL, CITY, FIRST, SECOND, THIRD = (
    "M9101",
    "M9102",
    "M9103",
    "M9111",
    "M9112",
    "M9113",
)
SCENARIO = "EXAMPLE-OPENING"
#: 设立登记, and the bundle that begins with it.
FOUNDING, FOUNDATION = "M9114", "EXAMPLE-FOUNDING"
TEMPLATE = "EXAMPLE_JOINT_LICENCE"
FIRE, LAND, THERE, EXTRA = "消防意见", "规划意见", "原籍地核实", "街道走访"


def part(organ: str, label: str, **changes: Any) -> dict[str, Any]:
    """A part that must be performed here before the review."""
    return {"organ": organ, "label": label, **changes}


PARTS = [
    part("EXAMPLE_FIRE", FIRE),
    part("EXAMPLE_LAND", LAND, before="CONCLUSION", on_commitment=True),
    part("EXAMPLE_FIRE", THERE, place="ORIGIN", on_commitment=True),
    part("EXAMPLE_LAND", EXTRA, place="ORIGIN", before="CONCLUSION", required=False),
]


def joint_items() -> list[dict[str, Any]]:
    """The items of the test catalogue."""
    power = {"organ": "EXAMPLE_LEAD", "source": SOURCE}
    plain = {"materials": [material("APPLICATION_FORM", "申请表")]}
    joint = {"modes": ["JOINT"], "powers": [power], "template": TEMPLATE}
    return [
        an_item(JOINT, **joint, overrides={**plain, "participations": PARTS}),
        an_item(LOCAL, **joint, overrides={**plain, "participations": PARTS[:2]}),
        an_item(
            CITY,
            template=TEMPLATE,
            modes=["JOINT"],
            powers=[{**power, "kind": "CITY", "level": "3"}],
            overrides={**plain, "participations": PARTS[:1]},
        ),
        *(
            an_item(
                number,
                template=TEMPLATE,
                modes=["FULLY_ONLINE"],
                powers=[power],
                overrides=overrides,
            )
            for number, overrides in (
                (FIRST, plain),
                (
                    SECOND,
                    {"materials": [*plain["materials"], material("PREMISES_PROOF", "场所证明")]},
                ),
                (THIRD, plain),
            )
        ),
        an_item(
            FOUNDING,
            template=TEMPLATE,
            modes=["FULLY_ONLINE"],
            powers=[power],
            overrides=plain,
            founds={"source": SOURCE, "evidence": "design"},
        ),
    ]


def scenario() -> dict[str, Any]:
    """Three items for an enterprise: the second after the first, the third where it is ticked."""
    form = {"FORM": "APPLICATION_FORM"}
    return {
        "code": SCENARIO,
        "name": "示例一件事",
        "life_cycle": "ENTERPRISE",
        "sources": [SOURCE],
        "evidence": "design",
        "fields": [{"name": "address", "label": "地址", "type": "TEXT"}],
        "materials": [material("FORM", "一张表"), material("PREMISES", "场所证明")],
        "items": [
            {"item": FIRST, "fields": {"address": "address"}, "materials": form},
            {
                "item": SECOND,
                "after": [FIRST],
                "fields": {"address": "address"},
                "materials": {**form, "PREMISES": "PREMISES_PROOF"},
            },
            {"item": THIRD, "optional": True, "materials": form},
        ],
        "valid_from": "2021-01-01",
    }


def founding_scenario() -> dict[str, Any]:
    """An enterprise is founded, and then granted what it needs."""
    bundle = scenario()
    _, second, _ = bundle["items"]
    return {
        **bundle,
        "code": FOUNDATION,
        "name": "示例开办一件事",
        "items": [
            {"item": FOUNDING, "materials": {"FORM": "APPLICATION_FORM"}},
            {**second, "after": [FOUNDING]},
        ],
    }


def _organs(locality: str, letters: str) -> dict[str, Any]:
    """Three organs in a locality and one of its city, each with a clerk for each kind of work."""
    names = {"01": "示例牵头机关", "02": "示例消防机关", "03": "示例规划机关"}
    offices = [
        {
            "code": f"{region}-XT-{number}",
            "name": name,
            "kind": "SERVICE_HALL",
            "parent": None,
            "opens": "08:30",
            "closes": "17:00",
            "level": level,
        }
        for region, number, name, level in (
            *((locality, number, name, "4") for number, name in names.items()),
            (f"{locality[:4]}00", "01", "示例市级机关", "3"),
        )
    ]
    roles = ("INTAKE", "HANDLER", "APPROVER", "SUPERVISOR")
    return {
        "locality": locality,
        "organs": {
            "4": {
                "EXAMPLE_LEAD": f"{locality}-XT-01",
                "EXAMPLE_FIRE": f"{locality}-XT-02",
                "EXAMPLE_LAND": f"{locality}-XT-03",
            },
            "3": {"EXAMPLE_LEAD": f"{locality[:4]}00-XT-01"},
        },
        "offices": offices,
        "clerks": [
            {"code": f"{letters}8{place}{number:02d}", "office": office["code"], "roles": [role]}
            for place, office in enumerate(offices)
            for number, role in enumerate(roles)
        ],
    }


def write_folder(folder: Path) -> Path:
    """The test catalogue as a folder beside the built-in one."""
    items = joint_items()
    content: dict[str, Any] = {
        "organs/joint.yaml": {
            "organs": [
                {"code": code, "name": name, "kind": "GOVERNMENT"}
                for code, name in (
                    ("EXAMPLE_LEAD", "示例牵头部门"),
                    ("EXAMPLE_FIRE", "示例消防部门"),
                    ("EXAMPLE_LAND", "示例规划部门"),
                )
            ]
        },
        "templates/joint.yaml": a_template(code=TEMPLATE, checks=[]),
        "items/joint.yaml": {"items": items},
        "scenarios/example.yaml": scenario(),
        "scenarios/founding.yaml": founding_scenario(),
    }
    for locality, letters in zip(LOCALITIES, ("JH", "JD"), strict=True):
        content[f"localities/organs/{locality}-joint.yaml"] = _organs(locality, letters)
        content[f"listings/{locality}-joint.yaml"] = {
            "code": f"JOINT-{locality}",
            "document": "示例文件",
            "title": SOURCE,
            "published": "2021-01-01",
            "publisher": "示例机关",
            "locality": locality,
            "annex": "附件1",
            "reach": "CROSS_PROVINCE",
            "numbered": len(items),
            "leaves": len(items),
            "valid_from": "2021-01-01",
            "rows": [
                {"number": place, "name": one["name"], "item": one["id"]}
                for place, one in enumerate(items, start=1)
            ],
        }
    for name, data in content.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        # JSON is YAML, and repeats what two items share instead of pointing at it.
        path.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    return folder
