"""A small catalogue of invented items, for tests of what follows from the shapes alone."""

from __future__ import annotations

from datetime import date
from typing import Any

from catalog.catalog import Catalog
from catalog.definition_models import Template
from catalog.item_models import Item
from catalog.listing_models import Listing, Organ
from catalog.loader import load_catalog
from catalog.models import Level, Locality, Office
from catalog.scope_models import Agreement, Exclusion
from domain.offices import OfficeKind

TODAY = date(2026, 11, 23)
HERE, FAR, NEAR = "371002", "330902", "371003"
SHIPPED = load_catalog()

TEMPLATE: dict[str, Any] = {
    "code": "REGISTRATION",
    "name": "样例登记",
    "item_types": ["01"],
    "materials": [
        {
            "type": "APPLICATION",
            "name": "申请书",
            "issuer": "申请人",
            "required": True,
            "per_person": False,
            "shareable_from": None,
        },
        {
            "type": "LICENCE_COPY",
            "name": "证照",
            "issuer": "登记机关",
            "required": True,
            "per_person": False,
            "shareable_from": None,
            "promise": True,
        },
    ],
    "checks": [{"source": "population", "label": "人口信息核验"}],
    "steps": [
        {"kind": "ACCEPTANCE", "label": "受理", "role": "INTAKE"},
        {"kind": "REVIEW", "label": "审查", "role": "HANDLER"},
        {"kind": "DECISION", "label": "决定", "role": "APPROVER"},
    ],
    "limit": {
        "statutory": "20wd",
        "promised": "5wd",
        "basis": "行政许可法第四十二条",
        "source": "样例",
        "evidence": "design",
    },
    "fee": {"amount_fen": 0, "basis": "不收费"},
    "result": {"name": "登记证书", "kind": "CERTIFICATE"},
    "guide": {
        "conditions": ["符合法定条件"],
        "legal_basis": ["样例依据"],
        "window": "综合窗口",
        "hotline": "12345",
    },
}


def power(**said: Any) -> dict[str, Any]:
    """A power; the general one of the county's market regulator unless said otherwise."""
    return {"organ": "MARKET", "source": "样例清单", **said}


def item(number: str, **said: Any) -> Item:
    """An item that is handled online by the county's own organ unless said otherwise."""
    return Item.model_validate(
        {
            "id": number,
            "name": f"样例事项{number}",
            "item_type": "01",
            "audience": ["ENTERPRISE"],
            "modes": ["FULLY_ONLINE"],
            "modes_evidence": "design",
            "template": "REGISTRATION",
            "powers": [power()],
            "valid_from": "2020-01-01",
            **said,
        }
    )


def listing(code: str, *items: str, locality: str = HERE, reach: str = "CROSS_PROVINCE") -> Listing:
    """A list of one place that names these items."""
    return Listing.model_validate(
        {
            "code": code,
            "document": "样例文件",
            "title": "样例清单",
            "published": "2021-01-01",
            "publisher": "样例机关",
            "locality": locality,
            "annex": "附件1",
            "reach": reach,
            "numbered": len(items),
            "leaves": len(items),
            "valid_from": "2021-01-01",
            "rows": [
                {"number": position, "name": f"清单里的{one}", "item": one}
                for position, one in enumerate(items, start=1)
            ],
        }
    )


def office(code: str, name: str, level: Level = Level.COUNTY) -> Office:
    return Office.model_validate(
        {
            "code": code,
            "name": name,
            "kind": OfficeKind.SERVICE_HALL,
            "parent": None,
            "opens": "08:30",
            "closes": "17:00",
            "level": level,
        }
    )


def _place(code: str, **organs: str) -> Locality:
    """A shipped locality, or a third one beside the first, with these organs alone."""
    known = SHIPPED.localities.get(code) or SHIPPED.locality(HERE).model_copy(
        update={"code": code, "name": "威海市样例区", "short": "样例", "offices": [], "clerks": []}
    )
    added = [
        office(f"{code}-SJ-90", "样例县级市场监管机构"),
        office(f"{code[:4]}00-SJ-90", "样例市级市场监管机构", Level.CITY),
        office(f"{code}-SW-90", "样例税务机构"),
        office(f"{code}-GS-90", "样例公司"),
    ]
    return known.model_copy(
        update={
            "offices": [*known.offices, *(added if code != NEAR else added[:1])],
            "agencies": known.agencies if code != NEAR else {},
            "organs": organs or {"MARKET": f"{code}-SJ-90", "TAX": f"{code}-SW-90"},
            "upper": {Level.CITY: {"MARKET": f"{code[:4]}00-SJ-90"}} if code != NEAR else {},
        }
    )


def small(
    *items: Item,
    listings: tuple[Listing, ...] | None = None,
    agreements: tuple[Agreement, ...] = (),
    exclusions: tuple[Exclusion, ...] = (),
) -> Catalog:
    """A catalogue of these items; without lists of their own one list of HERE names them all."""
    organs = [
        Organ.model_validate({"code": code, "name": name, "kind": kind})
        for code, name, kind in (
            ("MARKET", "市场监督管理部门", "GOVERNMENT"),
            ("TAX", "税务部门", "VERTICAL"),
            ("CITY_CARDS", "智慧城市公司", "COMPANY"),
        )
    ]
    return Catalog(
        localities=[
            _place(HERE, MARKET="371002-SJ-90", CITY_CARDS="371002-GS-90"),
            _place(FAR),
            _place(NEAR, MARKET="371003-SJ-90"),
        ],
        matters=SHIPPED.matters.values(),
        transfers=SHIPPED.transfers.values(),
        policies=SHIPPED.policies,
        calendar=SHIPPED.calendar,
        calendar_files=SHIPPED.calendar_files,
        organs=organs,
        listings=(listing("TEST-LIST", *(one.id for one in items)),)
        if listings is None
        else listings,
        items=items,
        templates=[Template.model_validate(TEMPLATE)],
        agreements=agreements,
        exclusions=exclusions,
    )
