"""Forms of a hearing: the right to be heard, day and place, and the announcement to the public.

Basis: 行政许可法 arts 46-48; matters that are not licences follow it by analogy.
"""

from __future__ import annotations

from slips.form import Form, Row
from slips.forms_notices import CASE
from slips.kinds import SlipKind

_BASIS = "《中华人民共和国行政许可法》{article}（非行政许可事项参照执行）"

HEARINGS: dict[SlipKind, Form] = {
    SlipKind.HEARING_RIGHT: Form(
        office="审查申请的行政机关",
        basis=_BASIS.format(article="第四十七条"),
        recipient="{applicant}",
        paragraphs=(
            "您的{matter}申请直接涉及申请人与他人之间的重大利益关系。"
            "在作出决定之前，您和利害关系人有要求听证的权利。",
            "理由：{reason}",
            "要求听证的，请于{ask_until}前向本机关提出。听证不收取任何费用。",
        ),
        rows=(*CASE, Row("告知日期", "told_on"), Row("提出期限", "ask_until")),
        closing=("逾期未提出的，视为不要求听证，本机关继续办理。",),
        signatures=("告知人", "被告知人"),
    ),
    SlipKind.HEARING_NOTICE: Form(
        office="组织听证的行政机关",
        basis=_BASIS.format(article="第四十八条"),
        recipient="{applicant}",
        paragraphs=(
            "关于您的{matter}申请，本机关定于{day}在下列地点举行听证，请准时参加。",
            "事由：{reason}",
        ),
        rows=(
            *CASE,
            Row("听证日期", "day"),
            Row("地点和时间", "place"),
            Row("主持人", "chair"),
            Row("通知日期", "told_on"),
        ),
        closing=(
            "可以委托代理人参加。认为主持人与本申请有直接利害关系的，有权申请回避。"
            "听证公开举行，参加人可以提出证据，进行申辩和质证；笔录由参加人确认无误后签字或者盖章。",
        ),
        signatures=("通知人", "受通知人"),
    ),
    SlipKind.HEARING_ANNOUNCEMENT: Form(
        office="组织听证的行政机关",
        basis=_BASIS.format(article="第四十六条"),
        paragraphs=(
            "本机关正在办理的一件{matter}申请涉及公共利益，定于{day}公开举行听证，现予公告。",
            "事由：{reason}",
        ),
        rows=(
            Row("办件编号", "case_no"),
            Row("事项名称", "matter"),
            Row("听证日期", "day"),
            Row("地点和时间", "place"),
            Row("主持人", "chair"),
            Row("公告日期", "told_on"),
        ),
        closing=("要求参加听证的，请凭本人有效证件在举行之前向本机关登记。",),
    ),
}
