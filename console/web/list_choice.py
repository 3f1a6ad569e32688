"""From a page's address to a question to the register, and back to an address.

Used by `console.web.worklist`. Whatever an address says that means nothing is left out, so that an
old bookmark still opens a list.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar
from urllib.parse import urlencode

from sqlalchemy.ext.asyncio import AsyncConnection

from console.staff import sitting_at
from console.web.context import Visit
from console.web.list_views import LISTS, ListView
from console.web.matter_words import matters_named
from domain.offices import Role
from domain.permissions import Permission, PostKind
from storage.worklist_questions import NOBODY, Due, Question, Sort, View
from storage.worklists import after

E = TypeVar("E", bound=StrEnum)
#: What a saved filter keeps.
KEPT = ("matter", "office", "role", "due", "assignee", "sort")


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person asked for: ``given`` as it stands in the address, cleaned."""

    list: ListView
    given: dict[str, str]
    after: str

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Choice:
        """Of an address or of a form."""
        chosen = LISTS[_member(View, query.get("view", "")) or View.OFFICE]
        given = {
            name: query[name].strip()[:60]
            for name in KEPT
            if name in chosen.filters
            and query.get(name, "").strip().isprintable()
            and query.get(name, "").strip()
        }
        for name, kind in (("due", Due), ("sort", Sort), ("role", Role)):
            if name in given and _member(kind, given[name]) is None:
                del given[name]
        after = query.get("after", "")[:120]
        return cls(chosen, given, after if after.isprintable() else "")

    def question(self, visit: Visit) -> Question:
        """What the register is asked; the offices are the policy's."""
        given = self.given
        sort = _member(Sort, given.get("sort", "")) or Sort.DUE
        words = given.get("matter")
        return Question(
            view=self.list.view,
            offices=tuple(sorted(visit.person.offices(Permission.READ))),
            codes=tuple(sorted(visit.person.codes)),
            today=visit.today,
            matters=matters_named(visit.house.office.catalog, words) if words else None,
            office=given.get("office"),
            role=given.get("role"),
            due=_member(Due, given.get("due", "")),
            assignee=given.get("assignee"),
            sort=sort,
            after=after(self.after, sort, self.list.view),
            account=visit.person.account,
        )

    def address(self, after: str | None = None, **changes: str) -> str:
        """The address of this list; an empty value takes a filter away."""
        asked = {"view": self.list.view.value, **self.given, **changes}
        if after:
            asked["after"] = after
        return f"/worklist?{urlencode({name: value for name, value in asked.items() if value})}"


async def colleagues(
    connection: AsyncConnection, visit: Visit, offices: set[str], roles: Collection[Role]
) -> dict[str, list[tuple[str, str]]]:
    """Who works at these offices today in one of these roles, by office: staff number and roles.

    Those lent to an office are marked so.
    """
    house = visit.house.office
    found: dict[str, list[tuple[str, str]]] = {code: [] for code in sorted(offices)}
    there = await sitting_at(connection, house.catalog, house.locality, offices, visit.today)
    for post in there:
        if post.roles & set(roles):
            words = "、".join(role.label for role in Role if role in post.roles)
            lent = "" if post.kind is PostKind.OWN else f"（{post.kind.label}）"
            found[post.office].append((post.code, words + lent))
    return {office: people for office, people in found.items() if people}


def _member(kind: type[E], value: str) -> E | None:
    return next((one for one in kind if one == value), None)


__all__ = ["KEPT", "NOBODY", "Choice", "colleagues"]
