"""What 户口迁移 alone needs: refusal reasons with remedies, and how its leg ends.

Sources: 户口登记条例 art 6, 10, 13, 14; the nationwide cross-province arrangement for the five
matters (docs/rules.md A1); refusal codes and the restoration rules are the project's own coding of
A1 and A1-X and carry that evidence tag there.
"""

from __future__ import annotations

from enum import StrEnum

from domain.casework import ENDING_STAGE, Ending, Stage


class OriginRefusal(StrEnum):
    """Why the origin does not let a person move out (不予迁出). [design code list of A1]"""

    IDENTITY_DIFFERS = "IDENTITY_DIFFERS"
    NOT_REGISTERED_HERE = "NOT_REGISTERED_HERE"
    ALREADY_MOVED = "ALREADY_MOVED"
    DECEASED = "DECEASED"
    UNDER_INVESTIGATION = "UNDER_INVESTIGATION"
    DENIED_BY_PERSON = "DENIED_BY_PERSON"
    PERMIT_INVALID = "PERMIT_INVALID"
    NEEDS_APPROVAL = "NEEDS_APPROVAL"  # 户口登记条例 art 14
    UNREACHABLE = "UNREACHABLE"
    OTHER_MIGRATION_OPEN = "OTHER_MIGRATION_OPEN"
    DOCUMENTS_UNUSABLE = "DOCUMENTS_UNUSABLE"


REFUSAL_TEXTS: dict[OriginRefusal, tuple[str, str]] = {
    OriginRefusal.IDENTITY_DIFFERS: (
        "申请信息与人口库登记不一致",
        "请核对身份信息；确有变更的，持变更凭证向迁入地更正后再次申请",
    ),
    OriginRefusal.NOT_REGISTERED_HERE: ("迁出地查无此户口登记", "请核实户口所在地后重新申请"),
    OriginRefusal.ALREADY_MOVED: ("户口已迁往他地", "请向现户口所在地申请迁出"),
    OriginRefusal.DECEASED: ("人口库登记为已死亡", "登记有误的，请向户口所在地派出所申请更正"),
    OriginRefusal.UNDER_INVESTIGATION: (
        "存在重复户口，正在调查",
        "请待调查结束并注销重复户口后再申请",
    ),
    OriginRefusal.DENIED_BY_PERSON: ("电话核实时本人表示不迁出", "如本人改变意愿，可重新申请"),
    OriginRefusal.PERMIT_INVALID: ("准予迁入证明已过期或无效", "请由迁入地重新签发准予迁入证明"),
    OriginRefusal.NEEDS_APPROVAL: (
        "依户口登记条例第14条须先经批准",
        "请先取得有关机关的批准文件再申请",
    ),
    OriginRefusal.UNREACHABLE: ("多次电话核实均无法联系本人", "请更正联系电话后再次申请"),
    OriginRefusal.OTHER_MIGRATION_OPEN: (
        "本人另有一件户口迁移正在办理",
        "请待前一件办结或撤回后再申请",
    ),
    OriginRefusal.DOCUMENTS_UNUSABLE: ("随函文书无法核验", "请迁入地重新发送文书"),
}


REISSUE_REFUSAL = ("不予补发户口迁移证", "原证有效的请凭证落户，也可申请恢复户口")

#: The same for the origin's leg, whose regular end and refusal have words of their own.
LEG_ENDING_STAGE: dict[Ending, Stage] = {
    **ENDING_STAGE,
    Ending.COMPLETED: Stage.MOVED_OUT,
    Ending.ORIGIN_REFUSED: Stage.MOVE_OUT_REFUSED,
}
