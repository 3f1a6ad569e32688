"""What the fields of papers are called that offices and registers draw up: letters, records, lists.

Read by `console.web.paper_reading`. A field that has no words here is shown under its own key.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from catalog.catalog import Catalog
from console.wording.form_fields import field_label

_FIELDS: Mapping[str, str] = {
    # what every letter begins with
    "title": "文书名称",
    "letter_no": "函号",
    "home_case_no": "业务协同编号",
    "case_no": "办件编号",
    "other_case_no": "另一办件编号",
    "sender": "发函方",
    "receiver": "收函方",
    "locality": "地区",
    "office": "机构",
    "issued_at": "发函时间",
    # the application
    "matter": "事项",
    "reason": "理由",
    "applicant": "申请人",
    "agent": "代理人",
    "migrants": "当事人",
    "number": "编号",
    "name": "姓名",
    "id_no": "公民身份号码",
    "phone": "联系电话",
    "relation": "关系",
    "origin": "迁出地",
    "destination": "迁入地",
    "station": "派出所",
    "address": "地址",
    "household": "迁入户户号",
    "details": "申请内容",
    "subject": "办理对象",
    "part": "协同环节",
    "remark": "备注",
    "note": "备注",
    # answers
    "permit": "准予迁入证明",
    "valid_until": "有效期至",
    "certificates": "证件",
    "person": "人员序号",
    "registered": "登记情况",
    "code": "代码",
    "text": "告知内容",
    "remedy": "办理建议",
    "question": "核实内容",
    "defects": "须补正的内容",
    "proof_no": "未落户证明编号",
    # lists for the archive
    "papers": "材料",
    "acts": "行为记录",
    "letters": "函件",
    "trail": "办理轨迹",
    "at": "时间",
    "type": "材料种类",
    "media_type": "文件格式",
    "size": "字节数",
    "digest": "校验值",
    "key": "登记键",
    "actor": "办理人",
    "basis": "依据",
    "kind": "种类",
    "status": "状态",
    "direction": "收发",
    "made_in": "步骤编号",
    "stage": "环节",
    "holder": "由谁办理",
    # records of registers
    "record_kind": "资料种类",
    "record": "登记内容",
    "content": "内容",
    "facts": "登记情况",
    "rows": "分年明细",
    "items": "明细",
    "region": "地区",
    "year": "年度",
    "from_month": "起始月份",
    "to_month": "截止月份",
    "months": "月数",
    "scheme": "险种",
    "account_kind": "账户性质",
    "temporary": "是否临时账户",
    "sealed": "是否封存",
    "left_out_months": "未计入的月数",
    "months_paid": "实际缴费月数",
    "unit": "单位名称",
    "started_work_on": "参加工作时间",
    "first_paid_on": "首次缴费时间",
    "first_insured_on": "首次参保时间",
    "account_opened_on": "建立账户时间",
    "local_from": "本地缴费起始",
    "local_to": "本地缴费截止",
    "transferred_on": "转移时间",
    "wage_fen": "缴费工资",
    "monthly_base_fen": "月缴费基数",
    "booked_fen": "记账金额",
    "booked_personal_fen": "个人缴费记账金额",
    "booked_this_year_fen": "本年记账金额",
    "interest_fen": "利息",
    "interest_personal_fen": "个人缴费利息",
    "balance_fen": "余额",
    "balance_personal_fen": "个人缴费余额",
    "pre1998_fen": "1998年以前账户金额",
    "personal_fen": "个人缴费",
    "collective_fen": "集体补助",
    "subsidy_fen": "政府补贴",
    "subsidy_interest_fen": "补贴利息",
    "account_fen": "个人账户金额",
    "pooled_fen": "统筹金额",
    "total_fen": "合计金额",
    "unit_rate_bp": "单位缴费比例",
    "account_rate_bp": "记账比例",
    "personal_rate_bp": "个人缴费比例",
    "paid_months": "缴费月数",
    "paid_through": "缴费截止月份",
    "steps": "计算过程",
    "label": "项目",
    "formula": "算法",
    "result": "结果",
    "plate": "号牌号码",
    "file_no": "档案编号",
}
#: Where a field is called otherwise inside another.
_INSIDE: Mapping[tuple[str, str], str] = {
    ("migrants", "number"): "序号",
    ("acts", "code"): "行为",
    ("acts", "person"): "人员序号",
    ("trail", "code"): "事件",
    ("letters", "number"): "函号",
}


_ORDER = {key: number for number, key in enumerate(_FIELDS)}


def in_order(keys: Iterable[str]) -> list[str]:
    """Fields as papers are read: a stored paper has them by the alphabet."""
    return sorted(keys, key=lambda key: _ORDER.get(key, len(_ORDER)))


def paper_field(inside: str, key: str, catalog: Catalog) -> str | None:
    """The name of a field within another one ("": of the paper itself); None: it has no words."""
    if inside == "details":
        label = field_label(f"details.{key}", catalog)
        return label if label != key else _FIELDS.get(key)
    return _INSIDE.get((inside, key)) or _FIELDS.get(key)
