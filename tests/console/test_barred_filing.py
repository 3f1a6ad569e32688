"""A matter with a procedure of its own is refused where its item is cancelled or excluded."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from catalog.catalog import Catalog
from catalog.scope_models import Exclusion
from console.errors import OfficeError
from console.filing import FilingDesk
from console.office import Office
from storage.database import Database
from tests.catalog.small import HERE, item, power, small

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
OWN: dict[str, Any] = {"own": ["HUKOU-SPOUSE"], "template": None, "modes": ["JOINT"]}
LINE = Exclusion.model_validate(
    {
        "item": "M0001",
        "locality": HERE,
        "modes": ["JOINT"],
        "reason": "系统停机升级",
        "remedy": "请到窗口办理",
        "source": "样例公告",
        "valid_from": "2026-11-01",
        "valid_to": "2026-11-30",
    }
)
CATALOGUES = {
    "EXCLUDED": small(item("M0001", **OWN), exclusions=(LINE,)),
    "CANCELLED": small(item("M0001", powers=[power(kind="CANCELLED")], **OWN)),
}


def desk(database: Database, catalog: Catalog) -> FilingDesk:
    async def connect() -> Any:
        raise AssertionError("a refused application is never started")

    return FilingDesk(Office(database, connect, catalog, HERE))


@pytest.mark.parametrize("code", sorted(CATALOGUES))
@pytest.mark.parametrize("matter", ["HUKOU-SPOUSE", "M0001"])
async def test_it_is_refused_with_reason_and_remedy(
    database: Database, tmp_path: Path, code: str, matter: str
) -> None:
    with pytest.raises(OfficeError) as caught:
        await desk(database, CATALOGUES[code]).file_data(
            {"matter": matter}, folder=tmp_path, now=NOW
        )
    assert caught.value.code == code
    assert "请" in caught.value.message


async def test_after_its_last_day_the_line_bars_nothing(database: Database, tmp_path: Path) -> None:
    later = datetime(2026, 12, 1, 2, 0, tzinfo=UTC)
    with pytest.raises(OfficeError) as caught:
        await desk(database, CATALOGUES["EXCLUDED"]).file_data(
            {"matter": "HUKOU-SPOUSE"}, folder=tmp_path, now=later
        )
    assert caught.value.code not in CATALOGUES
