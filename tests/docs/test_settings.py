"""docs/recipes/run-in-production.md lists every setting, and none that does not exist."""

from __future__ import annotations

import re

import pytest
from pydantic import BaseModel

from settings import AdapterUrls, LocalitySettings, Settings
from tests.docs.pages import codes, page, rows, section

SECTION = section(page("docs/recipes/run-in-production.md"), "Settings")


def documented() -> dict[str, str]:
    """Setting -> its cell in the column Default."""
    found: dict[str, str] = {}
    for cells in rows(SECTION):
        for name in re.findall(r"`([a-z_]+)`", cells[0]):
            found[name] = cells[1]
    return found


@pytest.mark.parametrize("model", [Settings, LocalitySettings])
def test_every_setting_is_documented(model: type[BaseModel]) -> None:
    for name, field in model.model_fields.items():
        assert name in documented(), f"{name} is missing"
        required = "required" in documented()[name]
        derived = name in ("code", "namespace", "console_host")
        assert required == field.is_required() or derived, f"{name}: wrong about being required"


def test_a_plain_default_is_the_one_in_force() -> None:
    for name, field in LocalitySettings.model_fields.items():
        if isinstance(field.default, bool):
            assert documented()[name] == f"`{str(field.default).lower()}`"
        elif isinstance(field.default, int | float):
            assert documented()[name] == f"{field.default:g}"


def test_no_setting_is_documented_that_does_not_exist() -> None:
    known = Settings.model_fields.keys() | LocalitySettings.model_fields.keys()
    assert documented().keys() <= known


def test_every_outside_system_is_documented() -> None:
    assert AdapterUrls.model_fields.keys() <= codes(SECTION)
