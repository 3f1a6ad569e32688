"""One row of a register, one fact of the check: only codes, numbers and dates are taken over."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from contracts.letters import Letter, Receipt
from domain.calendar import SHANGHAI
from domain.invariants import facts, papers
from storage.clock_intervals import extensions_of

#: Written texts, which may name people: only whether they are there is told.
_TEXTS = frozenset({"reason", "defects", "remedy", "evidence"})


def act(row: Any) -> facts.Act:
    """A legal act."""
    # The facts' "reason" is a code, the column's a text.
    texts = {**row.facts, "reason": row.reason}
    return facts.Act(
        **_same(facts.Act, row, "facts", "written"),
        facts=_codes(row.facts),
        written=_written(texts),
    )


def task(row: Any) -> facts.Task:
    """A worklist entry."""
    return facts.Task(**_same(facts.Task, row))


def command(row: Any) -> facts.Command:
    """A command of a person."""
    asked = row.command
    return facts.Command(
        command_id=row.command_id,
        status=row.status,
        verb=asked["verb"],
        actor=asked["actor"],
        office=asked["office"],
        roles=frozenset(asked["roles"]),
        outcome=asked["outcome"],
        persons=tuple(asked["persons"]),
        written=_written(row.body),
    )


def transition(row: Any) -> facts.Transition:
    """A written step."""
    return facts.Transition(sequence=row.sequence, causes=tuple(row.causes))


def event(row: Any) -> facts.Event:
    """A line of the trail."""
    return facts.Event(
        **_same(facts.Event, row, "day", "facts"),
        day=row.at.astimezone(SHANGHAI).date(),
        facts=_codes(row.facts),
    )


def clock(row: Any, log: Iterable[Any]) -> facts.RunningLimit:
    """A time limit as stored, whatever its pauses say, with the lines of its log."""
    return facts.RunningLimit(
        **_same(facts.RunningLimit, row, "pauses", "extensions", "log"),
        log=tuple(facts.LimitLine(**_same(facts.LimitLine, one)) for one in log),
        pauses=tuple(
            facts.PauseTaken(
                reason=one["reason"],
                from_day=date.fromisoformat(one["from_day"]),
                to_day=date.fromisoformat(one["to_day"]) if one["to_day"] else None,
                evidence=one["evidence"],
            )
            for one in row.pauses
        ),
        extensions=extensions_of(row.extensions),
    )


def certificate(row: Any) -> papers.Certificate:
    """A numbered paper."""
    return papers.Certificate(**_same(papers.Certificate, row))


def letter(row: Any, locality: str) -> papers.Letter:
    """A letter with its receipt."""
    content = Letter.model_validate(row.letter)
    return papers.Letter(
        locality=locality,
        direction=row.direction,
        number=row.number,
        case_no=row.case_no,
        home_case_no=row.home_case_no,
        peer=row.peer,
        verb=row.verb,
        digest=row.digest,
        intact=content.digest() == row.digest,
        receipt=_receipt(row.receipt) if row.receipt else None,
        in_reply_to=content.in_reply_to,
        answer=content.answer,
        reason_code=content.reason_code,
        certificates=tuple(one.number for one in content.certificates),
        manifest=frozenset(one.type for one in content.manifest),
        grant_until=row.grant_until,
    )


def document(row: Any) -> papers.Document:
    """A document on a case."""
    return papers.Document(type=row.type, source=row.source)


def access(row: Any, locality: str) -> papers.Access:
    """A reading of personal data."""
    return papers.Access(locality=locality, **_same(papers.Access, row, "locality"))


def _receipt(stored: Mapping[str, Any]) -> papers.Receipt:
    receipt = Receipt.model_validate(stored)
    return papers.Receipt(
        **_same(papers.Receipt, receipt, "verifies"),
        verifies=receipt.verifies(),
    )


def _same(fact: type[Any], row: Any, *but: str) -> dict[str, Any]:
    """The fields that fact and row have under the same name."""
    names = (field.name for field in dataclasses.fields(fact))
    return {name: getattr(row, name) for name in names if name not in but}


def _codes(stored: Mapping[str, Any]) -> dict[str, str]:
    return {
        name: value
        for name, value in stored.items()
        if isinstance(value, str) and name not in _TEXTS - {"reason"}
    }


def _written(texts: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(name for name in _TEXTS if texts.get(name))
