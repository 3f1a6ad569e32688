"""The bank as the simulator process keeps it: executes orders, rightly or as a rule of money says.

Controls beside /_behaviour: PUT, GET, DELETE /bank/_money; POST /bank/_release; GET
/bank/_balances and /bank/_waiting.
"""

import re
from typing import Annotated, Any, ClassVar

from pydantic import Field, ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from adapters.bank.books import BANK, TRANSIT, Books
from adapters.bank.client import Statement
from adapters.bank.money import MoneyMode, MoneyRule, MoneyRules
from adapters.bank.protocol import (
    MAX_STATEMENT,
    BankRefusal,
    EntryKind,
    RemittanceOrder,
    RemittanceReceipt,
)
from adapters.models import OutsideModel, Personal
from adapters.simulators.behaviour import Behaviours
from adapters.simulators.operations import Act, Query, Refused, bad_request
from adapters.simulators.store import Store
from adapters.simulators.system import SimulatedSystem

_FUND = re.compile(r"\d{6}-[A-Z][A-Z_]*")


class StatementOf(OutsideModel):
    account: Personal
    after: Annotated[int, Field(ge=0)]
    limit: Annotated[int, Field(ge=1, le=MAX_STATEMENT)] = MAX_STATEMENT


class StatementsOf(OutsideModel):
    after: Annotated[dict[Personal, Annotated[int, Field(ge=0)]], Field(max_length=100)]
    limit: Annotated[int, Field(ge=1, le=MAX_STATEMENT)] = MAX_STATEMENT


class BankSimulator(SimulatedSystem):
    """Serves adapters.bank.client under bank."""

    receipt_prefix: ClassVar[str] = "YH"

    def __init__(self, store: Store, behaviours: Behaviours) -> None:
        super().__init__("bank", store, behaviours)
        self._books = Books(store)
        self._rules = MoneyRules()
        self.queries = {
            "statement": Query(StatementOf, self._statement, _one_fen_more, personal=False),
            "statements": Query(StatementsOf, self._statements, _one_fen_more, personal=False),
        }
        self.orders = {"remit": Act(RemittanceOrder, self._remit, RemittanceReceipt)}

    def routes(self) -> list[Route]:
        return [
            *super().routes(),
            Route("/bank/_money", self._show_rules, methods=["GET"]),
            Route("/bank/_money", self._set_rule, methods=["PUT"]),
            Route("/bank/_money", self._clear_rules, methods=["DELETE"]),
            Route("/bank/_release", self._release, methods=["POST"]),
            Route("/bank/_balances", self._balances, methods=["GET"]),
            Route("/bank/_waiting", self._waiting, methods=["GET"]),
        ]

    def _remit(self, order: RemittanceOrder) -> None:
        payer, receiver = order.from_account, order.to_account
        if not _FUND.fullmatch(payer):
            raise Refused(BankRefusal.ACCOUNT_UNKNOWN)
        if payer == receiver:
            raise Refused(BankRefusal.SAME_ACCOUNT)
        for account in (payer, receiver):
            if _FUND.fullmatch(account):
                self._books.open_fund(account)
        if self._books.balance(payer) < order.amount_fen:
            raise Refused(BankRefusal.INSUFFICIENT_FUNDS)
        rule = self._rules.take(order.reference)
        now, later = _credits(order, rule)
        self._execute(order, [_step(order.amount_fen, payer, TRANSIT), *now])
        if rule is not None and rule.waits:
            self._wait(order, later, rule)
        else:
            self._execute(order, later)

    def _execute(self, order: RemittanceOrder, steps: list[dict[str, Any]]) -> None:
        for step in steps:
            kind = EntryKind(step["kind"]) if step["kind"] else None
            self._books.move(
                order, step["fen"], leaves=step["leaves"], enters=step["enters"], kind=kind
            )

    def _wait(self, order: RemittanceOrder, later: list[dict[str, Any]], rule: MoneyRule) -> None:
        if later:
            self._books.keep_waiting(
                {
                    "id": order.key,
                    "reference": order.reference,
                    "account": later[-1]["enters"],
                    "looks": rule.after_looks,
                    "order": order.model_dump(mode="json"),
                    "steps": later,
                }
            )

    def _statement(self, question: StatementOf) -> Statement:
        with self.store.transaction():
            self._look_counts(question.account)
            return Statement(
                entries=self._books.entries(question.account, question.after, question.limit)
            )

    def _statements(self, question: StatementsOf) -> Statement:
        found = (
            self._statement(StatementOf(account=account, after=after, limit=question.limit))
            for account, after in question.after.items()
        )
        return Statement(entries=tuple(entry for one in found for entry in one.entries))

    def _look_counts(self, account: str) -> None:
        """Money that waits for looks comes with the last of them."""
        for one in self._books.waiting():
            if one["looks"] is None or one["account"] != account:
                continue
            if one["looks"] > 1:
                self._books.keep_waiting({**one, "looks": one["looks"] - 1})
            else:
                self._arrive(one)

    def _arrive(self, waiting: dict[str, Any]) -> None:
        self._execute(RemittanceOrder.model_validate(waiting["order"]), waiting["steps"])
        self._books.no_longer_waiting(waiting["id"])

    async def _release(self, request: Request) -> Response:
        """Everything that waits, or what waits for one ?reference=."""
        reference = request.query_params.get("reference")
        with self.store.transaction():
            due = [one for one in self._books.waiting() if reference in (None, one["reference"])]
            for one in due:
                self._arrive(one)
        return JSONResponse({"released": len(due)})

    async def _show_rules(self, _: Request) -> Response:
        return JSONResponse([rule.model_dump(mode="json") for rule in self._rules.all()])

    async def _set_rule(self, request: Request) -> Response:
        try:
            rule = MoneyRule.model_validate_json(await request.body())
        except ValidationError as error:
            return bad_request(error)
        self._rules.set(rule)
        return JSONResponse(rule.model_dump(mode="json"))

    async def _clear_rules(self, _: Request) -> Response:
        self._rules.clear()
        return Response(status_code=204)

    async def _balances(self, _: Request) -> Response:
        return JSONResponse(self._books.balances())

    async def _waiting(self, _: Request) -> Response:
        return JSONResponse([one["reference"] for one in self._books.waiting()])


Steps = list[dict[str, Any]]


def _credits(order: RemittanceOrder, rule: MoneyRule | None) -> tuple[Steps, Steps]:
    """What follows the debit: at once, and what may have to wait."""
    payer, receiver, whole = order.from_account, order.to_account, order.amount_fen
    credit = _step(whole, TRANSIT, receiver)
    match rule.mode if rule else None:
        case MoneyMode.BOUNCED:
            return [], [_step(whole, TRANSIT, payer, EntryKind.BOUNCE)]
        case MoneyMode.PARTIAL if rule and rule.first_fen and rule.first_fen < whole:
            first = rule.first_fen
            return [_step(first, TRANSIT, receiver)], [_step(whole - first, TRANSIT, receiver)]
        case MoneyMode.DUPLICATE:
            at_bank_cost = rule is not None and rule.at_bank_cost
            again = _step(whole, BANK if at_bank_cost else payer, TRANSIT)
            return [credit], [again, credit]
        case MoneyMode.WRONG_AMOUNT if rule and whole + rule.differs_fen > 0:
            more = rule.differs_fen
            mistake = _step(more, BANK, TRANSIT) if more > 0 else _step(-more, TRANSIT, BANK)
            return [], [mistake, _step(whole + more, TRANSIT, receiver)]
        case _:
            return [], [credit]


def _step(fen: int, leaves: str, enters: str, kind: EntryKind | None = None) -> dict[str, Any]:
    return {"fen": fen, "leaves": leaves, "enters": enters, "kind": kind}


def _one_fen_more(statement: Statement) -> Statement:
    entries = tuple(
        one.model_copy(update={"amount_fen": one.amount_fen + 1}) for one in statement.entries
    )
    return Statement(entries=entries)
