"""Supervision for people: which rungs stand, what an office answers, what the issuer records.

Called by the command line (``supervision``, ``patrol``) and by the console's JSON endpoints. A
reply, an interview or a closing check changes no case: it is a record of its own.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Collection
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError

from catalog.supervision_policies import supervision_desk
from console.errors import OfficeCode, OfficeError, from_domain, not_written
from console.office import Office, Record
from console.rung_records import STATES, facts_of, no_answer_wanted, refusal_code
from console.texts import check_texts
from contracts import ids
from contracts.commands import RejectionCode
from contracts.patrolling import PatrolRequest, PatrolResult
from contracts.register_check import RegisterCheckRequest, RegisterCheckResult
from domain.calendar import SHANGHAI
from domain.errors import DomainError
from domain.offices import Role
from domain.supervision import Rung
from storage import referrals, register_differences
from storage import supervision_list as register
from storage.supervision import NewRecord
from storage.supervision_list import Listed, Wanted

if TYPE_CHECKING:
    from temporalio.client import Client

    from catalog.models import Clerk

_PATIENCE = timedelta(minutes=5)
#: Why a record cannot be made now; None where it can.
Obstacle = Callable[[Record], str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page of rungs; ``next``: the number after which the next one begins."""

    items: list[Record]
    next: str | None
    total: int


async def patrol_now(client: Client, locality: str, *, at: datetime | None = None) -> PatrolResult:
    """Patrol one locality at once, as things stand ``at`` (now unless given)."""
    result: PatrolResult = await client.execute_workflow(
        "督办巡查",
        PatrolRequest(locality=locality, at=at, by_hand=True),
        result_type=PatrolResult,
        id=f"督办巡查-{locality}-{uuid.uuid4()}",
        task_queue=ids.task_queue(locality),
        execution_timeout=_PATIENCE,
        static_summary="督办巡查（人工启动）",
    )
    return result


async def check_registers(client: Client, locality: str) -> RegisterCheckResult:
    """Compare the register with what Temporal shows now, as the nightly run does."""
    result: RegisterCheckResult = await client.execute_workflow(
        "登记核对",
        RegisterCheckRequest(locality=locality),
        result_type=RegisterCheckResult,
        id=f"登记核对-{locality}-{uuid.uuid4()}",
        task_queue=ids.task_queue(locality),
        execution_timeout=_PATIENCE,
        static_summary="登记核对（人工启动）",
    )
    return result


class SupervisionDesk:
    """The rungs of one locality, for its offices and its supervisors."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self._lead = supervision_desk(office.catalog, office.locality).lead

    async def rungs(
        self,
        *,
        clerk: str | None = None,
        office: str | None = None,
        rung: str | None = None,
        open_only: bool = False,
        case_no: str | None = None,
        limit: int = 100,
    ) -> list[Record]:
        """Newest first: what addresses the offices that this person may see."""
        wanted = Wanted(
            offices=self.office.visible_offices(clerk, office),
            listed=Listed.OPEN if open_only else Listed.ALL,
            rung=_known_rung(rung),
            case_no=case_no,
        )
        return await self.office.read(
            lambda connection: register.rungs(connection, wanted, limit=limit)
        )

    async def page(
        self,
        offices: Collection[str],
        *,
        listed: Listed = Listed.OPEN,
        rung: str | None = None,
        case_no: str | None = None,
        limit: int = 50,
        after: str = "",
    ) -> Page:
        """One page of what addresses these offices, with the number of all."""
        wanted = Wanted(offices=offices, listed=listed, rung=_known_rung(rung), case_no=case_no)
        found = await self.office.read(
            lambda connection: register.rungs(connection, wanted, limit=limit + 1, after=after)
        )
        total = await self.office.read(lambda connection: register.count(connection, wanted))
        more = len(found) > limit
        shown = found[:limit]
        return Page(items=shown, next=shown[-1]["number"] if more else None, total=total)

    async def rung(self, number: str, *, clerk: str | None = None) -> Record:
        """One rung with everything recorded about it; OfficeError NOT_FOUND."""
        offices = self.office.visible_offices(clerk)
        found = await self.office.read(lambda connection: register.rung_of(connection, number))
        return self._seen(found, number, offices)

    async def referrals(self, *, clerk: str | None = None, limit: int = 100) -> list[Record]:
        """报请上级: what was put before the superior, what is still to be sent (待送上级) first."""
        offices = self.office.visible_offices(clerk)
        found = await self.office.read(
            lambda connection: referrals.listed(connection, offices, limit=limit)
        )
        return [{**asdict(one), "state": one.state} for one in found]

    async def referral(self, subject: str, *, clerk: str | None = None) -> Record:
        """One request by 监察编号 or task; OfficeError NOT_FOUND."""
        offices = self.office.visible_offices(clerk)
        one = await self.office.read(lambda connection: referrals.find(connection, subject))
        if one is None or one.office not in offices:
            raise OfficeError(
                OfficeCode.NOT_FOUND,
                f"没有报请上级的事由 {subject}，或您的机构无权查看；请到报请上级的列表核对编号。",
            )
        return {**asdict(one), "state": one.state}

    async def register_differences(self) -> list[Record]:
        """What the nightly check of the registers found and has not seen vanish."""
        return await self.office.read(register_differences.standing)

    async def reply(
        self, number: str, text: str, *, clerk: str, command_id: str | None = None
    ) -> Record:
        """答复 by the office that the rung addresses."""
        who = self._clerk(clerk)

        def obstacle(rung: Record) -> str | None:
            if who.office != rung["office"]:
                return f"督办件 {number} 发给 {rung['office']}，请由该机构的工作人员答复。"
            return no_answer_wanted(rung)

        return await self._record(number, "REPLIED", text, who, obstacle, command_id)

    async def interview(
        self, number: str, text: str, *, clerk: str, command_id: str | None = None
    ) -> Record:
        """约谈记录 by the issuer."""
        who = self._supervisor(clerk)

        def obstacle(rung: Record) -> str | None:
            if rung["rung"] != Rung.INTERVIEW:
                return f"督办件 {number} 是{Rung(rung['rung']).label}，不是约谈，不能登记约谈记录。"
            return no_answer_wanted(rung)

        return await self._record(number, "INTERVIEWED", text, who, obstacle, command_id)

    async def check(
        self, number: str, text: str = "", *, clerk: str, command_id: str | None = None
    ) -> Record:
        """销号: the issuer's closing check, once the office has answered or the work is done.

        Nobody checks an answer of their own.
        """
        who = self._supervisor(clerk)

        def obstacle(rung: Record) -> str | None:
            if rung["state"] in ("WITHDRAWN", "CHECKED"):
                return f"督办件 {number} 已{STATES[rung['state']]}，不必再销号。"
            if rung["state"] == "OPEN":
                return f"督办件 {number} 尚未答复，事项也未办结，不能销号；请先催其答复或办结。"
            if any(
                one["kind"] == "REPLIED" and one["actor"] == who.code for one in rung["records"]
            ):
                return f"督办件 {number} 由您本人答复，不能自己销号；请由另一名督办员销号。"
            return None

        return await self._record(number, "CHECKED", text or "同意销号", who, obstacle, command_id)

    async def _record(
        self,
        number: str,
        kind: str,
        text: str,
        who: Clerk,
        obstacle: Obstacle,
        command_id: str | None,
    ) -> Record:
        """Append one record; a repeat under its id gives the rung as it stands."""
        if not text.strip():
            raise OfficeError(OfficeCode.MISSING_TEXT, "请写明内容。")
        now = datetime.now(UTC)
        limit = self.office.catalog.policy(
            "text.max_chars", self.office.locality, on=now.astimezone(SHANGHAI).date()
        ).as_number()
        check_texts({"reason": text}, limit)
        command_id = command_id or f"c-{uuid.uuid4()}"
        offices = self.office.visible_offices(who.code)
        try:
            async with self.office.database.write() as connection:
                await register.lock(connection, number)
                rung = self._seen(await register.rung_of(connection, number), number, offices)
                known = await register.by_command(connection, command_id)
                if known is None:
                    blocked = obstacle(rung)
                    if blocked is not None:
                        raise OfficeError(refusal_code(who.office, rung, kind), blocked)
                    await register.append(
                        connection,
                        NewRecord(
                            number=number,
                            kind=kind,
                            at=now,
                            actor=who.code,
                            office=who.office,
                            words=text,
                            facts=facts_of(kind, rung),
                            command_id=command_id,
                        ),
                    )
                elif (known["number"], known["kind"], known["words"]) != (number, kind, text):
                    raise OfficeError(
                        OfficeCode.ID_REUSED,
                        f"操作编号 {command_id} 已用于另一项操作；请换一个编号重新提交。",
                    )
                found = await register.rung_of(connection, number)
        except (DBAPIError, OSError) as error:
            raise not_written(error) from error
        assert found is not None
        return found

    def _seen(self, found: Record | None, number: str, offices: list[str]) -> Record:
        if found is None or found["office"] not in offices:
            raise OfficeError(
                OfficeCode.NOT_FOUND,
                f"没有督办件 {number}，或您的机构无权查看；请到督办件列表核对编号。",
            )
        return found

    def _clerk(self, clerk: str) -> Clerk:
        try:
            return self.office.catalog.clerk(clerk)
        except DomainError as error:
            raise from_domain(error) from error

    def _supervisor(self, clerk: str) -> Clerk:
        known = self._clerk(clerk)
        if known.office != self._lead or Role.SUPERVISOR not in known.roles:
            raise OfficeError(
                RejectionCode.MISSING_ROLE,
                f"这项操作由督办机构 {self._lead} 的督办员办理，工作人员 {clerk} 不能办理。",
            )
        return known


def _known_rung(rung: str | None) -> str | None:
    if rung is not None and rung not in set(Rung):
        raise OfficeError(
            OfficeCode.WRONG_FIELD, f"没有督办级别 {rung}；可用的有：{'、'.join(Rung)}。"
        )
    return rung
