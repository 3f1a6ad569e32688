"""一件事: one application for several items, each of which is a case of its own."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.cases import CaseFiling, CaseResult
    from contracts.commands import Command, Verb
    from contracts.scenario import ChildAsked, PinnedChild, ScenarioTerms
    from contracts.tidings import Tidings, TidingsKind
    from domain.attribution import Holder
    from domain.casework import ENDING_STAGE, ActCode, ClockKind, Ending, Stage
    from domain.scenario import (
        SETTLED,
        ChildStanding,
        ChildState,
        all_settled,
        ending_of,
        hopeless,
        ready,
        state_of_ending,
    )
    from domain.scenario_tasks import ScenarioTask
    from workflows.closing import close_file
    from workflows.happenings import Decided, Expired, Instructed, Told
    from workflows.home_case import CaseEnds, HomeCase
    from workflows.home_procedure import HomeProcedure

_BEFORE = frozenset({Verb.WITHDRAW, Verb.CORRECT_IDENTITY})
_MEANWHILE = frozenset({Verb.WITHDRAW})
_NOTICE = {
    Ending.COMPLETED: "SCENARIO_COMPLETED",
    Ending.PARTLY: "SCENARIO_PARTLY",
    Ending.NONE_GRANTED: "SCENARIO_NONE",
    Ending.WITHDRAWN: "SCENARIO_WITHDRAWN",
}


@dataclass(slots=True)
class Child:
    """One item as the running composite knows it."""

    pinned: PinnedChild
    state: ChildState = ChildState.WAITING
    case_no: str = ""
    reason: str = ""

    @property
    def standing(self) -> ChildStanding:
        """As the rules of composite cases see it."""
        return ChildStanding(self.pinned.item, self.pinned.after, self.state)


@dataclass(slots=True)
class CompositeCase(HomeCase):
    """One application for several items."""

    children: dict[str, Child] = field(default_factory=dict)

    @property
    def terms(self) -> ScenarioTerms:
        """The bundle as it was pinned when the application was filed."""
        if self.filing.scenario is None:
            raise ValueError("not filed as a composite case")
        return self.filing.scenario

    def standings(self) -> tuple[ChildStanding, ...]:
        """All children, in the order of the bundle."""
        return tuple(child.standing for child in self.children.values())


@workflow.defn(name="一件事")
class Scenario(HomeProcedure):
    """One form, one notice and one set of materials; the items are filed in their order.

    Each item is an ordinary case with its own office, clock and decision. This one orders them,
    shows them together and says at the end what was granted and what was not. It decides nothing.
    Basis: docs/rules.md section 0; 鲁政办发〔2021〕7号.
    """

    case: CompositeCase
    state_type = CompositeCase

    @workflow.init
    def __init__(self, filing: CaseFiling) -> None:
        super().__init__(filing)
        self.case.children = {one.item: Child(one) for one in self.case.terms.children}

    @workflow.run
    async def run(self, filing: CaseFiling) -> CaseResult:
        """The procedure."""
        try:
            await self._receive()
            await self._follow()
            result = await self._end()
        except CaseEnds as end:
            result = await self.end_early(end)
        self.desk.refuse_leftovers()
        await workflow.wait_condition(workflow.all_handlers_finished)
        return result

    # ------------------------------------------------------------------ one notice

    async def _receive(self) -> None:
        """Everything that is missing is told once; a complete application goes on at once."""
        desk, filing = self.desk, self.case.filing
        desk.record(
            ActCode.RECEIVED,
            actor=filing.received_by,
            office=filing.desks.intake,
            effective_on=filing.received_on,
        )
        desk.tell("SCENARIO_RECEIVED", items=self._names(*self.case.children))
        since = filing.received_on
        while filing.findings:
            desk.timers.start(ClockKind.INTAKE, filing.rules.intake, since)
            desk.move(
                Stage.SUBMITTED,
                Holder.OURS,
                office=filing.desks.intake,
                due=ClockKind.INTAKE,
                allows=_BEFORE,
            )
            desk.open_task(
                ScenarioTask.INTAKE,
                filing.desks.intake,
                clock=ClockKind.INTAKE,
                findings=filing.findings,
            )
            match await self.case.next():
                case Decided(outcome="CORRECT", command=command):
                    desk.timers.stop(ClockKind.INTAKE)
                    since = await self._corrected(command)
                case Decided(outcome="NOT_TAKEN", command=command):
                    raise CaseEnds(Ending.NOT_ACCEPTED, ActCode.NOT_ACCEPTED, by=command)
                case Decided() | Expired():
                    # Silence keeps no item back: each office tells what its own still needs.
                    desk.timers.stop(ClockKind.INTAKE)
                    desk.supersede_tasks()
                    return

    async def _corrected(self, command: Command) -> date:
        """Wait for the missing papers; silence ends the application (补交不来)."""
        desk, rules = self.desk, self.case.filing.rules
        desk.record(ActCode.CORRECTION_NOTICE, by=command)
        desk.tell("CORRECTION", by=command)
        desk.timers.start(ClockKind.CORRECTION, rules.correction, desk.today)
        desk.move(
            Stage.CORRECTION,
            Holder.APPLICANT,
            due=ClockKind.CORRECTION,
            allows=_BEFORE | {Verb.HAND_IN},
        )
        while True:
            match await self.case.next():
                case Expired():
                    raise CaseEnds(Ending.LAPSED, ActCode.LAPSED)
                case Instructed(command=handed_in) if handed_in.verb is Verb.HAND_IN:
                    desk.timers.stop(ClockKind.CORRECTION)
                    desk.note("CORRECTION_HANDED_IN")
                    return handed_in.on or desk.today

    # ------------------------------------------------------------------ the items

    async def _follow(self) -> None:
        """Files what may be filed, until nothing is left to wait for."""
        case, desk = self.case, self.desk
        while True:
            self._file(ready(case.standings()))
            for item in hopeless(case.standings()):
                case.children[item].state = ChildState.NOT_STARTED
                desk.note("CHILD_NOT_STARTED", item=item)
            if all_settled(case.standings()):
                return
            desk.signboard_lines(self._lines())
            desk.move(
                Stage.CHILDREN,
                Holder.UNCOUNTED,
                office=case.filing.desks.intake,
                allows=_MEANWHILE,
            )
            match await desk.next():
                case Told(tidings=tidings) if tidings.kind is TidingsKind.CHILD:
                    self._heard(tidings)
                case Instructed(command=command) if command.verb is Verb.WITHDRAW:
                    self._withdraw_all(command)

    def _file(self, items: tuple[str, ...]) -> None:
        for item in items:
            self.case.children[item].state = ChildState.WANTED
            self._ask(self.case.children[item], "FILE")
        if items:
            self.desk.record(
                ActCode.CHILD_SENT,
                office=self.case.filing.desks.intake,
                items="；".join(items),
            )

    def _ask(self, child: Child, action: str) -> None:
        self.desk.draft.children.append(
            ChildAsked(item=child.pinned.item, name=child.pinned.name, action=action)
        )

    def _heard(self, tidings: Tidings) -> None:
        """What the counter says of a child."""
        facts = tidings.facts
        child = self.case.children.get(facts.get("item", ""))
        if child is None or child.state in SETTLED:
            return
        self.desk.note(f"CHILD_{tidings.code}", **facts)
        match tidings.code:
            case "FILED":
                child.state, child.case_no = ChildState.OPEN, facts["case_no"]
                self.desk.tell("CHILD_FILED", items=child.pinned.name, other=child.case_no)
            case "NOT_FILED":
                child.state, child.reason = ChildState.NOT_FILED, facts["reason"]
            case "DROPPED":
                child.state = ChildState.NOT_STARTED
            case "CLOSED":
                child.case_no = facts["case_no"]
                child.state = state_of_ending(facts["ending"])
                child.reason = facts["reason"]

    def _withdraw_all(self, command: Command) -> None:
        """Open cases are asked to end; what its office has decided already stays decided."""
        self.desk.record(ActCode.WITHDRAWN, by=command)
        for child in self.case.children.values():
            if child.state is ChildState.WAITING:
                child.state = ChildState.NOT_STARTED
            elif child.state in (ChildState.WANTED, ChildState.OPEN):
                self._ask(child, "WITHDRAW")

    # ------------------------------------------------------------------ the end

    async def _end(self) -> CaseResult:
        """办结告知: what was granted, what was not, and what was never started."""
        case, desk = self.case, self.desk
        ending = ending_of(case.standings())
        granted = self._in(ChildState.GRANTED)
        refused = self._in(ChildState.REFUSED, ChildState.NOT_FILED)
        other = self._in(ChildState.WITHDRAWN, ChildState.NOT_STARTED)
        desk.record(
            ActCode.SCENARIO_CLOSED,
            office=case.filing.desks.intake,
            granted="；".join(granted),
            refused="；".join(refused),
            other="；".join(other),
        )
        desk.tell(
            _NOTICE[ending],
            granted="、".join(granted) or "无",
            refused="、".join(refused) or "无",
            other="、".join(other) or "无",
        )
        desk.signboard_lines(self._lines())
        case.end_open_persons()
        return await close_file(desk, ending, ENDING_STAGE[ending], None)

    def _in(self, *states: ChildState) -> list[str]:
        return [one.pinned.name for one in self.case.children.values() if one.state in states]

    def _names(self, *items: str) -> str:
        return "、".join(self.case.children[item].pinned.name for item in items)

    def _lines(self) -> tuple[str, ...]:
        """One line per item, for the operators' card."""
        return tuple(
            f"{child.pinned.name}（{child.pinned.item}）：{child.state.label}"
            + (f"　{child.case_no}" if child.case_no else "")
            for child in self.case.children.values()
        )
