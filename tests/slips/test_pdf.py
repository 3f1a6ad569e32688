"""The printed slip: selectable text, embedded subsets, pages, margins, rare characters."""

import dataclasses
from datetime import date

import pytest

from slips.compose import compose, pages_of
from slips.faces import FILES
from slips.flow import LEFT, RIGHT, TOP
from slips.footer import qr_content
from slips.kinds import TITLES, SlipKind
from slips.lines import width
from slips.model import Slip, Table
from slips.paint import A4, Area, Box, Line, Mark, Ring, Text
from slips.render import build, render
from slips.substitutes import unprintable
from tests.slips.reading import fonts, page_sizes, page_texts, text_of
from tests.slips.samples import SAMPLES, year

#: U+2A6A5 is in neither face; the others are rare characters of real surnames and given names.
UNKNOWN = "\U0002a6a5"
RARE = "䶮㛃𬭎堃喆𫖯"

SLIP = Slip(
    title="样例凭证",
    number="样〔2026〕1号",
    verification_code="0000-0000-0000-0000",
    issuer="样例区政务服务中心",
    issued_on=date(2026, 3, 5),
)


def extent(mark: Mark) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of a mark in mm."""
    match mark:
        case Text(x, y, text, face, size):
            return x, y, x + width(text, face, size), y
        case Box(x, y, w, h) | Area(x, y, w, h):
            return x, y, x + w, y + h
        case Line(x1, y1, x2, y2):
            return x1, y1, x2, y2
        case Ring(x, y, r):
            return x - r, y - r, x + r, y + r


def texts_of(pages: list[list[Mark]]) -> list[Text]:
    """The lines of text of all pages, in order."""
    return [mark for page in pages for mark in page if isinstance(mark, Text)]


@pytest.mark.parametrize("kind", SlipKind)
def test_the_text_of_every_kind_can_be_selected(kind: SlipKind) -> None:
    facts = SAMPLES[kind]
    text = text_of(render(kind, facts))
    expected = [TITLES[kind], str(facts["number"]), str(facts["verification_code"])]
    expected += [str(facts["issuer"]), "2026年3月5日", "第1页共"]
    slip = build(kind, facts)
    expected += [label for label, _ in slip.rows]
    expected += [slip.stub.title, *slip.stub.blanks, slip.stub.seal] if slip.stub else []
    assert [words for words in expected if "".join(words.split()) not in text] == []


@pytest.mark.parametrize("kind", SlipKind)
def test_nothing_of_any_kind_stands_outside_of_the_margins(kind: SlipKind) -> None:
    slip = build(kind, SAMPLES[kind])
    page_width, page_height = A4[::-1] if slip.landscape else A4
    for page in pages_of(slip):
        for mark in page:
            left, top, right, bottom = extent(mark)
            assert left >= LEFT - 0.01 and right <= page_width - RIGHT + 0.01, mark
            assert top >= TOP - 0.01 and bottom <= page_height - 7, mark


def test_fonts_are_embedded_as_subsets_with_their_way_back_to_characters() -> None:
    found = list(fonts(render(SlipKind.REFUSAL, SAMPLES[SlipKind.REFUSAL])))
    assert {font["/FontName"].split("+")[1] for font in found} == {"NotoSansSC", "NotoSerifSC"}
    whole = min(path.stat().st_size for path in FILES.values())
    for font in found:
        prefix, plus, _ = font["/FontName"].lstrip("/").partition("+")
        assert plus and len(prefix) == 6
        assert 0 < len(font["/FontFile3"].get_object().get_data()) < whole / 20
        assert b"beginbf" in font["/ToUnicode"].get_object().get_data()


def test_the_same_slip_gives_the_same_bytes() -> None:
    facts = SAMPLES[SlipKind.TRANSFER_OF_THINGS]
    first = render(SlipKind.TRANSFER_OF_THINGS, facts)
    assert first == render(SlipKind.TRANSFER_OF_THINGS, dict(reversed(list(facts.items()))))
    other = {**facts, "seal": "F-0009"}
    assert first != render(SlipKind.TRANSFER_OF_THINGS, other)


def test_a_long_statement_repeats_its_header_on_every_page_of_its_rows() -> None:
    facts = {**SAMPLES[SlipKind.STATEMENT], "years": [year(n) for n in range(1900, 2000)]}
    pdf = render(SlipKind.STATEMENT, facts)
    pages = page_texts(pdf)
    assert len(pages) > 4
    assert set(page_sizes(pdf)) == {(297, 210)}
    for number, text in enumerate(pages, 1):
        assert f"第{number}页共{len(pages)}页" in text
        assert str(facts["verification_code"]) in text
        if "1-12" in text:
            assert text.count("月缴费基数") == 1
    assert [n for n in range(1900, 2000) if f"339999{n}1-12" not in "".join(pages)] == []


def test_upright_slips_are_a4() -> None:
    assert page_sizes(compose(SLIP)) == [(210, 297)]


def test_a_row_is_not_cut_when_it_fits_on_a_page() -> None:
    rows = tuple((str(n), "内容" * 60) for n in range(12))
    pages = pages_of(dataclasses.replace(SLIP, tables=(Table(("序", "内容"), rows, (1, 6)),)))
    assert len(pages) > 1
    joined = ["".join(m.text for m in page if isinstance(m, Text)) for page in pages]
    assert all(page.count("内容") % 60 in {0, 1} for page in joined)


def test_a_cell_taller_than_a_page_goes_on_overleaf_without_loss() -> None:
    long = "".join(f"第{n}句。" for n in range(900))
    slip = dataclasses.replace(SLIP, tables=(Table(("内容", "注"), ((long, "注"),), (5, 1)),))
    pages = pages_of(slip)
    assert len(pages) > 2
    assert all("内容" in page for page in page_texts(compose(slip))[:-1])
    first_column = [m.text for m in texts_of(pages) if m.size == 10.5 and m.x < LEFT + 5]
    assert long in "".join(text for text in first_column if text != "内容")


def test_long_texts_are_wrapped_and_complete() -> None:
    reason = "".join(f"理由之{n}；" for n in range(400))
    pages = pages_of(dataclasses.replace(SLIP, paragraphs=(reason,)))
    assert len(pages) > 1
    body = "".join(mark.text for mark in texts_of(pages) if mark.size == 12)
    assert reason in body


def test_rare_characters_of_names_are_printed() -> None:
    slip = dataclasses.replace(SLIP, recipient=f"吴{RARE}")
    assert unprintable(slip) == ()
    assert f"吴{RARE}" in text_of(compose(slip))


def test_a_character_that_only_the_other_face_has_is_taken_from_there() -> None:
    slip = dataclasses.replace(SLIP, recipient="吴\U00030edd")
    assert unprintable(slip) == ()
    assert "吴\U00030edd：" in text_of(compose(slip))


def test_a_character_of_no_face_is_marked_and_explained_not_lost() -> None:
    slip = dataclasses.replace(SLIP, rows=(("姓名", f"吴{UNKNOWN}"),))
    text = text_of(compose(slip))
    assert unprintable(slip) == (UNKNOWN,)
    assert "吴〔U+2A6A5〕" in text
    assert "由经办人员手写补正" in text


def test_a_seal_that_needs_a_new_page_does_not_stand_there_unexplained() -> None:
    rows = tuple((f"栏目{n}", "内容") for n in range(22))
    for count in range(10, len(rows)):
        pages = page_texts(compose(dataclasses.replace(SLIP, rows=rows[:count])))
        if len(pages) == 2 and "栏目" not in pages[1]:
            assert "（此页无正文）" in pages[1]
            break
    else:
        pytest.fail("no length pushed the seal overleaf")


def test_the_qr_code_names_nobody() -> None:
    slip = dataclasses.replace(SLIP, recipient="吴样例乙", check_at="https://tongban.example/check")
    assert qr_content(slip) == "https://tongban.example/check?code=0000-0000-0000-0000"
    assert qr_content(SLIP) == "0000-0000-0000-0000"


def test_the_only_date_in_the_file_is_the_day_of_issue() -> None:
    assert compose(SLIP).count(b"D:20260305") >= 1
    assert b"ModDate" not in compose(SLIP)


def test_a_table_whose_row_lost_a_cell_is_refused() -> None:
    with pytest.raises(ValueError, match="number of cells"):
        Table(("甲", "乙"), (("只有一格",),), (1, 1))
    with pytest.raises(ValueError, match="weight"):
        Table(("甲", "乙"), (), (1,))
