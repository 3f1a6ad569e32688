"""Forms of the supervision ladder, from the lead office to an office that is late.

They speak of offices, tasks and days; nobody's name stands on them. Fields: GB/T 39046-2020
table 11.
"""

from __future__ import annotations

from slips.form import Form, Row
from slips.kinds import SlipKind

_OFFICE = "地区政务服务牵头机构；协办环节升至共同上级的，由其发出"
_ROWS = (
    Row("监察编号", "supervision_no"),
    Row("办件编号", "case_no"),
    Row("事项名称", "matter"),
    Row("待办环节", "task"),
    Row("应办日期", "task_due_on"),
    Row("发出时已超期（工作日）", "days_late"),
    Row("发出日期", "sent_on"),
    Row("规则编号", "rule"),
    Row("报请的共同上级", "superior", optional=True),
)
_ANSWER = Row("答复期限", "answer_by", optional=True)
_NO_EFFECT = "督办不改变办件的受理、审查和决定；办件仍由有权机关依法办理。"

SUPERVISION: dict[SlipKind, Form] = {
    SlipKind.SUPERVISION_ORDER: Form(
        office=_OFFICE,
        recipient="{recipient}",
        paragraphs=(
            "你单位承办的{matter}“{task}”环节应于{task_due_on}前办结，至今没有办结，"
            "催办后也没有办结。现予督办，请立即办理，并于答复期限内书面说明情况。",
        ),
        rows=(*_ROWS, _ANSWER),
        closing=(_NO_EFFECT,),
        signatures=("签发人", "签收人"),
        footer="一式两份，督办机构和责任机构各执一份",
    ),
    SlipKind.RECTIFY_NOTICE: Form(
        office=_OFFICE,
        recipient="{recipient}",
        paragraphs=(
            "你单位承办的{matter}“{task}”环节经督办仍没有办结。请于整改期限内办结，"
            "查明原因，并书面报告整改情况。",
        ),
        rows=(*_ROWS, Row("整改期限", "answer_by", optional=True)),
        closing=("逾期没有整改的，约谈单位负责人。", _NO_EFFECT),
        signatures=("签发人", "签收人"),
        footer="一式两份，督办机构和责任机构各执一份",
    ),
    SlipKind.INTERVIEW_NOTICE: Form(
        office=_OFFICE,
        recipient="{recipient}",
        paragraphs=(
            "你单位承办的{matter}“{task}”环节逾期没有整改到位。"
            "请单位负责人在下列期限内到本机构接受约谈，说明原因和办结时间。",
        ),
        rows=(*_ROWS, Row("约谈期限", "answer_by", optional=True)),
        closing=("约谈情况由督办机构记录在案。", _NO_EFFECT),
        signatures=("签发人", "签收人"),
        footer="一式两份，督办机构和责任机构各执一份",
    ),
    SlipKind.CIRCULAR: Form(
        office=_OFFICE,
        recipient="各有关单位",
        paragraphs=(
            "{recipient}承办的{matter}“{task}”环节应于{task_due_on}前办结，"
            "经提醒、催办、督办、限期整改和约谈仍没有办结。现予通报，请引以为戒。",
        ),
        rows=(*_ROWS, _ANSWER),
        closing=(_NO_EFFECT,),
        signatures=("签发人",),
    ),
    SlipKind.SUPERIOR_REQUEST: Form(
        office="地区政务服务牵头机构，发往共同上级",
        recipient="{recipient}",
        paragraphs=(
            "{matter}“{task}”环节由{office}承办。{cause}现报请协调，请予督促或者明确意见。",
        ),
        rows=(
            Row("报请事由编号", "subject"),
            Row("办件编号", "case_no"),
            Row("事项名称", "matter"),
            Row("待办环节", "task"),
            Row("承办机构", "office"),
            Row("协同地区", "peer", optional=True),
            Row("应办日期", "task_due_on", optional=True),
            Row("报请日期", "sent_on"),
        ),
        closing=("报请协调不改变办件的受理、审查和决定；办件仍由有权机关依法办理。",),
        signatures=("签发人",),
    ),
}
