"""Asking the other locality until it has acted: the request, its answer, and what a refusal means.

Called by the home procedures of transfers after their own review. Basis: docs/rules.md A0.
"""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.letters import Letter
    from contracts.transitions import LetterVoided
    from domain.attribution import Holder
    from domain.casework import ActCode, Ending, Stage
    from domain.transfer_tasks import TransferTask
    from workflows.asking import Asking, Reply
    from workflows.home_case import AT_HOME, CaseEnds, HomeCase
    from workflows.papers import take_in_letter


async def ask_peer(case: HomeCase, asking: type[Asking] = Asking) -> Letter:
    """The granting answer, with its papers on file; raises CaseEnds where there never is one.

    A new request is possible only when the earlier letter is voided (失败办结, docs/rules.md A7).
    """
    while True:
        reply = await asking(case).settle()
        if reply is Reply.ANSWERED and case.answer is not None:
            case.desk.tell(asking.done_notice)
            await take_in_letter(case.desk, case.answer, "凭函调取答复文书并核对摘要")
            return case.answer
        if reply is Reply.REFUSED:
            await _decide_after_refusal(case)


async def _decide_after_refusal(case: HomeCase) -> None:
    desk = case.desk
    desk.move(Stage.PEER_REFUSED, Holder.OURS, office=case.filing.desks.station, allows=AT_HOME)
    desk.open_task(
        TransferTask.PEER_REFUSAL,
        case.filing.desks.station,
        findings=(
            f"REFUSED:{case.refusal_code}",
            *((f"NOW_IN:{case.moved_to}",) if case.moved_to else ()),
        ),
    )
    decided = await case.decision()
    desk.record(ActCode.LETTER_VOIDED, by=decided.command, letter=case.request_no)
    desk.draft.letters_voided.append(
        LetterVoided(number=case.request_no, reason=case.refusal_code or "")
    )
    if decided.outcome == "CONCLUDE":
        raise CaseEnds(
            Ending.PEER_REFUSED,
            ActCode.TERMINATED,
            by=decided.command,
            reason_code=case.refusal_code,
        )
    desk.note("ASKED_AGAIN")
