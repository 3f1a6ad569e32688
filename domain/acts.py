"""Legal acts: what an office does in law, its name, and the basis it is done on.

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
    ActCode.CALENDAR_SEEN_TO: "历法事项已处理",
    ActCode.CALENDAR_EXPLAINED: "历法事项已查明",
    ActCode.MONEY_ASSIGNED: "来款归入联系函",
    ActCode.HEARING_TOLD: "告知听证权利",
    ActCode.HEARING_ANNOUNCED: "公告听证",
    ActCode.HEARING_NOTICED: "通知听证",
    ActCode.HEARING_HELD: "举行听证",
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
    ActCode.PART_DONE: "协同环节办结",
    ActCode.PART_REFUSED: "协同环节不同意",
    ActCode.PART_PROMISED: "凭书面承诺先行办理",
    ActCode.CHILD_SENT: "分送事项",
    ActCode.SCENARIO_CLOSED: "一件事办结告知",
    ActCode.AUTO_CHECKED: "系统自动核验",
    ActCode.PROMISE_ACCEPTED: "接受告知承诺",
    ActCode.DEFERRAL_ACCEPTED: "容缺受理",
    ActCode.DEFERRED_SUPPLIED: "补齐容缺材料",
    ActCode.ITEM_REVIEWED: "审查",
    ActCode.ITEM_GRANTED: "作出准予决定",
    ActCode.ITEM_REFUSED: "作出不予办理决定",
    ActCode.SERVED: "提供服务",
    ActCode.FEE_PAID: "缴费",
    ActCode.RESULT_MADE: "出具结果文书",
    ActCode.MODE_CHANGED: "变更办理方式",
    ActCode.ORIGINALS_VERIFIED: "核验原件",
    ActCode.PROMISE_KEPT: "事后核查承诺属实",
    ActCode.PROMISE_FALSE: "事后核查承诺不实",
    ActCode.RESULT_REVOKED: "撤销决定，结果文书作废",
}

ACT_BASIS: dict[ActCode, str] = {
    ActCode.RECEIVED: "行政许可法第32条（参照）",
    ActCode.CORRECTION_NOTICE: "行政许可法第32条第1款第4项（参照）",
    ActCode.ACCEPTED: "行政许可法第32条第1款第5项（参照）",
    ActCode.DEEMED_ACCEPTED: "行政许可法第32条第1款第4项（参照）",
    ActCode.NOT_ACCEPTED: "行政许可法第32条（参照）",
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
    ActCode.HEARING_TOLD: "行政许可法第47条第1款",
    ActCode.HEARING_ANNOUNCED: "行政许可法第46条、第48条第1款第1项",
    ActCode.HEARING_NOTICED: "行政许可法第48条第1款第1项",
    ActCode.HEARING_HELD: "行政许可法第48条第1款第5项",
    ActCode.DIFFERENCE_SETTLED: "docs/rules.md D P1、P6",
    ActCode.DIFFERENCE_EXPLAINED: "docs/rules.md D P1、P6",
    ActCode.CALENDAR_SEEN_TO: "docs/rules.md B2",
    ActCode.CALENDAR_EXPLAINED: "docs/rules.md B2",
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
    ActCode.PART_PROMISED: "国办发〔2020〕42号（告知承诺）",
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
    ActCode.AUTO_CHECKED: "国务院令第716号（在线政务服务）第7条",
    ActCode.PROMISE_ACCEPTED: "国办发〔2020〕42号（告知承诺）",
    ActCode.PROMISE_KEPT: "国办发〔2020〕42号（告知承诺）",
    ActCode.PROMISE_FALSE: "国办发〔2020〕42号（告知承诺）",
    ActCode.DEFERRAL_ACCEPTED: "国发〔2022〕5号（容缺受理）",
    ActCode.DEFERRED_SUPPLIED: "国发〔2022〕5号（容缺受理）",
    ActCode.ITEM_REVIEWED: "行政许可法第34条（参照）",
    ActCode.ITEM_GRANTED: "行政许可法第38条第1款（参照）",
    ActCode.ITEM_REFUSED: "行政许可法第38条第2款（参照）",
    ActCode.SERVED: "服务事项清单",
    ActCode.RESULT_MADE: "行政许可法第44条（参照）",
    ActCode.MODE_CHANGED: "国办发〔2020〕35号（收受分离）",
    ActCode.ORIGINALS_VERIFIED: "国办发〔2020〕35号（收受分离）",
    ActCode.RESULT_REVOKED: "行政许可法第69条（参照）",
}
_HUKOU = "HUKOU_MIGRATION"
_HUKOU_BASIS: dict[ActCode, str] = {
    ActCode.CANCELLED: "户口登记条例第10条",
    ActCode.CERTIFICATE_ISSUED: "户口登记条例第10条",
    ActCode.LANDED: "户口登记条例第13条",
    ActCode.DEATH_RECORDED: "户口登记条例第8条",
}
#: What the acts of a family rest on that have no article of their own (docs/rules.md A1-A11, B4).
FAMILY_BASIS: dict[str, str] = {
    _HUKOU: "户口登记条例；户口迁移跨省通办工作规范",
    "PENSION": "国办发〔2009〕66号；人社部发〔2009〕187号",
    "RESIDENT_PENSION": "国发〔2014〕8号；人社部发〔2019〕84号",
    "PENSION_BRIDGE": "人社部发〔2014〕17号",
    "CIVIL_PENSION": "人社部规〔2017〕1号",
    "ANNUITY": "国办发〔2015〕18号；人社部规〔2017〕1号",
    "UNEMPLOYMENT": "失业保险条例第22条",
    "MEDICAL": "医保办发〔2021〕43号",
    "HOUSING_FUND": "住房公积金管理条例第13条",
    "PURCHASE_WITHDRAWAL": "住房公积金管理条例第24条、第25条",
    "PERSONNEL_FILE": "人社部发〔2021〕112号",
    "VEHICLE": "公安部令第164号",
    "DISABILITY_CARD": "残疾人证管理办法",
    "PROXY_INTAKE": "国办发〔2020〕35号（异地代收代办）",
    "GENERAL_ONLINE": "国办发〔2020〕35号（全程网办）",
    "RECONCILIATION": "docs/rules.md D P1、P6",
    "CALENDAR": "docs/rules.md B2",
    "RATING": "国办发〔2019〕51号（政务服务“好差评”）",
    "RATING_APPEAL": "国办发〔2019〕51号（政务服务“好差评”）",
    "GENERAL_JOINT": "国办发〔2020〕35号（多地联办）",
    "SCENARIO": "鲁政办发〔2021〕7号（“双全双百”一链办理）",
    "HOTLINE": "国办发〔2020〕53号（12345政务服务便民热线）",
}


def basis_of(code: ActCode, family: str) -> str:
    """The legal basis on which an office of that family does this act; KeyError: no such family."""
    own = _HUKOU_BASIS.get(code) if family == _HUKOU else None
    return own or ACT_BASIS.get(code) or FAMILY_BASIS[family]
