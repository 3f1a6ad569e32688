"""The shapes of organs and of the policy documents' lists: what a document says, row by row.

Filled by `catalog.loader` from the folders organs and listings. Names and the spellings of units
are never keys (docs/decisions/0032).
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from catalog.models import Entry, Text
from catalog.models import Level as Level
from catalog.models import OrganCode as OrganCode

ItemId = Annotated[str, Field(pattern=r"^M[0-9]{4}$")]
ListingCode = Annotated[str, Field(pattern=r"^[A-Z]+(-[A-Z0-9]+)+$")]
ItemType = Annotated[str, Field(pattern=r"^(0[1-9]|10|20)$")]  # GB/T 39046-2020 A.1


class Mode(StrEnum):
    """业务模式: 鲁政办发〔2021〕4号 and the plans that follow it.

    WINDOW is none of theirs and stands in no list: what is collected elsewhere for a place can be
    applied for at that place's own window too (`catalog.scope.modes_of`).
    """

    FULLY_ONLINE = "FULLY_ONLINE"
    PROXY_INTAKE = "PROXY_INTAKE"
    JOINT = "JOINT"
    WINDOW = "WINDOW"


class Audience(StrEnum):
    """服务对象."""

    PERSON = "PERSON"
    ENTERPRISE = "ENTERPRISE"


class OrganKind(StrEnum):
    """What an organ is in law."""

    GOVERNMENT = "GOVERNMENT"  # 政府部门
    VERTICAL = "VERTICAL"  # 垂直管理部门 (tax, customs, tobacco, posts, central bank)
    INSTITUTION = "INSTITUTION"  # 事业单位
    MASS_ORGANISATION = "MASS_ORGANISATION"  # 群团组织
    COURT = "COURT"
    ASSOCIATION = "ASSOCIATION"  # 社会团体
    COMPANY = "COMPANY"


class PowerKind(StrEnum):
    """Whose power an item is, seen from a locality's list (备注 columns)."""

    OWN = "OWN"  # the locality's own organ decides
    CITY = "CITY"  # 市级职能、市级事项
    PROVINCE = "PROVINCE"  # 省级职能、省级事项
    VERTICAL = "VERTICAL"  # 垂直管理
    COMPANY = "COMPANY"  # a company provides it
    DELEGATED = "DELEGATED"  # 已下放
    CANCELLED = "CANCELLED"  # 已取消
    CAPABILITY = "CAPABILITY"  # the organ has the power but lacks a means (税务局无查询权限)


class Organ(Entry):
    """An organ whatever its level, with every spelling that the documents use for it."""

    code: OrganCode
    name: Text
    kind: OrganKind
    spellings: list[Text] = []


class OrganFile(Entry):
    organs: list[Organ] = Field(min_length=1)


class Unit(Entry):
    """A unit as a document writes it, and the organ that it is."""

    written: Text
    organ: OrganCode


class PowerNote(Entry):
    """What a row says about whose power it is; ``about`` names the organ it concerns, if not the
    lead; ``written`` keeps the remark's own words (a term such as 市级职能, never a sentence)."""

    kind: PowerKind
    written: Text
    about: OrganCode | None = None


class Place(StrEnum):
    """Places of an application scene."""

    ANYWHERE = "ANYWHERE"
    ONLINE = "ONLINE"
    DESTINATION = "DESTINATION"  # 转入地、迁入地
    ORIGIN = "ORIGIN"  # 转出地、迁出地
    RESIDENCE = "RESIDENCE"
    HOUSEHOLD = "HOUSEHOLD"  # 户籍地
    WORKPLACE = "WORKPLACE"
    INSURED = "INSURED"  # 参保地
    BIRTHPLACE = "BIRTHPLACE"
    LOCATION = "LOCATION"  # where the house, the business, the school is
    ISSUING = "ISSUING"  # 发证地、领证地
    DESIGNATED = "DESIGNATED"  # 指定地点、规定的许可机关
    REGISTERED = "REGISTERED"  # 注册地、登记地
    DEPOSIT = "DEPOSIT"  # 缴存地
    LENDING = "LENDING"  # 贷款地
    TAXED = "TAXED"  # 缴税地
    EXAMINED = "EXAMINED"  # 考试报名地
    SUBMISSION = "SUBMISSION"  # 提交申请地点


class SceneRole(StrEnum):
    """What a place does in a scene."""

    RECEIVES = "RECEIVES"
    DECIDES = "DECIDES"
    COOPERATES = "COOPERATES"


class ScenePart(Entry):
    place: Place
    role: SceneRole
    organ: OrganCode | None = None  # where the scene names it


class Scene(Entry):
    """The facts of 应用场景: where one may apply, who acts, which restriction is lifted, for whom
    (``conditions``) and what is excepted (``exceptions``: 西藏, 不符合转出条件, 监护人代办), both
    as short terms. A ``lifted`` ANYWHERE is 不受地域限制."""

    apply_at: list[Place] = []
    acting: list[ScenePart] = []
    lifted: list[Place] = []
    exceptions: list[Text] = []
    conditions: list[Text] = []


class ListingRow(Entry):
    """One leaf row. ``number`` is the document's 序号; a numbered row with sub-items has several
    leaf rows with ``sub`` from 1 and its own name in ``group``. Merged cells stand in every row
    that they cover; a scenario whose rows are all left without a leading unit has none here."""

    number: int = Field(ge=1)
    sub: int | None = Field(default=None, ge=1)
    group: str | None = None
    name: Text
    item: ItemId
    item_type: ItemType | None = None
    audience: list[Audience] = []
    levels: list[Level] = []
    modes: list[Mode] = []
    lead: Unit | None = None
    joint_leads: list[Unit] = []  # further units that lead with it
    cooperating: list[Unit] = []
    stage: str | None = None
    scenario: str | None = None
    power: list[PowerNote] = []
    scene: Scene | None = None
    remark: str | None = None  # a term that no other field holds


class Listing(Entry):
    """One list of one document, as published. ``numbered`` and ``leaves`` are the document's own
    counts, against which the rows are checked."""

    code: ListingCode
    document: Text  # 文号 or title
    title: Text
    published: date
    publisher: Text
    locality: Annotated[str, Field(pattern=r"^[0-9]{6}$")]  # whose plan it is (330900 a city)
    annex: Text
    reach: Annotated[str, Field(pattern=r"^(CROSS_PROVINCE|PROVINCE_WIDE|LIFE_CYCLE)$")]
    numbered: int
    leaves: int
    valid_from: date
    valid_to: date | None = None
    rows: list[ListingRow] = Field(min_length=1)
