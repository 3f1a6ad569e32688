"""How the simulated bank gets money wrong on demand; set over PUT /bank/_money.

Rules live in memory only, as behaviours do; money under way is kept in the store.
"""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator


class MoneyMode(StrEnum):
    LATE = "LATE"  # debited now, credited when released
    BOUNCED = "BOUNCED"  # debited, then given back to the payer
    PARTIAL = "PARTIAL"  # arrives in two parts, the first of first_fen
    DUPLICATE = "DUPLICATE"  # executed twice: both sides booked twice
    WRONG_AMOUNT = "WRONG_AMOUNT"  # credited with differs_fen more or less than instructed


class MoneyRule(BaseModel):
    """For the orders of one reference, or for the next order whatever it is (None).

    wait: what is still to come (the credit, the bounce, the second part, the second execution)
    waits for POST /bank/_release, or for the given number of looks at the receiver's statement.
    at_bank_cost: of DUPLICATE, the second credit is paid by the bank and not by the payer.
    times: for so many orders.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    mode: MoneyMode
    reference: str | None = None
    first_fen: Annotated[int, Field(ge=1)] | None = None
    differs_fen: int = 0
    wait: bool = False
    after_looks: Annotated[int, Field(ge=1)] | None = None
    at_bank_cost: bool = False
    times: Annotated[int, Field(ge=1)] = 1

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if self.mode is MoneyMode.PARTIAL and self.first_fen is None:
            raise ValueError("PARTIAL 需要 first_fen")
        if self.mode is MoneyMode.WRONG_AMOUNT and not self.differs_fen:
            raise ValueError("WRONG_AMOUNT 需要 differs_fen")
        return self

    @property
    def waits(self) -> bool:
        return self.wait or self.after_looks is not None or self.mode is MoneyMode.LATE


class MoneyRules:
    """The rules in force, at most one per reference."""

    def __init__(self) -> None:
        self._rules: dict[str | None, MoneyRule] = {}

    def set(self, rule: MoneyRule) -> None:
        self._rules[rule.reference] = rule

    def clear(self) -> None:
        self._rules.clear()

    def all(self) -> list[MoneyRule]:
        return list(self._rules.values())

    def take(self, reference: str) -> MoneyRule | None:
        """The rule for this order, counted as used; the named reference goes before None."""
        for slot in (reference, None):
            if (rule := self._rules.pop(slot, None)) is None:
                continue
            if rule.times > 1:
                self._rules[slot] = rule.model_copy(update={"times": rule.times - 1})
            return rule
        return None
