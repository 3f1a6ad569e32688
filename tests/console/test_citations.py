"""Laws and documents as English cites them, and sentences found by their pattern."""

from __future__ import annotations

import pytest

from console.web.citations import cited, numeral
from console.web.words import Pattern, Words

KNOWN = {"行政许可法": "Administrative Licensing Law", "国办发": "Guobanfa"}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("八", 8),
        ("十", 10),
        ("十四", 14),
        ("四十二", 42),
        ("一百零六", 106),
        ("一千零七十六", 1076),
    ],
)
def test_chinese_numbers_are_counted(text: str, number: int) -> None:
    assert numeral(text) == number


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("行政许可法第四十二条", "Administrative Licensing Law, art. 42"),
        ("《行政许可法》第三十二条第一款第四项", "Administrative Licensing Law, art. 32(1)(4)"),
        ("第八条之一", "art. 8-1"),
        ("国办发〔2020〕35号", "Guobanfa [2020] No. 35"),
        ("国办发〔2009〕66号第二条", "Guobanfa [2009] No. 66, art. 2"),
        ("没有名字的法第八条", None),
        ("没有条文", None),
    ],
)
def test_articles_and_documents_are_cited(text: str, said: str | None) -> None:
    assert cited(text, KNOWN) == said


def test_a_sentence_that_was_put_together_is_found_by_its_pattern_and_its_parts_are_said() -> None:
    exact = {"受理": "Accepted", "{0}：{1}件": "{1} × {0}"}
    words = Words("en", exact, (Pattern.of("{0}：{1}件", "{1} × {0}"),))
    assert words.composed("受理：3件") == "3 × Accepted"
