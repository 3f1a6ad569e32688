"""Whatever a page reads or does, a call of the programming interface does as well.

A new page names its operation here, or says why it needs none; a page without a line is refused.
"""

from __future__ import annotations

from typing import cast

import pytest

from console.api.app import openapi_of
from storage.database import Database
from tests.console.routes import RULES
from tests.console.test_routes import ADDRESSES, pages

_V1 = "/api/v1"


class Without(str):
    """Why a page needs no call."""


_SIGNING = Without("a key is the caller's identity; who is signed in has a session")
_WINDOW = Without("a convenience of the browser: a page to start from, without content of its own")
_APPLICANT = Without(
    "for applicants, who have no account and prove a case each time; staff do the same by the call"
)

#: By page: the operations that give the same, or why there are none.
SAME: dict[tuple[str, str], tuple[str, ...] | Without] = {
    ("GET", "/"): _WINDOW,
    ("GET", "/sign-in"): _SIGNING,
    ("POST", "/sign-in/seeded"): _SIGNING,
    ("POST", "/sign-out"): _SIGNING,
    ("GET", "/signed-out"): _SIGNING,
    ("GET", "/worklist"): (
        *("list_tasks", "list_cases", "list_parcels", "list_rungs", "read_view", "read_me"),
    ),
    ("GET", "/worklist/counts"): ("count_tasks", "list_rungs"),
    ("POST", "/worklist/columns"): ("choose_view_columns",),
    ("POST", "/worklist/filters"): ("keep_view_filter", "drop_view_filter"),
    ("POST", "/worklist/bulk"): ("change_tasks",),
    ("GET", "/search"): _WINDOW,
    ("POST", "/search"): ("search_cases",),
    ("GET", "/posts"): ("list_posts",),
    ("POST", "/posts/grant"): ("give_post",),
    ("POST", "/posts/end"): ("end_post",),
    ("GET", "/audit"): ("read_audit",),
    ("GET", "/audit/export"): ("export_audit",),
    ("GET", "/tasks/{task_id:path}/pulse"): ("read_task",),
    ("GET", "/tasks/{task_id:path}"): ("read_task",),
    ("POST", "/tasks/{task_id:path}/decide"): ("decide_task",),
    ("POST", "/tasks/{task_id:path}/hold"): ("claim_task", "release_task", "assign_task"),
    ("POST", "/tasks/{task_id:path}/ask"): ("ask_opinion",),
    ("POST", "/tasks/{task_id:path}/sign"): ("answer_opinion", "withdraw_opinion"),
    ("GET", "/cases/{case_no}"): (
        *("read_one_case", "read_case_course", "read_case_file", "read_case_letters"),
        *("read_case_parcels", "read_case_money", "list_case_documents", "read_case_history"),
        "list_rungs",
    ),
    ("POST", "/cases/{case_no}/persons"): ("read_case_persons",),
    ("GET", "/cases/{case_no}/history"): ("read_case_history", "read_case_events"),
    ("GET", "/cases/{case_no}/limits/{kind}/{number}"): ("explain_case_clocks",),
    ("GET", "/cases/{case_no}/pulse"): ("read_case_pulse",),
    ("GET", "/cases/{case_no}/documents/{digest}"): ("read_case_document",),
    ("GET", "/cases/{case_no}/documents/{digest}/preview"): ("read_case_document",),
    ("GET", "/cases/{case_no}/acts"): ("list_case_acts", "list_case_notes"),
    ("POST", "/cases/{case_no}/acts/{name}"): ("ask_of_case",),
    ("POST", "/cases/{case_no}/notes"): ("write_case_note",),
    ("POST", "/cases/{case_no}/follow"): ("follow_case",),
    ("GET", "/cases/{case_no}/hand-in"): ("read_one_case", "read_matter_form"),
    ("POST", "/cases/{case_no}/hand-in"): ("hand_in_papers",),
    ("GET", "/cases/{case_no}/slips"): ("list_case_slips",),
    ("POST", "/cases/{case_no}/slips"): ("issue_case_slip", "read_case_slip"),
    ("GET", "/intake"): ("find_matters", "list_drafts"),
    ("POST", "/intake/start"): ("begin_draft",),
    ("POST", "/intake/look"): ("check_application", "read_matter_form"),
    ("GET", "/intake/drafts/{number}"): ("read_draft", "read_matter_form"),
    ("POST", "/intake/drafts/{number}/save"): ("save_draft",),
    ("POST", "/intake/drafts/{number}/check"): ("check_draft",),
    ("POST", "/intake/drafts/{number}/file"): ("file_one_draft", "file_application"),
    ("POST", "/intake/drafts/{number}/drop"): ("drop_draft",),
    ("GET", "/intake/drafts/{number}/papers/{digest}"): ("read_draft",),
    ("GET", "/intake/drafts/{number}/receipt"): ("read_draft", "read_one_case"),
    ("GET", "/board"): ("read_board", "list_rungs"),
    ("GET", "/board/charts/{name}.svg"): ("read_board_chart",),
    ("GET", "/board/tasks"): ("list_board_tasks",),
    ("GET", "/board/export.{kind}"): ("export_board",),
    ("GET", "/board/days"): ("read_board_days",),
    ("GET", "/board/days.xlsx"): ("export_board_days",),
    ("GET", "/board/rungs"): ("list_rungs",),
    ("POST", "/board/rungs/{number}/slip"): ("issue_rung_slip", "read_rung_slip"),
    ("GET", "/board/rungs/{number}"): ("read_rung",),
    ("POST", "/board/rungs/{number}/{action}"): ("record_on_rung",),
    ("GET", "/board/bulletins"): ("list_bulletins",),
    ("GET", "/board/bulletins/preview"): ("preview_bulletin",),
    ("POST", "/board/bulletins"): ("issue_bulletin",),
    ("GET", "/board/bulletins/{name}"): ("read_bulletin", "read_bulletin_file"),
    ("GET", "/integrators"): ("list_keys", "list_webhooks", "list_webhook_messages"),
    ("POST", "/integrators/keys"): ("issue_key",),
    ("POST", "/integrators/keys/revoke"): ("revoke_key",),
    ("POST", "/integrators/webhooks"): ("pause_webhook", "resume_webhook", "end_webhook"),
    ("GET", _V1): Without("the description itself, which machines read as openapi.json"),
    ("GET", "/progress"): _APPLICANT,
    ("POST", "/progress"): _APPLICANT,
    ("POST", "/progress/leave"): _APPLICANT,
    ("POST", "/progress/withdraw"): ("ask_of_case",),
    ("POST", "/progress/supplement"): ("hand_in_papers",),
    ("POST", "/progress/hearing"): ("ask_of_case",),
    ("POST", "/progress/rate"): Without(
        "only applicants rate: staff may neither rate nor rate for them"
    ),
}
#: What machines alone do, or ask about what they call.
_MACHINES = {"read_problem", "make_webhook", "check_application", "read_case_events"}


@pytest.fixture(scope="module")
def operations() -> set[str]:
    document = openapi_of(pages(cast(Database, None)).state.api)
    return {one["operationId"] for path in document["paths"].values() for one in path.values()}


def test_every_page_names_its_operation_or_says_why_it_needs_none() -> None:
    own = {
        one for one in ADDRESSES if not one[1].startswith(f"{_V1}/") and one[1] != f"{_V1}/openapi"
    }
    assert own == set(SAME)
    assert set(SAME) <= set(RULES)


def test_every_operation_named_is_there(operations: set[str]) -> None:
    named = {name for given in SAME.values() if not isinstance(given, Without) for name in given}
    assert named <= operations
    assert operations - named <= _MACHINES
    assert operations >= _MACHINES
