"""The notice gateway as the simulator process keeps it: an outbox instead of telephones."""

from typing import ClassVar

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from adapters.notices.protocol import Notice
from adapters.simulators.behaviour import Behaviours
from adapters.simulators.operations import Act
from adapters.simulators.store import Store
from adapters.simulators.system import SimulatedSystem


class NoticeSimulator(SimulatedSystem):
    """Serves adapters.notices.client under notices; GET /notices/_sent shows what went out."""

    receipt_prefix: ClassVar[str] = "DX"

    def __init__(self, store: Store, behaviours: Behaviours) -> None:
        super().__init__("notices", store, behaviours)
        self.orders = {"send": Act(Notice, self._send)}

    def routes(self) -> list[Route]:
        return [*super().routes(), Route("/notices/_sent", self._sent, methods=["GET"])]

    def _send(self, notice: Notice) -> None:
        # Under its own number, so that a message sent twice would stand there twice.
        number = f"{self.store.next_number():08d}"
        self.store.put(self.name, number, notice.model_dump_json())

    async def _sent(self, _: Request) -> Response:
        sent = [Notice.model_validate_json(body) for body in self.store.all(self.name)]
        return JSONResponse([notice.model_dump(mode="json") for notice in sent])
