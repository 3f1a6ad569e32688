"""机动车转出协办: the origin vehicle office's leg, until the new registration is confirmed."""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.acts import Examined
    from contracts.cases import CaseResult, LegFiling
    from contracts.commands import Command
    from contracts.transitions import CertificateChanged
    from domain.attribution import Holder
    from domain.casework import ActCode, CertificateKind, CertificateStatus, ClockKind, Stage
    from domain.vehicle_tasks import VehicleTask
    from workflows.business import ORIGIN, examine
    from workflows.ending_relation import end_relation
    from workflows.giving_back import answer_and_follow
    from workflows.leg_papers import take_in_papers
    from workflows.leg_procedure import LegProcedure
    from workflows.leg_review import examine_and_release
    from workflows.register_until_done import ask_until_decided


@workflow.defn(name="机动车转出协办")
class VehicleRelease(LegProcedure):
    """The origin's part: confirm that nothing is pending, release the electronic file.

    Small non-commercial cars keep their paper file here and their plates until they are registered
    anew; of others the origin takes the plates and gives a temporary one. The release may be taken
    back until the destination has registered the car. Basis: docs/rules.md A9 (3), D V2, V3.
    """

    @workflow.init
    def __init__(self, filing: LegFiling) -> None:
        super().__init__(filing)
        self.direct = filing.letter.facts.get("direct", "yes") == "yes"
        self.temporary_plate = ""

    @workflow.run
    async def run(self, filing: LegFiling) -> CaseResult:
        """The procedure."""
        return await self.conclude(self.story())

    async def story(self) -> None:
        """From the request to the new registration."""
        leg = self.leg
        await take_in_papers(leg)
        examined, command = await examine_and_release(
            leg,
            self.examine,
            examination=VehicleTask.EXAMINATION,
            release=VehicleTask.RELEASE,
        )
        if not self.direct:
            await self.take_plates(command)
        receipt = await end_relation(
            leg, "VEHICLE", command, "RELEASE_FILE", case=leg.request.home_case_no
        )
        self.desk.record(ActCode.RELEASED, by=command, receipt=receipt)
        await answer_and_follow(
            leg,
            examined,
            "VEHICLE_FILE",
            give_back=self.undo,
            due=None if self.direct else ClockKind.PLATE,
        )
        self.lay_down(CertificateStatus.USED)

    async def examine(self) -> Examined:
        """The car's record here, by the rules of A9."""
        facts = {
            "case": self.leg.request.home_case_no,
            "direct": "yes" if self.direct else "no",
        }
        return await examine(self.desk, "VEHICLE", ORIGIN, "VEHICLE", facts=facts)

    async def take_plates(self, command: Command) -> None:
        """Old plates and licence void here; a temporary plate for the way to the destination."""
        limit = self.leg.filing.rules.limits["temporary_plate"]
        self.desk.record(ActCode.OLD_VOIDED, by=command)
        key = self.desk.issue(
            CertificateKind.TEMPORARY_PLATE, validity_days=limit.length, office=self.leg.station
        )
        self.desk.timers.start(ClockKind.PLATE, limit, self.desk.today)
        await self.desk.flush_unanswered()
        self.temporary_plate = self.desk.certificates[key].number

    async def undo(self) -> None:
        """Whose plates were taken gets them back, and the temporary one is void (G9)."""
        if not self.temporary_plate:
            return
        desk, station = self.desk, self.leg.station
        desk.move(Stage.TAKING_BACK, Holder.OURS, office=station, allows=frozenset())
        decided = await ask_until_decided(desk, VehicleTask.PLATES_BACK, station)
        desk.record(ActCode.OLD_RESTORED, by=decided.command)
        self.lay_down(CertificateStatus.VOID)

    def lay_down(self, status: CertificateStatus) -> None:
        """The temporary plate has served, or is void."""
        if self.temporary_plate:
            self.desk.timers.stop(ClockKind.PLATE)
            self.desk.draft.certificates_changed.append(
                CertificateChanged(number=self.temporary_plate, status=status)
            )
            self.temporary_plate = ""
