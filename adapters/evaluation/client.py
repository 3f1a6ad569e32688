"""The 好差评 platform over HTTP; built by the composition root, called by the rating round."""

from collections.abc import Mapping
from typing import ClassVar

from adapters.evaluation.protocol import (
    EvaluationAnswer,
    EvaluationReceipt,
    EvaluationRefusal,
    EvaluationReport,
    PlatformEvaluation,
)
from adapters.http import OutsideHttp
from adapters.models import OutsideModel


class Evaluations(OutsideModel):
    """The answer to `pull` on the wire."""

    evaluations: tuple[PlatformEvaluation, ...]


class EvaluationClient(OutsideHttp):
    """Implements adapters.evaluation.protocol.EvaluationPlatform."""

    system: ClassVar[str] = "好差评平台"
    sentences: ClassVar[Mapping[str, str]] = {
        EvaluationRefusal.UNKNOWN_EVALUATION: "好差评平台查无此评价，请核对评价编号",
        EvaluationRefusal.NOT_A_LEVEL: "好差评平台不认识此评价等级，请核对等级对照",
    }

    async def pull(self, locality: str, after: int) -> tuple[PlatformEvaluation, ...]:
        found = await self._ask("pull", {"locality": locality, "after": after}, Evaluations)
        return () if found is None else found.evaluations

    async def answer(self, order: EvaluationAnswer) -> EvaluationReceipt:
        return await self._order("answer", order, EvaluationReceipt)

    async def report(self, order: EvaluationReport) -> EvaluationReceipt:
        return await self._order("report", order, EvaluationReceipt)
