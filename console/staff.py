"""The people of a locality: from an account to the posts under which it may act today.

Called by the pages and the API for every request, so that an ended secondment ends at once.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy.ext.asyncio import AsyncConnection

from catalog.catalog import Catalog
from domain.offices import Role
from domain.permissions import Permission, Post, PostKind, offices_for, post_for
from storage import posts
from storage.database import Database

#: What an approver does that binds the office towards people.
_DECISIONS = frozenset({Permission.COMPLETE, Permission.CANCEL})


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who signed in, or a key: the account, and the posts that it has today."""

    account: str
    posts: tuple[Post, ...]
    every: frozenset[str]  # the offices of the locality
    via: str | None = None  # "key:7": an integrator's key acts in the person's stead
    approves: bool = True  # False: what is the approver's to decide needs the person

    @property
    def codes(self) -> frozenset[str]:
        """The staff numbers under which this person acts."""
        return frozenset(post.code for post in self.posts)

    def offices(self, permission: Permission) -> set[str]:
        """Where the person may do this."""
        return offices_for(self.posts, permission, self.every)

    def post(self, permission: Permission, office: str, *, role: Role | None = None) -> Post | None:
        """The post under which the person may do this there; None: not allowed."""
        if role is Role.APPROVER and permission in _DECISIONS and not self.approves:
            return None
        return post_for(self.posts, permission, office, role=role)

    def may(self, permission: Permission, office: str | None = None) -> bool:
        """Whether at that office, or anywhere."""
        allowed = self.offices(permission)
        return bool(allowed) if office is None else office in allowed


async def sitting_at(
    connection: AsyncConnection,
    catalog: Catalog,
    locality: str,
    offices: Collection[str],
    today: date,
) -> list[Post]:
    """Everybody's posts at these offices that are in force today, by staff number.

    Whoever sits at a desk for its own staff comes before those who are lent to it.
    """
    own = [
        Post(clerk.code, clerk.office, frozenset(clerk.roles))
        for clerk in catalog.locality(locality).clerks
        if clerk.office in offices
    ]
    given = await posts.at_offices(connection, offices, today)
    return sorted([*own, *given], key=lambda post: (post.code, post.kind != PostKind.OWN))


class Staff:
    """Who sits where in one locality."""

    def __init__(self, database: Database, catalog: Catalog, locality: str) -> None:
        self._database = database
        self._catalog = catalog
        self._locality = catalog.locality(locality)
        self._every = frozenset(office.code for office in self._locality.offices)

    async def person(self, account: str, numbers: Collection[str], today: date) -> Person:
        """The person of an account; ``numbers`` are the staff numbers that it was vouched for."""
        own = [
            Post(clerk.code, clerk.office, frozenset(clerk.roles))
            for clerk in self._locality.clerks
            if clerk.code in numbers
        ]
        async with self._database.glance() as connection:
            given = await posts.of_account(connection, account, today, numbers)
        return Person(account, (*own, *given), self._every)

    def known(self, number: str) -> bool:
        """Whether the locality has somebody of that staff number."""
        return any(clerk.code == number for clerk in self._locality.clerks)

    def accounts(self) -> list[Post]:
        """Every own post of the locality, by staff number: the seeded accounts."""
        return [
            Post(clerk.code, clerk.office, frozenset(clerk.roles))
            for clerk in sorted(self._locality.clerks, key=lambda clerk: clerk.code)
        ]
