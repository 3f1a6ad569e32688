"""``python starter.py`` as a process of its own, as people and scripts start it."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path

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
