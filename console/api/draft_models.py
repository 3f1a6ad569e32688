"""Drafts of applications as callers see them, and what they may keep in one."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import Field, StringConstraints

from console.api.papers import Paper
from console.api.shapes import Asked, Shown, Word

#: What one field holds: no control characters, which the register does not keep.
Line = Annotated[str, StringConstraints(max_length=2000, pattern=r"^[^\x00-\x1f\x7f]*$")]


class DraftCard(Shown):
    """A draft in a list, without what stands in it."""

    id: str
    matter: str
    matter_name: str
    office: str
    saved_at: datetime


class DraftCards(Shown):
    """Drafts of this account, the newest first."""

    items: list[DraftCard]


class DraftPerson(Asked):
    """One of those who move."""

    relation: Line = ""
    name: Line = ""
    id_no: Line = ""


class DraftPaper(Shown):
    """A paper of a draft."""

    type: str
    person: int = Field(description="是谁的；0 为不分人")
    digest: str
    name: str
    size: int
    media_type: str


class DraftShown(DraftCard):
    """A draft with everything that was typed."""

    case_no: str | None = Field(description="已收件的办件编号")
    fields: dict[str, str]
    people: list[dict[str, str]]
    items: list[str]
    promised: list[str]
    deferred: list[str]
    documents: list[DraftPaper]


class DraftBegun(Asked):
    """For which matter."""

    matter: Word = Field(min_length=1, description="事项代码")


class DraftNumber(Shown):
    """The number of a draft."""

    id: str


class DraftKept(Asked):
    """Everything typed so far, in place of what was there; papers are added."""

    fields: dict[Word, Line] = Field(default={}, description="按申请表的栏目名")
    people: list[DraftPerson] = Field(default=[], max_length=20)
    items: list[Word] = Field(default=[], max_length=50, description="一件事中所选的事项")
    promised: list[Word] = Field(default=[], max_length=50, description="告知承诺的材料")
    deferred: list[Word] = Field(default=[], max_length=50, description="容缺后补的材料")
    documents: list[Paper] = Field(default=[], max_length=20, description="新增的材料")
    remove: str = Field(default="", pattern="^([0-9a-f]{64})?$", description="删去的材料")
