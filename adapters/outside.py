"""All outside systems of one locality, opened and closed together; used by the worker."""

from dataclasses import dataclass
from typing import Self

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
    def at(
        cls,
        *,
        population: str,
        marriage: str,
        education: str,
        notices: str,
        registers: str,
        bank: str,
        courier: str,
        evaluation: str | None = None,
        hotline: str | None = None,
        timeout_seconds: float = 5.0,
    ) -> Self:
        """HTTP clients for the given base URLs; nothing is connected yet.

        A locality may be without 好差评 platform and hotline.
        """
        wait = timeout_seconds
        p = PopulationClient(population, timeout_seconds=wait)
        m = MarriageClient(marriage, timeout_seconds=wait)
        e = EducationClient(education, timeout_seconds=wait)
        n = NoticeClient(notices, timeout_seconds=wait)
        r = RegistersClient(registers, timeout_seconds=wait)
        b = BankClient(bank, timeout_seconds=wait)
        c = CourierClient(courier, timeout_seconds=wait)
        v = EvaluationClient(evaluation, timeout_seconds=wait) if evaluation else None
        h = HotlineClient(hotline, timeout_seconds=wait) if hotline else None
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
