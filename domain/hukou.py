"""The vocabulary of 户口迁移: stages, endings, refusal reasons with remedies, legal acts, papers.

Sources: 户口登记条例 art 6, 10, 13, 14; the nationwide cross-province arrangement for the five
matters (docs/rules.md A1); refusal codes and the restoration rules are the project's own coding of
A1 and A1-X and carry that evidence tag there.
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
}
DEFAULT_BASIS = "户口登记条例；户口迁移跨省通办工作规范"


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
}
#: The same for the origin's leg, whose regular end and refusal have words of their own.
LEG_ENDING_STAGE: dict[Ending, Stage] = {
    **ENDING_STAGE,
    Ending.COMPLETED: Stage.MOVED_OUT,
    Ending.ORIGIN_REFUSED: Stage.MOVE_OUT_REFUSED,
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


CLOCK_LABELS: dict[ClockKind, str] = {
    ClockKind.INTAKE: "收件告知时限",
    ClockKind.CORRECTION: "补正期限",
    ClockKind.DECISION: "审核审批时限",
    ClockKind.PEER: "迁出地办理时限（对方）",
    ClockKind.PERMIT: "准予迁入证明有效期",
    ClockKind.CERTIFICATE: "户口迁移证有效期",
    ClockKind.LANDING: "本人申报落户期限",
    ClockKind.ORIGIN: "迁出办理时限",
    ClockKind.CONFIRMATION: "送达与告知时限",
}


class CertificateKind(StrEnum):
    """Numbered papers; a number is never issued twice (G2)."""

    PERMIT = "PERMIT"  # 准予迁入证明
    MIGRATION = "MIGRATION"  # 户口迁移证
    NOT_LANDED = "NOT_LANDED"  # 未落户证明


CERTIFICATE_LABELS: dict[CertificateKind, str] = {
    CertificateKind.PERMIT: "准予迁入证明",
    CertificateKind.MIGRATION: "户口迁移证",
    CertificateKind.NOT_LANDED: "未落户证明",
}


class CertificateStatus(StrEnum):
    """A certificate's life. PREPARED holds the number while the register act is under way."""

    PREPARED = "PREPARED"
    VALID = "VALID"
    USED = "USED"
    VOID = "VOID"
