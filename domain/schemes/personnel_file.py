"""流动人员人事档案 (A8): who may carry a file, who may receive it, what a check of contents finds.

Called by the origin agency before dispatch and by the receiving agency at arrival. Sources:
人社部发〔2021〕112号; the one-month chase is the cadre-file rule (docs/rules.md A8). Nobody's file
is carried by the person: that way does not exist in `Transport`.

Record of the origin agency's register, one subject:
    status            NONE, HELD, SENT (already dispatched)
    identity_agrees   bool; absent: true
    categories        list of FileCategory values, all the person ever held
    open_letter       number of the letter in flight; "" or absent: none
    items             list of {number, title, pages, key}: the file's contents
Record of the receiver (destination), from its application:
    receiver          AGENCY or STATE_BODY
    agency_papers     bool, a state body shows the agency's papers to receive
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.schemes.computation import Finding
from domain.schemes.register_record import Record, flag, member, members, text
from domain.schemes.wording import findings


class FileCategory(StrEnum):
    LEADER = "LEADER"
    CIVIL_SERVANT = "CIVIL_SERVANT"
    CIVIL_SERVICE_MANAGED = "CIVIL_SERVICE_MANAGED"
    SUPPORT_WORKER = "SUPPORT_WORKER"
    ENTERPRISE_LEADER = "ENTERPRISE_LEADER"
    MANAGER = "MANAGER"
    PROFESSIONAL = "PROFESSIONAL"
    MILITARY_CIVILIAN = "MILITARY_CIVILIAN"
    GRADUATE = "GRADUATE"
    GENERAL = "GENERAL"


class Transport(StrEnum):
    CONFIDENTIAL_POST = "CONFIDENTIAL_POST"
    MESSENGER = "MESSENGER"
    REGISTERED_MAIL = "REGISTERED_MAIL"


TRANSPORT_LABELS: dict[Transport, str] = {
    Transport.CONFIDENTIAL_POST: "机要通信",
    Transport.MESSENGER: "专人送取",
    Transport.REGISTERED_MAIL: "邮政特快专递等给据邮件",
}

ALWAYS_ALLOWED = (Transport.CONFIDENTIAL_POST, Transport.MESSENGER)


class FileRefusal(StrEnum):
    NOT_HELD_HERE = "NOT_HELD_HERE"
    ALREADY_SENT = "ALREADY_SENT"
    IDENTITY_DIFFERS = "IDENTITY_DIFFERS"
    TRANSFER_OPEN = "TRANSFER_OPEN"
    RECEIVER_WITHOUT_PAPERS = "RECEIVER_WITHOUT_PAPERS"


WORDING: dict[StrEnum, tuple[str, str]] = {
    FileRefusal.NOT_HELD_HERE: (
        "本机构没有保管该人员的档案。",
        "请核对档案现在的保管机构后，重新办理调档手续。",
    ),
    FileRefusal.ALREADY_SENT: (
        "该人员的档案已经转出。",
        "请向接收机构查询；长期未收到的，可以申请本机构查找。",
    ),
    FileRefusal.IDENTITY_DIFFERS: (
        "档案记载的姓名、出生日期或者证件号码与调档函不一致。",
        "请提供公安机关等有权机关的证明，由本机构核对更正后再转递。",
    ),
    FileRefusal.TRANSFER_OPEN: (
        "该人员的档案已有正在办理的转递（{open_letter}）。",
        "请等待该次转递收到回执，或者由原调档机构撤回后再申请。",
    ),
    FileRefusal.RECEIVER_WITHOUT_PAPERS: (
        "接收单位没有出具档案接收手续。",
        "请接收单位的组织人事部门出具接收材料后再申请。",
    ),
}


class Receiver(StrEnum):
    AGENCY = "AGENCY"
    STATE_BODY = "STATE_BODY"


class FileStatus(StrEnum):
    NONE = "NONE"
    HELD = "HELD"
    SENT = "SENT"


@dataclass(frozen=True, slots=True)
class FilePolicy:
    """Categories kept off ordinary mail, and whether the mail is used for the others."""

    special: tuple[FileCategory, ...]
    registered_mail: bool


def is_special(categories: tuple[FileCategory, ...], policy: FilePolicy) -> bool:
    """Whether anything the person ever was puts the file on the guarded ways only (R2)."""
    return any(one in policy.special for one in categories)


def allowed_transports(
    categories: tuple[FileCategory, ...], policy: FilePolicy
) -> tuple[Transport, ...]:
    """The ways this file may travel. A file without a known category counts as special."""
    guarded = not categories or is_special(categories, policy)
    if guarded or not policy.registered_mail:
        return ALWAYS_ALLOWED
    return (*ALWAYS_ALLOWED, Transport.REGISTERED_MAIL)


def categories_of(record: Record) -> tuple[FileCategory, ...]:
    """The categories on record; DomainError MALFORMED_RECORD for an unknown one."""
    return members(record, "categories", FileCategory)


def origin_findings(
    record: Record, policy: FilePolicy, on: date, *, letter: str = ""
) -> tuple[Finding, ...]:
    """Every reason not to dispatch. An incomplete file is none: it is supplemented, not kept."""
    codes = tuple(_origin_refusals(record, letter))
    return findings(codes, WORDING, open_letter=text(record, "open_letter"))


def destination_findings(
    record: Record, policy: FilePolicy, on: date, *, letter: str = ""
) -> tuple[Finding, ...]:
    """Every reason for which no transfer papers are issued."""
    state_body = member(record, "receiver", Receiver) is Receiver.STATE_BODY
    if state_body and not flag(record, "agency_papers"):
        return findings((FileRefusal.RECEIVER_WITHOUT_PAPERS,), WORDING)
    return ()


def _origin_refusals(record: Record, letter: str) -> Iterator[FileRefusal]:
    status = member(record, "status", FileStatus)
    if status is FileStatus.NONE:
        yield FileRefusal.NOT_HELD_HERE
        return
    if status is FileStatus.SENT:
        yield FileRefusal.ALREADY_SENT
    if not flag(record, "identity_agrees", True):
        yield FileRefusal.IDENTITY_DIFFERS
    if text(record, "open_letter") not in ("", letter):
        yield FileRefusal.TRANSFER_OPEN
