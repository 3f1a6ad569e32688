"""The console's second language: what is written in Chinese, said in English.

Used by every page through ``_``. The Chinese text is the key, so that nothing is ever missing; the
translations are in locale/en.po beside this module.
"""

from __future__ import annotations

import io
from functools import cache
from gettext import GNUTranslations, NullTranslations
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from starlette.requests import Request

#: The languages in the order of the menu; the first one needs no translations.
LANGUAGES = {"zh-CN": "中文", "en": "English"}
_COOKIE = "language"
_LOCALE = Path(__file__).parent / "locale"


class Words:
    """One language; ``gettext`` gives the Chinese text back where it has no translation."""

    def __init__(self, language: str, translations: NullTranslations) -> None:
        self.language = language
        self.gettext = translations.gettext


def words_for(request: Request) -> Words:
    """What the person chose, else what the browser asks for, else Chinese."""
    chosen = request.cookies.get(_COOKIE) or request.headers.get("accept-language", "")
    return _words("en" if chosen.startswith("en") else "zh-CN")


@cache
def _words(language: str) -> Words:
    if language == "zh-CN":
        return Words(language, NullTranslations())
    with (_LOCALE / f"{language}.po").open("rb") as file:
        catalogue = read_po(file, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return Words(language, GNUTranslations(compiled))
