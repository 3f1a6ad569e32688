"""YAML is read as PyYAML reads it, and a field's line is the one that people look at."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from catalog.loader import DATA
from catalog.yaml_text import NotPlain, line_of, read_yaml

TEXT = """\
# a comment
items:
  - id: M0001

    powers:
      - {organ: TAX, source: 样例}
      - organ: POLICE
        source: 样例
  - id: M0002
thresholds:
  parent.min: 1
  parent: 2
"""


@pytest.mark.parametrize("path", sorted(DATA.rglob("*.yaml")), ids=lambda path: path.stem)
def test_every_shipped_file_has_the_values_that_pyyaml_reads(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert read_yaml(text) == yaml.safe_load(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a:\n",
        "[1, 1.5, 0x1f, 017, 1e3, .inf, ~, null, true, No, on, '1', \"1\", 2026-11-23]",
        "{a: 2026-11-23T08:30:00+08:00, b: 12:30:45, 2: x, true: y, null: z}",
        "a: |\n  two\n  lines\nb: >\n  folded\n  line\n",
        "just a text",
    ],
)
def test_plain_values_mean_what_they_mean_in_pyyaml(text: str) -> None:
    assert read_yaml(text) == yaml.safe_load(text)


def test_an_impossible_date_stays_text_for_its_field_to_be_named() -> None:
    assert read_yaml("day: 2026-11-31") == {"day": "2026-11-31"}


@pytest.mark.parametrize(
    ("field", "line"),
    [
        ("items", 2),
        ("items[0].id", 3),
        ("items[0].powers[0].organ", 6),
        ("items[0].powers[1]", 7),
        ("items[0].powers[1].source", 8),
        ("items[0].powers[1].missing", 7),
        ("items[1].powers[3].organ", 9),
        ("items[7].id", 2),
        ("thresholds.parent.min", 11),
        ("thresholds.parent", 12),
        ("nothing", None),
    ],
)
def test_the_line_of_a_field_or_of_what_encloses_it(field: str, line: int | None) -> None:
    assert line_of(TEXT, field) == line


def test_text_that_is_no_yaml_has_no_lines_of_fields() -> None:
    assert line_of("a: [", "a") is None


def test_what_is_nested_without_end_is_refused() -> None:
    with pytest.raises((NotPlain, yaml.YAMLError)):
        read_yaml("[" * 100_000)
