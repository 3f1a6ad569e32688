"""The regular way of each family's procedure: the steps at home and, beside them, the other side's.

The data behind the picture of a case (`domain.course`). What a case meets besides (corrections,
reissues, an end before its time) is taken from its history, not declared here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain.stages import STAGE_LABELS, Stage


@dataclass(frozen=True, slots=True)
class Beside:
    """A step of the other locality, and from which to which home step it is going on."""

    stage: Stage
    first: Stage
    last: Stage


@dataclass(frozen=True, slots=True)
class Route:
    """One procedure. ``home`` in its order; ``leg`` in its order, empty where nobody helps."""

    home: tuple[Stage, ...]
    leg: tuple[Beside, ...] = ()


def _during(stage: Stage, *steps: Stage) -> tuple[Beside, ...]:
    return tuple(Beside(step, stage, stage) for step in steps)


_EXAMINED = _during(Stage.PEER_PROCESSING, Stage.RECEIVED, Stage.EXAMINATION, Stage.RELEASING)
_CLOSED = _during(Stage.ARCHIVED, Stage.LEG_COMPLETED)


def _transfer(*between: Stage, followed: tuple[Stage, Stage] | None = None) -> Route:
    """A transfer: asked for, released by the other side, taken in here."""
    home = (
        *(Stage.SUBMITTED, Stage.REVIEW, Stage.PEER_PROCESSING),
        *between,
        *(Stage.DELIVERY, Stage.ARCHIVED),
    )
    first, last = followed or (between[0], between[-1])
    return Route(home, (*_EXAMINED, Beside(Stage.FOLLOWING, first, last), *_CLOSED))


_MONEY = _transfer(Stage.MATCHING, Stage.BOOKING)
_VEHICLE = Route(
    (
        *(Stage.SUBMITTED, Stage.REVIEW, Stage.MARKET, Stage.PEER_PROCESSING),
        *(Stage.INSPECTION, Stage.REGISTRATION, Stage.DELIVERY, Stage.ARCHIVED),
    ),
    (*_EXAMINED, Beside(Stage.FOLLOWING, Stage.INSPECTION, Stage.REGISTRATION), *_CLOSED),
)

ROUTES: Mapping[str, Route] = {
    "HUKOU_MIGRATION": Route(
        (
            *(Stage.SUBMITTED, Stage.REVIEW, Stage.APPROVAL, Stage.ORIGIN_PROCESSING),
            *(Stage.LANDING, Stage.DELIVERY, Stage.ARCHIVED),
        ),
        (
            *_during(
                Stage.ORIGIN_PROCESSING,
                *(Stage.RECEIVED, Stage.COMPARISON, Stage.CONFIRMATION, Stage.CANCELLATION),
            ),
            Beside(Stage.IN_TRANSIT, Stage.LANDING, Stage.LANDING),
            Beside(Stage.MOVED_OUT, Stage.DELIVERY, Stage.ARCHIVED),
        ),
    ),
    **dict.fromkeys(
        (
            *("PENSION", "RESIDENT_PENSION", "PENSION_BRIDGE", "CIVIL_PENSION", "ANNUITY"),
            *("UNEMPLOYMENT", "MEDICAL", "HOUSING_FUND"),
        ),
        _MONEY,
    ),
    "PURCHASE_WITHDRAWAL": _transfer(Stage.PAYING),
    "PERSONNEL_FILE": _transfer(Stage.TAKING_OVER),
    "VEHICLE": _VEHICLE,
    "DISABILITY_CARD": _transfer(Stage.ACTIVATION),
    "PROXY_INTAKE": Route(
        (Stage.SUBMITTED, Stage.PEER_PROCESSING, Stage.DELIVERY, Stage.ARCHIVED),
        (
            *_during(
                Stage.PEER_PROCESSING,
                *(Stage.RECEIVED, Stage.ACCEPTANCE, Stage.EXAMINATION, Stage.APPROVAL),
                Stage.MAKING,
            ),
            Beside(Stage.RESULT_SENT, Stage.DELIVERY, Stage.DELIVERY),
            *_CLOSED,
        ),
    ),
    "GENERAL_JOINT": Route(
        (Stage.SUBMITTED, Stage.PARTICIPATION, Stage.APPROVAL, Stage.DELIVERY, Stage.ARCHIVED),
        (
            *_during(Stage.PARTICIPATION, Stage.RECEIVED, Stage.PART_HANDLING, Stage.PART_ISSUING),
            Beside(Stage.PART_ANSWERED, Stage.APPROVAL, Stage.DELIVERY),
            *_CLOSED,
        ),
    ),
    "GENERAL_ONLINE": Route((Stage.SUBMITTED, Stage.APPROVAL, Stage.DELIVERY, Stage.ARCHIVED)),
    "RECONCILIATION": Route((Stage.RECONCILING, Stage.RECHECKING, Stage.ARCHIVED)),
    "CALENDAR": Route((Stage.CALENDAR_FINDING, Stage.ARCHIVED)),
    "RATING": Route(
        (
            *(Stage.CALLING_BACK, Stage.VERIFYING, Stage.RECTIFYING, Stage.FEEDING_BACK),
            *(Stage.CONFIRMING, Stage.ARCHIVED),
        )
    ),
    "RATING_APPEAL": Route((Stage.APPEALED, Stage.ARCHIVED)),
    "HOTLINE": Route(
        (Stage.DISPATCHING, Stage.SIGNING, Stage.HANDLING, Stage.REPLIED, Stage.ARCHIVED)
    ),
    "SCENARIO": Route((Stage.SUBMITTED, Stage.CHILDREN, Stage.ARCHIVED)),
}

#: What a step is called where the stage's name says a state: 审核, not 审核中.
STEP_LABELS: Mapping[Stage, str] = {
    Stage.SUBMITTED: "收件",
    Stage.CORRECTION: "补正",
    Stage.REVIEW: "审核",
    Stage.APPROVAL: "审批",
    Stage.ORIGIN_PROCESSING: "迁出地办理",
    Stage.LANDING: "落户",
    Stage.REISSUING: "补发迁移证",
    Stage.RESTORING: "恢复户口",
    Stage.DELIVERY: "送达",
    Stage.ARCHIVED: "归档",
    Stage.RECEIVED: "收函",
    Stage.COMPARISON: "人口库核对",
    Stage.CONFIRMATION: "电话核实",
    Stage.CANCELLATION: "注销户口",
    Stage.IN_TRANSIT: "等待落户",
    Stage.MOVED_OUT: "迁出办结",
    Stage.PEER_PROCESSING: "对方地区办理",
    Stage.MATCHING: "款表核对",
    Stage.NEGOTIATION: "两地协商",
    Stage.BOOKING: "入账",
    Stage.PAYING: "银行支付",
    Stage.TAKING_OVER: "验收",
    Stage.CLEARING: "清理重复缴费",
    Stage.INSPECTION: "查验",
    Stage.REGISTRATION: "登记",
    Stage.MARKET: "交易核验与开票",
    Stage.ACTIVATION: "激活",
    Stage.REASSESSMENT: "重新评定",
    Stage.TAKING_BACK: "撤销恢复",
    Stage.EXAMINATION: "核对登记",
    Stage.RELEASING: "审批转出",
    Stage.FOLLOWING: "等待确认",
    Stage.ACCEPTANCE: "属地受理",
    Stage.MAKING: "制证",
    Stage.RESULT_SENT: "寄出结果",
    Stage.RECONCILING: "处理差异",
    Stage.RECHECKING: "再次对账",
    Stage.CALENDAR_FINDING: "处理历法事项",
    Stage.CALLING_BACK: "回访",
    Stage.VERIFYING: "核实",
    Stage.RECTIFYING: "整改",
    Stage.FEEDING_BACK: "反馈",
    Stage.CONFIRMING: "复核",
    Stage.APPEALED: "申诉复核",
    Stage.DISPATCHING: "派发",
    Stage.SIGNING: "签收",
    Stage.HANDLING: "办理",
    Stage.REPLIED: "答复回访",
    Stage.PARTICIPATION: "协同办理",
    Stage.PART_HANDLING: "协助审查",
    Stage.PART_ISSUING: "签发意见",
    Stage.PART_ANSWERED: "等待办结告知",
    Stage.PAYMENT: "缴费",
    Stage.SUPPLEMENTING: "补交容缺材料",
    Stage.COLLECTING: "异地代收原件",
    Stage.ORIGINALS: "核验原件",
    Stage.AFTER_CHECK: "事后核查",
    Stage.CHILDREN: "办理各事项",
    Stage.PACKING: "交寄",
    Stage.ON_THE_WAY: "寄递",
    Stage.TRACING: "查询追踪",
    Stage.RECEIVED_WHOLE: "签收",
}


def step_label(stage: Stage) -> str:
    """The step's name for people."""
    return STEP_LABELS.get(stage, STAGE_LABELS[stage])


#: A parcel, whatever family sends it.
PARCEL = Route((Stage.PACKING, Stage.ON_THE_WAY, Stage.RECEIVED_WHOLE))

#: The stage in which a case stands during each step of a generic definition (its ``kind``).
_GENERIC = {
    "ACCEPTANCE": Stage.SUBMITTED,
    "PARTICIPATION": Stage.PARTICIPATION,
    "REVIEW": Stage.REVIEW,
    "DECISION": Stage.APPROVAL,
    "MAKING": Stage.MAKING,
    "DELIVERY": Stage.DELIVERY,
}


def generic_route(
    steps: Sequence[str], *, fee: bool, deferred: bool, promised: bool, parts_elsewhere: bool
) -> Route:
    """The route that a pinned definition gives; ``steps`` are its kinds in their order.

    ``fee``: one is to be paid; ``deferred``: materials follow after acceptance (容缺受理);
    ``promised``: promises are checked afterwards (告知承诺).
    """
    before = [_GENERIC[kind] for kind in steps if kind in _GENERIC]
    after = [stage for stage in before if stage in (Stage.MAKING, Stage.DELIVERY)]
    home = [Stage.SUBMITTED, *(stage for stage in before if stage not in after)]
    if fee:
        home.append(Stage.PAYMENT)
    if deferred:
        home.append(Stage.SUPPLEMENTING)
    home += after
    if promised:
        home.append(Stage.AFTER_CHECK)
    home.append(Stage.ARCHIVED)
    ordered = tuple(dict.fromkeys(home))
    if not parts_elsewhere or Stage.PARTICIPATION not in ordered:
        return Route(ordered)
    asked = _during(Stage.PARTICIPATION, Stage.RECEIVED, Stage.PART_HANDLING, Stage.PART_ISSUING)
    follows = ordered[ordered.index(Stage.PARTICIPATION) + 1]
    return Route(ordered, (*asked, Beside(Stage.PART_ANSWERED, follows, ordered[-2]), *_CLOSED))
