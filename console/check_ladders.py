"""Reads the rungs of a locality for the check, each with the rules it was issued by."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from catalog.catalog import Catalog
from catalog.supervision_policies import ladder_policy, supervision_desk
from console.supervision_slips import KINDS
from domain.calendar import SHANGHAI
from domain.invariants.rungs import IssuedRung, RungPaper, RungRecord
from domain.supervision import LadderPolicy, Rung
from storage.slip_tables import SlipRow
from storage.supervision_tables import SupervisionRecord, SupervisionRow


async def read_rungs(
    connection: AsyncConnection, catalog: Catalog, locality: str
) -> list[tuple[str, IssuedRung]]:
    """(case number, rung) of every rung that was issued, oldest first."""
    records: dict[str, list[RungRecord]] = defaultdict(list)
    for one in await connection.execute(select(SupervisionRecord).order_by(SupervisionRecord.id)):
        records[one.number].append(RungRecord(kind=one.kind, at=one.at, reason=one.reason))
    papers: dict[str, list[RungPaper]] = defaultdict(list)
    kinds = [kind.value for kind in KINDS.values()]
    for slip in await connection.execute(select(SlipRow).where(SlipRow.kind.in_(kinds))):
        papers[slip.subject].append(RungPaper(kind=slip.kind, case_no=slip.case_no))
    desk = supervision_desk(catalog, locality)
    policies: dict[date, LadderPolicy] = {}

    def policy(row: Any) -> LadderPolicy:
        on = row.issued_at.astimezone(SHANGHAI).date()
        if on not in policies:
            policies[on] = ladder_policy(catalog, locality, on)
        return policies[on]

    return [
        (
            row.case_no,
            IssuedRung(
                number=row.number,
                task_id=row.task_id,
                office=row.office,
                rung=row.rung,
                round=row.round,
                issuer=row.issuer,
                issued_at=row.issued_at,
                due_on=row.due_on,
                task_due_on=row.task_due_on,
                policy=policy(row),
                lead=desk.lead,
                superior=desk.superior,
                paper=KINDS[Rung(row.rung)].value if Rung(row.rung) in KINDS else "",
                slips=tuple(papers[row.number]),
                records=tuple(records[row.number]),
            ),
        )
        for row in await connection.execute(select(SupervisionRow).order_by(SupervisionRow.id))
    ]
