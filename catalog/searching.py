"""Finding an item by any word that people have for it: names, pinyin initials, numbers, codes.

Called by ``catalogue search``, the public page and the JSON API.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache

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
    names: tuple[tuple[str, str], ...]  # as written, and plain


class Searching:
    """The index of one catalogue."""

    def __init__(self, catalog: Catalog) -> None:
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
            codes = (item.id.casefold(), *(code.casefold() for code in item.own))
            names = tuple((name, plain(name)) for name in written)
            self._entries.append(_Entry(item, codes, names))

    def find(self, words: str) -> list[Found]:
        """Items that match every word, the best first; all of them where nothing is asked."""
        asked = [(plain(part), part.casefold()) for part in words.split() if plain(part)]
        if not asked:
            every = sorted(self._entries, key=lambda one: one.item.id)
            return [Found(one.item, 0, one.item.name) for one in every]
        found = []
        for entry in self._entries:
            scores = [_score(entry, word, code) for word, code in asked]
            if all(score for score, _ in scores):
                total = min(score for score, _ in scores)
                found.append(Found(entry.item, total, scores[0][1]))
        return sorted(found, key=lambda one: (-one.score, len(one.matched), one.item.id))


def fits(words: str, code: str, name: str) -> bool:
    """Whether every word is in a name, its pinyin initials or its code; for lists of one's own."""
    known = plain(name)
    return all(
        part.casefold() in code.casefold()
        or plain(part) in known
        or (part.isascii() and len(part) > 1 and bool(_sounding(plain(part), *_pinyin(known))))
        for part in words.split()
    )


def plain(text: str) -> str:
    """Small letters and digits and characters alone: marks and widths do not matter."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(letter for letter in folded if letter.isalnum())


def _score(entry: _Entry, word: str, code: str) -> tuple[int, str]:
    if code in entry.codes or word in entry.codes:
        return _EXACT, entry.item.name
    best = (0, "")
    sounds = word.isascii() and len(word) > 1
    for name, known in entry.names:
        if known == word:
            score = _NAME
        elif known.startswith(word):
            score = _START
        elif word in known:
            score = _PART
        elif sounds:
            score = _sounding(word, *_pinyin(known))
        else:
            score = 0
        if score and (score, -len(name)) > (best[0], -len(best[1])):
            best = (score, name)
    return best


def _sounding(word: str, initials: str, whole: str) -> int:
    if word in initials:
        return _INITIALS + (_INITIALS // 4 if initials.startswith(word) else 0)
    return _SOUND if len(word) > 3 and word in whole else 0


@cache
def _pinyin(name: str) -> tuple[str, str]:
    """Initials and whole pinyin; kept, since a thousand names take a while."""
    from pypinyin import lazy_pinyin  # heavy, and only who types letters needs it

    # What is no character sounds as it is written; its types ask for a name.
    sounds = lazy_pinyin(name, errors=list)  # type: ignore[arg-type]
    return "".join(sound[0] for sound in sounds), "".join(sounds)
