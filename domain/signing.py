"""会签, 或签 and 委派: what still has to be said before a task may be decided.

Asked by the console; the running case knows nothing of it, so that its history stays as it is.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum


class SigningMode(StrEnum):
    """How many of those who were asked have to answer."""

    ALL = "ALL"
    ANY = "ANY"
    DELEGATE = "DELEGATE"

    @property
    def label(self) -> str:
        """The mode's Chinese name."""
        return {"ALL": "会签", "ANY": "或签", "DELEGATE": "委派"}[self.value]

    @property
    def about(self) -> str:
        """What the mode means for whoever asks, in one Chinese sentence."""
        return {
            "ALL": "征求的同事都答复后，才能办结。",
            "ANY": "征求的几位同事中有一位答复，就能办结。",
            "DELEGATE": "请同事代办具体工作，办好交回后，由您办结。",
        }[self.value]


class Answer(StrEnum):
    """What somebody who was asked says."""

    AGREE = "AGREE"
    DISAGREE = "DISAGREE"
    DONE = "DONE"  # 委派: the work is done and comes back

    @property
    def label(self) -> str:
        """The answer's Chinese name."""
        return {"AGREE": "同意", "DISAGREE": "不同意", "DONE": "已办好，交回"}[self.value]


@dataclass(frozen=True, slots=True)
class Asked:
    """One opinion that was asked; ``answer`` None: not yet given."""

    signer: str
    mode: str
    answer: str | None = None


def waited_for(asked: Collection[Asked]) -> tuple[str, ...]:
    """The staff numbers whose answer the task still needs; empty: it may be decided.

    Of an 或签 one answer is enough. A disagreement is no veto: whoever decides has read it.
    """
    any_given = any(one.mode == SigningMode.ANY and one.answer for one in asked)
    return tuple(
        one.signer
        for one in asked
        if one.answer is None and not (one.mode == SigningMode.ANY and any_given)
    )
