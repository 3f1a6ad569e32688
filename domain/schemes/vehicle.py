"""机动车转让登记 (A9): why a car is not registered over, and which paper files stay at the origin.

Called by the pre-check at the destination and by the origin's confirmation. Sources: 机动车登记规定
(公安部令164号); small and mini non-commercial passenger cars are registered at the destination
directly (docs/rules.md A9). The order of the acts is in `domain.schemes.vehicle_acts`.

Record of the national register, one vehicle:
    status            NONE, REGISTERED, CANCELLED
    vin, plate        as registered
    kind, use         VehicleKind, VehicleUse
    owner_agrees      bool, seller and registered owner are one; absent: true
    data_agrees       bool, vehicle and register agree; absent: true
    seized, mortgaged, mortgage_release_applied, stolen, assembled, customs_supervised   bool
    scrap_on          YYYY-MM-DD, the day by which it must be scrapped; null: none
    emission_stage    whole number, e.g. 5 for 国五
    violations, accidents   counts not yet dealt with
    locked_by         number of the case that holds the lock; "" or absent: none
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.schemes.computation import Finding
from domain.schemes.register_record import Record, day, flag, member, number, text
from domain.schemes.wording import findings


class VehicleStatus(StrEnum):
    NONE = "NONE"
    REGISTERED = "REGISTERED"
    CANCELLED = "CANCELLED"


class VehicleKind(StrEnum):
    MINI_PASSENGER = "MINI_PASSENGER"
    SMALL_PASSENGER = "SMALL_PASSENGER"
    MEDIUM_PASSENGER = "MEDIUM_PASSENGER"
    LARGE_PASSENGER = "LARGE_PASSENGER"
    LORRY = "LORRY"
    MOTORCYCLE = "MOTORCYCLE"
    OTHER = "OTHER"


class VehicleUse(StrEnum):
    NON_COMMERCIAL = "NON_COMMERCIAL"
    COMMERCIAL = "COMMERCIAL"


class VehicleRefusal(StrEnum):
    NOT_REGISTERED = "NOT_REGISTERED"
    OWNER_DIFFERS = "OWNER_DIFFERS"
    DATA_DIFFER = "DATA_DIFFER"
    LOCKED = "LOCKED"
    SEIZED = "SEIZED"
    MORTGAGED = "MORTGAGED"
    STOLEN = "STOLEN"
    ASSEMBLED = "ASSEMBLED"
    SCRAP_DUE = "SCRAP_DUE"
    CUSTOMS_SUPERVISED = "CUSTOMS_SUPERVISED"
    EMISSION_BELOW = "EMISSION_BELOW"
    VIOLATIONS_OPEN = "VIOLATIONS_OPEN"
    ACCIDENTS_OPEN = "ACCIDENTS_OPEN"


WORDING: dict[StrEnum, tuple[str, str]] = {
    VehicleRefusal.NOT_REGISTERED: (
        "登记库中没有这辆车的有效登记。",
        "请核对车辆识别代号和号牌号码后重新申请。",
    ),
    VehicleRefusal.OWNER_DIFFERS: (
        "卖方不是登记的机动车所有人。",
        "请由登记的所有人办理，或者先办理所有人信息变更。",
    ),
    VehicleRefusal.DATA_DIFFER: (
        "车辆与登记内容不一致。",
        "请恢复登记时的状态，或者先办理变更登记。",
    ),
    VehicleRefusal.LOCKED: (
        "该车正在办理另一笔业务（{locked_by}），登记已锁定。",
        "请等待该笔业务办结或者撤回后再申请。",
    ),
    VehicleRefusal.SEIZED: (
        "该车已被人民法院或者其他机关查封、扣押。",
        "请向作出决定的机关申请解除后再申请。",
    ),
    VehicleRefusal.MORTGAGED: (
        "该车的抵押登记尚未解除。",
        "请与抵押权人办理解除抵押登记，可以和转让登记一并申请。",
    ),
    VehicleRefusal.STOLEN: (
        "该车属于被盗抢车辆。",
        "请立即与公安机关联系处理。",
    ),
    VehicleRefusal.ASSEMBLED: (
        "该车属于拼装或者非法改装车辆。",
        "不能办理登记，请按车辆管理所的告知处理。",
    ),
    VehicleRefusal.SCRAP_DUE: (
        "该车已达到国家强制报废标准。",
        "请交报废机动车回收企业，办理注销登记。",
    ),
    VehicleRefusal.CUSTOMS_SUPERVISED: (
        "该车仍在海关监管期内。",
        "请向海关办理解除监管手续后再申请。",
    ),
    VehicleRefusal.EMISSION_BELOW: (
        "该车排放标准低于转入地要求的国{needed}标准。",
        "不能转入本地，可以在符合条件的地区办理。",
    ),
    VehicleRefusal.VIOLATIONS_OPEN: (
        "该车还有{violations}起道路交通安全违法行为未处理。",
        "请处理完毕后再申请。",
    ),
    VehicleRefusal.ACCIDENTS_OPEN: (
        "该车还有{accidents}起交通事故未处理完毕。",
        "请处理完毕后再申请。",
    ),
}


@dataclass(frozen=True, slots=True)
class VehiclePolicy:
    """`emission_stage` 0: no local threshold; `paper_file_stays`: direct registration is open."""

    emission_stage: int
    paper_file_stays: bool


def paper_file_stays(kind: VehicleKind, use: VehicleUse, policy: VehiclePolicy) -> bool:
    """Whether the paper file stays at the origin and only the electronic one is sent."""
    small = kind in (VehicleKind.MINI_PASSENGER, VehicleKind.SMALL_PASSENGER)
    return policy.paper_file_stays and small and use is VehicleUse.NON_COMMERCIAL


def registered_directly(record: Record, policy: VehiclePolicy) -> bool:
    """`paper_file_stays` for a record; otherwise the origin takes the plates and sends the file."""
    kind = member(record, "kind", VehicleKind)
    return paper_file_stays(kind, member(record, "use", VehicleUse), policy)


def origin_findings(
    record: Record, policy: VehiclePolicy, on: date, *, letter: str = ""
) -> tuple[Finding, ...]:
    """Every reason not to release the file; `letter` is the case that may hold the lock."""
    return _with_words(record, policy, tuple(_register_refusals(record, on, letter)))


def destination_findings(
    record: Record, policy: VehiclePolicy, on: date, *, letter: str = ""
) -> tuple[Finding, ...]:
    """The pre-check before the lock: the register's reasons and the local emission threshold."""
    codes = list(_register_refusals(record, on, letter))
    registered = member(record, "status", VehicleStatus) is VehicleStatus.REGISTERED
    if registered and number(record, "emission_stage") < policy.emission_stage:
        codes.append(VehicleRefusal.EMISSION_BELOW)
    return _with_words(record, policy, tuple(codes))


def _with_words(
    record: Record, policy: VehiclePolicy, codes: tuple[VehicleRefusal, ...]
) -> tuple[Finding, ...]:
    return findings(
        codes,
        WORDING,
        locked_by=text(record, "locked_by"),
        needed=policy.emission_stage,
        violations=number(record, "violations"),
        accidents=number(record, "accidents"),
    )


def _register_refusals(record: Record, on: date, letter: str) -> Iterator[VehicleRefusal]:
    if member(record, "status", VehicleStatus) is not VehicleStatus.REGISTERED:
        yield VehicleRefusal.NOT_REGISTERED
        return
    if not flag(record, "owner_agrees", True):
        yield VehicleRefusal.OWNER_DIFFERS
    if not flag(record, "data_agrees", True):
        yield VehicleRefusal.DATA_DIFFER
    if text(record, "locked_by") not in ("", letter):
        yield VehicleRefusal.LOCKED
    if flag(record, "seized"):
        yield VehicleRefusal.SEIZED
    if flag(record, "mortgaged") and not flag(record, "mortgage_release_applied"):
        yield VehicleRefusal.MORTGAGED
    if flag(record, "stolen"):
        yield VehicleRefusal.STOLEN
    if flag(record, "assembled"):
        yield VehicleRefusal.ASSEMBLED
    scrap_on = day(record, "scrap_on")
    if scrap_on is not None and scrap_on <= on:
        yield VehicleRefusal.SCRAP_DUE
    if flag(record, "customs_supervised"):
        yield VehicleRefusal.CUSTOMS_SUPERVISED
    if number(record, "violations"):
        yield VehicleRefusal.VIOLATIONS_OPEN
    if number(record, "accidents"):
        yield VehicleRefusal.ACCIDENTS_OPEN
