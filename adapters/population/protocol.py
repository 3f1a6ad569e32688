"""The police's population store of one locality, as the activities see it.

One register per locality: each knows only the registrations of its own stations. Every write is
an order with a key: a repeat returns the first receipt, other content under that key is refused
with KEY_REUSED. Acts: 户口登记条例 art 6, 8, 10, 13; A1-X (b), (c) for reissue and restoration.
"""

from typing import Protocol

from adapters.population.models import (
    CancelOrder,
    CloseOrder,
    DeathOrder,
    IdentityOrder,
    LandOrder,
    RegisterReceipt,
    Registration,
    RegistrationFact,
    ReplaceOrder,
    RestoreOrder,
)


class PopulationRegister(Protocol):
    """Every method raises OutsideUnavailable (repeat) or OutsideRefusal (a typed no)."""

    async def look_up(self, id_no: str, *, case_no: str, purpose: str) -> Registration | None:
        """The registration kept here, whatever its status; None when there was never one.

        A number that was corrected since finds the same person: compare `id_no` of the answer.
        """

    async def cancel_for_move(self, order: CancelOrder) -> RegisterReceipt:
        """Refusals: NOT_REGISTERED, DECEASED, UNDER_INVESTIGATION, WRONG_STATUS,
        CERTIFICATE_SPENT."""

    async def replace_certificate(self, order: ReplaceOrder) -> RegisterReceipt:
        """Refusals: NOT_REGISTERED, DECEASED, WRONG_STATUS, CERTIFICATE_DIFFERS,
        CERTIFICATE_SPENT."""

    async def close_moved(self, order: CloseOrder) -> RegisterReceipt:
        """Refusals: NOT_REGISTERED, DECEASED, WRONG_STATUS, CERTIFICATE_DIFFERS."""

    async def restore(self, order: RestoreOrder) -> RegisterReceipt:
        """Refusals: NOT_REGISTERED, DECEASED, WRONG_STATUS, CERTIFICATE_DIFFERS."""

    async def land(self, order: LandOrder) -> RegisterReceipt:
        """Refusals: ALREADY_ACTIVE, DECEASED, UNDER_INVESTIGATION, WRONG_STATUS (in transit from
        here), CERTIFICATE_SPENT."""

    async def record_death(self, order: DeathOrder) -> RegisterReceipt:
        """Refusals: NOT_REGISTERED, DECEASED, WRONG_STATUS."""

    async def correct_identity(self, order: IdentityOrder) -> RegisterReceipt:
        """Refusals: NOT_REGISTERED, DECEASED, IDENTITY_DIFFERS, IDENTITY_TAKEN."""

    async def snapshot(self) -> list[RegistrationFact]:
        """Every registration, for checking H1-H4 in rehearsals and tests; no case number is
        behind it, so a real register may well not offer it."""
