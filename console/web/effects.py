"""What a button does, in one sentence for whoever is about to press it.

Called by `console.web.tasks` and `console.web.case_acts`. Sources: docs/rules.md B1 to B3, the
procedures themselves.
"""

from __future__ import annotations

from contracts.commands import Verb
from domain.tasks import OutcomeSpec, TaskSpec

#: By kind of task and outcome, where the general sentence would say too little.
_EXACT: dict[tuple[str, str], str] = {
    ("INTAKE_CHECK", "ACCEPT"): "受理时限停止，办理时限起算；申请人收到受理通知。",
    ("INTAKE_CHECK", "CORRECT"): (
        "所列各项一次告知申请人，计时停止，等申请人补交；未列出的，此后不得再以此要求补正。"
    ),
    ("INTAKE_CHECK", "NOT_ACCEPT"): "办件到此结束；申请人收到不予受理决定，写明理由和救济途径。",
    ("REVIEW", "PASS"): "审查意见和材料报有权审批的机关，由另一个人审批。",
    ("APPROVAL", "APPROVE"): "签发准予迁入证明，并向迁出地发函申请迁出。",
    ("APPROVAL", "REFUSE"): "办件到此结束；申请人收到书面决定，写明理由和救济途径。",
    ("CANCELLATION", "CANCEL"): "人口库注销户口并签发迁移证；此后只能落户或者恢复，不能撤回。",
    ("LANDING", "LAND"): "人口库登记落户，迁移证核销，并向迁出地发落户确认。",
    ("LANDING", "REISSUE"): "出具未落户证明，请迁出地作废原证、补发新证。",
    ("LANDING", "IMPOSSIBLE"): "出具未落户证明，请迁出地恢复户口；本件不再落户。",
    ("PHONE_CONFIRMATION", "CONFIRMED"): "记录本人意愿，转注销审批，由另一个人办理。",
    ("PHONE_CONFIRMATION", "UNREACHABLE"): (
        "记录一次无法接通，另日再拨；达到规定次数仍无法接通的，答复不予迁出。"
    ),
    ("CANCELLATION", "RETURN"): "户口还没有注销；退回重新核对或者核实，协办时限继续计算。",
    ("GENERAL_MAKING", "RETURN"): (
        "结果还没有送达，决定可以重新作出；时限继续计算，不因退回重新起算。"
    ),
    ("PROXY_MAKING", "RETURN"): (
        "证件还没有制作，决定可以重新作出；时限继续计算，不因退回重新起算。"
    ),
    ("DELIVERY", "RETURN"): (
        "结果还没有送达：已出具的编号作废，重做后另给新号，并告知申请人；送达时限继续计算。"
    ),
    ("DELIVERY", "PICKED_UP"): "记录送达，办件归档。",
    ("DELIVERY", "MAILED"): "记录送达，办件归档。",
    ("DELIVERY", "ELECTRONIC"): "记录送达，办件归档。",
}
#: By outcome, for tasks of every procedure.
_GENERAL: dict[str, str] = {
    "ACCEPT": "受理本件，办理时限起算；申请人收到通知。",
    "CORRECT": "所列各项一次告知，时限停止，等对方补齐。",
    "NOT_ACCEPT": "办件到此结束；申请人收到书面决定，写明理由和救济途径。",
    "PASS": "记录意见，办件进入下一环节。",
    "APPROVE": "作出同意的决定，办件进入下一环节。",
    "GRANT": "作出准予的决定，办件进入制证或者送达。",
    "RELEASE": "同意对方的请求，转出登记和复函随即办理；此后不能撤回。",
    "RETURN": "退回较早环节重新办理，写明为什么；时限继续计算，不因退回重新起算。",
    "REFUSE": "作出不予办理的意见；理由记入登记，当事人会收到书面说明。",
    "CONCLUDE": "办件到此结束；当事人收到书面告知。",
    "SEND_AGAIN": "同一内容再送一次，继续等待结果。",
    "KEEP_WAITING": "记录联系情况，继续等待；时限照常计算。",
    "REPORT_SUPERIOR": "报共同上级协调；时限照常计算。",
    "ASK_CORRECTION": "向对方发函商请更正，等待答复。",
    "BOOK": "款项记账，关系接续；此后不能撤回。",
    "RECHECK": "重新核对登记，按新的结果继续。",
    "TRY_AGAIN": "再办一次刚才未成的登记。",
}
_CASE: dict[Verb, str] = {
    Verb.WITHDRAW: "办件到此结束，已收材料按规定退还；对方地区正在办理的，一并函告停止。",
    Verb.REPORT_DEATH: "登记该人员死亡；本人死亡的，办件终止，其他人员照常办理。",
    Verb.CORRECT_IDENTITY: "更正姓名和号码，办件编号不变，原记录留存；已发函的，一并函告对方。",
    Verb.SUSPEND: "从今天起停止计算时限，并书面告知申请人。",
    Verb.RESUME: "从今天起继续计算时限，到期日随之顺延，并告知申请人。",
    Verb.EXTEND: "到期日按批准的天数推后，只能一次，并书面告知申请人。",
    Verb.REVOKE_EXTENSION: "延期不再计入，到期日恢复原来的日期，并告知申请人。",
    Verb.CLARIFY: "向对方地区发核实函，请其答复；本件时限照常计算。",
    Verb.HAND_IN: "材料入卷，计时恢复，办件回到收件审查。",
    Verb.HEARING_TELL: (
        "书面告知申请人有要求听证的权利；申请期限内不能作出决定，时限照常计算。"
        "利害关系人须用打印的《听证告知书》另行送达。"
    ),
    Verb.HEARING_ASK: (
        "登记利害关系人的听证申请；从今天起时限停止计算，申请人收到通知。须在组织听证的期限内举行。"
    ),
    Verb.HEARING_WAIVE: "听证程序到此结束，时限从今天起继续计算。",
    Verb.HEARING_ANNOUNCE: (
        "涉及公共利益的，向社会公告并举行听证；从今天起时限停止计算，预计所需时间书面告知申请人。"
        "公告的听证不能放弃。"
    ),
    Verb.HEARING_SET: (
        "把听证的时间、地点和主持人通知申请人；改期的再次通知，提前通知的期限重新计算。"
    ),
    Verb.HEARING_HELD: "听证笔录入卷，时限从今天起继续计算；此后的决定须写明采信笔录的情况。",
}
BASIS: dict[Verb, str] = {
    Verb.WITHDRAW: "申请人在决定作出前可以撤回申请",
    Verb.REPORT_DEATH: "户口登记条例第八条",
    Verb.CORRECT_IDENTITY: "户口登记条例第十七条、第十八条",
    Verb.SUSPEND: "行政许可法第四十五条",
    Verb.RESUME: "行政许可法第四十五条",
    Verb.EXTEND: "行政许可法第四十二条",
    Verb.REVOKE_EXTENSION: "行政许可法第四十二条",
    Verb.CLARIFY: "跨区域协同机制",
    Verb.HAND_IN: "行政许可法第三十二条",
    Verb.HEARING_TELL: "行政许可法第四十七条",
    Verb.HEARING_ASK: "行政许可法第四十七条",
    Verb.HEARING_WAIVE: "行政许可法第四十七条",
    Verb.HEARING_ANNOUNCE: "行政许可法第四十六条",
    Verb.HEARING_SET: "行政许可法第四十八条",
    Verb.HEARING_HELD: "行政许可法第四十八条",
}


def effect(task: TaskSpec, outcome: OutcomeSpec, *, several: bool) -> str:
    """What deciding the task so will do; ``several``: the case is about more than one person."""
    known = _EXACT.get((task.kind, outcome.code)) or _GENERAL.get(outcome.code)
    words = known or f"以“{outcome.label}”办结这项待办，办件进入下一环节。"
    return words + ("可以只办所选的人员，其余留待下次。" if outcome.per_person and several else "")


def case_effect(verb: Verb) -> str:
    """What asking this of the case will do."""
    return _CASE[verb]
