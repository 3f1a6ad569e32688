"""What each address of the console demands, and who may see what through it.

A new page gets a line here; `test_routes` refuses a page without one, and tries each as everybody.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from domain.permissions import Permission

_COMMAND = "c-00000000-0000-4000-8000-000000000099"


@dataclass(frozen=True, slots=True)
class Rule:
    """``needs``: nothing (None) for everybody, even who is not signed in. ``here``: the permission
    must hold at the office whose case the address names; else it may hold anywhere. ``shows``: who
    may read the case sees its number in the answer.

    ``url`` and ``form`` may name {case_no}, {task_id} and {waybill} of that case.
    """

    needs: Permission | None
    here: bool = False
    shows: bool = False
    url: str = ""
    form: dict[str, str] = field(default_factory=dict)


RULES: dict[tuple[str, str], Rule] = {
    ("GET", "/"): Rule(None),
    ("GET", "/sign-in"): Rule(None),
    ("POST", "/sign-in/seeded"): Rule(None, form={"number": "HC0102"}),
    ("POST", "/sign-out"): Rule(None),
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
}
