"""Finding an item by any word that people have for it: names, pinyin initials, numbers, codes.

Called by ``catalogue search``, the public page and the JSON API. Built once per process: the pinyin
of a thousand names takes a tenth of a second.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from catalog.catalog import Catalog
from catalog.item_models import Item

_EXACT, _NAME, _START, _PART, _INITIALS, _SOUND = 100, 90, 80, 60, 40, 20


@dataclass(frozen=True, slots=True)
class Found:
    """An item with the words that matched; higher ``score``: a better match."""

    item: Item
    score: int
    matched: str


@dataclass(frozen=True, slots=True)
class _Entry:
    item: Item
    codes: tuple[str, ...]
    names: tuple[tuple[str, str, str, str], ...]  # as written, plain, initials, whole pinyin


class Searching:
    """The index of one catalogue."""

    def __init__(self, catalog: Catalog) -> None:
        from pypinyin import Style, lazy_pinyin  # heavy, and only who searches needs it

        self._entries = []
        for item in catalog.items.values():
            rows = [listed.row for listed in catalog.lists.rows(item.id)]
            written = dict.fromkeys(
                (
                    item.name,
                    *item.aliases,
                    *(row.name for row in rows),
                    *(row.group for row in rows if row.group),
                )
            )
            names = []
            for name in written:
                known = plain(name)
                sounds = lazy_pinyin(known)
                initials = "".join(lazy_pinyin(known, style=Style.FIRST_LETTER))
                names.append((name, known, initials, "".join(sounds)))
            codes = (item.id.casefold(), *(code.casefold() for code in item.own))
            self._entries.append(_Entry(item, codes, tuple(names)))

    def find(self, words: str) -> list[Found]:
        """Items that match every word, the best first; all of them where nothing is asked."""
        asked = [(plain(part), part.casefold()) for part in words.split() if plain(part)]
        found = []
        for entry in self._entries:
            scores = [_score(entry, word, code) for word, code in asked]
            if all(score for score, _ in scores):
                total = min((score for score, _ in scores), default=0)
                matched = scores[0][1] if scores else entry.item.name
                found.append(Found(entry.item, total, matched))
        return sorted(found, key=lambda one: (-one.score, len(one.matched), one.item.id))


def plain(text: str) -> str:
    """Small letters and digits and characters alone: marks and widths do not matter."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in folded if letter.isalnum())


def _score(entry: _Entry, word: str, code: str) -> tuple[int, str]:
    if code in entry.codes or word in entry.codes:
        return _EXACT, entry.item.name
    best = (0, "")
    for name, known, initials, sound in entry.names:
        if known == word:
            score = _NAME
        elif known.startswith(word):
            score = _START
        elif word in known:
            score = _PART
        elif word.isascii() and len(word) > 1 and word in initials:
            score = _INITIALS + (_INITIALS // 4 if initials.startswith(word) else 0)
        elif word.isascii() and len(word) > 3 and word in sound:
            score = _SOUND
        else:
            continue
        if (score, -len(name)) > (best[0], -len(best[1])):
            best = (score, name)
    return best
