"""Legal acts: what an office does in law.

Offered by `domain.casework`.
"""

from __future__ import annotations

from enum import StrEnum


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
    # hearings before a decision
    HEARING_TOLD = "HEARING_TOLD"  # 告知听证权利
    HEARING_ANNOUNCED = "HEARING_ANNOUNCED"  # 公告听证
    HEARING_NOTICED = "HEARING_NOTICED"  # 通知听证
    HEARING_HELD = "HEARING_HELD"  # 举行听证, the record is on file
    # the daily reconciliation
    DIFFERENCE_SETTLED = "DIFFERENCE_SETTLED"  # 差异已更正
    DIFFERENCE_EXPLAINED = "DIFFERENCE_EXPLAINED"  # 差异已查明
    MONEY_ASSIGNED = "MONEY_ASSIGNED"  # 来款归入联系函
    # the weekly calendar check
    CALENDAR_SEEN_TO = "CALENDAR_SEEN_TO"  # 历法事项已处理
    CALENDAR_EXPLAINED = "CALENDAR_EXPLAINED"  # 历法事项已查明
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
    # joint matters
    PART_DONE = "PART_DONE"  # 协同环节办结
    PART_REFUSED = "PART_REFUSED"  # 协同环节不同意
    PART_PROMISED = "PART_PROMISED"  # 凭书面承诺先行办理
    # composite cases
    CHILD_SENT = "CHILD_SENT"  # 分送事项
    SCENARIO_CLOSED = "SCENARIO_CLOSED"  # 一件事办结告知
    # items under a generic procedure
    AUTO_CHECKED = "AUTO_CHECKED"  # 系统核验
    PROMISE_ACCEPTED = "PROMISE_ACCEPTED"  # 告知承诺
    DEFERRAL_ACCEPTED = "DEFERRAL_ACCEPTED"  # 容缺受理
    DEFERRED_SUPPLIED = "DEFERRED_SUPPLIED"  # 补齐容缺材料
    ITEM_REVIEWED = "ITEM_REVIEWED"  # 审查
    ITEM_GRANTED = "ITEM_GRANTED"  # 准予
    ITEM_REFUSED = "ITEM_REFUSED"  # 不予办理
    SERVED = "SERVED"  # 提供服务: of a company, which decides nothing
    FEE_PAID = "FEE_PAID"  # 缴费
    RESULT_MADE = "RESULT_MADE"  # 出具结果文书
    MODE_CHANGED = "MODE_CHANGED"  # 变更办理方式
    ORIGINALS_VERIFIED = "ORIGINALS_VERIFIED"  # 核验原件
    PROMISE_KEPT = "PROMISE_KEPT"  # 事后核查：承诺属实
    PROMISE_FALSE = "PROMISE_FALSE"  # 事后核查：承诺不实
    RESULT_REVOKED = "RESULT_REVOKED"  # 撤销决定
