"""接收核对: seal, list and what follows from them, until the file is here and the 回执 is sent.

Called by the home case of A8 once the 转递通知单 is here. A file that is lost, sent back or found
again is waited for here. Basis: docs/rules.md A8, D R1, R3-R5.
"""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.commands import Command, RejectionCode
    from contracts.letters import Letter, LetterVerb, ReceiptCode
    from contracts.parcels import counted as counted_in
    from domain.attribution import Holder
    from domain.casework import ActCode, ClockKind, Ending, Stage
    from domain.file_receipt import allowed_receipts, lacking, with_supplement
    from domain.file_tasks import FileTask
    from workflows.business import register_act
    from workflows.happenings import Arrived, Decided, Expired, Happening
    from workflows.home_case import CaseEnds, HomeCase
    from workflows.parcel_in import CheckedIn, ParcelIn

_GONE = frozenset({"PARCEL_LOST", "CAME_BACK", "KEPT"})
_TAKEN = frozenset({LetterVerb.PROGRESS, LetterVerb.AMENDED})


class FileTakeover:
    """One file on its way here; ``notice`` is the letter that announced it."""

    def __init__(self, case: HomeCase, notice: Letter) -> None:
        self.case = case
        self.desk = case.desk
        self.notice = notice
        self.keys = frozenset(notice.facts.get("keys", "").split(",")) - {""}
        self.parcel = ParcelIn(case, notice, stage=Stage.TAKING_OVER)
        self.counted: dict[str, int] = {}
        self.supplemented = False
        self.gone = ""  # why it does not come for now
        self.sent = 1

    async def settle(self) -> None:
        """Until the file is on the shelf here; raises CaseEnds where it stays at the origin."""
        desk = self.desk
        desk.judge = lambda letter: None if letter.verb in _TAKEN else ReceiptCode.NOT_EXPECTED
        desk.guard = self._guard
        self.parcel.announce()
        while True:
            checked = await self.parcel.check_in(self._ends)
            if checked is None:
                await self._next_sending()
                continue
            self.counted = counted_in(checked.counted)
            if await self._decide(checked):
                break
            await self._next_sending()
        desk.guard = self.case.guard
        desk.judge = lambda letter: ReceiptCode.NOT_EXPECTED

    # ------------------------------------------------------------------ what the check says

    def _listed(self) -> dict[str, int]:
        return {item.code: item.count for item in self.parcel.parcel.items}

    def _guard(self, command: Command) -> RejectionCode | None:
        """The clerk may choose what the check allows, nothing else."""
        if f"/{FileTask.TAKE_IN}/" in (command.task_id or "") and command.outcome:
            checked = self.parcel.checked
            allowed = allowed_receipts(
                self._listed(),
                self.counted,
                self.keys,
                seal_broken=checked is not None and not checked.seal_whole,
                supplemented=self.supplemented,
            )
            if command.outcome not in allowed:
                return RejectionCode.FILE_CHECK_SAYS_OTHERWISE
        return self.case.guard(command)

    async def _decide(self, checked: CheckedIn) -> bool:
        """True once it is taken in; False where it goes back."""
        while True:
            command = await self._ask(checked)
            if command.outcome == "ASK_SUPPLEMENT":
                await self._ask_supplement(command)
            elif command.outcome == "SEND_BACK":
                await self._send_back(command)
                return False
            elif await self._take_in(command, checked):
                return True

    async def _ask(self, checked: CheckedIn) -> Command:
        station = self.case.filing.desks.station
        missing = lacking(self._listed(), self.counted)
        findings = [f"SEAL:{checked.seal}"]
        findings += [f"DIFFERS:{code}:{number}" for code, number in self.counted.items()]
        findings += [f"KEY_MISSING:{code}" for code in sorted(set(missing) & self.keys)]
        due = ClockKind.BOOKING
        self.desk.timers.stop(due)
        self.desk.timers.start(due, self.case.filing.rules.limits["check"], self.desk.today)
        self.desk.move(Stage.TAKING_OVER, Holder.OURS, office=station, due=due)
        self.desk.open_task(FileTask.TAKE_IN, station, clock=due, findings=tuple(findings))
        decided = await self.case.decision()
        self.desk.timers.stop(due)
        return decided.command

    async def _take_in(self, command: Command, checked: CheckedIn) -> bool:
        """入库 in the register, 回执 to the origin; the register may still say no."""
        outcome = await register_act(
            self.desk,
            "PERSONNEL_FILE",
            "RECEIVE",
            locality=self.case.filing.locality,
            key=f"RECEIVE:{self.case.request_no}:{self.sent}",
            record="STATEMENT",
            facts={
                "letter_no": self.case.request_no,
                "parcel_no": self.parcel.parcel.parcel_key,
            },
        )
        if not outcome.done:
            self.desk.note("REGISTER_REFUSED", code=outcome.code)
            return False
        self.parcel.sign()
        self.desk.record(
            ActCode.BOOKED,
            by=command,
            receipt=outcome.receipt_no,
            differs=",".join(sorted(self.counted)),
        )
        await self._write(LetterVerb.CONFIRM, command.outcome or "", checked.facts())
        return True

    async def _send_back(self, command: Command) -> None:
        facts = await self.parcel.send_back(command)
        outcome = await register_act(
            self.desk,
            "PERSONNEL_FILE",
            "RETURN",
            locality=self.case.filing.locality,
            key=f"RETURN:{self.case.request_no}:{self.sent}",
            facts={"letter_no": self.case.request_no, "parcel_no": self.parcel.parcel.parcel_key},
        )
        if not outcome.done:
            self.desk.note("REGISTER_REFUSED", code=outcome.code)
        self.gone = "SENT_BACK"
        self.desk.tell("FILE_SENT_BACK")
        await self._write(LetterVerb.PROGRESS, "SENT_BACK", facts)

    # ------------------------------------------------------------------ the supplement

    async def _ask_supplement(self, command: Command) -> None:
        """One notice of everything that is missing; the origin answers with it, or in writing."""
        missing = lacking(self._listed(), self.counted)
        self.desk.record(ActCode.MISSING_TOLD, by=command, missing=",".join(sorted(missing)))
        facts = {f"missing:{code}": str(number) for code, number in missing.items()}
        await self._write(LetterVerb.AMEND_REQUEST, "INCOMPLETE", facts)
        letter = await self._await_letter("supplement", LetterVerb.AMENDED)
        self.supplemented = True
        if letter.reason_code != "SUPPLEMENTED":
            return
        extra = ParcelIn(self.case, letter, stage=Stage.TAKING_OVER)
        extra.announce()
        checked = await extra.check_in(self._ends)
        if checked is None:
            return
        listed = {item.code: item.count for item in extra.parcel.items}
        arrived = {**listed, **counted_in(checked.counted)}
        self.counted = with_supplement(self._listed(), self.counted, arrived)
        extra.sign()
        await self._write(LetterVerb.PROGRESS, "SUPPLEMENT_RECEIVED", checked.facts())

    # ------------------------------------------------------------------ waiting

    def _ends(self, happening: Happening) -> bool:
        """Whether the origin's letter says that this sending does not come."""
        if isinstance(happening, Arrived) and happening.letter.reason_code in _GONE:
            self._went(happening.letter)
            return True
        return False

    def _went(self, letter: Letter) -> None:
        self.gone = letter.reason_code or ""
        self.desk.note("PROGRESS", code=self.gone)
        if self.gone == "PARCEL_LOST":
            self.desk.tell("PARCEL_LOST")
        if self.gone == "KEPT":
            raise CaseEnds(Ending.CAME_BACK, ActCode.TERMINATED, reason_code="FILE_KEPT")

    async def _next_sending(self) -> None:
        """Sent again under a new parcel, or found: only then there is something to check."""
        while True:
            letter = await self._await_letter("receipt", LetterVerb.PROGRESS)
            if letter.reason_code == "PARCEL_FOUND":
                return
            if self.parcel.renew(letter):
                self.sent += 1
                self.counted, self.supplemented = {}, False
                return
            if letter.reason_code == "SENT_AGAIN":
                self.sent += 1
                self.parcel = ParcelIn(self.case, letter, stage=Stage.TAKING_OVER)
                self.counted, self.supplemented = {}, False
                self.parcel.announce()
                return
            self._went(letter)

    async def _await_letter(self, limit: str, verb: LetterVerb) -> Letter:
        due = ClockKind.PEER
        limits = self.case.filing.rules.limits
        self.desk.timers.stop(due)
        self.desk.timers.start(due, limits[limit], self.desk.today)
        self.desk.move(Stage.TAKING_OVER, Holder.THEIRS, due=due, allows=frozenset())
        while True:
            match await self.case.next():
                case Arrived(letter=letter) if letter.verb is verb:
                    self.desk.timers.stop(due)
                    return letter
                case Arrived(letter=letter):
                    self._went(letter)
                case Expired(clock=clock):
                    self.desk.mark_overdue(clock)
                    await self.case.mail.send(
                        self.case.to_leg(LetterVerb.REMIND, reason_code="OVERDUE")
                    )
                case Decided():
                    self.desk.note("DECIDED_MEANWHILE")

    async def _write(self, verb: LetterVerb, reason: str, facts: dict[str, str]) -> None:
        await self.case.mail.send(self.case.to_leg(verb, reason_code=reason, facts=facts))
