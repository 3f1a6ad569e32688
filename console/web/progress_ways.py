"""The applicant's page: the result that a finished case has, and whether the case can be withdrawn.

Called by `console.web.progress_view`. What a running case takes is asked of the case itself; that
it refuses a withdrawal past the point of no return follows from the register, as in the workflows
(`workflows.home_case`, `workflows.general_case`).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from console.office import Office
from console.wording.labels import valid_words
from contracts.commands import REJECTIONS, RejectionCode, Verb
from contracts.families import HUKOU
from domain.routes import ROUTES
from domain.stages import Stage
from storage.progress_results import Standing, results_of, standing_of, way_delivered

Record = dict[str, Any]

_SILENT = "办理系统暂时没有答复，现在不能撤回；请稍后再试，或者到收件窗口办理。"
_NOT_NOW = "办件在当前环节不能撤回；有疑问的，请向收件窗口咨询。"


@dataclass(frozen=True, slots=True)
class Results:
    """Numbers with their last days; ``library``: they stand there, ``electronic``: only there."""

    numbers: tuple[tuple[str, str | None], ...]
    library: bool
    electronic: bool


async def results(office: Office, record: Record) -> Results | None:
    """What a finished case has brought; None where it has no numbered result of its own."""
    if record["closed_at"] is None:
        return None
    case_no = record["case_no"]
    found = await office.read(lambda connection: results_of(connection, case_no))
    if not found:
        return None
    way = await office.read(lambda connection: way_delivered(connection, case_no))
    # Before results could be on paper alone every one of them was put into the library.
    library = bool((record["general"] or {}).get("result_electronic", True))
    return Results(
        tuple((one.number, valid_words(one.valid_until)) for one in found),
        library,
        library and way == "ELECTRONIC",
    )


async def no_withdrawal(
    office: Office, record: Record, allowed: Collection[Verb] | None
) -> str | None:
    """Why the case cannot be withdrawn now; None where it can. ``allowed``: None, no answer."""
    case_no = record["case_no"]
    standing = await office.read(lambda connection: standing_of(connection, case_no))
    code = _past(record, standing, taken=allowed is None or Verb.WITHDRAW in allowed)
    if code is not None:
        return REJECTIONS[code]
    if allowed is None:
        return _SILENT
    return None if Verb.WITHDRAW in allowed else _NOT_NOW


def _past(record: Record, standing: Standing, *, taken: bool) -> RejectionCode | None:
    """The reason past the point of no return. ``taken``: the case would hear the request."""
    if standing.decided:
        return RejectionCode.ALREADY_DECIDED
    if not standing.answered:
        return None
    family = record["family"]
    if family == HUKOU.code:
        return None if taken else RejectionCode.TOO_LATE
    route = ROUTES.get(family)
    money = route is not None and Stage.BOOKING in route.home
    return RejectionCode.ALREADY_RELEASED if money or not taken else None
