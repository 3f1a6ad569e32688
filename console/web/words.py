"""The console's second language: what is written in Chinese, said in English.

Used by every page through ``_``. The Chinese text is the key, so that nothing is ever missing; the
translations are in locale/*.po beside this module. Sentences that are put together are found by
their pattern: ``没有督办件 {0}`` is every sentence that begins so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

from babel.messages.pofile import read_po
from starlette.requests import Request

from console.web.citations import cited

_COOKIE = "language"
_LOCALE = Path(__file__).parent / "locale"
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_WEAK = 1
#: No sentence of the console is as long; whatever is was written by people.
_LONGEST = 1000
_PLACE = re.compile(r"\{\d\}")
#: What stands between the parts of a line, and what stands there in English.
_MARKS = {
    **{"；": "; ", "，": ", ", "、": ", ", "：": ": ", "。": ". ", "（": " (", "）": ") "},
    **{"《": "", "》": "", "“": "“", "”": "”", "→": "→", " ": " ", "\n": "\n", "／": " / "},
    **{"，“": ", “", "×": "×", "·": "·"},
}
_SENTENCES = re.compile("[^。]+。?")
_PARTS = re.compile("([；，、：。（）《》“”→ \n／×·]+)")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A sentence with places. ``weight``: how much of it is fixed."""

    found: re.Pattern[str]
    english: str
    weight: int

    @classmethod
    def of(cls, chinese: str, english: str) -> Pattern:
        parts = [re.escape(part) for part in _PLACE.split(chinese)]
        # A pattern of one sentence is found in one sentence.
        inside = "([^。]*?)" if chinese.find("。") == len(chinese) - 1 else "(.*?)"
        return cls(re.compile(inside.join(parts), re.DOTALL), english, len("".join(parts)))


@dataclass(frozen=True, slots=True)
class Words:
    """One language; ``gettext`` gives the Chinese text back where it has no translation."""

    language: str
    exact: Mapping[str, str] = field(default_factory=dict)
    patterns: tuple[Pattern, ...] = ()

    def gettext(self, text: str) -> str:
        """A text in this language: as a whole, by its pattern, or part by part."""
        if not self.exact or not text:
            return text
        known = self.exact.get(text)
        if known is not None:
            return known
        if len(text) > _LONGEST:
            return text
        return _composed(self.language, text) if _CHINESE.search(text) else _marks(text)

    def composed(self, text: str) -> str:
        """A text that has no translation of its own."""
        found = self._fitting(text, weak=False) or cited(text, self.exact)
        if found is not None:
            return found
        sentences = _SENTENCES.findall(text)
        if len(sentences) > 1:
            return " ".join(map(self.gettext, sentences))
        found = self._fitting(text, weak=True)
        if found is not None and not _CHINESE.search(found):
            return found  # one that is hardly more than its places fits too much by chance
        parts = _PARTS.split(text)
        if len(parts) == 1:
            return text
        said = "".join(
            _marks(part) if number % 2 else self.gettext(part) for number, part in enumerate(parts)
        )
        return re.sub(r" +", " ", said).strip()

    def _fitting(self, text: str, *, weak: bool) -> str | None:
        """The first pattern that fits, with its places said."""
        for one in self.patterns:
            found = one.found.fullmatch(text) if (one.weight <= _WEAK) == weak else None
            if found:
                return one.english.format(*map(self.gettext, found.groups()))
        return None


def words_for(request: Request) -> Words:
    """What the person chose, else what the browser asks for, else Chinese."""
    chosen = request.cookies.get(_COOKIE) or request.headers.get("accept-language", "")
    return words_of("en" if chosen.startswith("en") else "zh-CN")


@cache
def words_of(language: str) -> Words:
    """All words of a language; every file of its name or beginning with it."""
    if language == "zh-CN":
        return Words(language)
    exact: dict[str, str] = {}
    for path in sorted(_LOCALE.glob(f"{language}*.po")):
        with path.open("rb") as file:
            catalogue = read_po(file, locale=language)
        exact |= {str(one.id): str(one.string) for one in catalogue if one.id and one.string}
    patterns = [Pattern.of(*one) for one in exact.items() if _PLACE.search(one[0])]
    patterns.sort(key=lambda one: -one.weight)
    return Words(language, exact, tuple(patterns))


@lru_cache(maxsize=4096)
def _composed(language: str, text: str) -> str:
    return words_of(language).composed(text)


def _marks(text: str) -> str:
    return "".join(_MARKS.get(mark, mark) for mark in text)
