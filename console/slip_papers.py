"""Papers about money, things and relations: contact letter, statement, voucher, custody list.

Called by `console.slip_desk`. They go to the other office or travel with a parcel.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from console.slip_facts import CaseFile, Offer, Record, day_of, document_names
from contracts.letters import LetterVerb
from contracts.money import RemittancePurpose, fund_account
from domain.custody import LABELS as CUSTODY_LABELS
from domain.custody import PERSON, CustodyCode
from domain.transports import ItemKind, Service
from slips.kinds import SlipKind

#: Families whose relation moves by the forms of 人社部发〔2009〕187号.
_PENSIONS = frozenset({"PENSION", "CIVIL_PENSION", "PENSION_BRIDGE"})
_PURPOSES = {
    RemittancePurpose.TRANSFER: "关系转移资金",
    RemittancePurpose.SUPPLEMENT: "补划差额",
    RemittancePurpose.RETURN: "退还多划资金",
}
_PAID = frozenset({"SENT", "EXECUTED", "SETTLED"})
_ACCOUNT_KINDS = {"GENERAL": "一般账户", "TEMPORARY": "临时基本养老保险缴费账户"}
_ITEMS = {
    ItemKind.PERSONNEL_FILE: "人事档案",
    ItemKind.SPECIAL_FILE: "人事档案（机要管理）",
    ItemKind.ORIGINAL: "证件、材料原件",
    ItemKind.RESULT: "办理结果证件",
    ItemKind.VEHICLE_PAPER: "机动车牌证、登记资料",
    ItemKind.COPY: "复印件",
    ItemKind.RECEIPT: "回执",
}
_BANK = "基金开户银行（按账户代码识别）"
_UNKNOWN = "—"


def papers(case: CaseFile) -> Iterator[Offer]:
    """Every paper of this kind that the case's register allows."""
    yield from _contact_letters(case)
    yield from _statements(case)
    yield from _vouchers(case)
    yield from _custody_lists(case)


def _contact_letters(case: CaseFile) -> Iterator[Offer]:
    if case.record["family"] not in _PENSIONS:
        return
    for row in case.record["letters"]:
        if row["direction"] != "OUT" or row["verb"] != LetterVerb.REQUEST:
            continue
        letter = row["letter"]
        account = fund_account(case.locality, case.record["family"])
        yield Offer(
            kind=SlipKind.CONTACT_LETTER,
            subject=row["number"],
            about=f"发往{case.locality_name(row['peer'])}",
            office=letter["from_office"],
            facts={
                "person": case.applicant,
                "identity_no": case.id_no,
                "transfer_type": _transfer_type(case),
                "trace_no": row["number"],
                "origin_code": row["peer"],
                "origin_office": _to_office(case, letter, row["peer"]),
                "destination_office": case.office(letter["from_office"]),
                "bank_name": _BANK,
                "bank_no": _UNKNOWN,
                "account_title": f"{case.office(letter['from_office'])}基金账户",
                "account_no": account,
            },
        )


def _statements(case: CaseFile) -> Iterator[Offer]:
    """信息表, where this side drew it up."""
    if case.record["kind"] != "LEG" or case.record["family"] not in _PENSIONS:
        return
    for kept in case.record["statements"]:
        facts: Mapping[str, Any] = kept["content"].get("facts", {})
        if not {"account_kind", "local_from", "first_paid_on", "transferred_on"} <= set(facts):
            continue
        rows = kept["content"].get("rows", ())
        before = int(facts.get("pre1998_fen") or 0)
        yield Offer(
            kind=SlipKind.STATEMENT,
            subject=f"{kept['kind']}-{kept['version']}",
            about=f"第{kept['version']}版",
            office=case.record["competent_office"],
            facts={
                "person": case.applicant,
                "identity_no": case.id_no,
                "letter_no": _request(case) or _UNKNOWN,
                "employer": facts.get("unit") or "",
                "work_began": facts.get("started_work_on") or "",
                "first_paid": facts.get("first_paid_on") or _UNKNOWN,
                "first_paid_here": facts.get("local_from") or _UNKNOWN,
                "account_opened": facts.get("account_opened_on") or "",
                "local_span": f"{facts.get('local_from')} 至 {facts.get('local_to')}",
                "paid_months": int(kept["months"] or 0),
                "moved_on": facts["transferred_on"],
                "account_kind": _ACCOUNT_KINDS.get(facts["account_kind"], facts["account_kind"]),
                "before_1998_fen": before,
                "since_1998_fen": kept["account_fen"] - before,
                "this_year_fen": int(facts.get("booked_this_year_fen") or 0),
                "account_fen": kept["account_fen"],
                "pooled_fen": kept["pooled_fen"],
                "total_fen": kept["total_fen"],
                "years": [_year(row) for row in rows],
            },
        )


def _vouchers(case: CaseFile) -> Iterator[Offer]:
    for money in case.record["money"]:
        for order in money["remittances"]:
            if order["status"] not in _PAID:
                continue
            office = case.record["competent_office"]
            facts: dict[str, Any] = {
                "letter_no": money["letter_no"],
                "purpose": _PURPOSES[RemittancePurpose(order["purpose"])],
                "payer": case.office(office),
                "payer_account": order["from_account"],
                "payee": f"{case.locality_name(order['to_account'][:6])}经办机构",
                "payee_account": order["to_account"],
                "payee_bank": _BANK,
                "amount_fen": order["amount_fen"],
                "paid_on": day_of(order["ordered_at"]),
                "remark": order["key"],
            }
            if order["receipt"]:
                facts["bank_reference"] = order["receipt"]
            yield Offer(
                kind=SlipKind.PAYMENT_VOUCHER,
                subject=order["key"],
                about=f"{facts['purpose']}，第{order['attempt']}次",
                office=office,
                facts=facts,
            )


def _custody_lists(case: CaseFile) -> Iterator[Offer]:
    names = document_names(case.catalog, case.record["matter"])
    for parcel in case.record["parcels"]:
        facts: dict[str, Any] = {
            "case_no": case.record["case_no"],
            "matter": case.record["matter_name"],
            "from_office": _party(case, parcel["from_office"]),
            "to_office": _party(case, parcel["to_office"]),
            "carrier": Service(parcel["service"]).label,
            "contents": [
                {
                    "name": names.get(item["code"], _ITEMS[ItemKind(item["kind"])]),
                    "number": item["code"],
                    "form": _form(item["kind"]),
                    "copies": item["count"],
                }
                for item in parcel["items"]
            ],
            "custody": list(_chain(case, parcel)),
        }
        for name, value in (("waybill", parcel["waybill"]), ("seal", parcel["seal_no"])):
            if value:
                facts[name] = value
        yield Offer(
            kind=SlipKind.TRANSFER_OF_THINGS,
            subject=parcel["parcel_key"],
            about=f"{facts['from_office']} → {facts['to_office']}",
            office=case.record["custodian_office"],
            facts=facts,
        )


def _chain(case: CaseFile, parcel: Record) -> Iterator[dict[str, Any]]:
    """One row per event: who had it before, who has it now."""
    holder = parcel["from_office"]
    for event in parcel["events"]:
        code = CustodyCode(event["code"])
        taker = event["party"] or event["custodian"]
        yield {
            "event": CUSTODY_LABELS[code],
            "from": _party(case, holder),
            "to": _party(case, taker) if taker != holder else "",
            "on": day_of(event["at"]),
            "condition": event["facts"].get("seal_no", ""),
        }
        holder = event["custodian"]


def _party(case: CaseFile, party: str) -> str:
    if party == PERSON:
        return "当事人"
    return case.office(party.removeprefix("CARRIER:"))


def _form(kind: str) -> str:
    return {"COPY": "复印件", "RECEIPT": "回执"}.get(kind, "原件")


def _transfer_type(case: CaseFile) -> str:
    across = case.record["peer"][:2] != case.locality[:2]
    return "跨省转移" if across else "省内转移"


def _to_office(case: CaseFile, letter: Record, peer: str) -> str:
    code = letter.get("to_office") or ""
    return case.office(code) if code else f"{case.locality_name(peer)}经办机构"


def _request(case: CaseFile) -> str:
    asked = [one for one in case.record["letters"] if one["verb"] == LetterVerb.REQUEST]
    return str(asked[-1]["number"]) if asked else ""


def _year(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row of 信息表(二) as the register's statement lists it; sums in fen."""
    sums = (
        "booked_fen",
        "booked_personal_fen",
        "interest_fen",
        "interest_personal_fen",
        "balance_fen",
        "balance_personal_fen",
    )
    return {
        "region": str(row.get("region", "")),
        "year": str(row["year"]),
        "span": f"{row['from_month']}-{row['to_month']}",
        "months": row["months"],
        "base_fen": row["monthly_base_fen"],
        "unit_rate": _percent(row.get("unit_rate_bp")),
        "booked_rate": _percent(row.get("account_rate_bp")),
        "personal_rate": _percent(row.get("personal_rate_bp")),
        **{name: row[name] for name in sums if row.get(name) is not None},
        "note": row.get("note") or "",
    }


def _percent(basis_points: int | None) -> str:
    if basis_points is None:
        return ""
    whole, part = divmod(basis_points, 100)
    return f"{whole}.{part:02d}".rstrip("0").rstrip(".") + "%"
