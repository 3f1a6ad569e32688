"""缴费: the document of a collected item is not made before its fee is paid.

Called by the home office's leg between decision and making, as at home (`general_result.take_fee`).
The window tells the applicant; who does not pay in time gets no document.
"""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.letters import LetterVerb
    from domain.attribution import Holder
    from domain.casework import ActCode, ClockKind, Ending, Stage
    from domain.general_reasons import GeneralReason
    from domain.general_tasks import GeneralTask
    from workflows.clock_desk import PAUSE_VERBS
    from workflows.happenings import Arrived, Decided, Expired
    from workflows.leg_papers import take_update
    from workflows.proxy_leg import HomeOfficeRefuses, ProxyLeg

#: Reasons of the PROGRESS letters to the window.
DUE, BACK = "FEE_DUE", "FEE_BACK"


class FeeUnpaid(HomeOfficeRefuses):
    """缴费期限届满: granted, and no document is made."""

    act = ActCode.TERMINATED
    ending = Ending.UNPAID


async def take_fee(leg: ProxyLeg) -> None:
    """Until the fee is paid; raises FeeUnpaid where it never is."""
    desk, fee_fen = leg.desk, leg.fee_fen
    if fee_fen == 0 or not workflow.patched("proxy-fee"):
        return
    desk.timers.start(ClockKind.FEE, leg.filing.rules.limits["fee"], desk.today)
    desk.move(
        Stage.PAYMENT,
        Holder.APPLICANT,
        office=leg.station,
        due=ClockKind.FEE,
        allows=PAUSE_VERBS,
    )
    desk.open_task(GeneralTask.PAYMENT, leg.station, clock=ClockKind.FEE)
    await tell_window(leg, DUE)
    while True:
        match await leg.next():
            case Decided(command=command):
                desk.timers.stop(ClockKind.FEE)
                desk.record(ActCode.FEE_PAID, by=command, amount_fen=str(fee_fen))
                leg.fee_paid = True
                return
            case Expired(clock=ClockKind.FEE):
                raise FeeUnpaid(GeneralReason.FEE_UNPAID)
            case Arrived(letter=letter):
                await take_update(leg, letter)


async def tell_window(leg: ProxyLeg, reason: str) -> None:
    """What the window shall tell the applicant of the fee."""
    facts = {"amount_fen": str(leg.fee_fen)}
    await leg.mail.send(leg.letter(LetterVerb.PROGRESS, reason_code=reason, facts=facts))


def give_back(leg: ProxyLeg) -> None:
    """Nothing was made for what was paid: it goes back, and that stands on file."""
    if leg.fee_paid:
        leg.fee_paid = False
        leg.desk.note("FEE_TO_RETURN", amount_fen=str(leg.fee_fen))
