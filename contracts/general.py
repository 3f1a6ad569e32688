"""What a case under a generic procedure is handled by: its definition, pinned when it was filed.

Part of :class:`contracts.cases.CaseFiling` and of the letters to those who take part. Structure
only: codes, labels and offices, never anything about a person.
"""

from __future__ import annotations

from contracts.payload import Payload


class PinnedStep(Payload):
    """One step at one office. ``kind`` is a `catalog.definition_models.StepKind`."""

    kind: str
    label: str
    office: str
    role: str
    on_site: bool = False


class PinnedPart(Payload):
    """What somebody else performs. ``locality`` other than the case's own: a leg by letter.

    ``before``: REVIEW (前置联办) or CONCLUSION (一般联办). ``on_commitment``: the case may go on
    without it when it is late and the applicant has promised, and is checked afterwards.
    """

    number: int
    organ: str
    label: str
    locality: str
    office: str
    before: str = "REVIEW"
    required: bool = True
    on_commitment: bool = False


class GeneralTerms(Payload):
    """The pinned definition of one item in one mode.

    ``modes``: what the item offers, for a change of mode. ``competent``: the office that decides;
    ``authority`` False: a company that provides a service and decides nothing in law.
    ``promised`` and ``deferred`` are the types of materials that a written promise of this
    applicant stands for (告知承诺) and that follow after acceptance (容缺受理); ``checks`` the
    registers that can answer instead of a person.
    """

    item: str
    version: str
    mode: str
    modes: tuple[str, ...]
    competent: str
    steps: tuple[PinnedStep, ...]
    parts: tuple[PinnedPart, ...] = ()
    straight_through: bool = False
    checks: tuple[str, ...] = ()
    promised: tuple[str, ...] = ()
    deferred: tuple[str, ...] = ()
    result_name: str = ""
    result_kind: str = ""
    result_electronic: bool = True
    validity_months: int | None = None
    fee_fen: int = 0
    authority: bool = True

    @property
    def rule(self) -> str:
        """What an act without a person rests on: the item and the version of its definition."""
        return f"{self.item}@{self.version}"

    def step(self, kind: str) -> PinnedStep | None:
        """The step of that kind, or None where the definition has none."""
        return next((one for one in self.steps if one.kind == kind), None)

    def office(self, kind: str) -> str:
        """The office of that step; the competent one where the definition has none."""
        found = self.step(kind)
        return found.office if found else self.competent
