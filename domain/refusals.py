"""Every typed refusal in words: what it means and what the person can do, by family of matters.

Read by notices, by the answer that goes to the other locality and by the command line (G7). A
family registers its own table here.
"""

from __future__ import annotations

from collections.abc import Mapping

from domain import social_refusals
from domain.disability_tasks import CARD_TEXTS
from domain.general_reasons import GENERAL_TEXTS
from domain.hukou import REFUSAL_TEXTS
from domain.joint_tasks import JOINT_TEXTS
from domain.pension_refusals import PENSION_REFUSALS
from domain.schemes import (
    housing_fund,
    medical,
    personnel_file,
    proxy_reasons,
    purchase_withdrawal,
    unemployment_refusals,
)
from domain.schemes.wording import plain
from domain.vehicle_tasks import VEHICLE_TEXTS

#: What may happen in any transfer, whatever is moved: code -> (what it means, what to do).
GENERAL: Mapping[str, tuple[str, str]] = {
    "OTHER_TRANSFER_OPEN": ("同一关系另有一件转移正在办理", "请待前一件办结或撤回后再申请"),
    "OTHER_MIGRATION_OPEN": ("同一事项另有一件正在办理", "请待前一件办结或撤回后再申请"),
    "DOCUMENTS_UNUSABLE": ("随函文书无法核验", "请申请地重新发送文书"),
    "NOT_FOUND": ("对方地区查无此登记", "请核实原登记所在地后重新申请"),
    "MOVED_AWAY": ("登记已转往其他地区", "请向现登记所在地申请"),
    "IDENTITY_DIFFERS": ("申请信息与登记不一致", "请核对身份信息，确有变更的先办理变更"),
    "HUKOU_NOT_LANDED": ("户口尚未迁入本地", "请先申请户口迁移，落户后再申请"),
    "LETTER_OPEN": ("此前的联系函尚未办结或作废", "请待原联系函办结或作废后再申请"),
    "PRECONDITION_MISSING": ("办理本事项的前置条件尚未具备", "请先办结前置事项后再申请"),
}

TEXTS: dict[str, Mapping[str, tuple[str, str]]] = {
    "HUKOU_MIGRATION": {code.value: words for code, words in REFUSAL_TEXTS.items()},
    "PERSONNEL_FILE": plain(personnel_file.WORDING),
    "RESIDENT_PENSION": social_refusals.RESIDENT,
    "PENSION_BRIDGE": social_refusals.BRIDGE,
    "CIVIL_PENSION": social_refusals.CIVIL,
    "ANNUITY": social_refusals.ANNUITY,
    "VEHICLE": VEHICLE_TEXTS,
    "PENSION": PENSION_REFUSALS,
    "UNEMPLOYMENT": {
        **plain(unemployment_refusals.WORDING),
        "SCENE_DIFFERS": (
            "申请的转移情形与转出地登记的参保、领取情况不符",
            "请按转出地登记的情况更正转移情形后再次申请",
        ),
    },
    "MEDICAL": plain(medical.WORDING),
    "HOUSING_FUND": plain(housing_fund.WORDING),
    "PROXY_INTAKE": proxy_reasons.TEXTS,
    "DISABILITY_CARD": CARD_TEXTS,
    "GENERAL_JOINT": {**GENERAL_TEXTS, **JOINT_TEXTS},
    "GENERAL_ONLINE": GENERAL_TEXTS,
    "PURCHASE_WITHDRAWAL": {
        **plain(purchase_withdrawal.WORDING),
        "OVER_PRICE": (
            "家庭就这一笔购房的提取总额将超过购房款",
            "请把提取金额改为不超过购房款余额后重新申请",
        ),
        "PURCHASE_USED": (
            "就这一笔购房已经提取过住房公积金",
            "同一套住房每人只能按购房提取一次，可以改按其他提取情形申请",
        ),
    },
}


def refusal_words(family: str, code: str) -> tuple[str, str] | None:
    """(text, remedy) of a refusal code, or None where nobody has words for it."""
    return TEXTS.get(family, {}).get(code) or GENERAL.get(code)
