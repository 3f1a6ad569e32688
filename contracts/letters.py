"""Letters between localities and their receipts: the agreement that any two localities share.

A letter is one structured document with a manifest. It crosses as a short Nexus operation, is
answered by a receipt, and a resend under the same number has no second effect (docs/rules.md A0
rule 5, G3). Personal data travel in the documents that the manifest names, never in the letter
itself.
"""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from enum import StrEnum

from contracts.payload import Payload


class LetterVerb(StrEnum):
    """What a letter says. One Nexus operation each."""

    MOVE_OUT_REQUEST = "MOVE_OUT_REQUEST"  # 申请迁出
    LANDING_CONFIRMED = "LANDING_CONFIRMED"  # 落户确认
    REISSUE_REQUEST = "REISSUE_REQUEST"  # 申请补发迁移证
    RESTORE_REQUEST = "RESTORE_REQUEST"  # 申请恢复户口
    MOVE_OUT_ANSWER = "MOVE_OUT_ANSWER"  # 迁出反馈 / 不予迁出反馈
    CERTIFICATE_REISSUED = "CERTIFICATE_REISSUED"  # 补发反馈
    REGISTRATION_RESTORED = "REGISTRATION_RESTORED"  # 恢复户口反馈
    # every other transfer; each family has its own names for them (contracts.families)
    REQUEST = "REQUEST"  # 联系函, 调档函 …
    ANSWER = "ANSWER"  # 信息表, 转递通知单 … or a refusal
    CONFIRM = "CONFIRM"  # 办结告知, 回执
    AMEND_REQUEST = "AMEND_REQUEST"  # 商请更正或补充
    AMENDED = "AMENDED"
    PROGRESS = "PROGRESS"  # what the other side should know meanwhile, coded
    REMIND = "REMIND"  # 催办
    CLARIFY = "CLARIFY"  # 商请核实
    LATENESS = "LATENESS"  # 超期告知: our own part is late, and how far supervision has climbed
    TELL_CLOCK = "TELL_CLOCK"  # 时限告知: a limit of the sender stands still or was extended
    REJECT_DOCUMENT = "REJECT_DOCUMENT"  # 退回文书
    UPDATE_DOCUMENT = "UPDATE_DOCUMENT"  # 更新文书
    # 作废文书: asked for a permit that ran out, and taken as the end of a leg; no other paper of a
    # case is made void by letter.
    INVALIDATE_DOCUMENT = "INVALIDATE_DOCUMENT"
    FORWARD = "FORWARD"  # 转送主管机构
    WITHDRAW = "WITHDRAW"  # 撤回
    REOPEN = "REOPEN"  # 商请重新办理


LETTER_NAMES = {
    LetterVerb.MOVE_OUT_REQUEST: "申请迁出函",
    LetterVerb.LANDING_CONFIRMED: "落户确认函",
    LetterVerb.REISSUE_REQUEST: "补发迁移证申请函",
    LetterVerb.RESTORE_REQUEST: "恢复户口申请函",
    LetterVerb.MOVE_OUT_ANSWER: "迁出反馈",
    LetterVerb.CERTIFICATE_REISSUED: "补发迁移证反馈",
    LetterVerb.REGISTRATION_RESTORED: "恢复户口反馈",
    LetterVerb.REQUEST: "联系函",
    LetterVerb.ANSWER: "答复函",
    LetterVerb.CONFIRM: "确认函",
    LetterVerb.AMEND_REQUEST: "商请更正函",
    LetterVerb.AMENDED: "更正函",
    LetterVerb.PROGRESS: "进展告知函",
    LetterVerb.REMIND: "催办函",
    LetterVerb.CLARIFY: "核实函",
    LetterVerb.LATENESS: "超期告知函",
    LetterVerb.TELL_CLOCK: "时限告知函",
    LetterVerb.REJECT_DOCUMENT: "退回文书函",
    LetterVerb.UPDATE_DOCUMENT: "更新文书函",
    LetterVerb.INVALIDATE_DOCUMENT: "作废文书函",
    LetterVerb.FORWARD: "转送函",
    LetterVerb.WITHDRAW: "撤回函",
    LetterVerb.REOPEN: "重新办理商请函",
}


class Answer(StrEnum):
    """The substance of an answering letter."""

    GRANTED = "GRANTED"  # 已办理
    REFUSED = "REFUSED"  # 不予办理, with reason_code


class ManifestItem(Payload):
    """One attached document: sha256 digest, type, media type, size in bytes."""

    digest: str
    type: str
    media_type: str
    size: int
    person: int | None = None


class CertificateRef(Payload):
    """A certificate that a letter speaks of, without its holder's name."""

    number: str
    person: int
    valid_until: date


class PersonRefusal(Payload):
    """One person of a request who does not move while the others do, with the refusal's code."""

    person: int
    code: str


class Letter(Payload):
    """One structured document between two localities. ``number`` never changes on a resend."""

    number: str
    verb: LetterVerb
    from_locality: str
    from_office: str
    to_locality: str
    to_office: str | None
    case_no: str  # the sender's case number
    home_case_no: str  # the case both sides work on (业务协同编号)
    in_reply_to: str | None = None
    peer_case_no: str | None = None  # the receiver's case number, once known
    family: str = "HUKOU_MIGRATION"
    matter: str = ""
    matter_version: int = 1
    answer: Answer | None = None
    reason_code: str | None = None
    persons: tuple[int, ...] = ()
    certificates: tuple[CertificateRef, ...] = ()
    permit_no: str | None = None
    permit_valid_until: date | None = None
    needs_permit: bool = True
    proof_no: str | None = None  # 未落户证明
    due_on: date | None = None
    refused: tuple[PersonRefusal, ...] = ()  # MOVE_OUT_ANSWER: followers who stay
    forward_locality: str | None = None  # the competent office, or where the person has moved
    forward_office: str | None = None
    amount_fen: int | None = None  # money of this letter, in fen
    months: int | None = None
    facts: dict[str, str] = {}  # coded facts of the matter; never about a person
    manifest: tuple[ManifestItem, ...] = ()
    grant: str = ""  # opens the manifest's documents at the sender's document endpoint
    sent_at: datetime | None = None

    def digest(self) -> str:
        """sha256 over the content without the grant, which is a key and not a statement."""
        content = self.model_dump(mode="json", exclude={"grant"})
        canonical = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(canonical.encode()).hexdigest()


class ReceiptStatus(StrEnum):
    """How a counter took a letter."""

    ACCEPTED = "ACCEPTED"
    REFUSED = "REFUSED"
    NOT_YET = "NOT_YET"  # not before ``not_before``, because of ``code``


class ReceiptCode(StrEnum):
    """Why a counter refuses a letter."""

    WRONG_ADDRESS = "WRONG_ADDRESS"  # this locality or office is not the addressee
    UNKNOWN_CASE = "UNKNOWN_CASE"  # no such case here (-900 of the police interface)
    CASE_CLOSED = "CASE_CLOSED"
    ALREADY_CANCELLED = "ALREADY_CANCELLED"  # the point of no return has passed
    NOT_EXPECTED = "NOT_EXPECTED"  # the case's state does not allow this letter now
    NUMBER_REUSED = "NUMBER_REUSED"  # same number, other content
    UNKNOWN_CERTIFICATE = "UNKNOWN_CERTIFICATE"
    MISSING_PROOF = "MISSING_PROOF"  # 未落户证明 is missing
    UNSUPPORTED = "UNSUPPORTED"  # this counter does not handle the verb or matter
    LETTER_OPEN = "LETTER_OPEN"  # an earlier letter about the same thing is not voided yet
    PERMIT_USED = "PERMIT_USED"  # the permit already served another request
    # Why nobody here may take the item (catalog.routes.Unroutable), by the receiver's own data.
    NOT_IN_FORCE = "NOT_IN_FORCE"
    CANCELLED = "CANCELLED"  # 已取消
    NOT_LISTED = "NOT_LISTED"
    MODE_NOT_OFFERED = "MODE_NOT_OFFERED"
    EXCLUDED = "EXCLUDED"  # 负面清单
    OUTSIDE_REACH = "OUTSIDE_REACH"  # beyond the list's border, and no agreement
    LACKS_MEANS = "LACKS_MEANS"
    NO_OFFICE = "NO_OFFICE"


#: In the facts of a receipt for a withdrawal: the fee in fen that was paid there and goes back.
FEE_BACK = "fee_back_fen"


class Receipt(Payload):
    """The counter's answer to one letter; ``chain`` links it to the case's previous receipt.

    ``facts``: what the case adds that the sender has to know at once, since it may close with this
    receipt (`FEE_BACK`).
    """

    letter_no: str
    status: ReceiptStatus
    case_no: str  # the receiver's own case number, "" where there is none
    locality: str
    at: datetime
    letter_digest: str
    code: ReceiptCode | None = None
    not_before: date | None = None
    received_on: date | None = None  # the day from which the receiver's own limit runs
    facts: dict[str, str] = {}
    previous: str = ""
    chain: str = ""

    def linked(self, previous: str) -> Receipt:
        """This receipt, hash-linked to the chain value of the case's previous receipt."""
        facts = [
            self.letter_no,
            self.status,
            self.case_no,
            self.locality,
            self.at.isoformat(),
            self.letter_digest,
            self.code or "",
            self.received_on.isoformat() if self.received_on else "",
            *(f"{name}={value}" for name, value in sorted(self.facts.items())),
            previous,
        ]
        chain = hashlib.sha256("\n".join(facts).encode()).hexdigest()
        return self.model_copy(update={"previous": previous, "chain": chain})

    def verifies(self) -> bool:
        """Whether ``chain`` follows from the receipt's own facts; either side can check it."""
        return self.linked(self.previous).chain == self.chain


class Verdict(Payload):
    """What the running case says to a letter that the counter hands it; ``facts`` as in Receipt."""

    status: ReceiptStatus
    code: ReceiptCode | None = None
    facts: dict[str, str] = {}
