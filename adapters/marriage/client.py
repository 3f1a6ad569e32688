"""The marriage register over HTTP; built by the composition root, called by activities."""

from typing import ClassVar

from adapters.http import OutsideHttp
from adapters.marriage.protocol import MarriageRecord


class MarriageClient(OutsideHttp):
    """Implements adapters.marriage.protocol.MarriageRegister."""

    system: ClassVar[str] = "婚姻登记库"

    async def verify(
        self, id_a: str, id_b: str, *, case_no: str, purpose: str
    ) -> MarriageRecord | None:
        question = {"id_a": id_a, "id_b": id_b}
        return await self._ask("verify", question, MarriageRecord, case_no=case_no, purpose=purpose)
