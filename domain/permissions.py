"""Who may do what at an office: the one policy that every list, search, detail and button asks.

Called by `console.staff` for every page. A person acts under posts; each post is at one
office with its roles, so that a person of several offices has exactly what each post gives.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.offices import Role


class Permission(StrEnum):
    """What can be granted apart from each other."""

    READ = "READ"  # see cases, tasks and papers of the office
    FILE = "FILE"  # take in applications and what is handed in
    CLAIM = "CLAIM"
    RELEASE = "RELEASE"  # one's own task; another's needs ASSIGN
    ASSIGN = "ASSIGN"
    COMPLETE = "COMPLETE"  # decide a task of one's role
    CANCEL = "CANCEL"  # withdraw, report a death, pause and extend at the office's instance
    REFER = "REFER"  # ask another office, return, transfer
    SUPERVISE = "SUPERVISE"  # ladder, board and bulletins of the locality
    EXPORT = "EXPORT"
    MANAGE = "MANAGE"  # posts, secondments, substitutes, webhooks
    AUDIT = "AUDIT"  # who read and did what


class PostKind(StrEnum):
    """Why somebody sits at a desk."""

    OWN = "OWN"
    SECONDMENT = "SECONDMENT"  # 借调
    SUBSTITUTE = "SUBSTITUTE"  # 缺勤代理

    @property
    def label(self) -> str:
        """The kind's Chinese name, as screens show it."""
        return {"OWN": "本职", "SECONDMENT": "借调", "SUBSTITUTE": "代理"}[self.value]


_WORK = frozenset(
    {
        Permission.READ,
        Permission.CLAIM,
        Permission.RELEASE,
        Permission.COMPLETE,
        Permission.REFER,
        Permission.EXPORT,
    }
)

GRANTS: Mapping[Role, frozenset[Permission]] = {
    Role.INTAKE: _WORK | {Permission.FILE, Permission.CANCEL},
    Role.HANDLER: _WORK | {Permission.CANCEL},
    Role.APPROVER: _WORK | {Permission.ASSIGN, Permission.CANCEL},
    Role.SUPERVISOR: frozenset(
        {Permission.READ, Permission.ASSIGN, Permission.SUPERVISE, Permission.EXPORT}
    ),
    Role.MANAGER: frozenset({Permission.MANAGE}),
    Role.AUDITOR: frozenset({Permission.READ, Permission.AUDIT, Permission.EXPORT}),
}

#: Work that is of a role itself may be done by who holds it at that office, whatever else the role
#: is: a supervisor's own tasks (call-backs, reviews), not the clerks'.
_OWN_WORK = frozenset({Permission.CLAIM, Permission.RELEASE, Permission.COMPLETE})

#: What these roles may see is the whole locality, not one office.
_EVERYWHERE: Mapping[Role, frozenset[Permission]] = {
    Role.SUPERVISOR: GRANTS[Role.SUPERVISOR],
    Role.AUDITOR: GRANTS[Role.AUDITOR],
    Role.MANAGER: GRANTS[Role.MANAGER],
}


@dataclass(frozen=True, slots=True)
class Post:
    """A desk that a person sits at: staff number, office, roles and, where bounded, the days.

    ``until`` is the last day; ``for_post`` is whom a substitute stands in for.
    """

    code: str
    office: str
    roles: frozenset[Role]
    kind: PostKind = PostKind.OWN
    since: date | None = None
    until: date | None = None
    for_post: str | None = None

    def in_force(self, today: date) -> bool:
        """Whether somebody sits there today."""
        return (self.since is None or self.since <= today) and (
            self.until is None or today <= self.until
        )


def offices_for(
    posts: Collection[Post], permission: Permission, every: Collection[str]
) -> set[str]:
    """The offices of the locality (``every``) for which these posts carry the permission."""
    allowed: set[str] = set()
    for post in posts:
        if any(permission in _EVERYWHERE.get(role, frozenset()) for role in post.roles):
            return set(every)
        if any(permission in GRANTS[role] for role in post.roles):
            allowed.add(post.office)
    return allowed & set(every)


def post_for(
    posts: Collection[Post],
    permission: Permission,
    office: str,
    *,
    role: Role | None = None,
) -> Post | None:
    """The post under which this may be done at that office; its own post before a borrowed one.

    ``role``: whose work it is, for COMPLETE and CLAIM; a task of the approver is not the intake's.
    """
    fitting = [
        post
        for post in posts
        if any(
            (role is None or held is role)
            and (
                (
                    (permission in GRANTS[held] or (held is role and permission in _OWN_WORK))
                    and post.office == office
                )
                or permission in _EVERYWHERE.get(held, frozenset())
            )
            for held in post.roles
        )
    ]
    order = list(PostKind)
    return min(fitting, key=lambda post: (order.index(post.kind), post.code), default=None)
