"""承诺登记 in the hands of those who check: what was promised here, and what was put right since.

Part of :class:`console.office.Office`; called by the command line.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy.exc import DBAPIError

from console.errors import OfficeCode, OfficeError, not_written, rejected
from console.looking import Looking, Record
from contracts.commands import RejectionCode
from domain.calendar import SHANGHAI
from domain.offices import Role
from storage import promises


class PromiseDesk(Looking):
    """The register of promises of one locality."""

    async def promises(self, *, limit: int = 200) -> list[Record]:
        """The newest first, without names."""
        return await self.read(lambda connection: promises.promises(connection, limit=limit))

    async def repair_promise(self, case_no: str, *, clerk: str, reason: str) -> bool:
        """信用修复: the false promise was put right; False where that was written before.

        An approver of an office that may see the case writes it, with the reason.
        """
        await self.case(case_no, clerk=clerk)
        if Role.APPROVER not in self.seat(clerk)[1]:
            raise rejected(RejectionCode.MISSING_ROLE)
        if not reason.strip():
            raise OfficeError(OfficeCode.MISSING_TEXT, "请写明修复的依据。")
        if not await self.read(lambda connection: promises.is_false(connection, case_no)):
            raise OfficeError(
                OfficeCode.NOT_FOUND, f"办件 {case_no} 没有认定不实的承诺，无需修复；请核对编号。"
            )
        now = datetime.now(UTC)
        try:
            async with self.database.write() as connection:
                return await promises.repair(
                    connection,
                    case_no,
                    actor=clerk,
                    reason=reason,
                    on=now.astimezone(SHANGHAI).date(),
                    at=now,
                )
        except (DBAPIError, OSError) as error:
            raise not_written(error) from error
