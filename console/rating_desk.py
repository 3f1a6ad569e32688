"""Where ratings and appeals come in, and who may see what of them.

Used by the command line and by the console's JSON endpoint. A rating is the applicant's: proven by
the verification code of a slip of the case, or by the telephone number together with the last six
digits of the identity number of the application. No clerk can give one.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from activities.lead_office import lead_office
from activities.rating_filing import Offered, take_appeal, take_rating
from catalog.catalog import Catalog
from console.applicant_proof import is_applicant
from console.errors import OfficeError, from_domain, not_written
from console.texts import check_texts
from contracts.commands import RejectionCode
from domain.calendar import SHANGHAI
from domain.errors import DomainError
from domain.offices import Role
from domain.ratings import Ground, Level, Party, RatingCode
from storage import rating_register
from storage.database import Database
from storage.rating_register import KeptRating

Record = dict[str, Any]


class RatingDesk:
    """Takes ratings and appeals of one locality."""

    def __init__(
        self, database: Database, catalog: Catalog, locality: str, slip_secret: bytes
    ) -> None:
        self._database = database
        self._catalog = catalog
        self._locality = locality
        self._secret = slip_secret

    async def rate(
        self,
        offered: Offered,
        *,
        secret: str = "",
        phone: str = "",
        id_tail: str = "",
        proven: bool = False,
        clerk: str | None = None,
        now: datetime | None = None,
    ) -> KeptRating:
        """Take the applicant's rating; OfficeError says why it is not taken.

        ``proven``: the page that asks has seen the proof already.
        """
        now = now or datetime.now(UTC)
        if clerk is not None:
            raise OfficeError(
                RatingCode.OFFICE_MAY_NOT_RATE,
                "评价只能由申请人本人作出，工作人员不得代评、自评；请去掉工作人员编号后由本人评价。",
            )
        self._check_words(offered.words, now)
        try:
            async with self._database.write() as connection:
                known = await rating_register.ratable(connection, offered.case_no)
                if known is not None and not proven:
                    await self._check_proof(connection, offered.case_no, secret, phone, id_tail)
                return await take_rating(connection, self._catalog, self._locality, offered, now)
        except DomainError as error:
            raise from_domain(error) from error
        except (DBAPIError, OSError) as error:
            raise not_written(error) from error

    async def appeal(
        self,
        rating_no: str,
        ground: Ground,
        words: str,
        *,
        clerk: str | None = None,
        secret: str = "",
        phone: str = "",
        id_tail: str = "",
        now: datetime | None = None,
    ) -> str:
        """Take an appeal of the rated office, or of the person who rated; the reviewing case."""
        now = now or datetime.now(UTC)
        self._check_words(words, now)
        try:
            async with self._database.write() as connection:
                rating = await rating_register.find(connection, rating_no)
                if rating is None:
                    raise _unknown(rating_no)
                if clerk is None:
                    await self._check_proof(connection, rating.case_no, secret, phone, id_tail)
                else:
                    self._check_appellant(clerk, rating)
                return await take_appeal(
                    connection,
                    self._catalog,
                    self._locality,
                    rating,
                    party=Party.PERSON if clerk is None else Party.OFFICE,
                    ground=ground,
                    words=words,
                    by=clerk or "APPLICANT",
                    at=now,
                )
        except DomainError as error:
            raise from_domain(error) from error
        except (DBAPIError, OSError) as error:
            raise not_written(error) from error

    def shown(self, rows: list[Record], clerk: str | None) -> list[Record]:
        """What this reader may see, as of `shown_to`."""
        return shown_to(clerk, rows, self._catalog, self._locality)

    def _check_appellant(self, clerk: str, rating: KeptRating) -> None:
        known = self._catalog.clerk(clerk)
        if known.office != rating.office:
            raise OfficeError(
                RejectionCode.FOREIGN_OFFICE, "只有被评价的机构可以申诉；请由该机构提出。"
            )
        if Role.SUPERVISOR in known.roles:
            raise OfficeError(
                RejectionCode.MISSING_ROLE, "申诉由督办员复核，督办员不能自己申诉；请由经办人提出。"
            )

    def _check_words(self, words: str, now: datetime) -> None:
        limit = self._catalog.policy(
            "text.max_chars", self._locality, on=now.astimezone(SHANGHAI).date()
        ).as_number()
        check_texts({"words": words}, limit)

    async def _check_proof(
        self, connection: AsyncConnection, case_no: str, secret: str, phone: str, id_tail: str
    ) -> None:
        """DomainError NOT_THE_APPLICANT unless one of the two proofs holds."""
        if await is_applicant(
            connection, self._secret, case_no, secret=secret, phone=phone, id_tail=id_tail
        ):
            return
        raise DomainError(
            RatingCode.NOT_THE_APPLICANT,
            "不能确认是申请人本人；请填写收件凭证上的验证码，"
            "或申请时的联系电话和身份证件号码后六位。",
        )


def shown_to(
    clerk: str | None, rows: list[Record], catalog: Catalog, locality: str
) -> list[Record]:
    """What this reader may see of ratings: only the lead office's supervisors see of whom a rating
    is, others with the person's consent."""
    return [one if _sees(one, clerk, catalog, locality) else _masked(one) for one in rows]


def _sees(one: Record, clerk: str | None, catalog: Catalog, locality: str) -> bool:
    if clerk is None:
        return False
    known = catalog.clerk(clerk)
    leads = known.office == lead_office(catalog, locality)
    if leads and Role.SUPERVISOR in known.roles and one["clerk"] != clerk:
        return True
    return bool(one["consent"]) and known.office == one["office"]


def _masked(one: Record) -> Record:
    hidden = dict.fromkeys(("case_no", "words", "digest", "platform_no"))
    told = {**one, **hidden, "given_at": one["given_at"].astimezone(SHANGHAI).date()}
    return {**told, "appeals": [{**row, "words": None} for row in one["appeals"]]}


def _unknown(rating_no: str) -> DomainError:
    return DomainError(RatingCode.UNKNOWN_RATING, f"没有评价 {rating_no}；请到评价列表核对编号。")


def levels() -> str:
    """The five levels as a person may name them."""
    return "、".join(f"{one.value}（{one.label}）" for one in Level)
