"""The work that people do in the transfer of a registered vehicle (docs/rules.md A9)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from domain.offices import Role
from domain.schemes.vehicle import WORDING, VehicleRefusal
from domain.tasks import OutcomeSpec, TaskSpec
from domain.transfer_tasks import examination_task, release_task


class VehicleTask(StrEnum):
    """Kinds of tasks of A9."""

    PRECHECK = "VEHICLE_PRECHECK"
    MARKET = "VEHICLE_MARKET"
    EXAMINATION = "VEHICLE_EXAMINATION"
    RELEASE = "VEHICLE_RELEASE"
    INSPECTION = "VEHICLE_INSPECTION"
    REGISTRATION = "VEHICLE_REGISTRATION"
    PLATES_BACK = "VEHICLE_PLATES_BACK"
    UNDO = "VEHICLE_UNDO"


#: What the national register itself may answer, beside the reasons that the rules know.
_REGISTER_TEXTS: Mapping[str, tuple[str, str]] = {
    "FROZEN": ("该车已被查封、扣押，登记库不予办理", "请向作出决定的机关申请解除后再申请"),
    "VIOLATIONS_PENDING": ("该车还有未处理的道路交通安全违法行为", "请处理完毕后再申请"),
    "NOT_LOCKED": ("该车的登记锁定已经解除", "请重新申请"),
    "LOCKED_BY_OTHER": ("该车正在办理另一笔业务，登记已锁定", "请等待该笔业务办结或者撤回后再申请"),
    "FOREIGN_LOCALITY": ("该车不在本地登记", "请核对行驶证上的发证机关后重新申请"),
    "ALREADY_FLIPPED": ("该笔转让登记已经完成", "请核对办件编号"),
    "INSPECTION_OVERDUE": ("车辆没有在期限内到场查验", "请将车辆带到车辆管理所后重新申请"),
}
#: Words without places to fill: a letter and a notice carry the code alone.
_PLAIN: Mapping[str, tuple[str, str]] = {
    VehicleRefusal.LOCKED: _REGISTER_TEXTS["LOCKED_BY_OTHER"],
    VehicleRefusal.EMISSION_BELOW: (
        "该车排放标准低于转入地的要求",
        "不能转入本地，可以在符合条件的地区办理",
    ),
    VehicleRefusal.VIOLATIONS_OPEN: _REGISTER_TEXTS["VIOLATIONS_PENDING"],
    VehicleRefusal.ACCIDENTS_OPEN: ("该车还有交通事故未处理完毕", "请处理完毕后再申请"),
}

#: Every refusal of A9 in words, for `domain.refusals`.
VEHICLE_TEXTS: Mapping[str, tuple[str, str]] = {
    **{
        code.value: (text.rstrip("。"), remedy.rstrip("。"))
        for code, (text, remedy) in WORDING.items()
    },
    **_REGISTER_TEXTS,
    **{str(code): words for code, words in _PLAIN.items()},
}

_REFUSALS = tuple(reason.value for reason in VehicleRefusal)
_ORDER = "机动车登记规定（公安部令第164号）"

VEHICLE_TASKS: dict[str, TaskSpec] = {
    spec.kind: spec
    for spec in (
        TaskSpec(
            VehicleTask.PRECHECK,
            "核查登记信息并锁定",
            Role.HANDLER,
            (
                OutcomeSpec("PASS", "没有不予办理的情形，锁定登记"),
                OutcomeSpec("REFUSE", "不予办理并书面说明理由", needs_reason=True),
            ),
            _ORDER,
        ),
        TaskSpec(
            VehicleTask.MARKET,
            "交易核验并开具发票",
            Role.HANDLER,
            (
                OutcomeSpec("ISSUED", "交易核验无误，发票已开具"),
                OutcomeSpec("REFUSE", "交易核验不通过，不予办理", needs_reason=True),
            ),
            "二手车流通管理办法；docs/rules.md A9",
        ),
        examination_task(
            VehicleTask.EXAMINATION, "核对车辆登记、违法与事故处理情况", _ORDER, _REFUSALS
        ),
        release_task(
            VehicleTask.RELEASE,
            "审批转出电子档案",
            _ORDER,
            _REFUSALS,
            after=VehicleTask.EXAMINATION,
        ),
        TaskSpec(
            VehicleTask.INSPECTION,
            "查验车辆",
            Role.HANDLER,
            (
                OutcomeSpec("PASS", "查验合格"),
                OutcomeSpec("FAIL", "查验不合格，不予登记", needs_reason=True),
            ),
            _ORDER,
        ),
        TaskSpec(
            VehicleTask.REGISTRATION,
            "收回原号牌、行驶证，办理转让登记",
            Role.APPROVER,
            (
                OutcomeSpec("REGISTER", "原号牌、行驶证已收回，准予登记"),
                OutcomeSpec("REFUSE", "不予登记并书面说明理由", needs_reason=True),
            ),
            _ORDER,
            not_by_deciders_of=(VehicleTask.INSPECTION,),
        ),
        TaskSpec(
            VehicleTask.PLATES_BACK,
            "发还原号牌、行驶证",
            Role.HANDLER,
            (OutcomeSpec("RETURNED", "已发还原所有人"),),
            "docs/rules.md A9、G9",
        ),
        TaskSpec(
            VehicleTask.UNDO,
            "撤销未成，核对登记库后重试",
            Role.HANDLER,
            (OutcomeSpec("TRY_AGAIN", "已核对，再次撤销"),),
            "docs/rules.md A9、V2、V4",
        ),
    )
}
