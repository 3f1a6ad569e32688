"""The 好差评 platform as the simulator process keeps it: ratings that citizens gave there.

Controls beside /_behaviour: PUT /evaluation/_evaluation (again under its number: told twice) and
/evaluation/_garbled (breaks the form); GET /evaluation/_kept shows reports and answers.
"""

import json
from typing import Annotated, ClassVar

from pydantic import Field
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from adapters.evaluation.client import Evaluations
from adapters.evaluation.codes import level_of_stars
from adapters.evaluation.protocol import (
    EvaluationAnswer,
    EvaluationReceipt,
    EvaluationRefusal,
    EvaluationReport,
    PlatformEvaluation,
)
from adapters.models import MaybePersonal, OutsideModel, Word
from adapters.simulators.behaviour import Behaviours
from adapters.simulators.operations import Act, Query, Refused, Upsert
from adapters.simulators.store import Store
from adapters.simulators.system import SimulatedSystem

_KNOWN, _KEPT = "evaluation#known", "evaluation#kept"


class Pull(OutsideModel):
    locality: Word
    after: Annotated[int, Field(ge=0)]


class Given(OutsideModel):
    """A citizen rates on the platform."""

    locality: Word
    evaluation_no: Word
    case_no: Word
    satisfaction: int
    pf: Word = "1"
    words: MaybePersonal = None
    open_to_office: bool = False
    given_at: str


class Garbled(OutsideModel):
    """A rating that breaks the form."""

    locality: Word
    evaluation_no: Word


class EvaluationSimulator(SimulatedSystem):
    """Serves adapters.evaluation.client under evaluation."""

    receipt_prefix: ClassVar[str] = "PJ"

    def __init__(self, store: Store, behaviours: Behaviours) -> None:
        super().__init__("evaluation", store, behaviours)
        self.queries = {"pull": Query(Pull, self._pull, _one_star_less, personal=False)}
        self.orders = {
            "answer": Act(EvaluationAnswer, self._take_answer, EvaluationReceipt),
            "report": Act(EvaluationReport, self._take_report, EvaluationReceipt),
        }
        self.upserts = {
            "evaluation": Upsert(Given, self._give),
            "garbled": Upsert(Garbled, self._garble),
        }

    def routes(self) -> list[Route]:
        return [*super().routes(), Route("/evaluation/_kept", self._show, methods=["GET"])]

    def _give(self, given: Given) -> None:
        shelf = f"evaluation#given#{given.locality}"
        number = len(self.store.all(shelf)) + 1
        content = given.model_dump(exclude={"locality"})
        told = PlatformEvaluation(number=number, **content)
        self.store.put(shelf, f"{number:08d}", told.model_dump_json())
        self.store.put(_KNOWN, given.evaluation_no, given.locality)

    def _garble(self, asked: Garbled) -> None:
        shelf = f"evaluation#given#{asked.locality}"
        number = len(self.store.all(shelf)) + 1
        body = {"number": number, "evaluation_no": asked.evaluation_no, "satisfaction": 3}
        self.store.put(shelf, f"{number:08d}", json.dumps(body))
        self.store.put(_KNOWN, asked.evaluation_no, asked.locality)

    def _pull(self, question: Pull) -> Evaluations:
        given = [json.loads(one) for one in self.store.all(f"evaluation#given#{question.locality}")]
        return Evaluations(
            evaluations=tuple(one for one in given if one["number"] > question.after)
        )

    def _take_answer(self, order: EvaluationAnswer) -> None:
        if self.store.get(_KNOWN, order.evaluation_no) is None:
            raise Refused(EvaluationRefusal.UNKNOWN_EVALUATION)
        self._keep("answer", order)

    def _take_report(self, order: EvaluationReport) -> None:
        if level_of_stars(order.satisfaction) is None:
            raise Refused(EvaluationRefusal.NOT_A_LEVEL)
        self._keep("report", order)

    def _keep(self, what: str, order: EvaluationAnswer | EvaluationReport) -> None:
        body = {"what": what, **order.model_dump(mode="json")}
        self.store.put(_KEPT, f"{what}#{order.key}", json.dumps(body))

    async def _show(self, _: Request) -> Response:
        return JSONResponse([json.loads(one) for one in self.store.all(_KEPT)])


def _one_star_less(told: Evaluations) -> Evaluations:
    return Evaluations(
        evaluations=tuple(
            {**one, "satisfaction": one["satisfaction"] - 1} for one in told.evaluations
        )
    )
