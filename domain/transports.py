"""How things may travel: services, what is sent, who may carry what, and waybill numbers.

Sources: docs/rules.md A8 (人社部发〔2021〕112号: special-category files by 机要通信 or messenger
only, the person never carries a file), D R2, C1 (S10 check digit of postal items).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import StrEnum

from domain.errors import DomainError


class Service(StrEnum):
    """The way a parcel travels."""

    CONFIDENTIAL_POST = "CONFIDENTIAL_POST"  # 机要通信
    MESSENGER = "MESSENGER"  # 专人送取
    EMS = "EMS"  # 特快专递
    REGISTERED_MAIL = "REGISTERED_MAIL"  # 挂号信
    ORDINARY_MAIL = "ORDINARY_MAIL"  # 平信
    BY_PERSON = "BY_PERSON"  # 本人携带

    @property
    def label(self) -> str:
        """The Chinese name."""
        return _LABELS[self]


class ItemKind(StrEnum):
    """What is in a parcel."""

    PERSONNEL_FILE = "PERSONNEL_FILE"  # 流动人员人事档案
    SPECIAL_FILE = "SPECIAL_FILE"  # 机要管理对象的人事档案
    ORIGINAL = "ORIGINAL"  # 申请人的原件
    RESULT = "RESULT"  # 办理结果证件
    VEHICLE_PAPER = "VEHICLE_PAPER"  # 号牌、登记证书
    COPY = "COPY"  # 复印件
    RECEIPT = "RECEIPT"  # 回执


_LABELS: Mapping[Service, str] = {
    Service.CONFIDENTIAL_POST: "机要通信",
    Service.MESSENGER: "专人送取",
    Service.EMS: "邮政特快专递",
    Service.REGISTERED_MAIL: "挂号邮寄",
    Service.ORDINARY_MAIL: "平信",
    Service.BY_PERSON: "本人携带",
}
_TRACED = frozenset(
    {Service.CONFIDENTIAL_POST, Service.MESSENGER, Service.EMS, Service.REGISTERED_MAIL}
)
#: Which services may carry which kind.
ALLOWED: Mapping[ItemKind, frozenset[Service]] = {
    ItemKind.PERSONNEL_FILE: _TRACED,
    ItemKind.SPECIAL_FILE: frozenset({Service.CONFIDENTIAL_POST, Service.MESSENGER}),
    ItemKind.ORIGINAL: _TRACED,
    ItemKind.RESULT: _TRACED,
    ItemKind.VEHICLE_PAPER: _TRACED,
    ItemKind.COPY: frozenset(Service),
    ItemKind.RECEIPT: frozenset(Service),
}


class TransportProblem(StrEnum):
    """Why a way of sending is refused."""

    NOT_ALLOWED = "TRANSPORT_NOT_ALLOWED"
    BAD_WAYBILL = "BAD_WAYBILL"


def allowed_services(kinds: Iterable[ItemKind]) -> frozenset[Service]:
    """The services that may carry all of these together."""
    found = frozenset(Service)
    for kind in kinds:
        found &= ALLOWED[kind]
    return found


def refuse_transport(service: Service, kinds: Iterable[ItemKind]) -> None:
    """Raise DomainError where the service may not carry one of these."""
    allowed = allowed_services(kinds)
    if service not in allowed:
        names = "、".join(one.label for one in Service if one in allowed)
        raise DomainError(
            TransportProblem.NOT_ALLOWED, f"本件不得以{service.label}寄递；请改用{names}。"
        )


_S10 = re.compile(r"[A-Z]{2}(\d{8})(\d)[A-Z]{2}")
_S10_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)
_DOMESTIC_EMS = re.compile(r"\d{13}")
_OPAQUE = re.compile(r"\S{1,40}")


def s10_check_digit(serial: str) -> int:
    """The check digit of eight digits: 11 - sum mod 11, where 10 becomes 0 and 11 becomes 5."""
    rest = 11 - sum(int(d) * w for d, w in zip(serial, _S10_WEIGHTS, strict=True)) % 11
    return {10: 0, 11: 5}.get(rest, rest)


def waybill_fits(service: Service, number: str) -> bool:
    """Whether a waybill number can be one of the service's.

    Postal items have an S10 number with its check digit or thirteen digits without one; 机要 and
    messenger numbers are opaque.
    """
    if service in (Service.EMS, Service.REGISTERED_MAIL):
        match = _S10.fullmatch(number)
        if match:
            return s10_check_digit(match[1]) == int(match[2])
        return _DOMESTIC_EMS.fullmatch(number) is not None
    return _OPAQUE.fullmatch(number) is not None


def refuse_waybill(service: Service, number: str) -> None:
    """Raise DomainError where the number cannot be one of the service's."""
    if not waybill_fits(service, number):
        raise DomainError(
            TransportProblem.BAD_WAYBILL, f"{service.label}单号不正确；请对照面单重新录入。"
        )
