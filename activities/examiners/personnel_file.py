"""A8 for the business desk: may the file be asked for, may it leave, how it may travel (R2)."""

from __future__ import annotations

from collections import Counter
from typing import Any

from activities.examining import Findings, Question, examiner
from catalog.matter_policies import file_policy
from contracts.parcels import ParcelItem, items_text
from domain.schemes import personnel_file
from domain.schemes.file_contents import items_of
from domain.transports import ItemKind


@examiner("PERSONNEL_FILE", "DESTINATION")
def destination(asked: Question) -> Findings:
    """A state body needs the papers of its personnel office; a file that is here already."""
    details = asked.application.get("details", {})
    record: dict[str, Any] = {
        "receiver": details.get("receiver"),
        "agency_papers": details.get("agency_papers") in (True, "YES", "yes"),
    }
    policy = file_policy(asked.catalog, asked.locality, asked.peer, on=asked.on)
    found = personnel_file.destination_findings(record, policy, asked.on)
    here = ("HELD_HERE_ALREADY",) if asked.status == "HELD" else ()
    return Findings(codes=(*(one.code for one in found), *here))


@examiner("PERSONNEL_FILE", "ORIGIN")
def origin(asked: Question) -> Findings:
    """Refusals by code, or the content list and the ways that are open to this file."""
    if asked.record is None:
        return Findings(codes=("NOT_HELD_HERE",))
    policy = file_policy(asked.catalog, asked.locality, asked.peer, on=asked.on)
    held = asked.status == "HELD"
    record: dict[str, Any] = {
        **asked.record,
        "status": "HELD" if held else "SENT",
        "open_letter": "" if held else str(asked.record.get("letter_no") or ""),
    }
    codes = personnel_file.origin_findings(record, policy, asked.on, letter=asked.letter_no)
    categories = personnel_file.categories_of(record)
    ways = personnel_file.allowed_transports(categories, policy)
    special = personnel_file.Transport.REGISTERED_MAIL not in ways
    contents = items_of(record)
    kind = ItemKind.SPECIAL_FILE if special else ItemKind.PERSONNEL_FILE
    pages: Counter[str] = Counter()
    for item in contents:
        pages[item.number] += max(item.pages, 1)
    listed = tuple(ParcelItem(code=code, kind=kind, count=n) for code, n in pages.items())
    return Findings(
        codes=tuple(one.code for one in codes),
        statement={
            "file_no": str(asked.record.get("file_no") or ""),
            "categories": [one.value for one in categories],
            "items": [
                {"number": one.number, "title": one.title, "pages": one.pages, "key": one.key}
                for one in contents
            ],
        },
        facts={
            "ways": ",".join(one.value for one in ways),
            "special": "yes" if special else "no",
            "items": items_text(listed),
            "keys": ",".join(sorted({one.number for one in contents if one.key})),
        },
    )
