"""Whether somebody is the applicant of a case, without an account: two proofs, of which one must
hold.

The verification code of a slip of the case, or the telephone number of the application together
with the last six digits of the first person's identity number. Used by ratings and by the progress
page. The answer never says which part was wrong, nor whether the case exists.
"""

from __future__ import annotations

import hmac

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from domain.errors import DomainError
from domain.phones import check_phone
from slips.verification import Verdict, normalised, verify
from storage.case_tables import Case, Person
from storage.slips import by_code

_TAIL = 6


async def is_applicant(
    connection: AsyncConnection,
    slip_secret: bytes,
    case_no: str,
    *,
    secret: str = "",
    phone: str = "",
    id_tail: str = "",
) -> bool:
    """Whether one of the two proofs holds for this case."""
    if secret and await _slip_proves(connection, slip_secret, case_no, secret):
        return True
    return bool(phone and id_tail) and await _person_proves(connection, case_no, phone, id_tail)


async def _slip_proves(
    connection: AsyncConnection, slip_secret: bytes, case_no: str, secret: str
) -> bool:
    code = normalised(secret)
    slip = await by_code(connection, code) if code else None
    if slip is None or slip.case_no != case_no or code is None:
        return False
    return (
        verify(
            code,
            slip_secret,
            kind=slip.kind,
            number=slip.number,
            case_no=slip.case_no,
            content=slip.content,
        )
        is Verdict.RIGHT
    )


async def _person_proves(
    connection: AsyncConnection, case_no: str, phone: str, id_tail: str
) -> bool:
    row = (
        await connection.execute(
            select(Case.phone, Person.id_no)
            .join(Person, Person.case_no == Case.case_no)
            .where(Case.case_no == case_no, Person.number == 1)
        )
    ).one_or_none()
    if row is None or not row.phone or len(id_tail) != _TAIL:
        return False
    right = f"{row.phone}|{row.id_no[-_TAIL:]}"
    return hmac.compare_digest(right.encode(), f"{_dialled(phone)}|{id_tail.upper()}".encode())


def _dialled(phone: str) -> str:
    """As applications keep it; what is no number proves nothing."""
    try:
        return check_phone(phone)
    except DomainError:
        return phone
