"""A2 for the business desk: who may transfer (destination), what moves and why not (origin).

Sex and age come from the identity number, hukou from the population register; none of them leaves
this room: the procedure learns the outcome and what each rule answered.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from activities.examiners.pension_record import credited_rows, relation
from activities.examining import Findings, Question, examiner
from catalog.scheme_policies import pension_policy
from domain.identity import birth_date_of, sex_of
from domain.pension_refusals import PensionReason
from domain.schemes import pension
from domain.schemes.pension_eligibility import TransferOutcome, who_may_transfer
from domain.schemes.pension_findings import Effect, OriginReason
from domain.schemes.pension_overlaps import overlaps
from domain.schemes.pension_record import Purpose, RelationStatus, rows_of
from domain.schemes.statements import as_record

#: The rules of `who_may_transfer` in their order, as codes for the reviewer.
_TRIALS = ("DRAWING", "HUKOU_PROVINCE", "MOVED_BY_ORDER", "SAME_PROVINCE", "OVER_AGE", "OTHERWISE")
#: The strongest effect of several findings decides which task the clerk gets.
_STRENGTH = (Effect.REFUSE, Effect.WAIT, Effect.SETTLE)


@examiner("PENSION", "DESTINATION")
def destination(asked: Question) -> Findings:
    """The decision order of who may transfer: `who` and each rule's answer as a code."""
    purpose = asked.facts.get("purpose", Purpose.MOVE)
    if purpose == Purpose.COLLECTION:
        return _collection(asked)
    if asked.record is None:
        return _never(PensionReason.NOT_INSURED_HERE)
    hukou, told_by = _hukou(asked)
    decision = who_may_transfer(
        {
            "destination_region": asked.locality,
            "hukou_region": hukou,
            "sex": sex_of(asked.subject).value,
            "birth_date": birth_date_of(asked.subject).isoformat(),
            "first_insured_here_on": asked.record.get("first_insured_on") or asked.on.isoformat(),
            "moved_by_order": asked.facts.get("moved_by_order") == "yes",
        },
        {
            "region": asked.peer,
            "status": RelationStatus.PENSIONER
            if asked.status == RelationStatus.PENSIONER
            else RelationStatus.PAYING,
        },
        pension_policy(asked.catalog, asked.locality, on=asked.on),
    )
    if decision.outcome is TransferOutcome.NEVER:
        return _never(PensionReason.PENSIONER)
    trials = tuple(
        f"{name}:{'yes' if trial.applies else 'no'}"
        for name, trial in zip(_TRIALS, decision.trials, strict=False)
    )
    standing = "yes" if asked.status == "TEMPORARY" else "no"
    if decision.outcome is TransferOutcome.TAKE and standing == "yes":
        # A temporary account is never treated as general, whatever the rules say today (P8).
        return _never(PensionReason.TEMPORARY_ACCOUNT, *trials)
    return Findings(
        codes=(f"WHO:{decision.outcome}", *trials, f"HUKOU:{told_by}"),
        facts={"who": decision.outcome.value, "temporary_here": standing},
    )


@examiner("PENSION", "ORIGIN")
def origin(asked: Question) -> Findings:
    """Refusals by code, or the statement with its sums; `effect` is the strongest finding's."""
    if asked.record is None:
        return _stops(PensionReason.NOT_FOUND)
    if asked.status == "ENDED" and asked.record.get("letter_no") != asked.letter_no:
        return _stops(PensionReason.ALREADY_ENDED)
    if _named_otherwise(asked.record, asked.application):
        return _stops(PensionReason.IDENTITY_DIFFERS)
    policy = pension_policy(asked.catalog, asked.locality, on=asked.on)
    purpose = asked.facts.get("purpose", Purpose.MOVE)
    record = relation(
        asked.record,
        asked.status,
        asked.locality,
        {
            "destination_region": asked.peer,
            "destination_scheme": "PENSION",
            "purpose": purpose,
            # Only the benefit place collects, after its own review of the conditions.
            "pension_conditions_met": purpose == Purpose.COLLECTION,
        },
    )
    found = pension.origin_findings(record, policy, asked.on)
    reasons = [OriginReason(one.code) for one in found]
    effects = [one for one in _STRENGTH if any(reason.effect is one for reason in reasons)]
    codes = tuple(dict.fromkeys(reason.value for reason in reasons))
    effect = effects[0].value if effects else "NONE"
    if effect == Effect.REFUSE:
        return Findings(codes=codes, facts={"effect": effect})
    statement = pension.statement(record, policy, asked.on)
    return Findings(
        codes=codes,
        account_fen=statement.account_fen,
        pooled_fen=statement.pooled_fen,
        total_fen=statement.total_fen,
        months=statement.months,
        statement=as_record(statement),
        facts={
            "effect": effect,
            "temporary": "yes" if statement.temporary else "no",
            "left_out_months": str(statement.facts["left_out_months"]),
        },
    )


@examiner("PENSION", "BOOKING")
def booking(asked: Question) -> Findings:
    """先转后清: months that this place and the statement both count, and what either would refund.

    `refund_here` and `refund_there` in fen, with the months each place would give up.
    """
    if asked.record is None or asked.statement is None:
        return Findings(facts={"overlap_months": "0"})
    here = asked.locality
    listed = [*asked.record.get("rows", ()), *credited_rows(asked.record, without=asked.letter_no)]
    brought = rows_of(asked.statement.get("rows", ()), asked.peer)
    ours = [row for row in rows_of(listed, asked.record.get("region", here)) if row.region == here]
    theirs = [row for row in brought if row.region != here]
    policy = pension_policy(asked.catalog, here, on=asked.on)
    counted = {month for row in ours for month in row.months}
    twice = sorted(counted & {month for row in theirs for month in row.months})
    if not twice:
        return Findings(facts={"overlap_months": "0"})
    by_month = {month: row.region for row in theirs for month in row.months}
    refunds = {
        "refund_here": overlaps(
            [*ours, *theirs], policy.account_rates, {month: by_month[month] for month in twice}
        ).refunds,
        "refund_there": overlaps(
            [*ours, *theirs], policy.account_rates, dict.fromkeys(twice, here)
        ).refunds,
    }
    proposed = overlaps([*ours, *theirs], policy.account_rates).overlaps
    keeps = "HERE" if proposed and proposed[0].kept == here else "THERE"
    months, sums = len(twice), {name: sum(found.values()) for name, found in refunds.items()}
    return Findings(
        codes=(
            f"OVERLAP_MONTHS:{months}",
            f"PROPOSED_TO_KEEP:{keeps}",
            *(f"{name.upper()}:{fen}" for name, fen in sums.items()),
        ),
        facts={"overlap_months": str(months), **{name: str(fen) for name, fen in sums.items()}},
    )


def _collection(asked: Question) -> Findings:
    """归集: the benefit place gathers sealed temporary accounts; no age limit stands in the way."""
    if asked.status in ("TEMPORARY", RelationStatus.PENSIONER):
        reason = PensionReason.TEMPORARY_ACCOUNT
        return _never(reason if asked.status == "TEMPORARY" else PensionReason.PENSIONER)
    to_open = asked.record is None or asked.status == "ENDED"
    return Findings(
        codes=(f"WHO:{TransferOutcome.TAKE}", "PURPOSE:COLLECTION", "CONDITIONS:TO_CONFIRM"),
        facts={"who": TransferOutcome.TAKE.value, "open": "yes" if to_open else "no"},
    )


def _hukou(asked: Question) -> tuple[str, str]:
    """The hukou region, and who says so: the register, the applicant, or nobody."""
    if asked.hukou_here:
        return asked.locality, "REGISTER"
    declared = str((asked.application.get("details") or {}).get("hukou_region", ""))
    if len(declared) == 6 and declared.isascii() and declared.isdigit():
        return declared, "DECLARED"
    return asked.peer, "ASSUMED"


def _named_otherwise(record: Mapping[str, Any], application: Mapping[str, Any]) -> bool:
    asking = (application.get("applicant") or {}).get("name")
    return bool(asking and record.get("name") and asking != record["name"])


def _never(reason: PensionReason, *trials: str) -> Findings:
    return Findings(
        codes=(f"WHO:{TransferOutcome.NEVER}", reason.value, *trials),
        facts={"who": TransferOutcome.NEVER.value, "reason": reason.value},
    )


def _stops(reason: PensionReason) -> Findings:
    return Findings(codes=(reason.value,), facts={"effect": Effect.REFUSE.value})
