"""Forms of notices to the applicant: from taking the papers in to delivering the result.

Basis: 行政许可法 arts 32, 38, 42, 44; matters that are not licences follow it by analogy, or name
their own basis through the fact `basis`.
"""

from __future__ import annotations

from slips.form import Column, Columns, Form, Row
from slips.kinds import SlipKind

CASE = (Row("办件编号", "case_no"), Row("事项名称", "matter"), Row("申请人", "applicant"))
MATERIALS = Columns(
    "materials",
    (
        Column("材料名称", "name", 7),
        Column("形式", "form", 3),
        Column("份数", "copies", 2),
        Column("备注", "note", 3),
    ),
    title="材料清单",
)
_ARTICLE_32 = "《中华人民共和国行政许可法》第三十二条（非行政许可事项参照执行）"
_REMEDIES = (
    "如不服，可以自收到本文书之日起{review_days}日内向{review_office}申请行政复议，"
    "也可以自收到本文书之日起{lawsuit_months}个月内向{court}提起行政诉讼。"
)
_REMEDY_DEFAULTS = {
    "review_office": "有管辖权的行政复议机关",
    "court": "有管辖权的人民法院",
}

NOTICES: dict[SlipKind, Form] = {
    SlipKind.INTAKE: Form(
        office="收件窗口；代收的，由代收窗口",
        recipient="{applicant}",
        paragraphs=(
            "{taken}本凭证仅证明收件，不表示受理；是否受理由{home_office}决定，{counting}",
        ),
        rows=(
            *CASE,
            Row("受理和决定机关", "home_office"),
            Row("收件日期", "received_on"),
            Row("联系电话", "office_phone", optional=True),
        ),
        tables=(MATERIALS,),
        closing=("{missing}", "{keeping}", "{progress}"),
        signatures=("收件人", "申请人"),
        footer="一式两份，申请人和收件窗口各执一份",
        defaults={
            "taken": "本窗口已收到您提交的下列材料。",
            "counting": "并依法告知您。",
            "missing": "",
            "keeping": "",
            "progress": "凭办件编号可以查询办理进度。",
        },
    ),
    SlipKind.ACCEPTANCE: Form(
        office="受理机关",
        basis=_ARTICLE_32,
        recipient="{applicant}",
        paragraphs=(
            "您于{applied_on}提出的{matter}申请，经审查，符合受理条件，"
            "本机关决定自{accepted_on}起予以受理。",
        ),
        rows=(
            *CASE,
            Row("受理日期", "accepted_on"),
            Row("法定办结日期", "due_on"),
            Row("承诺办结日期", "promised_on", optional=True),
            Row("联系电话", "office_phone", optional=True),
        ),
        tables=(MATERIALS,),
        closing=("凭办件编号可以查询办理进度。",),
        signatures=("受理人", "申请人"),
    ),
    SlipKind.CORRECTION: Form(
        office="受理机关",
        basis=_ARTICLE_32,
        recipient="{applicant}",
        paragraphs=(
            "您于{applied_on}提出的{matter}申请，材料不齐全或者不符合法定形式。"
            "现将需要补正的全部内容一次告知如下，请于{due_on}前补正。",
        ),
        rows=CASE,
        tables=(
            Columns(
                "defects",
                (
                    Column("材料名称", "name", 4),
                    Column("存在的问题", "problem", 6),
                    Column("补正要求", "demand", 6),
                ),
                title="需要补正的全部内容",
            ),
        ),
        closing=(
            "逾期未补正的，本次申请按补交不来办结，材料退还；材料齐全后可以重新申请。"
            "补正材料可以就近提交，也可以在线提交。",
        ),
        signatures=("告知人", "申请人"),
    ),
    SlipKind.NON_ACCEPTANCE: Form(
        office="受理机关",
        basis=_ARTICLE_32,
        recipient="{applicant}",
        paragraphs=(
            "您于{applied_on}提出的{matter}申请，经审查，本机关决定不予受理。",
            "理由：{reason}",
            "您可以这样办理：{way_on}",
        ),
        rows=(*CASE, Row("有权办理的机关", "competent_office", optional=True)),
        remedies=_REMEDIES,
        signatures=("经办人", "申请人"),
        defaults=_REMEDY_DEFAULTS,
    ),
    SlipKind.REFUSAL: Form(
        office="作出决定的机关；转出地拒绝的，由转入地书面告知",
        basis="《中华人民共和国行政许可法》第三十八条（非行政许可事项参照执行）",
        recipient="{applicant}",
        paragraphs=(
            "您的{matter}申请，经{deciding_office}审查，不予办理。",
            "理由：{reason}",
            "您可以这样办理：{way_on}",
        ),
        rows=(
            *CASE,
            Row("作出决定的机关", "deciding_office"),
            Row("决定日期", "decided_on"),
            Row("退还材料", "returned", optional=True),
        ),
        remedies=_REMEDIES,
        signatures=("经办人", "申请人"),
        defaults=_REMEDY_DEFAULTS,
    ),
    SlipKind.EXTENSION: Form(
        office="办理机关",
        basis="《中华人民共和国行政许可法》第四十二条（非行政许可事项参照执行）",
        recipient="{applicant}",
        paragraphs=(
            "您的{matter}申请不能在原定期限内办结。经{approver}批准，"
            "办理期限延长{extended_by}，延长后的办结日期为{due_on}。",
            "理由：{reason}",
        ),
        rows=(*CASE, Row("原办结日期", "former_due_on"), Row("延长后办结日期", "due_on")),
        defaults={"approver": "本机关负责人"},
    ),
    SlipKind.EXTENSION_REVOCATION: Form(
        office="办理机关",
        basis="《中华人民共和国行政许可法》第四十二条（非行政许可事项参照执行）",
        recipient="{applicant}",
        paragraphs=(
            "您的{matter}申请原批准延长办理期限{extended_by}。"
            "本机关自{revoked_on}起撤销该延期，办结日期改为{due_on}。",
            "理由：{reason}",
        ),
        rows=(*CASE, Row("撤销日期", "revoked_on"), Row("撤销后办结日期", "due_on")),
    ),
    SlipKind.SPECIAL_PROCEDURE: Form(
        office="办理机关",
        basis="《中华人民共和国行政许可法》第四十五条（非行政许可事项参照执行）",
        recipient="{applicant}",
        paragraphs=(
            "您的{matter}申请，作出决定前依法需要{procedure}，自{from_day}起进行，"
            "预计需要{expected}，所需时间不计入办理期限。",
            "理由：{reason}",
        ),
        rows=(
            *CASE,
            Row("特殊程序", "procedure"),
            Row("开始日期", "from_day"),
            Row("预计所需时间", "expected"),
            Row("预计结束日期", "expected_end"),
            Row("实际结束日期", "ended_on", optional=True),
        ),
        closing=("特殊程序结束后恢复计算办理期限；所需时间超过预计的，本机关将另行书面告知。",),
    ),
    SlipKind.WITHDRAWAL: Form(
        office="受理机关",
        recipient="{applicant}",
        paragraphs=(
            "您于{withdrawn_on}撤回{matter}申请，本机关已停止办理并通知有关机关。"
            "各地登记均未因本次申请变动，您可以重新申请。",
        ),
        rows=(*CASE, Row("撤回日期", "withdrawn_on"), Row("撤回方式", "channel", optional=True)),
        tables=(Columns("materials", MATERIALS.columns, title="退还材料"),),
        signatures=("经办人", "申请人"),
    ),
    SlipKind.CONCLUSION: Form(
        office="办理机关",
        recipient="{applicant}",
        paragraphs=("您的{matter}申请已于{concluded_on}办结。办理结果：{result}",),
        rows=(
            *CASE,
            Row("办结日期", "concluded_on"),
            Row("结果证照", "certificate", optional=True),
            Row("领取方式", "delivery", optional=True),
        ),
        closing=("欢迎对本次服务作出评价；对办理结果有疑问的，可以向本机关咨询。",),
    ),
    SlipKind.SERVICE: Form(
        office="送达机关；受托送达的，由受托窗口填写",
        basis="《中华人民共和国行政许可法》第四十四条（非行政许可事项参照执行）",
        rows=(
            Row("办件编号", "case_no"),
            Row("受送达人", "recipient"),
            Row("送达方式", "way"),
            Row("送达地点", "place", optional=True),
            Row("送达日期", "served_on", optional=True),
            Row("代收人及与受送达人关系", "substitute", optional=True),
            Row("拒收或未送达情况", "refused", optional=True),
        ),
        tables=(
            Columns(
                "documents",
                (
                    Column("文书或证照名称", "name", 6),
                    Column("编号", "number", 5),
                    Column("份数", "copies", 2),
                ),
                title="送达文书、证照",
            ),
        ),
        signatures=("受送达人（代收人）", "送达人", "见证人"),
        footer="受送达人签收后交回送达机关存档",
    ),
}
