"""G6: nobody waits in silence. Every open case has a holder, a custodian and something that ends
the wait; behind a closed case nothing runs on.
"""

from __future__ import annotations

from datetime import timedelta

from domain.attribution import Holder
from domain.casework import Stage
from domain.invariants.facts import Case, Found
from domain.invariants.registers import Registers
from domain.invariants.words import clock_word, stage_word

#: A filed case is started and takes its first step within this, or the outbox does not work.
_FIRST_STEP = timedelta(hours=1)
#: Letters that call for an answer, and which letters answer them.
_ANSWERS = {
    "MOVE_OUT_REQUEST": ("MOVE_OUT_ANSWER", "FORWARD"),
    "REISSUE_REQUEST": ("CERTIFICATE_REISSUED",),
    "RESTORE_REQUEST": ("REGISTRATION_RESTORED",),
    "REJECT_DOCUMENT": ("UPDATE_DOCUMENT", "AMENDED"),
    "REQUEST": ("ANSWER", "FORWARD"),
    "AMEND_REQUEST": ("AMENDED",),
}
#: After these acts only the archiving is left.
_CLOSING = (
    "NOT_ACCEPTED",
    "LAPSED",
    "REFUSED",
    "NOT_PASSED",
    "WITHDRAWN",
    "TERMINATED",
    "DELIVERED",
)
#: The same for a leg: it has refused, or the asking side has confirmed.
_CLOSING_LEG = ("ORIGIN_REFUSED", "PEER_REFUSED", "CONFIRMED")


def nobody_waits_in_silence(registers: Registers) -> Found:
    """G6: an open case has holder, custodian and a task, a running clock or an awaited letter;
    a composite case has items at work, whose own cases have all that."""
    for case in registers.cases:
        tasks = [task for task in case.tasks if task.status == "OPEN"]
        running = [clock for clock in case.clocks if clock.stopped_on is None]
        if case.closed:
            if tasks:
                yield case.broken("G6", f"办件已办结，仍有{len(tasks)}项待办；请核对。")
            if running:
                kinds = "、".join(sorted({clock_word(clock.kind) for clock in running}))
                yield case.broken("G6", f"办件已办结，{kinds}仍在计时；请核对。")
            continue
        # Who waits for other cases of the same person counts on nobody's days.
        for_others = case.stage == Stage.WAITING or case.waits_for_items
        uncounted = case.holder == Holder.UNCOUNTED and not for_others
        if case.holder not in set(Holder) or uncounted:
            yield case.broken("G6", "办件在办，却没有球在谁手；请核对。")
        if not case.custodian or not case.office:
            yield case.broken("G6", "办件在办，却没有主管机构或材料保管机构；请核对。")
        if not case.transitions:
            if registers.now - case.filed_at > _FIRST_STEP:
                yield case.broken("G6", "办件收件后一直没有启动办理；请检查该地区的工作进程。")
        elif not (
            tasks
            or running
            or case.waits_for_items
            or _letter_awaited(case)
            or _arrived(case)
            or _closing(case)
        ):
            yield case.broken(
                "G6",
                f"办件停在“{stage_word(case.stage)}”，没有待办、没有时限、也没有等待中的函件；请督办。",
            )


def _letter_awaited(case: Case) -> bool:
    """A letter of ours without receipt, or one whose answer has not come."""
    taken_in = [letter for letter in case.letters if letter.direction == "IN"]
    for letter in case.letters:
        if letter.direction != "OUT":
            continue
        if letter.receipt is None:
            return True
        if letter.receipt.status == "REFUSED":
            continue
        answers = _ANSWERS.get(letter.verb, ())
        # A request for papers names the letter it is about, not itself, in the answer.
        about = {letter.number, letter.in_reply_to}
        if answers and not any(
            one.verb in answers and one.in_reply_to in about for one in taken_in
        ):
            return True
    if not case.is_hukou:
        return _confirmation_awaited(case)
    # The origin has answered and waits for the landing: overdue or not, the ball is with home.
    in_transit = any(person.status == "IN_TRANSIT" for person in case.persons)
    answered = any(one.verb == "MOVE_OUT_ANSWER" and one.receipt for one in case.letters)
    return not case.is_home and in_transit and answered


def _confirmation_awaited(case: Case) -> bool:
    """The leg has granted what was asked, and its receiver has not confirmed yet."""
    granted = any(
        one.direction == "OUT" and one.verb == "ANSWER" and one.answer == "GRANTED"
        for one in case.letters
    )
    confirmed = any(one.direction == "IN" and one.verb == "CONFIRM" for one in case.letters)
    return not case.is_home and granted and not confirmed


def _arrived(case: Case) -> bool:
    """A parcel at its receiver, who looks at the seal under a limit of its own."""
    return case.kind == "PARCEL" and case.holder == Holder.THEIRS


def _closing(case: Case) -> bool:
    return bool(case.acts_of(*_CLOSING)) or (
        not case.is_home
        and (bool(case.acts_of(*_CLOSING_LEG)) or (case.is_hukou and _nobody_open(case)))
    )


def _nobody_open(case: Case) -> bool:
    """Nobody of a migration is still to be moved or on the way."""
    return all(person.status not in ("OPEN", "IN_TRANSIT") for person in case.persons)
