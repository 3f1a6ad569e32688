"""Personnel files: who carries them, who gets them, what the receiver finds inside (A8)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.loader import load_catalog
from catalog.matter_policies import file_policy
from domain.errors import DomainError
from domain.schemes.file_contents import (
    DifferenceKind,
    FileItem,
    differences,
    items_of,
)
from domain.schemes.personnel_file import (
    TRANSPORT_LABELS,
    WORDING,
    FileCategory,
    FileRefusal,
    Transport,
    allowed_transports,
    categories_of,
    destination_findings,
    is_special,
    origin_findings,
)

TODAY = date(2026, 11, 23)
POLICY = file_policy(load_catalog(), "371002", on=TODAY)
GUARDED = (Transport.CONFIDENTIAL_POST, Transport.MESSENGER)
SPECIAL = {
    FileCategory.LEADER,
    FileCategory.CIVIL_SERVANT,
    FileCategory.CIVIL_SERVICE_MANAGED,
    FileCategory.ENTERPRISE_LEADER,
    FileCategory.MANAGER,
    FileCategory.PROFESSIONAL,
    FileCategory.MILITARY_CIVILIAN,
}
HELD: dict[str, Any] = {"status": "HELD", "categories": ["GENERAL"]}


@pytest.mark.parametrize("category", list(FileCategory))
def test_a_special_file_goes_by_confidential_post_or_messenger_only(
    category: FileCategory,
) -> None:
    ways = allowed_transports((category,), POLICY)
    expected = GUARDED if category in SPECIAL else (*GUARDED, Transport.REGISTERED_MAIL)
    assert ways == expected


def test_no_way_of_transport_is_the_person() -> None:
    assert set(TRANSPORT_LABELS) == set(Transport)
    assert [one.value for one in Transport] == [
        "CONFIDENTIAL_POST",
        "MESSENGER",
        "REGISTERED_MAIL",
    ]


def test_what_somebody_once_was_keeps_counting() -> None:
    assert allowed_transports((FileCategory.GENERAL, FileCategory.CIVIL_SERVANT), POLICY) == GUARDED


def test_a_file_of_unknown_category_is_guarded() -> None:
    assert allowed_transports((), POLICY) == GUARDED


def test_a_locality_may_close_ordinary_mail_to_all() -> None:
    policy = replace(POLICY, registered_mail=False)
    assert allowed_transports((FileCategory.GENERAL,), policy) == GUARDED


@given(st.lists(st.sampled_from(FileCategory)), st.sampled_from(FileCategory))
def test_one_more_category_never_opens_a_way(
    categories: list[FileCategory], more: FileCategory
) -> None:
    if categories:
        before = set(allowed_transports(tuple(categories), POLICY))
        assert set(allowed_transports((*categories, more), POLICY)) <= before
    assert is_special(tuple(categories), POLICY) is bool(SPECIAL & set(categories))


def test_a_record_with_an_unknown_category_is_refused() -> None:
    assert categories_of(HELD) == (FileCategory.GENERAL,)
    with pytest.raises(DomainError, match="categories"):
        categories_of({"categories": ["ASTRONAUT"]})


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"status": "NONE"}, FileRefusal.NOT_HELD_HERE),
        ({"status": "SENT"}, FileRefusal.ALREADY_SENT),
        ({"identity_agrees": False}, FileRefusal.IDENTITY_DIFFERS),
        ({"open_letter": "L-1"}, FileRefusal.TRANSFER_OPEN),
    ],
)
def test_the_origin_refuses_with_a_code(change: dict[str, Any], code: FileRefusal) -> None:
    found = origin_findings({**HELD, **change}, POLICY, TODAY)
    assert [one.code for one in found] == [code.value]


def test_a_file_that_is_held_is_dispatched() -> None:
    assert origin_findings({**HELD, "open_letter": "L-1"}, POLICY, TODAY, letter="L-1") == ()


def test_a_state_body_needs_the_agencys_papers_to_receive() -> None:
    (found,) = destination_findings({"receiver": "STATE_BODY"}, POLICY, TODAY)
    assert found.code == "RECEIVER_WITHOUT_PAPERS"
    with_papers = {"receiver": "STATE_BODY", "agency_papers": True}
    assert destination_findings(with_papers, POLICY, TODAY) == ()
    assert destination_findings({"receiver": "AGENCY"}, POLICY, TODAY) == ()


def test_every_refusal_has_words() -> None:
    assert set(WORDING) == set(FileRefusal)


RESUME = FileItem("1-1", "履历表", 4, key=True)
DIPLOMA = FileItem("4-1", "学历证明", 2)
REVIEW = FileItem("3-1", "年度考核表", 1)


def test_equal_lists_have_no_differences() -> None:
    assert differences([RESUME, DIPLOMA], [DIPLOMA, RESUME]) == ()


def test_missing_extra_and_page_counts_are_told_apart() -> None:
    counted = [replace(RESUME, pages=3), REVIEW]
    found = differences([RESUME, DIPLOMA], counted)
    assert [(one.kind, one.number, one.pages_out, one.pages_in) for one in found] == [
        (DifferenceKind.EXTRA, "3-1", 0, 1),
        (DifferenceKind.MISSING, "4-1", 2, 0),
        (DifferenceKind.PAGES_DIFFER, "1-1", 4, 3),
    ]


def test_one_of_two_copies_missing_is_one_difference() -> None:
    (found,) = differences([REVIEW, REVIEW], [REVIEW])
    assert (found.kind, found.number) == (DifferenceKind.MISSING, "3-1")


def test_a_key_item_is_the_origins_list_to_say() -> None:
    (found,) = differences([RESUME], [])
    assert found.key
    assert differences([RESUME], [replace(RESUME, key=False)]) == ()


def test_items_are_read_from_the_record() -> None:
    record = {"items": [{"number": "1-1", "title": "履历表", "pages": 4, "key": True}]}
    assert items_of(record) == (RESUME,)


ITEMS = st.lists(
    st.builds(
        FileItem,
        number=st.sampled_from(["1", "2", "3"]),
        title=st.sampled_from(["甲", "乙"]),
        pages=st.integers(1, 3),
        key=st.booleans(),
    ),
    max_size=8,
)


@given(ITEMS, ITEMS, st.randoms())
def test_the_order_of_the_lists_changes_no_difference(
    listed: list[FileItem], counted: list[FileItem], chance: Any
) -> None:
    expected = [(one.kind, one.number, one.title) for one in differences(listed, counted)]
    chance.shuffle(listed)
    chance.shuffle(counted)
    found = differences(listed, counted)
    assert [(one.kind, one.number, one.title) for one in found] == expected


@given(ITEMS, ITEMS)
def test_list_out_is_list_in_with_the_recorded_differences(
    listed: list[FileItem], counted: list[FileItem]
) -> None:
    found = differences(listed, counted)
    extra = sum(one.kind is DifferenceKind.EXTRA for one in found)
    missing = sum(one.kind is DifferenceKind.MISSING for one in found)
    assert len(listed) - missing + extra == len(counted)
    pages = sum(one.pages_in - one.pages_out for one in found)
    assert sum(one.pages for one in listed) + pages == sum(one.pages for one in counted)
    assert (not found) == (
        sorted((one.number, one.title, one.pages) for one in listed)
        == sorted((one.number, one.title, one.pages) for one in counted)
    )
