"""G7: no refusal, non-acceptance or return without a reason and a remedy.

Sources: docs/rules.md D, A0 rule 4, B1 (行政许可法 art 32, 38 by analogy).
"""

from __future__ import annotations

from domain.casework import ActCode
from domain.invariants.facts import Act, Case, Found, Person, Task
from domain.invariants.papers import Letter
from domain.invariants.registers import Registers
from domain.invariants.words import act_word
from domain.refusals import refusal_words
from domain.task_table import TASKS

_REFUSING = (
    ActCode.NOT_ACCEPTED,
    ActCode.REFUSED,
    ActCode.NOT_PASSED,
    ActCode.ORIGIN_REFUSED,
    ActCode.PEER_REFUSED,
)
#: Notices whose fixed words name the remedy; test_invariants compares them with the texts.
REMEDY_NOTICES = frozenset(
    {"ENDED_REFUSED", "ENDED_ORIGIN_REFUSED", "ENDED_NOT_ACCEPTED", "ENDED_PEER_REFUSED"}
)


def refusals_have_reason_and_remedy(registers: Registers) -> Found:
    """G7: every refusal, non-acceptance and return says why, and what can be done about it."""
    for case in registers.cases:
        for act in case.acts_of(*_REFUSING):
            yield from _refusal(case, act)
        for act in case.acts_of(ActCode.CORRECTION_NOTICE):
            if "defects" not in act.written:
                yield case.broken("G7", "补正告知没有列明需补正的内容；请核对告知书。")
        for task in case.tasks:
            yield from _task_reason(case, task)
        for person in case.persons:
            yield from _left_behind(case, person)
        for letter in case.letters:
            yield from _refusing_letter(case, letter)
    for letter in registers.letters:
        refused = letter.receipt is not None and letter.receipt.status == "REFUSED"
        if refused and letter.receipt is not None and not letter.receipt.code:
            where = next((c for c in registers.cases if letter in c.letters), None)
            if where is not None:
                yield where.broken(
                    "G7", f"函件 {letter.number} 被退回而没有退回原因代码；请核对回执。"
                )


def _refusal(case: Case, act: Act) -> Found:
    code = act.facts.get("code") or act.facts.get("reason") or ""
    if refusal_words(case.family, code) is not None:
        return  # the code list has a reason and a remedy for each
    if not code and "reason" not in act.written:
        yield case.broken(
            "G7", f"“{act_word(act.code)}”没有理由（代码或文字）；请补充理由并告知申请人。"
        )
    told = any(
        notice == f"ENDED_{act.facts.get('ending')}" and notice in REMEDY_NOTICES
        for notice in case.notices
    )
    if "remedy" not in act.written and not told:
        yield case.broken("G7", f"“{act_word(act.code)}”没有告知救济途径；请补充并告知申请人。")


def _left_behind(case: Case, person: Person) -> Found:
    """Who does not move while the others of the request do is told why, or was taken back."""
    stays = not case.is_home and person.status == "ENDED" and case.acts_of(ActCode.CANCELLED)
    told = any(
        event.code == "PERSON_TAKEN_BACK"
        or (
            event.code == "PERSON_REFUSED"
            and refusal_words(case.family, event.facts.get("reason", "")) is not None
        )
        for event in case.events
        if event.facts.get("person") == str(person.number)
    )
    if stays and not told:
        yield case.broken("G7", f"{case.name(person.number)}未随同迁出，没有理由代码；请补充告知。")


def _task_reason(case: Case, task: Task) -> Found:
    kind = TASKS.get(task.kind)
    spec = kind.outcome(task.outcome or "") if kind and task.status == "DONE" else None
    if spec is None or not (spec.needs_reason or spec.reason_codes):
        return
    command = next((c for c in case.commands if c.command_id == task.command_id), None)
    written = command is not None and "reason" in command.written
    if (spec.needs_reason and not written) or (
        spec.reason_codes and task.reason_code not in spec.reason_codes
    ):
        yield case.broken("G7", f"待办 {task.task_id} 办理为“{spec.label}”，没有理由；请补充。")


def _refusing_letter(case: Case, letter: Letter) -> Found:
    if letter.direction != "OUT":
        return
    known = refusal_words(case.family, letter.reason_code or "") is not None
    explained = known or "REFUSAL_NOTICE" in letter.manifest
    if letter.answer == "REFUSED" and not explained:
        yield case.broken(
            "G7", f"函件 {letter.number} 答复不予办理，没有理由代码和救济；请补发书面理由。"
        )
    if letter.verb == "REJECT_DOCUMENT" and not letter.reason_code:
        yield case.broken("G7", f"函件 {letter.number} 退回文书而没有原因代码；请核对。")
