"""The form check of any item: who applies, which materials are asked, promised or handed in later.

Called by filing. What data or a licence replaces is not asked (免提交); 告知承诺 and 容缺受理 are
open only for the materials that the definition names (docs/rules.md B3).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from domain.intake_rules import Defect, DefectCode


class GeneralCode(StrEnum):
    """Why an item is not taken in."""

    ON_SITE = "ON_SITE"
    WRONG_MODE = "WRONG_MODE"
    PEER_MISSING = "PEER_MISSING"
    SEVERAL_PROCEDURES = "SEVERAL_PROCEDURES"
    MODE_OF_ITS_OWN = "MODE_OF_ITS_OWN"
    PROMISE_BARRED = "PROMISE_BARRED"


@dataclass(frozen=True, slots=True)
class MaterialNeed:
    """A material of a definition as the form check takes it."""

    type: str
    name: str
    required: bool
    replaced_by: str | None = None  # data or a licence that stands for it (免提交)
    promise: bool = False
    deferrable: bool = False


def wrong_choices(
    needs: Collection[MaterialNeed],
    promised: Collection[str],
    deferred: Collection[str],
    *,
    proxied: bool = False,
) -> Iterator[Defect]:
    """Promises and deferrals of what is not open to them.

    ``proxied``: a window collects for another place. Whether a promise or a later paper suffices is
    that place's to say, and its after-check is no window's; so nothing is open to either.
    """
    known = {need.type: need for need in needs}
    if proxied:
        yield from _not_collected(known, promised, "告知承诺", DefectCode.PROMISE_NOT_OFFERED)
        yield from _not_collected(known, deferred, "容缺受理", DefectCode.NOT_DEFERRABLE)
        return
    for type_ in promised:
        if type_ not in known or not known[type_].promise:
            open_to = "、".join(need.name for need in needs if need.promise) or "无"
            yield Defect(
                DefectCode.PROMISE_NOT_OFFERED,
                type_,
                f"材料 {type_} 不实行告知承诺。",
                f"本事项可以告知承诺的材料：{open_to}；其余请提交材料。",
            )
    for type_ in deferred:
        if type_ not in known or not known[type_].deferrable:
            open_to = "、".join(need.name for need in needs if need.deferrable) or "无"
            yield Defect(
                DefectCode.NOT_DEFERRABLE,
                type_,
                f"材料 {type_} 不实行容缺受理。",
                f"本事项可以容缺的材料：{open_to}；其余请提交材料。",
            )


def _not_collected(
    known: Mapping[str, MaterialNeed], chosen: Collection[str], option: str, code: DefectCode
) -> Iterator[Defect]:
    for type_ in chosen:
        name = known[type_].name if type_ in known else type_
        yield Defect(
            code,
            type_,
            f"异地代收的申请不适用{option}（{name}）。",
            f"请提交{name}，或者直接向有权办理的机关申请。",
        )


def missing_materials(
    needs: Collection[MaterialNeed],
    given: Collection[str],
    promised: Collection[str] = (),
    deferred: Collection[str] = (),
) -> Iterator[Defect]:
    """What still has to be handed in, all at once (一次性告知)."""
    covered = {*given, *promised, *deferred}
    for need in needs:
        if need.required and need.replaced_by is None and need.type not in covered:
            yield Defect(
                DefectCode.DOCUMENT_MISSING, need.type, f"缺少{need.name}。", f"请补交{need.name}。"
            )
