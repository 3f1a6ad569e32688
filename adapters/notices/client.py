"""The notice gateway over HTTP; built by the composition root, called by activities."""

from collections.abc import Mapping
from typing import ClassVar

from adapters.http import OutsideHttp
from adapters.notices.protocol import Notice, NoticeReceipt, NoticeRefusal


class NoticeClient(OutsideHttp):
    """Implements adapters.notices.protocol.NoticeGateway."""

    system: ClassVar[str] = "短信通知平台"
    sentences: ClassVar[Mapping[str, str]] = {
        NoticeRefusal.PHONE_NOT_REACHABLE: "联系电话无法送达短信，请另行联系申请人"
    }

    async def send(self, notice: Notice) -> NoticeReceipt:
        return await self._order("send", notice, NoticeReceipt)
