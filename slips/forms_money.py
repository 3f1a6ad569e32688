"""Forms of the pension transfer and of its money; sums are integer fen, printed in yuan.

Basis: 国办发〔2009〕66号 and 人社部发〔2009〕187号 (forms and their fields).
"""

from __future__ import annotations

from slips.form import Column, Columns, Form, Row
from slips.kinds import SlipKind

_BASIS = "国办发〔2009〕66号、人社部发〔2009〕187号"
_PERSON = (Row("姓名", "person"), Row("公民身份号码", "identity_no"))

MONEY: dict[SlipKind, Form] = {
    SlipKind.CONTRIBUTION_VOUCHER: Form(
        office="转出地社会保险经办机构",
        basis=_BASIS,
        recipient="{person}",
        paragraphs=("您在本地参加企业职工基本养老保险的情况如下，本凭证用于办理关系转移接续。",),
        rows=(
            *_PERSON,
            Row("个人编号", "personal_no", optional=True),
            Row("户籍地", "hukou_place", optional=True),
            Row("首次参保日期", "first_insured"),
            Row("本地参保起止", "local_span"),
            Row("实际缴费月数", "paid_months"),
            Row("账户性质", "account_kind"),
            Row("个人账户储存额（元）", "account_fen"),
            Row("欠费情况", "arrears", optional=True),
            Row("参保终止日期", "ended_on", optional=True),
            Row("经办机构电话", "office_phone", optional=True),
        ),
        signatures=("经办人", "复核人"),
    ),
    SlipKind.CONTACT_LETTER: Form(
        office="转入地社会保险经办机构",
        basis=_BASIS,
        recipient="{origin_office}",
        paragraphs=(
            "下列人员申请将基本养老保险关系转入本地，经审核符合转移接续条件。"
            "请办理转出手续，提供信息表，并将基金划转至下列账户，划款附言注明本函编号。",
        ),
        rows=(
            *_PERSON,
            Row("原个人编号", "personal_no", optional=True),
            Row("转移类型", "transfer_type"),
            Row("业务跟踪号", "trace_no"),
            Row("转出地行政区划代码", "origin_code"),
            Row("转出地经办机构", "origin_office"),
            Row("转出地联系电话", "origin_phone", optional=True),
            Row("转出地地址、邮编", "origin_address", optional=True),
            Row("转入地经办机构", "destination_office"),
            Row("转入地联系电话", "destination_phone", optional=True),
            Row("转入地地址、邮编", "destination_address", optional=True),
            Row("开户银行", "bank_name"),
            Row("银行行号", "bank_no"),
            Row("账户户名", "account_title"),
            Row("银行账号", "account_no"),
            Row("代办人", "agent", optional=True),
        ),
        signatures=("经办人", "复核人"),
    ),
    SlipKind.STATEMENT: Form(
        office="转出地社会保险经办机构",
        basis=_BASIS,
        paragraphs=("信息表（一）（金额单位：元）",),
        rows=(
            *_PERSON,
            Row("联系函编号", "letter_no"),
            Row("转出单位", "employer", optional=True),
            Row("参加工作时间", "work_began", optional=True),
            Row("首次缴费时间", "first_paid"),
            Row("本地首次缴费时间", "first_paid_here"),
            Row("建立个人账户时间", "account_opened", optional=True),
            Row("本地缴费起止时间", "local_span"),
            Row("实际缴费月数", "paid_months"),
            Row("转移时间", "moved_on"),
            Row("账户性质", "account_kind"),
            Row("1998年前个人缴费本息", "before_1998_fen"),
            Row("1998年1月1日至上年末", "since_1998_fen"),
            Row("本年记账本金", "this_year_fen"),
            Row("个人账户转移额", "account_fen"),
            Row("统筹基金转移额", "pooled_fen"),
            Row("转移总额", "total_fen"),
        ),
        tables=(
            Columns(
                "years",
                (
                    Column("地区", "region", 6),
                    Column("年度", "year", 4),
                    Column("起止月", "span", 5),
                    Column("月数", "months", 3),
                    Column("月缴费基数", "base_fen", 7),
                    Column("单位比例", "unit_rate", 4),
                    Column("划账比例", "booked_rate", 4),
                    Column("个人比例", "personal_rate", 4),
                    Column("记账额", "booked_fen", 7),
                    Column("其中个人", "booked_personal_fen", 7),
                    Column("利息", "interest_fen", 6),
                    Column("其中个人", "interest_personal_fen", 6),
                    Column("年末储存额", "balance_fen", 8),
                    Column("其中个人", "balance_personal_fen", 8),
                    Column("备注", "note", 5),
                ),
                title="信息表（二）  各年度缴费和记账情况（金额单位：元）",
                numbered=False,
            ),
        ),
        signatures=("制表人", "复核人"),
        landscape=True,
    ),
    SlipKind.PAYMENT_VOUCHER: Form(
        office="付款的经办机构或公积金中心",
        rows=(
            Row("联系函编号", "letter_no"),
            Row("款项性质", "purpose"),
            Row("付款人", "payer"),
            Row("付款账号", "payer_account"),
            Row("收款人", "payee"),
            Row("收款账号", "payee_account"),
            Row("收款银行", "payee_bank"),
            Row("金额（元）", "amount_fen"),
            Row("人民币大写", "amount_capitals"),
            Row("划款日期", "paid_on"),
            Row("银行流水号", "bank_reference", optional=True),
            Row("附言", "remark", optional=True),
        ),
        signatures=("经办人", "复核人"),
    ),
}
