"""What each address of the console demands, and who may see what through it.

A new page gets a line here; `test_routes` refuses a page without one, and tries each as everybody.
"""

from __future__ import annotations

from domain.permissions import Permission
from tests.console.api_rules import API_RULES
from tests.console.rule import Rule

_COMMAND = "c-00000000-0000-4000-8000-000000000099"
_DRAFT = "/intake/drafts/{draft}"
_STATION = "371002-GA-01"


RULES: dict[tuple[str, str], Rule] = {
    **API_RULES,
    ("GET", "/"): Rule(None),
    ("GET", "/sign-in"): Rule(None),
    ("POST", "/sign-in/seeded"): Rule(None, form={"number": "HC0102"}),
    ("POST", "/sign-out"): Rule(None),
    ("GET", "/signed-out"): Rule(None),
    ("GET", "/worklist"): Rule(Permission.READ, shows=True),
    ("GET", "/worklist/counts"): Rule(Permission.READ),
    ("POST", "/worklist/columns"): Rule(Permission.READ, form={"view": "office"}),
    ("POST", "/worklist/filters"): Rule(
        Permission.READ, form={"view": "office", "name": "样例", "due": "late"}
    ),
    ("POST", "/worklist/bulk"): Rule(
        Permission.READ, form={"command_id": _COMMAND, "do": "CLAIM", "task": "none/NONE/1"}
    ),
    ("GET", "/search"): Rule(Permission.READ),
    ("POST", "/search"): Rule(Permission.READ, shows=True, form={"words": "{waybill}"}),
    ("GET", "/posts"): Rule(Permission.MANAGE),
    ("POST", "/posts/grant"): Rule(Permission.MANAGE, form={"command_id": _COMMAND}),
    ("POST", "/posts/end"): Rule(Permission.MANAGE, form={"number": "0"}),
    ("GET", "/audit"): Rule(Permission.AUDIT),
    ("GET", "/audit/export"): Rule(Permission.AUDIT),
    ("GET", "/tasks/{task_id:path}"): Rule(
        Permission.READ, here=True, shows=True, url="/tasks/{task_id}"
    ),
    ("GET", "/tasks/{task_id:path}/pulse"): Rule(
        Permission.READ, here=True, url="/tasks/{task_id}/pulse"
    ),
    ("POST", "/tasks/{task_id:path}/decide"): Rule(
        Permission.READ,
        here=True,
        shows=True,
        url="/tasks/{task_id}/decide",
        form={"command_id": _COMMAND, "outcome": "NONE"},
    ),
    ("POST", "/tasks/{task_id:path}/hold"): Rule(
        Permission.ASSIGN,
        here=True,
        shows=True,
        url="/tasks/{task_id}/hold",
        form={"command_id": _COMMAND, "verb": "assign", "assignee": "HC9999"},
    ),
    ("POST", "/tasks/{task_id:path}/ask"): Rule(
        Permission.REFER,
        here=True,
        url="/tasks/{task_id}/ask",
        form={"signer": "HC9999", "mode": "ALL"},
    ),
    ("POST", "/tasks/{task_id:path}/sign"): Rule(
        Permission.READ,
        here=True,
        url="/tasks/{task_id}/sign",
        form={"number": "0", "answer": "AGREE"},
    ),
    ("GET", "/cases/{case_no}/acts"): Rule(Permission.READ, here=True, shows=True),
    ("POST", "/cases/{case_no}/acts/{name}"): Rule(
        Permission.CANCEL,
        here=True,
        shows=True,
        url="/cases/{case_no}/acts/CORRECT_IDENTITY",
        form={"command_id": _COMMAND},
    ),
    ("POST", "/cases/{case_no}/notes"): Rule(
        Permission.READ, here=True, form={"kind": "URGE", "command_id": _COMMAND}
    ),
    ("POST", "/cases/{case_no}/follow"): Rule(Permission.READ, here=True),
    ("GET", "/cases/{case_no}/hand-in"): Rule(Permission.READ, here=True, shows=True),
    ("POST", "/cases/{case_no}/hand-in"): Rule(
        Permission.FILE, here=True, shows=True, form={"command_id": _COMMAND}
    ),
    ("GET", "/cases/{case_no}/slips"): Rule(Permission.COMPLETE, here=True, shows=True),
    ("POST", "/cases/{case_no}/slips"): Rule(Permission.COMPLETE, here=True, form={"kind": "NONE"}),
    ("GET", "/intake"): Rule(Permission.FILE),
    ("POST", "/intake/start"): Rule(Permission.FILE, form={"matter": "HUKOU-SPOUSE"}),
    ("POST", "/intake/look"): Rule(
        Permission.FILE, form={"look_type": "DATE", "value": "2026-01-01"}
    ),
    ("GET", "/intake/drafts/{number}"): Rule(Permission.FILE, url=_DRAFT),
    ("POST", "/intake/drafts/{number}/save"): Rule(Permission.FILE, url=_DRAFT + "/save"),
    ("POST", "/intake/drafts/{number}/check"): Rule(Permission.FILE, url=_DRAFT + "/check"),
    ("POST", "/intake/drafts/{number}/file"): Rule(Permission.FILE, url=_DRAFT + "/file"),
    ("POST", "/intake/drafts/{number}/drop"): Rule(Permission.FILE, url="/intake/drafts/none/drop"),
    ("GET", "/intake/drafts/{number}/papers/{digest}"): Rule(
        Permission.FILE, url=_DRAFT + "/papers/{digest}"
    ),
    ("GET", "/intake/drafts/{number}/receipt"): Rule(Permission.FILE, url=_DRAFT + "/receipt"),
    ("GET", "/cases/{case_no}"): Rule(Permission.READ, here=True, shows=True),
    ("POST", "/cases/{case_no}/persons"): Rule(
        Permission.READ, here=True, shows=True, form={"purpose": "办理"}
    ),
    ("GET", "/cases/{case_no}/history"): Rule(Permission.READ, here=True, shows=True),
    ("GET", "/cases/{case_no}/limits/{kind}/{number}"): Rule(
        Permission.READ, here=True, shows=True, url="/cases/{case_no}/limits/DECISION/1"
    ),
    ("GET", "/cases/{case_no}/pulse"): Rule(Permission.READ, here=True, shows=True),
    ("GET", "/cases/{case_no}/documents/{digest}"): Rule(Permission.READ, here=True),
    ("GET", "/cases/{case_no}/documents/{digest}/preview"): Rule(
        Permission.READ, here=True, shows=True
    ),
    ("GET", "/board"): Rule(Permission.SUPERVISE),
    ("GET", "/board/charts/{name}.svg"): Rule(
        Permission.SUPERVISE, url="/board/charts/offices.svg"
    ),
    ("GET", "/board/tasks"): Rule(
        Permission.SUPERVISE,
        here=True,
        shows=True,
        url=f"/board/tasks?state=open&office={_STATION}",
    ),
    ("GET", "/board/export.{kind}"): Rule(Permission.SUPERVISE, url="/board/export.csv"),
    ("GET", "/board/days"): Rule(Permission.SUPERVISE, url="/board/days?by=month"),
    ("GET", "/board/days.xlsx"): Rule(Permission.SUPERVISE, url="/board/days.xlsx?by=matter"),
    ("GET", "/board/rungs"): Rule(Permission.READ),
    ("POST", "/board/rungs/{number}/slip"): Rule(
        Permission.COMPLETE, also=Permission.SUPERVISE, here=True, url="/board/rungs/{rung}/slip"
    ),
    ("GET", "/board/rungs/{number}"): Rule(Permission.READ, here=True, url="/board/rungs/{rung}"),
    ("POST", "/board/rungs/{number}/{action}"): Rule(
        Permission.SUPERVISE,
        here=True,
        url="/board/rungs/{rung}/interview",
        form={"command_id": _COMMAND},
    ),
    ("GET", "/board/bulletins"): Rule(Permission.SUPERVISE),
    ("GET", "/board/bulletins/preview"): Rule(
        Permission.SUPERVISE, url="/board/bulletins/preview?kind=DAILY&period=2026-01-05"
    ),
    ("POST", "/board/bulletins"): Rule(
        Permission.SUPERVISE, form={"kind": "DAILY", "period": "2026-01-05"}
    ),
    ("GET", "/board/bulletins/{name}"): Rule(
        Permission.SUPERVISE, url="/board/bulletins/{bulletin}.json"
    ),
    ("GET", "/progress"): Rule(None),
    ("POST", "/progress"): Rule(None, proof=True, form={"case_no": "{case_no}", "secret": "none"}),
    ("POST", "/progress/leave"): Rule(None),
    ("POST", "/progress/withdraw"): Rule(None, proof=True, form={"command_id": _COMMAND}),
    ("POST", "/progress/supplement"): Rule(None, proof=True, form={"command_id": _COMMAND}),
    ("POST", "/progress/hearing"): Rule(
        None, proof=True, form={"command_id": _COMMAND, "do": "HEARING_ASK"}
    ),
    ("POST", "/progress/rate"): Rule(None, proof=True, form={"level": "VERY_SATISFIED"}),
}
