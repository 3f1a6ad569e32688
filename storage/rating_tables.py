"""The tables of ratings: what was said, appeals against it, and the exchange with the platform.

Ratings and appeals are append-only (a trigger refuses changes): what an upheld appeal means is told
by the appeal's own case.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.base import Base


class RatingRow(Base):
    """One rating of one occasion of a case. Append-only."""

    __tablename__ = "ratings"
    __table_args__ = (
        UniqueConstraint("case_no", "occasion"),
        Index("ix_ratings_given", "given_at"),
    )
    rating_no: Mapped[str] = mapped_column(primary_key=True)
    case_no: Mapped[str] = mapped_column(ForeignKey("cases.case_no"))
    occasion: Mapped[str]
    channel: Mapped[str]
    level: Mapped[str]
    source: Mapped[str]  # APPLICANT or PLATFORM
    platform_no: Mapped[str | None] = mapped_column(unique=True)
    office: Mapped[str]  # who answers for what was rated
    clerk: Mapped[str | None]  # whose act it was, where one clerk acted
    matter: Mapped[str]
    words: Mapped[str | None]  # may be personal
    consent: Mapped[bool]  # the rated office may see who rated
    rectification: Mapped[str | None] = mapped_column(ForeignKey("cases.case_no"))
    digest: Mapped[str]
    given_at: Mapped[datetime]


class RatingAppeal(Base):
    """An appeal against a rating, with the case that reviews it. Append-only."""

    __tablename__ = "rating_appeals"
    __table_args__ = (UniqueConstraint("rating_no", "party"),)
    case_no: Mapped[str] = mapped_column(ForeignKey("cases.case_no"), primary_key=True)
    rating_no: Mapped[str] = mapped_column(ForeignKey("ratings.rating_no"))
    party: Mapped[str]
    ground: Mapped[str]
    words: Mapped[str]
    by: Mapped[str]  # staff number, or APPLICANT
    made_at: Mapped[datetime]


class RatingReport(Base):
    """A rating of ours that the 好差评 platform has taken."""

    __tablename__ = "rating_reports"
    rating_no: Mapped[str] = mapped_column(ForeignKey("ratings.rating_no"), primary_key=True)
    receipt: Mapped[str]
    sent_at: Mapped[datetime]


class PlatformRating(Base):
    """A rating that came from the platform: taken under our number, or refused with a code."""

    __tablename__ = "platform_ratings"
    platform_no: Mapped[str] = mapped_column(primary_key=True)
    outcome: Mapped[str]  # TAKEN or the code of the refusal
    rating_no: Mapped[str | None]
    taken_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]


class Feed(Base):
    """How far a platform's feed has been read."""

    __tablename__ = "feeds"
    name: Mapped[str] = mapped_column(primary_key=True)
    position: Mapped[int]
