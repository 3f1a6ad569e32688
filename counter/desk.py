"""The counter where letters of other localities arrive: records, hands over, gives the receipt.

One instance per locality, called by the Nexus handlers. Every letter is on file before anything
happens; a resend finds its first receipt; the running case itself says whether it takes a letter.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from nexusrpc import HandlerError, HandlerErrorType
from sqlalchemy import exists, select
from sqlalchemy.dialects.postgresql import insert
from temporalio.client import Client, WorkflowUpdateFailedError
from temporalio.common import (
    SearchAttributePair,
    TypedSearchAttributes,
    WorkflowIDConflictPolicy,
    WorkflowIDReusePolicy,
)
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import RPCError, RPCStatusCode

from activities.calendars import Calendars
from activities.definitions import Definitions
from catalog.catalog import Catalog
from catalog.pinning import (
    agency_desks,
    counters,
    desks_of,
    hukou_rules,
    office_names,
    transfer_rules,
)
from catalog.routes import Unroutable
from catalog.transfer_models import TransferMatter
from contracts import ids, visibility
from contracts.cases import CaseResult, HukouLegFiling, LegFiling
from contracts.families import MODE_LABELS, ONE_LETTER, family, is_item
from contracts.letters import (
    Letter,
    LetterVerb,
    Receipt,
    ReceiptCode,
    ReceiptStatus,
    Verdict,
)
from counter.general_legs import mode_of, pin_leg
from counter.updates import ask
from domain.calendar import SHANGHAI, received_on
from domain.errors import DomainError
from storage.case_tables import Case
from storage.database import Database
from storage.letter_register import answer_letter, take_in
from storage.serials import new_case_number
from storage.step_tables import Act

#: The letters that open a leg.
OPENING = frozenset({LetterVerb.MOVE_OUT_REQUEST, LetterVerb.REQUEST})
#: What the sender is told of an item that may not be handled here; its case goes on with it.
_REFUSALS: Mapping[StrEnum, ReceiptCode] = {
    Unroutable.SAME_PLACE: ReceiptCode.UNSUPPORTED,
    **{code: ReceiptCode(code.value) for code in Unroutable if code.value in set(ReceiptCode)},
}
#: Nexus gives a handler about ten seconds; the running case answers in milliseconds or not at all.
_CASE_SECONDS = 8.0


class Counter:
    """Takes letters for one locality."""

    def __init__(self, database: Database, client: Client, catalog: Catalog, locality: str) -> None:
        self._database = database
        self._client = client
        self._catalog = catalog
        self._locality = locality
        self._calendars = Calendars(catalog, locality)
        self._definitions = Definitions(catalog, locality)

    async def take(self, letter: Letter, verb: LetterVerb) -> Receipt:
        """The receipt for a letter; raises only where the sender shall try again."""
        now = datetime.now(UTC)
        case_no = await self._case_of(letter)
        async with self._database.write() as connection:
            known_digest, answered = await take_in(connection, letter, case_no or None, now)
        if known_digest != letter.digest():
            return self._receipt(letter, case_no, ReceiptCode.NUMBER_REUSED, now).linked("")
        if answered is not None:
            return answered
        received: date | None = None
        if letter.verb is not verb or letter.to_locality != self._locality:
            verdict = _refused(ReceiptCode.WRONG_ADDRESS)
        elif verb in OPENING:
            case_no, received, verdict = await self._open_leg(letter, now)
        elif case_no is None:
            verdict = _refused(ReceiptCode.UNKNOWN_CASE)
        else:
            verdict = await self._hand_over(letter, case_no)
        receipt = self._receipt(letter, case_no, verdict.code, now, received)
        receipt = receipt.model_copy(update={"facts": verdict.facts})
        async with self._database.write() as connection:
            return await answer_letter(connection, receipt, letter.home_case_no, case_no)

    def _receipt(
        self,
        letter: Letter,
        case_no: str | None,
        code: ReceiptCode | None,
        now: datetime,
        received_on: date | None = None,
    ) -> Receipt:
        return Receipt(
            letter_no=letter.number,
            status=ReceiptStatus.REFUSED if code else ReceiptStatus.ACCEPTED,
            case_no=case_no or "",
            locality=self._locality,
            at=now,
            letter_digest=letter.digest(),
            code=code,
            received_on=received_on,
        )

    async def _case_of(self, letter: Letter) -> str | None:
        """Our case that the letter is about: named by number, or by the request it answers."""
        async with self._database.read() as connection:
            for column, value in (
                (Case.case_no, letter.peer_case_no),
                (Case.request_letter, letter.in_reply_to or letter.number),
            ):
                if value:
                    found = (
                        await connection.execute(
                            select(Case.case_no).where(
                                column == value, Case.home_case_no == letter.home_case_no
                            )
                        )
                    ).scalar_one_or_none()
                    if found is not None:
                        return str(found)
        return None

    async def _open_leg(
        self, letter: Letter, now: datetime
    ) -> tuple[str | None, date | None, Verdict]:
        """Open the leg once per letter and start its workflow under the letter's number."""
        try:
            filing = await self._filing(letter, now)
        except DomainError as error:
            return None, None, _refused(_REFUSALS.get(error.code, ReceiptCode.WRONG_ADDRESS))
        except KeyError:  # no such family, or no office here that has the competence
            return None, None, _refused(ReceiptCode.UNSUPPORTED)
        if letter.needs_permit and letter.permit_no and await self._permit_served(letter):
            return None, None, _refused(ReceiptCode.PERMIT_USED)
        if letter.family in ONE_LETTER and await self._letter_open(letter):
            return None, None, _refused(ReceiptCode.LETTER_OPEN)
        mode = mode_of(self._catalog, letter)
        filing = await self._keep_leg(filing, letter, now)
        with contextlib.suppress(WorkflowAlreadyStartedError):  # a late resend of a finished leg
            await self._client.start_workflow(
                family(letter.family).leg,
                filing,
                result_type=CaseResult,
                id=ids.leg_workflow_id(letter.number),
                task_queue=ids.task_queue(self._locality),
                id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
                id_conflict_policy=WorkflowIDConflictPolicy.USE_EXISTING,
                static_summary=f"{family(letter.family).leg} {filing.case_no}",
                search_attributes=TypedSearchAttributes(
                    [
                        SearchAttributePair(visibility.CASE_NO, filing.case_no),
                        SearchAttributePair(visibility.MATTER, letter.matter),
                        SearchAttributePair(visibility.MODE, MODE_LABELS[mode]),
                        SearchAttributePair(visibility.LOCALITY, self._locality),
                        SearchAttributePair(visibility.PEER, letter.from_locality),
                    ]
                ),
            )
        return filing.case_no, filing.received_on, Verdict(status=ReceiptStatus.ACCEPTED)

    async def _filing(self, letter: Letter, now: datetime) -> LegFiling:
        catalog, today = self._catalog, now.astimezone(SHANGHAI).date()
        locality = catalog.locality(self._locality)
        if is_item(letter.matter):
            return await self._item_filing(letter, now)
        matter = catalog.any_matter(letter.matter)
        if matter.family != letter.family:
            raise KeyError(letter.family)
        known = {office.code for office in locality.offices}
        if isinstance(matter, TransferMatter):
            desks = agency_desks(catalog, self._locality, matter.peer_agency)
            station = desks.station
        else:
            # A station not ours is no reason to refuse: the register will tell the right one.
            asked = letter.to_office
            station = asked if asked in known and asked else locality.hukou.default_station
            desks = desks_of(catalog, self._locality, station)
        office = catalog.office(station)
        async with self._database.read() as connection:
            calendar = await self._calendars.of_office(connection, office.code)
        common = {
            **self._head(letter, matter.name),
            "desks": desks,
            "received_on": received_on(now, office.opens, office.closes, calendar),
        }
        if isinstance(matter, TransferMatter):
            rules = transfer_rules(catalog, matter, self._locality, letter.from_locality, on=today)
            return LegFiling(**common, rules=rules)
        hukou = hukou_rules(catalog, self._locality, letter.from_locality, on=today)
        return HukouLegFiling(**common, rules=hukou)

    async def _item_filing(self, letter: Letter, now: datetime) -> LegFiling:
        """A leg of an item under a generic procedure: pinned by what is in force here."""
        today = now.astimezone(SHANGHAI).date()
        async with self._database.read() as connection:
            pinned = await pin_leg(connection, self._definitions, letter, today)
            calendar = await self._calendars.of_office(connection, pinned.desks.station)
        office = self._catalog.office(pinned.desks.station)
        return LegFiling(
            **self._head(letter, pinned.name),
            desks=pinned.desks,
            received_on=received_on(now, office.opens, office.closes, calendar),
            rules=pinned.rules,
            general=pinned.terms,
        )

    def _head(self, letter: Letter, matter_name: str) -> dict[str, Any]:
        """What every leg's filing begins with."""
        catalog = self._catalog
        return {
            "case_no": "",
            "locality": self._locality,
            "locality_name": catalog.locality(self._locality).name,
            "home_name": catalog.locality(letter.from_locality).name,
            "matter_name": matter_name,
            "letter": letter,
            "office_names": office_names(catalog, self._locality),
            "counters": counters(catalog),
        }

    async def _permit_served(self, letter: Letter) -> bool:
        """A permit that already led to a cancellation serves no second request (G2, H3)."""
        async with self._database.read() as connection:
            served = await connection.execute(
                select(Case.case_no).where(
                    Case.kind == "LEG",
                    Case.filing["letter"]["permit_no"].astext == letter.permit_no,
                    Case.request_letter != letter.number,
                    Case.stage.in_(("IN_TRANSIT", "MOVED_OUT", "RESTORED")),
                )
            )
            return served.first() is not None

    async def _letter_open(self, letter: Letter) -> bool:
        """An earlier letter of the same case is neither answered with a refusal nor closed."""
        refused = exists().where(Act.case_no == Case.case_no, Act.code == "PEER_REFUSED")
        async with self._database.read() as connection:
            earlier = await connection.execute(
                select(Case.case_no).where(
                    Case.kind == "LEG",
                    Case.home_case_no == letter.home_case_no,
                    Case.request_letter != letter.number,
                    Case.closed_at.is_(None),
                    ~refused,
                )
            )
            return earlier.first() is not None

    async def _keep_leg(self, filing: LegFiling, letter: Letter, now: datetime) -> LegFiling:
        async with self._database.write() as connection:
            known = (
                await connection.execute(
                    select(Case.filing).where(Case.request_letter == letter.number)
                )
            ).scalar_one_or_none()
            if known is not None:
                return type(filing).model_validate(known)
            today = now.astimezone(SHANGHAI).date()
            number = await new_case_number(connection, self._locality, today)
            filing = filing.model_copy(update={"case_no": number})
            await connection.execute(
                insert(Case).values(
                    case_no=number,
                    kind="LEG",
                    workflow_id=ids.leg_workflow_id(letter.number),
                    workflow_name=family(letter.family).leg,
                    filing=filing.model_dump(mode="json"),
                    started=True,
                    matter=letter.matter,
                    matter_name=filing.matter_name,
                    home_case_no=letter.home_case_no,
                    peer=letter.from_locality,
                    peer_case_no=letter.case_no,
                    request_letter=letter.number,
                    intake_office=filing.desks.station,
                    competent_office=filing.desks.station,
                    custodian_office=filing.desks.station,
                    stage="RECEIVED",
                    holder="OURS",
                    filed_at=now,
                    received_on=filing.received_on,
                )
            )
            return filing

    async def _hand_over(self, letter: Letter, case_no: str) -> Verdict:
        async with self._database.read() as connection:
            case = (
                await connection.execute(
                    select(Case.workflow_id, Case.closed_at).where(Case.case_no == case_no)
                )
            ).one()
        handle = self._client.get_workflow_handle(case.workflow_id)
        try:
            verdict = await ask(
                handle, "收信", letter, key=letter.number, answer=Verdict, seconds=_CASE_SECONDS
            )
        except WorkflowUpdateFailedError:
            return _refused(ReceiptCode.NOT_EXPECTED)
        except RPCError as error:
            # A case on file that does not run yet will be started: the sender tries again.
            if error.status is RPCStatusCode.NOT_FOUND and case.closed_at is not None:
                return _refused(ReceiptCode.CASE_CLOSED)
            # Some of these would be taken for final, and a letter that only comes at a bad moment
            # would be a task for a person.
            raise HandlerError(
                f"not now: {error.status.name}", type=HandlerErrorType.UNAVAILABLE
            ) from None
        return verdict


def _refused(code: ReceiptCode) -> Verdict:
    return Verdict(status=ReceiptStatus.REFUSED, code=code)
