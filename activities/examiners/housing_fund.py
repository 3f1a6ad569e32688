"""A7 transfer for the business desk: both centres check, and an open letter bars a new one."""

from __future__ import annotations

from activities.examiners import insurance_records
from activities.examining import Findings, Question, examiner
from catalog.matter_policies import fund_policy
from domain.schemes import housing_fund
from domain.schemes.statements import as_record


@examiner("HOUSING_FUND", "DESTINATION")
def destination(asked: Question) -> Findings:
    """Opened and paying here, one account, and no earlier letter that still asks."""
    policy = fund_policy(asked.catalog, asked.locality, asked.peer, on=asked.on)
    record = insurance_records.housing_fund(asked)
    refused = housing_fund.destination_findings(record, policy, asked.on)
    return Findings(
        codes=tuple(one.code for one in refused),
        facts={"blocking_letter": housing_fund.blocking_letter(record)},
    )


@examiner("HOUSING_FUND", "ORIGIN")
def origin(asked: Question) -> Findings:
    """Refusals by code, or the 账户信息表 with principal and interest."""
    policy = fund_policy(asked.catalog, asked.locality, asked.peer, on=asked.on)
    record = insurance_records.housing_fund(asked)
    refused = housing_fund.origin_findings(record, policy, asked.on, letter=asked.letter_no)
    statement = housing_fund.statement(record, policy, asked.on)
    return Findings(
        codes=tuple(one.code for one in refused),
        account_fen=statement.account_fen,
        total_fen=statement.total_fen,
        months=statement.months,
        statement=as_record(statement),
    )
