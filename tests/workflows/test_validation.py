"""What is refused before it reaches a case's history; pure, without a server."""

from __future__ import annotations

from typing import Any

import pytest

from contracts.commands import Command, RejectionCode, Verb
from domain.hukou_tasks import TaskKind
from domain.task_table import TASKS
from workflows.validation import (
    OpenTask,
    check_clock_command,
    check_clock_form,
    check_instruction,
    check_task_command,
)

STATION, BUREAU = "371002-GA-01", "371002-GA-00"
DEFAULT_ROLE = {kind: spec.role.value for kind, spec in TASKS.items()}


def open_task(kind: str = TaskKind.REVIEW, **changes: Any) -> OpenTask:
    return OpenTask(**{"task_id": "t", "spec": TASKS[kind], "office": STATION, **changes})


def command(kind: str = TaskKind.REVIEW, **changes: Any) -> Command:
    values: dict[str, Any] = {
        "command_id": "c-1",
        "verb": Verb.DECIDE,
        "actor": "HC0102",
        "office": STATION,
        "roles": (DEFAULT_ROLE[kind],),
        "task_id": "t",
        **changes,
    }
    return Command(**values)


def refusal(task: OpenTask, order: Command, deciders: dict[str, str] | None = None) -> str | None:
    return check_task_command(order, {"t": task}, deciders or {})


def test_a_regular_decision_is_taken() -> None:
    assert refusal(open_task(), command(outcome="PASS")) is None


@pytest.mark.parametrize(
    ("task", "order", "code"),
    [
        (open_task(), command(outcome="PASS", task_id="other"), RejectionCode.TASK_NOT_OPEN),
        (open_task(decided=True), command(outcome="PASS"), RejectionCode.TASK_NOT_OPEN),
        (open_task(), command(outcome="PASS", office=BUREAU), RejectionCode.FOREIGN_OFFICE),
        (open_task(), command(outcome="PASS", roles=("INTAKE",)), RejectionCode.MISSING_ROLE),
        (open_task(), command(outcome="PASS", roles=()), RejectionCode.MISSING_ROLE),
        (
            open_task(assignee="HC0999"),
            command(outcome="PASS"),
            RejectionCode.CLAIMED_BY_OTHER,
        ),
        (open_task(), command(outcome="LAND"), RejectionCode.UNKNOWN_OUTCOME),
        (open_task(), command(), RejectionCode.UNKNOWN_OUTCOME),
        (open_task(), command(outcome="REFUSE"), RejectionCode.MISSING_REASON),
        (
            open_task(TaskKind.DISCREPANCY),
            command(TaskKind.DISCREPANCY, outcome="REFUSE", reason_code="XX", digest="d"),
            RejectionCode.UNKNOWN_REASON,
        ),
        (open_task(), command(outcome="PASS", persons=(2,)), RejectionCode.UNKNOWN_PERSON),
        (open_task(), command(verb=Verb.WITHDRAW), RejectionCode.MALFORMED),
        (
            open_task(assignee="HC0999"),
            command(verb=Verb.CLAIM),
            RejectionCode.CLAIMED_BY_OTHER,
        ),
        (
            open_task(assignee="HC0999"),
            command(verb=Verb.RELEASE),
            RejectionCode.CLAIMED_BY_OTHER,
        ),
        (open_task(), command(verb=Verb.ASSIGN), RejectionCode.MALFORMED),
        (
            open_task(),
            command(verb=Verb.ASSIGN, assignee="HC0102"),
            RejectionCode.MISSING_ROLE,
        ),
    ],
)
def test_what_is_stale_foreign_or_malformed_is_refused_with_its_code(
    task: OpenTask, order: Command, code: RejectionCode
) -> None:
    assert refusal(task, order) == code


@pytest.mark.parametrize(
    ("kind", "earlier"),
    [
        (TaskKind.APPROVAL, TaskKind.REVIEW),
        (TaskKind.CANCELLATION, TaskKind.PHONE_CONFIRMATION),
    ],
)
def test_nobody_approves_what_they_handled_themselves(kind: str, earlier: str) -> None:
    outcome = TASKS[kind].outcomes[0].code
    order = command(kind, outcome=outcome, roles=("HANDLER", "APPROVER"))
    deciders = {earlier: order.actor}
    assert refusal(open_task(kind), order, deciders) == RejectionCode.SAME_PERSON_TWICE
    assert refusal(open_task(kind), order, {earlier: "HC0999"}) is None


def test_a_supervisor_reassigns_in_any_office_but_decides_in_none() -> None:
    supervisor: dict[str, Any] = {"office": BUREAU, "roles": ("SUPERVISOR",)}
    assign = command(verb=Verb.ASSIGN, assignee="HC0102", **supervisor)
    assert refusal(open_task(assignee="HC0999"), assign) is None
    decide = command(outcome="PASS", **supervisor)
    assert refusal(open_task(), decide) == RejectionCode.FOREIGN_OFFICE


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"verb": Verb.REPORT_DEATH}, RejectionCode.UNKNOWN_PERSON),
        ({"verb": Verb.REPORT_DEATH, "persons": (1,)}, None),
        ({"verb": Verb.CORRECT_IDENTITY, "digest": "d"}, RejectionCode.UNKNOWN_PERSON),
        (
            {"verb": Verb.CORRECT_IDENTITY, "persons": (1, 2), "digest": "d"},
            RejectionCode.UNKNOWN_PERSON,
        ),
        ({"verb": Verb.CORRECT_IDENTITY, "persons": (1,)}, RejectionCode.MALFORMED),
        ({"verb": Verb.CORRECT_IDENTITY, "persons": (1,), "digest": "d"}, None),
        ({"verb": Verb.WITHDRAW}, None),
    ],
)
def test_reports_about_persons_name_them(changes: dict[str, Any], code: str | None) -> None:
    assert check_instruction(command(**changes)) == code


FREE: dict[str, Any] = {
    "kind": "DECISION",
    "paused": False,
    "extended": False,
    "revoked": False,
    "overdue": False,
}
EXTENDED = {**FREE, "extended": True}


@pytest.mark.parametrize(
    ("changes", "state", "code"),
    [
        ({"roles": ("HANDLER",)}, FREE, RejectionCode.MISSING_ROLE),
        ({}, FREE, None),
        ({"digest": ""}, FREE, RejectionCode.NOT_A_LAWFUL_PAUSE),
        ({"reason_code": "CORRECTION"}, FREE, RejectionCode.NOT_A_LAWFUL_PAUSE),
        ({"reason_code": "WAITING_FOR_PEER"}, FREE, RejectionCode.NOT_A_LAWFUL_PAUSE),
        ({}, {**FREE, "paused": True}, RejectionCode.NOT_NOW),
        ({}, {**FREE, "overdue": True}, RejectionCode.NOT_NOW),
        ({"verb": Verb.RESUME}, FREE, RejectionCode.NOT_NOW),
        ({"verb": Verb.RESUME}, {**FREE, "paused": True}, None),
        ({"verb": Verb.EXTEND, "days": 10}, FREE, None),
        ({"verb": Verb.EXTEND, "days": 11}, FREE, RejectionCode.OVER_CAP),
        ({"verb": Verb.EXTEND, "days": -1}, FREE, RejectionCode.OVER_CAP),
        ({"verb": Verb.EXTEND}, FREE, RejectionCode.OVER_CAP),
        ({"verb": Verb.EXTEND, "days": 1}, {**FREE, "extended": True}, RejectionCode.OVER_CAP),
        ({"verb": Verb.EXTEND, "days": 1}, {**FREE, "overdue": True}, RejectionCode.NOT_NOW),
        ({"verb": Verb.EXTEND, "days": 1}, {**FREE, "kind": "INTAKE"}, RejectionCode.NOT_NOW),
        ({"verb": Verb.REVOKE_EXTENSION}, FREE, RejectionCode.NOT_EXTENDED),
        ({"verb": Verb.REVOKE_EXTENSION}, EXTENDED, None),
        ({"verb": Verb.REVOKE_EXTENSION, "digest": ""}, EXTENDED, RejectionCode.MISSING_REASON),
        (
            {"verb": Verb.REVOKE_EXTENSION},
            {**EXTENDED, "revoked": True},
            RejectionCode.NOT_EXTENDED,
        ),
        (
            {"verb": Verb.REVOKE_EXTENSION},
            {**EXTENDED, "overdue": True},
            RejectionCode.NOT_NOW,
        ),
        ({}, {**FREE, "kind": "PEER"}, RejectionCode.NOT_A_LAWFUL_PAUSE),
        ({}, {**FREE, "kind": "CORRECTION"}, RejectionCode.NOT_A_LAWFUL_PAUSE),
        ({"reason_code": "FORCE_MAJEURE"}, {**FREE, "kind": "CORRECTION"}, None),
        (
            {"reason_code": "FORCE_MAJEURE"},
            {**FREE, "kind": "PERMIT"},
            RejectionCode.NOT_A_LAWFUL_PAUSE,
        ),
        ({"verb": Verb.EXTEND, "days": 1, "digest": ""}, FREE, RejectionCode.MISSING_REASON),
    ],
)
def test_a_clock_changes_only_for_a_lawful_reason_by_an_approver(
    changes: dict[str, Any], state: dict[str, Any], code: str | None
) -> None:
    order = command(
        **{
            "verb": Verb.SUSPEND,
            "roles": ("APPROVER",),
            "reason_code": "INVESTIGATION",
            "digest": "d",
            **changes,
        }
    )
    assert check_clock_command(order, cap=10, **state) == code


SPECIAL = {"reason_code": "SPECIAL_PROCEDURE", "procedure": "EXPERT_REVIEW", "days": 15}


@pytest.mark.parametrize(
    ("changes", "approver", "code"),
    [
        (SPECIAL, "HEAD", None),
        ({**SPECIAL, "unit": "cd"}, "HEAD", None),
        ({**SPECIAL, "procedure": None}, "HEAD", RejectionCode.LENGTH_NOT_TOLD),
        ({**SPECIAL, "procedure": "COFFEE"}, "HEAD", RejectionCode.LENGTH_NOT_TOLD),
        ({**SPECIAL, "days": None}, "HEAD", RejectionCode.LENGTH_NOT_TOLD),
        ({**SPECIAL, "days": 0}, "HEAD", RejectionCode.LENGTH_NOT_TOLD),
        ({**SPECIAL, "unit": "weeks"}, "HEAD", RejectionCode.MALFORMED),
        ({"reason_code": "INVESTIGATION"}, "HEAD", None),
        ({"reason_code": "INVESTIGATION", "days": 10}, "HEAD", None),
        ({"reason_code": "INVESTIGATION", "days": -1}, "HEAD", RejectionCode.MALFORMED),
        ({**SPECIAL, "reason_code": "INVESTIGATION"}, "HEAD", RejectionCode.MALFORMED),
        ({"verb": Verb.EXTEND, "days": 5}, "HEAD", None),
        ({"verb": Verb.EXTEND, "days": 5, "approver": "HEAD"}, "HEAD", None),
        ({"verb": Verb.EXTEND, "days": 5}, "GOVERNMENT", RejectionCode.WRONG_APPROVER),
        ({"verb": Verb.EXTEND, "days": 5, "approver": "GOVERNMENT"}, "GOVERNMENT", None),
        (
            {"verb": Verb.EXTEND, "days": 5, "approver": "GOVERNMENT"},
            "HEAD",
            RejectionCode.WRONG_APPROVER,
        ),
        ({"verb": Verb.RESUME}, "GOVERNMENT", None),
    ],
)
def test_a_special_procedure_is_named_with_its_length_and_an_extension_with_its_approver(
    changes: dict[str, Any], approver: str, code: str | None
) -> None:
    order = command(**{"verb": Verb.SUSPEND, "roles": ("APPROVER",), "digest": "d", **changes})
    assert check_clock_form(order, approver=approver) == code


@pytest.mark.parametrize(
    ("deciders", "step", "expected"),
    [
        ({"REVIEW": "HC0102"}, None, None),
        ({"REVIEW": "HC0102"}, "REVIEW", None),
        ({"REVIEW": "HC0102"}, "INTAKE_CHECK", RejectionCode.NO_EARLIER_STEP),
        ({}, None, RejectionCode.NO_EARLIER_STEP),
    ],
)
def test_a_case_goes_back_only_to_a_step_that_it_has_passed(
    deciders: dict[str, str], step: str | None, expected: RejectionCode | None
) -> None:
    order = command(TaskKind.APPROVAL, outcome="RETURN", actor="HC0001", digest="d", return_to=step)
    assert refusal(open_task(TaskKind.APPROVAL), order, deciders) == expected


def test_an_outcome_that_is_no_return_names_no_step() -> None:
    order = command(TaskKind.APPROVAL, outcome="APPROVE", actor="HC0001", return_to="REVIEW")
    assert refusal(open_task(TaskKind.APPROVAL), order) == RejectionCode.MALFORMED
