"""The vocabulary of all procedures: stages, endings, legal acts, limits, numbered papers.

One state machine for every matter, mapped outwards at the edge (docs/rules.md C1). What only one
matter needs to explain, its refusals above all, stands in that matter's own module.
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


class ActCode(StrEnum):
    """What an office does in law. Each is recorded once per case, person and round (G1)."""

    RECEIVED = "RECEIVED"  # 收件
    CORRECTION_NOTICE = "CORRECTION_NOTICE"  # 一次性告知
    ACCEPTED = "ACCEPTED"  # 受理
    DEEMED_ACCEPTED = "DEEMED_ACCEPTED"  # 逾期视为受理
    NOT_ACCEPTED = "NOT_ACCEPTED"  # 不予受理
    REVIEWED = "REVIEWED"  # 审核
    APPROVED = "APPROVED"  # 准予迁入
    REFUSED = "REFUSED"  # 不予迁入
    PERMIT_ISSUED = "PERMIT_ISSUED"
    PERMIT_VOIDED = "PERMIT_VOIDED"
    ORIGIN_REFUSED = "ORIGIN_REFUSED"  # 不予迁出
    CANCELLED = "CANCELLED"  # 注销户口: the point of no return
    CERTIFICATE_ISSUED = "CERTIFICATE_ISSUED"
    CERTIFICATE_REISSUED = "CERTIFICATE_REISSUED"
    REISSUE_REFUSED = "REISSUE_REFUSED"  # 不予补发
    NOT_LANDED_PROVEN = "NOT_LANDED_PROVEN"  # 未落户证明
    LANDED = "LANDED"  # 落户
    RESTORED = "RESTORED"  # 恢复户口
    DEATH_RECORDED = "DEATH_RECORDED"
    DELIVERED = "DELIVERED"  # 送达
    WITHDRAWN = "WITHDRAWN"
    LAPSED = "LAPSED"
    TERMINATED = "TERMINATED"
    ARCHIVED = "ARCHIVED"
    # transfers
    PASSED = "PASSED"  # 转入审核通过
    NOT_PASSED = "NOT_PASSED"  # 不予转入
    PEER_REFUSED = "PEER_REFUSED"  # 不予转出 and the like, by the other locality
    EXAMINED = "EXAMINED"  # 核对登记
    RELEASED = "RELEASED"  # the origin's ending act: the point of no return
    STATEMENT_ISSUED = "STATEMENT_ISSUED"  # 信息表
    STATEMENT_CORRECTED = "STATEMENT_CORRECTED"
    REMITTED = "REMITTED"  # 划转
    REMITTED_AGAIN = "REMITTED_AGAIN"
    MONEY_MATCHED = "MONEY_MATCHED"  # 款表核对一致
    MONEY_RETURNED = "MONEY_RETURNED"  # 退回多划款
    BOOKED = "BOOKED"  # 入账
    CONFIRMED = "CONFIRMED"  # 到账/接收回执
    LETTER_VOIDED = "LETTER_VOIDED"  # 联系函作废
    INTEREST_SETTLED = "INTEREST_SETTLED"  # 结清利息
    REFUNDED = "REFUNDED"  # 重复缴费等退还本人
    RECOVERY_SETTLED = "RECOVERY_SETTLED"  # 重复领取的追回
    ANNUITY_FUNDED = "ANNUITY_FUNDED"  # 职业年金记实
    # proxied matters: the window
    COLLECTED = "COLLECTED"  # 代收件, not 受理
    SHORTFALL_TOLD = "SHORTFALL_TOLD"  # 告知补齐
    NOT_COLLECTED = "NOT_COLLECTED"  # 退还, nothing was sent
    OLD_COLLECTED = "OLD_COLLECTED"  # 收回旧证
    ORIGINALS_SENT = "ORIGINALS_SENT"  # 原件交寄
    HELD = "HELD"  # 留存待领
    RESULT_RETURNED = "RESULT_RETURNED"  # 期满退回属地
    # proxied matters: the home office
    ORIGINALS_TAKEN = "ORIGINALS_TAKEN"  # 接收原件
    ORIGINALS_RETURNED = "ORIGINALS_RETURNED"  # 退还原件
    REDIRECTED = "REDIRECTED"  # 转送有权机关
    GRANTED = "GRANTED"  # 准予签发
    NOT_GRANTED = "NOT_GRANTED"  # 不予签发
    MADE = "MADE"  # 制作证件: the point of no return
    RESULT_KEPT = "RESULT_KEPT"  # 无人领取, 属地保管
    # parcels and files
    SEALED = "SEALED"  # 装封
    HANDED_OVER = "HANDED_OVER"  # 交寄
    SEAL_CHECKED = "SEAL_CHECKED"  # 查验封签
    COUNTED = "COUNTED"  # 清点
    SENT_BACK = "SENT_BACK"  # 退回寄出
    TAKEN_BACK = "TAKEN_BACK"  # 收回退件
    CALLED_OFF = "CALLED_OFF"  # 不再寄出
    LOST = "LOST"  # 确认遗失
    CLAIMED = "CLAIMED"  # 索赔
    REBUILT = "REBUILT"  # 补办重建
    SIGNED_FOR = "SIGNED_FOR"  # 本人签收
    SENT_AGAIN = "SENT_AGAIN"  # 重新转递
    MISSING_TOLD = "MISSING_TOLD"  # 一次性告知缺少材料
    # things and cards
    LOCKED = "LOCKED"  # 锁定登记
    UNLOCKED = "UNLOCKED"
    INVOICED = "INVOICED"  # 开具发票
    INVOICE_REVERSED = "INVOICE_REVERSED"  # 红冲
    FILE_TAKEN_OVER = "FILE_TAKEN_OVER"  # 接收电子档案
    INSPECTED = "INSPECTED"  # 查验
    OLD_VOIDED = "OLD_VOIDED"  # 收回号牌、行驶证
    OLD_RESTORED = "OLD_RESTORED"  # 发还号牌、行驶证
    FLIPPED = "FLIPPED"  # 转让登记: the point of no return
    NEW_ISSUED = "NEW_ISSUED"  # 核发新号牌、行驶证
    RELEASE_CANCELLED = "RELEASE_CANCELLED"  # 撤销转出, the restoration act
    REASSESSED = "REASSESSED"  # 重新评定
    TEMPORARY_OPENED = "TEMPORARY_OPENED"  # 建立临时缴费账户
    RELATION_OPENED = "RELATION_OPENED"  # 登记参保
    OVERLAP_CLEARED = "OVERLAP_CLEARED"  # 清理重复缴费并退还
    RELATION_CONTINUED = "RELATION_CONTINUED"  # 登记接续: months and years, before any money
    WITHDRAWN_FROM_ACCOUNT = "WITHDRAWN_FROM_ACCOUNT"  # 提取记账
    PAID_OUT = "PAID_OUT"  # 支付到个人
    NEW_IN_FORCE = "NEW_IN_FORCE"  # 新证生效, 旧证作废
    # cards
    CARD_ACTIVATED = "CARD_ACTIVATED"  # 激活残疾人证: the point of no return
    # the daily reconciliation
    DIFFERENCE_SETTLED = "DIFFERENCE_SETTLED"  # 差异已更正
    DIFFERENCE_EXPLAINED = "DIFFERENCE_EXPLAINED"  # 差异已查明
    MONEY_ASSIGNED = "MONEY_ASSIGNED"  # 来款归入联系函
    # low ratings and their appeals
    RATER_CALLED = "RATER_CALLED"  # 回访评价人
    RATING_VERIFIED = "RATING_VERIFIED"  # 核实差评
    RECTIFIED = "RECTIFIED"  # 整改
    RATER_INFORMED = "RATER_INFORMED"  # 反馈整改结果
    RECTIFICATION_CONFIRMED = "RECTIFICATION_CONFIRMED"  # 复核整改
    RATING_PUBLISHED = "RATING_PUBLISHED"  # 公开处理结果, without names
    RATING_EXCLUDED = "RATING_EXCLUDED"  # 评价不予计入
    APPEAL_UPHELD = "APPEAL_UPHELD"  # 申诉成立
    APPEAL_REJECTED = "APPEAL_REJECTED"  # 申诉不成立
    # tickets of the hotline
    TICKET_DISPATCHED = "TICKET_DISPATCHED"  # 派单
    TICKET_SIGNED = "TICKET_SIGNED"  # 签收
    TICKET_NOT_OURS = "TICKET_NOT_OURS"  # 承办单位退单
    TICKET_RETURNED = "TICKET_RETURNED"  # 退回热线平台
    TICKET_REPLIED = "TICKET_REPLIED"  # 答复
    TICKET_CALLED_BACK = "TICKET_CALLED_BACK"  # 回访结果
    TICKET_CLOSED = "TICKET_CLOSED"  # 办结
    TICKET_WITHDRAWN = "TICKET_WITHDRAWN"  # 平台撤单


ACT_LABELS: dict[ActCode, str] = {
    ActCode.RECEIVED: "收件",
    ActCode.CORRECTION_NOTICE: "一次性告知补正",
    ActCode.ACCEPTED: "受理",
    ActCode.DEEMED_ACCEPTED: "逾期未告知，视为受理",
    ActCode.NOT_ACCEPTED: "不予受理",
    ActCode.REVIEWED: "迁入审核",
    ActCode.APPROVED: "准予迁入",
    ActCode.REFUSED: "不予迁入",
    ActCode.PERMIT_ISSUED: "签发准予迁入证明",
    ActCode.PERMIT_VOIDED: "准予迁入证明作废",
    ActCode.ORIGIN_REFUSED: "不予迁出",
    ActCode.CANCELLED: "注销户口",
    ActCode.CERTIFICATE_ISSUED: "签发户口迁移证",
    ActCode.CERTIFICATE_REISSUED: "补发户口迁移证",
    ActCode.REISSUE_REFUSED: "不予补发户口迁移证",
    ActCode.NOT_LANDED_PROVEN: "出具未落户证明",
    ActCode.LANDED: "落户登记",
    ActCode.RESTORED: "恢复户口",
    ActCode.DEATH_RECORDED: "死亡登记",
    ActCode.DELIVERED: "送达",
    ActCode.WITHDRAWN: "撤回申请",
    ActCode.LAPSED: "补交不来办结",
    ActCode.TERMINATED: "终止办理",
    ActCode.ARCHIVED: "归档",
    ActCode.PASSED: "转入审核通过",
    ActCode.NOT_PASSED: "不予转入",
    ActCode.PEER_REFUSED: "对方地区不予办理",
    ActCode.EXAMINED: "核对登记",
    ActCode.RELEASED: "终止关系并转出",
    ActCode.STATEMENT_ISSUED: "出具信息表",
    ActCode.STATEMENT_CORRECTED: "更正信息表",
    ActCode.REMITTED: "划转资金",
    ActCode.REMITTED_AGAIN: "重新划转资金",
    ActCode.MONEY_MATCHED: "款表核对一致",
    ActCode.MONEY_RETURNED: "退回多划款项",
    ActCode.BOOKED: "记账接续",
    ActCode.CONFIRMED: "确认回执",
    ActCode.LETTER_VOIDED: "联系函作废",
    ActCode.INTEREST_SETTLED: "结清个人账户利息",
    ActCode.REFUNDED: "退还本人",
    ActCode.RECOVERY_SETTLED: "落实追回",
    ActCode.ANNUITY_FUNDED: "职业年金记实",
    ActCode.COLLECTED: "代收件（非受理）",
    ActCode.SHORTFALL_TOLD: "告知补齐材料",
    ActCode.NOT_COLLECTED: "未予代收，退还材料",
    ActCode.OLD_COLLECTED: "收回旧证",
    ActCode.ORIGINALS_SENT: "原件交寄属地",
    ActCode.ORIGINALS_TAKEN: "属地接收原件",
    ActCode.ORIGINALS_RETURNED: "退还原件",
    ActCode.HELD: "留存待领",
    ActCode.RESULT_RETURNED: "留存期满退回属地",
    ActCode.REDIRECTED: "转送有权机关",
    ActCode.GRANTED: "准予签发",
    ActCode.NOT_GRANTED: "不予签发",
    ActCode.MADE: "制作证件",
    ActCode.RESULT_KEPT: "无人领取，属地保管",
    ActCode.SEALED: "清点装封",
    ActCode.HANDED_OVER: "交寄",
    ActCode.SEAL_CHECKED: "查验封签",
    ActCode.COUNTED: "清点核对",
    ActCode.SENT_BACK: "退回寄出",
    ActCode.TAKEN_BACK: "收回退件",
    ActCode.CALLED_OFF: "不再寄出",
    ActCode.LOST: "确认遗失",
    ActCode.CLAIMED: "向承运方索赔",
    ActCode.REBUILT: "补办重建",
    ActCode.SIGNED_FOR: "收件人签收",
    ActCode.SENT_AGAIN: "重新转递",
    ActCode.MISSING_TOLD: "一次性告知缺少材料",
    ActCode.LOCKED: "核查并锁定登记",
    ActCode.UNLOCKED: "解除锁定",
    ActCode.INVOICED: "开具二手车销售统一发票",
    ActCode.INVOICE_REVERSED: "红字冲销发票",
    ActCode.FILE_TAKEN_OVER: "接收电子档案",
    ActCode.INSPECTED: "查验车辆",
    ActCode.OLD_VOIDED: "收回原号牌、行驶证",
    ActCode.OLD_RESTORED: "发还原号牌、行驶证",
    ActCode.FLIPPED: "转让登记",
    ActCode.NEW_ISSUED: "核发新号牌、行驶证、登记证书",
    ActCode.RELEASE_CANCELLED: "撤销转出",
    ActCode.REASSESSED: "重新评定",
    ActCode.TEMPORARY_OPENED: "建立临时缴费账户",
    ActCode.RELATION_OPENED: "登记参保关系",
    ActCode.OVERLAP_CLEARED: "清理重复缴费并退还",
    ActCode.RELATION_CONTINUED: "登记接续关系",
    ActCode.WITHDRAWN_FROM_ACCOUNT: "提取记账",
    ActCode.PAID_OUT: "支付到个人",
    ActCode.NEW_IN_FORCE: "启用新证、旧证作废",
    ActCode.CARD_ACTIVATED: "激活残疾人证",
    ActCode.DIFFERENCE_SETTLED: "对账差异已更正",
    ActCode.DIFFERENCE_EXPLAINED: "对账差异已查明",
    ActCode.MONEY_ASSIGNED: "来款归入联系函",
    ActCode.RATER_CALLED: "回访评价人",
    ActCode.RATING_VERIFIED: "核实差评",
    ActCode.RECTIFIED: "落实整改",
    ActCode.RATER_INFORMED: "向评价人反馈",
    ActCode.RECTIFICATION_CONFIRMED: "复核整改结果",
    ActCode.RATING_PUBLISHED: "公开差评处理结果",
    ActCode.RATING_EXCLUDED: "评价不予计入",
    ActCode.APPEAL_UPHELD: "评价申诉成立",
    ActCode.APPEAL_REJECTED: "评价申诉不成立",
    ActCode.TICKET_DISPATCHED: "派发工单",
    ActCode.TICKET_SIGNED: "签收工单",
    ActCode.TICKET_NOT_OURS: "承办单位退单",
    ActCode.TICKET_RETURNED: "工单退回热线平台",
    ActCode.TICKET_REPLIED: "答复工单",
    ActCode.TICKET_CALLED_BACK: "工单回访",
    ActCode.TICKET_CLOSED: "工单办结",
    ActCode.TICKET_WITHDRAWN: "热线平台撤单",
}

ACT_BASIS: dict[ActCode, str] = {
    ActCode.RECEIVED: "行政许可法第32条（参照）",
    ActCode.CORRECTION_NOTICE: "行政许可法第32条第1款第4项（参照）",
    ActCode.ACCEPTED: "行政许可法第32条第1款第5项（参照）",
    ActCode.DEEMED_ACCEPTED: "行政许可法第32条第1款第4项（参照）",
    ActCode.NOT_ACCEPTED: "行政许可法第32条（参照）",
    ActCode.CANCELLED: "户口登记条例第10条",
    ActCode.CERTIFICATE_ISSUED: "户口登记条例第10条",
    ActCode.LANDED: "户口登记条例第13条",
    ActCode.DEATH_RECORDED: "户口登记条例第8条",
    **dict.fromkeys(
        (
            ActCode.SEALED,
            ActCode.HANDED_OVER,
            ActCode.SEAL_CHECKED,
            ActCode.COUNTED,
            ActCode.SENT_BACK,
            ActCode.TAKEN_BACK,
            ActCode.CALLED_OFF,
            ActCode.LOST,
            ActCode.CLAIMED,
            ActCode.REBUILT,
            ActCode.SIGNED_FOR,
            ActCode.SENT_AGAIN,
            ActCode.MISSING_TOLD,
        ),
        "物料交接与寄递约定（docs/rules.md A8、A11）",
    ),
    ActCode.COLLECTED: "国办发〔2020〕35号（异地代收代办）",
    ActCode.REDIRECTED: "行政许可法第32条第1款第2项",
    ActCode.GRANTED: "行政许可法第38条第1款",
    ActCode.NOT_GRANTED: "行政许可法第38条第2款",
    ActCode.MADE: "行政许可法第44条",
    ActCode.DIFFERENCE_SETTLED: "docs/rules.md D P1、P6",
    ActCode.DIFFERENCE_EXPLAINED: "docs/rules.md D P1、P6",
    ActCode.MONEY_ASSIGNED: "docs/rules.md A0 规则2",
    **dict.fromkeys(
        (
            ActCode.RATER_CALLED,
            ActCode.RATING_VERIFIED,
            ActCode.RECTIFIED,
            ActCode.RATER_INFORMED,
            ActCode.RECTIFICATION_CONFIRMED,
            ActCode.RATING_PUBLISHED,
            ActCode.RATING_EXCLUDED,
            ActCode.APPEAL_UPHELD,
            ActCode.APPEAL_REJECTED,
        ),
        "国办发〔2019〕51号（政务服务“好差评”）",
    ),
    **dict.fromkeys(
        (
            ActCode.TICKET_DISPATCHED,
            ActCode.TICKET_SIGNED,
            ActCode.TICKET_NOT_OURS,
            ActCode.TICKET_RETURNED,
            ActCode.TICKET_REPLIED,
            ActCode.TICKET_CALLED_BACK,
            ActCode.TICKET_CLOSED,
            ActCode.TICKET_WITHDRAWN,
        ),
        "国办发〔2020〕53号（12345政务服务便民热线）",
    ),
}
DEFAULT_BASIS = "户口登记条例；户口迁移跨省通办工作规范"


class Ending(StrEnum):
    """How a case ended, for its result and the statistics."""

    COMPLETED = "COMPLETED"
    NOT_ACCEPTED = "NOT_ACCEPTED"
    LAPSED = "LAPSED"
    REFUSED = "REFUSED"
    ORIGIN_REFUSED = "ORIGIN_REFUSED"
    WITHDRAWN = "WITHDRAWN"
    RESTORED = "RESTORED"
    PERMIT_EXPIRED = "PERMIT_EXPIRED"
    DECEASED = "DECEASED"
    FORWARDED = "FORWARDED"
    PEER_REFUSED = "PEER_REFUSED"
    LOST = "LOST"
    CAME_BACK = "CAME_BACK"
    TEMPORARY_ACCOUNT = "TEMPORARY_ACCOUNT"
    NOT_COLLECTED = "NOT_COLLECTED"
    UNCLAIMED = "UNCLAIMED"


ENDING_STAGE: dict[Ending, Stage] = {
    Ending.COMPLETED: Stage.ARCHIVED,
    Ending.NOT_ACCEPTED: Stage.NOT_ACCEPTED,
    Ending.LAPSED: Stage.LAPSED,
    Ending.REFUSED: Stage.REFUSED,
    Ending.ORIGIN_REFUSED: Stage.REFUSED,
    Ending.WITHDRAWN: Stage.WITHDRAWN,
    Ending.RESTORED: Stage.RESTORED,
    Ending.PERMIT_EXPIRED: Stage.TERMINATED,
    Ending.DECEASED: Stage.TERMINATED,
    Ending.FORWARDED: Stage.FORWARDED,
    Ending.PEER_REFUSED: Stage.PEER_REFUSED_END,
    Ending.LOST: Stage.TERMINATED,
    Ending.CAME_BACK: Stage.TERMINATED,
    Ending.TEMPORARY_ACCOUNT: Stage.TEMPORARY_OPENED,
    Ending.NOT_COLLECTED: Stage.NOT_COLLECTED,
    Ending.UNCLAIMED: Stage.TERMINATED,
}
#: The same for a parcel.
PARCEL_ENDING_STAGE: dict[Ending, Stage] = {
    Ending.COMPLETED: Stage.RECEIVED_WHOLE,
    Ending.LOST: Stage.LOST,
    Ending.CAME_BACK: Stage.CAME_BACK,
    Ending.WITHDRAWN: Stage.WITHDRAWN,
}
#: The same for a leg of any transfer; 户口迁出 has words of its own.
LEG_ENDING_STAGE: dict[Ending, Stage] = {
    **ENDING_STAGE,
    Ending.COMPLETED: Stage.LEG_COMPLETED,
    Ending.PEER_REFUSED: Stage.LEG_REFUSED,
}
#: The same where the leg is the deciding office (异地代收代办); a refusal by rule, such as a
#: second open application, is 不予受理 as well.
DECIDING_LEG_STAGE: dict[Ending, Stage] = {
    **LEG_ENDING_STAGE,
    Ending.REFUSED: Stage.NOT_GRANTED,
    Ending.PEER_REFUSED: Stage.NOT_ACCEPTED,
}


class ClockKind(StrEnum):
    """The lawful time limits of a hukou migration."""

    INTAKE = "INTAKE"  # 一次性告知
    CORRECTION = "CORRECTION"  # 补正
    DECISION = "DECISION"  # 审核审批
    PEER = "PEER"  # the origin's limit as home knows it
    PERMIT = "PERMIT"  # 准迁证 validity
    CERTIFICATE = "CERTIFICATE"  # 迁移证 validity
    LANDING = "LANDING"  # the person's duty, art 13
    ORIGIN = "ORIGIN"  # the origin's own limit
    CONFIRMATION = "CONFIRMATION"  # 落户后告知迁出地
    RELEASE = "RELEASE"  # the leg's own limit of a transfer
    BOOKING = "BOOKING"  # after table and money are both here
    MONEY = "MONEY"  # how long money may be on its way before it is asked for
    NEGOTIATION = "NEGOTIATION"  # 两地协商
    PAYMENT = "PAYMENT"  # until the bank has paid the person
    RECEIPT = "RECEIPT"  # 回执 of a file or parcel
    TRACKING = "TRACKING"  # the courier's silence
    HANDOVER = "HANDOVER"  # until a parcel is sealed and given to its carrier
    TRANSIT = "TRANSIT"  # how long a parcel may travel
    TRACE = "TRACE"  # until a search without result counts as loss
    RECHECK = "RECHECK"  # look again at what the case waits for
    INSPECTION = "INSPECTION"  # until the car is shown
    PLATE = "PLATE"  # validity of a temporary plate
    COLLECTION = "COLLECTION"  # a window sends on what it collected
    MAKING = "MAKING"  # a document, after the decision
    HOLDING = "HOLDING"  # an undelivered document at the window
    DIFFERENCE = "DIFFERENCE"  # a difference of the reconciliation
    SUSPENSION = "SUSPENSION"  # runs while another limit stands still: no pause sleeps
    CONTACT = "CONTACT"  # call back who gave a low rating
    VERIFICATION = "VERIFICATION"  # of a low rating
    RECTIFICATION = "RECTIFICATION"  # of what a low rating found
    FEEDBACK = "FEEDBACK"  # to who gave a low rating
    CONFIRMING = "CONFIRMING"  # of a rectification
    APPEAL = "APPEAL"  # against a rating
    DISPATCH = "DISPATCH"  # of a ticket to an office
    SIGNING = "SIGNING"  # an office takes a ticket or returns it
    HANDLING = "HANDLING"  # of a ticket
    VERDICT = "VERDICT"  # the hotline's call-back


CLOCK_LABELS: dict[ClockKind, str] = {
    ClockKind.INTAKE: "收件告知时限",
    ClockKind.CORRECTION: "补正期限",
    ClockKind.DECISION: "审核审批时限",
    ClockKind.PEER: "对方办理时限",
    ClockKind.PERMIT: "准予迁入证明有效期",
    ClockKind.CERTIFICATE: "户口迁移证有效期",
    ClockKind.LANDING: "本人申报落户期限",
    ClockKind.ORIGIN: "迁出办理时限",
    ClockKind.CONFIRMATION: "送达与告知时限",
    ClockKind.RELEASE: "转出办理时限",
    ClockKind.BOOKING: "接续办理时限",
    ClockKind.MONEY: "资金到账查询期限",
    ClockKind.NEGOTIATION: "两地协商期限",
    ClockKind.PAYMENT: "银行支付期限",
    ClockKind.RECEIPT: "回执期限",
    ClockKind.TRACKING: "寄递无消息期限",
    ClockKind.HANDOVER: "交寄时限",
    ClockKind.TRANSIT: "在途期限",
    ClockKind.TRACE: "查询期限",
    ClockKind.RECHECK: "再次核对",
    ClockKind.INSPECTION: "车辆查验期限",
    ClockKind.PLATE: "临时行驶车号牌有效期",
    ClockKind.COLLECTION: "代收移送时限",
    ClockKind.MAKING: "制证时限",
    ClockKind.HOLDING: "留存待领期间",
    ClockKind.DIFFERENCE: "对账差异处理时限",
    ClockKind.SUSPENSION: "中止预计期限",
    ClockKind.CONTACT: "差评回访时限",
    ClockKind.VERIFICATION: "差评核实时限",
    ClockKind.RECTIFICATION: "差评整改时限",
    ClockKind.FEEDBACK: "整改反馈时限",
    ClockKind.CONFIRMING: "整改复核时限",
    ClockKind.APPEAL: "评价申诉复核时限",
    ClockKind.DISPATCH: "工单派发时限",
    ClockKind.SIGNING: "工单签收与退单时限",
    ClockKind.HANDLING: "工单办理时限",
    ClockKind.VERDICT: "热线回访期限",
}


class CertificateKind(StrEnum):
    """Numbered papers; a number is never issued twice (G2)."""

    PERMIT = "PERMIT"  # 准予迁入证明
    MIGRATION = "MIGRATION"  # 户口迁移证
    NOT_LANDED = "NOT_LANDED"  # 未落户证明
    INVOICE = "INVOICE"  # 二手车销售统一发票
    RED_INVOICE = "RED_INVOICE"  # 红字发票
    PLATE = "PLATE"  # 号牌
    TEMPORARY_PLATE = "TEMPORARY_PLATE"  # 临时行驶车号牌
    LICENCE = "LICENCE"  # 行驶证
    OWNERSHIP = "OWNERSHIP"  # 登记证书


CERTIFICATE_LABELS: dict[CertificateKind, str] = {
    CertificateKind.PERMIT: "准予迁入证明",
    CertificateKind.MIGRATION: "户口迁移证",
    CertificateKind.NOT_LANDED: "未落户证明",
    CertificateKind.INVOICE: "二手车销售统一发票",
    CertificateKind.RED_INVOICE: "红字发票",
    CertificateKind.PLATE: "机动车号牌",
    CertificateKind.TEMPORARY_PLATE: "临时行驶车号牌",
    CertificateKind.LICENCE: "行驶证",
    CertificateKind.OWNERSHIP: "机动车登记证书",
}


class CertificateStatus(StrEnum):
    """A certificate's life. PREPARED holds the number while the register act is under way."""

    PREPARED = "PREPARED"
    VALID = "VALID"
    USED = "USED"
    VOID = "VOID"
