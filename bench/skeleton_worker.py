"""The skeleton's worker: `worker.py` with two straight workflows and a counter that only counts.

``python -m bench.skeleton_worker --locality 371002``. Everything else (activities, database,
outbox, options) is the production worker's.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from unittest import mock

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection
from temporalio.client import Client
from temporalio.common import SearchAttributePair, TypedSearchAttributes

import worker
from bench.skeleton import SkeletonHome, SkeletonLeg
from catalog.catalog import Catalog
from catalog.pinning import desks_of, hukou_rules, office_names
from contracts import ids, visibility
from contracts.cases import HukouFiling, HukouLegFiling
from contracts.letters import Letter, LetterVerb, Receipt, ReceiptStatus, Verdict
from counter.desk import Counter
from domain.calendar import SHANGHAI
from storage.case_tables import Case
from storage.database import Database
from storage.paper_tables import LetterRow
from storage.serials import new_case_number


def attributes(case_no: str, matter: str, locality: str, peer: str) -> TypedSearchAttributes:
    """What a workflow is started with, as the real one."""
    return TypedSearchAttributes(
        [
            SearchAttributePair(visibility.CASE_NO, case_no),
            SearchAttributePair(visibility.MATTER, matter),
            SearchAttributePair(visibility.MODE, "多地联办"),
            SearchAttributePair(visibility.LOCALITY, locality),
            SearchAttributePair(visibility.PEER, peer),
        ]
    )


async def start_skeleton(client: Client, filing: HukouFiling) -> None:
    """Start the skeleton where the real console would start the case."""
    await client.start_workflow(
        SkeletonHome.run,
        filing,
        id=ids.case_workflow_id(filing.case_no),
        task_queue=ids.task_queue(filing.locality),
        static_summary=f"骨架 {filing.case_no}",
        search_attributes=attributes(filing.case_no, filing.matter, filing.locality, filing.origin),
    )


class SkeletonCounter(Counter):
    """Takes each letter in one write, without looking whether it was here before."""

    def __init__(self, database: Database, client: Client, catalog: Catalog, locality: str) -> None:
        super().__init__(database, client, catalog, locality)
        today = datetime.now(SHANGHAI).date()
        peer = next(code for code in catalog.localities if code != locality)
        self._rules = hukou_rules(catalog, locality, peer, on=today)
        self._desks = desks_of(catalog, locality, f"{locality}-GA-01")
        self._names = office_names(catalog, locality)

    async def take(self, letter: Letter, verb: LetterVerb) -> Receipt:
        """A receipt, a row, and the workflow that the letter is for."""
        now = datetime.now(UTC)
        if verb is LetterVerb.MOVE_OUT_REQUEST:
            async with self._database.write() as connection:
                filing = await self._leg(connection, letter, now)
                receipt = await self._keep(connection, letter, filing.case_no, now)
            await self._client.start_workflow(
                SkeletonLeg.run,
                filing,
                id=ids.leg_workflow_id(letter.number),
                task_queue=ids.task_queue(self._locality),
                static_summary=f"骨架协办 {filing.case_no}",
                search_attributes=attributes(
                    filing.case_no, letter.matter, self._locality, letter.from_locality
                ),
            )
            return receipt
        workflow_id = (
            ids.leg_workflow_id(letter.in_reply_to or "")
            if verb is LetterVerb.LANDING_CONFIRMED
            else ids.case_workflow_id(letter.home_case_no)
        )
        handle = self._client.get_workflow_handle(workflow_id)
        await handle.execute_update("收信", letter, id=letter.number, result_type=Verdict)
        async with self._database.write() as connection:
            return await self._keep(connection, letter, letter.peer_case_no or "", now)

    async def _leg(
        self, connection: AsyncConnection, letter: Letter, now: datetime
    ) -> HukouLegFiling:
        today = now.astimezone(SHANGHAI).date()
        filing = HukouLegFiling(
            case_no=await new_case_number(connection, self._locality, today),
            locality=self._locality,
            locality_name="骨架",
            home_name="骨架",
            desks=self._desks,
            letter=letter,
            received_on=today,
            rules=self._rules,
            office_names=self._names,
        )
        await connection.execute(
            insert(Case).values(
                case_no=filing.case_no,
                kind="LEG",
                workflow_id=ids.leg_workflow_id(letter.number),
                workflow_name="骨架协办",
                filing=filing.model_dump(mode="json"),
                started=True,
                matter=letter.matter,
                matter_name="骨架",
                home_case_no=letter.home_case_no,
                peer=letter.from_locality,
                peer_case_no=letter.case_no,
                request_letter=letter.number,
                intake_office=self._desks.station,
                competent_office=self._desks.station,
                custodian_office=self._desks.station,
                stage="RECEIVED",
                holder="OURS",
                filed_at=now,
                received_on=today,
            )
        )
        return filing

    async def _keep(
        self, connection: AsyncConnection, letter: Letter, case_no: str, now: datetime
    ) -> Receipt:
        receipt = Receipt(
            letter_no=letter.number,
            status=ReceiptStatus.ACCEPTED,
            case_no=case_no,
            locality=self._locality,
            at=now,
            letter_digest=letter.digest(),
        )
        await connection.execute(
            insert(LetterRow).values(
                direction="IN",
                number=letter.number,
                case_no=case_no,
                home_case_no=letter.home_case_no,
                peer=letter.from_locality,
                verb=letter.verb.value,
                letter=letter.model_dump(mode="json"),
                digest=receipt.letter_digest,
                receipt=receipt.model_dump(mode="json"),
                recorded_at=now,
            )
        )
        return receipt


def main() -> int:
    """The production worker's command with these workflows and this counter."""
    with (
        mock.patch.object(worker, "WORKFLOWS", (SkeletonHome, SkeletonLeg)),
        mock.patch.object(worker, "Counter", SkeletonCounter),
    ):
        return worker.main()


if __name__ == "__main__":
    sys.exit(main())
