"""The table of issued slips: what was handed out, under which number and verification code."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base


class SlipRow(Base):
    """One slip. ``subject`` says what of the case it is about, ``source`` digests the facts it was
    made from without number and day: the same facts are the same paper."""

    __tablename__ = "slips"
    __table_args__ = (UniqueConstraint("case_no", "kind", "subject", "source"),)
    number: Mapped[str] = mapped_column(primary_key=True)
    kind: Mapped[str]
    case_no: Mapped[str] = mapped_column(ForeignKey("cases.case_no"))
    subject: Mapped[str]
    source: Mapped[str]
    verification_code: Mapped[str] = mapped_column(unique=True)
    content: Mapped[str]  # digest of all facts, which the code depends on
    document: Mapped[str] = mapped_column(ForeignKey("documents.digest"))
    issued_by: Mapped[str]
    issued_at: Mapped[datetime]
