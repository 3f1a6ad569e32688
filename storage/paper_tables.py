"""What lies on a case: numbered certificates, letters with their receipts, documents."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Identity,
    Index,
    LargeBinary,
    PrimaryKeyConstraint,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base


class Certificate(Base):
    """A numbered paper issued here, or received from a peer (``issuer`` is its locality)."""

    __tablename__ = "certificates"
    __table_args__ = (
        Index(
            "uq_certificates_key",
            "case_no",
            "key",
            unique=True,
            postgresql_where=text("status <> 'VOID'"),
        ),
        Index(
            "uq_certificates_live",
            "case_no",
            "kind",
            "person",
            unique=True,
            postgresql_where=text("status IN ('PREPARED', 'VALID') AND kind <> 'NOT_LANDED'"),
        ),
    )
    number: Mapped[str] = mapped_column(primary_key=True)
    case_no: Mapped[str] = mapped_column(ForeignKey("cases.case_no"), primary_key=True)
    key: Mapped[str]
    kind: Mapped[str]
    issuer: Mapped[str]
    office: Mapped[str]
    person: Mapped[int]
    status: Mapped[str]
    issued_on: Mapped[date]
    valid_until: Mapped[date]
    replaces: Mapped[str | None]
    reason: Mapped[str | None]
    made_in: Mapped[int]
    changed_at: Mapped[datetime]


class LetterRow(Base):
    """A letter sent (OUT) or taken in (IN) with its receipt."""

    __tablename__ = "letters"
    __table_args__ = (
        PrimaryKeyConstraint("direction", "number"),
        Index("ix_letters_case", "case_no"),
        Index("ix_letters_number", "number"),
    )
    direction: Mapped[str]
    number: Mapped[str]
    case_no: Mapped[str | None]  # this locality's case
    home_case_no: Mapped[str]
    peer: Mapped[str]
    verb: Mapped[str]
    letter: Mapped[dict[str, Any]]
    digest: Mapped[str]
    receipt: Mapped[dict[str, Any] | None]
    recorded_at: Mapped[datetime]
    grant_until: Mapped[datetime | None]
    voided_at: Mapped[datetime | None]  # OUT: the request asks nothing any more
    void_reason: Mapped[str | None]


class DocumentRow(Base):
    """A document by its content address."""

    __tablename__ = "documents"
    __table_args__ = (CheckConstraint("length(digest) = 64", name="digest"),)
    digest: Mapped[str] = mapped_column(primary_key=True)
    media_type: Mapped[str]
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary())
    stored_at: Mapped[datetime]


class CaseDocument(Base):
    """A document on a case: its type, whose it is, where it came from."""

    __tablename__ = "case_documents"
    __table_args__ = (
        UniqueConstraint("case_no", "type", "digest", "person"),
        Index("ix_case_documents_case", "case_no"),
    )
    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    case_no: Mapped[str] = mapped_column(ForeignKey("cases.case_no"))
    type: Mapped[str]
    digest: Mapped[str] = mapped_column(ForeignKey("documents.digest"))
    person: Mapped[int] = mapped_column(server_default=text("0"))
    source: Mapped[str]  # APPLICANT, SHARED:<register>, PEER:<letter>, OFFICE
    invalid: Mapped[bool] = mapped_column(server_default=text("false"))
    added_at: Mapped[datetime]
