"""The register of numbered papers: issue, change of status, and what came from a peer.

Called while a transition is written. A reissue voids the earlier paper in the same act (G2): the
unique index on live certificates would refuse anything else.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.ids import parse_case_number
from contracts.letters import CertificateRef
from contracts.transitions import Transition
from storage.paper_tables import Certificate
from storage.serials import new_certificate_number


async def issue_certificates(
    connection: AsyncConnection, transition: Transition
) -> dict[str, CertificateRef]:
    """Give each new paper its number; the earlier one of a reissue is voided first."""
    issued: dict[str, CertificateRef] = {}
    region = parse_case_number(transition.case_no).region
    for wanted in transition.certificates_issued:
        if wanted.replaces:
            await _change(connection, transition, wanted.replaces, "VOID", "REPLACED")
        number = await new_certificate_number(
            connection, wanted.kind, region, wanted.issued_on.year
        )
        valid_until = wanted.issued_on + timedelta(days=wanted.valid_days)
        await connection.execute(
            insert(Certificate).values(
                number=number,
                case_no=transition.case_no,
                key=wanted.key,
                kind=wanted.kind,
                issuer=region,
                office=wanted.office,
                person=wanted.person,
                status=wanted.status,
                issued_on=wanted.issued_on,
                valid_until=valid_until,
                replaces=wanted.replaces,
                made_in=transition.sequence,
                changed_at=transition.at,
            )
        )
        issued[wanted.key] = CertificateRef(
            number=number, person=wanted.person, valid_until=valid_until
        )
    return issued


async def change_certificates(connection: AsyncConnection, transition: Transition) -> None:
    """Move certificates on: VALID, USED, VOID."""
    for changed in transition.certificates_changed:
        await _change(connection, transition, changed.number, changed.status, changed.reason)


async def keep_received(connection: AsyncConnection, transition: Transition) -> None:
    """Keep a peer's certificate on the case; an earlier one of the same person becomes void."""
    for received in transition.certificates_received:
        await connection.execute(
            update(Certificate)
            .where(
                Certificate.case_no == transition.case_no,
                Certificate.kind == received.kind,
                Certificate.person == received.ref.person,
                Certificate.status == "VALID",
                Certificate.number != received.ref.number,
            )
            .values(status="VOID", reason="REPLACED", changed_at=transition.at)
        )
        await connection.execute(
            insert(Certificate)
            .values(
                number=received.ref.number,
                case_no=transition.case_no,
                key=f"received:{received.ref.number}",
                kind=received.kind,
                issuer=received.issuer,
                office=received.issuer,
                person=received.ref.person,
                status="VALID",
                issued_on=transition.at.date(),
                valid_until=received.ref.valid_until,
                made_in=transition.sequence,
                changed_at=transition.at,
            )
            .on_conflict_do_nothing()
        )


async def _change(
    connection: AsyncConnection, transition: Transition, number: str, status: str, reason: str
) -> None:
    await connection.execute(
        update(Certificate)
        .where(Certificate.number == number, Certificate.case_no == transition.case_no)
        .values(status=status, reason=reason or None, changed_at=transition.at)
    )
