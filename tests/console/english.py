"""Every page that a test draws is drawn in English as well, and must have nothing Chinese in it.

Allowed is what nobody translates: names of places and offices of the catalogue, what somebody typed
(fields, and whatever the page marks as Chinese), numbers of papers and certificates such as
准迁3710022026000001, and words that tests invent, which begin with 样例.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from jinja2 import Template

from console.web.words import words_of
from tests.console.test_signing_in import CATALOG

CHINESE = re.compile(r"[\u4e00-\u9fff]+")
#: Attributes that people read or hear; ``value`` is what somebody typed.
_READ = ("alt", "title", "aria-label", "placeholder", "label", "content")
_VOID = frozenset({"input", "img", "meta", "link", "br", "hr"})
_NAMES = sorted(
    {
        name
        for locality in CATALOG.localities.values()
        for name in (
            *(locality.name, locality.short),
            *(office.name for office in locality.offices),
        )
    },
    key=len,
    reverse=True,
)
#: Words of tests, and numbers of papers and of certificates.
_NUMBERS = (
    r"样例[\w〔〕]*",
    r"[\u4e00-\u9fff]+〔\d{4}〕[\w-]+",
    r"[\u4e00-\u9fff]{2,4}\d{13,}",
)
_ALLOWED = re.compile("|".join([*map(re.escape, _NAMES), *_NUMBERS]))


class Reader(HTMLParser):
    """Collects what a page says in Chinese where it may not."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, bool]] = []
        self.found: list[str] = []

    @property
    def allowed(self) -> bool:
        return any(allowed for _, allowed in self.open)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        chinese = (given.get("lang") or "").startswith("zh")
        for name in _READ:
            if not (self.allowed or chinese):
                self.note(given.get(name) or "")
        if tag not in _VOID:
            # A drawing is made before the page, in the language of the first reading.
            drawn = tag == "svg" and "course" in (given.get("class") or "")
            self.open.append((tag, chinese or drawn or tag == "textarea"))

    def handle_endtag(self, tag: str) -> None:
        while tag in (one for one, _ in self.open):
            if self.open.pop()[0] == tag:
                return

    def handle_data(self, data: str) -> None:
        if not self.allowed:
            self.note(data)

    def note(self, text: str) -> None:
        if CHINESE.search(_ALLOWED.sub("", text)):
            self.found.append(" ".join(text.split()))


def untranslated(page: str) -> list[str]:
    """The Chinese texts of an English page that are neither names nor typed."""
    reader = Reader()
    reader.feed(page)
    return reader.found


def drawn_twice(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """While a test runs, each page is drawn once more in English; what is missing fails it."""
    missing: set[tuple[str, str]] = set()
    english = words_of("en")
    first = Template.render

    def render(template: Template, *args: Any, **values: Any) -> str:
        if "_" in values and template.name:
            again = first(template, *args, **{**values, "_": english.gettext, "language": "en"})
            missing.update((template.name, text) for text in untranslated(again))
        return first(template, *args, **values)

    monkeypatch.setattr(Template, "render", render)
    yield
    assert not missing, sorted(missing)
