"""Which matters somebody means who types a word: by code, by name, by the items of the catalogue.

Used by the lists' filter and by the search.
"""

from __future__ import annotations

from functools import lru_cache

from catalog.catalog import Catalog
from catalog.searching import Searching, plain

#: More than this is no longer a search for a matter.
_MOST = 40


def matters_named(catalog: Catalog, words: str) -> tuple[str, ...]:
    """Codes as cases carry them; nothing where no matter is called so."""
    asked = plain(words)
    if not asked:
        return ()
    named = {one.code: one.name for one in catalog.matters.values()}
    named |= {one.code: one.name for one in catalog.transfers.values()}
    codes = [code for code in named if words.strip().upper() == code]
    if not codes:
        codes = [code for code, name in named.items() if asked in plain(name)]
        for found in _index(catalog).find(words):
            codes += [found.item.id, *found.item.own]
    return tuple(dict.fromkeys(codes))[:_MOST]


@lru_cache(maxsize=4)
def _index(catalog: Catalog) -> Searching:
    return Searching(catalog)
