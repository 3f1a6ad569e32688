"""``python starter.py`` as a process of its own, as people and scripts start it."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any

from settings import PROJECT_ROOT
from tests.commands.terminal import Ended, Terminal, written
from tests.rehearsal.stage import Stage
from tests.rehearsal.story import Story


async def starter(*words: str, **environment: str) -> Ended:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "starter.py", *words),
        cwd=PROJECT_ROOT,
        env={**os.environ, **environment},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    out, err = await process.communicate()
    return Ended(process.returncode or 0, out.decode(), err.decode())


async def test_a_case_is_filed_and_accepted(office: Terminal, stage: Stage, tmp_path: Path) -> None:
    path = written(tmp_path, await Story(stage).application())
    filed = await starter("file", str(path), "--json")
    assert filed.code == 0, filed.err
    case_no = json.loads(filed.out)["case_no"]
    accepted = await starter(
        "decide", f"{case_no}/INTAKE_CHECK/1", "ACCEPT", TONGBAN_CLERK="HC0101"
    )
    assert accepted.code == 0, accepted.err
    assert f"办件 {case_no} 现在是“审核中”" in accepted.out
    assert f"{case_no}/REVIEW/1" in accepted.out


async def test_an_error_goes_to_stderr_with_its_exit_code() -> None:
    ended = await starter("due", "2026-02-30", "15wd")
    assert (ended.code, ended.out) == (2, "")
    assert ended.is_a_sentence()


async def test_output_is_utf_8_wherever_it_goes() -> None:
    ended = await starter("due", "2026-01-30", "3wd", LC_ALL="C", PYTHONIOENCODING="ascii")
    assert ended.code == 0, ended.err
    assert "到期日" in ended.out


async def test_a_limit_stands_still_runs_on_is_extended_and_shortened_again(
    office: Terminal, stage: Stage
) -> None:
    story = Story(stage)
    await story.file()
    await story.play("REVIEW")
    case_no = story.case_no
    approver = {"TONGBAN_CLERK": story.clerk("371002-GA-01", "APPROVER")}
    handler = {"TONGBAN_CLERK": story.clerk("371002-GA-01", "HANDLER")}

    async def refused(code: int, word: str, *words: str, **clerk: str) -> None:
        ended = await starter(*words, **(clerk or approver))
        assert (ended.code, ended.is_a_sentence()) == (code, True), ended.err
        assert word in ended.err

    async def done(*words: str) -> dict[str, Any]:
        ended = await starter(*words, "--json", **approver)
        assert ended.code == 0, ended.err
        found: dict[str, Any] = json.loads(ended.out)
        return found

    suspend = ("suspend", case_no, "--reason", "须由专家核对材料", "--reason-code")
    await refused(2, "特别程序", *suspend, "SPECIAL_PROCEDURE", "--procedure", "喝茶")
    await refused(2, "时限", *suspend, "SPECIAL_PROCEDURE", "--length", "十五天")
    await refused(1, "时间", *suspend, "SPECIAL_PROCEDURE", "--procedure", "专家评审")
    await refused(1, "事由", *suspend, "WAITING_FOR_PEER")
    special = (*suspend, "SPECIAL_PROCEDURE", "--procedure", "专家评审", "--length", "15wd")
    await refused(1, "岗位", *special, **handler)
    await refused(2, "工作人员编号", *special, TONGBAN_CLERK="")
    await refused(1, "不能这样办理", "resume", case_no)

    await done(*special, "--command-id", "c-real-program-suspend")
    await done(*special, "--command-id", "c-real-program-suspend")
    (pause,) = (await story.clock("DECISION"))["pauses"]
    assert (pause["procedure"], pause["expected"]) == ("EXPERT_REVIEW", "15wd")
    told = await starter("clock", case_no)
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
