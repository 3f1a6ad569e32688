"""The clerks of a drill: who decides a task as what, rightly or by mistake, and who answers.

Used by `embedded.drill.play`.
"""

from __future__ import annotations

from collections.abc import Mapping

from catalog.supervision_policies import supervision_desk
from console.errors import OfficeCode, OfficeError
from console.office import Office, Record
from console.supervising import SupervisionDesk
from contracts.commands import RejectionCode
from domain.common_tasks import CommonTask
from domain.file_tasks import FileTask
from domain.hukou_tasks import TaskKind
from domain.parcel_tasks import ParcelTask
from domain.supervision import Rung
from domain.task_table import TASKS
from domain.transfer_tasks import TransferTask
from embedded.demo.play import clerks_of, places
from embedded.demo.scripts import Choice, Script
from embedded.demo.transfers import regular

_REASON = "样例：情况已经核实。"
#: Outcomes that only cost time: back to the desk before, or once more.
_MISTAKES = ("RETURN", "UNREACHABLE")
#: Tasks that lateness itself brings, and how they go on.
_OTHERWISE: Mapping[str, str] = {
    CommonTask.PEER_SILENT: "KEEP_WAITING",
    CommonTask.LETTER_UNDELIVERED: "SEND_AGAIN",
    TransferTask.MONEY_MISSING: "KEEP_WAITING",
    TransferTask.PEER_REFUSAL: "CONCLUDE",
    ParcelTask.TRACE: "KEEP_WAITING",
    FileTask.RECEIPT_MISSING: "CHASED",
    FileTask.RELEASE: "RELEASE_EMS",
    TaskKind.PERMIT_EXPIRED: "ISSUE_AGAIN",
}
#: What is left where the regular outcome is refused, say because a certificate has expired.
_INSTEAD: Mapping[str, str] = {TaskKind.LANDING: "REISSUE"}


class Clerks:
    """The people of every locality."""

    def __init__(self, offices: Mapping[str, Office]) -> None:
        self._offices = offices

    def home_of(self, form: Record) -> str:
        """The locality in which an application is filed."""
        return places(form, self._offices)[0]

    def supervisor(self, locality: str) -> str:
        """Somebody at the locality's lead office who may hold interviews and check."""
        office = self._offices[locality]
        return next(
            clerk.code
            for clerk in office.catalog.locality(locality).clerks
            if "SUPERVISOR" in clerk.roles and clerk.office == self._lead(locality)
        )

    async def answer(self, desk: SupervisionDesk, rung: Record) -> None:
        """The office answers a rung; an interview is recorded by the issuer."""
        locality = desk.office.locality
        if rung["rung"] == Rung.INTERVIEW:
            await desk.interview(rung["number"], _REASON, clerk=self.supervisor(locality))
            return
        clerk = next(
            one.code
            for one in desk.office.catalog.locality(locality).clerks
            if one.office == rung["office"]
        )
        await desk.reply(rung["number"], _REASON, clerk=clerk)

    async def decide(self, task: Record, script: Script | None, *, mistaken: bool) -> str:
        """Decide a task; returns why it was refused, or nothing."""
        number = int(task["task_id"].rpartition("/")[2])
        first = self._choice(task["kind"], number, script)
        choices = [first] if first is not None else []
        if mistaken and number == 1:
            choices = [*_named(task["kind"], _MISTAKES), *choices][:1]
        choices += _named(task["kind"], (_INSTEAD.get(task["kind"], ""),))
        refused = "没有人知道怎样办理"
        for choice in choices:
            refused = await self._put(task, choice)
            if not refused:
                break
        return refused

    def _choice(self, kind: str, number: int, script: Script | None) -> Choice | None:
        if kind in _OTHERWISE:
            return _named(kind, (_OTHERWISE[kind],))[0]
        for asked in (number, 1):
            try:
                return script.choice(kind, asked) if script is not None else regular(kind, 1)
            except LookupError:
                continue
        try:
            return regular(kind, 1)
        except LookupError:
            return None

    async def _put(self, task: Record, choice: Choice) -> str:
        """As one of the office's clerks: four eyes need a colleague where the first had a part."""
        office = self._offices[task["office"][:6]]
        refused = "这个机构没有可以办理的人"
        for clerk in clerks_of(office, task):
            try:
                await office.decide(
                    task["task_id"],
                    choice.outcome,
                    clerk=clerk,
                    reason=choice.reason,
                    reason_code=choice.reason_code,
                    defects=choice.defects,
                    evidence=choice.evidence,
                )
                return ""
            except OfficeError as error:
                if error.code in (OfficeCode.PENDING, RejectionCode.TASK_NOT_OPEN):
                    return ""  # on file, or settled by the law in the same moment
                refused = error.message
                if error.code is not RejectionCode.SAME_PERSON_TWICE:
                    return refused
        return refused

    def _lead(self, locality: str) -> str:
        return supervision_desk(self._offices[locality].catalog, locality).lead


def _named(kind: str, codes: tuple[str, ...]) -> list[Choice]:
    """These outcomes of the kind, as far as it has them, with the texts that they need."""
    found = (TASKS[kind].outcome(code) for code in codes if code)
    return [
        Choice(
            one.code,
            reason=_REASON if one.needs_reason else "",
            reason_code=min(one.reason_codes, default=None),
            defects=(_REASON,) if one.needs_defects else (),
            evidence=_REASON if one.needs_evidence else "",
        )
        for one in found
        if one is not None
    ]
