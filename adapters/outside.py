"""All outside systems of one locality, opened and closed together; used by the worker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, Self

from adapters.bank.client import BankClient
from adapters.courier.client import CourierClient
from adapters.education.client import EducationClient
from adapters.evaluation.client import EvaluationClient
from adapters.hotline.client import HotlineClient
from adapters.http import OutsideHttp
from adapters.marriage.client import MarriageClient
from adapters.notices.client import NoticeClient
from adapters.population.client import PopulationClient
from adapters.protocols import (
    Bank,
    BusinessRegister,
    Courier,
    EducationRegister,
    EvaluationPlatform,
    Hotline,
    MarriageRegister,
    NoticeGateway,
    PopulationRegister,
)
from adapters.registers.client import RegistersClient


class Addresses(Protocol):
    """Base URLs of one locality's outside systems; not every one has the last two."""

    @property
    def population(self) -> str: ...
    @property
    def marriage(self) -> str: ...
    @property
    def education(self) -> str: ...
    @property
    def notices(self) -> str: ...
    @property
    def registers(self) -> str: ...
    @property
    def bank(self) -> str: ...
    @property
    def courier(self) -> str: ...
    @property
    def evaluation(self) -> str | None: ...
    @property
    def hotline(self) -> str | None: ...


@dataclass(frozen=True, slots=True)
class OutsideSystems:
    """What one locality reaches outside. Activities see only the protocols, so that an office may
    put its own client in place of any of these (`dataclasses.replace`)."""

    population: PopulationRegister
    marriage: MarriageRegister
    education: EducationRegister
    notices: NoticeGateway
    registers: BusinessRegister
    bank: Bank
    courier: Courier
    evaluation: EvaluationPlatform | None = None
    hotline: Hotline | None = None
    opened: tuple[OutsideHttp, ...] = ()

    @classmethod
    def at(cls, addresses: Addresses, *, timeout_seconds: float = 5.0) -> Self:
        """HTTP clients for the given base URLs; nothing is connected yet."""
        at, wait = addresses, timeout_seconds
        p = PopulationClient(at.population, timeout_seconds=wait)
        m = MarriageClient(at.marriage, timeout_seconds=wait)
        e = EducationClient(at.education, timeout_seconds=wait)
        n = NoticeClient(at.notices, timeout_seconds=wait)
        r = RegistersClient(at.registers, timeout_seconds=wait)
        b = BankClient(at.bank, timeout_seconds=wait)
        c = CourierClient(at.courier, timeout_seconds=wait)
        v = EvaluationClient(at.evaluation, timeout_seconds=wait) if at.evaluation else None
        h = HotlineClient(at.hotline, timeout_seconds=wait) if at.hotline else None
        return cls(
            population=p,
            marriage=m,
            education=e,
            notices=n,
            registers=r,
            bank=b,
            courier=c,
            evaluation=v,
            hotline=h,
            opened=(p, m, e, n, r, b, c, *((v,) if v else ()), *((h,) if h else ())),
        )

    async def aclose(self) -> None:
        for client in self.opened:
            await client.aclose()
