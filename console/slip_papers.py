"""Papers about relations and money: contact letter, contributions, statement, voucher.

Called by `console.slip_desk`. They go to the other office, or to the person for it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from console.slip_facts import UNKNOWN, CaseFile, Offer, Record, day_of
from contracts.letters import LetterVerb
from contracts.money import RemittancePurpose, fund_account
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
_BANK = "基金开户银行（按账户代码识别）"


def papers(case: CaseFile) -> Iterator[Offer]:
    """Every paper of this kind that the case's register allows."""
    yield from _contact_letters(case)
    yield from _contribution_vouchers(case)
    yield from _statements(case)
    yield from _vouchers(case)


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
                "bank_no": UNKNOWN,
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
                "letter_no": case.request_no or UNKNOWN,
                "employer": facts.get("unit") or "",
                "work_began": _dated(facts.get("started_work_on")) or "",
                "first_paid": _dated(facts.get("first_paid_on")) or UNKNOWN,
                "first_paid_here": _dated(facts.get("local_from")) or UNKNOWN,
                "account_opened": _dated(facts.get("account_opened_on")) or "",
                "local_span": _span(facts),
                "paid_months": int(kept["months"] or 0),
                "moved_on": _dated(facts["transferred_on"]),
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


def _contribution_vouchers(case: CaseFile) -> Iterator[Offer]:
    """参保缴费凭证: what the origin's register says of the person, from its own statement."""
    if case.record["kind"] != "LEG" or case.record["family"] != "PENSION":
        return
    for kept in case.record["statements"]:
        facts: Mapping[str, Any] = kept["content"].get("facts", {})
        if not {"account_kind", "local_from", "first_paid_on"} <= set(facts):
            continue
        said: dict[str, Any] = {
            "person": case.applicant,
            "identity_no": case.id_no,
            "first_insured": _dated(facts.get("first_insured_on") or facts["first_paid_on"])
            or UNKNOWN,
            "local_span": _span(facts),
            "paid_months": int(kept["months"] or 0),
            "account_kind": _ACCOUNT_KINDS.get(facts["account_kind"], facts["account_kind"]),
            "account_fen": kept["account_fen"],
        }
        for act in case.acts("RELEASED"):
            said["ended_on"] = act["effective_on"]
        yield Offer(
            kind=SlipKind.CONTRIBUTION_VOUCHER,
            subject=f"{kept['kind']}-{kept['version']}",
            about=f"缴费{said['paid_months']}个月",
            office=case.record["competent_office"],
            facts=said,
        )


def _dated(text: str | None) -> date | str:
    """A day or a month of the register as forms print it; "" where it has none."""
    if not text:
        return ""
    parts = [int(part) for part in text.split("-")]
    return date(*parts) if len(parts) == 3 else f"{parts[0]}年{parts[1]}月"


def _span(facts: Mapping[str, Any]) -> str:
    ends = (facts.get("local_from"), facts.get("local_to"))
    return "至".join(str(_dated(end)) for end in ends) if all(ends) else UNKNOWN


def _transfer_type(case: CaseFile) -> str:
    across = case.record["peer"][:2] != case.locality[:2]
    return "跨省转移" if across else "省内转移"


def _to_office(case: CaseFile, letter: Record, peer: str) -> str:
    code = letter.get("to_office") or ""
    return case.office(code) if code else f"{case.locality_name(peer)}经办机构"


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
