"""Which procedures exist: one entry per family of matters, with its workflows and its letters.

Read by filing, counter and outbox to start the right workflow, by contracts.services to open the
doors between localities, and by tests. A family is added here and nowhere else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from contracts.letters import LETTER_NAMES, LetterVerb

#: What the six general letters are called where a family has no words of its own.
GENERAL_NAMES: dict[LetterVerb, str] = {
    LetterVerb.REQUEST: "联系函",
    LetterVerb.ANSWER: "答复函",
    LetterVerb.CONFIRM: "确认函",
    LetterVerb.AMEND_REQUEST: "商请更正函",
    LetterVerb.AMENDED: "更正函",
    LetterVerb.PROGRESS: "进展告知函",
}

#: The procedure of a parcel, which every family may send.
PARCEL_PROCEDURE = "寄递"
PARCEL_RUNBOOK = "docs/runbook/parcel.md"

#: 业务模式 of docs/rules.md, as people read them.
MODE_LABELS = {
    "FULLY_ONLINE": "全程网办",
    "PROXY_INTAKE": "异地代收代办",
    "JOINT": "多地联办",
    "WINDOW": "窗口办理",
}


@dataclass(frozen=True, slots=True)
class Family:
    """A family of matters that share one home procedure and one leg.

    ``service`` is the Nexus service at every counter; ``letters`` names its operations where the
    field has words of its own.
    """

    code: str
    home: str
    leg: str
    service: str
    home_runbook: str
    leg_runbook: str
    letters: dict[LetterVerb, str] = field(default_factory=dict)

    def letter_name(self, verb: LetterVerb) -> str:
        """What a letter is called in this family, or among any two offices."""
        return self.letters.get(verb) or GENERAL_NAMES.get(verb) or LETTER_NAMES[verb]


HUKOU = Family(
    "HUKOU_MIGRATION",
    "户口迁移",
    "户口迁出协办",
    "户口迁出",
    "docs/runbook/hukou-migration.md",
    "docs/runbook/hukou-move-out.md",
)

#: Differences of the daily reconciliation: cases of one locality, without leg and letters.
RECONCILIATION = Family(
    "RECONCILIATION",
    "对账差异处理",
    "",
    "",
    "docs/runbook/reconciliation.md",
    "docs/runbook/reconciliation.md",
)

#: What follows a rating: cases of one locality, without leg and letters.
RATING = Family("RATING", "差评整改", "", "", "docs/runbook/ratings.md", "docs/runbook/ratings.md")
RATING_APPEAL = Family(
    "RATING_APPEAL", "评价申诉复核", "", "", "docs/runbook/ratings.md", "docs/runbook/ratings.md"
)

#: Tickets of the 12345 hotline: the same.
HOTLINE = Family(
    "HOTLINE", "热线工单", "", "", "docs/runbook/hotline.md", "docs/runbook/hotline.md"
)

#: Findings of the weekly calendar check: cases of one locality, without leg and letters.
CALENDAR = Family(
    "CALENDAR",
    "历法事项处理",
    "",
    "",
    "docs/runbook/calendars.md",
    "docs/runbook/calendars.md",
)

#: Composite cases: they bundle other cases, which are the ones that are counted and rated.
SCENARIO = Family(
    "SCENARIO", "一件事", "", "", "docs/runbook/scenario.md", "docs/runbook/scenario.md"
)

#: Families of one locality, without a leg: cases about cases, which nobody rates.
ALONE = {
    one.code: one for one in (RECONCILIATION, CALENDAR, RATING, RATING_APPEAL, HOTLINE, SCENARIO)
}

#: The families whose letters are the six general ones.
TRANSFERS: dict[str, Family] = {}


#: The families whose letters may move money; each has a fund account in every locality.
MONEY_FAMILIES = (
    "PENSION",
    "RESIDENT_PENSION",
    "PENSION_BRIDGE",
    "CIVIL_PENSION",
    "ANNUITY",
    "UNEMPLOYMENT",
    "MEDICAL",
    "HOUSING_FUND",
    "PURCHASE_WITHDRAWAL",
)


#: Of these a second request of a case waits until the first letter is answered or voided.
ONE_LETTER = frozenset({"HOUSING_FUND"})


_ITEM = re.compile(r"^M\d{4}$")

#: Which family handles an item under a generic procedure, by its mode. At the window of the place
#: that decides a case goes the way of an online one, and the applicant is there for what needs it.
FAMILY_OF_MODE = {
    "FULLY_ONLINE": "GENERAL_ONLINE",
    "PROXY_INTAKE": "PROXY_INTAKE",
    "JOINT": "GENERAL_JOINT",
    "WINDOW": "GENERAL_ONLINE",
}


def is_item(matter: str) -> bool:
    """Whether a case's matter is an item of the catalogue, and not a procedure of its own."""
    return _ITEM.match(matter) is not None


def scheme_of(family_code: str, matter: str) -> str:
    """Within what one subject may have one open case: the item, or the family's relation."""
    return matter if is_item(matter) else family_code


def family(code: str) -> Family:
    """The family of that code; KeyError for an unknown one."""
    if code == HUKOU.code:
        return HUKOU
    return ALONE[code] if code in ALONE else TRANSFERS[code]


def _transfer(
    code: str,
    home: str,
    leg: str,
    service: str,
    runbook: str,
    request: str,
    answer: str,
    confirm: str,
    amended: str,
) -> None:
    TRANSFERS[code] = Family(
        code,
        home,
        leg,
        service,
        f"docs/runbook/{runbook}.md",
        f"docs/runbook/{runbook}.md",
        {
            LetterVerb.REQUEST: request,
            LetterVerb.ANSWER: answer,
            LetterVerb.CONFIRM: confirm,
            LetterVerb.AMENDED: amended,
        },
    )


_transfer(
    "PENSION",
    "企业养老保险转入",
    "企业养老保险转出协办",
    "企业养老保险关系转移",
    "pension",
    "基本养老保险关系转移接续联系函",
    "基本养老保险关系转移接续信息表",
    "转入办结告知",
    "更正信息表",
)
_transfer(
    "RESIDENT_PENSION",
    "城乡居民养老保险转入",
    "城乡居民养老保险转出协办",
    "城乡居民养老保险关系转移",
    "resident-pension",
    "关系转入接收函",
    "关系转出审批表",
    "到账确认",
    "更正转出审批表",
)
_transfer(
    "PENSION_BRIDGE",
    "城乡养老保险制度衔接",
    "城乡养老保险制度衔接协办",
    "城乡养老保险制度衔接",
    "pension-bridge",
    "制度衔接联系函",
    "制度衔接信息表",
    "衔接办结告知",
    "更正衔接信息表",
)
_transfer(
    "CIVIL_PENSION",
    "机关事业单位养老保险转入",
    "机关事业单位养老保险转出协办",
    "机关事业单位养老保险关系转移",
    "civil-pension",
    "机关事业单位养老保险联系函",
    "机关事业单位养老保险信息表",
    "转入办结告知",
    "更正信息表",
)
_transfer(
    "ANNUITY",
    "职业年金转入",
    "职业年金转出协办",
    "职业年金关系转移",
    "civil-pension",
    "职业年金关系转移接续联系函",
    "职业年金信息表",
    "转入办结告知",
    "更正职业年金信息表",
)
_transfer(
    "UNEMPLOYMENT",
    "失业保险转入",
    "失业保险转出协办",
    "失业保险关系转移",
    "unemployment",
    "转入联系函",
    "转出信息表",
    "转入办结告知",
    "更正转出信息表",
)
_transfer(
    "MEDICAL",
    "基本医疗保险转入",
    "基本医疗保险转出协办",
    "基本医疗保险关系转移",
    "medical",
    "关系转移接续申请",
    "参保人员基本医疗保险信息表",
    "转入办结告知",
    "更正信息表",
)
_transfer(
    "HOUSING_FUND",
    "住房公积金转入",
    "住房公积金转出协办",
    "住房公积金异地转移接续",
    "housing-fund",
    "异地转移接续联系函",
    "账户信息表",
    "入账告知",
    "更正账户信息表",
)
_transfer(
    "PURCHASE_WITHDRAWAL",
    "异地购房提取受理",
    "异地购房提取审核协办",
    "住房公积金异地购房提取",
    "purchase-withdrawal",
    "购房提取协查移送函",
    "提取审核结果",
    "送达确认",
    "补充材料函",
)
_transfer(
    "PERSONNEL_FILE",
    "流动人员人事档案接收",
    "流动人员人事档案转出协办",
    "流动人员人事档案转递",
    "personnel-file",
    "调档函",
    "档案转递通知单",
    "档案转递回执",
    "补充材料转递单",
)
_transfer(
    "VEHICLE",
    "机动车转让登记",
    "机动车转出协办",
    "机动车档案转递",
    "vehicle",
    "车辆核查与档案调取函",
    "电子档案放行函",
    "登记完成告知",
    "更正放行函",
)
_transfer(
    "DISABILITY_CARD",
    "残疾人证迁入",
    "残疾人证迁出协办",
    "残疾人证迁移",
    "disability-card",
    "迁移接收函",
    "残疾人证迁移证明",
    "迁入激活告知",
    "更正迁移证明",
)
_transfer(
    "PROXY_INTAKE",
    "异地代收代办",
    "异地代收属地办理",
    "异地代收代办",
    "proxy-intake",
    "代收件移送函",
    "办理结果函",
    "送达告知",
    "补正材料移送函",
)
_transfer(
    "GENERAL_JOINT",
    "多地联办",
    "联办协办",
    "多地联办",
    "general-joint",
    "联办协助函",
    "联办协助意见函",
    "联办结果告知",
    "补充材料函",
)
_transfer(
    "GENERAL_ONLINE",
    "全程网办",
    "异地代收协办",
    "全程网办代收原件",
    "general-online",
    "代收原件商请函",
    "原件移送函",
    "原件签收告知",
    "补交原件移送函",
)
