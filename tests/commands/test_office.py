"""The command line at work: a case is filed, looked at, returned, mended, accepted, withdrawn."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from tests.commands.terminal import EXAMPLES, Terminal, written
from tests.rehearsal.stage import HOME, Stage
from tests.rehearsal.story import Story

INTAKE, HANDLER, APPROVER = "HC0101", "HC0102", "HC0103"
STRANGER = "HC0301"


@pytest_asyncio.fixture
async def filed(office: Terminal, stage: Stage, tmp_path: Path) -> Story:
    """A case filed by the command line, its form check open."""
    story = Story(stage)
    path = written(tmp_path, await story.application())
    receipt = await office.ask("file", str(path))
    assert receipt["started"] is True
    story.case_no = receipt["case_no"]
    await story.task("INTAKE_CHECK")
    return story


def task(story: Story, kind: str, number: int = 1) -> str:
    return f"{story.case_no}/{kind}/{number}"


async def test_the_applications_destination_tells_the_locality(filed: Story) -> None:
    assert filed.case_no.startswith(HOME)


async def test_the_same_person_cannot_apply_twice(
    filed: Story, office: Terminal, tmp_path: Path
) -> None:
    ended = await office.enter("file", str(tmp_path / "application.json"))
    assert ended.code == 1
    assert f"办件编号 {filed.case_no}" in ended.err
    assert ended.is_a_sentence()


async def test_the_worklist_shows_the_task_to_its_office_only(
    filed: Story, office: Terminal
) -> None:
    own = await office.ask("tasks", "--as", INTAKE, "--limit", "1000")
    assert task(filed, "INTAKE_CHECK") in {one["task_id"] for one in own}
    others = await office.ask("tasks", "--as", STRANGER, "--limit", "1000")
    assert task(filed, "INTAKE_CHECK") not in {one["task_id"] for one in others}
    asked = await office.enter("tasks", "--as", STRANGER, "--office", "371002-GA-01")
    assert asked.code == 1
    assert asked.is_a_sentence()


async def test_a_task_tells_its_outcomes_and_what_each_needs(
    filed: Story, office: Terminal
) -> None:
    told = await office.ask("task", task(filed, "INTAKE_CHECK"))
    assert [one["code"] for one in told["outcomes"]] == ["ACCEPT", "CORRECT", "NOT_ACCEPT"]
    shown = (await office.enter("task", task(filed, "INTAKE_CHECK"))).out
    assert "--defect 补正内容（可重复）" in shown


async def test_a_claimed_task_is_mine_until_released(filed: Story, office: Terminal) -> None:
    at_intake = task(filed, "INTAKE_CHECK")
    await office.ask("claim", at_intake, "--as", INTAKE)
    mine = await office.ask("tasks", "--as", INTAKE, "--mine", "--limit", "1000")
    assert at_intake in {one["task_id"] for one in mine}
    await office.ask("release", at_intake, "--as", INTAKE)
    await office.ask("assign", at_intake, "--to", INTAKE, "--as", APPROVER)
    assert (await office.ask("task", at_intake))["assignee"] == INTAKE


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["ACCEPT", "--as", STRANGER], "该待办属于其他机构"),
        (["ACCEPT", "--as", HANDLER], "您的岗位不能办理此项"),
        (["ACCPT", "--as", INTAKE], "该待办没有这种办理结果"),
        (["NOT_ACCEPT", "--as", INTAKE], "须写明理由。各栏用什么选项写，见 --help"),
        (["NOT_ACCEPT", "--reason", "长" * 3000, "--as", INTAKE], "超过上限 2000 个字"),
    ],
)
async def test_a_wrong_decision_is_refused_and_changes_nothing(
    filed: Story, office: Terminal, words: list[str], told: str
) -> None:
    ended = await office.enter("decide", task(filed, "INTAKE_CHECK"), *words)
    assert ended.code in (1, 2)
    assert told in ended.err
    assert ended.is_a_sentence()
    assert (await office.ask("show", filed.case_no))["stage"] == "SUBMITTED"


async def test_a_decision_sent_twice_is_one_and_another_one_is_refused(
    filed: Story, office: Terminal
) -> None:
    words = ["decide", task(filed, "INTAKE_CHECK"), "accept", "--as", INTAKE]
    once = await office.ask(*words, "--command-id", f"c-{filed.case_no}")
    again = await office.ask(*words, "--command-id", f"c-{filed.case_no}")
    assert once == again
    assert once["stage"] == "REVIEW"
    other = await office.enter(*words, "--json")
    assert other.code == 1
    assert other.failure["code"] == "TASK_NOT_OPEN"


async def test_a_case_goes_back_once_with_every_defect_and_returns_mended(
    filed: Story, office: Terminal
) -> None:
    back = await office.enter("return", task(filed, "INTAKE_CHECK"), "--as", INTAKE)
    assert back.code == 2
    assert "须逐项列出补正的内容" in back.err
    defects = ["--defect", "缺少[调令]原件", "--defect", "地址证明未盖章"]
    receipt = await office.ask("return", task(filed, "INTAKE_CHECK"), *defects, "--as", INTAKE)
    assert receipt["stage"] == "CORRECTION"
    assert (
        "缺少[调令]原件；地址证明未盖章"
        in (await office.enter("show", filed.case_no, "--as", INTAKE)).out
    )
    order = EXAMPLES / "documents" / "transfer-order.txt"
    mended = await office.ask("hand-in", filed.case_no, "--document", f"TRANSFER_ORDER={order}")
    assert mended["open_tasks"][0]["task_id"] == task(filed, "INTAKE_CHECK", 2)


async def test_limits_are_explained_suspended_resumed_and_extended(
    filed: Story, office: Terminal
) -> None:
    await office.ask("decide", task(filed, "INTAKE_CHECK"), "ACCEPT", "--as", INTAKE)
    case = filed.case_no

    async def review() -> dict[str, Any]:
        shown = await office.ask("show", case)
        return next(one for one in shown["clocks"] if one["kind"] == "DECISION")

    before = await review()
    assert before["statutory_on"] == before["current_on"] > before["promised_on"]
    lazy = await office.enter(
        *("suspend", case, "--reason-code", "LAZY", "--reason", "样例", "--as", APPROVER)
    )
    assert lazy.code == 1
    assert "没有法定理由不能停止计时" in lazy.err
    await office.ask(
        *("suspend", case, "--reason-code", "INVESTIGATION", "--reason", "样例批文"),
        *("--as", APPROVER),
    )
    assert (await review())["current_on"] is None
    assert "中止中" in (await office.enter("clock", case)).out
    await office.ask("resume", case, "--as", APPROVER)
    await office.ask("extend", case, "--days", "5", "--reason", "样例批文", "--as", APPROVER)
    after = await review()
    assert after["statutory_on"] == before["statutory_on"] < after["current_on"]
    days = next(one for one in await office.ask("clock", case) if one["kind"] == "DECISION")["days"]
    assert days[-1]["day"] == after["current_on"]


async def test_names_are_shown_to_a_clerk_of_the_case_only_and_leave_a_trace(
    filed: Story, office: Terminal, stage: Stage
) -> None:
    person = filed.people[0]
    secrets = (person["name"], person["id_no"], person["phone"])
    for words in (["--json"], ["--json", "--as", INTAKE], []):
        told = (await office.enter("show", filed.case_no, *words)).out
        assert not any(secret in told for secret in secrets)
    shown = await office.ask("show", filed.case_no, "--persons", "--as", INTAKE)
    assert shown["persons"][0]["id_no"] == person["id_no"]
    for clerk in (STRANGER, "HC0902"):
        refused = await office.enter("show", filed.case_no, "--persons", "--as", clerk)
        assert refused.code in (1, 2)
        assert refused.is_a_sentence()
    nobody = await office.enter("show", filed.case_no, "--persons")
    assert nobody.code == 2
    accesses = await read_accesses(stage, filed.case_no)
    assert accesses == [(INTAKE, "persons")]


async def test_an_identity_is_corrected_and_a_wrong_one_refused(
    filed: Story, office: Terminal
) -> None:
    words = ("correct-identity", filed.case_no, "--as", HANDLER, "--person")
    wrong = filed.people[0]["id_no"][:-1] + ("0" if filed.people[0]["id_no"][-1] != "0" else "1")
    refused = await office.enter(*words, "1", "--id-no", wrong)
    assert refused.code == 1
    assert "校验位不符" in refused.err
    assert wrong not in refused.err
    assert (await office.enter(*words, "7", "--name", "样例新名")).code == 1
    await office.ask(*words, "1", "--name", "样例新名")
    shown = await office.ask("show", filed.case_no, "--persons", "--as", INTAKE)
    assert (shown["persons"][0]["name"], shown["persons"][0]["id_no"]) == (
        "样例新名",
        filed.people[0]["id_no"],
    )


async def test_the_applicant_withdraws_and_the_case_is_closed(
    filed: Story, office: Terminal
) -> None:
    await office.ask("withdraw", filed.case_no, "--reason", "样例：改变计划")
    await filed.stage_is("WITHDRAWN")
    still_open = await office.ask("cases", "--locality", HOME, "--open", "--limit", "10000")
    assert filed.case_no not in {one["case_no"] for one in still_open}
    late = await office.enter("withdraw", filed.case_no)
    assert late.code == 1
    assert late.is_a_sentence()


async def test_the_main_persons_death_ends_the_case(filed: Story, office: Terminal) -> None:
    await office.ask("report-death", filed.case_no, "--person", "1", "--as", HANDLER)
    await filed.stage_is("TERMINATED")
    assert "当事人死亡终止" in (await office.enter("show", filed.case_no)).out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["show", f"{HOME}2026000000000000"], "没有办件"),
        (["task", f"{HOME}2026000000000000/REVIEW/1"], "没有待办"),
        (["withdraw", f"{HOME}2026000000000000"], "没有办件"),
    ],
)
async def test_an_unknown_number_is_told_with_where_to_look(
    office: Terminal, words: list[str], told: str
) -> None:
    ended = await office.enter(*words)
    assert ended.code == 2
    assert told in ended.err
    assert ended.is_a_sentence()


async def read_accesses(stage: Stage, case_no: str) -> list[tuple[str, str]]:
    from sqlalchemy import select

    from storage.case_tables import DataAccess

    async with stage.offices[HOME].database.read() as connection:
        rows = await connection.execute(
            select(DataAccess.actor, DataAccess.what).where(
                DataAccess.case_no == case_no, DataAccess.actor.like("HC%")
            )
        )
        return [(row.actor, row.what) for row in rows]
