"""The words of notices about joint matters and composite cases; see `activities.notice_texts`."""

from __future__ import annotations

#: What these notices name from the facts of a step, beside what every notice may name.
JOINT_FACTS = ("part", "items", "other", "granted", "refused")

JOINT_TEXTS: dict[str, str] = {
    "PART_REFUSED": (
        "您的{matter}（{case_no}），协同环节“{part}”答复不同意：{reason_text}。"
        "牵头机构将研究处理，由有权机关作出决定并书面告知您。"
    ),
    "PART_LATE": (
        "您的{matter}（{case_no}），协同环节“{part}”没有在期限内办结，"
        "已催办并由牵头机构跟进，您无需再办手续。"
    ),
    "PART_PROMISED": (
        "您的{matter}（{case_no}）凭您的书面承诺先行办理，协同环节“{part}”将事后核查。"
        "承诺不实的，依法撤销决定并记入信用记录。"
    ),
    "SCENARIO_RECEIVED": (
        "您的{matter}申请已收件，办件编号{case_no}，包括：{items}。"
        "各事项由承办机构分别依法办理，进度可凭此编号统一查询。"
    ),
    "CHILD_FILED": "您的{matter}（{case_no}）：“{items}”已立案，办件编号{other}。",
    "SCENARIO_COMPLETED": "您的{matter}（{case_no}）各事项均已办成：{granted}。",
    "SCENARIO_PARTLY": (
        "您的{matter}（{case_no}）已全部有结果。已办成：{granted}；未办成：{refused}；"
        "未启动或已撤回：{other}。未办成的理由和救济途径见各事项的书面告知。"
    ),
    "SCENARIO_NONE": (
        "您的{matter}（{case_no}）各事项均未办成：{refused}；未启动或已撤回：{other}。"
        "理由和救济途径见各事项的书面告知，条件具备后可重新申请。"
    ),
    "SCENARIO_WITHDRAWN": "您的{matter}申请（{case_no}）已撤回，未办结的事项不再办理：{other}。",
}
