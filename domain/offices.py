"""Who works where: the kinds of office and the roles of clerks.

Used by the catalogue (offices, clerks), the task rules of the workflows and the console's rights.
"""

from __future__ import annotations

from enum import StrEnum


class Role(StrEnum):
    """What a clerk may do in an office; one clerk may hold several roles."""

    INTAKE = "INTAKE"
    HANDLER = "HANDLER"
    APPROVER = "APPROVER"
    SUPERVISOR = "SUPERVISOR"

    @property
    def label(self) -> str:
        """The role's Chinese name, as screens show it."""
        return _ROLE_LABELS[self]


class OfficeKind(StrEnum):
    """What an office is in law: where its power to act comes from."""

    POLICE_STATION = "POLICE_STATION"
    POLICE_BUREAU = "POLICE_BUREAU"
    SERVICE_HALL = "SERVICE_HALL"

    @property
    def label(self) -> str:
        """The kind's Chinese name, as screens show it."""
        return _OFFICE_LABELS[self]


_ROLE_LABELS = {
    Role.INTAKE: "窗口收件员",
    Role.HANDLER: "经办人",
    Role.APPROVER: "审批人",
    Role.SUPERVISOR: "督办员",
}

_OFFICE_LABELS = {
    OfficeKind.POLICE_STATION: "派出所",
    OfficeKind.POLICE_BUREAU: "县级公安机关",
    OfficeKind.SERVICE_HALL: "政务服务大厅",
}

# Every office of a kind must have a clerk for each of these, or a task would wait for nobody.
ROLES_NEEDED: dict[OfficeKind, tuple[Role, ...]] = {
    OfficeKind.POLICE_STATION: (Role.INTAKE, Role.HANDLER, Role.APPROVER),
    OfficeKind.POLICE_BUREAU: (Role.HANDLER, Role.APPROVER),
    OfficeKind.SERVICE_HALL: (Role.INTAKE, Role.SUPERVISOR),
}
