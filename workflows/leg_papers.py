"""随函文书: the first step of every leg takes in the papers of the request, and later newer ones.

Basis: docs/rules.md A0 rules 3 and 5. A second open request about the same relation is refused
with the first's number; papers that differ from their digest go back once.
"""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.acts import UNUSABLE
    from contracts.cases import PinnedLimit
    from contracts.letters import Letter, LetterVerb
    from domain.attribution import Holder
    from domain.casework import ClockKind, Stage
    from workflows.clock_desk import CLOCK_VERBS
    from workflows.happenings import Arrived
    from workflows.leg_case import LegCase, LegRefuses
    from workflows.papers import take_in_letter

_SUMMARY = "凭函调取随函文书并核对摘要"


async def take_in_papers(
    leg: LegCase, clock: ClockKind = ClockKind.RELEASE, limit: PinnedLimit | None = None
) -> None:
    """Pull the documents under the letter's grant; a second open request is refused by number.

    ``limit`` is the leg's own where it is not the general one of the other locality.
    """
    leg.desk.timers.start(clock, limit or leg.filing.rules.origin, leg.filing.received_on)
    leg.desk.move(
        Stage.RECEIVED,
        Holder.OURS,
        office=leg.station,
        due=clock,
        allows=CLOCK_VERBS,
    )
    await pull_papers(leg)


async def pull_papers(leg: LegCase) -> None:
    """The papers of the request, where another event starts the leg's own limit."""
    await _pull(leg, leg.request)


async def take_update(leg: LegCase, letter: Letter) -> None:
    """New papers of the destination: what was open on the old ones is done again."""
    leg.desk.supersede_tasks()
    await _pull(leg, letter, update=True)
    leg.desk.note("PAPERS_UPDATED", letter=letter.number)


async def _pull(leg: LegCase, letter: Letter, *, update: bool = False) -> None:
    """One differing byte and the papers go back; a second time the request is refused."""
    taken = await take_in_letter(leg.desk, letter, _SUMMARY, update=update)
    if taken.code == UNUSABLE:
        taken = await take_in_letter(leg.desk, await _papers_again(leg), _SUMMARY, update=update)
    if taken.code:
        raise LegRefuses(taken.code, other_case_no=taken.other_case_no)


async def _papers_again(leg: LegCase) -> Letter:
    stage = leg.desk.stage
    await leg.mail.send(leg.letter(LetterVerb.REJECT_DOCUMENT, reason_code="DIGEST_MISMATCH"))
    leg.desk.move(stage, Holder.THEIRS, due=leg.desk.due_clock)
    while True:
        happening = await leg.next()
        if not isinstance(happening, Arrived):
            continue
        if happening.letter.verb is LetterVerb.UPDATE_DOCUMENT:
            leg.desk.move(stage, Holder.OURS, due=leg.desk.due_clock)
            return happening.letter
        leg.early.append(happening.letter)
