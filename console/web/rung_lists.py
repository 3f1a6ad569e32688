"""The rungs that address one's offices: the list with its filters, and what other pages show of it.

Mounted by `console.desk_app`. The office reads here what it has to answer; the board, the case page
and the worklist take their rows and numbers from here.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter
from fastapi.responses import Response

from catalog.catalog import Catalog
from console.errors import OfficeCode, OfficeError
from console.office import Record
from console.supervising import SupervisionDesk
from console.web.context import Visit, Visiting
from console.wording.labels import office_name
from console.wording.supervision import state_words
from domain.permissions import Permission
from domain.supervision import Rung
from storage import supervision_list as register
from storage.supervision_list import Listed, Wanted

router = APIRouter(include_in_schema=False)

PATH = "/board/rungs"
LISTED_WORDS = {Listed.AWAITING: "待答复", Listed.OPEN: "未了结", Listed.ALL: "全部"}
#: A case has few tasks; more rungs than these are on the list.
_OF_CASE = 20


@router.get(PATH)
async def rung_list(
    visit: Visiting,
    state: str = Listed.OPEN.value,
    office: str = "",
    rung: str = "",
    case_no: str = "",
    after: str = "",
) -> Response:
    """One page of the rungs that address the offices this person reads."""
    visit.need(Permission.READ, office or None)
    if state not in set(Listed):
        raise OfficeError(OfficeCode.WRONG_FIELD, "没有这个列表；请从督办件页面进入。")
    case_no, after = line_of(case_no), line_of(after)
    listed, catalog = Listed(state), visit.house.office.catalog
    readable = sorted(visit.person.offices(Permission.READ))
    found = await SupervisionDesk(visit.house.office).page(
        [office] if office else readable,
        listed=listed,
        rung=rung or None,
        case_no=case_no or None,
        after=after,
    )
    given = {"state": state, "office": office, "rung": rung, "case_no": case_no}
    return visit.page(
        "board_rungs.html.j2",
        title="督办件",
        listed=listed,
        lists=LISTED_WORDS,
        given=given,
        address=rungs_at,
        rungs=rung_rows(found.items, catalog),
        total=found.total,
        first=rungs_at(**given) if after else None,
        next=rungs_at(**given, after=found.next) if found.next else None,
        offices=[(code, office_name(code, catalog)) for code in readable],
        levels=[(one.value, one.label) for one in Rung],
    )


def line_of(text: str) -> str:
    """A number as it came in an address; what no register can hold is none."""
    return text.strip() if text.isprintable() else ""


def rungs_at(**asked: str) -> str:
    """The address of the list with these filters."""
    kept = {name: value for name, value in asked.items() if value}
    return f"{PATH}?{urlencode(kept)}"


def rung_rows(rungs: Iterable[Record], catalog: Catalog) -> list[dict[str, Any]]:
    """Rungs in words, for any list."""
    return [
        {
            **one,
            "rung_name": Rung(one["rung"]).label,
            "office_name": office_name(one["office"], catalog),
            "state_name": state_words(one),
        }
        for one in rungs
    ]


async def rungs_of_case(visit: Visit, case_no: str) -> list[dict[str, Any]]:
    """The open rungs of a case that this person may read."""
    offices = sorted(visit.person.offices(Permission.READ))
    wanted = Wanted(offices=offices, listed=Listed.OPEN, case_no=case_no)
    rows = await visit.house.office.read(
        lambda connection: register.rungs(connection, wanted, limit=_OF_CASE)
    )
    return rung_rows(rows, visit.house.office.catalog)


async def awaiting(visit: Visit) -> int:
    """How many rungs wait for an answer of the offices that this person reads."""
    offices = sorted(visit.person.offices(Permission.READ))
    wanted = Wanted(offices=offices, listed=Listed.AWAITING)
    return await visit.house.office.read(lambda connection: register.count(connection, wanted))
