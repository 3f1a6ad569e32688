"""秒批秒办: whether rules and data suffice to accept, decide and issue without a person.

Any doubt sends the case to a person: a paper that somebody has to read, a promise, a deferral, a
fee, a register that says no, says otherwise or says nothing (docs/rules.md B3).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum

_KIND = "CHECK"


class Doubt(StrEnum):
    """Why a person looks after all."""

    SWITCHED_OFF = "SWITCHED_OFF"  # by the locality's policy
    NO_CHECKS = "NO_CHECKS"  # the definition names no register that could answer
    FORM = "FORM"  # the form check found something
    PAPERS = "PAPERS"  # somebody has to read what was handed in
    PROMISE = "PROMISE"
    DEFERRAL = "DEFERRAL"
    FEE = "FEE"
    UPPER_LEVEL = "UPPER_LEVEL"  # another office receives than decides
    NOT_CONFIRMED = "NOT_CONFIRMED"  # a register did not answer yes


class CheckAnswer(StrEnum):
    """What a register says to one check."""

    YES = "YES"
    NO = "NO"
    DIFFERS = "DIFFERS"  # it knows somebody else under that number
    NO_ANSWER = "NO_ANSWER"  # unknown there, or the register is silent


def doubts(
    *,
    switched_on: bool,
    checks: Collection[str],
    findings: Collection[str],
    papers: bool,
    promised: Collection[str],
    deferred: Collection[str],
    fee_fen: int,
    received_elsewhere: bool,
) -> tuple[Doubt, ...]:
    """Everything that speaks against it before any register is asked."""
    found = (
        (Doubt.SWITCHED_OFF, not switched_on),
        (Doubt.NO_CHECKS, not checks),
        (Doubt.FORM, bool(findings)),
        (Doubt.PAPERS, papers),
        (Doubt.PROMISE, bool(promised)),
        (Doubt.DEFERRAL, bool(deferred)),
        (Doubt.FEE, fee_fen > 0),
        (Doubt.UPPER_LEVEL, received_elsewhere),
    )
    return tuple(doubt for doubt, holds in found if holds)


def as_kinds(sources: Iterable[str]) -> tuple[str, ...]:
    """How a case names what the shared data are asked before its acceptance: ``CHECK:<source>``."""
    return tuple(f"{_KIND}:{source}" for source in sources)


def sources_of(kinds: Iterable[str]) -> tuple[str, ...]:
    """The sources that :func:`as_kinds` named."""
    return tuple(kind.removeprefix(f"{_KIND}:") for kind in kinds)


def as_findings(answers: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """What each source answered, as findings on the task of acceptance."""
    return tuple(f"{_KIND}:{source}:{answer}" for source, answer in answers)


def answer_of(said: Mapping[str, object] | None, name: str) -> CheckAnswer:
    """One register's entry on one person, read for one check; silence is never a yes."""
    if said is None or "agrees" not in said:
        return CheckAnswer.NO_ANSWER
    if said.get("name") not in (None, name):
        return CheckAnswer.DIFFERS
    return CheckAnswer.YES if said["agrees"] is True else CheckAnswer.NO
