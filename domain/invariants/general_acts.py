"""G1: who does what in law, how often, on what ground, and who decided it.

Sources: docs/rules.md D, A0 (three offices of a step).
"""

from __future__ import annotations

from collections import Counter

from domain.casework import ActCode
from domain.invariants.facts import Act, Case, Found, Task
from domain.invariants.registers import Registers
from domain.invariants.words import act_word
from domain.offices import SYSTEM
from domain.task_table import TASKS

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
    ("HOME", ActCode.PASSED): "station",
    ("HOME", ActCode.BOOKED): "station",
    ("LEG", ActCode.EXAMINED): "station",
    ("LEG", ActCode.RELEASED): "station",
    ("LEG", ActCode.STATEMENT_ISSUED): "station",
    ("LEG", ActCode.REMITTED): "station",
    # Intake never moves the power to decide (docs/rules.md section 0).
    ("HOME", ActCode.ITEM_REVIEWED): "station",
    ("HOME", ActCode.ITEM_GRANTED): "station",
    ("HOME", ActCode.ITEM_REFUSED): "station",
    ("HOME", ActCode.RESULT_REVOKED): "station",
}
#: Families of items, where who receives may be another than who decides.
_ITEMS = frozenset({"GENERAL_ONLINE", "GENERAL_JOINT"})
_ACCEPTING = frozenset(
    {
        ActCode.CORRECTION_NOTICE,
        ActCode.ACCEPTED,
        ActCode.DEEMED_ACCEPTED,
        ActCode.NOT_ACCEPTED,
        ActCode.LAPSED,
    }
)
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
#: What a rule may do in a person's place where every register has answered yes.
_BY_RULE = frozenset({ActCode.ACCEPTED, ActCode.ITEM_GRANTED, ActCode.DELIVERED})
#: In a transfer these a person answers for; what else happens there may be the rules' own doing.
_BY_A_PERSON = frozenset(
    {
        ActCode.CORRECTION_NOTICE,
        ActCode.ACCEPTED,
        ActCode.NOT_ACCEPTED,
        ActCode.PASSED,
        ActCode.NOT_PASSED,
        ActCode.EXAMINED,
        ActCode.RELEASED,
        ActCode.STATEMENT_ISSUED,
        ActCode.STATEMENT_CORRECTED,
        ActCode.REMITTED,
        ActCode.REMITTED_AGAIN,
        ActCode.MONEY_RETURNED,
        ActCode.BOOKED,
        ActCode.DELIVERED,
        ActCode.ITEM_REVIEWED,
        ActCode.ITEM_GRANTED,
        ActCode.ITEM_REFUSED,
        ActCode.PROMISE_KEPT,
        ActCode.PROMISE_FALSE,
        ActCode.RESULT_REVOKED,
        ActCode.DEATH_RECORDED,
        ActCode.WITHDRAWN,
        ActCode.DIFFERENCE_SETTLED,
        ActCode.DIFFERENCE_EXPLAINED,
        ActCode.MONEY_ASSIGNED,
        ActCode.CALENDAR_SEEN_TO,
        ActCode.CALENDAR_EXPLAINED,
        ActCode.RATER_CALLED,
        ActCode.RATING_VERIFIED,
        ActCode.RECTIFIED,
        ActCode.RATER_INFORMED,
        ActCode.RECTIFICATION_CONFIRMED,
        ActCode.APPEAL_UPHELD,
        ActCode.APPEAL_REJECTED,
        ActCode.TICKET_DISPATCHED,
        ActCode.TICKET_NOT_OURS,
        ActCode.TICKET_RETURNED,
        ActCode.TICKET_REPLIED,
        ActCode.HEARING_TOLD,
        ActCode.HEARING_ANNOUNCED,
        ActCode.HEARING_NOTICED,
        ActCode.HEARING_HELD,
    }
)
#: In a transfer these happen once; what money or originals make necessary again may be repeated.
_ONCE = frozenset(
    {
        ActCode.RECEIVED,
        ActCode.CORRECTION_NOTICE,
        ActCode.ACCEPTED,
        ActCode.DEEMED_ACCEPTED,
        ActCode.NOT_ACCEPTED,
        ActCode.PASSED,
        ActCode.NOT_PASSED,
        ActCode.PEER_REFUSED,
        ActCode.RELEASED,
        ActCode.STATEMENT_ISSUED,
        ActCode.DELIVERED,
        ActCode.WITHDRAWN,
        ActCode.LAPSED,
        ActCode.TERMINATED,
        ActCode.ARCHIVED,
        ActCode.DEATH_RECORDED,
        ActCode.HEARING_TOLD,
        ActCode.HEARING_HELD,
        ActCode.ITEM_GRANTED,
        ActCode.RESULT_MADE,
        ActCode.GRANTED,
        ActCode.MADE,
    }
)
#: Acts that may be repeated, each repeat opened by what begins a new round.
_ROUNDS: dict[str, tuple[str, ...]] = {
    ActCode.CORRECTION_NOTICE: ("CORRECTION_HANDED_IN",),
    ActCode.REVIEWED: ("RETURNED_TO_REVIEW",),
    ActCode.HEARING_NOTICED: ("HEARING_SET_ANEW",),
    ActCode.ITEM_GRANTED: ("RETURNED_TO_STEP",),
    ActCode.RESULT_MADE: ("RETURNED_TO_STEP",),
    ActCode.GRANTED: ("RETURNED_TO_STEP",),
}
#: Of each group a case has at most one act: it is accepted once and ends once.
_ONE_OF = (
    (ActCode.ACCEPTED, ActCode.DEEMED_ACCEPTED),
    (
        ActCode.NOT_ACCEPTED,
        ActCode.LAPSED,
        ActCode.REFUSED,
        ActCode.NOT_PASSED,
        ActCode.WITHDRAWN,
        ActCode.TERMINATED,
        ActCode.DELIVERED,
    ),
)


def acts_by_competent_offices(registers: Registers) -> Found:
    """G1: each act by its competent office, once per person and round, with actor and basis."""
    for case in registers.cases:
        for act in case.acts:
            yield from _in_form(case, act)
        yield from _repeated(case)
        yield from _too_early(case)
        for task in case.tasks:
            yield from _decided(case, task)


def _in_form(case: Case, act: Act) -> Found:
    if not act.actor or not act.basis or not act.office:
        yield case.broken("G1", f"“{act_word(act.code)}”缺少机构、经办人或依据；请核对登记。")
    competent = _competent(case, act)
    if competent is not None and act.office not in competent:
        yield case.broken(
            "G1",
            f"“{act_word(act.code)}”由 {act.office} 作出，主管机构应为 {'、'.join(competent)}。",
        )
    personal = act.code not in _AUTOMATIC if case.is_hukou else _answered_for(case, act)
    if act.actor == SYSTEM and personal:
        yield case.broken("G1", f"“{act_word(act.code)}”没有经办人（登记为系统自动）；请核对。")


def _competent(case: Case, act: Act) -> tuple[str, ...] | None:
    """The offices that may do the act; None where every office of the locality may."""
    if act.code == ActCode.REFUSED and act.facts.get("ending") == "REFUSED":
        return (case.bureau,)
    desk = _COMPETENT.get((case.kind, act.code))
    if case.is_home and case.family in _ITEMS and act.code in _ACCEPTING:
        # The district may receive and track what a higher level accepts and decides.
        return (case.station,)
    if desk == "station" and not case.is_home:
        # A leg that belongs to another station of the locality goes on there.
        moved = [e.facts.get("station", "") for e in case.events if e.code == "FORWARDED_WITHIN"]
        redirected = [
            one.facts.get("office_to", "") for one in case.acts if one.code == ActCode.REDIRECTED
        ]
        return (case.station, *moved, *redirected)
    return (getattr(case, desk),) if desk else None


def _answered_for(case: Case, act: Act) -> bool:
    """Whether a person must stand for this act of a transfer.

    Money that follows a relation is booked by rule once a person has continued the relation (A5,
    A6); a request that an open letter bars is refused by rule (A7); 秒批秒办 goes by its rule.
    """
    if act.code == ActCode.BOOKED:
        return all(one.code != ActCode.RELATION_CONTINUED for one in case.acts)
    if act.code == ActCode.NOT_PASSED and act.facts.get("reason") == "LETTER_OPEN":
        return False
    if act.code in _BY_RULE and act.facts.get("rule"):
        # 秒批秒办: the rule and every register's evidence stand in its place.
        return all(one.code != ActCode.AUTO_CHECKED for one in case.acts)
    return act.code in _BY_A_PERSON


def _too_early(case: Case) -> Found:
    """What came on a rest day is received on the next working day, and accepted no earlier.

    A rule that accepts and grants at once (秒批秒办) waits for no working day.
    """
    received = [act.effective_on for act in case.acts if act.code == ActCode.RECEIVED]
    accepted = [act for act in case.acts if act.code == ActCode.ACCEPTED and act.actor != SYSTEM]
    for act in accepted:
        if received and act.effective_on < min(received):
            yield case.broken(
                "G1",
                f"“{act_word(act.code)}”记为 {act.effective_on}，早于收件日 {min(received)}。",
            )


def _repeated(case: Case) -> Found:
    counts = Counter((act.code, act.person) for act in case.acts)
    happened = Counter(event.code for event in case.events)
    for (code, person), count in counts.items():
        if not case.is_hukou and code not in _ONCE:
            continue
        allowed = 1 + sum(happened[event] for event in _ROUNDS.get(code, ()))
        if code == ActCode.PERMIT_ISSUED:
            allowed = 1 + counts[ActCode.PERMIT_VOIDED, 0]
        elif code == ActCode.PERMIT_VOIDED:
            allowed = counts[ActCode.PERMIT_ISSUED, 0]
        elif code == ActCode.ORIGIN_REFUSED and case.is_home:
            allowed = sum(letter.verb == "MOVE_OUT_REQUEST" for letter in case.letters)
        elif code == ActCode.PEER_REFUSED and case.is_home:
            allowed = sum(letter.verb == "REQUEST" for letter in case.letters)
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
