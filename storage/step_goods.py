"""What a step sends on its way: money, parcels with their custody, news to other cases.

Called by `storage.transitions` within the one transaction of the step.
"""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.transitions import Transition
from storage import ledger, tidings
from storage.cases import put_parcel
from storage.parcels import add_event, open_parcel
from storage.remittances import order_remittance


async def put_money(connection: AsyncConnection, transition: Transition) -> None:
    """Entries and orders stand or fall with the act that they belong to (P4)."""
    for entry in transition.ledger:
        await ledger.post(
            connection,
            entry,
            transition.at,
            case_no=transition.case_no,
            made_in=transition.sequence,
        )
    for order in transition.remittances:
        await order_remittance(
            connection,
            order,
            transition.at,
            case_no=transition.case_no,
            made_in=transition.sequence,
        )


async def put_parcels(connection: AsyncConnection, transition: Transition) -> None:
    """Parcels, each hand that they went through, and what other cases are told."""
    for parcel in transition.parcels:
        await open_parcel(
            connection,
            parcel,
            transition.at,
            case_no=transition.case_no,
            made_in=transition.sequence,
        )
    for event in transition.custody:
        await add_event(connection, event, transition.at, made_in=transition.sequence)
    for dispatch in transition.dispatches:
        await put_parcel(connection, dispatch, transition.at, made_in=transition.sequence)
    for sent in transition.tidings:
        await tidings.keep(
            connection,
            sent.to_workflow,
            sent.tidings,
            transition.at,
            case_no=transition.case_no,
            made_in=transition.sequence,
        )
