"""异地代收代办 (A11): what a collecting window may do, and what makes an application pointless.

Called by the window before it takes papers in, and by the home office, which alone accepts and
decides (X1). Three matters have rules of their own: 往来港澳通行证签注, 临时居民身份证,
道路运输从业资格证换证; sources and clocks are policies of docs/rules.md A11. The order of old and
new document is in `domain.schemes.proxy_documents`.

Record of the home office's register, one subject:
    identity_agrees   bool; absent: true
    open_letter       number of the case in flight for the same matter; "" or absent: none
    expires_on        YYYY-MM-DD, the document held now; null: none
    cancelled         bool, the document held now is cancelled or void
    home_office_agrees   bool, this office is competent for the person; absent: true
    designated_place  bool, the endorsement asked for is made at designated places only
    id_card_applied   bool, an identity card is being made, exchanged or replaced
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from domain.schemes.computation import Finding
from domain.schemes.register_record import Record, day, flag, text
from domain.schemes.wording import findings


class ProxyMatter(StrEnum):
    ENDORSEMENT = "ENDORSEMENT"
    TEMPORARY_ID = "TEMPORARY_ID"
    TRANSPORT_LICENCE = "TRANSPORT_LICENCE"
    ITEM = "ITEM"  # any other, by its definition


MATTER_LABELS: dict[ProxyMatter, str] = {
    ProxyMatter.ENDORSEMENT: "往来港澳通行证签注",
    ProxyMatter.TEMPORARY_ID: "临时居民身份证",
    ProxyMatter.TRANSPORT_LICENCE: "道路运输从业资格证换证",
    ProxyMatter.ITEM: "所申请的事项",
}


class ProxyRefusal(StrEnum):
    IDENTITY_DIFFERS = "IDENTITY_DIFFERS"
    TRANSFER_OPEN = "TRANSFER_OPEN"
    WRONG_HOME_OFFICE = "WRONG_HOME_OFFICE"
    DOCUMENT_MISSING = "DOCUMENT_MISSING"
    DOCUMENT_CANCELLED = "DOCUMENT_CANCELLED"
    PERMIT_EXPIRED = "PERMIT_EXPIRED"
    DESIGNATED_PLACE_ONLY = "DESIGNATED_PLACE_ONLY"
    NO_ID_CARD_APPLICATION = "NO_ID_CARD_APPLICATION"
    TOO_EARLY = "TOO_EARLY"
    TOO_LATE = "TOO_LATE"


WORDING: dict[StrEnum, tuple[str, str]] = {
    ProxyRefusal.IDENTITY_DIFFERS: (
        "登记的姓名或者证件号码与申请不一致。",
        "请先向属地办理机关更正个人信息，再重新申请。",
    ),
    ProxyRefusal.TRANSFER_OPEN: (
        "同一事项已有正在办理的申请（{open_letter}）。",
        "请等待该申请办结，或者撤回后再申请。",
    ),
    ProxyRefusal.WRONG_HOME_OFFICE: (
        "该机关不是本事项的属地办理机关。",
        "材料将转送有权办理的机关，办理时限自该机关收到之日起计算。",
    ),
    ProxyRefusal.DOCUMENT_MISSING: (
        "没有查到申请人持有的{matter}所依据的证件。",
        "请先向属地办理机关申领证件。",
    ),
    ProxyRefusal.DOCUMENT_CANCELLED: (
        "申请人持有的证件已经注销或者作废。",
        "请向属地办理机关重新申领证件。",
    ),
    ProxyRefusal.PERMIT_EXPIRED: (
        "往来港澳通行证已过有效期，不能签注。",
        "请先换发往来港澳通行证，可以同时申请签注。",
    ),
    ProxyRefusal.DESIGNATED_PLACE_ONLY: (
        "该种签注须到指定地点办理，不在代收范围内。",
        "请到属地出入境管理机构公布的指定地点申请。",
    ),
    ProxyRefusal.NO_ID_CARD_APPLICATION: (
        "没有查到正在办理的居民身份证申领、换领或者补领。",
        "请先申请办理居民身份证，办理期间可以申领临时居民身份证。",
    ),
    ProxyRefusal.TOO_EARLY: (
        "现在还不到换证时间，{opens_on}起可以申请。",
        "请在{opens_on}至{closes_on}之间申请。",
    ),
    ProxyRefusal.TOO_LATE: (
        "从业资格证过期已超过{days_after}天，应予注销，不能换证。",
        "请向属地道路运输管理机构重新申请从业资格。",
    ),
}


@dataclass(frozen=True, slots=True)
class ProxyPolicy:
    """Calendar days of the exchange window around a transport licence's expiry."""

    licence_days_before: int
    licence_days_after: int


@dataclass(frozen=True, slots=True)
class Window:
    """Days on which one may apply, both ends included."""

    opens_on: date
    closes_on: date

    def covers(self, on: date) -> bool:
        """Whether one may apply on that day."""
        return self.opens_on <= on <= self.closes_on


def licence_window(expires_on: date, policy: ProxyPolicy) -> Window:
    """When a transport licence may be exchanged."""
    return Window(
        expires_on - timedelta(days=policy.licence_days_before),
        expires_on + timedelta(days=policy.licence_days_after),
    )


def home_findings(
    matter: ProxyMatter, record: Record, policy: ProxyPolicy, on: date, *, letter: str = ""
) -> tuple[Finding, ...]:
    """Every reason of the home office not to accept; `on` is the day the window took the papers.

    Time in the post is not counted against who applied in time.
    """
    facts: dict[str, object] = {
        "open_letter": text(record, "open_letter"),
        "matter": MATTER_LABELS[matter],
        "days_after": policy.licence_days_after,
    }
    expires_on = day(record, "expires_on")
    if expires_on is not None:
        window = licence_window(expires_on, policy)
        facts |= {"opens_on": window.opens_on, "closes_on": window.closes_on}
    codes = tuple(_refusals(matter, record, policy, on, letter))
    return findings(codes, WORDING, **facts)


def _refusals(
    matter: ProxyMatter, record: Record, policy: ProxyPolicy, on: date, letter: str
) -> Iterator[ProxyRefusal]:
    if not flag(record, "home_office_agrees", True):
        yield ProxyRefusal.WRONG_HOME_OFFICE
        return
    if not flag(record, "identity_agrees", True):
        yield ProxyRefusal.IDENTITY_DIFFERS
    if text(record, "open_letter") not in ("", letter):
        yield ProxyRefusal.TRANSFER_OPEN
    if matter is ProxyMatter.ITEM:
        return  # what its definition asks is the clerk's to see
    if matter is ProxyMatter.TEMPORARY_ID:
        if not flag(record, "id_card_applied"):
            yield ProxyRefusal.NO_ID_CARD_APPLICATION
        return
    if matter is ProxyMatter.ENDORSEMENT and flag(record, "designated_place"):
        yield ProxyRefusal.DESIGNATED_PLACE_ONLY
    expires_on = day(record, "expires_on")
    if expires_on is None:
        yield ProxyRefusal.DOCUMENT_MISSING
    elif flag(record, "cancelled"):
        yield ProxyRefusal.DOCUMENT_CANCELLED
    elif matter is ProxyMatter.ENDORSEMENT:
        if on > expires_on:
            yield ProxyRefusal.PERMIT_EXPIRED
    elif on < licence_window(expires_on, policy).opens_on:
        yield ProxyRefusal.TOO_EARLY
    elif on > licence_window(expires_on, policy).closes_on:
        yield ProxyRefusal.TOO_LATE
