"""Opinions before a decision: all of them, one of them, or the work that comes back."""

from __future__ import annotations

from domain.signing import Asked, waited_for


def test_who_was_asked_to_sign_together_is_waited_for_one_by_one() -> None:
    asked = [Asked("A", "ALL", "AGREE"), Asked("B", "ALL"), Asked("C", "ALL")]
    assert waited_for(asked) == ("B", "C")


def test_of_an_alternative_signature_one_answer_is_enough() -> None:
    assert waited_for([Asked("A", "ANY"), Asked("B", "ANY")]) == ("A", "B")
    assert waited_for([Asked("A", "ANY"), Asked("B", "ANY", "DISAGREE")]) == ()


def test_a_delegated_task_waits_whatever_others_have_signed() -> None:
    asked = [Asked("A", "ANY", "AGREE"), Asked("B", "ANY"), Asked("C", "DELEGATE")]
    assert waited_for(asked) == ("C",)
    assert waited_for([Asked("C", "DELEGATE", "DONE")]) == ()
