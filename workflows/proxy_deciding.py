"""审查决定、制作证件: two persons decide, the document is made once and its result goes out.

Called by the home office's leg after acceptance. Making is the point of no return: until then the
application may be taken back. Basis: 行政许可法 arts 38, 42, 44; docs/rules.md A11.
"""

from __future__ import annotations

from datetime import date

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.acts import Examined
    from contracts.letters import Answer, Letter, LetterVerb
    from domain.attribution import Holder
    from domain.casework import ActCode, ClockKind, Ending, Stage
    from domain.proxy_tasks import ProxyTask
    from domain.schemes.proxy_matters import valid_until
    from domain.transports import ItemKind
    from workflows.business import register_act
    from workflows.clock_desk import CLOCK_VERBS, PAUSE_VERBS
    from workflows.happenings import Arrived, Decided, Told
    from workflows.leg_papers import take_update
    from workflows.proxy_fee import BACK, tell_window
    from workflows.proxy_leg import HomeOfficeRefuses, ProxyLeg
    from workflows.proxy_parcels import TAKEN, Sending
    from workflows.returning import RETURN, RETURNED, returned_to


async def decide(leg: ProxyLeg, examined: Examined, since: date) -> None:
    """Until it is granted; raises HomeOfficeRefuses. The limit runs from the acceptance."""
    leg.desk.timers.start(ClockKind.DECISION, leg.decision_limit, since)
    await _decide(leg, examined)


async def _decide(
    leg: ProxyLeg, examined: Examined, again_from: str = "", clock: ClockKind = ClockKind.DECISION
) -> None:
    desk = leg.desk
    findings = (*examined.codes, RETURNED) if again_from else examined.codes
    only_decide = again_from == ProxyTask.DECISION
    while True:
        asked = findings
        if not only_decide:
            reviewed = await _decision(
                leg, Stage.EXAMINATION, ProxyTask.REVIEW, findings, clock=clock
            )
            desk.record(ActCode.EXAMINED, by=reviewed.command, outcome=reviewed.outcome)
            asked = (*examined.codes, f"REVIEW:{reviewed.outcome}")
        only_decide = False
        decided = await _decision(leg, Stage.APPROVAL, ProxyTask.DECISION, asked, clock=clock)
        if decided.outcome == RETURN:
            desk.note("RETURNED_TO_EXAMINATION")
            findings = (*examined.codes, RETURNED)
            continue
        desk.timers.stop(ClockKind.DECISION)
        if decided.outcome == "REFUSE":
            if leg.fee_paid:
                # The earlier decision was granted and paid for, and nothing has been made.
                await tell_window(leg, BACK)
            raise HomeOfficeRefuses(decided.command.reason_code or "", by=decided.command)
        desk.record(leg.granted_act, by=decided.command)
        return


async def make(leg: ProxyLeg, examined: Examined) -> None:
    """One document per application; a register that says no opens the task again."""
    desk = leg.desk
    desk.timers.start(ClockKind.MAKING, leg.filing.rules.limits["making"], desk.today)
    findings: tuple[str, ...] = ()
    while True:
        made = await _decision(
            leg, Stage.MAKING, ProxyTask.MAKING, findings, clock=ClockKind.MAKING
        )
        if made.outcome == RETURN:
            await _decide(leg, examined, returned_to(desk, made), ClockKind.MAKING)
            findings = (RETURNED,)
            continue
        leg.heed_withdrawals()
        leg.past_no_return = True
        outcome = await register_act(
            desk,
            leg.proxied.register,
            "MAKE",
            locality=leg.filing.locality,
            key=f"MAKE:{leg.request.number}",
            summary="登记制证",
            facts=_document(leg),
        )
        if outcome.done:
            break
        leg.past_no_return = False
        desk.note("REGISTER_REFUSED", code=outcome.code)
        findings = (f"REGISTER:{outcome.code}",)
    desk.timers.stop(ClockKind.MAKING)
    desk.record(
        ActCode.MADE, by=made.command, receipt=outcome.receipt_no, old=examined.facts["old"]
    )
    desk.complete(made.command)
    await _send_result(leg, examined)


async def _send_result(leg: ProxyLeg, examined: Examined) -> None:
    """办理结果函; by parcel where originals came, and then the old document stays here."""
    desk, facts = leg.desk, {"old": examined.facts["old"]}
    if leg.by_parcel:
        if facts["old"] == "yes":
            await _keep_old(leg)
            facts["old"] = "no"
        desk.move(Stage.PACKING, Holder.OURS, office=leg.station, allows=frozenset())
        leg.result = Sending(leg, "RESULT", ItemKind.RESULT)
        facts |= await leg.result.hand_over(leg.request.from_office)
    leg.awaiting = frozenset({LetterVerb.CONFIRM, LetterVerb.PROGRESS})
    desk.move(Stage.RESULT_SENT, Holder.THEIRS, allows=frozenset())
    await leg.mail.send(leg.letter(LetterVerb.ANSWER, answer=Answer.GRANTED, facts=facts))


async def _keep_old(leg: ProxyLeg) -> None:
    """The old document came with the originals: it is collected here (X3)."""
    outcome = await register_act(
        leg.desk,
        leg.proxied.register,
        "COLLECT_OLD",
        locality=leg.filing.locality,
        key=f"COLLECT_OLD:{leg.request.number}",
        summary="登记收回旧证",
    )
    if outcome.done:
        leg.desk.record(ActCode.OLD_COLLECTED, receipt=outcome.receipt_no)
    else:
        leg.desk.note("REGISTER_REFUSED", code=outcome.code)


async def follow(leg: ProxyLeg) -> Ending:
    """Until the window says that it was delivered, or that nobody ever came for it."""
    confirmed = await _confirmed(leg)
    if confirmed.facts.get("result") != "DELIVERED":
        leg.desk.record(ActCode.RESULT_KEPT)
        return Ending.UNCLAIMED
    await _activate(leg)
    return Ending.COMPLETED


async def _confirmed(leg: ProxyLeg) -> Letter:
    """The window's word on the delivery; meanwhile the parcel is seen through."""
    while True:
        match await leg.next():
            case Arrived(letter=letter) if letter.verb is LetterVerb.CONFIRM:
                return letter
            case Arrived(letter=letter) if leg.result and letter.reason_code == TAKEN:
                leg.result.taken(letter)
            case Told(tidings=tidings) if leg.result:
                await leg.result.heed(tidings)


async def _activate(leg: ProxyLeg) -> None:
    """The new document becomes valid and the old one void in one act of the register (X3)."""
    desk, attempt = leg.desk, 1
    while True:
        outcome = await register_act(
            desk,
            leg.proxied.register,
            "ACTIVATE",
            locality=leg.filing.locality,
            key=f"ACTIVATE:{leg.request.number}:{attempt}",
            summary="登记启用新证、旧证作废",
        )
        if outcome.done:
            desk.record(ActCode.NEW_IN_FORCE, receipt=outcome.receipt_no)
            return
        desk.note("REGISTER_REFUSED", code=outcome.code)
        desk.move(Stage.RESULT_SENT, Holder.OURS, office=leg.station)
        desk.open_task(ProxyTask.ACTIVATION, leg.station, findings=(f"REGISTER:{outcome.code}",))
        while not isinstance(await leg.next(), Decided):
            pass
        attempt += 1


async def _decision(
    leg: ProxyLeg,
    stage: Stage,
    task: str,
    findings: tuple[str, ...],
    *,
    clock: ClockKind = ClockKind.DECISION,
) -> Decided:
    """The decision on a task; newer papers of the window are put before the same person."""
    allows = CLOCK_VERBS if clock is ClockKind.DECISION else PAUSE_VERBS
    while True:
        leg.desk.move(stage, Holder.OURS, office=leg.station, due=clock, allows=allows)
        leg.desk.open_task(task, leg.station, clock=clock, findings=findings)
        while True:
            match await leg.next():
                case Decided() as decided:
                    return decided
                case Arrived(letter=letter):
                    await take_update(leg, letter)
                    break


def _document(leg: ProxyLeg) -> dict[str, str | int]:
    """What the register shall know of the document: of which item, and until when."""
    facts: dict[str, str | int] = {}
    if leg.filing.general is not None:
        facts["item"] = leg.filing.general.item
    if leg.validity_months is not None:
        facts["valid_to"] = valid_until(leg.desk.today, leg.validity_months).isoformat()
    return facts
