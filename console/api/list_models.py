"""Rows of the lists that wait for others: cases and parcels."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import Field

from console.api.shapes import Shown


class CaseRow(Shown):
    """One case of a list."""

    case_no: str
    matter: str
    matter_name: str
    stage: str
    holder: str = Field(description="现在轮到谁")
    office: str
    peer: str
    due_on: date | None
    clock: str | None
    filed_at: datetime


class CasePage(Shown):
    """One page of a list of cases."""

    items: list[CaseRow]
    next: str | None
    count: int | None


class ParcelRow(Shown):
    """One parcel on its way."""

    parcel_key: str
    case_no: str
    kind: str
    service: str
    from_office: str | None
    to_office: str | None
    waybill: str | None
    state: str
    custodian: str | None
    changed_at: datetime
    matter: str
    matter_name: str
    due_on: date | None


class ParcelPage(Shown):
    """One page of parcels."""

    items: list[ParcelRow]
    next: str | None
    count: int | None
