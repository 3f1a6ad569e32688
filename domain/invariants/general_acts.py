"""G1 and G7: who does what in law, how often, on what ground; and no refusal without a remedy.

Sources: docs/rules.md D, A0 (three offices of a step), B1 (行政许可法 art 32, 38 by analogy).
"""

from __future__ import annotations

from collections import Counter

from domain.casework import ActCode
from domain.hukou import REFUSAL_TEXTS
from domain.invariants.facts import Act, Case, Found, Person, Task
from domain.invariants.papers import Letter
from domain.invariants.registers import Registers
from domain.invariants.words import act_word
from domain.task_table import TASKS

SYSTEM = "SYSTEM"

#: Which office of the case is competent; any office of the locality may do the other acts.
_COMPETENT: dict[tuple[str, str], str] = {
    ("HOME", ActCode.RECEIVED): "intake",
    ("HOME", ActCode.CORRECTION_NOTICE): "intake",
    ("HOME", ActCode.ACCEPTED): "intake",
    ("HOME", ActCode.DEEMED_ACCEPTED): "intake",
    ("HOME", ActCode.NOT_ACCEPTED): "intake",
    ("HOME", ActCode.LAPSED): "intake",
    ("HOME", ActCode.DELIVERED): "intake",
    ("HOME", ActCode.REVIEWED): "station",
    ("HOME", ActCode.APPROVED): "bureau",
    ("HOME", ActCode.PERMIT_ISSUED): "bureau",
    ("HOME", ActCode.PERMIT_VOIDED): "bureau",
    ("HOME", ActCode.LANDED): "station",
    ("HOME", ActCode.NOT_LANDED_PROVEN): "station",
    ("LEG", ActCode.ORIGIN_REFUSED): "station",
    ("LEG", ActCode.CANCELLED): "station",
    ("LEG", ActCode.CERTIFICATE_ISSUED): "station",
    ("LEG", ActCode.CERTIFICATE_REISSUED): "station",
    ("LEG", ActCode.REISSUE_REFUSED): "station",
    ("LEG", ActCode.RESTORED): "station",
}
#: What the law or a decision already made brings about by itself; all else a person answers for.
_AUTOMATIC = frozenset(
    {
        ActCode.RECEIVED,
        ActCode.DEEMED_ACCEPTED,
        ActCode.LAPSED,
        ActCode.PERMIT_ISSUED,
        ActCode.PERMIT_VOIDED,
        ActCode.ORIGIN_REFUSED,
        ActCode.TERMINATED,
        ActCode.ARCHIVED,
    }
)
#: Acts that may be repeated, each repeat opened by what begins a new round.
_ROUNDS: dict[str, tuple[str, ...]] = {
    ActCode.CORRECTION_NOTICE: ("CORRECTION_HANDED_IN",),
    ActCode.REVIEWED: ("RETURNED_TO_REVIEW",),
}
#: Of each group a case has at most one act: it is accepted once and ends once.
_ONE_OF = (
    (ActCode.ACCEPTED, ActCode.DEEMED_ACCEPTED),
    (
        ActCode.NOT_ACCEPTED,
        ActCode.LAPSED,
        ActCode.REFUSED,
        ActCode.WITHDRAWN,
        ActCode.TERMINATED,
        ActCode.DELIVERED,
    ),
)
_REFUSING = (ActCode.NOT_ACCEPTED, ActCode.REFUSED)
#: Notices whose fixed words name the remedy; test_invariants compares them with the texts.
REMEDY_NOTICES = frozenset({"ENDED_REFUSED", "ENDED_ORIGIN_REFUSED", "ENDED_NOT_ACCEPTED"})
_CODES = {code.value for code in REFUSAL_TEXTS}


def acts_by_competent_offices(registers: Registers) -> Found:
    """G1: each act by its competent office, once per person and round, with actor and basis."""
    for case in registers.cases:
        for act in case.acts:
            yield from _in_form(case, act)
        yield from _repeated(case)
        for task in case.tasks:
            yield from _decided(case, task)


def refusals_have_reason_and_remedy(registers: Registers) -> Found:
    """G7: every refusal, non-acceptance and return says why, and what can be done about it."""
    for case in registers.cases:
        for act in case.acts_of(*_REFUSING, ActCode.ORIGIN_REFUSED):
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


def _in_form(case: Case, act: Act) -> Found:
    if not act.actor or not act.basis or not act.office:
        yield case.broken("G1", f"“{act_word(act.code)}”缺少机构、经办人或依据；请核对登记。")
    competent = _competent(case, act)
    if competent is not None and act.office not in competent:
        yield case.broken(
            "G1",
            f"“{act_word(act.code)}”由 {act.office} 作出，主管机构应为 {'、'.join(competent)}。",
        )
    if act.actor == SYSTEM and act.code not in _AUTOMATIC:
        yield case.broken("G1", f"“{act_word(act.code)}”没有经办人（登记为系统自动）；请核对。")


def _competent(case: Case, act: Act) -> tuple[str, ...] | None:
    """The offices that may do the act; None where every office of the locality may."""
    if act.code == ActCode.REFUSED and act.facts.get("ending") == "REFUSED":
        return (case.bureau,)
    desk = _COMPETENT.get((case.kind, act.code))
    if desk == "station" and not case.is_home:
        # A leg that belongs to another station of the locality goes on there.
        moved = [e.facts.get("station", "") for e in case.events if e.code == "FORWARDED_WITHIN"]
        return (case.station, *moved)
    return (getattr(case, desk),) if desk else None


def _repeated(case: Case) -> Found:
    counts = Counter((act.code, act.person) for act in case.acts)
    happened = Counter(event.code for event in case.events)
    for (code, person), count in counts.items():
        allowed = 1 + sum(happened[event] for event in _ROUNDS.get(code, ()))
        if code == ActCode.PERMIT_ISSUED:
            allowed = 1 + counts[ActCode.PERMIT_VOIDED, 0]
        elif code == ActCode.PERMIT_VOIDED:
            allowed = counts[ActCode.PERMIT_ISSUED, 0]
        elif code == ActCode.ORIGIN_REFUSED and case.is_home:
            allowed = sum(letter.verb == "MOVE_OUT_REQUEST" for letter in case.letters)
        elif code == ActCode.REISSUE_REFUSED:
            allowed = sum(letter.verb == "REISSUE_REQUEST" for letter in case.letters)
        elif code == ActCode.CERTIFICATE_REISSUED:
            allowed = _distinct(case, code, person, "proof")
        elif code == ActCode.NOT_LANDED_PROVEN:
            allowed = sum(
                (paper.kind, paper.person) == ("NOT_LANDED", person) for paper in case.certificates
            )
        if count > allowed:
            whose = f"对{case.name(person)}" if person else ""
            yield case.broken(
                "G1", f"{whose}作出{count}次“{act_word(code)}”，应不超过{allowed}次。"
            )
    for group in _ONE_OF:
        found = [act_word(code) for code in group if counts[code, 0]]
        if len(found) > 1:
            yield case.broken("G1", f"同时有{'、'.join(found)}，只能有其一；请核对。")


def _distinct(case: Case, code: str, person: int, fact: str) -> int:
    return len({act.facts.get(fact, "") for act in case.acts_of(code, person=person)})


def _decided(case: Case, task: Task) -> Found:
    """A task is decided by a clerk of its office and role, by four eyes where law wants them."""
    if task.status != "DONE":
        return
    command = next((c for c in case.commands if c.command_id == task.command_id), None)
    if command is None or task.decided_by != command.actor:
        yield case.broken("G1", f"待办 {task.task_id} 已办结，没有对应的办理人指令；请核对。")
        return
    if command.office != task.office or task.role not in command.roles:
        yield case.broken(
            "G1", f"待办 {task.task_id} 由 {command.office} 的 {command.actor} 办理，无此职权。"
        )
    spec = TASKS.get(task.kind)
    for kind in spec.not_by_deciders_of if spec else ():
        before = [
            other
            for other in case.tasks
            if other.kind == kind
            and other.status == "DONE"
            and (other.closed_in or 0) < (task.closed_in or 0)
        ]
        last = max(before, key=lambda one: one.closed_in or 0, default=None)
        if last is not None and last.decided_by == task.decided_by:
            yield case.broken(
                "G1", f"待办 {task.task_id} 与 {last.task_id} 由同一人办理；应由两人。"
            )


def _refusal(case: Case, act: Act) -> Found:
    code = act.facts.get("code") or act.facts.get("reason") or ""
    if code in _CODES:
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
        or (event.code == "PERSON_REFUSED" and event.facts.get("reason") in _CODES)
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
    explained = letter.reason_code in _CODES or "REFUSAL_NOTICE" in letter.manifest
    if letter.answer == "REFUSED" and not explained:
        yield case.broken(
            "G7", f"函件 {letter.number} 答复不予办理，没有理由代码和救济；请补发书面理由。"
        )
    if letter.verb == "REJECT_DOCUMENT" and not letter.reason_code:
        yield case.broken("G7", f"函件 {letter.number} 退回文书而没有原因代码；请核对。")
