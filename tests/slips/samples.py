"""One sample of every kind of slip, about invented people."""

from datetime import date

from slips.kinds import SlipKind
from slips.render import Facts, Value
from slips.verification import verification_code

SECRET = b"only-for-the-tests-of-slips"
DAY = date(2026, 3, 5)
CASE = {
    "case_no": "371002-20260305-000017",
    "matter": "户口迁移（夫妻投靠）",
    "applicant": "吴样例乙",
}
MATERIALS: list[dict[str, Value]] = [
    {"name": "居民户口簿", "form": "原件", "copies": 1, "note": ""},
    {"name": "结婚证", "form": "原件、复印件", "copies": 2, "note": "复印件存档"},
]
CONTENTS: list[dict[str, Value]] = [
    {"name": "往来港澳通行证", "number": "CA0000001", "form": "原件", "copies": 1, "sheets": 1},
    {"name": "申请表", "number": "", "form": "原件", "copies": 1, "sheets": 2},
]
REMEDY = {"review_days": 60, "lawsuit_months": 6}
FILE = {
    "person": "吴样例乙",
    "file_no": "DA-000001",
    "from_office": "甲市样例区人才服务中心",
    "to_office": "乙市样例区人才服务中心",
}
PERSON = {"person": "吴样例乙", "identity_no": "339999199001010013"}


def year(number: int) -> dict[str, str | int]:
    """A row of the second part of the statement."""
    return {
        "region": "339999",
        "year": str(number),
        "span": "1-12",
        "months": 12,
        "base_fen": 5_000_00,
        "unit_rate": "16%",
        "booked_rate": "8%",
        "personal_rate": "8%",
        "booked_fen": 4_800_00,
        "booked_personal_fen": 4_800_00,
        "interest_fen": 1_234_56,
        "interest_personal_fen": 1_234_56,
        "balance_fen": 123_456_78,
        "balance_personal_fen": 123_456_78,
        "note": "",
    }


RUNG: Facts = {
    "recipient": "乙市样例区政务服务中心",
    "supervision_no": "JC3710022026030500001",
    "case_no": CASE["case_no"],
    "matter": CASE["matter"],
    "task": "审核",
    "task_due_on": date(2026, 2, 26),
    "days_late": "5",
    "sent_on": DAY,
    "rule": "supervision.supervision_order",
    "answer_by": date(2026, 3, 9),
}


_BODIES: dict[SlipKind, Facts] = {
    SlipKind.SUPERVISION_ORDER: RUNG,
    SlipKind.RECTIFY_NOTICE: RUNG,
    SlipKind.INTERVIEW_NOTICE: RUNG,
    SlipKind.CIRCULAR: RUNG,
    SlipKind.SUPERIOR_REQUEST: {
        "recipient": "国家政务服务平台（样例上级）",
        "subject": "JC3710022026030500001",
        "case_no": CASE["case_no"],
        "matter": CASE["matter"],
        "task": "审核",
        "office": "乙市公安局样例分局",
        "cause": "督办已升至约谈，至今没有办结。",
        "peer": "甲市样例区",
        "task_due_on": date(2026, 2, 26),
        "sent_on": DAY,
    },
    SlipKind.INTAKE: {
        **CASE,
        "home_office": "乙市公安局样例分局",
        "received_on": DAY,
        "materials": MATERIALS,
    },
    SlipKind.ACCEPTANCE: {
        **CASE,
        "applied_on": date(2026, 3, 4),
        "accepted_on": DAY,
        "due_on": date(2026, 4, 2),
        "promised_on": date(2026, 3, 19),
        "materials": MATERIALS,
    },
    SlipKind.CORRECTION: {
        **CASE,
        "applied_on": date(2026, 3, 4),
        "due_on": date(2026, 4, 4),
        "defects": [
            {
                "name": "结婚证",
                "problem": "复印件缺少登记机关印章页",
                "demand": "补交印章页复印件一份",
            },
            {"name": "申请表", "problem": "未签名", "demand": "由申请人本人签名"},
        ],
    },
    SlipKind.NON_ACCEPTANCE: {
        **CASE,
        **REMEDY,
        "applied_on": date(2026, 3, 4),
        "reason": "所申请事项不属于本机关职权范围。",
        "way_on": "向乙市公安局样例分局提出申请。",
        "competent_office": "乙市公安局样例分局",
    },
    SlipKind.REFUSAL: {
        **CASE,
        **REMEDY,
        "deciding_office": "甲市公安局样例派出所",
        "decided_on": date(2026, 3, 4),
        "reason": "人口信息与申请内容不一致：出生日期不符。",
        "way_on": "持出生医学证明到户籍地派出所更正后重新申请。",
    },
    SlipKind.EXTENSION_REVOCATION: {
        **CASE,
        "extended_by": "10个工作日",
        "revoked_on": DAY,
        "due_on": date(2026, 3, 12),
        "reason": "延期事由已经消除。",
    },
    SlipKind.SPECIAL_PROCEDURE: {
        **CASE,
        "procedure": "专家评审",
        "from_day": DAY,
        "expected": "15个工作日",
        "expected_end": date(2026, 3, 26),
        "reason": "需要专家核对技术条件。",
    },
    SlipKind.HEARING_RIGHT: {
        **CASE,
        "told_on": DAY,
        "ask_until": date(2026, 3, 12),
        "reason": "申请直接涉及相邻权利人的重大利益。",
    },
    SlipKind.HEARING_NOTICE: {
        **CASE,
        "told_on": DAY,
        "day": date(2026, 3, 18),
        "place": "样例会议室，9时30分",
        "chair": "工号 HC0902",
        "reason": "依申请举行听证。",
    },
    SlipKind.HEARING_ANNOUNCEMENT: {
        "case_no": CASE["case_no"],
        "matter": CASE["matter"],
        "told_on": DAY,
        "day": date(2026, 3, 18),
        "place": "样例会议室，9时30分",
        "chair": "工号 HC0902",
        "reason": "涉及公共利益。",
    },
    SlipKind.EXTENSION: {
        **CASE,
        "reason": "需要向原发证机关核实材料。",
        "extended_by": "10个工作日",
        "former_due_on": date(2026, 4, 2),
        "due_on": date(2026, 4, 17),
    },
    SlipKind.WITHDRAWAL: {**CASE, "withdrawn_on": DAY, "materials": MATERIALS},
    SlipKind.CONCLUSION: {
        **CASE,
        "concluded_on": DAY,
        "result": "准予迁入，已落户。",
        "certificate": "居民户口簿",
        "delivery": "邮寄",
    },
    SlipKind.SERVICE: {
        "case_no": CASE["case_no"],
        "recipient": "吴样例乙",
        "way": "邮寄送达",
        "documents": [{"name": "居民户口簿", "number": "000000001", "copies": 1}],
    },
    SlipKind.TRANSFER_OF_THINGS: {
        "case_no": CASE["case_no"],
        "from_office": "甲市样例区政务服务中心",
        "to_office": "乙市公安局样例分局出入境管理大队",
        "carrier": "邮政特快专递",
        "waybill": "EA000000016CN",
        "seal": "F-0001",
        "contents": CONTENTS,
        "custody": [
            {
                "event": "封装交寄",
                "from": "甲市样例区政务服务中心",
                "to": "邮政特快专递",
                "on": DAY,
                "condition": "完好，2件",
            },
            {"event": "投递签收", "from": "邮政特快专递", "to": "乙市公安局样例分局"},
        ],
    },
    SlipKind.HANDOVER_LIST: {
        "case_no": CASE["case_no"],
        "from_office": "吴样例乙",
        "to_office": "甲市样例区政务服务中心",
        "reason": "收取旧证",
        "contents": CONTENTS,
    },
    SlipKind.FILE_DISPATCH: {
        **FILE,
        "carrier": "机要通信",
        "seal": "F-0002",
        "volumes": 1,
        "contents": CONTENTS,
    },
    SlipKind.FILE_RECEIPT: {
        **FILE,
        "dispatch_no": "DT-000001",
        "received_on": DAY,
        "seal_state": "完好",
        "identity_state": "一致",
        "count_state": "一致",
        "differences": [],
    },
    SlipKind.CONTRIBUTION_VOUCHER: {
        **PERSON,
        "personal_no": "0000000001",
        "first_insured": "2010年7月",
        "local_span": "2010年7月至2026年2月",
        "paid_months": 188,
        "account_kind": "一般账户",
        "account_fen": 123_456_78,
    },
    SlipKind.CONTACT_LETTER: {
        **PERSON,
        "transfer_type": "跨省转移（一般账户）",
        "trace_no": "T-000001",
        "origin_code": "339999",
        "origin_office": "甲市样例区社会保险事业中心",
        "destination_office": "乙市样例区社会保险事业中心",
        "bank_name": "样例银行乙市支行",
        "bank_no": "000000000000",
        "account_title": "乙市样例区社会保险基金财政专户",
        "account_no": "0000 0000 0000 0001",
    },
    SlipKind.STATEMENT: {
        **PERSON,
        "letter_no": "L-000001",
        "first_paid": "1996年1月",
        "first_paid_here": "1996年1月",
        "local_span": "1996年1月至2026年2月",
        "paid_months": 362,
        "moved_on": DAY,
        "account_kind": "一般账户",
        "before_1998_fen": 1_000_00,
        "since_1998_fen": 122_456_78,
        "this_year_fen": 800_00,
        "account_fen": 124_256_78,
        "pooled_fen": 20_640_00,
        "total_fen": 144_896_78,
        "years": [year(number) for number in range(1986, 2026)],
    },
    SlipKind.PAYMENT_VOUCHER: {
        "letter_no": "L-000001",
        "purpose": "基本养老保险关系转移基金",
        "payer": "甲市样例区社会保险基金财政专户",
        "payer_account": "0000 0000 0000 0002",
        "payee": "乙市样例区社会保险基金财政专户",
        "payee_account": "0000 0000 0000 0001",
        "payee_bank": "样例银行乙市支行",
        "amount_fen": 144_896_78,
        "paid_on": DAY,
    },
}


def sample(kind: SlipKind) -> Facts:
    """The facts of a kind with number and code."""
    number = f"{kind.value[:2]}〔2026〕000017号"
    code = verification_code(
        SECRET, kind=kind.value, number=number, case_no=CASE["case_no"], content="样例"
    )
    return {
        **_BODIES[kind],
        "number": number,
        "verification_code": code,
        "issuer": "乙市样例区政务服务中心",
        "issued_on": DAY,
        "check_at": "https://tongban.example/check",
    }


SAMPLES: dict[SlipKind, Facts] = {kind: sample(kind) for kind in SlipKind}
