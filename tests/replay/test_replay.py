"""Every recorded case can still be carried on by today's code."""

from __future__ import annotations

import ast
import base64
import hashlib
import inspect
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from temporalio import workflow
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.worker import Replayer

import workflows
from tests.replay.export import FOLDER, NAMES, load, read
from worker import WORKFLOWS, workflow_runner

HISTORIES = sorted(FOLDER.glob("*.json.gz"))
#: Invented people have these county codes, and names that begin so.
_PERSONAL = re.compile(r"(?<!\d)(?:339999|379999)\d{11}[\dX](?!\d)|样例人")
BASELINE = Path(__file__).parent / "fingerprints.json"


#: The procedures by the first word of their histories' file names.
PROCEDURES = {NAMES[str(workflow._Definition.must_from_class(one).name)]: one for one in WORKFLOWS}


def replayer(procedure: type, *, sandboxed: bool = True) -> Replayer:
    """Of one procedure alone: the sandbox loads every procedure that it is given anew."""
    return Replayer(
        workflows=[procedure],
        data_converter=pydantic_data_converter,
        workflow_runner=workflow_runner(sandboxed),
    )


@pytest.mark.parametrize("path", HISTORIES, ids=lambda path: path.name.removesuffix(".json.gz"))
async def test_a_recorded_case_replays(path: Path) -> None:
    """In the sandbox, which every path passes here; the stories run as production does."""
    procedure = PROCEDURES[path.name.split("-")[0]]
    await replayer(procedure).replay_workflow(load(path))


def test_every_workflow_has_recorded_paths_and_every_history_a_workflow() -> None:
    types = {path.name.split("-")[0] for path in HISTORIES}
    assert types == set(NAMES.values())
    published = {workflow._Definition.must_from_class(one).name for one in WORKFLOWS}
    assert published == set(NAMES)


@pytest.mark.parametrize(
    "ending",
    [
        "HukouMigration-COMPLETED",
        "HukouMigration-LAPSED",
        "HukouMigration-NOT_ACCEPTED",
        "HukouMigration-ORIGIN_REFUSED",
        "HukouMigration-REFUSED",
        "HukouMigration-RESTORED",
        "HukouMigration-WITHDRAWN",
        "HukouMigration-PERMIT_EXPIRED",
        "HukouMigration-DECEASED",
        "HukouMoveOut-COMPLETED",
        "HukouMoveOut-ORIGIN_REFUSED",
        "HukouMoveOut-RESTORED",
        "HukouMoveOut-WITHDRAWN",
    ],
)
def test_every_ending_is_recorded(ending: str) -> None:
    assert any(path.name.startswith(ending) for path in HISTORIES)


@workflow.defn(name="户口迁移")
class ForgetfulMigration:
    """A deployment that lost a step: it must not pass for the real procedure."""

    @workflow.run
    async def run(self, filing: object) -> None:
        """Ends at once."""


async def test_the_replay_notices_a_procedure_that_differs() -> None:
    path = next(path for path in HISTORIES if path.name.startswith("HukouMigration-COMPLETED"))
    forgetful = replayer(ForgetfulMigration, sandboxed=False)
    result = await forgetful.replay_workflow(load(path), raise_on_replay_failure=False)
    assert result.replay_failure is not None


def test_no_recorded_history_holds_a_name_or_an_identity_number() -> None:
    for path in HISTORIES:
        for text in written(read(path)):
            assert not _PERSONAL.search(text), path.name


def test_a_name_or_an_identity_number_would_be_noticed() -> None:
    payload = {"metadata": {}, "data": base64.b64encode(b'"339999199001300010"').decode()}
    assert any(_PERSONAL.search(text) for text in written({"events": [{"input": [payload]}]}))
    assert any(_PERSONAL.search(text) for text in written({"summary": "样例人7"}))


def written(content: Any) -> Iterator[str]:
    """Every text in a recorded history, payloads decoded."""
    if isinstance(content, str):
        yield content
    elif isinstance(content, list):
        for item in content:
            yield from written(item)
    elif isinstance(content, dict):
        if "metadata" in content and isinstance(content.get("data"), str):
            yield base64.b64decode(content["data"]).decode("utf-8", "replace")
        else:
            for item in content.values():
                yield from written(item)


def modules() -> list[Path]:
    folder = Path(inspect.getfile(workflows)).parent
    return sorted(path for path in folder.glob("*.py") if path.name != "__init__.py")


def fingerprint(path: Path) -> str:
    """The code of a workflow module without comments, docstrings and formatting."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            first = node.body[0] if node.body else None
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                node.body = node.body[1:] or [ast.Pass()]
    return hashlib.sha256(ast.dump(tree).encode()).hexdigest()[:16]


def current() -> dict[str, str]:
    return {path.stem: fingerprint(path) for path in modules()}


def test_workflow_code_changes_only_knowingly() -> None:
    baseline, today = json.loads(BASELINE.read_text()), current()
    changed = sorted(name for name in baseline | today if baseline.get(name) != today.get(name))
    assert not changed, (
        f"Workflow code changed: {', '.join(changed)}. Cases are running under the old code. "
        "If the change alters the order or kind of commands, guard it with workflow.patched() "
        "(docs/recipes/change-a-running-workflow.md). When the replay tests pass, record new paths "
        "with `make histories` and accept the change with `make fingerprints`."
    )
