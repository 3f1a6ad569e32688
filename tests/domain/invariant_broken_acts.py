"""Broken examples of G1 and G7: acts, decisions, reasons and remedies."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from tests.domain.invariant_damage import (
    Broken,
    acts,
    case,
    letters,
    people,
    tasks,
    with_act,
    with_task,
)
from tests.domain.invariant_facts import LEG_NO, REQUEST, receipt
from tests.domain.invariant_world import change, landed, on_the_way, refused

BROKEN: list[Broken] = [
    (
        "G1",
        "another office's act",
        "主管机构应为 371002-GA-00",
        lambda: acts(landed(), "HOME", "APPROVED", office="371002-GA-01"),
    ),
    (
        "G1",
        "an act without a basis",
        "缺少机构、经办人或依据",
        lambda: acts(landed(), "HOME", "REVIEWED", basis=""),
    ),
    (
        "G1",
        "a human act by nobody",
        "没有经办人",
        lambda: acts(landed(), "LEG", "CANCELLED", actor="SYSTEM"),
    ),
    (
        "G1",
        "a refusal that the bureau did not make",
        "“不予迁入”由 371002-GA-01 作出",
        lambda: acts(refused(), "HOME", "REFUSED", facts={"ending": "REFUSED"}),
    ),
    (
        "G1",
        "an acceptance before the receipt",
        "早于收件日",
        lambda: acts(
            with_act(landed(), "HOME", "RECEIVED", office="371002-GA-01"),
            "HOME",
            "ACCEPTED",
            effective_on=date(2020, 1, 1),
        ),
    ),
    (
        "G1",
        "the same act twice",
        "作出2次“注销户口”",
        lambda: with_act(landed(), "LEG", "CANCELLED", person=1),
    ),
    (
        "G1",
        "reviewed again without a return",
        "作出2次“迁入审核”",
        lambda: with_act(landed(), "HOME", "REVIEWED"),
    ),
    (
        "G1",
        "a second permit without voiding the first",
        "作出2次“签发准予迁入证明”",
        lambda: with_act(landed(), "HOME", "PERMIT_ISSUED", office="371002-GA-00"),
    ),
    (
        "G1",
        "two endings",
        "只能有其一",
        lambda: with_act(refused(), "HOME", "WITHDRAWN"),
    ),
    (
        "G1",
        "a task decided without a command",
        "没有对应的办理人指令",
        lambda: tasks(landed(), "HOME", "REVIEW", command_id="c-other"),
    ),
    (
        "G1",
        "a task decided by another office",
        "无此职权",
        lambda: tasks(landed(), "HOME", "REVIEW", office="371002-GA-02"),
    ),
    (
        "G1",
        "two eyes instead of four",
        "由同一人办理",
        lambda: case(
            landed(),
            "LEG",
            tasks=tuple(replace(t, decided_by="DH0102") for t in landed().cases[1].tasks),
            commands=tuple(replace(c, actor="DH0102") for c in landed().cases[1].commands),
        ),
    ),
    (
        "G7",
        "refused without a reason",
        "没有理由（代码或文字）",
        lambda: acts(refused(), "HOME", "REFUSED", facts={}),
    ),
    (
        "G7",
        "refused without a remedy",
        "没有告知救济途径",
        lambda: case(
            acts(refused(), "HOME", "REFUSED", facts={}, written=frozenset({"reason"})),
            "HOME",
            notices=frozenset(),
        ),
    ),
    (
        "G7",
        "a correction notice without defects",
        "没有列明需补正的内容",
        lambda: with_act(landed(), "HOME", "CORRECTION_NOTICE"),
    ),
    (
        "G7",
        "returned without a reason",
        "办理为“退回审核”，没有理由",
        lambda: with_task(landed(), "HOME", "APPROVAL", role="APPROVER", outcome="RETURN"),
    ),
    (
        "G7",
        "a refusing letter without a code",
        "答复不予办理，没有理由代码",
        lambda: letters(refused(), "LEG", f"{LEG_NO}-01", reason_code=None),
    ),
    (
        "G7",
        "papers sent back without a code",
        "退回文书而没有原因代码",
        lambda: letters(landed(), "HOME", REQUEST, verb="REJECT_DOCUMENT", reason_code=None),
    ),
    (
        "G7",
        "a letter sent back without a code",
        "没有退回原因代码",
        lambda: letters(
            landed(),
            "HOME",
            REQUEST,
            receipt=receipt(REQUEST, LEG_NO, status="REFUSED"),
        ),
    ),
    (
        "G7",
        "a follower left behind without a word",
        "未随同迁出",
        lambda: change(
            people(on_the_way(), "LEG", 2, status="ENDED", open=False),
            "LEG",
            lambda leg: replace(leg, acts=leg.acts[:2]),
        ),
    ),
]
