"""Every kind of task of every procedure, by its code: one table that all rooms read."""

from __future__ import annotations

from domain.common_tasks import COMMON_TASKS
from domain.disability_tasks import CARD_TASKS
from domain.hukou_tasks import HUKOU_TASKS
from domain.pension_tasks import PENSION_TASKS
from domain.reconciliation_tasks import RECONCILIATION_TASKS
from domain.tasks import TaskSpec
from domain.transfer_tasks import TRANSFER_TASKS
from domain.vehicle_tasks import VEHICLE_TASKS

TASKS: dict[str, TaskSpec] = {
    **COMMON_TASKS,
    **HUKOU_TASKS,
    **TRANSFER_TASKS,
    **PENSION_TASKS,
    **VEHICLE_TASKS,
    **CARD_TASKS,
    **RECONCILIATION_TASKS,
}
