"""Nothing in the repository tells of the machine it was written on or where packages came from."""

from __future__ import annotations

import re

from settings import PROJECT_ROOT
from tests.docs.pages import files

#: Put together here, so that this file does not find itself.
MACHINE = re.compile(r"(?<![\w.}/-])/(?:" + "|".join(("home", "Users", "root", "work")) + r")/\w")
TEMPORARY = re.compile(r"(?<![\w.}-])/tmp/" + r"\w")
INDEX = re.compile("|".join(("py" + r"pi\.", "python" + "hosted", "/sim" + r"ple/?[\"'\s]")), re.I)


def findings(pattern: re.Pattern[str]) -> list[str]:
    found = []
    for path in files():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        name = path.relative_to(PROJECT_ROOT).as_posix()
        found += [f"{name}: {one.group()}" for one in pattern.finditer(text)]
    return found


def test_no_file_names_a_path_of_somebodys_machine() -> None:
    assert findings(MACHINE) == []
    assert findings(TEMPORARY) == []


def test_no_file_names_a_package_index() -> None:
    assert findings(INDEX) == []


def test_the_patterns_find_what_they_look_for() -> None:
    assert MACHINE.search("see /" + "home/somebody/notes")
    assert TEMPORARY.search("wrote /" + "tmp/x")
    assert INDEX.search("https://" + "py" + "pi.org/")
    assert not MACHINE.search("docs/" + "work/flow and https://host/" + "home/x")


def test_the_search_sees_code_documents_and_data() -> None:
    seen = {path.relative_to(PROJECT_ROOT).as_posix() for path in files()}
    wanted = {"README.md", "docker/compose.yaml", "domain/hukou.py", "requirements.lock"}
    assert wanted <= seen
