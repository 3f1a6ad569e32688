"""The home office's side of a proxied matter as its steps share it, and its typed endings."""

from __future__ import annotations

from dataclasses import dataclass

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.cases import PinnedLimit
    from contracts.letters import FEE_BACK, Letter, LetterVerb, ReceiptCode
    from domain.casework import ActCode, Ending
    from domain.general_tasks import GeneralTask
    from domain.schemes.proxy_matters import Proxied, decision_limit, proxied
    from workflows.happenings import Happening
    from workflows.leg_case import LegCase, LegRefuses
    from workflows.parcel_in import ParcelIn
    from workflows.proxy_parcels import Sending


class HomeOfficeRefuses(LegRefuses):
    """A refusal of the home office: which act it is, and how the leg ends."""

    act = ActCode.NOT_GRANTED
    ending = Ending.REFUSED


class NotAccepted(HomeOfficeRefuses):
    """不予受理."""

    act = ActCode.NOT_ACCEPTED
    ending = Ending.NOT_ACCEPTED


class CorrectionLapsed(HomeOfficeRefuses):
    """补交不来."""

    act = ActCode.LAPSED
    ending = Ending.LAPSED


@dataclass(slots=True)
class ProxyLeg(LegCase):
    """One application of a window. ``awaiting``: the letters of the window that fit just now."""

    awaiting: frozenset[LetterVerb] = frozenset()
    originals: ParcelIn | None = None  # checked in here
    checking_in: bool = False
    result: Sending | None = None
    fee_paid: bool = False

    @property
    def by_parcel(self) -> bool:
        """Whether originals and result travel as things."""
        return self.request.facts.get("originals") == "yes"

    @property
    def proxied(self) -> Proxied:
        """The matter's register and limits."""
        return proxied(self.request.matter)

    @property
    def decision_limit(self) -> PinnedLimit:
        """The limit of the decision: the matter's policy, or the item's own."""
        rules, one = self.filing.rules, self.proxied
        if not one.limit:
            return rules.review
        key = decision_limit(one, self.request.from_locality, self.filing.locality)
        return rules.limits[key]

    @property
    def granted_act(self) -> ActCode:
        """准予签发; a company provides its service and decides nothing."""
        terms = self.filing.general
        return ActCode.GRANTED if terms is None or terms.authority else ActCode.SERVED

    @property
    def fee_fen(self) -> int:
        """What this office's definition of the item asks for the document."""
        return self.filing.general.fee_fen if self.filing.general is not None else 0

    @property
    def validity_months(self) -> int | None:
        """How long the document lasts; None where nobody says."""
        if self.filing.general is not None:
            return self.filing.general.validity_months
        key = self.proxied.validity
        return self.filing.rules.numbers[key] if key else None

    def judge(self, letter: Letter) -> ReceiptCode | None:
        """Corrections and the delivery's confirmation, when they are waited for."""
        if letter.verb in (LetterVerb.AMENDED, LetterVerb.CONFIRM, LetterVerb.PROGRESS):
            return None if letter.verb in self.awaiting else ReceiptCode.NOT_EXPECTED
        return LegCase.judge(self, letter)

    def said_on_receipt(self, letter: Letter) -> dict[str, str]:
        """Who withdraws hears at once that a fee goes back: the window closes with the receipt."""
        if letter.verb is not LetterVerb.WITHDRAW or not (self.fee_paid or self._being_paid):
            return {}
        return {FEE_BACK: str(self.fee_fen)}

    @property
    def _being_paid(self) -> bool:
        """Whether the payment stands decided before this step and is worked on next."""
        return any(
            task.decided and task.spec.kind == GeneralTask.PAYMENT
            for task in self.desk.tasks.values()
        )

    async def next(self) -> Happening:
        """While a parcel is checked in, a withdrawal waits until its content is safe (X2)."""
        return await (self.desk.next() if self.checking_in else LegCase.next(self))
