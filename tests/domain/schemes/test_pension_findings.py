"""What stands in the way at the origin, and that every reason comes with a remedy."""

from __future__ import annotations

from typing import Any

import pytest

from domain.schemes import pension
from domain.schemes.pension_findings import Effect, OriginReason
from tests.domain.schemes.pension_records import HUANCUI, ON, PENSION, record, row

LUMP = {"code": "补1", "months": 36, "evidence": None}


@pytest.mark.parametrize(
    ("changes", "reasons"),
    [
        ({}, []),
        ({"status": "PENSIONER"}, ["PENSIONER"]),
        ({"account_kind": "TEMPORARY"}, ["SEALED_TEMPORARY"]),
        (
            {
                "account_kind": "TEMPORARY",
                "request": {
                    "destination_region": HUANCUI,
                    "purpose": "COLLECTION",
                    "pension_conditions_met": True,
                },
            },
            [],
        ),
        ({"rows": []}, ["NO_CONTRIBUTIONS"]),
        ({"rows": [], "pre1998_fen": 100}, []),
        ({"arrears_months": 3}, ["ARREARS"]),
        ({"arrears_months": 3, "arrears_waived": True}, []),
        ({"lump_sums": [LUMP]}, ["LUMP_SUM_EVIDENCE"]),
        ({"lump_sums": [{**LUMP, "months": 35}]}, []),
        ({"lump_sums": [{**LUMP, "evidence": "COURT"}]}, []),
        ({"rows": [row(2020), row(2020, (12, 12))]}, ["MONTHS_TWICE"]),
        # 960.00 in 2020 and 960.00 + 10.00 in 2021 make 1,930.00
        (
            {"rows": [row(2020, balance_fen=96_000), row(2021, interest_fen=1_000)]},
            [],
        ),
        (
            {
                "rows": [
                    row(2020, balance_fen=96_000),
                    row(2021, interest_fen=1_000, balance_fen=193_001),
                ]
            },
            ["BALANCE_DIFFERS"],
        ),
    ],
)
def test_each_reason_is_found_where_it_is_and_only_there(
    changes: dict[str, Any], reasons: list[str]
) -> None:
    found = pension.origin_findings(record(**{"rows": [row(2020)], **changes}), PENSION, ON)
    assert [one.code for one in found] == reasons
    for one in found:
        assert one.text.endswith("。")
        assert one.remedy.endswith("。")


def test_a_clerk_settles_evidence_and_never_a_pensioner() -> None:
    assert OriginReason.PENSIONER.effect is Effect.REFUSE
    assert OriginReason.SEALED_TEMPORARY.effect is Effect.REFUSE
    assert OriginReason.ARREARS.effect is Effect.WAIT
    assert OriginReason.LUMP_SUM_EVIDENCE.effect is Effect.SETTLE
    assert all(reason.effect in Effect for reason in OriginReason)
