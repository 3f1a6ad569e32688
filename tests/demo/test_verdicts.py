"""The demo says no where there is something to say: wrong endings, violations, a stuck case."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from console.checking import Violation
from embedded.demo.choosing import Example
from embedded.demo.histories import Search
from embedded.demo.play import Play
from embedded.demo.report import (
    show_obstacles,
    show_results,
    show_search,
    show_violations,
)
from embedded.demo.result import Result
from embedded.demo.scripts import SCRIPTS, Choice
from embedded.demo.transfers import regular

CASE_NO = "3710022026112200000018"


def record(kind: str, ending: str | None, *events: str) -> dict[str, Any]:
    return {
        "kind": kind,
        "workflow_id": f"{kind}-1",
        "case_no": CASE_NO,
        "ending": ending,
        "stage": "ARCHIVED",
        "closed_at": ending,
        "acts": [{"code": code} for code in events],
        "events": [],
        "tasks": [],
        "letters": [],
        "money": [],
        "parcels": [],
    }


def result(
    name: str, home: str | None, origin: str | None, *events: str, trouble: str = ""
) -> Result:
    case, leg = record("HOME", home, *events), record("LEG", origin)
    play = Play(SCRIPTS[name], {}, "371002", "330902", case, [leg], trouble=trouble)
    return Result(play, (case, leg))


@pytest.mark.parametrize(
    ("name", "home", "origin", "events"),
    [
        ("spouse", "COMPLETED", "COMPLETED", ()),
        ("withdrawal", "WITHDRAWN", "WITHDRAWN", ("PERMIT_VOIDED",)),
        ("restoration", "RESTORED", "RESTORED", ("CANCELLED", "NOT_LANDED_PROVEN")),
    ],
)
def test_an_ending_as_the_script_expects_is_good(
    name: str, home: str, origin: str, events: tuple[str, ...]
) -> None:
    ended = result(name, home, origin, *events)
    assert ended.deviations() == []
    assert show_results([ended], {"HOME-1": 1, "LEG-1": 1})


@pytest.mark.parametrize(
    ("ended", "says"),
    [
        (result("spouse", "WITHDRAWN", "COMPLETED"), "迁入地应为“已归档”，实为“已撤回”"),
        (result("spouse", "COMPLETED", None), "迁出地应为“已归档”，实为“未办结”"),
        (result("withdrawal", "WITHDRAWN", "WITHDRAWN"), "办理记录里没有 PERMIT_VOIDED"),
        (result("spouse", "COMPLETED", "COMPLETED", trouble="停在原处"), "停在原处"),
    ],
)
def test_another_ending_or_a_missing_act_is_told(
    ended: Result, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert ended.deviations() == [says]
    assert not show_results([ended], {"HOME-1": 1, "LEG-1": 1})
    assert "1 个样例中 0 个" in capsys.readouterr().out


def test_a_violation_or_a_finding_is_told_and_fails_the_demo(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert not show_violations([Violation("H1", "371002", CASE_NO, "两处有效户口")])
    assert not show_search(Search(findings=["办件-1 第5个事件：含有姓名"]))
    told = capsys.readouterr().out
    assert "两处有效户口" in told and "含有姓名" in told
    assert show_violations([]) and show_search(Search())


def test_what_cannot_be_played_yet_is_told_and_fails_only_where_it_was_asked_for(
    capsys: pytest.CaptureFixture[str],
) -> None:
    ready = Example(SCRIPTS["spouse"], "HUKOU-SPOUSE", "夫妻投靠", "HUKOU_MIGRATION")
    stuck = replace(ready, obstacle="工作进程还没有流程 样例流程")
    assert show_obstacles([ready], asked_for=True)
    assert show_obstacles([ready, stuck], asked_for=False)
    assert not show_obstacles([ready, stuck], asked_for=True)
    assert "样例流程" in capsys.readouterr().out


def test_money_and_parcels_of_both_sides_are_added_up(capsys: pytest.CaptureFixture[str]) -> None:
    ended = result("spouse", "COMPLETED", "COMPLETED")
    case, leg = ended.records
    case["money"] = [{"balances": {"CREDITED": 10_05}, "credited_fen": 10_05}]
    leg["money"] = [{"balances": {"RELATION": -10_05}, "credited_fen": 0}]
    case["parcels"] = leg["parcels"] = [{"parcel_key": "P-1"}]
    assert (ended.money, ended.parcels) == ((10_05, 10_05), 1)
    show_results([ended], {"HOME-1": 1, "LEG-1": 1})
    assert "10.05／10.05" in "".join(capsys.readouterr().out.split())


def test_a_transfer_takes_the_first_outcome_of_each_regular_task() -> None:
    assert regular("PENSION_REVIEW", 1) == Choice("PASS")
    assert regular("PENSION_RELEASE", 2).outcome == "RELEASE"
    for kind, number in (("MONEY_MISSING", 1), ("PENSION_REVIEW", 9)):
        with pytest.raises(LookupError):
            regular(kind, number)


def test_a_task_that_no_script_expects_is_not_decided_by_chance() -> None:
    script = SCRIPTS["correction"]
    assert script.choice("INTAKE_CHECK", 2) == Choice("ACCEPT")
    assert SCRIPTS["withdrawal"].choice("PHONE_CONFIRMATION", 1) is None
    with pytest.raises(LookupError):
        script.choice("INTAKE_CHECK", 3)
    with pytest.raises(LookupError):
        script.choice("RESTORATION", 1)


def bundle(*endings: str | None) -> Result:
    case = {
        **record("HOME", "COMPLETED" if all(endings) else None),
        "family": "SCENARIO",
        "matter_name": "样例一件事",
        "children": [
            {
                "item": f"M900{number}",
                "name": f"样例事项{number}",
                "after": (),
                "asked": ending is not None,
                "case_no": CASE_NO if ending else None,
                "refused_text": None,
                "stage": "ARCHIVED" if ending else None,
                "ending": ending,
            }
            for number, ending in enumerate(endings, 1)
        ],
    }
    children = [record("HOME", ending) for ending in endings if ending]
    play = Play(SCRIPTS["spouse"], {}, "371002", "330902", case, children=children)
    return Result(play, (case, *children))


def test_a_bundle_needs_nothing_of_the_other_side_and_counts_its_items(
    capsys: pytest.CaptureFixture[str],
) -> None:
    ended = bundle("COMPLETED", "COMPLETED")
    assert ended.deviations() == []
    assert show_results([ended], {"HOME-1": 1})
    told = capsys.readouterr().out
    assert "已归档，2/2项" in told and "样例事项2" in told and "已办成" in told


def test_an_item_of_a_bundle_that_was_not_granted_is_told(
    capsys: pytest.CaptureFixture[str],
) -> None:
    ended = bundle("COMPLETED", "ITEM_REFUSED")
    assert ended.deviations() == ["另立的办件应为“已归档”，实为“不予办理”"]
    assert not show_results([ended], {"HOME-1": 1})
    assert "1/2项" in capsys.readouterr().out
