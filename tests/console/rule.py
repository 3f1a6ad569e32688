"""What one address of the console demands, as the tables of rules say it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from domain.offices import Role
from domain.permissions import Permission


@dataclass(frozen=True, slots=True)
class Rule:
    """``needs``: nothing (None) for everybody, even who is not signed in. ``here``: the permission
    must hold at the office whose case the address names; else it may hold anywhere. ``shows``: who
    may read the case sees its number in the answer. ``proof``: an applicant's proof opens it, no
    post does; without one everybody is refused alike.

    ``url`` and ``form`` may name what the test keeps of that case: {case_no}, {task_id}, {waybill},
    {digest}, and beside it {draft}, {other_task}, {rung}, {bulletin}, {key} and
    {webhook}.

    ``also``: another permission that opens the address as well. ``signed_in``: for anybody who is
    signed in. ``role``: whose work it is. ``json``: the body of the programming interface, and
    ``key`` its Idempotency-Key.
    """

    needs: Permission | None
    also: Permission | None = None
    here: bool = False
    shows: bool = False
    proof: bool = False
    signed_in: bool = False
    role: Role | None = None
    url: str = ""
    form: dict[str, str] = field(default_factory=dict)
    json: dict[str, Any] | None = None
    key: str = ""
