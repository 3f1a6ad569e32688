"""Who works where: the kinds of office and the roles of clerks.

Used by the catalogue (offices, clerks), the task rules of the workflows and the console's rights.
"""

from __future__ import annotations

from enum import StrEnum

#: Who acted where no clerk did: a rule, a limit that passed, a filing that nobody attended.
SYSTEM = "SYSTEM"


class Role(StrEnum):
    """What a clerk may do in an office; one clerk may hold several roles."""

    INTAKE = "INTAKE"
    HANDLER = "HANDLER"
    APPROVER = "APPROVER"
    SUPERVISOR = "SUPERVISOR"
    MANAGER = "MANAGER"
    AUDITOR = "AUDITOR"

    @property
    def label(self) -> str:
        """The role's Chinese name, as screens show it."""
        return _ROLE_LABELS[self]


class OfficeKind(StrEnum):
    """What an office is in law: where its power to act comes from."""

    POLICE_STATION = "POLICE_STATION"
    POLICE_BUREAU = "POLICE_BUREAU"
    SERVICE_HALL = "SERVICE_HALL"
    SOCIAL_INSURANCE = "SOCIAL_INSURANCE"
    MEDICAL_INSURANCE = "MEDICAL_INSURANCE"
    HOUSING_FUND = "HOUSING_FUND"
    PERSONNEL_FILES = "PERSONNEL_FILES"
    VEHICLES = "VEHICLES"
    DISABLED_PERSONS = "DISABLED_PERSONS"
    EXIT_ENTRY = "EXIT_ENTRY"
    IDENTITY_CARDS = "IDENTITY_CARDS"
    TRANSPORT = "TRANSPORT"
    GOVERNMENT_ORGAN = "GOVERNMENT_ORGAN"  # any other organ, of government or vertical
    SERVICE_ORGANISATION = "SERVICE_ORGANISATION"  # institutions and associations that serve
    COMPANY_SERVICE = "COMPANY_SERVICE"  # never an authority

    @property
    def label(self) -> str:
        """The kind's Chinese name, as screens show it."""
        return _OFFICE_LABELS[self]


_ROLE_LABELS = {
    Role.INTAKE: "窗口收件员",
    Role.HANDLER: "经办人",
    Role.APPROVER: "审批人",
    Role.SUPERVISOR: "督办员",
    Role.MANAGER: "管理员",
    Role.AUDITOR: "审计员",
}

_OFFICE_LABELS = {
    OfficeKind.POLICE_STATION: "派出所",
    OfficeKind.POLICE_BUREAU: "县级公安机关",
    OfficeKind.SERVICE_HALL: "政务服务大厅",
    OfficeKind.SOCIAL_INSURANCE: "社会保险经办机构",
    OfficeKind.MEDICAL_INSURANCE: "医疗保障经办机构",
    OfficeKind.HOUSING_FUND: "住房公积金管理中心",
    OfficeKind.PERSONNEL_FILES: "人事档案管理服务机构",
    OfficeKind.VEHICLES: "车辆管理所",
    OfficeKind.DISABLED_PERSONS: "残疾人联合会",
    OfficeKind.EXIT_ENTRY: "出入境管理机构",
    OfficeKind.IDENTITY_CARDS: "居民身份证受理机构",
    OfficeKind.TRANSPORT: "道路运输管理机构",
    OfficeKind.GOVERNMENT_ORGAN: "政府部门",
    OfficeKind.SERVICE_ORGANISATION: "公共服务组织",
    OfficeKind.COMPANY_SERVICE: "企业服务机构",
}

# Every office of a kind must have a clerk for each of these, or a task would wait for nobody.
_ALL_WORK = (Role.INTAKE, Role.HANDLER, Role.APPROVER)
ROLES_NEEDED: dict[OfficeKind, tuple[Role, ...]] = {
    OfficeKind.POLICE_STATION: (Role.INTAKE, Role.HANDLER, Role.APPROVER),
    OfficeKind.POLICE_BUREAU: (Role.HANDLER, Role.APPROVER),
    OfficeKind.SERVICE_HALL: (Role.INTAKE, Role.HANDLER, Role.SUPERVISOR),
    OfficeKind.SOCIAL_INSURANCE: _ALL_WORK,
    OfficeKind.MEDICAL_INSURANCE: _ALL_WORK,
    OfficeKind.HOUSING_FUND: _ALL_WORK,
    OfficeKind.PERSONNEL_FILES: _ALL_WORK,
    OfficeKind.VEHICLES: _ALL_WORK,
    OfficeKind.DISABLED_PERSONS: _ALL_WORK,
    OfficeKind.EXIT_ENTRY: _ALL_WORK,
    OfficeKind.IDENTITY_CARDS: _ALL_WORK,
    OfficeKind.TRANSPORT: _ALL_WORK,
    OfficeKind.GOVERNMENT_ORGAN: _ALL_WORK,
    OfficeKind.SERVICE_ORGANISATION: _ALL_WORK,
    OfficeKind.COMPANY_SERVICE: _ALL_WORK,
}
