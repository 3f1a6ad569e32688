"""What lies on a case's file, as callers see it: events, limits, letters, papers, money."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from pydantic import Field

from console.api.shapes import Shown


class EventShown(Shown):
    """One event of the trail."""

    at: datetime
    code: str
    stage: str
    holder: str
    office: str


class Events(Shown):
    """The trail of a case."""

    items: list[EventShown]


class ClockExplained(Shown):
    """A limit with every day that it counted, and everything that ever moved it."""

    kind: str
    number: int
    basis: str
    started_on: date
    due_on: date | None
    derived_due_on: date | None
    estimated_on: date | None
    provisional: bool
    stopped_on: date | None
    calendar: str
    days: list[dict[str, Any]] = Field(description="逐日说明")
    log: list[dict[str, Any]] = Field(description="历次变动")


class Clocks(Shown):
    """The limits of a case, explained."""

    items: list[ClockExplained]


class LetterShown(Shown):
    """A letter to or from the other locality; its contents stay in the house."""

    number: str
    direction: str
    verb: str
    name: str | None
    peer: str
    recorded_at: datetime
    answer: str | None
    reason_code: str | None
    receipt: dict[str, Any] | None


class Letters(Shown):
    """The correspondence of a case."""

    items: list[LetterShown]


class PaperShown(Shown):
    """A document's card."""

    type: str
    name: str
    digest: str
    person: int
    source: str
    media_type: str
    size: int


class Papers(Shown):
    """The documents of a case."""

    items: list[PaperShown]


class MoneyShown(Shown):
    """The money of one letter, in fen."""

    letter_no: str
    announced_fen: int | None
    arrived_fen: int | None
    credited_fen: int | None
    balances: list[dict[str, Any]]
    remittances: list[dict[str, Any]]


class Money(Shown):
    """The money of a case."""

    items: list[MoneyShown]


class ParcelShown(Shown):
    """A parcel of the case with its chain of custody."""

    parcel_key: str
    kind: str
    service: str
    service_name: str
    from_office: str | None
    to_office: str | None
    items: list[dict[str, Any]]
    waybill: str | None
    state: str
    state_name: str | None
    custodian: str | None
    custodian_name: str | None
    settled: bool
    events: list[dict[str, Any]]


class Parcels(Shown):
    """The parcels of a case."""

    items: list[ParcelShown]
