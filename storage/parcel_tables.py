"""The tables of parcels and of their custody events, which are append-only."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Identity, Index, PrimaryKeyConstraint, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base


class Parcel(Base):
    """A parcel as this locality knows it; where it stands follows from its events."""

    __tablename__ = "parcels"
    __table_args__ = (
        Index("ix_parcels_case", "case_no"),
        Index("ix_parcels_waybill", "waybill"),
        Index(
            "ix_parcels_sent",
            "from_office",
            "changed_at",
            "parcel_key",
            postgresql_where=text("NOT settled"),
        ),
        Index(
            "ix_parcels_coming",
            "to_office",
            "changed_at",
            "parcel_key",
            postgresql_where=text("NOT settled"),
        ),
    )
    parcel_key: Mapped[str] = mapped_column(primary_key=True)
    case_no: Mapped[str] = mapped_column(ForeignKey("cases.case_no"))
    kind: Mapped[str]
    service: Mapped[str]
    from_locality: Mapped[str]
    from_office: Mapped[str]
    to_locality: Mapped[str]
    to_office: Mapped[str]
    items: Mapped[list[Any]]
    seal_no: Mapped[str]
    waybill: Mapped[str | None]
    state: Mapped[str]
    custodian: Mapped[str]
    taker: Mapped[str | None]  # offered, not acknowledged
    homeward: Mapped[bool]
    answerable: Mapped[str]  # the office that answers for it now
    settled: Mapped[bool]
    opened_at: Mapped[datetime]
    changed_at: Mapped[datetime]
    made_in: Mapped[int | None]


class CustodyEventRow(Base):
    """One event of a parcel with the custodian after it. Append-only."""

    __tablename__ = "custody_events"
    __table_args__ = (
        UniqueConstraint("parcel_key", "key"),
        UniqueConstraint("parcel_key", "number"),
    )
    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    parcel_key: Mapped[str] = mapped_column(ForeignKey("parcels.parcel_key"))
    number: Mapped[int]
    key: Mapped[str]
    code: Mapped[str]
    party: Mapped[str]  # as it was told
    custodian: Mapped[str]  # after the event
    facts: Mapped[dict[str, Any]]
    at: Mapped[datetime]
    made_in: Mapped[int | None]


class TrackingRow(Base):
    """One event of a carrier as it came, by call-back or by asking; each is kept once."""

    __tablename__ = "tracking_events"
    __table_args__ = (PrimaryKeyConstraint("waybill", "number"),)
    waybill: Mapped[str]
    number: Mapped[int]  # the carrier's own, from 1 per waybill
    parcel_key: Mapped[str] = mapped_column(ForeignKey("parcels.parcel_key"))
    code: Mapped[str]
    place: Mapped[str]
    at: Mapped[datetime]
    source: Mapped[str]  # CALLBACK or POLL, whichever was first
    taken_at: Mapped[datetime]
