"""All outside systems of one locality, opened and closed together; used by the worker."""

from dataclasses import dataclass
from typing import Self

from adapters.education.client import EducationClient
from adapters.http import OutsideHttp
from adapters.marriage.client import MarriageClient
from adapters.notices.client import NoticeClient
from adapters.population.client import PopulationClient
from adapters.protocols import (
    EducationRegister,
    MarriageRegister,
    NoticeGateway,
    PopulationRegister,
)


@dataclass(frozen=True, slots=True)
class OutsideSystems:
    """What one locality reaches outside. Activities see only the protocols, so that an office may
    put its own client in place of any of these (`dataclasses.replace`)."""

    population: PopulationRegister
    marriage: MarriageRegister
    education: EducationRegister
    notices: NoticeGateway
    opened: tuple[OutsideHttp, ...] = ()

    @classmethod
    def at(
        cls,
        *,
        population: str,
        marriage: str,
        education: str,
        notices: str,
        timeout_seconds: float = 5.0,
    ) -> Self:
        """HTTP clients for the given base URLs; nothing is connected yet."""
        p = PopulationClient(population, timeout_seconds=timeout_seconds)
        m = MarriageClient(marriage, timeout_seconds=timeout_seconds)
        e = EducationClient(education, timeout_seconds=timeout_seconds)
        n = NoticeClient(notices, timeout_seconds=timeout_seconds)
        return cls(population=p, marriage=m, education=e, notices=n, opened=(p, m, e, n))

    async def aclose(self) -> None:
        for client in self.opened:
            await client.aclose()
