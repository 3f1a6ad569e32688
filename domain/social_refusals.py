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
