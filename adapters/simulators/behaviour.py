"""How a simulated system misbehaves on demand; set over PUT /_behaviour, used by SimulatedSystem.

Behaviours live in memory only: a simulator that was restarted behaves well again.
"""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from adapters.errors import is_refusal_code


class Mode(StrEnum):
    LATE = "late"  # answers after `seconds`; the work is done then, when nobody may wait any more
    TWICE = "twice"  # the request arrives twice, as over a nervous network
    REFUSE = "refuse"  # a typed refusal with `code`
    CONTRADICT = "contradict"  # queries answer with facts that differ from the register's
    DOWN = "down"  # 503, nothing done
    NEVER = "never"  # no answer until the client hangs up, nothing done
    GARBAGE = "garbage"  # 200 with no JSON, nothing done
    LOST_ANSWER = "lost_answer"  # the work is done, then 503


class Behaviour(BaseModel):
    """times: for so many requests, None until deleted. operation "*" stands for all."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    system: str
    operation: str = "*"
    mode: Mode
    times: Annotated[int, Field(ge=1)] | None = None
    seconds: Annotated[float, Field(ge=0, le=3600)] = 0
    code: str | None = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.mode is Mode.REFUSE and not is_refusal_code(self.code):
            raise ValueError("refuse 需要 code（大写字母代码）")
        if self.mode is Mode.LATE and not self.seconds:
            raise ValueError("late 需要 seconds")
        return self


class Behaviours:
    """The behaviours in force, at most one per system and operation."""

    def __init__(self) -> None:
        self._rules: dict[tuple[str, str], Behaviour] = {}

    def set(self, behaviour: Behaviour) -> None:
        self._rules[behaviour.system, behaviour.operation] = behaviour

    def clear(self) -> None:
        self._rules.clear()

    def all(self) -> list[Behaviour]:
        return list(self._rules.values())

    def take(self, system: str, operation: str, *, is_query: bool) -> Behaviour | None:
        """The behaviour for this request, counted as used; the named operation goes before "*"."""
        for slot in ((system, operation), (system, "*")):
            rule = self._rules.get(slot)
            if rule is None or (rule.mode is Mode.CONTRADICT and not is_query):
                continue
            if rule.times == 1:
                del self._rules[slot]
            elif rule.times is not None:
                self._rules[slot] = rule.model_copy(update={"times": rule.times - 1})
            return rule
        return None
