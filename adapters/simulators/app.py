"""The simulator process's web application: all outside systems and the switches of their behaviour.

Built by adapters.simulators.__main__; takes requests of the HTTP clients, tests and rehearsals.
"""

from collections.abc import Iterable
from pathlib import Path

from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from adapters.bank.simulator import BankSimulator
from adapters.courier.simulator import CourierSimulator
from adapters.education.simulator import EducationSimulator
from adapters.evaluation.simulator import EvaluationSimulator
from adapters.hotline.simulator import HotlineSimulator
from adapters.marriage.simulator import MarriageSimulator
from adapters.notices.simulator import NoticeSimulator
from adapters.population.simulator import PopulationSimulator
from adapters.registers.seeds import read_entries
from adapters.registers.simulator import RegistersSimulator
from adapters.simulators.behaviour import Behaviour, Behaviours, Mode
from adapters.simulators.operations import bad_request, not_understood
from adapters.simulators.seeds import (
    read_admissions,
    read_graduations,
    read_marriages,
    read_population,
)
from adapters.simulators.store import Store
from adapters.simulators.system import SimulatedSystem


class Simulators:
    """Every simulated system on one store."""

    def __init__(self, store: Store, localities: Iterable[str]) -> None:
        self._store = store
        self._behaviours = Behaviours()
        self._population = {
            code: PopulationSimulator(code, store, self._behaviours) for code in localities
        }
        self._registers = {
            code: RegistersSimulator(code, store, self._behaviours) for code in self._population
        }
        self._marriage = MarriageSimulator(store, self._behaviours)
        self._education = EducationSimulator(store, self._behaviours)
        systems: list[SimulatedSystem] = [
            *self._population.values(),
            self._marriage,
            self._education,
            NoticeSimulator(store, self._behaviours),
            *self._registers.values(),
            BankSimulator(store, self._behaviours),
            CourierSimulator(store, self._behaviours),
            EvaluationSimulator(store, self._behaviours),
            HotlineSimulator(store, self._behaviours),
        ]
        self._systems = {system.name: system for system in systems}

    def seed(self, folder: Path) -> None:
        """Fill each system once in the life of the store: a restart must not undo what was done.

        Raises SeedError.
        """
        for code, population in self._population.items():
            with self._store.transaction():
                if self._store.mark_seeded(population.name):
                    for person in read_population(folder, code).values():
                        population.put(person)
        with self._store.transaction():
            if self._store.mark_seeded(self._marriage.name):
                for marriage in read_marriages(folder).values():
                    self._marriage.put(marriage)
        with self._store.transaction():
            if self._store.mark_seeded(self._education.name):
                for admission in read_admissions(folder).values():
                    self._education.put_admission(admission)
                for graduation in read_graduations(folder).values():
                    self._education.put_graduation(graduation)
        entries = read_entries(folder)
        for code, registers in self._registers.items():
            with self._store.transaction():
                if self._store.mark_seeded(registers.name):
                    for entry in entries.values():
                        if entry.locality == code:
                            registers.put(entry)

    def application(self) -> Starlette:
        routes = [
            Route("/health", self._health),
            Route("/_behaviour", self._show_behaviour, methods=["GET"]),
            Route("/_behaviour", self._set_behaviour, methods=["PUT"]),
            Route("/_behaviour", self._clear_behaviour, methods=["DELETE"]),
            Route("/_acts", self._acts),
            Route("/_queries", self._queries),
        ]
        for system in self._systems.values():
            routes.extend(system.routes())
        return Starlette(routes=routes)

    async def _health(self, _: Request) -> Response:
        return JSONResponse({"status": "ok", "systems": sorted(self._systems)})

    async def _show_behaviour(self, _: Request) -> Response:
        return JSONResponse([rule.model_dump(mode="json") for rule in self._behaviours.all()])

    async def _set_behaviour(self, request: Request) -> Response:
        try:
            rule = Behaviour.model_validate_json(await request.body())
        except ValidationError as error:
            return bad_request(error)
        if mistake := self._mistake(rule):
            return not_understood(mistake)
        self._behaviours.set(rule)
        return JSONResponse(rule.model_dump(mode="json"))

    def _mistake(self, rule: Behaviour) -> str | None:
        """A behaviour that could never show would make a rehearsal prove nothing."""
        system = self._systems.get(rule.system)
        if system is None:
            return f"没有系统 {rule.system}，现有：{'、'.join(sorted(self._systems))}"
        if rule.operation not in ("*", *system.operations):
            return f"{rule.system} 没有操作 {rule.operation}，现有：{'、'.join(system.operations)}"
        answers = system.queries if rule.operation == "*" else {rule.operation} & {*system.queries}
        if rule.mode is Mode.CONTRADICT and not answers:
            return f"contradict 只用于查询，{rule.system} 的 {rule.operation} 不是查询"
        return None

    async def _clear_behaviour(self, _: Request) -> Response:
        self._behaviours.clear()
        return Response(status_code=204)

    async def _acts(self, _: Request) -> Response:
        return JSONResponse(self._store.acts())

    async def _queries(self, _: Request) -> Response:
        return JSONResponse(self._store.queries())
