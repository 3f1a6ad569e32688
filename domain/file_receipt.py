"""What the receiver of a personnel file may decide after its check; pure.

Called by the home procedure of A8. A file is never split and never kept back: missing items are
asked for once, only missing key items or a broken seal lead to a return (docs/rules.md A8).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from domain.custody import count_differences


def lacking(listed: Mapping[str, int], counted: Mapping[str, int]) -> dict[str, int]:
    """By item: how many pages fewer than listed."""
    found = count_differences(listed, counted)
    return {code: -number for code, number in found.items() if number < 0}


def allowed_receipts(
    listed: Mapping[str, int],
    counted: Mapping[str, int],
    keys: Collection[str],
    *,
    seal_broken: bool,
    supplemented: bool,
) -> frozenset[str]:
    """The outcomes of FILE_TAKE_IN. ``counted``: items that differ; ``keys``: may not be missing.

    ``supplemented``: the origin has answered the one notice of missing items.
    """
    missing = lacking(listed, counted)
    back = frozenset({"SEND_BACK"}) if seal_broken else frozenset()
    if not count_differences(listed, counted):
        return back | {"ACCEPT"}
    if missing and not supplemented:
        return back | {"ASK_SUPPLEMENT"}
    if set(missing) & set(keys):
        return frozenset({"ACCEPT_CONSENT", "SEND_BACK"})
    return back | {"ACCEPT_DIFFERENCES"}


def with_supplement(
    listed: Mapping[str, int], counted: Mapping[str, int], arrived: Mapping[str, int]
) -> dict[str, int]:
    """The count after a supplement of ``arrived`` pages by item; only what still differs."""
    total = {code: number + arrived.get(code, 0) for code, number in counted.items()}
    return {code: number for code, number in total.items() if number != listed.get(code, 0)}
