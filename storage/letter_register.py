"""The register of letters in and out with their receipts, and the grants that open attachments.

Called while a transition is written (letters out), by the counter (letters in) and by the document
endpoint (grants).
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.letters import Letter, ManifestItem, Receipt
from contracts.transitions import Transition
from storage.paper_tables import LetterRow

#: How long a letter's attachments may be pulled: the longest lawful wait of a hukou leg and more.
GRANT_DAYS = 180


def grant_of(secret: bytes, letter_no: str, peer: str) -> str:
    """The grant a letter carries; derived, so that a repeated transition gives the same."""
    seal = hmac.new(secret, f"{letter_no}|{peer}".encode(), hashlib.sha256).hexdigest()
    return f"{letter_no}.{seal}"


async def granted_item(
    connection: AsyncConnection, secret: bytes, grant: str, digest: str, now: datetime
) -> tuple[Letter, ManifestItem] | None:
    """The letter and manifest item that this grant opens, or None."""
    number, _, _ = grant.rpartition(".")
    row = (
        await connection.execute(
            select(LetterRow.peer, LetterRow.letter, LetterRow.grant_until).where(
                LetterRow.direction == "OUT", LetterRow.number == number
            )
        )
    ).one_or_none()
    if row is None or not hmac.compare_digest(grant, grant_of(secret, number, row.peer)):
        return None
    if row.grant_until is None or row.grant_until < now:
        return None
    letter = Letter.model_validate(row.letter)
    for item in letter.manifest:
        if item.digest == digest:
            return letter, item
    return None


async def keep_drafts(
    connection: AsyncConnection, transition: Transition, letters: dict[str, Letter]
) -> None:
    """Keep the letters of this transition; a draft that was never sent gives way."""
    for letter in letters.values():
        values = {
            "case_no": transition.case_no,
            "home_case_no": letter.home_case_no,
            "peer": letter.to_locality,
            "verb": letter.verb.value,
            "letter": letter.model_dump(mode="json", exclude={"grant"}),
            "digest": letter.digest(),
            "recorded_at": transition.at,
            "grant_until": transition.at + timedelta(days=GRANT_DAYS),
        }
        await connection.execute(
            insert(LetterRow)
            .values(direction="OUT", number=letter.number, **values)
            .on_conflict_do_update(
                index_elements=["direction", "number"],
                set_=values,
                where=LetterRow.receipt.is_(None),
            )
        )


async def file_receipts(connection: AsyncConnection, transition: Transition) -> None:
    """File the receipts that came back for letters of ours."""
    for filed in transition.receipts:
        await connection.execute(
            update(LetterRow)
            .where(LetterRow.direction == "OUT", LetterRow.number == filed.receipt.letter_no)
            .values(receipt=filed.receipt.model_dump(mode="json"))
        )


async def take_in(
    connection: AsyncConnection, letter: Letter, case_no: str | None, now: datetime
) -> tuple[str, Receipt | None]:
    """Record a letter that arrived: (digest on record, receipt if it was answered before)."""
    await connection.execute(
        insert(LetterRow)
        .values(
            direction="IN",
            number=letter.number,
            case_no=case_no,
            home_case_no=letter.home_case_no,
            peer=letter.from_locality,
            verb=letter.verb.value,
            letter=letter.model_dump(mode="json"),
            digest=letter.digest(),
            recorded_at=now,
        )
        .on_conflict_do_nothing()
    )
    row = (
        await connection.execute(
            select(LetterRow.digest, LetterRow.receipt).where(
                LetterRow.direction == "IN", LetterRow.number == letter.number
            )
        )
    ).one()
    return row.digest, Receipt.model_validate(row.receipt) if row.receipt else None


async def answer_letter(
    connection: AsyncConnection, receipt: Receipt, home_case_no: str, case_no: str | None
) -> Receipt:
    """Link the receipt to the case's chain and keep it; the first answer to a letter stays."""
    # One at a time for each case: two letters at once must not both follow the same receipt.
    await connection.execute(select(func.pg_advisory_xact_lock(func.hashtext(home_case_no))))
    given = await _receipts_of(connection, home_case_no)
    if receipt.letter_no in given:
        return given[receipt.letter_no]
    followed = {item.previous for item in given.values()}
    ends = [item.chain for item in given.values() if item.chain not in followed]
    linked = receipt.linked(ends[0] if ends else "")
    await connection.execute(
        update(LetterRow)
        .where(LetterRow.direction == "IN", LetterRow.number == receipt.letter_no)
        .values(receipt=linked.model_dump(mode="json"), case_no=case_no)
    )
    return linked


async def _receipts_of(connection: AsyncConnection, home_case_no: str) -> dict[str, Receipt]:
    rows = await connection.execute(
        select(LetterRow.number, LetterRow.receipt).where(
            LetterRow.direction == "IN",
            LetterRow.home_case_no == home_case_no,
            LetterRow.receipt.is_not(None),
        )
    )
    return {row.number: Receipt.model_validate(row.receipt) for row in rows}


async def void_letters(connection: AsyncConnection, transition: Transition) -> None:
    """联系函作废: the guard against a second request while the first still asks."""
    for voided in transition.letters_voided:
        await connection.execute(
            update(LetterRow)
            .where(LetterRow.direction == "OUT", LetterRow.number == voided.number)
            .values(voided_at=transition.at, void_reason=voided.reason)
        )
