"""The 好差评 platform of province or nation: ratings that it collected, ratings that we report.

Levels and channels travel as the platform's numbers; adapters/evaluation/codes.py knows them.
"""

from enum import StrEnum
from typing import Annotated, Protocol

from pydantic import AwareDatetime, Field

from adapters.models import MaybePersonal, Order, OutsideModel, Receipt, Word

#: What stands for a level that could not be read; no number of stars.
NO_LEVEL = 0


class EvaluationRefusal(StrEnum):
    """Codes of OutsideRefusal from the 好差评 platform."""

    UNKNOWN_EVALUATION = "UNKNOWN_EVALUATION"
    NOT_A_LEVEL = "NOT_A_LEVEL"


class PlatformEvaluation(OutsideModel):
    """One rating that the platform collected. number: from 1 per locality; satisfaction: stars,
    5 is best, as the platform sent them; pf: its number of the channel."""

    number: Annotated[int, Field(ge=1)]
    evaluation_no: Word
    case_no: Word
    satisfaction: int
    pf: Word
    words: MaybePersonal = None
    open_to_office: bool = False  # the person agreed to be known to the rated office
    given_at: AwareDatetime


class EvaluationAnswer(Order):
    """What became of a rating of the platform: TAKEN, or why not. key: its number there."""

    evaluation_no: Word
    outcome: Word


class EvaluationReport(Order):
    """A rating that we took in ourselves. key: our number of it."""

    rating_no: Word
    matter: Word
    office: Word
    satisfaction: Annotated[int, Field(ge=1, le=5)]
    pf: Word
    given_at: AwareDatetime


class EvaluationReceipt(Receipt):
    """The platform took the answer or the report."""


class EvaluationPlatform(Protocol):
    """Every method raises OutsideUnavailable (repeat) or OutsideRefusal (an EvaluationRefusal)."""

    async def pull(self, locality: str, after: int) -> tuple[PlatformEvaluation, ...]:
        """Ratings of a locality's cases with numbers above `after`, in order."""

    async def answer(self, order: EvaluationAnswer) -> EvaluationReceipt:
        """Refusal: UNKNOWN_EVALUATION."""

    async def report(self, order: EvaluationReport) -> EvaluationReceipt:
        """Once per rating. Refusal: NOT_A_LEVEL."""
