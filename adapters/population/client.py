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
    RegisterRefusal,
    Registration,
    RegistrationFact,
    ReplaceOrder,
    RestoreOrder,
)

SENTENCES: Mapping[str, str] = {
    RegisterRefusal.NOT_REGISTERED: "人口库中没有此人在本地的登记，请核对身份号码和户口所在地",
    RegisterRefusal.WRONG_STATUS: "此人的户口状态不允许办理这一事项，请先查询当前状态",
    RegisterRefusal.CERTIFICATE_DIFFERS: "户口迁移证编号与人口库登记的不一致，请核对证件编号",
    RegisterRefusal.CERTIFICATE_SPENT: "该户口迁移证编号已使用或已作废，请使用新的编号",
    RegisterRefusal.ALREADY_ACTIVE: "此人在本地已有有效户口登记，不能再次落户",
    RegisterRefusal.DECEASED: "人口库中此人已登记死亡，请核实后转有关部门处理",
    RegisterRefusal.UNDER_INVESTIGATION: "此人的户口登记正在核查（重复户口），请待核查结束后再办",
    RegisterRefusal.IDENTITY_DIFFERS: "原姓名与人口库登记的不一致，请核对后再办更正",
    RegisterRefusal.IDENTITY_CORRECTED: "此身份号码已更正，请按更正后的号码办理",
    RegisterRefusal.IDENTITY_TAKEN: "更正后的身份号码已登记在他人名下，请核查",
}


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
