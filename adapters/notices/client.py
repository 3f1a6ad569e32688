"""The notice gateway over HTTP; built by the composition root, called by activities."""

from collections.abc import Mapping
from typing import ClassVar

from adapters.http import OutsideHttp
from adapters.notices.protocol import Notice, NoticeReceipt, NoticeRefusal, OfficeMessage


class NoticeClient(OutsideHttp):
    """Implements adapters.notices.protocol.NoticeGateway."""

    system: ClassVar[str] = "短信通知平台"
    sentences: ClassVar[Mapping[str, str]] = {
        NoticeRefusal.PHONE_NOT_REACHABLE: "联系电话无法送达短信，请另行联系申请人",
        NoticeRefusal.NO_MAILBOX: "消息平台没有该机构的信箱，请联系平台管理员登记",
    }

    async def send(self, notice: Notice) -> NoticeReceipt:
        return await self._order("send", notice, NoticeReceipt)

    async def tell_office(self, message: OfficeMessage) -> NoticeReceipt:
        return await self._order("tell_office", message, NoticeReceipt)
