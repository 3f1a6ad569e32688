"""The 好差评 platform over HTTP; built by the composition root, called by the rating round."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, ClassVar

from pydantic import ValidationError

from adapters.evaluation.protocol import (
    NO_LEVEL,
    EvaluationAnswer,
    EvaluationReceipt,
    EvaluationRefusal,
    EvaluationReport,
    PlatformEvaluation,
)
from adapters.http import OutsideHttp
from adapters.models import OutsideModel


class Evaluations(OutsideModel):
    """The answer to `pull` on the wire: one broken rating must not hide the others."""

    evaluations: tuple[dict[str, Any], ...]


class EvaluationClient(OutsideHttp):
    """Implements adapters.evaluation.protocol.EvaluationPlatform."""

    system: ClassVar[str] = "好差评平台"
    sentences: ClassVar[Mapping[str, str]] = {
        EvaluationRefusal.UNKNOWN_EVALUATION: "好差评平台查无此评价，请核对评价编号",
        EvaluationRefusal.NOT_A_LEVEL: "好差评平台不认识此评价等级，请核对等级对照",
    }

    async def pull(self, locality: str, after: int) -> tuple[PlatformEvaluation, ...]:
        found = await self._ask("pull", {"locality": locality, "after": after}, Evaluations)
        return () if found is None else tuple(self._evaluation(one) for one in found.evaluations)

    def _evaluation(self, given: dict[str, Any]) -> PlatformEvaluation:
        """One rating; what cannot be read keeps its numbers and gets a level that is none."""
        try:
            return PlatformEvaluation.model_validate(given)
        except ValidationError:
            known = given.get("evaluation_no")
            told = {
                "number": given.get("number"),
                "evaluation_no": known if isinstance(known, str) and known else "UNKNOWN",
                "case_no": "UNKNOWN",
                "satisfaction": NO_LEVEL,
                "pf": "UNKNOWN",
                "given_at": datetime.fromtimestamp(0, UTC),
            }
            return self._read(told, PlatformEvaluation, "pull")

    async def answer(self, order: EvaluationAnswer) -> EvaluationReceipt:
        return await self._order("answer", order, EvaluationReceipt)

    async def report(self, order: EvaluationReport) -> EvaluationReceipt:
        return await self._order("report", order, EvaluationReceipt)
