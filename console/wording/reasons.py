"""Why somebody refuses, waits or asks, in words: codes of families, letters, registers, couriers.

Read by findings, by the list of reason codes of a task and by the result of a case.
"""

from __future__ import annotations

from adapters.courier.sentences import SENTENCES as COURIER
from adapters.population.sentences import SENTENCES as POPULATION
from adapters.registers.sentences import SENTENCES as BUSINESS
from console.wording.paper_names import LETTER_REFUSALS
from contracts.families import HUKOU
from domain.clocks import PauseReason
from domain.hukou import REFUSAL_TEXTS, OriginRefusal
from domain.refusals import GENERAL, TEXTS

_OWN = {
    "EXPIRED": "迁移证过期",
    "LOST": "迁移证遗失",
    **{reason.value: reason.label for reason in PauseReason},
    **{code.value: REFUSAL_TEXTS[code][0] for code in OriginRefusal},
}
#: What only letters between the two sides and the ends of cases say.
_BETWEEN = {
    "SUM_DIFFERS": "信息表与到账金额不符",
    "CONTENT_WRONG": "信息表内容有误",
    "PERSON_DISPUTES": "本人对信息表有异议",
    "PERMIT_EXPIRED": "准予迁入证明已过期",
    "NOT_CANCELLED": "户口没有注销",
    "NOT_LANDING": "不再落户，申请恢复户口",
    "RESTORED": "户口已恢复",
    "DECEASED": "当事人死亡",
    "OVERDUE": "逾期没有答复",
    "RECEIPT_MISSING": "没有收到回执",
    "FILE_KEPT": "档案仍由原机构保管",
    "DOCUMENTS_AGAIN": "重新发送文书",
    "DIGEST_MISMATCH": "文书与函中摘要不符",
    "NOT_COMPETENT": "不属于本机构管辖",
    "EXCESS_RETURNED": "多划的资金已退回",
    "PAID": "款项已支付",
    "APPLICANT_WITHDRAWS": "申请人撤回",
    "KEY_REUSED": "同一业务键曾以不同内容提交过，请联系系统管理员",
}


def reason_label(code: str, family: str = "") -> str:
    """A reason code in words; the code itself where it has none."""
    return known_reason(code, family) or code


def known_reason(code: str, family: str = "") -> str | None:
    """A reason code in the words of its family, or of whoever else has words for it."""
    tables = (TEXTS.get(family, {}), GENERAL if family else {})
    own = next((words[code][0] for words in tables if code in words), None)
    others = (words[code][0] for words in (*TEXTS.values(), GENERAL) if code in words)
    return own or _OWN.get(code) or _of_system(code, family) or next(others, None)


def register_words(code: str, family: str) -> str | None:
    """The refusal of the register that the family's cases deal with."""
    sentences = POPULATION if family == HUKOU.code else BUSINESS
    return sentences.get(code) or known_reason(code, family)


def _of_system(code: str, family: str) -> str | None:
    """Words of letters and outside systems; the population register speaks of 户口迁移 only."""
    registers = (POPULATION, BUSINESS) if family == HUKOU.code else (BUSINESS, POPULATION)
    tables = (_BETWEEN, LETTER_REFUSALS, *registers, COURIER)
    return next((words[code] for words in tables if code in words), None)
