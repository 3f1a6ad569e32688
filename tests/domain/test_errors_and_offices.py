"""Domain errors carry code, sentence and facts; roles and kinds of office have Chinese names."""

from __future__ import annotations

import pickle
from enum import StrEnum

import pytest

from domain.errors import DomainError
from domain.hukou_application import MigrationReason
from domain.limits import PauseReason
from domain.offices import ROLES_NEEDED, OfficeKind, Role


class Code(StrEnum):
    TOO_LATE = "TOO_LATE"


def test_an_error_carries_its_code_sentence_and_facts() -> None:
    error = DomainError(Code.TOO_LATE, "已超过期限，请重新申请。", limit=5)
    assert (error.code, str(error), error.facts) == (
        Code.TOO_LATE,
        "已超过期限，请重新申请。",
        {"limit": 5},
    )


def test_an_error_without_a_sentence_still_says_what_to_do() -> None:
    assert DomainError(Code.TOO_LATE).message == (
        "办理未能继续（TOO_LATE），请核对填写内容后再试。"
    )


def test_an_error_survives_pickling() -> None:
    error = pickle.loads(pickle.dumps(DomainError(Code.TOO_LATE, "请重新申请。", limit=5)))
    assert (error.code, error.message, error.facts) == (
        Code.TOO_LATE,
        "请重新申请。",
        {"limit": 5},
    )


@pytest.mark.parametrize("member", [*Role, *OfficeKind, *MigrationReason, *PauseReason])
def test_everything_people_choose_from_has_a_chinese_name(
    member: Role | OfficeKind | MigrationReason | PauseReason,
) -> None:
    assert not member.label.isascii()


@pytest.mark.parametrize("kind", list(OfficeKind))
def test_every_kind_of_office_says_which_roles_it_cannot_do_without(kind: OfficeKind) -> None:
    assert ROLES_NEEDED[kind]
