"""Documents keep their address, grants open what they name and nothing else, receipts chain."""

from __future__ import annotations

from datetime import timedelta

from contracts.letters import FEE_BACK, Letter, LetterVerb, Receipt, ReceiptStatus
from contracts.transitions import LetterDrafted
from storage import documents
from storage.database import Database
from storage.letter_register import answer_letter, grant_of, granted_item, take_in
from tests.storage.builders import NOW, open_case, record, step

SECRET = b"only-for-tests"


def letter(case_no: str, number: str, **changes: object) -> Letter:
    return Letter.model_validate(
        {
            "number": number,
            "verb": LetterVerb.MOVE_OUT_REQUEST,
            "from_locality": "371002",
            "from_office": "371002-GA-01",
            "to_locality": "330902",
            "to_office": "330902-GA-01",
            "case_no": case_no,
            "home_case_no": case_no,
            "persons": (1,),
            "sent_at": NOW,
            **changes,
        }
    )


async def drafted(database: Database, case_no: str, filing: object) -> Letter:
    number = f"{case_no}-01"
    result = await record(
        database,
        step(
            filing,  # type: ignore[arg-type]
            1,
            letters=(LetterDrafted(letter=letter(case_no, number), attach=("MOVE_OUT_REQUEST",)),),
        ),
    )
    return result.letters[number]


async def test_a_letter_carries_digests_and_a_grant_but_no_personal_data(
    database: Database,
) -> None:
    filing = await open_case(database)
    sent = await drafted(database, filing.case_no, filing)
    (item,) = sent.manifest
    async with database.read() as connection:
        found = await documents.load(connection, item.digest)
    assert found is not None
    assert documents.digest_of(found[1]) == item.digest
    assert "样例1" in found[1].decode()
    assert "样例1" not in sent.model_dump_json()
    assert sent.grant == grant_of(SECRET, sent.number, "330902")


async def test_a_grant_opens_its_own_letter_for_a_time_and_nothing_else(
    database: Database,
) -> None:
    filing, other = await open_case(database), await open_case(database)
    sent = await drafted(database, filing.case_no, filing)
    foreign = await drafted(database, other.case_no, other)
    digest = sent.manifest[0].digest
    async with database.read() as connection:
        assert await granted_item(connection, SECRET, sent.grant, digest, NOW)
        assert not await granted_item(
            connection, SECRET, sent.grant, foreign.manifest[0].digest, NOW
        )
        assert not await granted_item(connection, SECRET, sent.grant + "0", digest, NOW)
        assert not await granted_item(connection, b"another-secret!!", sent.grant, digest, NOW)
        later = NOW + timedelta(days=181)
        assert not await granted_item(connection, SECRET, sent.grant, digest, later)


async def test_the_first_receipt_of_a_letter_stays_and_receipts_form_a_chain(
    database: Database,
) -> None:
    filing = await open_case(database)
    receipts: list[Receipt] = []
    for number in (f"{filing.case_no}-01", f"{filing.case_no}-02"):
        arrived = letter(filing.case_no, number)
        async with database.write() as connection:
            digest, answered = await take_in(connection, arrived, None, NOW)
            assert digest == arrived.digest()
            assert answered is None
            receipt = Receipt(
                letter_no=number,
                status=ReceiptStatus.ACCEPTED,
                case_no="",
                locality="330902",
                at=NOW + timedelta(seconds=len(receipts)),
                letter_digest=digest,
            )
            receipts.append(await answer_letter(connection, receipt, filing.case_no, None))
        async with database.write() as connection:
            _, repeated = await take_in(connection, arrived, None, NOW + timedelta(days=1))
            assert repeated == receipts[-1]
    first, second = receipts
    assert second.previous == first.chain
    assert first.verifies()
    assert second.verifies()
    assert not second.model_copy(update={"letter_digest": "0" * 64}).verifies()
    assert not second.model_copy(update={"facts": {FEE_BACK: "1250"}}).verifies()
    told = second.model_copy(update={"facts": {FEE_BACK: "1250"}}).linked(second.previous)
    assert told.verifies() and not told.model_copy(update={"facts": {}}).verifies()
