"""Reading the decision form of a task: what was typed, and what each field still lacks.

Called by `console.web.tasks`. Which fields there are follows from the outcome's row in
`domain.task_table`, so that a form never asks less than the case does.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from starlette.datastructures import FormData

from contracts.commands import RejectionCode
from domain.tasks import OutcomeSpec

#: Empty lines that a growing list shows at first.
_LINES = 3
#: At which field a refusal of the running case is shown.
FIELD_OF = {
    RejectionCode.MISSING_REASON: "reason",
    RejectionCode.HEARING_RECORD_NOT_CITED: "reason",
    RejectionCode.UNKNOWN_REASON: "reason_code",
    RejectionCode.UNKNOWN_PERSON: "persons",
    RejectionCode.NO_EARLIER_STEP: "return_to",
}


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in a decision form, as typed."""

    outcome: str = ""
    reason: str = ""
    reason_code: str = ""
    return_to: str = ""
    defects: tuple[str, ...] = ()
    remedy: str = ""
    evidence: str = ""
    persons: tuple[int, ...] = ()
    counted: tuple[tuple[str, str], ...] = ()
    sure: bool = False
    lines: int = _LINES
    errors: dict[str, str] = field(default_factory=dict)

    @property
    def given_defects(self) -> tuple[str, ...]:
        """The lines that say something."""
        return tuple(text for line in self.defects if (text := line.strip()))

    @property
    def counts(self) -> dict[str, int]:
        """Pieces by item code, of the lines that are whole."""
        return {
            code.strip(): int(number)
            for code, number in self.counted
            if code.strip() and _is_count(number)
        }

    def texts(self) -> dict[str, str]:
        """What is written, by field."""
        return {
            "reason": self.reason,
            "remedy": self.remedy,
            "evidence": self.evidence,
            "defects": "\n".join(self.given_defects),
        }


def read(form: FormData, *, grow: int = 0) -> Typed:
    """The form as it came; ``grow``: how many more lines its lists shall have."""

    def text(name: str) -> str:
        value = form.get(name, "")
        return value.replace("\r\n", "\n").strip() if isinstance(value, str) else ""

    def many(name: str) -> list[str]:
        return [value for value in form.getlist(name) if isinstance(value, str)]

    defects = tuple(many("defect"))
    codes, numbers = many("counted_code"), many("counted_number")
    return Typed(
        outcome=text("outcome"),
        reason=text("reason"),
        reason_code=text("reason_code"),
        return_to=text("return_to"),
        defects=defects,
        remedy=text("remedy"),
        evidence=text("evidence"),
        persons=tuple(int(one) for one in many("person") if one.isascii() and one.isdigit()),
        counted=tuple(zip(codes, numbers, strict=False)),
        sure=bool(text("sure")),
        lines=max(_LINES, len(defects), len(codes)) + grow,
    )


def missing(typed: Typed, spec: OutcomeSpec, persons: Collection[int]) -> dict[str, str]:
    """By field what the outcome needs and the form does not say."""
    errors: dict[str, str] = {}
    if spec.needs_reason and not typed.reason:
        errors["reason"] = "请写明理由。"
    if spec.reason_codes and typed.reason_code not in spec.reason_codes:
        errors["reason_code"] = "请选择一项理由。"
    if typed.return_to and typed.return_to not in spec.returns_to:
        errors["return_to"] = "本件没有经过这个环节，请重新选择。"
    if spec.needs_defects and not typed.given_defects:
        errors["defects"] = "请逐项写明须补正的内容，一次列全。"
    if spec.needs_evidence and not typed.evidence:
        errors["evidence"] = "请写明依据的材料。"
    if set(typed.persons) - set(persons):
        errors["persons"] = "所选人员不在本件中，请重新选择。"
    if spec.needs_count:
        whole = [code for code, number in typed.counted if code.strip() and _is_count(number)]
        begun = [code for code, number in typed.counted if code.strip() or number.strip()]
        if not whole or len(whole) < len(begun) or len(set(whole)) < len(whole):
            errors["counted"] = "请逐项写明清单编号和实收数目（不小于零的整数），每项一行。"
    return errors


def unsure(typed: Typed, spec: OutcomeSpec) -> bool:
    """Whether a person has yet to say that what cannot be taken back is meant."""
    return spec.final and not typed.sure


def _is_count(number: str) -> bool:
    plain = number.strip()
    return plain.isascii() and plain.isdigit() and len(plain) < 7
