"""变更办理方式: paper originals are demanded, so an online case becomes proxy intake.

It keeps its number and its clock. A window where the applicant lives collects the originals and
sends them by parcel; whether they agree, and what follows, the competent office says. Called by
the review of the online procedure. Basis: docs/rules.md A11, section 0.
"""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts import visibility
    from contracts.commands import RejectionCode
    from contracts.families import MODE_LABELS
    from contracts.letters import Letter, LetterVerb, ReceiptCode
    from contracts.parcels import ParcelItem
    from domain.attribution import Holder
    from domain.casework import ActCode, ClockKind, Stage
    from domain.custody import PERSON
    from domain.general_reasons import GeneralReason
    from domain.general_tasks import GeneralTask
    from domain.transports import ItemKind, Service
    from workflows.asking import Asking, Reply
    from workflows.general_case import WHILE_OPEN, GeneralCase
    from workflows.happenings import Decided, Expired, Happening
    from workflows.papers import take_in_letter
    from workflows.parcels import send_parcel
    from workflows.proxy_parcels import check_in

_MODE = "PROXY_INTAKE"


class AskWindow(Asking):
    """代收原件商请函: one request to the applicant's locality."""

    case: GeneralCase

    stage = Stage.COLLECTING
    too_late_notice = "GENERAL_ORIGINALS_ON_THE_WAY"
    too_late = RejectionCode.ORIGINALS_ON_THE_WAY
    followed_by = frozenset({LetterVerb.PROGRESS})  # news of the parcel with the originals

    async def _take_refusal(self, letter: Letter) -> Reply:
        """The originals never came: no decision of anybody, and the reviewer is told."""
        self.case.refusal_code = letter.reason_code
        self.desk.note("ORIGINALS_NOT_COLLECTED", reason=letter.reason_code or "")
        await take_in_letter(self.desk, letter, "凭函调取代收答复并核对摘要")
        return Reply.REFUSED

    async def ran_out(self, clock: str) -> Reply | None:
        """A deferred material did not come while the originals were collected."""
        if clock == ClockKind.DEFERRAL:
            self.case.too_late = True
        return None


async def collect_originals(case: GeneralCase, demanded: Decided) -> tuple[str, ...]:
    """Ask for them, take them in and compare them; the finding for the review that goes on."""
    desk, terms = case.desk, case.terms
    case.mode_changed, desk.mode = True, _MODE
    desk.record(ActCode.MODE_CHANGED, by=demanded.command, mode=_MODE)
    limit = case.filing.rules.limits["originals"]
    desk.tell(
        "GENERAL_ORIGINALS",
        by=demanded.command,
        place=case.filing.counters[case.origin],
        length=f"{limit.length}{limit.unit.label}",
    )
    workflow.upsert_search_attributes([visibility.MODE.value_set(MODE_LABELS[_MODE])])
    case.origin_office = None
    reply = await AskWindow(case).settle()
    answer = case.answer
    if reply is not Reply.ANSWERED or answer is None:
        return (f"ORIGINALS:{case.refusal_code or GeneralReason.ORIGINALS_MISSING}",)
    await take_in_letter(desk, answer, "凭函调取答复文书并核对摘要")
    desk.judge = lambda letter: (
        None if letter.verb is LetterVerb.PROGRESS else ReceiptCode.NOT_EXPECTED
    )
    came = await check_in(case, answer, lambda happening: _overtaken(case, happening))
    desk.judge = lambda letter: ReceiptCode.NOT_EXPECTED
    if came is None:
        return ("ORIGINALS:LOST",)
    _, checked = came
    case.holds_originals, desk.custodian = True, terms.office("REVIEW")
    desk.record(ActCode.ORIGINALS_TAKEN, whole="yes" if checked.whole else "no")
    desk.move(
        Stage.ORIGINALS,
        Holder.OURS,
        office=terms.office("REVIEW"),
        due=ClockKind.DECISION,
        allows=WHILE_OPEN,
    )
    compared = await case.decision_on(
        GeneralTask.ORIGINALS, terms.office("REVIEW"), clock=ClockKind.DECISION
    )
    desk.record(ActCode.ORIGINALS_VERIFIED, by=compared.command, outcome=compared.outcome)
    give_back(case)
    return (f"ORIGINALS:{compared.outcome}",)


def _overtaken(case: GeneralCase, happening: Happening) -> None:
    if isinstance(happening, Expired) and happening.clock == ClockKind.DEFERRAL:
        case.too_late = True


def give_back(case: GeneralCase) -> None:
    """退还原件: straight to the person; the parcel answers for them on its own."""
    if not case.holds_originals:
        return
    case.holds_originals = False
    send_parcel(
        case,
        kind="ORIGINALS_BACK",
        service=Service.EMS,
        to_office=PERSON,
        items=(ParcelItem(code="ORIGINALS", kind=ItemKind.ORIGINAL),),
    )
    case.desk.record(ActCode.ORIGINALS_RETURNED)
