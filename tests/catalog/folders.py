"""A third locality as an extra catalogue folder, and what the loader says about a folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from catalog.errors import CatalogError
from catalog.loader import load_catalog

LOCALITY = """
code: "339903"
name: 示例市云水县
short: 云水
province: 示例省
city: 示例市
regions: [长三角]
hukou: {bureau: 339903-GA-00, default_station: 339903-GA-01}
offices:
  - {code: 339903-GA-00, name: 云水县公安局, kind: POLICE_BUREAU, parent: null,
     opens: "08:30", closes: "17:30"}
  - {code: 339903-GA-01, name: 云水派出所, kind: POLICE_STATION, parent: 339903-GA-00,
     opens: "08:30", closes: "17:30", closed_days: [2026-11-24]}
  - {code: 339903-ZW-01, name: 云水县政务服务中心, kind: SERVICE_HALL, parent: null,
     opens: "09:00", closes: "17:00"}
clerks:
  - {code: YS0001, office: 339903-GA-00, roles: [HANDLER]}
  - {code: YS0002, office: 339903-GA-00, roles: [APPROVER]}
  - {code: YS0101, office: 339903-GA-01, roles: [INTAKE, HANDLER]}
  - {code: YS0103, office: 339903-GA-01, roles: [APPROVER]}
  - {code: YS0901, office: 339903-ZW-01, roles: [INTAKE]}
  - {code: YS0902, office: 339903-ZW-01, roles: [SUPERVISOR]}
  - {code: YS0903, office: 339903-ZW-01, roles: [HANDLER]}
"""

POLICY = """
policies:
  - {key: hukou.review.promised, locality: "339903", limit: 8wd, basis: 示例承诺,
     source: 示例, evidence: design, valid_from: 2026-01-01}
"""

Write = Callable[[str, str], None]


def problems(folder: Path) -> list[str]:
    with pytest.raises(CatalogError) as caught:
        load_catalog(folder)
    assert str(folder.parent) not in str(caught.value)
    return [str(problem) for problem in caught.value.problems]


def places(folder: Path) -> set[tuple[str, str]]:
    with pytest.raises(CatalogError) as caught:
        load_catalog(folder)
    return {(problem.file, problem.field) for problem in caught.value.problems}


def published(year: int) -> str:
    return (
        f"kind: PUBLISHED\nyear: {year}\nnotice: 示例通知\npublished_on: {year - 1}-11-01\n"
        f"holidays:\n  - {{name: 元旦, from: {year}-01-01, to: {year}-01-03}}\nmake_up: []\n"
    )


def a_matter() -> str:
    return (
        (Path(__file__).parents[2] / "catalog/data/matters/hukou-graduation.yaml")
        .read_text(encoding="utf-8")
        .replace("HUKOU-GRADUATION", "HUKOU-EXAMPLE")
    )
