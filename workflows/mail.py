"""Sending letters to another locality and keeping their receipts.

A letter is drawn up by the register, crosses as one short Nexus operation and is answered by a
receipt. A counter that cannot be reached for a day becomes a task: nobody waits in silence.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from datetime import date, timedelta
from typing import Any

from temporalio import workflow
from temporalio.exceptions import NexusOperationError

with workflow.unsafe.imports_passed_through():
    from contracts import ids
    from contracts.commands import Command
    from contracts.letters import (
        CertificateRef,
        Letter,
        Receipt,
        ReceiptStatus,
    )
    from contracts.services import door_of
    from contracts.transitions import CertificateReceived, LetterDrafted, ReceiptFiled
    from domain.casework import CertificateKind
    from domain.clocks import due_instant
    from domain.common_tasks import CommonTask
    from workflows.desk import Desk
    from workflows.policies import LETTER_TIMEOUT

_AGAIN = "对方约定日期后再次送达"


class Mail:
    """Writes letters from one case to its peer."""

    def __init__(
        self, desk: Desk, *, locality: str, home_case_no: str, station: str, family: str
    ) -> None:
        self._desk = desk
        self._locality = locality
        self._home_case_no = home_case_no
        self.station = station
        self._family = family
        self._travelling: set[asyncio.Task[None]] = set()
        self._carried: dict[str, Letter] = {}

    async def ask(self, letter: Letter, command: Command) -> None:
        """A clerk's question in writing (商请核实); the answer comes as a letter of its own."""
        self._desk.note("CLARIFICATION_ASKED", command=command.command_id)
        await self.post(self.prepare(letter, "CLARIFICATION", command_id=command.command_id))

    def prepare(self, letter: Letter, *attach: str, command_id: str | None = None) -> str:
        """Add the letter to the step; it is drawn up with the next write. Returns its number."""
        number = self._desk.next_letter_no()
        numbered = letter.model_copy(
            update={
                "number": number,
                "from_locality": self._locality,
                "from_office": self.station,
                "case_no": self._desk.case_no,
                "home_case_no": self._home_case_no,
                "family": self._family,
                "sent_at": workflow.now(),
            }
        )
        self._desk.draft.letters.append(
            LetterDrafted(letter=numbered, attach=attach, command_id=command_id)
        )
        return number

    async def send(self, letter: Letter, *attach: str) -> Receipt:
        """Draw up, write and post one letter."""
        return await self.post(self.prepare(letter, *attach))

    async def post(self, number: str) -> Receipt:
        """Carry a prepared letter to the other counter until it gives a receipt."""
        await self._desk.flush()
        letter = self._desk.drawn_up(number)
        while True:
            receipt = await self._hand_over(letter)
            if receipt is None:
                task = self._desk.open_task(CommonTask.LETTER_UNDELIVERED, self.station)
                await self._desk.decision_on(task)
                continue
            self._desk.draft.receipts.append(ReceiptFiled(receipt=receipt))
            if receipt.status is ReceiptStatus.NOT_YET and receipt.not_before is not None:
                wait = _until(receipt.not_before)
                await self._desk.flush()
                await workflow.sleep(wait, summary=_AGAIN)
                continue
            return receipt

    def carry(self, number: str) -> None:
        """Let a prepared letter travel beside the case, which wakes to what came of it (Posted).

        For a case that has several letters under way at once. After a day without a receipt the
        case decides; carrying it again takes the same letter.
        """

        async def travel() -> None:
            await workflow.wait_condition(
                lambda: number in self._carried or self._desk.is_drawn_up(number)
            )
            if number not in self._carried:
                self._carried[number] = self._desk.drawn_up(number)
            while True:
                receipt = await self._hand_over(self._carried[number])
                if receipt is None or receipt.not_before is None:
                    break
                self._desk.acknowledge(receipt)
                await workflow.sleep(_until(receipt.not_before), summary=_AGAIN)
            self._desk.posted(number, receipt)

        self._start(travel())

    async def arrived(self) -> None:
        """Wait until nothing is under way any more: nobody is told before they were asked."""
        await workflow.wait_condition(lambda: not self._travelling)

    def announce(self, letter: Letter) -> None:
        """Add a letter that nobody waits for to the step: the case goes on while it travels.

        A counter that cannot be reached for a day is noted; the next such letter says more anyway.
        """
        number = self.prepare(letter)

        async def travel() -> None:
            await workflow.wait_condition(lambda: self._desk.is_drawn_up(number))
            receipt = await self._hand_over(self._desk.drawn_up(number))
            if receipt is not None:
                self._desk.acknowledge(receipt)

        self._start(travel())

    def _start(self, journey: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(journey)
        self._travelling.add(task)
        task.add_done_callback(self._travelling.discard)

    async def _hand_over(self, letter: Letter) -> Receipt | None:
        service, door, name = door_of(letter)
        counter: workflow.NexusClient[Any] = workflow.create_nexus_client(
            service=service, endpoint=ids.endpoint(letter.to_locality)
        )
        try:
            receipt: Receipt = await counter.execute_operation(
                door,
                letter,
                schedule_to_close_timeout=LETTER_TIMEOUT,
                summary=f"{name} → {letter.to_locality}",
            )
        except NexusOperationError:
            self._desk.note("LETTER_UNDELIVERED", letter=letter.number)
            return None
        return receipt

    def keep_certificate(self, ref: CertificateRef, issuer: str) -> None:
        """A certificate that a letter brought goes on the case's own register."""
        self._desk.draft.certificates_received.append(
            CertificateReceived(kind=CertificateKind.MIGRATION, ref=ref, issuer=issuer)
        )


def _until(not_before: date) -> timedelta:
    """How long it is until the other counter takes the letter."""
    wait = due_instant(not_before) - timedelta(days=1) - workflow.now()
    return max(wait, timedelta(minutes=1))


def blank(verb: object, to_locality: str, to_office: str | None, **fields: object) -> Letter:
    """A letter without its sender's side, which :meth:`Mail.prepare` fills in."""
    return Letter.model_validate(
        {
            "number": "",
            "verb": verb,
            "from_locality": "",
            "from_office": "",
            "to_locality": to_locality,
            "to_office": to_office,
            "case_no": "",
            "home_case_no": "",
            **fields,
        }
    )
