"""Which matters somebody means who types a word: by code, by name, by the items of the catalogue.

Used by the lists' filter, by the search and by the pages of intake.
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


def catalogue_number(catalog: Catalog, code: str) -> str:
    """The number under which people find a matter in the public catalogue; "" where it has none.

    A matter with a procedure of its own has the number of the item that it is handled for.
    """
    return _numbers(catalog).get(code, "")


@lru_cache(maxsize=4)
def _numbers(catalog: Catalog) -> dict[str, str]:
    numbers = {one: one for one in catalog.items}
    for item in sorted(catalog.items.values(), key=lambda item: item.id):
        for code in item.own:
            numbers.setdefault(code, item.id)
    return numbers


@lru_cache(maxsize=4)
def _index(catalog: Catalog) -> Searching:
    return Searching(catalog)
