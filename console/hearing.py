"""听证 for people: told, asked for, announced, set, held; each with the days that the law gives.

Called by the command line (``hearing``), the pages and the programming interface. Lengths are the
policies of the day on which a step is taken; the case takes them from the command, so that what
was told is what runs.
"""

from __future__ import annotations

from datetime import date, datetime

from catalog.hearing_policies import hearing_rules
from console.errors import OfficeCode, OfficeError, from_domain
from console.looking import Record
from console.office import APPLICANT, Office
from contracts.commands import CommandReceipt, RejectionCode, Verb
from domain.calendar import SHANGHAI, Calendar
from domain.clocks import Limit
from domain.errors import DomainError
from domain.hearings import HearingRules, check_day, hold_from

_WHO = "听证主持人须为本地区的工作人员，且不是本申请的审查人员；请核对工号 {chair}。"


class HearingRoom:
    """The hearings of one locality's cases."""

    def __init__(self, office: Office, today: date | None = None) -> None:
        self._office = office
        self._today = today or datetime.now(SHANGHAI).date()

    @property
    def rules(self) -> HearingRules:
        """The lengths of today."""
        return hearing_rules(self._office.catalog, self._office.locality, self._today)

    async def tell(
        self, case_no: str, *, clerk: str, reason: str, command_id: str | None = None
    ) -> CommandReceipt:
        """告知听证权利 to applicant and others concerned (art 47)."""
        return await self._do(Verb.HEARING_TELL, case_no, clerk, reason, self.rules.ask, command_id)

    async def ask(
        self,
        case_no: str,
        *,
        reason: str,
        actor: str = APPLICANT,
        command_id: str | None = None,
    ) -> CommandReceipt:
        """申请听证, by the applicant or taken down by a clerk for whoever else is concerned."""
        return await self._do(Verb.HEARING_ASK, case_no, actor, reason, self.rules.hold, command_id)

    async def waive(
        self, case_no: str, *, reason: str, actor: str = APPLICANT, command_id: str | None = None
    ) -> CommandReceipt:
        """放弃听证: the case goes on at once."""
        return await self._do(Verb.HEARING_WAIVE, case_no, actor, reason, None, command_id)

    async def set(
        self,
        case_no: str,
        *,
        clerk: str,
        on: date,
        place: str,
        chair: str,
        reason: str = "依申请举行听证",
        command_id: str | None = None,
    ) -> CommandReceipt:
        """通知听证 of day, place and chair, seven working days before (art 48)."""
        await self._check_day(case_no, clerk, on)
        return await self._dated(
            Verb.HEARING_SET, case_no, clerk, on, place, chair, reason, None, command_id
        )

    async def announce(
        self,
        case_no: str,
        *,
        clerk: str,
        on: date,
        place: str,
        chair: str,
        reason: str,
        expected: Limit,
        command_id: str | None = None,
    ) -> CommandReceipt:
        """公告听证 in the public interest (art 46); the applicant is told ``expected``."""
        await self._check_day(case_no, clerk, on)
        return await self._dated(
            Verb.HEARING_ANNOUNCE, case_no, clerk, on, place, chair, reason, expected, command_id
        )

    async def held(
        self, case_no: str, *, clerk: str, record: str, command_id: str | None = None
    ) -> CommandReceipt:
        """听证笔录归卷: the limit runs on, and the decision rests on the record."""
        if not record.strip():
            raise OfficeError(
                OfficeCode.MISSING_TEXT,
                "请写明听证笔录的编号和要点。",
                fields={"reason": "请写明听证笔录的编号和要点。"},
            )
        return await self._office.ask(
            case_no,
            Verb.HEARING_HELD,
            actor=clerk,
            reason=record,
            command_id=command_id,
        )

    async def days(self, case: Record) -> tuple[date, date | None]:
        """The first and, where somebody asked, the last day for a hearing that is told today."""
        calendar: Calendar = await self._office.read(self._office.calendars.current)
        return hold_from(self._today, self.rules, calendar), _hold_until(case)

    async def _do(
        self,
        verb: Verb,
        case_no: str,
        actor: str,
        reason: str,
        limit: Limit | None,
        command_id: str | None,
    ) -> CommandReceipt:
        if not reason.strip():
            raise OfficeError(OfficeCode.MISSING_TEXT, "请写明理由。")
        return await self._office.ask(
            case_no,
            verb,
            actor=actor,
            reason=reason,
            days=limit.length if limit else None,
            unit=limit.unit.value if limit else None,
            command_id=command_id,
        )

    async def _dated(
        self,
        verb: Verb,
        case_no: str,
        clerk: str,
        on: date,
        place: str,
        chair: str,
        reason: str,
        expected: Limit | None,
        command_id: str | None,
    ) -> CommandReceipt:
        if not place.strip() or not reason.strip():
            raise OfficeError(OfficeCode.MISSING_TEXT, "请写明听证的地点和事由。")
        self._check_chair(chair)
        return await self._office.ask(
            case_no,
            verb,
            actor=clerk,
            reason=reason,
            texts={"place": place},
            on=on,
            assignee=chair,
            notice_days=self.rules.notice.length,
            days=expected.length if expected else None,
            unit=expected.unit.value if expected else None,
            command_id=command_id,
        )

    def _check_chair(self, chair: str) -> None:
        try:
            clerk = self._office.catalog.clerk(chair)
        except DomainError as error:
            refused = from_domain(error)
            raise OfficeError(
                refused.code, refused.message, fields={"chair": refused.message}
            ) from error
        own = self._office.catalog.locality(self._office.locality).offices
        if clerk.office not in {one.code for one in own}:
            words = _WHO.format(chair=chair)
            raise OfficeError(RejectionCode.FOREIGN_OFFICE, words, fields={"chair": words})

    async def _check_day(self, case_no: str, clerk: str, on: date) -> None:
        """A working day after the notice and, where somebody asked, before the last day."""
        record = await self._office.case(case_no, clerk=clerk)
        calendar: Calendar = await self._office.read(self._office.calendars.current)
        try:
            check_day(
                on,
                noticed_on=self._today,
                last=_hold_until(record),
                rules=self.rules,
                calendar=calendar,
            )
        except DomainError as error:
            raise from_domain(error) from error


def _hold_until(case: Record) -> date | None:
    """Until when the hearing that somebody asked for is to be held."""
    holding: list[date] = [
        one["due_on"]
        for one in case["clocks"]
        if one["kind"] == "HEARING_HOLD" and one["stopped_on"] is None
    ]
    return holding[-1] if holding else None
