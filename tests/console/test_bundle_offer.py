"""A bundle is received by the definitions that the locality has published, not by what it ships."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from catalog.drafts import write_draft
from catalog.loader import load_catalog
from console.definition_desk import DefinitionDesk
from console.errors import OfficeError
from console.filing import FilingDesk
from console.office import Office
from storage.database import Database

CATALOG = load_catalog()
BUNDLE, FOOD = "YJS-KAI-CANYINDIAN", "M0206"
FORM: dict[str, Any] = {
    "matter": BUNDLE,
    "enterprise": {
        "name": "样例餐饮有限公司",
        "credit_code": "91379999MA00009019",
        "phone": "12000000086",
        "representative": {"name": "韩样例巳", "id_no": "37999919860714000X"},
    },
    "documents": [
        {"type": "FORM", "text": "一张表申请书（样例）。"},
        {"type": "PREMISES", "text": "经营场所、设施和人员材料（样例）。"},
    ],
}
AREA = {"name": "area", "label": "经营面积", "type": "NUMBER"}
LAYOUT = {
    "type": "LAYOUT",
    "name": "设施布局图",
    "issuer": "申请人",
    "required": True,
    "per_person": False,
    "shareable_from": None,
}


def an_office(database: Database) -> Office:
    async def connect() -> Any:
        raise AssertionError("nothing is started")

    return Office(database, connect, CATALOG, "371002")


@asynccontextmanager
async def published(office: Office, **changes: Any) -> AsyncIterator[None]:
    """The locality publishes the food licence with these parts changed, and takes it back."""
    content = {**yaml.safe_load(write_draft(CATALOG.definition(FOOD))), **changes}
    text = yaml.safe_dump(content, allow_unicode=True).encode()
    await DefinitionDesk(office).publish(text, "food.yaml", clerk="HC0902", note="样例公布")
    yield
    await DefinitionDesk(office).withdraw(FOOD, clerk="HC0902", reason="样例撤回")


async def offered(office: Office, folder: Path) -> None:
    desk = FilingDesk(office, only_check=True)
    await desk.file_data(FORM, folder=folder, now=datetime.now(UTC))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"fields": [AREA]}, "必填栏目“经营面积”"),
        ({"materials": [LAYOUT]}, "必交材料“设施布局图”"),
    ],
)
async def test_what_was_published_since_is_told_before_the_bundle_is_received(
    database: Database, tmp_path: Path, changes: dict[str, Any], said: str
) -> None:
    office = an_office(database)
    await offered(office, tmp_path)
    async with published(office, **changes):
        with pytest.raises(OfficeError) as caught:
            await offered(office, tmp_path)
    assert caught.value.code == "DEFECTS"
    assert "食品经营许可" in caught.value.message
    assert said in caught.value.message


async def test_what_the_locality_does_not_demand_bars_no_bundle(
    database: Database, tmp_path: Path
) -> None:
    office = an_office(database)
    async with published(office, fields=[{**AREA, "required": False}]):
        await offered(office, tmp_path)
