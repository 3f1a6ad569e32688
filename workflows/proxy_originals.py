"""原件: how the home office takes in what the window sent, and gives it back where nothing is made.

Called by the home office's leg. Its limits run from the day on which IT has the originals; a
withdrawal on the way is heeded once they are here, so that nobody loses sight of them (X2).
"""

from __future__ import annotations

from datetime import date

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.letters import Letter, LetterVerb
    from contracts.parcels import ParcelItem
    from domain.attribution import Holder
    from domain.casework import ActCode, ClockKind, Stage
    from domain.custody import PERSON
    from domain.transports import ItemKind, Service
    from workflows.happenings import Arrived, Expired, Happening
    from workflows.leg_papers import pull_papers, take_in_papers, take_update
    from workflows.parcels import send_parcel
    from workflows.proxy_leg import ProxyLeg
    from workflows.proxy_parcels import check_in


async def take_in(leg: ProxyLeg) -> date:
    """Papers and originals; the day from which the intake limit runs."""
    if not leg.by_parcel:
        await take_in_papers(leg, ClockKind.INTAKE, leg.filing.rules.intake)
        return leg.filing.received_on
    if workflow.patched("originals-while-papers-are-pulled"):
        # The window's parcel may leave, and be announced, before its papers are here.
        leg.awaiting = frozenset({LetterVerb.PROGRESS})
    await pull_papers(leg)
    await _take_originals(leg)
    leg.desk.timers.start(ClockKind.INTAKE, leg.filing.rules.intake, leg.desk.today)
    return leg.desk.today


async def _take_originals(leg: ProxyLeg) -> None:
    desk, updates = leg.desk, list[Letter]()

    def keep(happening: Happening) -> None:
        if isinstance(happening, Arrived) and happening.letter.verb is LetterVerb.UPDATE_DOCUMENT:
            updates.append(happening.letter)

    leg.awaiting = frozenset({LetterVerb.PROGRESS})
    announcing = await _announced(leg)
    leg.checking_in = True
    found = await check_in(leg, announcing, keep)
    leg.checking_in, leg.awaiting = False, frozenset()
    if found is not None:
        leg.originals, checked = found
        desk.record(ActCode.ORIGINALS_TAKEN, whole="yes" if checked.whole else "no")
    leg.heed_withdrawals()
    for letter in updates:
        await take_update(leg, letter)


async def _announced(leg: ProxyLeg) -> Letter:
    """The window says when the parcel has left; until then nothing is here to be answered for."""
    desk = leg.desk
    if leg.early:
        return leg.early[-1]  # the newest word on the parcel holds
    desk.custodian = leg.request.from_office
    desk.timers.start(ClockKind.RECEIPT, leg.filing.rules.limits["receipt"], desk.today)
    desk.move(Stage.TAKING_OVER, Holder.THEIRS, due=ClockKind.RECEIPT, allows=frozenset())
    while True:
        match await leg.next():
            case Arrived(letter=letter) if letter.verb is LetterVerb.PROGRESS:
                desk.timers.stop(ClockKind.RECEIPT)
                return letter
            case Arrived(letter=letter):
                await take_update(leg, letter)
            case Expired(clock=clock):
                desk.mark_overdue(clock)


def give_back(leg: ProxyLeg) -> None:
    """退还原件: straight to the person, since the window's case may be over."""
    if leg.originals is None:
        return
    send_parcel(
        leg,
        kind="ORIGINALS_BACK",
        service=Service.EMS,
        to_office=PERSON,
        items=(ParcelItem(code="ORIGINALS", kind=ItemKind.ORIGINAL),),
    )
    leg.desk.record(ActCode.ORIGINALS_RETURNED)
