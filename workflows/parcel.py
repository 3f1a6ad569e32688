"""寄递: one parcel from its content list to the receipt, in the locality that sends it.

Opened by the step of a case that calls :func:`workflows.parcels.send_parcel`.
"""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.cases import CaseResult
    from contracts.families import PARCEL_RUNBOOK
    from contracts.parcels import ParcelFiling, ParcelNews, ParcelWord
    from contracts.tidings import Tidings
    from domain.attribution import Holder
    from domain.casework import PARCEL_ENDING_STAGE, ActCode, ClockKind, Ending, Stage
    from domain.custody import CustodyCode
    from domain.parcel_tasks import ParcelTask
    from workflows.closing import close_file
    from workflows.desk import Desk
    from workflows.happenings import Decided, Expired, Told
    from workflows.parcel_journey import Journey
    from workflows.procedure import Procedure
    from workflows.signboard import Signboard


@workflow.defn(name="寄递")
class Parcel(Procedure):
    """One sealed parcel with one custodian at each instant (R1, X2).

    Waits for the clerk who seals and hands over, the carrier's events (call-back and asking), the
    words of its case (回执, 退回, 不再寄出), and its clocks: silence, transit, search. Ends when
    the receipt is back, the person signed, it came back, or it is lost and rebuilt. Basis:
    docs/rules.md A8, A11, D R1-R5.
    """

    @workflow.init
    def __init__(self, filing: ParcelFiling) -> None:
        parcel = filing.parcel
        self.filing = filing
        self.desk = Desk(
            case_no=filing.case_no,
            office=parcel.from_office,
            stage=Stage.PACKING,
            family=filing.family,
            signboard=Signboard(
                title=f"{filing.matter_name}：{filing.locality_name} → {filing.receiver_name}",
                locality=filing.locality,
                peer=parcel.to_locality,
                runbook=PARCEL_RUNBOOK,
                offices=filing.office_names,
            ),
        )
        self.journey = Journey(self.desk, filing)

    @workflow.run
    async def run(self, filing: ParcelFiling) -> CaseResult:
        """The procedure."""
        ending = await self.story()
        result = await close_file(self.desk, ending, PARCEL_ENDING_STAGE[ending], None)
        self.desk.refuse_leftovers()
        await workflow.wait_condition(workflow.all_handlers_finished)
        return result

    async def story(self) -> Ending:
        """Sealed and handed over, followed, and sent again where it came back."""
        while await self.hand_over():
            self.journey.depart()
            ending = await self.follow()
            if ending is not None:
                return ending
        return Ending.WITHDRAWN

    async def hand_over(self) -> bool:
        """交寄; False where the parcel is called off before it leaves."""
        desk, journey = self.desk, self.journey
        desk.timers.start(ClockKind.HANDOVER, self.filing.limits["handover"], desk.today)
        findings = journey.description()
        while True:
            desk.move(
                Stage.PACKING,
                Holder.OURS,
                office=self.filing.parcel.from_office,
                due=ClockKind.HANDOVER,
                allows=frozenset(),
            )
            if not desk.tasks:
                office = self.filing.parcel.from_office
                desk.open_task(
                    ParcelTask.HANDOVER, office, clock=ClockKind.HANDOVER, findings=findings
                )
            match await desk.next():
                case Decided(outcome="CALL_OFF", command=command):
                    desk.record(ActCode.CALLED_OFF, by=command)
                    journey.tell(ParcelNews.CALLED_OFF)
                    return False
                case Decided(command=command):
                    refused = await journey.hand_over(command)
                    if not refused:
                        desk.timers.stop(ClockKind.HANDOVER)
                        return True
                    desk.note("COURIER_REFUSED", code=refused)
                    findings = (*journey.description(), f"REFUSED:{refused}")
                case Told(tidings=tidings) if tidings.code == ParcelWord.CALL_OFF:
                    if journey.book.now.state is CustodyCode.OPENED:
                        desk.supersede_tasks()
                        desk.record(ActCode.CALLED_OFF)
                        journey.tell(ParcelNews.CALLED_OFF)
                        return False
                case Told(tidings=tidings):
                    journey.too_late(tidings)

    async def follow(self) -> Ending | None:
        """Until its story is over; None where it came back and goes out again."""
        journey = self.journey
        while True:
            match await self.desk.next():
                case Told(tidings=tidings):
                    self.heed(tidings)
                case Expired(clock=clock):
                    journey.silent(clock)
                case Decided(kind=ParcelTask.TRACE) as decided:
                    journey.searched(decided)
                case Decided(kind=ParcelTask.CLAIM) as decided:
                    await journey.claim(decided)
                case Decided(kind=ParcelTask.REBUILD) as decided:
                    journey.rebuild(decided)
                    return Ending.LOST
                case Decided(kind=ParcelTask.CAME_BACK) as decided:
                    journey.take_back(decided)
                    if decided.outcome == "SEND_AGAIN":
                        return None
                    journey.tell(ParcelNews.RETURNED)
                    return Ending.CAME_BACK
            if journey.book.now.settled:
                return Ending.COMPLETED

    def heed(self, tidings: Tidings) -> None:
        """What the carrier or our own case has to say."""
        match tidings.code:
            case ParcelWord.TRACKING:
                self.journey.track(tidings.facts)
            case ParcelWord.RECEIPT_BACK:
                self.journey.receipt_back(tidings)
            case ParcelWord.SENT_BACK:
                self.journey.sent_back(tidings)
            case _:
                self.journey.too_late(tidings)
