"""Acting under a post: its office and its roles count, under one's own staff number."""

from __future__ import annotations

import pytest

from console.errors import OfficeError
from domain.offices import Role
from domain.permissions import Post, PostKind
from storage.database import Database
from tests.console.offices import office

SUBSTITUTE = Post(
    "HC1102",
    "371002-YB-01",
    frozenset({Role.HANDLER}),
    PostKind.SUBSTITUTE,
    for_post="HC1202",
)


async def test_a_post_gives_its_own_office_and_roles_and_no_others(database: Database) -> None:
    desk = office(database)
    assert desk.seat("HC1102") == ("371002-RS-01", frozenset({Role.HANDLER}))
    acting = desk.under(SUBSTITUTE)
    assert acting.seat("HC1102") == ("371002-YB-01", frozenset({Role.HANDLER}))
    assert acting.visible_offices("HC1102") == ["371002-YB-01"]
    assert acting.seat("HC0102")[0] == "371002-GA-01"
    assert desk.seat("HC1102")[0] == "371002-RS-01"


async def test_a_post_of_another_office_does_not_open_the_own_one(database: Database) -> None:
    acting = office(database).under(SUBSTITUTE)
    with pytest.raises(OfficeError):
        acting.visible_offices("HC1102", "371002-RS-01")


async def test_a_supervisor_s_post_sees_the_whole_locality(database: Database) -> None:
    desk = office(database)
    post = Post("HC1102", "371002-ZW-01", frozenset({Role.SUPERVISOR}), PostKind.SECONDMENT)
    assert set(desk.under(post).visible_offices("HC1102")) == set(desk.visible_offices())
