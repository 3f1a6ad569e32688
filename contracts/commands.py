"""What a person asks of a running case, and what comes back: the payloads of the workflow updates.

The console stores a command with its texts in the locality's database first and then sends this
reference as an update whose id is the command id: a double click is one decision, and two clerks'
different decisions never pass for one.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from contracts.payload import Payload


class Verb(StrEnum):
    """What a command does."""

    DECIDE = "DECIDE"  # 办理
    CLAIM = "CLAIM"  # 认领
    RELEASE = "RELEASE"  # 退领
    ASSIGN = "ASSIGN"  # 分派
    HAND_IN = "HAND_IN"  # 提交补正材料
    WITHDRAW = "WITHDRAW"  # 撤回申请
    REPORT_DEATH = "REPORT_DEATH"  # 登记死亡
    CORRECT_IDENTITY = "CORRECT_IDENTITY"  # 更正身份信息
    SUSPEND = "SUSPEND"  # 中止计时
    RESUME = "RESUME"  # 恢复计时
    EXTEND = "EXTEND"  # 延长期限
    REVOKE_EXTENSION = "REVOKE_EXTENSION"  # 撤销延期
    CLARIFY = "CLARIFY"  # 向对方核实
    HEARING_TELL = "HEARING_TELL"  # 告知听证权利
    HEARING_ASK = "HEARING_ASK"  # 申请听证
    HEARING_WAIVE = "HEARING_WAIVE"  # 放弃听证
    HEARING_ANNOUNCE = "HEARING_ANNOUNCE"  # 公告听证
    HEARING_SET = "HEARING_SET"  # 通知听证
    HEARING_HELD = "HEARING_HELD"  # 听证笔录归卷


LABELS = {
    Verb.DECIDE: "办理",
    Verb.CLAIM: "认领",
    Verb.RELEASE: "退领",
    Verb.ASSIGN: "分派",
    Verb.HAND_IN: "提交补正",
    Verb.WITHDRAW: "撤回申请",
    Verb.REPORT_DEATH: "登记死亡",
    Verb.CORRECT_IDENTITY: "更正身份信息",
    Verb.SUSPEND: "中止计时",
    Verb.RESUME: "恢复计时",
    Verb.EXTEND: "延长期限",
    Verb.REVOKE_EXTENSION: "撤销延期",
    Verb.CLARIFY: "向对方核实",
    Verb.HEARING_TELL: "告知听证权利",
    Verb.HEARING_ASK: "申请听证",
    Verb.HEARING_WAIVE: "放弃听证",
    Verb.HEARING_ANNOUNCE: "公告听证",
    Verb.HEARING_SET: "通知听证",
    Verb.HEARING_HELD: "听证笔录归卷",
}


class Command(Payload):
    """One request of one person; the console's directory vouches for ``office`` and ``roles``."""

    command_id: str
    verb: Verb
    actor: str  # staff number, or "APPLICANT"
    office: str
    roles: tuple[str, ...] = ()
    task_id: str | None = None
    outcome: str | None = None
    return_to: str | None = None  # DECIDE with RETURN: the kind of the earlier step; else nearest
    reason_code: str | None = None
    persons: tuple[int, ...] = ()
    assignee: str | None = None  # ASSIGN: who gets it; HEARING_SET and _ANNOUNCE: the chair
    days: int | None = None  # EXTEND: in the limit's unit; SUSPEND, HEARING_*: of what starts
    unit: str | None = None  # "wd" or "cd": of a SUSPEND's expected length, of a hearing's limit
    procedure: str | None = None  # SUSPEND: which special procedure
    approver: str | None = None  # EXTEND: who approved it
    on: date | None = None  # HEARING_SET and _ANNOUNCE: the day of the hearing
    counted: dict[str, int] = {}  # pieces by item code that differ from the list
    notice_days: int | None = None  # HEARING_SET and _ANNOUNCE: working days before the hearing
    digest: str = ""  # sha256 of the stored body with the texts


class OpenTaskRef(Payload):
    """A task as it stands after a command."""

    task_id: str
    kind: str
    office: str


class CommandReceipt(Payload):
    """The answer to a command, given once the register shows the new state."""

    command_id: str
    case_no: str
    stage: str
    transition: int
    open_tasks: tuple[OpenTaskRef, ...] = ()


class RejectionCode(StrEnum):
    """Why a command is refused before it reaches history."""

    TASK_NOT_OPEN = "TASK_NOT_OPEN"
    FOREIGN_OFFICE = "FOREIGN_OFFICE"
    MISSING_ROLE = "MISSING_ROLE"
    CLAIMED_BY_OTHER = "CLAIMED_BY_OTHER"
    UNKNOWN_OUTCOME = "UNKNOWN_OUTCOME"
    MISSING_REASON = "MISSING_REASON"
    UNKNOWN_REASON = "UNKNOWN_REASON"
    UNKNOWN_PERSON = "UNKNOWN_PERSON"
    SAME_PERSON_TWICE = "SAME_PERSON_TWICE"
    NOT_NOW = "NOT_NOW"
    MALFORMED = "MALFORMED"
    CERTIFICATE_EXPIRED = "CERTIFICATE_EXPIRED"
    CERTIFICATE_STILL_VALID = "CERTIFICATE_STILL_VALID"
    NOT_A_LAWFUL_PAUSE = "NOT_A_LAWFUL_PAUSE"
    OVER_CAP = "OVER_CAP"
    LENGTH_NOT_TOLD = "LENGTH_NOT_TOLD"
    WRONG_APPROVER = "WRONG_APPROVER"
    NOT_EXTENDED = "NOT_EXTENDED"
    CANNOT_PROCEED = "CANNOT_PROCEED"
    PART_STANDS_AGAINST = "PART_STANDS_AGAINST"
    NO_PROMISE_HERE = "NO_PROMISE_HERE"
    TOO_LATE = "TOO_LATE"
    LETTER_UNDELIVERED = "LETTER_UNDELIVERED"
    ALREADY_RELEASED = "ALREADY_RELEASED"
    FILE_NOT_TO_PERSON = "FILE_NOT_TO_PERSON"
    TRANSPORT_NOT_ALLOWED = "TRANSPORT_NOT_ALLOWED"
    FILE_CHECK_SAYS_OTHERWISE = "FILE_CHECK_SAYS_OTHERWISE"
    HEARING_NOT_TOLD = "HEARING_NOT_TOLD"
    HEARING_ASKED_LATE = "HEARING_ASKED_LATE"
    HEARING_NOT_ASKED = "HEARING_NOT_ASKED"
    HEARING_NOT_NOTICED = "HEARING_NOT_NOTICED"
    HEARING_NOTICE_SHORT = "HEARING_NOTICE_SHORT"
    HEARING_TWICE = "HEARING_TWICE"
    HEARING_PENDING = "HEARING_PENDING"
    HEARING_RECORD_NOT_CITED = "HEARING_RECORD_NOT_CITED"
    HEARING_CHAIR_DECIDES = "HEARING_CHAIR_DECIDES"
    ALREADY_DECIDED = "ALREADY_DECIDED"
    NO_EARLIER_STEP = "NO_EARLIER_STEP"
    NO_OTHER_MODE = "NO_OTHER_MODE"
    ORIGINALS_ON_THE_WAY = "ORIGINALS_ON_THE_WAY"


REJECTIONS = {
    RejectionCode.TASK_NOT_OPEN: "该待办已办结或不存在，您的决定未生效；请刷新待办列表后再办理。",
    RejectionCode.FOREIGN_OFFICE: "该待办属于其他机构，您无权办理；如分派有误，请联系该机构。",
    RejectionCode.MISSING_ROLE: "您的岗位不能办理此项；请交由具有相应岗位的同事办理。",
    RejectionCode.CLAIMED_BY_OTHER: "该待办已由其他同事认领；请等其退领，或由督办员重新分派。",
    RejectionCode.UNKNOWN_OUTCOME: "该待办没有这种办理结果；请打开该待办查看可选结果。",
    RejectionCode.MISSING_REASON: "此结果必须写明理由；请补充理由后重新提交。",
    RejectionCode.UNKNOWN_REASON: "理由代码缺失或不在可选范围；请打开该待办查看可选的理由。",
    RejectionCode.UNKNOWN_PERSON: "所选人员不在本次可办理的人员之列；请查看办件后重新选择。",
    RejectionCode.SAME_PERSON_TWICE: "同一人不能既经办又审批；请由另一位审批人办理。",
    RejectionCode.NOT_NOW: "办件当前阶段不能这样办理；请查看办件进度后再定。",
    RejectionCode.MALFORMED: "提交的内容不完整或格式不对；请检查后重新提交。",
    RejectionCode.CERTIFICATE_EXPIRED: (
        "户口迁移证已过期，不能凭证落户；请选择补发，或以不可抗力直接落户。"
    ),
    RejectionCode.CERTIFICATE_STILL_VALID: "户口迁移证仍在有效期内；请凭证落户。",
    RejectionCode.NOT_A_LAWFUL_PAUSE: "没有法定理由不能停止计时；请选择法定的中止事由并注明依据。",
    RejectionCode.OVER_CAP: "延长超过上限或已经延长过；请按批准的期限办理。",
    RejectionCode.LENGTH_NOT_TOLD: (
        "特别程序须写明是哪一种和预计所需时间，以便书面告知申请人；请补充后重新提交。"
    ),
    RejectionCode.WRONG_APPROVER: (
        "延长须由有权批准的机关批准：一般由本机关负责人，"
        "统一、联合或集中办理的由本级人民政府负责人；请核对批准文件。"
    ),
    RejectionCode.NOT_EXTENDED: "该时限没有生效的延期，无需撤销；请查看办件的时限记录。",
    RejectionCode.CANNOT_PROCEED: "核对结果不允许继续办理；请选择不予迁出并注明理由代码。",
    RejectionCode.PART_STANDS_AGAINST: (
        "必须办结的协同环节没有同意，不能准予；请退回审查，或者作出不予办理决定并说明理由。"
    ),
    RejectionCode.NO_PROMISE_HERE: (
        "该协同环节按事项规定不能凭申请人承诺先行办理；请继续催办或者报共同上级协调。"
    ),
    RejectionCode.TOO_LATE: (
        "户口已在迁出地注销，申请不能撤回；请继续落户，或申请出具未落户证明后恢复户口。"
    ),
    RejectionCode.ALREADY_RELEASED: (
        "对方地区已经办结转出，申请不能撤回；请继续办理接续，确需恢复的请与经办机构联系。"
    ),
    RejectionCode.FILE_NOT_TO_PERSON: (
        "人事档案一律不得交本人携带；请选择机要通信、专人送取或者邮政特快专递。"
    ),
    RejectionCode.TRANSPORT_NOT_ALLOWED: (
        "该档案属于限制类别，不得以普通邮寄转递；请改用机要通信或者专人送取。"
    ),
    RejectionCode.FILE_CHECK_SAYS_OTHERWISE: (
        "核对结果不允许这样办理；缺少材料的先一次性告知补充，"
        "仍缺关键材料或封签破损的方可退回，请按核对结果选择。"
    ),
    RejectionCode.HEARING_NOT_TOLD: (
        "本件没有告知过听证权利，不能登记听证申请；请先告知听证权利。"
    ),
    RejectionCode.HEARING_ASKED_LATE: (
        "申请听证的期限已过，不再组织听证；请书面答复申请人，并继续办理。"
    ),
    RejectionCode.HEARING_NOT_ASKED: (
        "没有人申请听证，也没有公告听证，不能这样办理；请查看办件的听证情况。"
    ),
    RejectionCode.HEARING_NOT_NOTICED: (
        "还没有通知听证的时间、地点，不能登记听证笔录；请先通知听证。"
    ),
    RejectionCode.HEARING_NOTICE_SHORT: (
        "听证须在举行的七个工作日前通知，现在还不到通知的听证日；请到期举行，或者另定日期重新通知。"
    ),
    RejectionCode.HEARING_TWICE: (
        "本件的听证程序已经进行过或者正在进行，不能重复；请查看听证情况后继续办理。"
    ),
    RejectionCode.HEARING_PENDING: (
        "听证程序尚未结束，不能作出决定或者恢复计时；"
        "请待听证笔录归卷、当事人放弃或者申请期满后再办理。"
    ),
    RejectionCode.HEARING_RECORD_NOT_CITED: (
        "本件举行过听证，须根据听证笔录作出决定；请在理由中写明采信笔录的情况。"
    ),
    RejectionCode.HEARING_CHAIR_DECIDES: (
        "听证主持人不得是审查、决定本申请的人员；请另行指定主持人，或者由其他人员决定。"
    ),
    RejectionCode.ALREADY_DECIDED: (
        "该申请已经作出决定，不能撤回；对决定有意见的，可以申请行政复议或者提起行政诉讼。"
    ),
    RejectionCode.NO_EARLIER_STEP: (
        "本件没有经过所选的环节，或者该环节已不能退回；请打开该待办查看可以退回的环节。"
    ),
    RejectionCode.NO_OTHER_MODE: (
        "该办件不能转为异地代收：事项没有这种业务模式，或者申请人就在本地；"
        "请以共享数据或者补正核实，确不符合条件的按规定作出决定。"
    ),
    RejectionCode.ORIGINALS_ON_THE_WAY: (
        "原件正在寄往有权机关途中，暂不能撤回；请待原件到达后再提出。"
    ),
    RejectionCode.LETTER_UNDELIVERED: (
        "有一封函件尚未送达对方地区；请先办理“函件未能送达对方”待办，再提交此项。"
    ),
}
