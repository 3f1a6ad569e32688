"""What people said, as tables of a bulletin: 好差评 ratings and 12345 tickets.

Called by `bulletins.view`. Bulletins of the first format have neither and show neither.
"""

from __future__ import annotations

from bulletins.model import Cell, Chart, Sheet, percent
from bulletins.sheets import Content, Names, decimal
from bulletins.words import LEVELS

_TOLD = ("评价", *LEVELS.values(), "平均分", "默认满意", "差评", "按期回访", "应整改", "按期整改")


def sheets(content: Content, names: Names) -> tuple[Sheet, ...]:
    """The tables that this bulletin's format has."""
    if "ratings" not in content:
        return ()
    return ratings(content, names), tickets(content, names)


def ratings(content: Content, names: Names) -> Sheet:
    """Ratings of the period by office and matter, the whole first."""
    rows = content["ratings"]
    whole = rows[0]["given"]
    rated = any(whole.values())
    return Sheet(
        "群众评价",
        ("机构", "事项", *_TOLD),
        tuple(
            (
                names.of(row["office"]) if row["office"] else "合计",
                names.of(row["matter"]) if row["matter"] else "",
                *_rating(row),
            )
            for row in rows
        ),
        "平均分以五分为满分；默认满意单列，不计入评价和平均分；申诉成立的评价不计。"
        "按期回访、按期整改为截至统计时的情况，各以时限届满未曾登记逾期为准。",
        Chart(
            "评价等次",
            tuple(LEVELS.values()),
            (("评价", tuple(whole[level] for level in LEVELS)),),
            unit="次",
        )
        if rated
        else None,
    )


def _rating(row: Content) -> tuple[Cell, ...]:
    given = row["given"]
    return (
        sum(given.values()),
        *(given[level] for level in LEVELS),
        decimal(row["average"]),
        row["default"],
        row["low"],
        _share(row["called_back_in_time"], row["low"]),
        row["to_rectify"],
        _share(row["rectified_in_time"], row["to_rectify"]),
    )


def tickets(content: Content, names: Names) -> Sheet:
    """12345 tickets of the period, the whole first."""
    whole, *offices = content["tickets"]
    return Sheet(
        "热线工单",
        ("机构", "收到", "退单", "答复", "按期答复", "二次办理", "办结", "回访满意"),
        (
            (
                "合计",
                whole["received"],
                whole["returned"],
                *_replies(whole),
                whole["closed"],
                percent(whole["satisfied"], whole["closed"]),
            ),
            *(
                (names.of(row["office"]), "", row["returned"], *_replies(row), "", "")
                for row in offices
            ),
        ),
        "合计的退单指退回热线平台的；各机构的退单指其认为不属本机构而退给牵头机构的。"
        "答复按轮计，二次办理为其中群众不满意后再次办理的。",
    )


def _replies(row: Content) -> tuple[Cell, ...]:
    return row["replied"], _share(row["on_time"], row["replied"]), row["repeated"]


def _share(part: int, whole: int) -> Cell:
    """Number and share: nothing to compare is no unknown."""
    return f"{part}（{percent(part, whole)}）" if whole else 0
