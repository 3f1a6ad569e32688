"""The work that people do when a personnel file moves between agencies (docs/rules.md A8)."""

from __future__ import annotations

from enum import StrEnum

from domain.offices import Role
from domain.schemes.personnel_file import FileRefusal
from domain.tasks import OutcomeSpec, TaskSpec
from domain.transfer_tasks import examination_task, review_task
from domain.transports import Service


class FileTask(StrEnum):
    """Kinds of tasks of A8."""

    REVIEW = "FILE_REVIEW"
    EXAMINATION = "FILE_EXAMINATION"
    RELEASE = "FILE_RELEASE"
    RECEIPT_MISSING = "FILE_RECEIPT_MISSING"
    SUPPLEMENT = "FILE_SUPPLEMENT"
    RESEND = "FILE_RESEND"
    TAKE_IN = "FILE_TAKE_IN"


#: How the approver lets a file travel. The last one exists to be refused with its reason.
WAYS: dict[str, Service | None] = {
    "RELEASE_CONFIDENTIAL": Service.CONFIDENTIAL_POST,
    "RELEASE_MESSENGER": Service.MESSENGER,
    "RELEASE_EMS": Service.EMS,
    "RELEASE_TO_PERSON": None,
}
_REFUSALS = tuple(
    reason.value for reason in FileRefusal if reason is not FileRefusal.RECEIVER_WITHOUT_PAPERS
)
_BASIS = "人社部发〔2021〕112号"

FILE_TASKS: dict[str, TaskSpec] = {
    spec.kind: spec
    for spec in (
        review_task(FileTask.REVIEW, "审核并开具调档函", _BASIS),
        examination_task(FileTask.EXAMINATION, "审核档案、核对身份并整理目录", _BASIS, _REFUSALS),
        TaskSpec(
            FileTask.RELEASE,
            "审批转出并确定转递方式",
            Role.APPROVER,
            (
                OutcomeSpec("RELEASE_CONFIDENTIAL", "同意，机要通信转递"),
                OutcomeSpec("RELEASE_MESSENGER", "同意，专人送取"),
                OutcomeSpec("RELEASE_EMS", "同意，邮政特快专递转递"),
                OutcomeSpec("RELEASE_TO_PERSON", "交本人携带（一律不得）"),
                OutcomeSpec(
                    "RETURN", "退回核对", needs_reason=True, returns_to=(FileTask.EXAMINATION,)
                ),
                OutcomeSpec(
                    "REFUSE", "不予转出", needs_reason=True, reason_codes=frozenset(_REFUSALS)
                ),
            ),
            _BASIS,
            not_by_deciders_of=(FileTask.EXAMINATION,),
        ),
        TaskSpec(
            FileTask.RECEIPT_MISSING,
            "逾期未收到回执，查询催要",
            Role.HANDLER,
            (OutcomeSpec("CHASED", "已与接收机构联系，继续等待回执"),),
            "干部人事档案转递规定（1个月）",
        ),
        TaskSpec(
            FileTask.SUPPLEMENT,
            "补充缺少的档案材料",
            Role.HANDLER,
            (
                OutcomeSpec("SUPPLEMENT", "已找到，密封补寄"),
                OutcomeSpec("NOT_HELD", "无此材料，书面说明", needs_reason=True),
            ),
            _BASIS,
        ),
        TaskSpec(
            FileTask.RESEND,
            "重新转递档案",
            Role.APPROVER,
            (
                OutcomeSpec("SEND_AGAIN", "整理后按原方式重新转递"),
                OutcomeSpec("KEEP", "不再转递，由本机构继续保管", needs_reason=True),
            ),
            _BASIS,
        ),
        TaskSpec(
            FileTask.TAKE_IN,
            "审核入库并签回执",
            Role.HANDLER,
            (
                OutcomeSpec("ACCEPT", "材料齐全，入库并签回执"),
                OutcomeSpec("ASK_SUPPLEMENT", "一次性告知缺少材料，请转出机构补充"),
                OutcomeSpec("ACCEPT_DIFFERENCES", "登记差异，入库并签回执", needs_reason=True),
                OutcomeSpec(
                    "ACCEPT_CONSENT",
                    "缺少关键材料，本人知情同意后入库",
                    needs_reason=True,
                    needs_evidence=True,
                ),
                OutcomeSpec("SEND_BACK", "退回转出机构", needs_reason=True),
            ),
            _BASIS,
        ),
    )
}
