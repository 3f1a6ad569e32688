"""The Nexus handlers of the counter: one short synchronous operation per verb."""

from __future__ import annotations

from typing import Any

from nexusrpc.handler import StartOperationContext, service_handler, sync_operation

from contracts.letters import Letter, LetterVerb, Receipt
from contracts.services import (
    COMPETENCES,
    GENERAL,
    Correspondence,
    HukouMoveInService,
    HukouMoveOutService,
)
from counter.desk import Counter


@service_handler(service=HukouMoveOutService)
class HukouMoveOutDoor:
    """What destinations ask of this locality as origin."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter

    @sync_operation
    async def request(self, ctx: StartOperationContext, letter: Letter) -> Receipt:
        return await self._counter.take(letter, LetterVerb.MOVE_OUT_REQUEST)

    @sync_operation
    async def confirm_landing(self, ctx: StartOperationContext, letter: Letter) -> Receipt:
        return await self._counter.take(letter, LetterVerb.LANDING_CONFIRMED)

    @sync_operation
    async def request_reissue(self, ctx: StartOperationContext, letter: Letter) -> Receipt:
        return await self._counter.take(letter, LetterVerb.REISSUE_REQUEST)

    @sync_operation
    async def request_restoration(self, ctx: StartOperationContext, letter: Letter) -> Receipt:
        return await self._counter.take(letter, LetterVerb.RESTORE_REQUEST)


@service_handler(service=HukouMoveInService)
class HukouMoveInDoor:
    """What origins answer to this locality as destination."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter

    @sync_operation
    async def answer(self, ctx: StartOperationContext, letter: Letter) -> Receipt:
        return await self._counter.take(letter, LetterVerb.MOVE_OUT_ANSWER)

    @sync_operation
    async def certificate_reissued(self, ctx: StartOperationContext, letter: Letter) -> Receipt:
        return await self._counter.take(letter, LetterVerb.CERTIFICATE_REISSUED)

    @sync_operation
    async def registration_restored(self, ctx: StartOperationContext, letter: Letter) -> Receipt:
        return await self._counter.take(letter, LetterVerb.REGISTRATION_RESTORED)


@service_handler(service=Correspondence)
class CorrespondenceDoor:
    """What any two offices need of each other."""

    def __init__(self, counter: Counter) -> None:
        self._counter = counter

    @sync_operation
    async def remind(self, ctx: StartOperationContext, letter: Letter) -> Receipt:
        return await self._counter.take(letter, LetterVerb.REMIND)

    @sync_operation
    async def clarify(self, ctx: StartOperationContext, letter: Letter) -> Receipt:
        return await self._counter.take(letter, LetterVerb.CLARIFY)

    @sync_operation
    async def lateness(self, ctx: StartOperationContext, letter: Letter) -> Receipt:
        return await self._counter.take(letter, LetterVerb.LATENESS)

    @sync_operation
    async def tell_clock(self, ctx: StartOperationContext, letter: Letter) -> Receipt:
        return await self._counter.take(letter, LetterVerb.TELL_CLOCK)

    @sync_operation
    async def reject_document(self, ctx: StartOperationContext, letter: Letter) -> Receipt:
        return await self._counter.take(letter, LetterVerb.REJECT_DOCUMENT)

    @sync_operation
    async def update_document(self, ctx: StartOperationContext, letter: Letter) -> Receipt:
        return await self._counter.take(letter, LetterVerb.UPDATE_DOCUMENT)

    @sync_operation
    async def invalidate_document(self, ctx: StartOperationContext, letter: Letter) -> Receipt:
        return await self._counter.take(letter, LetterVerb.INVALIDATE_DOCUMENT)

    @sync_operation
    async def forward(self, ctx: StartOperationContext, letter: Letter) -> Receipt:
        return await self._counter.take(letter, LetterVerb.FORWARD)

    @sync_operation
    async def withdraw(self, ctx: StartOperationContext, letter: Letter) -> Receipt:
        return await self._counter.take(letter, LetterVerb.WITHDRAW)

    @sync_operation
    async def reopen(self, ctx: StartOperationContext, letter: Letter) -> Receipt:
        return await self._counter.take(letter, LetterVerb.REOPEN)


def _transfer_door(counter: Counter, service: type) -> object:
    """The handler of one family's six letters; all go to the same counter."""

    def operation(name: str, verb: LetterVerb) -> object:
        async def take(self: object, ctx: StartOperationContext, letter: Letter) -> Receipt:
            return await counter.take(letter, verb)

        take.__name__ = name
        take.__annotations__ = {"ctx": StartOperationContext, "letter": Letter, "return": Receipt}
        return sync_operation(take)

    body = {name: operation(name, verb) for name, verb in GENERAL.items()}
    door: Any = service_handler(service=service)(type(f"{service.__name__}_Door", (), body))
    handler: object = door()
    return handler


def doors(counter: Counter) -> list[object]:
    """All service handlers of a locality's worker."""
    return [
        HukouMoveOutDoor(counter),
        HukouMoveInDoor(counter),
        CorrespondenceDoor(counter),
        *(_transfer_door(counter, service) for service in COMPETENCES.values()),
    ]
