"""Sending and receiving things: what a procedure of any family calls.

To send, from a home case or a leg (``case`` is its HomeCase or LegCase)::

    key = send_parcel(case, kind="ORIGINALS", service=Service.EMS, to_office="330902-CR-01",
                      items=(ParcelItem(code="IDCARD", kind=ItemKind.ORIGINAL),))
    news = await parcel_news(case, key, ParcelNews.HANDED_OVER, ParcelNews.CALLED_OFF)

The call writes a procedure 寄递 with the next step; it seals, hands over, follows, searches, claims
on its own and tells the case by 告知 (codes: ``contracts.parcels.ParcelNews``). ``to_office`` is
``domain.custody.PERSON`` where it goes to the applicant; then ``await_delivery`` ends with SIGNED
or RETURNED. ``news.facts`` of HANDED_OVER go into a letter to the other locality, which gives them
to ``ParcelIn`` (:mod:`workflows.parcel_in`), checks seal and count, and answers by letter with
``checked.facts()``. The sending case gives these facts back to its parcel::

    tell_parcel(case.desk, key, ParcelWord.RECEIPT_BACK, letter.facts)

A parcel ends with RECEIPT_BACK, SIGNED, RETURNED, REBUILT or CALLED_OFF (``ENDS``). What was
rebuilt is sent as a new parcel. An office may stop one that has not left: ``ParcelWord.CALL_OFF``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts import ids
    from contracts.cases import CaseFiling
    from contracts.parcels import (
        ParcelFiling,
        ParcelItem,
        ParcelNews,
        ParcelOpened,
        ParcelWord,
    )
    from contracts.tidings import Tidings, TidingsKind, TidingsSent
    from domain.transports import Service, refuse_transport
    from workflows.desk import Desk
    from workflows.happenings import Expired, Happening, Told
    from workflows.home_case import HomeCase
    from workflows.leg_case import LegCase

#: What a parcel tells last.
ENDS = (
    ParcelNews.RECEIPT_BACK,
    ParcelNews.SIGNED,
    ParcelNews.RETURNED,
    ParcelNews.REBUILT,
    ParcelNews.CALLED_OFF,
)
_LIMITS = ("handover", "tracking", "trace")


def send_parcel(
    case: HomeCase | LegCase,
    *,
    kind: str,
    service: Service,
    items: tuple[ParcelItem, ...],
    to_office: str,
    to_locality: str = "",
    key: str = "",
) -> str:
    """Open a parcel with the step that is being prepared; returns its key.

    ``key``: one taken from ``desk.next_parcel_key()`` before, where a register had to know it.
    Raises DomainError where the service may not carry one of the items (R2).
    """
    refuse_transport(service, (item.kind for item in items))
    desk, filing = case.desk, case.filing
    key = key or desk.next_parcel_key()
    if isinstance(filing, CaseFiling):
        peer, peer_name, matter = filing.origin, filing.origin_name, filing.matter
        home_case_no, family = filing.case_no, filing.family
    else:
        letter = filing.letter
        peer, peer_name, matter = letter.from_locality, filing.home_name, letter.matter
        home_case_no, family = letter.home_case_no, letter.family
    limits = filing.rules.limits
    transit = f"transit.{service.value.lower()}"
    desk.draft.dispatches.append(
        ParcelFiling(
            locality=filing.locality,
            locality_name=filing.locality_name,
            receiver_name=peer_name,
            family=family,
            matter=matter,
            matter_name=f"{filing.matter_name}（寄递）",
            home_case_no=home_case_no,
            parent_case_no=desk.case_no,
            parent_workflow_id=workflow.info().workflow_id,
            desks=filing.desks,
            parcel=ParcelOpened(
                parcel_key=key,
                kind=kind,
                service=service,
                from_locality=filing.locality,
                from_office=filing.desks.station,
                to_locality=to_locality or peer,
                to_office=to_office,
                items=items,
                seal_no=f"封{key}",
            ),
            limits={**{name: limits[name] for name in _LIMITS}, "transit": limits[transit]},
            office_names=filing.office_names,
        )
    )
    return key


def tell_parcel(
    desk: Desk, key: str, word: ParcelWord, facts: Mapping[str, str] | None = None
) -> None:
    """Say something to a parcel of this case; delivered after the step is written."""
    desk.draft.tidings.append(
        TidingsSent(
            to_workflow=ids.parcel_workflow_id(key),
            tidings=Tidings(
                key=f"{desk.case_no}:{desk.step}:{word}",
                kind=TidingsKind.PARCEL,
                code=word.value,
                facts={**(facts or {}), "parcel": key},
            ),
        )
    )


def is_news(tidings: Tidings, key: str, *wanted: ParcelNews) -> bool:
    """Whether this is news of that parcel, with one of these codes where any are given."""
    about = tidings.kind is TidingsKind.PARCEL and tidings.facts.get("parcel") == key
    return about and (not wanted or tidings.code in wanted)


async def parcel_news(
    case: HomeCase | LegCase,
    key: str,
    *wanted: ParcelNews,
    other: Callable[[Happening], None] = lambda happening: None,
) -> Tidings:
    """The next news of that parcel with one of these codes; what else happens goes to ``other``."""
    for tidings in case.tidings:
        if is_news(tidings, key, *wanted):
            case.tidings.remove(tidings)
            return tidings
    while True:
        match await case.next():
            case Told(tidings=tidings) if is_news(tidings, key, *wanted):
                return tidings
            case Told(tidings=tidings):
                case.tidings.append(tidings)
            case Expired(clock=kind):
                case.desk.mark_overdue(kind)
            case happening:
                other(happening)


async def await_delivery(
    case: HomeCase | LegCase,
    key: str,
    *,
    other: Callable[[Happening], None] = lambda happening: None,
) -> ParcelNews:
    """How the parcel ended: one of ``ENDS``."""
    return ParcelNews((await parcel_news(case, key, *ENDS, other=other)).code)
