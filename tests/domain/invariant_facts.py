"""Builds the facts that the invariant tests are made of, with sensible defaults."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from domain.calendar import Calendar, YearPlan
from domain.clocks import Clock, Effect, Limit, Unit, derive
from domain.invariants.facts import Act, Case, Command, Event, RunningLimit, Task, Transition
from domain.invariants.papers import Access, Certificate, Letter, Receipt, Registration
from domain.invariants.registers import Registers

HOME, ORIGIN = "371002", "330902"
TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
CALENDAR = Calendar("test", {2026: YearPlan(2026, "样例", TODAY, {}, frozenset())}, {})
HOME_NO, LEG_NO = "home-1", "leg-1"
REQUEST, ANSWER, CONFIRMED = f"{HOME_NO}-01", f"{LEG_NO}-01", f"{HOME_NO}-02"


def act(code: str, office: str, made_in: int, **more: Any) -> Act:
    """An act of today by a clerk."""
    given = {"actor": "HC0102", "basis": "样例依据", "person": 0, "facts": {}, **more}
    return Act(code=code, office=office, made_in=made_in, effective_on=TODAY, at=NOW, **given)


def paper(number: str, issuer: str, person: int = 1, **more: Any) -> Certificate:
    """A migration certificate that is still valid tomorrow."""
    given = {"kind": "MIGRATION", "status": "VALID", "valid_until": TODAY + timedelta(30), **more}
    return Certificate(number=number, issuer=issuer, person=person, **given)


def receipt(number: str, case_no: str, previous: str = "", **more: Any) -> Receipt:
    """An accepting receipt that verifies."""
    given = {"status": "ACCEPTED", "code": None, "verifies": True, **more}
    return Receipt(
        letter_no=number,
        case_no=case_no,
        letter_digest=f"digest of {number}",
        previous=previous,
        chain=f"chain of {number}",
        at=NOW,
        **given,
    )


def crossing(
    verb: str, number: str, sender: Case, receiver: Case, previous: str = "", **more: Any
) -> tuple[Letter, Letter]:
    """A letter as both sides have it, with its receipt."""
    there = more.pop("receipt", receipt(number, receiver.case_no, previous))
    common = {
        "number": number,
        "home_case_no": HOME_NO,
        "verb": verb,
        "digest": f"digest of {number}",
        "intact": True,
        "receipt": there,
        **more,
    }
    sent = Letter(
        locality=sender.locality,
        direction="OUT",
        case_no=sender.case_no,
        peer=receiver.locality,
        grant_until=NOW + timedelta(180),
        **common,
    )
    came = replace(
        sent,
        locality=receiver.locality,
        direction="IN",
        case_no=receiver.case_no,
        peer=sender.locality,
        grant_until=None,
    )
    return sent, came


def clock(kind: str, *, stopped: bool = True, number: int = 1, **more: Any) -> RunningLimit:
    """A limit of twenty working days from today with its derived date."""
    derived = derive(
        Clock(
            kind=kind,
            limit=Limit(20, Unit.WD, "样例依据"),
            started_on=TODAY,
            effect=Effect.ESCALATE,
        ),
        CALENDAR,
    )
    given = {
        "length": 20,
        "unit": "wd",
        "basis": "样例依据",
        "promised": None,
        "effect": "ESCALATE",
        "rolls": True,
        "started_on": TODAY,
        "pauses": (),
        "extensions": (),
        "due_on": derived.due_on,
        "promised_on": None,
        "provisional": derived.provisional,
        "calendar_version": CALENDAR.version,
        "stopped_on": TODAY if stopped else None,
        "made_in": 1,
        **more,
    }
    return RunningLimit(kind=kind, number=number, **given)


def event(code: str, made_in: int, number: int, case: Case, **facts: str) -> Event:
    """A line of the trail in the case's own state."""
    return Event(
        made_in=made_in,
        number=number,
        code=code,
        stage=case.stage,
        holder=case.holder,
        office=case.office,
        at=NOW,
        day=TODAY,
        facts=facts,
    )


def decided(case_no: str, kind: str, office: str, role: str, actor: str, **more: Any) -> Task:
    """A decided task; ``command`` below makes the command that decided it."""
    given = {"status": "DONE", "outcome": "SAMPLE", "closed_in": 2, **more}
    return Task(
        task_id=f"{case_no}/{kind}/1",
        kind=kind,
        office=office,
        role=role,
        command_id=f"c-{case_no}-{kind}",
        decided_by=actor,
        **given,
    )


def command(task: Task, **more: Any) -> Command:
    """The command that decided a task."""
    given = {
        "verb": "DECIDE",
        "office": task.office,
        "roles": frozenset({task.role}),
        "status": "DONE",
        "outcome": task.outcome,
        **more,
    }
    return Command(command_id=task.command_id or "", actor=task.decided_by or "", **given)


def with_trail(case: Case, **notes: str) -> Case:
    """Give the case as many steps as it has causes, and the stops of its clocks."""
    causes = [command.command_id for command in case.commands]
    causes += [
        letter.number
        for letter in case.letters
        if letter.direction == "IN" and letter.verb != "MOVE_OUT_REQUEST"
    ]
    steps = tuple(Transition(sequence=n, causes=(cause,)) for n, cause in enumerate(causes, 1))
    events = [event("STEP", step.sequence, 0, case) for step in steps]
    stopped = [one.kind for one in case.clocks if one.stopped_on is not None]
    events += [
        event("CLOCK_STOPPED", len(steps), 1 + n, case, clock=kind)
        for n, kind in enumerate(stopped)
    ]
    return replace(case, transitions=steps, events=tuple(events))


def blank(kind: str, stage: str, ending: str | None, **more: Any) -> Case:
    """A case without any entries."""
    locality = HOME if kind == "HOME" else ORIGIN
    station = f"{locality}-GA-01"
    return Case(
        locality=locality,
        case_no=HOME_NO if kind == "HOME" else LEG_NO,
        kind=kind,
        home_case_no=HOME_NO,
        stage=stage,
        holder="UNCOUNTED" if ending else "OURS",
        office=station,
        custodian=station,
        intake=station,
        station=station,
        bureau=f"{locality}-GA-00",
        ending=ending,
        overdue=False,
        escalation=0,
        closed=ending is not None,
        filed_at=NOW,
        **more,
    )


def assemble(home: Case, leg: Case, *registrations: Registration, **more: Any) -> Registers:
    """Registers of both localities from two cases."""
    accesses = (
        Access(
            locality=ORIGIN,
            case_no=LEG_NO,
            actor=leg.station,
            what="population.look_up",
            purpose="样例用途",
            at=NOW,
        ),
        Access(
            locality=HOME,
            case_no=HOME_NO,
            actor=f"peer:{ORIGIN}",
            what="document:MOVE_OUT_REQUEST",
            purpose="MOVE_OUT_REQUEST",
            at=NOW,
        ),
    )
    return Registers(
        localities=frozenset({HOME, ORIGIN}),
        cases=(home, leg),
        letters=home.letters + leg.letters,
        registrations=registrations,
        calendar=CALENDAR,
        now=NOW,
        **{"accesses": accesses, **more},
    )


def registration(locality: str, who: str, status: str, **more: Any) -> Registration:
    """A registration at the locality's first station."""
    return Registration(
        locality=locality, who=who, status=status, station=f"{locality}-GA-01", **more
    )
