"""The notice gateway as the simulator process keeps it: an outbox instead of telephones."""

from typing import ClassVar

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from adapters.notices.protocol import Notice, OfficeMessage
from adapters.simulators.behaviour import Behaviours
from adapters.simulators.operations import Act
from adapters.simulators.store import Store
from adapters.simulators.system import SimulatedSystem

_MAILBOXES = "notices-offices"


class NoticeSimulator(SimulatedSystem):
    """Serves adapters.notices.client under notices; GET /notices/_sent shows what went out to
    people, GET /notices/_told what went to offices."""

    receipt_prefix: ClassVar[str] = "DX"

    def __init__(self, store: Store, behaviours: Behaviours) -> None:
        super().__init__("notices", store, behaviours)
        self.orders = {
            "send": Act(Notice, self._send),
            "tell_office": Act(OfficeMessage, self._tell),
        }

    def routes(self) -> list[Route]:
        return [
            *super().routes(),
            Route("/notices/_sent", self._sent, methods=["GET"]),
            Route("/notices/_told", self._told, methods=["GET"]),
        ]

    def _send(self, notice: Notice) -> None:
        # Under its own number, so that a message sent twice would stand there twice.
        number = f"{self.store.next_number():08d}"
        self.store.put(self.name, number, notice.model_dump_json())

    def _tell(self, message: OfficeMessage) -> None:
        number = f"{self.store.next_number():08d}"
        self.store.put(_MAILBOXES, number, message.model_dump_json())

    async def _told(self, _: Request) -> Response:
        told = [OfficeMessage.model_validate_json(body) for body in self.store.all(_MAILBOXES)]
        return JSONResponse([message.model_dump(mode="json") for message in told])

    async def _sent(self, _: Request) -> Response:
        sent = [Notice.model_validate_json(body) for body in self.store.all(self.name)]
        return JSONResponse([notice.model_dump(mode="json") for notice in sent])
