"""转出可以撤销: a release that the origin takes back as long as the other side has not acted on it.

Called by the leg (:func:`answer_and_follow`) and the home procedure (:func:`take_back_release`) of
matters whose point of no return is the destination's own act (A9, A10). Basis: docs/rules.md A0
rule 1 and D G9, V2, C2.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.acts import Examined
    from contracts.letters import Answer, Letter, LetterVerb, ReceiptCode, ReceiptStatus
    from domain.attribution import Holder
    from domain.casework import ActCode, ClockKind, Ending, Stage
    from domain.clocks import Effect
    from workflows.happenings import Arrived, Expired
    from workflows.home_case import HomeCase
    from workflows.leg_case import LegCase, LegStops

CANCELLED = "RELEASE_CANCELLED"
_TAKEN = (LetterVerb.CONFIRM, LetterVerb.WITHDRAW, LetterVerb.REJECT_DOCUMENT)


async def answer_and_follow(
    leg: LegCase,
    examined: Examined,
    paper: str,
    *,
    give_back: Callable[[], Awaitable[None]],
    due: ClockKind | None = None,
) -> None:
    """The granting answer, then the other side's confirmation; raises LegStops when taken back.

    ``give_back`` undoes what the release did here; only then the other side is told.
    """
    desk = leg.desk
    desk.timers.stop(ClockKind.RELEASE)
    desk.judge = _judge
    granted = leg.letter(
        LetterVerb.ANSWER,
        answer=Answer.GRANTED,
        persons=leg.request.persons,
        facts=dict(examined.facts),
    )
    receipt = await leg.mail.send(granted, paper)
    if receipt.code is not None:
        desk.note("ANSWER_NOT_TAKEN", code=receipt.code)
    while True:
        desk.move(Stage.FOLLOWING, Holder.THEIRS, office=leg.station, due=due, allows=frozenset())
        match await desk.next():
            case Arrived(letter=letter) if letter.verb is LetterVerb.CONFIRM:
                desk.record(ActCode.CONFIRMED, office=letter.from_office)
                return
            case Arrived(letter=letter) if letter.verb is LetterVerb.WITHDRAW:
                await give_back()
                desk.record(ActCode.RELEASE_CANCELLED, reason=letter.reason_code or "")
                desk.judge = _closed
                await leg.mail.send(leg.letter(LetterVerb.PROGRESS, reason_code=CANCELLED))
                raise LegStops(Ending.WITHDRAWN, letter)
            case Arrived():
                again = {"verb": LetterVerb.AMENDED, "reason_code": "DOCUMENTS_AGAIN"}
                await leg.mail.send(granted.model_copy(update=again), paper)
            case Expired(clock=kind):
                desk.mark_overdue(kind)


def _judge(letter: Letter) -> ReceiptCode | None:
    """Released: the other side confirms, or takes its request back while it has not acted."""
    if letter.verb in _TAKEN:
        return None
    late = letter.verb in (LetterVerb.UPDATE_DOCUMENT, LetterVerb.INVALIDATE_DOCUMENT)
    return ReceiptCode.ALREADY_CANCELLED if late else ReceiptCode.NOT_EXPECTED


def _closed(letter: Letter) -> ReceiptCode:
    return ReceiptCode.CASE_CLOSED


async def take_back_release(case: HomeCase, reason: str) -> None:
    """Ask the origin to undo its release and wait until it has: consent is not assumed.

    A leg that is closed already has nothing left to give back.
    """
    desk = case.desk
    # Set first: the origin may be done before its receipt for our letter is read here.
    desk.judge = _awaits_cancellation
    desk.supersede_tasks()
    desk.move(
        Stage.TAKING_BACK,
        Holder.THEIRS,
        office=case.filing.desks.station,
        due=ClockKind.PEER,
        allows=frozenset(),
    )
    limit = case.filing.rules.origin.model_copy(update={"effect": Effect.REMIND})
    # An end in the middle of asking leaves the limit of the request running.
    desk.timers.stop(ClockKind.PEER)
    desk.timers.start(ClockKind.PEER, limit, desk.today)
    receipt = await case.mail.send(case.to_leg(LetterVerb.WITHDRAW, reason_code=reason))
    if receipt.status is ReceiptStatus.REFUSED:
        desk.note("NOTHING_TO_TAKE_BACK", code=receipt.code or "")
    else:
        await _cancelled(case)
    desk.timers.stop(ClockKind.PEER)
    desk.judge = _closed


def _awaits_cancellation(letter: Letter) -> ReceiptCode | None:
    told = letter.verb is LetterVerb.PROGRESS and letter.reason_code == CANCELLED
    return None if told else ReceiptCode.CASE_CLOSED


async def _cancelled(case: HomeCase) -> None:
    desk = case.desk
    while True:
        match await desk.next():
            case Arrived(letter=letter):
                desk.note("PROGRESS", code=letter.reason_code or "")
                return
            case Expired(clock=ClockKind.PEER):
                desk.overdue, desk.escalation = True, desk.escalation + 1
                await case.mail.send(case.to_leg(LetterVerb.REMIND, reason_code="OVERDUE"))
                desk.timers.stop(ClockKind.PEER)
                desk.timers.start(ClockKind.PEER, case.filing.rules.reminder_interval, desk.today)
