"""What each address of the programming interface demands; see `tests.console.routes`.

Its bodies are JSON: ``json`` of a rule, with the same places as ``form``.
"""

from __future__ import annotations

from typing import Any

from domain.offices import Role
from domain.permissions import Permission
from tests.console.rule import Rule

_V1 = "/api/v1"
_TASK = f"{_V1}/tasks/{{case_no}}/{{kind}}/{{number}}"
_CASE = f"{_V1}/cases/{{case_no}}"
_AT_TASK = f"{_V1}/tasks/{{task_id}}"
_MATTER = "HUKOU-SPOUSE"
_DRAFT = f"{_V1}/drafts/{{draft}}"


def _task(action: str, needs: Permission, json: dict[str, Any] | None = None) -> dict[Any, Rule]:
    path = f"{_TASK}/{action}".replace("/opinions/1/", "/opinions/{opinion}/")
    return {("POST", path): Rule(needs, here=True, url=f"{_AT_TASK}/{action}", json=json or {})}


def _manage(path: str, json: dict[str, Any] | None = None, url: str = "") -> dict[Any, Rule]:
    return {("POST", path): Rule(Permission.MANAGE, url=url, json=json or {})}


API_RULES: dict[tuple[str, str], Rule] = {
    ("GET", f"{_V1}/openapi.json"): Rule(None),
    ("GET", f"{_V1}/problems/{{code}}"): Rule(None, url=f"{_V1}/problems/BUSY"),
    ("GET", f"{_V1}/me"): Rule(None, signed_in=True),
    ("GET", f"{_V1}/tasks"): Rule(Permission.READ, shows=True),
    ("GET", f"{_V1}/tasks/counts"): Rule(Permission.READ),
    ("GET", f"{_V1}/cases"): Rule(Permission.READ),
    ("GET", f"{_V1}/parcels"): Rule(Permission.READ, shows=True),
    ("GET", _TASK): Rule(Permission.READ, here=True, shows=True, url=_AT_TASK),
    **_task("decide", Permission.READ, {"outcome": "NONE"}),
    ("POST", f"{_TASK}/claim"): Rule(
        Permission.CLAIM, role=Role.HANDLER, url=f"{_AT_TASK}/claim", json={}, key="claim"
    ),
    ("POST", f"{_TASK}/release"): Rule(
        Permission.ASSIGN,
        here=True,
        url=f"{_V1}/tasks/{{other_task}}/release",
        json={},
        key="release",
    ),
    **_task("assign", Permission.ASSIGN, {"assignee": "HC9999", "reason": "样例"}),
    **_task("opinions", Permission.REFER, {"signer": "HC9999", "mode": "ALL"}),
    **_task("opinions/1/answer", Permission.READ, {"answer": "AGREE"}),
    **_task("opinions/1/withdraw", Permission.READ),
    ("POST", f"{_V1}/tasks/bulk"): Rule(
        Permission.READ, json={"do": "CLAIM", "tasks": ["none/NONE/1"]}
    ),
    ("POST", f"{_V1}/cases/search"): Rule(Permission.READ, shows=True, json={"words": "{waybill}"}),
    ("GET", _CASE): Rule(Permission.READ, here=True, shows=True),
    ("POST", f"{_CASE}/persons"): Rule(
        Permission.READ, here=True, shows=True, json={"purpose": "办理"}
    ),
    **{
        ("GET", f"{_CASE}/{part}"): Rule(Permission.READ, here=True)
        for part in ("events", "clocks", "letters", "parcels", "money", "documents", "acts")
    },
    **{
        ("GET", f"{_CASE}/{part}"): Rule(Permission.READ, here=True)
        for part in ("course", "history", "file", "notes", "pulse")
    },
    ("GET", f"{_V1}/board/charts/{{name}}"): Rule(
        Permission.SUPERVISE, url=f"{_V1}/board/charts/offices"
    ),
    ("GET", f"{_CASE}/documents/{{digest}}"): Rule(
        Permission.READ, here=True, url=f"{_CASE}/documents/{{digest}}"
    ),
    ("GET", f"{_CASE}/slips"): Rule(Permission.COMPLETE, here=True),
    ("POST", f"{_CASE}/slips"): Rule(
        Permission.COMPLETE, here=True, json={"kind": "INTERVIEW_NOTICE"}
    ),
    ("GET", f"{_CASE}/slips/{{digest}}"): Rule(
        Permission.COMPLETE, here=True, url=f"{_CASE}/slips/{{slip}}"
    ),
    ("POST", f"{_CASE}/acts/{{act}}"): Rule(
        Permission.CANCEL, here=True, url=f"{_CASE}/acts/CORRECT_IDENTITY", json={}
    ),
    ("POST", f"{_CASE}/notes"): Rule(Permission.READ, here=True, json={"kind": "URGE"}),
    ("POST", f"{_CASE}/follow"): Rule(Permission.READ, here=True, json={}),
    ("POST", f"{_CASE}/hand-in"): Rule(
        Permission.FILE, here=True, json={"documents": [{"type": "X", "content": "eA=="}]}
    ),
    ("GET", f"{_V1}/matters"): Rule(Permission.FILE),
    ("GET", f"{_V1}/matters/{{matter}}"): Rule(Permission.FILE, url=f"{_V1}/matters/{_MATTER}"),
    ("POST", f"{_V1}/applications/check"): Rule(Permission.FILE, json={"matter": _MATTER}),
    ("POST", f"{_V1}/applications"): Rule(Permission.FILE, json={"matter": _MATTER}),
    ("GET", f"{_V1}/drafts"): Rule(Permission.FILE),
    ("POST", f"{_V1}/drafts"): Rule(Permission.FILE, json={"matter": _MATTER}),
    ("GET", f"{_V1}/drafts/{{number}}"): Rule(Permission.FILE, url=_DRAFT),
    ("POST", f"{_V1}/drafts/{{number}}/save"): Rule(
        Permission.FILE, url=f"{_DRAFT}/save", json={"fields": {}}
    ),
    ("POST", f"{_V1}/drafts/{{number}}/check"): Rule(
        Permission.FILE, url=f"{_DRAFT}/check", json={}
    ),
    ("POST", f"{_V1}/drafts/{{number}}/file"): Rule(Permission.FILE, url=f"{_DRAFT}/file", json={}),
    ("POST", f"{_V1}/drafts/{{number}}/drop"): Rule(
        Permission.FILE, url=f"{_V1}/drafts/{'0' * 32}/drop", json={}
    ),
    ("GET", f"{_V1}/views/{{view}}"): Rule(Permission.READ, url=f"{_V1}/views/office"),
    ("POST", f"{_V1}/views/{{view}}/columns"): Rule(
        Permission.READ, url=f"{_V1}/views/office/columns", json={"columns": ["matter"]}
    ),
    ("POST", f"{_V1}/views/{{view}}/filters"): Rule(
        Permission.READ,
        url=f"{_V1}/views/office/filters",
        json={"name": "样例", "filters": {"due": "late"}},
    ),
    ("POST", f"{_V1}/views/{{view}}/filters/drop"): Rule(
        Permission.READ, url=f"{_V1}/views/office/filters/drop", json={"name": "样例"}
    ),
    ("GET", f"{_V1}/board/export"): Rule(
        Permission.SUPERVISE, url=f"{_V1}/board/export?format=csv"
    ),
    ("GET", f"{_V1}/board/days"): Rule(Permission.SUPERVISE),
    ("GET", f"{_V1}/board/days/export"): Rule(Permission.SUPERVISE),
    ("GET", f"{_V1}/audit/export"): Rule(Permission.AUDIT),
    ("GET", f"{_V1}/bulletins/{{number}}/file"): Rule(
        Permission.SUPERVISE, url=f"{_V1}/bulletins/{{bulletin}}/file?format=json"
    ),
    ("GET", f"{_V1}/board"): Rule(Permission.SUPERVISE),
    ("GET", f"{_V1}/board/tasks"): Rule(
        Permission.SUPERVISE,
        here=True,
        shows=True,
        url=f"{_V1}/board/tasks?state=open&office=371002-GA-01",
    ),
    ("GET", f"{_V1}/rungs"): Rule(Permission.READ),
    ("GET", f"{_V1}/rungs/{{number}}"): Rule(
        Permission.READ, here=True, url=f"{_V1}/rungs/{{rung}}"
    ),
    **{
        (method, f"{_V1}/rungs/{{number}}/slip"): Rule(
            Permission.COMPLETE,
            also=Permission.SUPERVISE,
            here=True,
            url=f"{_V1}/rungs/{{rung}}/slip",
            json={},
        )
        for method in ("GET", "POST")
    },
    ("POST", f"{_V1}/rungs/{{number}}/{{act}}"): Rule(
        Permission.SUPERVISE,
        here=True,
        url=f"{_V1}/rungs/{{rung}}/interview",
        json={"text": "样例"},
    ),
    ("GET", f"{_V1}/bulletins"): Rule(Permission.SUPERVISE),
    ("GET", f"{_V1}/bulletins/preview"): Rule(
        Permission.SUPERVISE, url=f"{_V1}/bulletins/preview?kind=DAILY&period=2026-01-05"
    ),
    ("POST", f"{_V1}/bulletins"): Rule(
        Permission.SUPERVISE, json={"kind": "DAILY", "period": "2026-01-05"}
    ),
    ("GET", f"{_V1}/bulletins/{{number}}"): Rule(
        Permission.SUPERVISE, url=f"{_V1}/bulletins/{{bulletin}}"
    ),
    ("GET", f"{_V1}/posts"): Rule(Permission.MANAGE),
    **_manage(f"{_V1}/posts", {"code": "HC0102", "kind": "SUBSTITUTE"}),
    **_manage(f"{_V1}/posts/{{number}}/end", url=f"{_V1}/posts/999999/end"),
    ("GET", f"{_V1}/audit"): Rule(Permission.AUDIT),
    ("GET", f"{_V1}/keys"): Rule(Permission.MANAGE),
    **_manage(
        f"{_V1}/keys", {"name": "样例", "code": "HC9999", "office": "371002-GA-01", "days": 3}
    ),
    **_manage(f"{_V1}/keys/{{number}}/revoke", url=f"{_V1}/keys/{{key}}/revoke"),
    ("GET", f"{_V1}/webhooks"): Rule(Permission.MANAGE),
    **_manage(f"{_V1}/webhooks", {"url": "http://127.0.0.1:9/", "events": ["case.filed"]}),
    ("GET", f"{_V1}/webhooks/{{number}}/messages"): Rule(
        Permission.MANAGE, url=f"{_V1}/webhooks/{{webhook}}/messages"
    ),
    **_manage(f"{_V1}/webhooks/{{number}}/pause", url=f"{_V1}/webhooks/{{webhook}}/pause"),
    **_manage(f"{_V1}/webhooks/{{number}}/resume", url=f"{_V1}/webhooks/{{webhook}}/pause"),
    **_manage(f"{_V1}/webhooks/{{number}}/end", url=f"{_V1}/webhooks/{{webhook}}/pause"),
    ("GET", _V1): Rule(None),
    ("GET", "/integrators"): Rule(Permission.MANAGE),
    ("POST", "/integrators/keys"): Rule(
        Permission.MANAGE, form={"command_id": "c-00000000-0000-4000-8000-000000000098"}
    ),
    ("POST", "/integrators/keys/revoke"): Rule(Permission.MANAGE, form={"number": "{key}"}),
    ("POST", "/integrators/webhooks"): Rule(
        Permission.MANAGE, form={"number": "{webhook}", "do": "pause"}
    ),
}
