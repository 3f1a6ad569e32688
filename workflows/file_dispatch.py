"""转递: what the origin agency does once a file may leave: release, parcel, notice, follow-up.

Called by the leg of A8. The 转递通知单 goes when the parcel is with its carrier; the parcel's own
procedure searches and claims, this one decides what is sent again. Basis: docs/rules.md A8.
"""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.acts import Examined
    from contracts.commands import Command
    from contracts.letters import Answer, Letter, LetterVerb, ReceiptCode
    from contracts.parcels import NEW_WAYBILL, ParcelItem, ParcelNews, ParcelWord, items_of
    from contracts.tidings import Tidings
    from domain.attribution import Holder
    from domain.casework import ActCode, ClockKind, Stage
    from domain.file_tasks import FileTask
    from domain.transports import ItemKind, Service
    from workflows.business import register_act
    from workflows.ending_relation import end_relation
    from workflows.happenings import Arrived, Decided, Expired, Told
    from workflows.leg_case import LegCase
    from workflows.parcels import is_news, parcel_news, send_parcel, tell_parcel

_KIND = "PERSONNEL_FILE"
_AFTERCARE = frozenset({LetterVerb.CONFIRM, LetterVerb.AMEND_REQUEST, LetterVerb.PROGRESS})


class FileDispatch:
    """One file on its way: its parcel now, its supplement, and how often it was sent."""

    def __init__(self, leg: LegCase, examined: Examined, service: Service | None) -> None:
        assert service is not None, "the guard lets no file go to the person"
        self.leg = leg
        self.desk = leg.desk
        self.examined = examined
        self.service = service
        self.items = items_of(examined.facts["items"])
        self.key = ""
        self.supplement_key = ""
        self.news: Tidings | None = None
        self.sent = 0
        self.lost = False
        self.returned = False
        self.missing: tuple[ParcelItem, ...] = ()

    async def release(self, command: Command) -> None:
        """The register lets the file go under letter and parcel: the point of no return."""
        self.key = self.desk.next_parcel_key()
        await end_relation(self.leg, _KIND, command, "RELEASE", parcel_no=self.key)
        self.desk.record(ActCode.RELEASED, by=command, way=self.service.value)

    async def send(self) -> None:
        """装封交寄, then 档案转递通知单 with the list."""
        await self._hand_over()
        self.desk.timers.stop(ClockKind.RELEASE)
        self.desk.judge = self._judge
        receipt = await self.leg.mail.send(
            self.leg.letter(
                LetterVerb.ANSWER,
                answer=Answer.GRANTED,
                persons=self.leg.request.persons,
                facts=self._facts(),
            ),
            "STATEMENT",
        )
        if receipt.code is not None:
            self.desk.note("ANSWER_NOT_TAKEN", code=receipt.code)

    async def follow(self) -> bool:
        """Until the 回执 is back; True where the file stays here after all."""
        self._await_receipt()
        while True:
            self._rest()
            for tidings in self.leg.tidings:
                await self._hear(tidings)
            self.leg.tidings.clear()
            match await self.desk.next():
                case Arrived(letter=letter) if letter.verb is LetterVerb.CONFIRM:
                    await self._close(letter)
                    return False
                case Arrived(letter=letter) if letter.verb is LetterVerb.AMEND_REQUEST:
                    self._ask_supplement(letter)
                case Arrived(letter=letter):
                    self._heed(letter)
                case Told(tidings=tidings):
                    await self._hear(tidings)
                case Expired(clock=ClockKind.RECEIPT):
                    await self._chase()
                case Expired(clock=clock):
                    self.desk.mark_overdue(clock)
                case Decided(kind=FileTask.SUPPLEMENT) as decided:
                    await self._supplement(decided)
                case Decided(kind=FileTask.RESEND) as decided:
                    if not await self._resend(decided):
                        return True
                case Decided():
                    self.desk.note("RECEIPT_CHASED")
                    self._await_receipt()

    # ------------------------------------------------------------------ sending

    async def _hand_over(self) -> None:
        """A new parcel under the same letter, waited for until the carrier has it."""
        while True:
            self.sent += 1
            self.key = send_parcel(
                self.leg,
                kind="FILE",
                service=self.service,
                items=self.items,
                to_office=self.leg.request.from_office,
                key=self.key,
            )
            due = ClockKind.RELEASE
            self.desk.move(Stage.RELEASING, Holder.OURS, office=self.leg.station, due=due)
            self.news = await parcel_news(
                self.leg, self.key, ParcelNews.HANDED_OVER, ParcelNews.CALLED_OFF
            )
            if self.news.code == ParcelNews.HANDED_OVER:
                return
            self.key = ""

    def _facts(self) -> dict[str, str]:
        news = self.news.facts if self.news else {}
        own = {name: self.examined.facts[name] for name in ("keys", "special")}
        return {**own, **news}

    async def _progress(self, reason: str, facts: dict[str, str] | None = None) -> None:
        await self.leg.mail.send(
            self.leg.letter(LetterVerb.PROGRESS, reason_code=reason, facts=facts or {})
        )

    async def _announce(self, reason: str) -> None:
        """What is waited for now. Its receipt is due from today, whenever the letter gets there."""
        at_once = workflow.patched(f"receipt-limit-before-the-letter-{self.sent}")
        if at_once:
            self._await_receipt()
        await self._progress(reason, self._facts())
        if not at_once:
            self._await_receipt()

    # ------------------------------------------------------------------ following

    def _judge(self, letter: Letter) -> ReceiptCode | None:
        if letter.verb in _AFTERCARE:
            return None
        late = letter.verb in (LetterVerb.WITHDRAW, LetterVerb.UPDATE_DOCUMENT)
        return ReceiptCode.ALREADY_CANCELLED if late else ReceiptCode.NOT_EXPECTED

    def _await_receipt(self) -> None:
        """One month from now (cadre-file rule)."""
        self.desk.timers.stop(ClockKind.RECEIPT)
        limit = self.leg.filing.rules.limits["receipt"]
        self.desk.timers.start(ClockKind.RECEIPT, limit, self.desk.today)

    def _rest(self) -> None:
        ours = bool(self.desk.tasks)
        self.desk.move(
            Stage.FOLLOWING,
            Holder.OURS if ours else Holder.THEIRS,
            office=self.leg.station,
            due=ClockKind.RECEIPT,
            allows=frozenset(),
        )

    async def _chase(self) -> None:
        """一个月未收到回执: urge in writing, and a clerk follows it up."""
        self.desk.mark_overdue(ClockKind.RECEIPT)
        await self.leg.mail.send(self.leg.letter(LetterVerb.REMIND, reason_code="RECEIPT_MISSING"))
        self.desk.open_task(FileTask.RECEIPT_MISSING, self.leg.station)

    async def _hear(self, tidings: Tidings) -> None:
        """The parcel's own procedure acts; the receiver learns what concerns it."""
        if is_news(tidings, self.supplement_key, ParcelNews.HANDED_OVER):
            await self._progress(NEW_WAYBILL, tidings.facts)
        if not is_news(tidings, self.key):
            return
        match tidings.code:
            case ParcelNews.HANDED_OVER:
                # It came back and left again: what is waited for has another number and day.
                self.news, self.lost = tidings, False
                await self._announce(NEW_WAYBILL)
            case ParcelNews.LOST:
                self.desk.note("PARCEL_LOST", parcel=self.key)
                self.lost = True
                await self._progress("PARCEL_LOST", {"parcel": self.key})
            case ParcelNews.ARRIVED if self.lost:
                self.lost = False
                await self._progress("PARCEL_FOUND", {"parcel": self.key})
            case ParcelNews.REBUILT | ParcelNews.RETURNED:
                if tidings.code == ParcelNews.RETURNED:
                    await self._register("RECEIVE")
                    await self._progress("CAME_BACK", {"parcel": self.key})
                self.desk.open_task(
                    FileTask.RESEND, self.leg.station, findings=(f"PARCEL:{tidings.code}",)
                )
                self.returned = tidings.code == ParcelNews.RETURNED

    async def _register(self, action: str, **facts: str | int) -> None:
        outcome = await register_act(
            self.desk,
            _KIND,
            action,
            locality=self.leg.filing.locality,
            key=f"{action}:{self.leg.request.number}:{self.sent}",
            facts={"letter_no": self.leg.request.number, **facts},
        )
        if not outcome.done:
            self.desk.note("REGISTER_REFUSED", code=outcome.code)

    async def _resend(self, decided: Decided) -> bool:
        if decided.outcome == "KEEP":
            await self._progress("KEPT")
            return False
        self.key = self.desk.next_parcel_key()
        self.lost = False
        if self.returned:
            await self._register("RELEASE", parcel_no=self.key)
        self.desk.record(ActCode.SENT_AGAIN, by=decided.command, way=self.service.value)
        await self._hand_over()
        await self._announce("SENT_AGAIN")
        return True

    # ------------------------------------------------------------------ the receiver's letters

    def _heed(self, letter: Letter) -> None:
        """PROGRESS: the receiver sends the file back, or has a supplement."""
        self.desk.note("PROGRESS", code=letter.reason_code or "")
        if letter.reason_code == "SENT_BACK":
            tell_parcel(self.desk, self.key, ParcelWord.SENT_BACK, letter.facts)
        elif letter.reason_code == "SUPPLEMENT_RECEIVED" and self.supplement_key:
            tell_parcel(self.desk, self.supplement_key, ParcelWord.RECEIPT_BACK, letter.facts)

    def _ask_supplement(self, letter: Letter) -> None:
        self.missing = tuple(
            ParcelItem(
                code=name.removeprefix("missing:"),
                kind=ItemKind.SPECIAL_FILE
                if self.examined.facts["special"] == "yes"
                else ItemKind.PERSONNEL_FILE,
                count=int(number),
            )
            for name, number in letter.facts.items()
            if name.startswith("missing:")
        )
        self.desk.timers.start(
            ClockKind.RELEASE, self.leg.filing.rules.limits["supplement"], self.desk.today
        )
        self.desk.open_task(
            FileTask.SUPPLEMENT,
            self.leg.station,
            clock=ClockKind.RELEASE,
            findings=tuple(f"MISSING:{item.code}:{item.count}" for item in self.missing),
        )

    async def _supplement(self, decided: Decided) -> None:
        facts: dict[str, str] = {}
        reason = "NOT_HELD"
        if decided.outcome == "SUPPLEMENT":
            self.supplement_key = send_parcel(
                self.leg,
                kind="SUPPLEMENT",
                service=self.service,
                items=self.missing,
                to_office=self.leg.request.from_office,
            )
            news = await parcel_news(
                self.leg, self.supplement_key, ParcelNews.HANDED_OVER, ParcelNews.CALLED_OFF
            )
            if news.code == ParcelNews.HANDED_OVER:
                reason, facts = "SUPPLEMENTED", news.facts
        self.desk.timers.stop(ClockKind.RELEASE)
        self.desk.note("SUPPLEMENT_ANSWERED", code=reason)
        await self.leg.mail.send(
            self.leg.letter(LetterVerb.AMENDED, reason_code=reason, facts=facts)
        )

    async def _close(self, letter: Letter) -> None:
        """回执: the only thing on which this leg ends regularly (R4)."""
        self.desk.record(ActCode.CONFIRMED, office=letter.from_office, receipt=letter.number)
        tell_parcel(self.desk, self.key, ParcelWord.RECEIPT_BACK, letter.facts)
        await self._register("CLOSE", receipt_no=letter.number)
