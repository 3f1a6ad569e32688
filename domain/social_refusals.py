"""Refusals of A3 and A4 in words: what they mean and what the person can do (G7).

Registered in :data:`domain.refusals.TEXTS` under the families of resident and civil pensions.
"""

from __future__ import annotations

from collections.abc import Mapping

Words = Mapping[str, tuple[str, str]]

_ENDED = ("该关系已经凭另一函件转出", "请向关系现所在地申请")

RESIDENT: Words = {
    "PENSIONER": (
        "已经领取城乡居民基本养老金，无论户籍是否迁移，关系都不转移",
        "请继续在原参保地领取，可在现居住地办理领取资格认证",
    ),
    "SAME_COUNTY": (
        "户籍在同一县（市、区）内变动，不需要转移关系",
        "请向参保地经办机构申请变更地址",
    ),
    "HUKOU_NOT_LANDED": (
        "户口尚未迁入本地，关系不能转入",
        "请先申请户口迁移；迁移在办期间提出转移的，落户后自动接续",
    ),
    "OTHER_ORIGIN": ("户籍迁出地与参保地不是同一县（市、区）", "请核对原参保地后重新申请"),
    "ALREADY_ENDED": _ENDED,
}

BRIDGE: Words = {
    "NOT_YET": ("尚未达到法定退休年龄，暂不办理制度衔接", "请在达到法定退休年龄时再申请"),
    "TOO_FEW_MONTHS": (
        "职工养老保险缴费不满最低年限，不能并入职工养老保险",
        "请向城乡居民养老保险待遇领取地申请转入城乡居民养老保险，或者继续缴费至满年限",
    ),
    "ENOUGH_MONTHS": (
        "职工养老保险缴费已满最低年限，不转入城乡居民养老保险",
        "请向职工养老保险待遇领取地申请将城乡居民养老保险并入",
    ),
    "PENSIONER": ("已经领取养老待遇，不能转移", "同时领取两种待遇的，请申请终止城乡居民养老保险"),
    "ALREADY_ENDED": _ENDED,
}

CIVIL: Words = {
    "PENSIONER": ("参保人已领取基本养老金，关系不再转移", "请继续在现待遇领取地领取"),
    "ARREARS": ("有欠费尚未处理", "请所在单位补缴后再申请"),
    "WRONG_DESTINATION": (
        "辞职、辞退、开除、判刑等人员的关系由户籍地企业养老保险经办机构接收",
        "请向户籍地企业养老保险经办机构申请，由原单位填报转移申请表",
    ),
    "SEALED_TEMPORARY": ("临时缴费账户已封存", "达到退休年龄时由待遇领取地归集"),
    "NO_CONTRIBUTIONS": ("没有可以转移的缴费", "请核对参保缴费凭证"),
    "LUMP_SUM_EVIDENCE": ("一次性缴费缺少证明劳动关系的文书", "请补充文书后再申请"),
    "BALANCE_DIFFERS": ("个人账户记录前后不符", "请提供历年对账单协助核对"),
    "MONTHS_TWICE": ("有重复缴费的月份", "请选择保留的缴费后再申请"),
    "ALREADY_ENDED": _ENDED,
}

ANNUITY: Words = {
    "UNIT_PART_NOT_FUNDED": (
        "单位缴费只是记账，尚未记实",
        "由原单位同级财政拨付资金记实后再申请，本人无须办理",
    ),
    "NO_PLAN_AT_DESTINATION": (
        "新单位没有建立年金计划，职业年金由原管理机构继续管理",
        "新单位建立年金计划后可以再申请，基本养老保险不受影响",
    ),
    "AMOUNT_DIFFERS": ("缴费记录与规定比例不符", "由原单位核对更正后再申请"),
    "ALREADY_ENDED": _ENDED,
}
