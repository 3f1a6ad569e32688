"""The numbers that others use for levels and channels, both ways; nothing else knows them.

Two numberings run against each other: the national 好差评 interface counts stars (5 is best), while
GB/T 39046 A.8 counts from 1 for 非常满意 to 5 for 非常不满意. The channel numbers are those of the
national interface as far as they are known to us (from memory; a platform that differs replaces
the table).
"""

from domain.ratings import Channel, Level

_BEST_FIRST = (
    Level.VERY_SATISFIED,
    Level.SATISFIED,
    Level.BASIC,
    Level.DISSATISFIED,
    Level.VERY_DISSATISFIED,
)
_FROM_STARS = {5 - place: level for place, level in enumerate(_BEST_FIRST)}
_FROM_GBT = {place + 1: level for place, level in enumerate(_BEST_FIRST)}
_TO_STARS = {level: stars for stars, level in _FROM_STARS.items()}
_TO_GBT = {level: code for code, level in _FROM_GBT.items()}
_FROM_CHANNEL = {
    "1": Channel.WEB,
    "2": Channel.MOBILE,
    "3": Channel.QR_CODE,
    "4": Channel.WINDOW,
    "5": Channel.TERMINAL,
    "6": Channel.HOTLINE,
}
_TO_CHANNEL = {channel: code for code, channel in _FROM_CHANNEL.items()}


def level_of_stars(stars: int) -> Level | None:
    """The level of so many stars of the national interface; None for a number that is none."""
    return _FROM_STARS.get(stars)


def stars(level: Level) -> int:
    """The level in stars of the national interface, 5 for the best."""
    return _TO_STARS[level]


def level_of_gbt(code: int) -> Level | None:
    """The level of a code of GB/T 39046 A.8; None for a number that is none."""
    return _FROM_GBT.get(code)


def gbt_code(level: Level) -> int:
    """The level as a code of GB/T 39046 A.8, 1 for the best."""
    return _TO_GBT[level]


def channel_of(code: str) -> Channel | None:
    """The channel of a code of the national interface; None for one that is none."""
    return _FROM_CHANNEL.get(code)


def channel_code(channel: Channel) -> str:
    """The channel as a code of the national interface."""
    return _TO_CHANNEL[channel]
