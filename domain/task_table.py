"""Every kind of task of every procedure, by its code: one table that all rooms read."""

from __future__ import annotations

from domain.bridge_tasks import BRIDGE_TASKS
from domain.calendar_tasks import CALENDAR_TASKS
from domain.civil_tasks import CIVIL_TASKS
from domain.common_tasks import COMMON_TASKS
from domain.disability_tasks import CARD_TASKS
from domain.file_tasks import FILE_TASKS
from domain.general_tasks import GENERAL_TASKS
from domain.hotline_tasks import HOTLINE_TASKS
from domain.housing_fund_tasks import FUND_TASKS
from domain.hukou_tasks import HUKOU_TASKS
from domain.joint_tasks import JOINT_TASKS
from domain.medical_tasks import MEDICAL_TASKS
from domain.parcel_tasks import PARCEL_TASKS
from domain.pension_tasks import PENSION_TASKS
from domain.proxy_tasks import PROXY_TASKS
from domain.rating_tasks import RATING_TASKS
from domain.reconciliation_tasks import RECONCILIATION_TASKS
from domain.resident_tasks import RESIDENT_TASKS
from domain.scenario_tasks import SCENARIO_TASKS
from domain.tasks import TaskSpec
from domain.transfer_tasks import TRANSFER_TASKS
from domain.unemployment_tasks import UNEMPLOYMENT_TASKS
from domain.vehicle_tasks import VEHICLE_TASKS

TASKS: dict[str, TaskSpec] = {
    **COMMON_TASKS,
    **HUKOU_TASKS,
    **TRANSFER_TASKS,
    **PARCEL_TASKS,
    **PENSION_TASKS,
    **FILE_TASKS,
    **RESIDENT_TASKS,
    **BRIDGE_TASKS,
    **CIVIL_TASKS,
    **VEHICLE_TASKS,
    **UNEMPLOYMENT_TASKS,
    **MEDICAL_TASKS,
    **FUND_TASKS,
    **PROXY_TASKS,
    **CARD_TASKS,
    **RECONCILIATION_TASKS,
    **CALENDAR_TASKS,
    **RATING_TASKS,
    **HOTLINE_TASKS,
    **JOINT_TASKS,
    **SCENARIO_TASKS,
    **GENERAL_TASKS,
}
