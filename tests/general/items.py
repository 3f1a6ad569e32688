"""A small test catalogue of items: as data of the shapes, and written into an extra folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

SOURCE = "示例清单"
LOCALITIES = ("371002", "330902")


def a_template(**changes: Any) -> dict[str, Any]:
    """How a licence is handled, with every kind of step."""
    return {
        "code": "EXAMPLE_LICENCE",
        "name": "示例许可",
        "item_types": ["01"],
        "materials": [
            material("APPLICATION_FORM", "申请表"),
            material("IDENTITY_CARD", "身份证明", shareable_from="population"),
            material("PREMISES_PROOF", "场所证明", promise=True),
            material("PHOTO", "照片", deferrable=True),
        ],
        "fields": [{"name": "address", "label": "地址", "type": "TEXT", "required": False}],
        "checks": [{"source": "POPULATION", "label": "户籍登记"}],
        "steps": [
            {"kind": "ACCEPTANCE", "label": "受理", "role": "INTAKE"},
            {"kind": "REVIEW", "label": "审查", "role": "HANDLER"},
            {"kind": "DECISION", "label": "决定", "role": "APPROVER"},
            {"kind": "MAKING", "label": "制证", "role": "HANDLER"},
            {"kind": "DELIVERY", "label": "送达", "role": "INTAKE"},
        ],
        "limit": {
            "statutory": "20wd",
            "promised": "8wd",
            "basis": "行政许可法第42条",
            "source": SOURCE,
            "evidence": "design",
        },
        "fee": {"amount_fen": 0, "basis": "不收费"},
        "result": {"name": "示例许可证", "kind": "LICENCE", "validity_months": 60},
        "guide": {
            "conditions": ["符合规定的条件"],
            "legal_basis": ["行政许可法"],
            "window": "政务服务大厅",
            "hotline": "12345",
        },
        **changes,
    }


def material(type_: str, name: str, **changes: Any) -> dict[str, Any]:
    """One material that every applicant hands in."""
    return {
        "type": type_,
        "name": name,
        "issuer": "申请人",
        "required": True,
        "per_person": False,
        "shareable_from": None,
        **changes,
    }


def an_item(number: str = "M9001", **changes: Any) -> dict[str, Any]:
    """An item that both audiences may apply for, in two modes."""
    return {
        "id": number,
        "name": f"示例事项{number}",
        "item_type": "01",
        "audience": ["PERSON", "ENTERPRISE"],
        "modes": ["FULLY_ONLINE", "PROXY_INTAKE"],
        "modes_evidence": "design",
        "template": "EXAMPLE_LICENCE",
        "powers": [{"organ": "EXAMPLE_ORGAN", "source": SOURCE}],
        "valid_from": "2021-01-01",
        **changes,
    }


#: A licence, an instant proof, one with a fee, a city's power, a company's service, one that was
#: cancelled, one with a procedure of its own, one for which the applicant has to come.
LICENCE, PROOF, PAID, CITY, SERVICE, CANCELLED, OWN, AT_HALL = (
    "M9001",
    "M9002",
    "M9003",
    "M9004",
    "M9005",
    "M9006",
    "M9007",
    "M9008",
)


def every_item() -> list[dict[str, Any]]:
    """The items of the test catalogue."""
    power = {"organ": "EXAMPLE_ORGAN", "source": SOURCE}
    steps = a_template()["steps"]
    return [
        an_item(LICENCE),
        an_item(
            PROOF,
            modes=["FULLY_ONLINE"],
            overrides={
                "materials": [
                    material("APPLICATION_FORM", "申请表"),
                    material(
                        "IDENTITY_CARD", "身份证明", issuer="公安机关", shareable_from="population"
                    ),
                ],
                "straight_through": True,
                "result": {"name": "示例证明", "kind": "CERTIFICATE"},
            },
        ),
        an_item(PAID, overrides={"fee": {"amount_fen": 1250, "basis": "示例收费标准"}}),
        an_item(CITY, powers=[{**power, "kind": "CITY", "level": "3"}]),
        an_item(
            SERVICE,
            modes=["FULLY_ONLINE"],
            powers=[{**power, "organ": "EXAMPLE_COMPANY", "kind": "COMPANY"}],
            overrides={"steps": [steps[0], steps[1]]},
        ),
        an_item(CANCELLED, powers=[{**power, "kind": "CANCELLED"}]),
        an_item(
            AT_HALL,
            modes=["PROXY_INTAKE"],
            overrides={
                "checks": [],
                "steps": [
                    {**one, "on_site": True, "on_site_basis": "示例条例"}
                    if one["kind"] == "ACCEPTANCE"
                    else one
                    for one in a_template()["steps"]
                ],
                "fee": {"amount_fen": 2000, "basis": "示例收费标准"},
            },
        ),
        an_item(OWN, own=["HUKOU-JOB-TRANSFER"], template=None, modes=["JOINT"]),
    ]


def _office(code: str, name: str, level: str = "4") -> dict[str, Any]:
    return {
        "code": code,
        "name": name,
        "kind": "SERVICE_HALL",
        "parent": None,
        "opens": "08:30",
        "closes": "17:00",
        "level": level,
    }


def _organs(locality: str, letters: str) -> dict[str, Any]:
    """The offices of the two test organs in a locality, with one clerk for each kind of work."""
    offices = [
        _office(f"{locality}-SL-01", "示例主管机关"),
        _office(f"{locality}-SL-02", "示例公司"),
        _office(f"{locality[:4]}00-SL-01", "示例市级主管机关", "3"),
    ]
    roles = ("INTAKE", "HANDLER", "APPROVER", "SUPERVISOR")
    return {
        "locality": locality,
        "organs": {
            "4": {"EXAMPLE_ORGAN": f"{locality}-SL-01", "EXAMPLE_COMPANY": f"{locality}-SL-02"},
            "3": {"EXAMPLE_ORGAN": f"{locality[:4]}00-SL-01"},
        },
        "offices": offices,
        "clerks": [
            {
                "code": f"{letters}9{place}{number:02d}",
                "office": office["code"],
                "roles": [role],
            }
            for place, office in enumerate(offices)
            for number, role in enumerate(roles)
        ],
    }


def write_folder(folder: Path) -> Path:
    """The test catalogue as a folder beside the built-in one."""
    items = every_item()
    content: dict[str, Any] = {
        "organs/example.yaml": {
            "organs": [
                {"code": "EXAMPLE_ORGAN", "name": "示例主管部门", "kind": "GOVERNMENT"},
                {"code": "EXAMPLE_COMPANY", "name": "示例公司", "kind": "COMPANY"},
            ]
        },
        "templates/example.yaml": a_template(),
        "items/example.yaml": {"items": items},
    }
    for locality, letters in zip(LOCALITIES, ("SH", "SD"), strict=True):
        content[f"localities/organs/{locality}-example.yaml"] = _organs(locality, letters)
        content[f"listings/{locality}-example.yaml"] = {
            "code": f"EXAMPLE-{locality}",
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
        path.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    return folder
