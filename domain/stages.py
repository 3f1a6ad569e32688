"""Where a case, a leg or a parcel stands, and each person in it.

Offered by `domain.casework`; the words people read stand beside the codes.
"""

from __future__ import annotations

from enum import StrEnum


class Stage(StrEnum):
    """Where a case or a leg stands. One state machine, mapped outwards at the edge (C1)."""

    SUBMITTED = "SUBMITTED"
    CORRECTION = "CORRECTION"
    REVIEW = "REVIEW"
    APPROVAL = "APPROVAL"
    ORIGIN_PROCESSING = "ORIGIN_PROCESSING"
    ORIGIN_REFUSED = "ORIGIN_REFUSED"
    LANDING = "LANDING"
    REISSUING = "REISSUING"
    RESTORING = "RESTORING"
    DELIVERY = "DELIVERY"
    ARCHIVED = "ARCHIVED"
    NOT_ACCEPTED = "NOT_ACCEPTED"
    LAPSED = "LAPSED"
    REFUSED = "REFUSED"
    WITHDRAWN = "WITHDRAWN"
    RESTORED = "RESTORED"
    TERMINATED = "TERMINATED"
    # the origin's leg
    RECEIVED = "RECEIVED"
    COMPARISON = "COMPARISON"
    CONFIRMATION = "CONFIRMATION"
    CANCELLATION = "CANCELLATION"
    IN_TRANSIT = "IN_TRANSIT"
    MOVED_OUT = "MOVED_OUT"
    MOVE_OUT_REFUSED = "MOVE_OUT_REFUSED"
    FORWARDED = "FORWARDED"
    # transfers: at home
    WAITING = "WAITING"  # for another case of the same person
    PEER_PROCESSING = "PEER_PROCESSING"
    PEER_REFUSED = "PEER_REFUSED"
    MATCHING = "MATCHING"  # table and money
    NEGOTIATION = "NEGOTIATION"
    BOOKING = "BOOKING"
    BALANCE_FOLLOWS = "BALANCE_FOLLOWS"  # the relation is continued, its money is to come
    PAYING = "PAYING"  # the bank pays the person
    TAKING_OVER = "TAKING_OVER"  # originals are checked in
    CLEARING = "CLEARING"  # 先转后清
    INSPECTION = "INSPECTION"
    REGISTRATION = "REGISTRATION"
    MARKET = "MARKET"  # the sale is checked and its invoice issued
    ACTIVATION = "ACTIVATION"
    REASSESSMENT = "REASSESSMENT"
    TAKING_BACK = "TAKING_BACK"  # an abort before the point of no return
    PEER_REFUSED_END = "PEER_REFUSED_END"
    TEMPORARY_OPENED = "TEMPORARY_OPENED"
    # transfers: the leg
    EXAMINATION = "EXAMINATION"
    RELEASING = "RELEASING"
    FOLLOWING = "FOLLOWING"  # until the other side confirms
    LEG_COMPLETED = "LEG_COMPLETED"
    LEG_REFUSED = "LEG_REFUSED"
    # proxied matters: the window, then the home office
    HOLDING = "HOLDING"  # not delivered, waits at the window
    NOT_COLLECTED = "NOT_COLLECTED"
    ACCEPTANCE = "ACCEPTANCE"
    MAKING = "MAKING"
    RESULT_SENT = "RESULT_SENT"
    NOT_GRANTED = "NOT_GRANTED"
    # the daily reconciliation
    RECONCILING = "RECONCILING"
    RECHECKING = "RECHECKING"
    CALENDAR_FINDING = "CALENDAR_FINDING"
    # low ratings and their appeals
    CALLING_BACK = "CALLING_BACK"
    VERIFYING = "VERIFYING"
    RECTIFYING = "RECTIFYING"
    FEEDING_BACK = "FEEDING_BACK"
    CONFIRMING = "CONFIRMING"
    APPEALED = "APPEALED"
    # tickets of the hotline
    DISPATCHING = "DISPATCHING"
    SIGNING = "SIGNING"
    HANDLING = "HANDLING"
    REPLIED = "REPLIED"
    # joint matters
    PARTICIPATION = "PARTICIPATION"  # parts of others are waited for
    PART_HANDLING = "PART_HANDLING"  # the other locality's part
    PART_ISSUING = "PART_ISSUING"
    PART_ANSWERED = "PART_ANSWERED"  # until the lead tells the end
    PART_REFUSED = "PART_REFUSED"
    # items under a generic procedure
    PAYMENT = "PAYMENT"  # of the fee
    SUPPLEMENTING = "SUPPLEMENTING"  # a deferred material
    COLLECTING = "COLLECTING"  # originals, by a window of another locality
    ORIGINALS = "ORIGINALS"  # are compared with what was filed
    AFTER_CHECK = "AFTER_CHECK"
    ITEM_REFUSED = "ITEM_REFUSED"
    REVOKED = "REVOKED"
    # composite cases (一件事)
    CHILDREN = "CHILDREN"
    PARTLY_DONE = "PARTLY_DONE"
    NONE_DONE = "NONE_DONE"
    # parcels
    PACKING = "PACKING"
    ON_THE_WAY = "ON_THE_WAY"
    TRACING = "TRACING"
    RECEIVED_WHOLE = "RECEIVED_WHOLE"
    LOST = "LOST"
    CAME_BACK = "CAME_BACK"


STAGE_LABELS: dict[Stage, str] = {
    Stage.SUBMITTED: "已收件",
    Stage.CORRECTION: "待补正",
    Stage.REVIEW: "审核中",
    Stage.APPROVAL: "审批中",
    Stage.ORIGIN_PROCESSING: "迁出地办理中",
    Stage.ORIGIN_REFUSED: "迁出地不予迁出",
    Stage.LANDING: "待落户",
    Stage.REISSUING: "补发迁移证中",
    Stage.RESTORING: "恢复户口中",
    Stage.DELIVERY: "待送达",
    Stage.ARCHIVED: "已归档",
    Stage.NOT_ACCEPTED: "不予受理",
    Stage.LAPSED: "补交不来办结",
    Stage.REFUSED: "不予迁入",
    Stage.WITHDRAWN: "已撤回",
    Stage.RESTORED: "户口已恢复",
    Stage.TERMINATED: "已终止",
    Stage.RECEIVED: "已收函",
    Stage.COMPARISON: "人口库核对中",
    Stage.CONFIRMATION: "电话核实中",
    Stage.CANCELLATION: "待注销",
    Stage.IN_TRANSIT: "已注销待落户",
    Stage.MOVED_OUT: "已迁出",
    Stage.MOVE_OUT_REFUSED: "不予迁出",
    Stage.FORWARDED: "已转送",
    Stage.WAITING: "等待前置办件",
    Stage.PEER_PROCESSING: "对方地区办理中",
    Stage.PEER_REFUSED: "对方地区不予办理",
    Stage.MATCHING: "待款表核对",
    Stage.NEGOTIATION: "两地协商中",
    Stage.BOOKING: "待入账",
    Stage.BALANCE_FOLLOWS: "关系已接续，资金随后",
    Stage.PAYING: "待银行支付",
    Stage.TAKING_OVER: "待验收",
    Stage.CLEARING: "待清理重复缴费",
    Stage.INSPECTION: "待查验",
    Stage.REGISTRATION: "待登记",
    Stage.MARKET: "待交易核验与开票",
    Stage.ACTIVATION: "待激活",
    Stage.REASSESSMENT: "重新评定中",
    Stage.TAKING_BACK: "撤销恢复中",
    Stage.PEER_REFUSED_END: "对方不予办理，已终止",
    Stage.TEMPORARY_OPENED: "已建临时账户，原关系保留",
    Stage.EXAMINATION: "核对登记中",
    Stage.RELEASING: "待审批转出",
    Stage.FOLLOWING: "已转出待确认",
    Stage.LEG_COMPLETED: "协办办结",
    Stage.LEG_REFUSED: "不予转出",
    Stage.HOLDING: "留存待领",
    Stage.NOT_COLLECTED: "未予代收",
    Stage.ACCEPTANCE: "待属地受理",
    Stage.MAKING: "待制证",
    Stage.RESULT_SENT: "已制证待送达",
    Stage.NOT_GRANTED: "不予签发",
    Stage.RECONCILING: "对账差异待处理",
    Stage.RECHECKING: "待再次对账",
    Stage.CALENDAR_FINDING: "历法事项待处理",
    Stage.CALLING_BACK: "差评待回访",
    Stage.VERIFYING: "差评待核实",
    Stage.RECTIFYING: "差评整改中",
    Stage.FEEDING_BACK: "整改待反馈",
    Stage.CONFIRMING: "整改待复核",
    Stage.APPEALED: "评价申诉待复核",
    Stage.DISPATCHING: "工单待派发",
    Stage.SIGNING: "工单待签收",
    Stage.HANDLING: "工单办理中",
    Stage.REPLIED: "工单已答复待回访",
    Stage.PARTICIPATION: "协同办理中",
    Stage.PART_HANDLING: "协助联办审查中",
    Stage.PART_ISSUING: "协助意见待签发",
    Stage.PART_ANSWERED: "已反馈，待办结告知",
    Stage.PART_REFUSED: "协助联办不同意",
    Stage.PAYMENT: "待缴费",
    Stage.SUPPLEMENTING: "待补容缺材料",
    Stage.COLLECTING: "异地代收原件中",
    Stage.ORIGINALS: "核验原件中",
    Stage.AFTER_CHECK: "承诺事后核查中",
    Stage.ITEM_REFUSED: "不予办理",
    Stage.REVOKED: "决定已撤销",
    Stage.CHILDREN: "各事项办理中",
    Stage.PARTLY_DONE: "部分事项办成",
    Stage.NONE_DONE: "各事项均未办成",
    Stage.PACKING: "待交寄",
    Stage.ON_THE_WAY: "寄递中",
    Stage.TRACING: "查询追踪中",
    Stage.RECEIVED_WHOLE: "已签收",
    Stage.LOST: "已遗失",
    Stage.CAME_BACK: "已退回",
}

FINAL_STAGES = frozenset(
    {
        Stage.ARCHIVED,
        Stage.NOT_ACCEPTED,
        Stage.LAPSED,
        Stage.REFUSED,
        Stage.WITHDRAWN,
        Stage.RESTORED,
        Stage.TERMINATED,
        Stage.MOVED_OUT,
        Stage.MOVE_OUT_REFUSED,
        Stage.FORWARDED,
        Stage.PEER_REFUSED_END,
        Stage.TEMPORARY_OPENED,
        Stage.LEG_COMPLETED,
        Stage.LEG_REFUSED,
        Stage.NOT_COLLECTED,
        Stage.NOT_GRANTED,
        Stage.RECEIVED_WHOLE,
        Stage.LOST,
        Stage.CAME_BACK,
        Stage.PART_REFUSED,
        Stage.PARTLY_DONE,
        Stage.NONE_DONE,
        Stage.ITEM_REFUSED,
        Stage.REVOKED,
    }
)


class PersonStatus(StrEnum):
    """One migrating person's own record inside a case (随迁: one permit, one record each)."""

    OPEN = "OPEN"
    IN_TRANSIT = "IN_TRANSIT"
    LANDED = "LANDED"
    RESTORED = "RESTORED"
    DECEASED = "DECEASED"
    ENDED = "ENDED"
