"""Sums as slips print them: grouped figures and, on vouchers, capital Chinese numerals."""

from __future__ import annotations

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_MYRIADS = ("", "万", "亿", "万亿")


def figures(fen: int) -> str:
    """2064000 -> 20,640.00 (yuan)."""
    sign, whole = ("-" if fen < 0 else ""), abs(fen)
    return f"{sign}{whole // 100:,}.{whole % 100:02d}"


def capitals(fen: int) -> str:
    """2064000 -> 贰万零陆佰肆拾元整. Raises ValueError below 0 and from 10^16 yuan on."""
    if fen < 0 or fen >= 10**18:
        raise ValueError("a sum in capitals lies between 0 and 10^16 yuan")
    yuan, jiao, small = fen // 100, fen // 10 % 10, fen % 10
    text = f"{_whole(yuan)}元" if yuan or not fen else ""
    if not jiao and not small:
        return f"{text}整"
    if jiao:
        text += f"{_DIGITS[jiao]}角"
    elif yuan:
        text += "零"
    return f"{text}{_DIGITS[small]}分" if small else f"{text}整"


def _whole(yuan: int) -> str:
    if not yuan:
        return _DIGITS[0]
    text, gap = "", False
    for place in reversed(range(len(_MYRIADS))):
        group = yuan // 10_000**place % 10_000
        if not group:
            gap = bool(text)
            continue
        if text and (gap or group < 1000):
            text += _DIGITS[0]
        text, gap = f"{text}{_group(group)}{_MYRIADS[place]}", False
    return text


def _group(group: int) -> str:
    text, gap = "", False
    for place in reversed(range(4)):
        digit = group // 10**place % 10
        if not digit:
            gap = bool(text)
            continue
        text += (_DIGITS[0] if gap else "") + _DIGITS[digit] + _PLACES[place]
        gap = False
    return text
