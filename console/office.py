"""What a person can do at an office of one locality: look, decide, ask, correct, withdraw.

The command line, scripted clerks and the web pages all go through this class. It knows who asks
(staff number, office, roles from the catalogue) and passes nothing on that the office may not do.
"""

from __future__ import annotations

import hashlib
import uuid
from datetime import date, datetime, timedelta
from typing import Any

from console.errors import OfficeCode, OfficeError, from_domain, rejected
from console.looking import Connect, Record
from console.opinions import deciders_before, refuse_awaited
from console.promise_desk import PromiseDesk
from console.sending import submit
from console.staff import sitting_at
from console.texts import check_texts
from contracts.commands import Command, CommandReceipt, RejectionCode, Verb
from domain.calendar import SHANGHAI
from domain.errors import DomainError
from domain.identity import check_identity_number
from domain.task_table import TASKS
from storage.documents import as_json
from storage.people import open_elsewhere

__all__ = ["APPLICANT", "Connect", "Office", "Record"]

APPLICANT = "APPLICANT"
#: How long a page waits for a running case to say what it can be asked.
_ANSWER = timedelta(seconds=3)


class Office(PromiseDesk):
    """One locality's offices, for the people who work there and for applicants' own requests."""

    async def decide(
        self,
        task_id: str,
        outcome: str,
        *,
        clerk: str,
        reason: str = "",
        reason_code: str | None = None,
        defects: tuple[str, ...] = (),
        remedy: str = "",
        evidence: str = "",
        persons: tuple[int, ...] = (),
        counted: dict[str, int] | None = None,
        return_to: str | None = None,
        command_id: str | None = None,
    ) -> CommandReceipt:
        """Decide a task; what the outcome needs in writing, and the opinions that were asked before
        it, are checked before anything is sent. ``return_to``: of a return to an earlier step, the
        kind of that step; the nearest one where it is not said.
        """
        task = await self.task(task_id)
        spec = TASKS[task["kind"]].outcome(outcome)
        if spec is None:
            raise rejected(RejectionCode.UNKNOWN_OUTCOME)
        for needed, given, words in (
            (spec.needs_reason, reason, "须写明理由"),
            (spec.needs_defects, defects, "须逐项列出补正的内容，一次列全"),
            (spec.needs_evidence, evidence, "须写明依据材料"),
            (spec.needs_count, counted, "须按清单编号逐项写明实收数目"),
        ):
            if needed and not given:
                raise OfficeError(OfficeCode.MISSING_TEXT, f"“{spec.label}”{words}。")
        await refuse_awaited(self, task_id, command_id)
        return await self._command(
            task["workflow_id"],
            task["case_no"],
            Verb.DECIDE,
            clerk,
            {"reason": reason, "defects": list(defects), "remedy": remedy, "evidence": evidence},
            command_id=command_id,
            task_id=task_id,
            outcome=outcome,
            reason_code=reason_code,
            persons=persons,
            counted=counted or {},
            return_to=return_to,
        )

    async def hold(
        self,
        task_id: str,
        verb: Verb,
        *,
        clerk: str,
        assignee: str | None = None,
        reason: str = "",
        command_id: str | None = None,
    ) -> CommandReceipt:
        """Claim, release or assign a task; a reason stays in the register.

        A task is assigned to somebody who may decide it, today and in this case.
        """
        task = await self.task(task_id)
        if assignee is not None:
            self.seat(assignee)
            await self._check_assignee(task, assignee)
        return await self._command(
            task["workflow_id"],
            task["case_no"],
            verb,
            clerk,
            {"reason": reason} if reason else {},
            command_id=command_id,
            task_id=task_id,
            assignee=assignee,
        )

    async def ask(
        self,
        case_no: str,
        verb: Verb,
        *,
        actor: str = APPLICANT,
        reason: str = "",
        reason_code: str | None = None,
        persons: tuple[int, ...] = (),
        identity: dict[str, str] | None = None,
        days: int | None = None,
        unit: str | None = None,
        procedure: str | None = None,
        approver: str | None = None,
        on: date | None = None,
        assignee: str | None = None,
        notice_days: int | None = None,
        texts: dict[str, str] | None = None,
        command_id: str | None = None,
    ) -> CommandReceipt:
        """Ask something of a case as a whole: withdraw, hand in, report a death, pause a clock.

        ``texts``: what is written besides the reason; it stays in the register.
        """
        record = await self.case(case_no, clerk=None if actor == APPLICANT else actor)
        body: Record = {"reason": reason, **(texts or {})}
        if verb is Verb.CORRECT_IDENTITY:
            body["identity"] = await self._checked_identity(case_no, identity or {})
        known = {person["number"] for person in record["persons"]}
        if set(persons) - known:
            raise rejected(RejectionCode.UNKNOWN_PERSON)
        return await self._command(
            record["workflow_id"],
            case_no,
            verb,
            actor,
            body,
            command_id=command_id,
            reason_code=reason_code,
            persons=persons,
            days=days,
            unit=unit,
            procedure=procedure,
            approver=approver,
            on=on,
            assignee=assignee,
            notice_days=notice_days,
        )

    async def asked_now(self, workflow_id: str) -> frozenset[Verb] | None:
        """What the running case can be asked as a whole; None where it does not answer."""
        from temporalio.client import WorkflowQueryFailedError
        from temporalio.service import RPCError

        try:
            client = await self.client()
            handle = client.get_workflow_handle(workflow_id)
            position = await handle.query("办件现状", rpc_timeout=_ANSWER)
        except (OfficeError, RPCError, WorkflowQueryFailedError):
            return None
        return frozenset(Verb(verb) for verb in position.get("allows", ()))

    async def _checked_identity(self, case_no: str, identity: dict[str, str]) -> dict[str, str]:
        """Name and number, the number right in form and in no other open case (H5)."""
        if set(identity) != {"name", "id_no"} or not all(identity.values()):
            raise OfficeError(OfficeCode.WRONG_FIELD, "更正身份须同时写明姓名和公民身份号码。")
        try:
            number = check_identity_number(identity["id_no"])
        except DomainError as error:
            raise from_domain(error) from error
        other = await self.read(
            lambda connection: open_elsewhere(connection, "HOME", [number], case_no)
        )
        if other is not None:
            raise OfficeError(
                OfficeCode.ALREADY_OPEN,
                f"更正后的人员另有一件户口迁移正在办理，办件编号 {other}；请待其办结或撤回。",
            )
        return {"name": identity["name"], "id_no": number}

    async def _command(
        self,
        workflow_id: str,
        case_no: str,
        verb: Verb,
        actor: str,
        body: Record,
        *,
        command_id: str | None,
        **fields: Any,
    ) -> CommandReceipt:
        office, roles = self._directory(actor)
        limit = self.catalog.policy(
            "text.max_chars", self.locality, on=datetime.now(SHANGHAI).date()
        ).as_number()
        check_texts(body, limit)
        command = Command(
            command_id=command_id or f"c-{uuid.uuid4()}",
            verb=verb,
            actor=actor,
            office=office,
            roles=roles,
            digest=hashlib.sha256(as_json(body)).hexdigest() if any(body.values()) else "",
            **fields,
        )
        return await submit(self, workflow_id, case_no, command, {**body, **self._beside(actor)})

    def _directory(self, actor: str) -> tuple[str, tuple[str, ...]]:
        if actor == APPLICANT:
            return "", ()
        self.visible_offices(actor)
        office, roles = self.seat(actor)
        return office, tuple(sorted(role.value for role in roles))

    def _beside(self, actor: str) -> Record:
        """What the register keeps beside the act: whom a substitute stands in for (代理), and the
        key by which a system acted; the act is that of the post, and the same without them."""
        post = self.post
        if post is None or post.code != actor:
            return {}
        beside = {"for_post": post.for_post, "via": self.via}
        return {name: value for name, value in beside.items() if value is not None}

    async def _check_assignee(self, task: Record, assignee: str) -> None:
        """OfficeError where the staff number has no desk there today that decides such a task."""
        today = datetime.now(SHANGHAI).date()
        there = await self.read(
            lambda connection: sitting_at(
                connection, self.catalog, self.locality, [task["office"]], today
            )
        )
        held = [post for post in there if post.code == assignee]
        spec = TASKS[task["kind"]]
        if not held:
            raise OfficeError(
                RejectionCode.FOREIGN_OFFICE,
                f"工作人员 {assignee} 不属于该待办的机构，不能分派给其办理。",
            )
        if not any(spec.role in post.roles for post in held):
            raise OfficeError(
                RejectionCode.MISSING_ROLE,
                f"工作人员 {assignee} 在该机构没有{spec.role.label}岗位，不能办理这一项；"
                "请分派给有这个岗位的同事。",
            )
        if spec.not_by_deciders_of:
            case = await self.case(task["case_no"])
            if assignee in deciders_before(spec, case):
                raise OfficeError(
                    RejectionCode.SAME_PERSON_TWICE,
                    f"前一环节由 {assignee} 办理，这一环节须由另一个人办理；请分派给别的同事。",
                )
