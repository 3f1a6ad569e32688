"""Breaking lines: what may stand where, nothing lost, nothing wider than the room."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from slips.faces import Face, advance, missing, printable, runs
from slips.lines import break_lines, width

LETTERS = st.text("户口迁移申请，。；（）《》ABCdef 0123-", max_size=80)


@settings(deadline=None)
@given(LETTERS, st.floats(15, 60))
def test_lines_fit_and_lose_nothing(text: str, room: float) -> None:
    lines = break_lines(text, Face.SONG, 10, room)
    assert "".join("".join(lines).split()) == "".join(text.split())
    # Closing marks that stick to a word may make it wider than a line; it is cut then.
    assert all(width(line, Face.SONG, 10) <= room + 1e-6 for line in lines)


def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one() -> None:
    text = "准予迁入，（依据《户口登记条例》）。" * 20
    for room in range(20, 90):
        for line in break_lines(text, Face.SONG, 12, room):
            assert line[0] not in "，。》）" and line[-1] not in "（《"


def test_numbers_and_words_stay_whole() -> None:
    text = "办件编号371002-20260305-000017的申请由affected一方提出"
    for room in range(55, 120):
        joined = "\n".join(break_lines(text, Face.SONG, 12, room))
        assert "371002-20260305-000017" in joined and "affected" in joined


def test_a_word_wider_than_the_line_is_cut_not_lost() -> None:
    lines = break_lines("A" * 200, Face.SONG, 12, 30)
    assert len(lines) > 1 and "".join(lines) == "A" * 200


def test_the_first_line_leaves_room_for_its_indent() -> None:
    first, second, *_ = break_lines("字" * 40, Face.SONG, 10, 50, indent=10)
    assert len(second) - len(first) in {2, 3}


def test_a_line_break_in_the_text_is_kept() -> None:
    assert break_lines("甲\r\n乙", Face.SONG, 10, 50) == ["甲", "乙"]


@pytest.mark.parametrize("hidden", ["\u200b", "\x07", "\ue000", "\U000e0100"])
def test_invisible_and_private_characters_are_marked_or_printable(hidden: str) -> None:
    shown = printable(f"甲{hidden}乙")
    if hidden in missing(f"甲{hidden}乙"):
        assert re.fullmatch(r"甲〔U\+[0-9A-F]{4,6}〕乙", shown)
    else:
        assert advance(hidden, Face.SONG) >= 0


def test_measuring_what_cannot_be_printed_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"U\+2A6A5"):
        advance("\U0002a6a5", Face.SONG)


def test_the_face_changes_only_where_it_must() -> None:
    assert list(runs("甲\U00030edd乙", Face.SONG)) == [
        ("甲", Face.SONG),
        ("\U00030edd", Face.HEI),
        ("乙", Face.SONG),
    ]
