"""Articles of laws and numbers of documents, as English cites them.

Called by `console.web.words` for what has no translation of its own: the names of laws and of
issuing bodies are translated words, the rest is counting.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_DIGITS = {sign: number for number, sign in enumerate("零一二三四五六七八九")}
_UNITS = {"十": 10, "百": 100, "千": 1000}
_N = r"([零一二三四五六七八九十百千\d]+)"
_ARTICLE = re.compile(
    rf"《?(.*?)》?第{_N}条(?:之{_N})?(?:第{_N}款)?(?:第[（(]?{_N}[）)]?项)?", re.DOTALL
)
_DOCUMENT = re.compile(r"(.*?)〔(\d{4})〕(?:第)?(\d+)号")


def cited(text: str, known: Mapping[str, str]) -> str | None:
    """``行政许可法第四十二条第一款`` as "Administrative Licensing Law, art. 42(1)".

    None where the text is no citation, or of something that ``known`` has no English name for.
    """
    article = _ARTICLE.fullmatch(text)
    if article:
        law, number, after, *parts = article.groups()
        told = f"art. {numeral(number)}" + (f"-{numeral(after)}" if after else "")
        told += "".join(f"({numeral(part)})" for part in parts if part)
        if not law:
            return told
        named = known.get(law) or cited(law, known)
        return f"{named}, {told}" if named else None
    document = _DOCUMENT.fullmatch(text)
    if document and document[1] in known:
        return f"{known[document[1]]} [{document[2]}] No. {document[3]}"
    return None


def numeral(text: str) -> int:
    """四十二 as 42, 一千零七十六 as 1076; digits as they are."""
    if text.isdecimal():
        return int(text)
    total, last = 0, 0
    for sign in text:
        if sign in _UNITS:
            total += (last or 1) * _UNITS[sign]
            last = 0
        else:
            last = _DIGITS[sign]
    return total + last
