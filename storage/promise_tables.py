"""The table of repaired promises: what was promised and found follows from the acts of cases."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base


class PromiseRepair(Base):
    """A false promise was put right: the person may promise again. Append-only."""

    __tablename__ = "promise_repairs"
    case_no: Mapped[str] = mapped_column(ForeignKey("cases.case_no"), primary_key=True)
    actor: Mapped[str]
    reason: Mapped[str]
    repaired_on: Mapped[date]
    at: Mapped[datetime]
