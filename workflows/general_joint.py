"""多地联办: one application, several offices of one or more localities, one competent decision."""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.cases import CaseFiling, CaseResult
    from domain.attribution import Holder
    from domain.casework import ActCode, ClockKind, Ending, Stage
    from domain.general_tasks import GeneralTask
    from domain.joint import Before
    from workflows.general_aftercare import check_promises, record_options, start_after_check
    from workflows.general_case import WHILE_OPEN, GeneralCase
    from workflows.general_deciding import decide
    from workflows.general_finishing import finish
    from workflows.general_result import take_deferred, take_fee, void_result
    from workflows.home_case import CaseEnds
    from workflows.home_procedure import HomeProcedure
    from workflows.intake import receive_and_accept
    from workflows.joint_aftercare import check_part_promises
    from workflows.joint_case import JointCase
    from workflows.joint_parts import Parts


@workflow.defn(name="多地联办")
class GeneralJoint(HomeProcedure):
    """One item that the lead locality receives and its competent office decides.

    Everybody who takes part is asked at once after acceptance: own departments by a task, other
    localities by letter. What comes first (前置联办) is waited for before the review, the rest
    (一般联办) before the decision. At its end every part is told. Basis: 国办发〔2020〕35号;
    docs/rules.md section 0, A0, B3.
    """

    case: JointCase
    state_type = JointCase

    @workflow.init
    def __init__(self, filing: CaseFiling) -> None:
        super().__init__(filing)
        self.case.list_parts()
        self.parts = Parts(self.case)
        self.case.heed = self.parts.heed
        self.case.renew = self.parts.renew_papers
        self.desk.judge = self.case.judge

    @workflow.run
    async def run(self, filing: CaseFiling) -> CaseResult:
        """The procedure."""
        return await self.conclude(self.story())

    async def story(self) -> None:
        """From the receipt to the result, and the word to everybody who took part."""
        case, terms = self.case, self.case.terms
        await receive_and_accept(
            case, task=GeneralTask.ACCEPTANCE, office=terms.office("ACCEPTANCE")
        )
        record_options(case)
        self.parts.ask_all()
        await self._join(Before.REVIEW)
        await decide(case, case.findings(), before_decision=self._concluding)
        self.parts.leave_out()
        start_after_check(case)
        await take_fee(case)
        await take_deferred(case)
        await finish(case, self._decide_again)
        await check_promises(case)
        await check_part_promises(case)
        await self.parts.tell_end(Ending.COMPLETED)

    async def _decide_again(self, step: str, due: ClockKind) -> None:
        """The parts have had their say; who reviews or decides again sees what became of them."""
        case = self.case
        await decide(
            case,
            case.findings(),
            before_decision=self._concluding,
            again_from=step,
            clock=due,
        )

    async def _join(self, before: Before) -> None:
        """Wait for everybody who must have ended by now; whoever is late is urged meanwhile."""
        case, desk = self.case, self.desk
        while case.waits_for(before):
            desk.move(
                Stage.PARTICIPATION,
                self._holder(),
                office=case.filing.desks.intake,
                due=ClockKind.DECISION,
                allows=WHILE_OPEN,
            )
            await case.step()

    def _holder(self) -> Holder:
        """Ours while any own office has something to do, else the other localities'."""
        ours = self.desk.tasks or any(
            self.case.is_here(part) for part in self.case.waits_for(Before.CONCLUSION)
        )
        return Holder.OURS if ours else Holder.THEIRS

    async def _concluding(self, case: GeneralCase) -> tuple[str, ...]:
        """Before the decision: what became of the parts. Without a step of decision a part that
        stands against the matter ends it."""
        await self._join(Before.CONCLUSION)
        against = self.case.against()
        if against and case.terms.step("DECISION") is None:
            raise CaseEnds(
                Ending.ITEM_REFUSED,
                ActCode.ITEM_REFUSED,
                reason_code=against[0].reason_code or None,
            )
        return self.case.findings()

    async def undo(self, end: CaseEnds) -> None:
        """Every part is told, and no valid paper stays behind."""
        await void_result(self.case, end.ending)
        await self.parts.tell_end(end.ending)
