"""A small test catalogue of items: as data of the shapes, to be written into an extra folder."""

from __future__ import annotations

from typing import Any

SOURCE = "示例清单"


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
        "name": "示例事项",
        "item_type": "01",
        "audience": ["PERSON", "ENTERPRISE"],
        "modes": ["FULLY_ONLINE", "PROXY_INTAKE"],
        "modes_evidence": "design",
        "template": "EXAMPLE_LICENCE",
        "powers": [{"organ": "HALL", "source": SOURCE}],
        "valid_from": "2021-01-01",
        **changes,
    }
