"""The shape of a matter that localities handle together, other than 户口迁移.

Filled by `catalog.loader` from the folder `transfers`; filing, counter and activities read it
through :class:`catalog.catalog.Catalog`. What the application must say is data here: one form check
serves every matter.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from catalog.models import DocumentRule, Entry, Evidence, Text
from domain.licensing import LicensingPeriod


class FieldType(StrEnum):
    """What may stand in a field of an application."""

    TEXT = "TEXT"
    DATE = "DATE"  # 2026-11-22
    MONTH = "MONTH"  # 2026-11
    MONEY = "MONEY"  # yuan with at most two decimals, kept as fen
    NUMBER = "NUMBER"
    CHOICE = "CHOICE"
    ID_NO = "ID_NO"
    VIN = "VIN"
    YES_NO = "YES_NO"


class FieldRule(Entry):
    """One field. ``pinned`` choices steer the procedure and are never about a person's identity."""

    name: Annotated[str, Field(pattern=r"^[a-z][a-z_]*$")]
    label: Text
    type: FieldType
    required: bool = True
    choices: dict[str, Text] = {}
    pinned: bool = False


class TransferMatter(Entry):
    """A matter (事项) of a transfer family.

    ``agency`` and ``peer_agency`` name the competences of `Locality.agencies` that act where the
    application is filed and in the other locality; ``intake`` the one that collects it.
    ``register_kind`` is the kind of the business register, ``policies`` the prefix of its policy
    keys. ``subject`` names the field that identifies what is transferred (none: the applicant);
    ``per_origin`` allows one open case per person and origin instead of one per person.
    ``period`` says which period of 行政许可法 arts 42 and 43 the decision has; ``joint_agencies``
    are the other competences of the same government that handle it together (JOINT only).
    ``same_place`` is the remedy where both localities are the same; ``companion`` the matter that
    is filed together with this one where the field ``companion_when`` says yes.
    """

    code: Annotated[str, Field(pattern=r"^[A-Z]+(-[A-Z]+)+$")]
    name: Text
    version: int = Field(ge=1)
    family: Text
    mode: Annotated[str, Field(pattern=r"^(FULLY_ONLINE|PROXY_INTAKE|JOINT)$")]
    lead: Text
    item_type: Annotated[str, Field(pattern=r"^(0[1-9]|10|20)$")]
    service_object: Text
    sources: list[Text] = Field(min_length=1)
    evidence: Evidence
    agency: Text
    peer_agency: Text
    intake: Text | None = None
    register_kind: Text
    policies: Annotated[str, Field(pattern=r"^[a-z_]+$")]
    subject: Text | None = None
    per_origin: bool = False
    period: LicensingPeriod | None = None
    joint_agencies: list[Text] = []
    same_place: Text | None = None
    companion: Text | None = None
    companion_when: Text | None = None
    fields: list[FieldRule] = []
    documents: list[DocumentRule] = []
