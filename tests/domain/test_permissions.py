"""Who may do what: each post gives what its roles give at its office, and nothing else."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from domain.offices import Role
from domain.permissions import GRANTS, Permission, Post, PostKind, offices_for, post_for

EVERY = ("371002-GA-01", "371002-RS-01", "371002-ZW-01")
POSTS = st.lists(
    st.builds(
        Post,
        code=st.sampled_from(["HC0101", "HC1102"]),
        office=st.sampled_from(EVERY),
        roles=st.frozensets(st.sampled_from(list(Role)), min_size=1),
        kind=st.sampled_from(list(PostKind)),
    ),
    max_size=4,
)


@given(POSTS, st.sampled_from(list(Permission)), st.sampled_from(EVERY))
def test_a_list_shows_exactly_the_offices_where_a_post_would_let_one_act(
    posts: list[Post], permission: Permission, office: str
) -> None:
    listed = office in offices_for(posts, permission, EVERY)
    assert listed == (post_for(posts, permission, office) is not None)


@given(POSTS, st.sampled_from(list(Permission)), st.sampled_from(EVERY))
def test_nobody_has_a_permission_that_no_role_of_theirs_grants(
    posts: list[Post], permission: Permission, office: str
) -> None:
    post = post_for(posts, permission, office)
    if post is not None:
        assert any(permission in GRANTS[role] for role in post.roles)


def test_the_work_of_another_role_is_not_ones_own() -> None:
    intake = Post("HC0101", EVERY[0], frozenset({Role.INTAKE}))
    assert post_for([intake], Permission.COMPLETE, EVERY[0], role=Role.INTAKE) is intake
    assert post_for([intake], Permission.COMPLETE, EVERY[0], role=Role.APPROVER) is None


def test_ones_own_desk_is_used_before_a_borrowed_one() -> None:
    own = Post("HC0103", EVERY[0], frozenset({Role.APPROVER}))
    borrowed = Post("HC0103", EVERY[0], frozenset({Role.APPROVER}), PostKind.SUBSTITUTE)
    assert post_for([borrowed, own], Permission.COMPLETE, EVERY[0]) is own


def test_a_supervisor_sees_the_whole_locality_and_decides_nothing_of_the_clerks() -> None:
    supervisor = Post("HC0902", EVERY[2], frozenset({Role.SUPERVISOR}))
    assert offices_for([supervisor], Permission.READ, EVERY) == set(EVERY)
    assert offices_for([supervisor], Permission.COMPLETE, EVERY) == set()


def test_a_supervisors_own_tasks_are_worked_at_the_own_office() -> None:
    supervisor = Post("HC0902", EVERY[2], frozenset({Role.SUPERVISOR}))
    own = Permission.COMPLETE
    assert post_for([supervisor], own, EVERY[2], role=Role.SUPERVISOR) is supervisor
    assert post_for([supervisor], own, EVERY[0], role=Role.SUPERVISOR) is None
    assert post_for([supervisor], own, EVERY[2], role=Role.HANDLER) is None


def test_a_bounded_post_lasts_to_the_end_of_its_last_day() -> None:
    lent = Post(
        "HC0103",
        EVERY[1],
        frozenset({Role.APPROVER}),
        PostKind.SECONDMENT,
        since=date(2026, 3, 2),
        until=date(2026, 3, 6),
    )
    days = [date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 6), date(2026, 3, 7)]
    assert [lent.in_force(day) for day in days] == [False, True, True, False]
