"""Why an origin does not transfer an unemployment insurance relation, with words (A5).

The codes are the project's own; `domain.schemes.unemployment` decides which of them apply.
"""

from __future__ import annotations

from enum import StrEnum


class UnemploymentRefusal(StrEnum):
    NOT_INSURED_HERE = "NOT_INSURED_HERE"
    IDENTITY_DIFFERS = "IDENTITY_DIFFERS"
    TRANSFER_OPEN = "TRANSFER_OPEN"
    STILL_INSURED = "STILL_INSURED"
    BENEFIT_STOPPED = "BENEFIT_STOPPED"
    NO_RIGHT_LEFT = "NO_RIGHT_LEFT"
    BENEFIT_PLACE_FIXED = "BENEFIT_PLACE_FIXED"


WORDING: dict[StrEnum, tuple[str, str]] = {
    UnemploymentRefusal.NOT_INSURED_HERE: (
        "转出地没有该人员的失业保险参保记录。",
        "请向最后参保地或者最后领取地核实后，重新选择转出地提出申请。",
    ),
    UnemploymentRefusal.IDENTITY_DIFFERS: (
        "转出地登记的姓名或者证件号码与联系函不一致。",
        "请先到转出地失业保险经办机构更正个人信息，再重新申请。",
    ),
    UnemploymentRefusal.TRANSFER_OPEN: (
        "该人员已有正在办理的失业保险关系转移（{open_letter}）。",
        "请等待该笔转移办结，或者撤回后再申请。",
    ),
    UnemploymentRefusal.STILL_INSURED: (
        "该人员在转出地仍在缴纳失业保险费。",
        "请原单位办理停保手续后再申请。",
    ),
    UnemploymentRefusal.BENEFIT_STOPPED: (
        "该人员的失业保险待遇已按失业保险条例第十五条停止，不能转移。",
        "对停止待遇有异议的，可以向转出地经办机构申请复核或者申请行政复议。",
    ),
    UnemploymentRefusal.NO_RIGHT_LEFT: (
        "该人员在转出地没有未使用的缴费月数，也没有未领取的待遇月数。",
        "无需办理转移；在转入地参保缴费后按当地记录计算。",
    ),
    UnemploymentRefusal.BENEFIT_PLACE_FIXED: (
        "本次领取期间待遇领取地已经变更过，中途不再变更。",
        "请在现领取地领完剩余月数；重新就业后可以办理缴费年限转移。",
    ),
}
