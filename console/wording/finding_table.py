"""The words of findings: what stands before a colon, how its value reads, and plain codes.

Data only, read by `console.wording.findings`. A finding is a code, or a head and a value
(``TOTAL:15119170``); facts that examiners tell use the same heads in small letters.
"""

from __future__ import annotations

from collections.abc import Mapping

from console.wording import finding_values as read
from console.wording.finding_values import Reader
from console.wording.general_findings import GENERAL_HEADS
from console.wording.joint_findings import JOINT_HEADS
from console.wording.service_findings import SERVICE_HEADS, SERVICE_PLAIN
from contracts.parcels import ParcelNews
from domain.casework import CLOCK_LABELS
from domain.intake_rules import DefectCode
from domain.reconciliation_facts import DifferenceKind
from domain.schemes.medical import BalanceUse, MedicalScheme
from domain.schemes.pension_eligibility import TransferOutcome
from domain.schemes.pension_findings import Effect
from domain.schemes.personnel_file import TRANSPORT_LABELS
from domain.schemes.unemployment import SCENE_LABELS
from domain.transports import Service

DIFFERENCE_LABELS: Mapping[DifferenceKind, str] = {
    DifferenceKind.NOT_EXECUTED: "指令未执行",
    DifferenceKind.NOT_ARRIVED: "告知已划转而未到账",
    DifferenceKind.NOT_ANNOUNCED: "已到账而无信息表",
    DifferenceKind.ARRIVED_UNKNOWN: "来款不明",
    DifferenceKind.EXECUTED_UNKNOWN: "无指令的付款",
    DifferenceKind.AMOUNT_DIFFERS: "金额不符",
    DifferenceKind.EXECUTED_TWICE: "重复付款",
    DifferenceKind.BOUNCED_NOT_REORDERED: "退汇未重汇",
    DifferenceKind.BANK_OWES: "银行差错未清",
    DifferenceKind.LETTER_DIFFERS: "账函不符",
    DifferenceKind.LEDGER_UNBALANCED: "账不平",
}

_PROOF = read.choice(
    {
        "CONFIRMED": "核验一致",
        "CONTRADICTED": "与登记不一致",
        "NOT_FOUND": "查无记录",
        "UNAVAILABLE": "暂时无法核验",
    }
)
_PARCEL = {
    ParcelNews.REBUILT: "遗失后已补办，可以重新寄出",
    ParcelNews.RETURNED: "已退回本机构",
    ParcelNews.CALLED_OFF: "已撤回，没有寄出",
}

#: What stands before a colon -> (its words, how the value reads). Without words the value is all.
HEADS: Mapping[str, tuple[str, Reader]] = {
    **GENERAL_HEADS,
    **JOINT_HEADS,
    # the form check and the shared registers
    DefectCode.DOCUMENT_MISSING: ("缺少材料", read.subject),
    DefectCode.DOCUMENT_OF_NOBODY: ("材料没有写明是谁的", read.subject),
    DefectCode.FIELD_MISSING: ("没有填写", read.subject),
    DefectCode.FIELD_WRONG: ("填写有误", read.subject),
    DefectCode.FIELD_UNKNOWN: ("本事项没有的栏目", read.subject),
    DefectCode.PROMISE_NOT_OFFERED: ("不实行告知承诺的材料", read.subject),
    DefectCode.NOT_DEFERRABLE: ("不实行容缺受理的材料", read.subject),
    DefectCode.IDENTITY_NUMBER_WRONG: ("公民身份号码有误", read.subject),
    DefectCode.PERSON_TWICE: ("同一人填写了两次", read.subject),
    DefectCode.MIGRANTS_MISNUMBERED: ("迁移人序号不连续或没有主迁移人", read.nothing),
    DefectCode.FOLLOWERS_NOT_ALLOWED: ("该事项不能随迁家属", read.nothing),
    DefectCode.PARENT_TOO_YOUNG: ("父母未到规定年龄", read.nothing),
    DefectCode.SAME_LOCALITY: ("两地在同一地区", read.nothing),
    DefectCode.GRADUATION_TOO_LONG_AGO: ("毕业时间超过规定年限", read.nothing),
    DefectCode.GRADUATION_IN_FUTURE: ("毕业日期在今天之后", read.nothing),
    DefectCode.REASON_DIFFERS: ("迁移原因与所选事项不符", read.nothing),
    "MARRIAGE": ("婚姻登记核验", _PROOF),
    "ADMISSION": ("录取信息核验", _PROOF),
    "GRADUATION": ("毕业信息核验", _PROOF),
    # any task
    "REGISTER": ("登记系统不予办理", read.register),
    "UNREADABLE": ("登记记录无法识别，请人工核对", read.nothing),
    "REFUSED": ("对方不予办理", read.reason),
    "REASON": ("理由", read.reason),
    "ASKED": ("对方商请更正", read.reason),
    "WAITS_FOR": ("等待本人处理", read.reason),
    "NOW_IN": ("现登记在", read.place),
    "REVIEW": (
        "审核意见",
        read.outcome(
            {
                "HUKOU_MIGRATION": "REVIEW",
                "GENERAL_ONLINE": "GENERAL_REVIEW",
                "": "PROXY_REVIEW",
            }
        ),
    ),
    "ATTEMPT": ("", read.attempt),
    "PAPERS": ("迁出文书", read.choice({"UNUSABLE": "无法核验"})),
    "PROOF": ("未落户证明", read.text),
    # sums and months
    "TOTAL": ("金额合计", read.money),
    "MONTHS": ("月数", read.months),
    "TABLE": ("信息表金额", read.money),
    "TABLE_FEN": ("信息表金额", read.money),
    "ARRIVED": ("实际到账", read.money),
    "ARRIVED_FEN": ("对方实际到账", read.money),
    "BOUNCED": ("退汇金额", read.money),
    "TO_SEND": ("按新表还应划出", read.money),
    "SHORT": ("到账比划出少", read.money),
    "INTEREST_FEN": ("其中利息", read.money),
    "REFUND": ("应退还本人", read.money),
    "REFUND_FEN": ("应退还本人", read.money),
    "REFUND_MONTHS": ("重复缴费月数", read.months),
    "REFUND_HERE": ("清理本地记录应退", read.money),
    "REFUND_THERE": ("清理转入记录应退", read.money),
    "RECOVER": ("应由本人退回的基础养老金", read.money),
    "RECOVER_FEN": ("应由本人退回的基础养老金", read.money),
    "UNFUNDED": ("尚未记实", read.money),
    "UNFUNDED_FEN": ("尚未记实", read.money),
    "LEFT_OUT_MONTHS": ("不随本次转移的月数", read.months),
    "OVERLAP_MONTHS": ("重复缴费月数", read.months),
    "GAP_MONTHS": ("中断缴费月数", read.months),
    "WAITING_MONTHS": ("待遇等待期", read.months),
    "WAITING": ("待遇等待期", read.choice({"UNKNOWN": "登记没有说明，请人工核对"})),
    "MAY_PAY_BACK": ("可以补缴中断月份", read.yes_no),
    # employees' pension
    "WHO": ("能否转移", read.choice({one.value: one.label for one in TransferOutcome})),
    "DRAWING": ("已领取基本养老金", read.yes_no),
    "HUKOU_PROVINCE": ("转入地是户籍所在省份", read.yes_no),
    "MOVED_BY_ORDER": ("经组织或人社部门批准调动", read.yes_no),
    "SAME_PROVINCE": ("省内转移", read.yes_no),
    "OVER_AGE": ("首次在转入地参保已达年龄界限", read.yes_no),
    "OTHERWISE": ("其他跨省流动就业", read.yes_no),
    "HUKOU": (
        "户籍所在地的依据",
        read.choice({"REGISTER": "人口库", "DECLARED": "本人申报", "ASSUMED": "推定为原参保地"}),
    ),
    "PURPOSE": ("申请类别", read.choice({"COLLECTION": "待遇领取地归集", "MOVE": "流动就业转移"})),
    "CONDITIONS": ("待遇领取条件", read.choice({"TO_CONFIRM": "待人工确认"})),
    "PROPOSED_TO_KEEP": ("建议保留", read.choice({"HERE": "本地记录", "THERE": "转入记录"})),
    "EFFECT": (
        "核对结论",
        read.choice(
            {
                Effect.REFUSE: "不能转出",
                Effect.WAIT: "须等待本人处理",
                Effect.SETTLE: "须由经办人员核实",
                "NONE": "没有障碍",
            }
        ),
    ),
    "TEMPORARY": ("临时缴费账户", read.yes_no),
    "TEMPORARY_HERE": ("本地是临时缴费账户", read.yes_no),
    "OPEN": ("须先在本地建立关系", read.yes_no),
    # unemployment and medical insurance, housing fund
    "REGISTERED": ("本地已有参保登记", read.yes_no),
    "SCENE": ("转移情形", read.choice(SCENE_LABELS)),
    "PAID_MONTHS": ("缴费月数", read.months),
    "BENEFIT_MONTHS": ("剩余待遇月数", read.months),
    "PAID_THROUGH": ("待遇已发至", read.month),
    "FIRST_MONTH": ("本地从何月起发放", read.month),
    "PAYOUT_MONTH": ("资金随待遇批次划转", read.month),
    "BALANCE_USE": (
        "个人账户余额",
        read.choice({BalanceUse.BOOKED: "记入转入地账户", BalanceUse.PAID_OUT: "支付给本人"}),
    ),
    "INSURED_AS": (
        "原参保险种",
        read.choice({MedicalScheme.EMPLOYEE: "职工医保", MedicalScheme.RESIDENT: "居民医保"}),
    ),
    "BLOCKING_LETTER": ("尚未办结的联系函", read.text),
    # vehicles, files, cards, documents
    "DIRECT": ("在转入地直接登记，纸质档案不随车", read.yes_no),
    "WAYS": ("可用的转递方式", read.listed(TRANSPORT_LABELS)),
    "SPECIAL": ("须按机要件转递", read.yes_no),
    "ITEMS": ("档案目录", read.contents),
    "KEYS": ("不可缺少的材料", read.listed({})),
    "MISSING": ("对方缺少", read.counted),
    "DIFFERS": ("实收与清单不符", read.counted),
    "KEY_MISSING": ("缺少关键材料", read.text),
    "REASSESSED": ("重新评定", read.outcome({"": "CARD_REASSESSMENT"})),
    "OLD": ("须收回旧证", read.yes_no),
    "OLD_DOCUMENT": ("旧证", read.choice({"COLLECT": "交付新证时收回"})),
    "HOME_LOCALITY": ("属地", read.place),
    "HOME_OFFICE": ("属地办理机关", read.place),
    # parcels
    "SERVICE": ("寄递方式", read.choice({one.value: one.label for one in Service})),
    "SEAL": ("封签", read.choice({"SEAL_OK": "完好", "SEAL_BROKEN": "破损"}, others=True)),
    "WAYBILL": ("运单", read.text),
    "ITEM": ("内件", read.counted),
    "CLOCK": ("已超过", read.choice(CLOCK_LABELS)),
    "PARCEL": ("物料", read.choice(_PARCEL)),
    # reconciliation and calendar
    "CALENDAR": (
        "历法事项",
        read.choice(
            {
                "NOTICE": "没有当年或次年的放假安排",
                "PROVISIONAL": "有暂定的到期日",
                "CROSS_CHECK": "与 chinesecalendar 不同",
                "REPLAN": "重排很久没有完成",
            }
        ),
    ),
    **{kind.value: (label, read.money) for kind, label in DIFFERENCE_LABELS.items()},
    "LETTER": ("联系函", read.letter),
    "NOT_ASSIGNED": (
        "没有归入",
        read.choice(
            {
                "UNKNOWN_LETTER": "本地没有这个联系函号",
                "NO_ARRIVAL": "该差异不是来款",
                "ALREADY_ASSIGNED": "该来款已经归入联系函",
            },
            others="账目不允许，请核对该函的资金",
        ),
    ),
    **SERVICE_HEADS,
}

#: Codes that stand alone and are no refusal of a family.
PLAIN: Mapping[str, str] = {
    "INSURED_HERE": "本地已参保",
    "NO_RELATION_YET": "本地尚未建立关系",
    "PENSIONER": "已领取待遇",
    "HELD_HERE_ALREADY": "档案已在本机构",
    "HUKOU_LANDED": "户口已迁入本地",
    "RETURNED": "此件已退回本环节，须重新办理",
    "STILL_FOUND": "复核时仍然存在",
    "APPLIED_LATE": "超过规定的申请期限",
    "NOT_SMALL_NON_COMMERCIAL": "不是小型非营运车辆，不能在转入地直接登记",
    "PURCHASE_NOT_FOUND": "查无此购房登记",
    "PRICE_DIFFERS": "购房款与登记不符",
    "REGION_DIFFERS": "房屋不在购房地",
    "INVOICE_DIFFERS": "发票与登记不符",
    "TAX_UNPAID": "没有完税记录",
    "OTHER_LOCALITY": "现登记在其他地区",
    "OTHER_STATION": "现登记在本地另一派出所",
    **SERVICE_PLAIN,
}

#: Values that say nothing worth a clerk's attention, and heads of which every value is worth it.
QUIET_VALUES = frozenset({"", "0", "no", "NONE"})
ALWAYS_TOLD = frozenset(
    {
        "ROUND",
        "REGISTERED",
        "DIRECT",
        "TABLE",
        "TABLE_FEN",
        "ARRIVED",
        "ARRIVED_FEN",
        "SHORT",
        "TO_SEND",
    }
)
#: Lists that belong on the page of the task alone.
DETAILS = frozenset({"ITEMS", "KEYS"})
