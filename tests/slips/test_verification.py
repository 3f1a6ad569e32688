"""Verification codes: bound to the content, hard to mistype, telling nothing about a person."""

import pytest

from slips.issue import issue
from slips.kinds import SlipKind
from slips.verification import (
    ALPHABET,
    VERDICT_TEXTS,
    Verdict,
    digest,
    normalised,
    verification_code,
    verify,
)
from tests.slips.reading import text_of
from tests.slips.samples import SAMPLES, SECRET

OF = {"kind": "REFUSAL", "number": "1号", "case_no": "C-1", "content": "ab" * 32}
CODE = verification_code(SECRET, **OF)


def test_a_code_is_right_however_it_is_typed() -> None:
    for typed in (CODE, CODE.lower(), CODE.replace("-", ""), f" {CODE.replace('-', ' ')} "):
        assert verify(typed, SECRET, **OF) is Verdict.RIGHT


def test_letters_that_look_like_digits_are_read_as_digits() -> None:
    codes = [verification_code(SECRET, **{**OF, "number": str(n)}) for n in range(40)]
    assert any("0" in code and "1" in code for code in codes)
    for code in codes:
        assert normalised(code.replace("0", "O").replace("1", "l")) == code


@pytest.mark.parametrize("changed", OF)
def test_a_code_of_another_slip_is_wrong(changed: str) -> None:
    assert verify(CODE, SECRET, **{**OF, changed: OF[changed] + "x"}) is Verdict.WRONG


def test_a_code_made_with_another_secret_is_wrong() -> None:
    forged = verification_code(b"another-secret-of-the-tests", **OF)
    assert verify(forged, SECRET, **OF) is Verdict.WRONG


def test_every_single_slip_of_the_pen_is_told_apart_from_a_forgery() -> None:
    for place, char in enumerate(CODE):
        for other in ALPHABET.replace(char, "") if char != "-" else "":
            typed = CODE[:place] + other + CODE[place + 1 :]
            assert verify(typed, SECRET, **OF) is Verdict.MISTYPED


@pytest.mark.parametrize("typed", ["", "0", CODE[:-1], CODE + "0", "吴" * 16, "0" * 10_000])
def test_what_cannot_be_a_code_is_mistyped(typed: str) -> None:
    assert normalised(typed) is None
    assert verify(typed, SECRET, **OF) is Verdict.MISTYPED


def test_every_verdict_is_worded() -> None:
    assert set(VERDICT_TEXTS) == set(Verdict)


def test_a_short_secret_is_refused() -> None:
    with pytest.raises(ValueError, match="16 bytes"):
        verification_code(b"short", **OF)


def test_the_digest_depends_on_facts_and_not_on_their_order() -> None:
    facts = SAMPLES[SlipKind.INTAKE]
    assert digest(facts) == digest(dict(reversed(list(facts.items()))))
    assert digest(facts) != digest({**facts, "applicant": "吴样例丙"})
    with pytest.raises(TypeError, match="not a fact"):
        digest({"amount": 1j})


def test_an_issued_slip_carries_its_code_and_is_the_same_when_printed_again() -> None:
    kind = SlipKind.CONCLUSION
    facts = {k: v for k, v in SAMPLES[kind].items() if k != "verification_code"}
    first = issue(kind, facts, secret=SECRET, case_no="C-1")
    assert first == issue(kind, facts, secret=SECRET, case_no="C-1")
    assert first.verification_code in text_of(first.pdf) and first.missing == ()
    verdict = verify(
        first.verification_code,
        SECRET,
        kind=kind.value,
        number=str(facts["number"]),
        case_no="C-1",
        content=first.content,
    )
    assert verdict is Verdict.RIGHT


def test_issuing_tells_which_characters_must_be_filled_in_by_hand() -> None:
    kind = SlipKind.CONCLUSION
    facts = {k: v for k, v in SAMPLES[kind].items() if k != "verification_code"}
    issued = issue(kind, {**facts, "applicant": "吴\U0002a6a5"}, secret=SECRET, case_no="C-1")
    assert issued.missing == ("\U0002a6a5",)
