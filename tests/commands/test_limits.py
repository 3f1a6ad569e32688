"""Commands on a limit: suspend, resume, extend, revoke, and what each refuses."""

from __future__ import annotations

import pytest

from tests.commands.terminal import Terminal
from tests.rehearsal.stage import Stage
from tests.rehearsal.story import Story


async def test_a_limit_stands_still_runs_on_is_extended_and_shortened_again(
    office: Terminal, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = Story(stage)
    await story.file()
    await story.play("REVIEW")
    case_no = story.case_no
    approver = story.clerk("371002-GA-01", "APPROVER")
    handler = story.clerk("371002-GA-01", "HANDLER")

    async def refused(code: int, word: str, *words: str, clerk: str = approver) -> None:
        monkeypatch.setenv("TONGBAN_CLERK", clerk)
        ended = await office.enter(*words)
        assert (ended.code, ended.is_a_sentence()) == (code, True), ended.err
        assert word in ended.err

    async def done(*words: str) -> None:
        monkeypatch.setenv("TONGBAN_CLERK", approver)
        await office.ask(*words)

    suspend = ("suspend", case_no, "--reason", "须由专家核对材料", "--reason-code")
    await refused(2, "特别程序", *suspend, "SPECIAL_PROCEDURE", "--procedure", "喝茶")
    await refused(2, "时限", *suspend, "SPECIAL_PROCEDURE", "--length", "十五天")
    await refused(1, "时间", *suspend, "SPECIAL_PROCEDURE", "--procedure", "专家评审")
    await refused(1, "事由", *suspend, "WAITING_FOR_PEER")
    special = (*suspend, "SPECIAL_PROCEDURE", "--procedure", "专家评审", "--length", "15wd")
    await refused(1, "岗位", *special, clerk=handler)
    await refused(2, "工作人员编号", *special, clerk="")
    await refused(1, "不能这样办理", "resume", case_no)

    await done(*special, "--command-id", "c-limits-suspend")
    await done(*special, "--command-id", "c-limits-suspend")
    (pause,) = (await story.clock("DECISION"))["pauses"]
    assert (pause["procedure"], pause["expected"]) == ("EXPERT_REVIEW", "15wd")
    told = await office.enter("clock", case_no)
    assert told.code == 0 and "中止中，预计" in told.out
    await done("resume", case_no, "--reason", "评审结束")
    running = await story.clock("DECISION")
    assert running["pauses"][0]["to_day"] is not None

    await refused(2, "days", "extend", case_no, "--days", "0", "--reason", "案情复杂")
    await refused(1, "超过上限", "extend", case_no, "--days", "300", "--reason", "案情复杂")
    await refused(2, "reason", "extend", case_no, "--days", "5")
    await done("extend", case_no, "--days", "5", "--reason", "案情复杂")
    assert (await story.clock("DECISION"))["due_on"] > running["due_on"]
    await done("revoke", case_no, "--reason", "核实已完成")
    assert (await story.clock("DECISION"))["due_on"] == running["due_on"]
    await refused(1, "没有生效的延期", "revoke", case_no, "--reason", "核实已完成")
    await refused(2, "没有办件", "revoke", "3710020000000000000000", "--reason", "核实已完成")
    await story.consistent()
