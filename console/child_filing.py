"""Files and withdraws the children of composite cases, each as the ordinary application it is.

Given to the worker's child round (`counter.child_round`), which knows when; this knows how. A child
takes the fields and materials of the common form that its bundle maps to it.
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from catalog.catalog import Catalog
from catalog.listing_models import Mode
from console.errors import OfficeCode, OfficeError
from console.filing import FilingDesk
from console.office import Office
from contracts.cases import CaseFiling
from contracts.commands import Verb
from contracts.scenario import PinnedChild, ScenarioTerms
from storage import documents, scenarios
from storage.case_tables import Case

#: Not the application's fault: the round tries again.
_LATER = frozenset({OfficeCode.UNAVAILABLE, OfficeCode.BUSY, OfficeCode.PENDING})
_SUFFIXES = {"application/pdf": ".pdf", "image/png": ".png", "image/jpeg": ".jpg"}


@dataclass(frozen=True, slots=True)
class _Paper:
    type: str
    media_type: str
    content: bytes


class ChildFiling:
    """One locality's children."""

    def __init__(self, office: Office) -> None:
        self._office = office

    async def file(self, wanted: scenarios.Wanted) -> bool:
        """The child as a case of its own, once; False where it has to be tried again."""
        now = datetime.now(UTC)

        async def kept(connection: AsyncConnection, case_no: str) -> None:
            await scenarios.filed(connection, wanted, case_no, now)

        try:
            with tempfile.TemporaryDirectory() as folder:
                data = await self._application(wanted, Path(folder))
                desk = FilingDesk(self._office, kept=kept)
                await desk.file_data(data, folder=Path(folder), now=now)
        except scenarios.AlreadyFiled:
            return True
        except OfficeError as error:
            if error.code in _LATER:
                return False
            async with self._office.database.write() as connection:
                await scenarios.not_filed(connection, wanted, str(error.code), error.message, now)
        return True

    async def withdraw(self, child: scenarios.Unwanted) -> bool:
        """Ask the child's case to end; a refusal of it is an answer. False: try again."""
        refused = ""
        try:
            await self._office.ask(
                child.case_no,
                Verb.WITHDRAW,
                command_id=f"c-{child.composite_no}-{child.item}",
            )
        except OfficeError as error:
            if error.code in _LATER:
                return False
            refused = str(error.code)
        async with self._office.database.write() as connection:
            await scenarios.withdrawal_settled(connection, child, refused, datetime.now(UTC))
        return True

    async def _application(self, wanted: scenarios.Wanted, folder: Path) -> dict[str, Any]:
        """The child's own application, read out of the composite's."""
        async with self._office.database.read() as connection:
            row = (
                await connection.execute(
                    select(Case.filing, Case.application).where(Case.case_no == wanted.composite_no)
                )
            ).one()
            papers = await _papers(connection, wanted.composite_no)
            others = await scenarios.children_of(connection, wanted.composite_no)
        terms = CaseFiling.model_validate(row.filing).scenario
        assert terms is not None  # only composite cases have children
        child = next(one for one in terms.children if one.item == wanted.item)
        parts = [
            _part(folder, number, child.materials[paper.type], paper)
            for number, paper in enumerate(papers)
            if paper.type in child.materials
        ]
        founded = {
            one.item: one.case_no
            for one in others
            if one.case_no and self._office.catalog.item(one.item).founds
        }
        return child_application(
            self._office.catalog,
            terms,
            child,
            row.application,
            parts,
            founded_in=next((no for item, no in founded.items() if item != child.item), None),
        )


def child_application(
    catalog: Catalog,
    terms: ScenarioTerms,
    child: PinnedChild,
    common: dict[str, Any],
    documents: list[dict[str, Any]],
    *,
    founded_in: str | None = None,
) -> dict[str, Any]:
    """What the child's form says: who applies, and its share of fields, papers and promises.

    ``founded_in``: the bundle's own case in which an enterprise without a credit code was founded.
    """
    given = common.get("details", {})
    application: dict[str, Any] = {
        "matter": child.item,
        "details": {
            own: given[field] for field, own in child.fields.items() if given.get(field) is not None
        },
        "documents": documents,
        "agent": common.get("agent"),
        "peer_locality": terms.peer if child.peer and terms.peer else None,
        "mode": _mode(terms, child) or None,
    }
    if common.get("enterprise"):
        application["enterprise"] = dict(common["enterprise"])
        if founded_in and not application["enterprise"].get("credit_code"):
            application["enterprise"]["founded_in"] = founded_in
    else:
        application["applicant"] = common["applicant"]
    if not catalog.item(child.item).own:
        for options in ("promised", "deferred"):
            types = common.get(options) or ()
            application[options] = [own for type_, own in child.materials.items() if type_ in types]
    return {name: value for name, value in application.items() if value is not None}


def _mode(terms: ScenarioTerms, child: PinnedChild) -> str:
    """What is collected for another place is this place's own where the form names no other."""
    at_home = child.peer and not terms.peer and child.mode == Mode.PROXY_INTAKE
    return Mode.WINDOW.value if at_home else child.mode


async def _papers(connection: AsyncConnection, case_no: str) -> list[_Paper]:
    """What the applicant handed in with the common form, and since."""
    found = []
    for item in await documents.manifest(connection, case_no, sources=("APPLICANT",)):
        loaded = await documents.load(connection, item.digest)
        if loaded is not None:
            found.append(_Paper(item.type, *loaded))
    return found


def _part(folder: Path, number: int, type_: str, paper: _Paper) -> dict[str, Any]:
    """As an application names a document: its text, or a file beside it."""
    if paper.media_type.startswith("text/plain"):
        return {"type": type_, "text": paper.content.decode()}
    name = f"{number}{_SUFFIXES.get(paper.media_type, '.bin')}"
    (folder / name).write_bytes(paper.content)
    return {"type": type_, "file": name}
