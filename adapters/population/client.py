"""The population register over HTTP; built by the composition root, called by activities."""

from collections.abc import Mapping
from typing import ClassVar

from adapters.errors import OutsideMalformed
from adapters.http import OutsideHttp
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
from adapters.population.sentences import SENTENCES


class PopulationClient(OutsideHttp):
    """Implements adapters.population.protocol.PopulationRegister."""

    system: ClassVar[str] = "人口库"
    sentences: ClassVar[Mapping[str, str]] = SENTENCES

    async def look_up(self, id_no: str, *, case_no: str, purpose: str) -> Registration | None:
        return await self._ask(
            "look_up", {"id_no": id_no}, Registration, case_no=case_no, purpose=purpose
        )

    async def cancel_for_move(self, order: CancelOrder) -> RegisterReceipt:
        return await self._order("cancel_for_move", order, RegisterReceipt)

    async def replace_certificate(self, order: ReplaceOrder) -> RegisterReceipt:
        return await self._order("replace_certificate", order, RegisterReceipt)

    async def close_moved(self, order: CloseOrder) -> RegisterReceipt:
        return await self._order("close_moved", order, RegisterReceipt)

    async def restore(self, order: RestoreOrder) -> RegisterReceipt:
        return await self._order("restore", order, RegisterReceipt)

    async def land(self, order: LandOrder) -> RegisterReceipt:
        return await self._order("land", order, RegisterReceipt)

    async def record_death(self, order: DeathOrder) -> RegisterReceipt:
        return await self._order("record_death", order, RegisterReceipt)

    async def correct_identity(self, order: IdentityOrder) -> RegisterReceipt:
        return await self._order("correct_identity", order, RegisterReceipt)

    async def snapshot(self) -> list[RegistrationFact]:
        body = await self._post("snapshot", "{}", {})
        records = self._member(body, "records", "snapshot")
        if not isinstance(records, list):
            raise OutsideMalformed(f"{self.system}（snapshot）的答复不是登记列表")
        return [self._read(record, RegistrationFact, "snapshot") for record in records]
