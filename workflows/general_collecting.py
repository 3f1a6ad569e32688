"""异地代收协办: a window where the applicant lives collects originals for another place's office.

Opened by the letter 代收原件商请函 of a running online case. The window sees to form and identity
and sends on; it never accepts or decides (X1). Basis: 国办发〔2020〕35号; docs/rules.md A11.
"""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.cases import CaseResult, LegFiling
    from contracts.letters import Answer, LetterVerb
    from contracts.parcels import ParcelItem
    from domain.attribution import Holder
    from domain.casework import ActCode, ClockKind, Ending, Stage
    from domain.custody import PERSON
    from domain.general_reasons import GeneralReason
    from domain.general_tasks import GeneralTask
    from domain.transports import ItemKind, Service
    from workflows.clock_desk import PAUSE_VERBS
    from workflows.happenings import Arrived, Decided, Expired, Told
    from workflows.leg_case import LegRefuses
    from workflows.leg_papers import pull_papers, take_update
    from workflows.leg_procedure import LegProcedure
    from workflows.parcels import send_parcel
    from workflows.proxy_leg import ProxyLeg
    from workflows.proxy_parcels import TAKEN, Sending


@workflow.defn(name="异地代收协办")
class GeneralCollecting(LegProcedure):
    """Waits for the person with the originals, and for the receipt of who asked for them.

    The parcel's handing over is the point of no return: until then the request may be taken back
    and the originals go home with their owner.
    """

    leg: ProxyLeg
    state_type = ProxyLeg
    refused_ending = Ending.NOT_COLLECTED
    refused_act = ActCode.NOT_COLLECTED
    held = False  # the originals are here

    @workflow.init
    def __init__(self, filing: LegFiling) -> None:
        super().__init__(filing)

    @workflow.run
    async def run(self, filing: LegFiling) -> CaseResult:
        """The procedure."""
        return await self.conclude(self.story())

    async def story(self) -> None:
        """From the letter to the receipt of the office that asked."""
        await pull_papers(self.leg)
        await self.collect()
        await self.send_on()

    async def collect(self) -> None:
        """Until the originals are complete; raises LegRefuses where nobody brings them."""
        leg, desk = self.leg, self.desk
        limit = leg.filing.rules.limits["originals"]
        desk.timers.start(ClockKind.COLLECTION, limit, leg.filing.received_on)
        while True:
            desk.move(
                Stage.COLLECTING,
                Holder.APPLICANT,
                office=leg.station,
                due=ClockKind.COLLECTION,
                allows=PAUSE_VERBS,
            )
            if not desk.tasks:
                desk.open_task(GeneralTask.COLLECTION, leg.station, clock=ClockKind.COLLECTION)
            match await leg.next():
                case Decided(outcome="COLLECT", command=command):
                    desk.timers.stop(ClockKind.COLLECTION)
                    desk.record(ActCode.COLLECTED, by=command)
                    self.held, desk.custodian = True, leg.station
                    return
                case Decided(command=command):
                    desk.record(ActCode.SHORTFALL_TOLD, by=command)
                case Arrived(letter=letter):
                    await take_update(leg, letter)
                case Expired(clock=ClockKind.COLLECTION):
                    raise LegRefuses(GeneralReason.ORIGINALS_MISSING)

    async def send_on(self) -> None:
        """By parcel to the office that asked, with the letter that announces it."""
        leg, desk = self.leg, self.desk
        sending = Sending(leg, "ORIGINALS", ItemKind.ORIGINAL)
        desk.timers.start(ClockKind.HANDOVER, leg.filing.rules.limits["collection"], desk.today)
        desk.move(
            Stage.PACKING,
            Holder.OURS,
            office=leg.station,
            due=ClockKind.HANDOVER,
            allows=frozenset(),
        )
        facts = await sending.hand_over(leg.request.from_office)
        leg.heed_withdrawals()
        leg.past_no_return = True
        desk.timers.stop(ClockKind.HANDOVER)
        desk.record(ActCode.ORIGINALS_SENT, parcel=sending.key)
        leg.awaiting = frozenset({LetterVerb.PROGRESS})
        desk.move(Stage.ON_THE_WAY, Holder.COURIER, allows=frozenset())
        await leg.mail.send(leg.letter(LetterVerb.ANSWER, answer=Answer.GRANTED, facts=facts))
        while not sending.acknowledged:
            match await leg.next():
                case Arrived(letter=letter) if letter.reason_code == TAKEN:
                    sending.taken(letter)
                case Told(tidings=tidings):
                    await sending.heed(tidings)
                case Expired(clock=clock):
                    desk.mark_overdue(clock)

    async def undo(self) -> None:
        """Nothing was sent: the originals go home with their owner."""
        if not self.held or self.leg.past_no_return:
            return
        send_parcel(
            self.leg,
            kind="ORIGINALS_BACK",
            service=Service.EMS,
            to_office=PERSON,
            items=(ParcelItem(code="ORIGINALS", kind=ItemKind.ORIGINAL),),
        )
        self.desk.record(ActCode.ORIGINALS_RETURNED)
