"""The hotline's platform as the simulator process keeps it: callers who ring when a test says so.

Controls beside /_behaviour: PUT /hotline/_ticket (again: told twice), /hotline/_withdrawal,
/hotline/_call_back and /hotline/_garbled (news that break the form); PUT and POST
/hotline/_callbacks; GET /hotline/_replies.
"""

import json
from typing import Annotated, Any, ClassVar

from pydantic import Field, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from adapters.hotline.client import RawNews
from adapters.hotline.protocol import (
    ExtensionOrder,
    HotlineEvent,
    HotlineRefusal,
    TicketContent,
    TicketOrder,
    TicketReceipt,
    WordsOrder,
)
from adapters.models import OutsideModel, Word
from adapters.simulators.behaviour import Behaviour, Behaviours
from adapters.simulators.operations import Act, Query, Refused, Upsert, bad_request
from adapters.simulators.outgoing import CallbackMode, CallbackSetting, Outgoing
from adapters.simulators.store import Store
from adapters.simulators.system import SimulatedSystem
from domain.hotline import HotlineNews, TicketVerdict

_TICKETS, _ADDRESSES, _REPLIES = "hotline#tickets", "hotline#addresses", "hotline#replies"


class Pull(OutsideModel):
    locality: Word
    after: Annotated[int, Field(ge=0)]
    callback_url: Word | None = None


class Call(OutsideModel):
    """A caller rings. verdicts: what is said when called back, round by round; beyond them the
    platform never calls back."""

    locality: Word
    ticket_no: Word
    content: TicketContent
    verdicts: tuple[TicketVerdict, ...] = (TicketVerdict.SATISFIED,)
    withdrawn: bool = False


class Withdrawal(OutsideModel):
    ticket_no: Word


class CallBack(OutsideModel):
    """A call-back out of turn: late, twice or about the wrong round."""

    ticket_no: Word
    round: Annotated[int, Field(ge=1)]
    verdict: TicketVerdict


class Garbled(OutsideModel):
    """News that break the form."""

    locality: Word
    ticket_no: Word


class HotlineSimulator(SimulatedSystem):
    """Serves adapters.hotline.client under hotline."""

    receipt_prefix: ClassVar[str] = "RX"

    def __init__(self, store: Store, behaviours: Behaviours) -> None:
        super().__init__("hotline", store, behaviours)
        self._outgoing = Outgoing(store, "hotline")
        self.queries = {"pull": Query(Pull, self._pull, lambda news: news, personal=False)}
        self.orders = {
            "reply": Act(WordsOrder, self._reply, TicketReceipt),
            "send_back": Act(WordsOrder, self._send_back, TicketReceipt),
            "extend": Act(ExtensionOrder, self._extend, TicketReceipt),
        }
        self.upserts = {
            "ticket": Upsert(Call, self._ring),
            "withdrawal": Upsert(Withdrawal, self._withdraw),
            "call_back": Upsert(CallBack, self._call_back),
            "garbled": Upsert(Garbled, self._garble),
        }

    def routes(self) -> list[Route]:
        return [
            *super().routes(),
            Route("/hotline/_callbacks", self._set_callbacks, methods=["PUT"]),
            Route("/hotline/_callbacks", self._send_callbacks, methods=["POST"]),
            Route("/hotline/_replies", self._show_replies, methods=["GET"]),
        ]

    async def _serve(self, operation: str, request: Request, rule: Behaviour | None) -> Response:
        answer = await super()._serve(operation, request, rule)
        self._outgoing.send_soon()
        return answer

    def _pull(self, question: Pull) -> RawNews:
        if question.callback_url:
            self.store.put(_ADDRESSES, question.locality, question.callback_url)
        events = [json.loads(one) for one in self._news(question.locality)]
        return RawNews(events=tuple(one for one in events if one["number"] > question.after))

    def _ring(self, call: Call) -> None:
        self.store.put(_TICKETS, call.ticket_no, call.model_dump_json())
        self._tell(call, HotlineNews.TICKET, content=call.content)

    def _withdraw(self, asked: Withdrawal) -> None:
        call = self._call(asked.ticket_no).model_copy(update={"withdrawn": True})
        self.store.put(_TICKETS, call.ticket_no, call.model_dump_json())
        self._tell(call, HotlineNews.WITHDRAWN)

    def _call_back(self, asked: CallBack) -> None:
        call = self._call(asked.ticket_no)
        self._tell(call, HotlineNews.CALLED_BACK, round=asked.round, verdict=asked.verdict)

    def _garble(self, asked: Garbled) -> None:
        number = len(self._news(asked.locality)) + 1
        body = {"number": number, "ticket_no": asked.ticket_no, "kind": "TICKET"}
        self.store.put(self._shelf(asked.locality), f"{number:08d}", json.dumps(body))

    def _reply(self, order: WordsOrder) -> None:
        call = self._answered(order, "reply")
        if order.round <= len(call.verdicts):
            verdict = call.verdicts[order.round - 1]
            self._tell(call, HotlineNews.CALLED_BACK, round=order.round, verdict=verdict)

    def _send_back(self, order: WordsOrder) -> None:
        self._answered(order, "send_back")

    def _extend(self, order: ExtensionOrder) -> None:
        self._answered(order, "extend")

    def _answered(self, order: TicketOrder, what: str) -> Call:
        """Keep what was said; a second answer of the same round under another key is refused."""
        call = self._call(order.ticket_no)
        if call.withdrawn:
            raise Refused(HotlineRefusal.TICKET_WITHDRAWN)
        id_ = f"{order.ticket_no}#{what}#{order.round}"
        if self.store.get(_REPLIES, id_) is not None:
            raise Refused(HotlineRefusal.ALREADY_REPLIED)
        body = {"what": what, **order.model_dump(mode="json")}
        self.store.put(_REPLIES, id_, json.dumps(body))
        return call

    def _call(self, ticket_no: str) -> Call:
        body = self.store.get(_TICKETS, ticket_no)
        if body is None:
            raise Refused(HotlineRefusal.UNKNOWN_TICKET)
        return Call.model_validate_json(body)

    def _tell(self, call: Call, kind: HotlineNews, **more: Any) -> None:
        number = len(self._news(call.locality)) + 1
        event = HotlineEvent(number=number, ticket_no=call.ticket_no, kind=kind, **more)
        self.store.put(self._shelf(call.locality), f"{number:08d}", event.model_dump_json())
        address = self.store.get(_ADDRESSES, call.locality)
        if address is not None:
            self._outgoing.add(address, f"{call.locality}#{number:08d}", event)
            self._outgoing.send_soon()

    def _news(self, locality: str) -> list[str]:
        return self.store.all(self._shelf(locality))

    def _shelf(self, locality: str) -> str:
        return f"hotline#news#{locality}"

    async def _set_callbacks(self, request: Request) -> Response:
        try:
            setting = CallbackSetting.model_validate_json(await request.body())
        except ValidationError as error:
            return bad_request(error)
        self._outgoing.mode = CallbackMode(setting.mode)
        return JSONResponse(setting.model_dump(mode="json"))

    async def _send_callbacks(self, _: Request) -> Response:
        return JSONResponse({"sent": await self._outgoing.send(), "left": self._outgoing.left()})

    async def _show_replies(self, _: Request) -> Response:
        return JSONResponse([json.loads(one) for one in self.store.all(_REPLIES)])
