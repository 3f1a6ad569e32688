"""Issuing a slip: its code is made from its content, then it is printed. Called by the console."""

from __future__ import annotations

from dataclasses import dataclass

from slips.compose import compose
from slips.kinds import SlipKind
from slips.model import Slip
from slips.render import Facts, build
from slips.substitutes import unprintable
from slips.verification import digest, verification_code


@dataclass(frozen=True, slots=True)
class Issued:
    """A slip as handed out, and what is stored about it.

    `content` is the digest that `verify` asks for. `missing` are the characters printed as
    〔U+hex〕, so that the clerk is told before handing the paper over.
    """

    pdf: bytes
    verification_code: str
    content: str
    missing: tuple[str, ...]


def issue(kind: SlipKind, facts: Facts, *, secret: bytes, case_no: str) -> Issued:
    """Make code and PDF of a slip from facts without `verification_code`.

    The same facts give the same code and the same bytes, so a reprint is the same paper. Raises
    as `slips.render.build` and `slips.verification.verification_code` do.
    """
    content = digest(facts)
    code = verification_code(
        secret,
        kind=kind.value,
        number=str(facts.get("number", "")),
        case_no=case_no,
        content=content,
    )
    slip: Slip = build(kind, {**facts, "verification_code": code})
    return Issued(compose(slip), code, content, unprintable(slip))
