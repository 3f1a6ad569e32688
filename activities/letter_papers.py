"""Draws up letters: composes the structured documents from the register and attaches them.

Called while a transition is written. The documents hold the personal data of the message set of
docs/rules.md A1 (申请迁出, 迁出反馈); the letter names them by digest and carries the grant.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.families import TRANSFERS
from contracts.letters import Letter, LetterVerb, ManifestItem
from contracts.transitions import LetterDrafted
from domain.hukou import REISSUE_REFUSAL
from domain.refusals import refusal_words
from storage import documents
from storage.case_tables import Case, Person
from storage.letter_register import grant_of
from storage.records import latest_record
from storage.step_tables import Act
from storage.task_tables import CommandRow

Compose = Callable[[AsyncConnection, LetterDrafted, Any], Awaitable[dict[str, Any]]]

#: Documents that the applicant gave or a shared register proved travel with the request.
_OF_THE_APPLICANT = ("APPLICANT", "SHARED")
#: The acts whose written reason goes into a refusing answer.
_REFUSALS = (
    "ORIGIN_REFUSED",
    "PEER_REFUSED",
    "PART_REFUSED",
    "REISSUE_REFUSED",
    "NOT_ACCEPTED",
    "NOT_GRANTED",
    "NOT_COLLECTED",
    "LAPSED",
    "TERMINATED",  # unpaid
)


class LetterPapers:
    """Composes what a letter attaches; ``secret`` seals the grant."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    async def draw_up(self, connection: AsyncConnection, draft: LetterDrafted) -> Letter:
        """The letter with manifest and grant; a repeat gives the same letter."""
        letter = draft.letter
        case = (
            await connection.execute(
                select(
                    Case.case_no, Case.matter_name, Case.application, Case.phone, Case.peer
                ).where(Case.case_no == letter.case_no)
            )
        ).one()
        now = letter.sent_at or datetime.min
        items: list[ManifestItem] = []
        for kind in draft.attach:
            if kind == "APPLICANT":
                items += await documents.manifest(
                    connection, letter.case_no, sources=_OF_THE_APPLICANT
                )
                continue
            composer = _COMPOSERS.get(kind) or _from_record(kind)
            content = await composer(connection, draft, case)
            items.append(
                await documents.keep(
                    connection,
                    documents.as_json(content),
                    case_no=letter.case_no,
                    type_=kind,
                    media_type=documents.JSON,
                    source="OFFICE",
                    now=now,
                )
            )
        return letter.model_copy(
            update={
                "manifest": tuple(items),
                "grant": grant_of(self._secret, letter.number, letter.to_locality),
            }
        )


async def _persons(connection: AsyncConnection, letter: Letter) -> list[dict[str, Any]]:
    rows = await connection.execute(
        select(Person.number, Person.relation, Person.name, Person.id_no, Person.details)
        .where(Person.case_no == letter.case_no)
        .order_by(Person.number)
    )
    return [
        {
            "number": row.number,
            "relation": row.relation,
            "name": row.name,
            "id_no": row.id_no,
            **row.details,
        }
        for row in rows
        if not letter.persons or row.number in letter.persons
    ]


def _head(letter: Letter, title: str) -> dict[str, Any]:
    return {
        "title": title,
        "letter_no": letter.number,
        "home_case_no": letter.home_case_no,
        "sender": {"locality": letter.from_locality, "office": letter.from_office},
        "receiver": {"locality": letter.to_locality, "office": letter.to_office},
        "issued_at": letter.sent_at.isoformat() if letter.sent_at else None,
    }


async def _move_out_request(
    connection: AsyncConnection, draft: LetterDrafted, case: Any
) -> dict[str, Any]:
    letter = draft.letter
    application = case.application or {}
    return {
        **_head(letter, "申请迁出"),
        "matter": letter.matter,
        "reason": application.get("reason"),
        "applicant": application.get("applicant"),
        "origin": {
            "locality": letter.to_locality,
            "station": letter.to_office,
            "address": application.get("origin_address"),
        },
        "destination": {
            "locality": letter.from_locality,
            "station": letter.from_office,
            "address": application.get("destination_address"),
            "household": application.get("receiving_household"),
        },
        "permit": {
            "number": letter.permit_no,
            "valid_until": letter.permit_valid_until.isoformat()
            if letter.permit_valid_until
            else None,
        },
        "migrants": await _persons(connection, letter),
    }


async def _move_out_answer(
    connection: AsyncConnection, draft: LetterDrafted, case: Any
) -> dict[str, Any]:
    letter = draft.letter
    return {
        **_head(letter, "迁出反馈"),
        "certificates": [item.model_dump(mode="json") for item in letter.certificates],
        "migrants": await _persons(connection, letter),
    }


async def _refusal_notice(
    connection: AsyncConnection, draft: LetterDrafted, case: Any
) -> dict[str, Any]:
    letter = draft.letter
    written = (
        await connection.execute(
            select(Act.reason, Act.facts)
            .where(
                Act.case_no == letter.case_no,
                Act.code.in_(_REFUSALS),
                Act.voided_at.is_(None),
            )
            .order_by(Act.id.desc())
            .limit(1)
        )
    ).one()
    if letter.verb is LetterVerb.CERTIFICATE_REISSUED:
        title, (text, remedy) = "不予补发反馈", REISSUE_REFUSAL
    else:
        title = "不予迁出反馈" if letter.verb is LetterVerb.MOVE_OUT_ANSWER else "不予办理答复"
        code = letter.reason_code or ""
        text, remedy = refusal_words(letter.family, code) or (written.reason or code, "")
    if letter.forward_locality:
        remedy = f"{remedy}（户口现在地区{letter.forward_locality}）"
    return {
        **_head(letter, title),
        "code": letter.reason_code,
        "text": text,
        "reason": written.reason,
        "remedy": remedy,
        "other_case_no": written.facts.get("other_case") or None,
        "migrants": [item["number"] for item in await _persons(connection, letter)],
    }


async def _not_landed_proof(
    connection: AsyncConnection, draft: LetterDrafted, case: Any
) -> dict[str, Any]:
    letter = draft.letter
    return {
        **_head(letter, "未落户证明"),
        "proof_no": letter.proof_no,
        "reason": letter.reason_code,
        "certificates": [item.model_dump(mode="json") for item in letter.certificates],
        "migrants": await _persons(connection, letter),
    }


async def _clarification(
    connection: AsyncConnection, draft: LetterDrafted, case: Any
) -> dict[str, Any]:
    """The clerk's own words: they may be personal, so they travel as a document."""
    body = (
        await connection.execute(
            select(CommandRow.body).where(CommandRow.command_id == draft.command_id)
        )
    ).scalar_one()
    return {**_head(draft.letter, "商请核实"), "question": body["reason"]}


async def _correction_list(
    connection: AsyncConnection, draft: LetterDrafted, case: Any
) -> dict[str, Any]:
    """Everything that is missing, told once, in the clerk's own words."""
    body = (
        await connection.execute(
            select(CommandRow.body).where(CommandRow.command_id == draft.command_id)
        )
    ).scalar_one()
    return {**_head(draft.letter, "补正告知"), "defects": list(body.get("defects", ()))}


async def _transfer_request(
    connection: AsyncConnection, draft: LetterDrafted, case: Any
) -> dict[str, Any]:
    """联系函 and its kin: who applies, for what, with the fields of the matter."""
    letter, application = draft.letter, case.application or {}
    return {
        **_head(letter, TRANSFERS[letter.family].letter_name(letter.verb)),
        "matter": letter.matter,
        "applicant": application.get("applicant"),
        "agent": application.get("agent"),
        "details": application.get("details", {}),
        "subject": await _subject(connection, letter.case_no),
        "migrants": await _persons(connection, letter),
    }


async def _joint_request(
    connection: AsyncConnection, draft: LetterDrafted, case: Any
) -> dict[str, Any]:
    """联办协助函: the application, and which part of it is asked for."""
    content = await _transfer_request(connection, draft, case)
    facts = draft.letter.facts
    # One person may have several open parts in a locality: of other items, or other organs.
    subject = f"{content['subject']}:{facts.get('organ', '')}"
    return {**content, "part": facts.get("label"), "subject": subject}


async def _subject(connection: AsyncConnection, case_no: str) -> str:
    """What is moved; the origin that the home side adds to tell several apart is left out."""
    subject = (
        await connection.execute(
            select(Person.subject).where(Person.case_no == case_no, Person.number == 1)
        )
    ).scalar_one()
    return str(subject).partition("@")[0]


def _from_record(kind: str) -> Compose:
    """A structured document that an activity has put on the case, as it stands now."""

    async def compose(
        connection: AsyncConnection, draft: LetterDrafted, case: Any
    ) -> dict[str, Any]:
        record = await latest_record(connection, draft.letter.case_no, kind)
        content = record.content if record else {}
        title = TRANSFERS[draft.letter.family].letter_name(draft.letter.verb)
        return {**_head(draft.letter, title), "record_kind": kind, "content": content}

    return compose


_COMPOSERS: dict[str, Compose] = {
    "MOVE_OUT_REQUEST": _move_out_request,
    "MOVE_OUT_ANSWER": _move_out_answer,
    "REFUSAL_NOTICE": _refusal_notice,
    "NOT_LANDED_PROOF": _not_landed_proof,
    "CLARIFICATION": _clarification,
    "TRANSFER_REQUEST": _transfer_request,
    "JOINT_REQUEST": _joint_request,
    "CORRECTION_LIST": _correction_list,
}
