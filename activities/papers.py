"""调取文书: pulls the documents of a letter from the sender and puts them on our case.

Used by the origin's leg for 申请迁出 and by the destination for 迁出反馈. What arrives is checked
against the digests of the letter: one differing byte and the papers are sent back.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import httpx
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection
from temporalio import activity
from temporalio.exceptions import ApplicationError

from contracts.acts import UNUSABLE, TakeInRequest, TakenIn
from contracts.families import scheme_of
from contracts.letters import Letter, ManifestItem
from storage import documents
from storage.case_tables import Case, Person
from storage.database import Database
from storage.people import open_elsewhere, put_person
from storage.records import put_record

_STRUCTURED = frozenset(
    {"MOVE_OUT_REQUEST", "MOVE_OUT_ANSWER", "TRANSFER_REQUEST", "JOINT_REQUEST"}
)
OTHER_OPEN = "OTHER_MIGRATION_OPEN"
_UNUSABLE = TakenIn(persons=0, code=UNUSABLE)


class PapersDiffer(Exception):
    """A document is missing at the sender, refused, or not what the letter's digest says."""


class PaperDesk:
    """One locality's paper desk. ``peers`` maps locality codes to their document endpoints."""

    def __init__(self, database: Database, locality: str, peers: dict[str, str]) -> None:
        self._database = database
        self._locality = locality
        self._peers = peers
        self._http = httpx.AsyncClient(timeout=5, trust_env=False)

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    @activity.defn(name="调取随函文书")
    async def take_in(self, request: TakeInRequest) -> TakenIn:
        """Pull, check and file all papers of a letter; open or update the persons' records."""
        letter = request.letter
        try:
            papers = [(item, await self._pull(letter, item)) for item in letter.manifest]
        except PapersDiffer:
            return _UNUSABLE
        try:
            async with self._database.write() as connection:
                for item, content in papers:
                    await _file(connection, request.case_no, letter, item, content)
                    await _keep_record(connection, request.case_no, letter, item, content)
                structured = [c for item, c in papers if item.type in _STRUCTURED]
                if structured:
                    return await _read(connection, request, json.loads(structured[0]))
        except IntegrityError:
            return await self._refuse_second(request, papers)
        return TakenIn(persons=0)

    async def _pull(self, letter: Letter, item: ManifestItem) -> bytes:
        async with self._database.read() as connection:
            known = await documents.load(connection, item.digest)
        if known is not None:
            return known[1]
        peer = self._peers.get(letter.from_locality)
        if peer is None:
            raise ApplicationError(
                f"没有配置地区 {letter.from_locality} 的文书地址，请在设置 peers 中补上",
                type="PEER_NOT_CONFIGURED",
            )
        answer = await self._http.get(
            f"{peer}/documents/{item.digest}",
            headers={
                "Authorization": f"Grant {letter.grant}",
                "Tongban-Locality": self._locality,
                "Tongban-Case": letter.home_case_no,
            },
        )
        if answer.status_code in (403, 404, 410):
            raise PapersDiffer(item.type)
        answer.raise_for_status()
        if documents.digest_of(answer.content) != item.digest:
            raise PapersDiffer(item.type)
        return answer.content

    async def _refuse_second(
        self, request: TakeInRequest, papers: list[tuple[ManifestItem, bytes]]
    ) -> TakenIn:
        """A second open request for a person is refused with the first's number (A0 rule 3)."""
        document = json.loads(next(c for item, c in papers if item.type in _STRUCTURED))
        numbers = [str(item["id_no"]) for item in document["migrants"]]
        moved = [str(document["subject"])] if document.get("subject") else numbers
        async with self._database.read() as connection:
            other = await open_elsewhere(
                connection,
                "LEG",
                moved,
                request.case_no,
                scheme=scheme_of(request.letter.family, request.letter.matter),
            )
        return TakenIn(
            persons=0,
            code=OTHER_OPEN,
            other_case_no=other or "",
        )


async def _file(
    connection: AsyncConnection, case_no: str, letter: Letter, item: ManifestItem, content: bytes
) -> None:
    await documents.keep(
        connection,
        content,
        case_no=case_no,
        type_=item.type,
        media_type=item.media_type,
        source=f"PEER:{letter.number}",
        person=item.person or 0,
        now=datetime.now(UTC),
    )


async def _read(
    connection: AsyncConnection, request: TakeInRequest, document: dict[str, Any]
) -> TakenIn:
    migrants = document["migrants"]
    if document["title"] == "迁出反馈":
        await _keep_registered_facts(connection, request.case_no, migrants)
        return TakenIn(persons=len(migrants))
    for migrant in migrants:
        await put_person(
            connection,
            request.case_no,
            "LEG",
            migrant,
            scheme=scheme_of(request.letter.family, request.letter.matter),
            subject=document.get("subject"),
            replaced_by=request.letter.number if request.update else None,
        )
    await connection.execute(
        update(Case)
        .where(Case.case_no == request.case_no)
        .values(
            application={key: value for key, value in document.items() if key != "migrants"},
            phone=(document.get("applicant") or {}).get("phone"),
        )
    )
    return TakenIn(persons=len(migrants))


async def _keep_record(
    connection: AsyncConnection, case_no: str, letter: Letter, item: ManifestItem, content: bytes
) -> None:
    """A structured record of the other side, such as its 信息表, is kept as one here."""
    if item.media_type == documents.JSON and item.type not in _STRUCTURED:
        read = json.loads(content)
        if "record_kind" in read:
            await put_record(
                connection,
                case_no,
                read["record_kind"],
                read["content"],
                datetime.now(UTC),
                letter_no=letter.number,
            )


async def _keep_registered_facts(
    connection: AsyncConnection, case_no: str, migrants: list[dict[str, Any]]
) -> None:
    for migrant in migrants:
        row = (
            await connection.execute(
                select(Person.details).where(
                    Person.case_no == case_no, Person.number == migrant["number"]
                )
            )
        ).one_or_none()
        if row is not None:
            await connection.execute(
                update(Person)
                .where(Person.case_no == case_no, Person.number == migrant["number"])
                .values(details={**row.details, "registered": migrant.get("registered", {})})
            )
