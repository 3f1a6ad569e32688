"""What stands on slips follows from the register: refusals, extensions, withdrawals, parcels."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from catalog.loader import load_catalog
from console.slip_desk import SERIES
from console.slip_facts import CaseFile
from console.slip_notices import notices
from console.slip_papers import papers
from console.slip_things import things
from slips.issue import issue
from slips.kinds import SlipKind
from tests.slips.reading import text_of

CATALOG = load_catalog()
DAY = date(2026, 11, 23)
AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
NAME = "吴样例乙"
LISTS = (
    *("acts", "clocks", "documents", "letters", "certificates", "persons"),
    *("money", "parcels", "statements"),
)


def act(code: str, key: str, **changes: Any) -> dict[str, Any]:
    return {
        "code": code,
        "key": key,
        "office": "371002-RS-01",
        "effective_on": DAY,
        "reason": "",
        "facts": {},
        "voided_at": None,
        **changes,
    }


def clock(kind: str, **changes: Any) -> dict[str, Any]:
    return {
        "kind": kind,
        "number": 1,
        "length": 15,
        "unit": "wd",
        "basis": "样例依据",
        "effect": "ESCALATE",
        "rolls": True,
        "started_on": DAY,
        "pauses": [],
        "extensions": [],
        "due_on": date(2026, 12, 14),
        "calendar_version": CATALOG.calendar.version,
        **changes,
    }


def case(**changes: Any) -> CaseFile:
    record: dict[str, Any] = {
        "case_no": "3710022026112300000011",
        "kind": "HOME",
        "family": "PENSION",
        "matter": "PENSION-TRANSFER",
        "matter_name": "企业职工基本养老保险关系转移接续",
        "peer": "330902",
        "intake_office": "371002-RS-01",
        "competent_office": "371002-RS-01",
        "custodian_office": "371002-RS-01",
        "received_on": DAY,
        "filed_at": datetime(2026, 11, 22, 8, tzinfo=UTC),
        "due_on": None,
        "ending": None,
        "reason_code": None,
        "closed_at": None,
        **{name: [] for name in LISTS},
        **changes,
    }
    return CaseFile(record, {"applicant": {"name": NAME}}, CATALOG, "371002", DAY)


def text(file: CaseFile, kind: SlipKind) -> str:
    (offer,) = [one for one in (*notices(file), *papers(file), *things(file)) if one.kind is kind]
    facts = {
        **offer.facts,
        "number": f"{SERIES[kind]}〔2026〕371002-000001",
        "issuer": "环翠区社会保险事业中心",
        "issued_on": DAY,
    }
    secret = b"only-for-the-tests-of-slips"
    return text_of(issue(kind, facts, secret=secret, case_no="C").pdf)


def test_a_refusal_by_the_other_locality_names_it_and_its_reason() -> None:
    refused = case(
        ending="PEER_REFUSED",
        reason_code="NOT_FOUND",
        acts=[act("PEER_REFUSED", "peer"), act("TERMINATED", "end")],
    )
    words = text(refused, SlipKind.REFUSAL)
    assert "舟山市定海区" in words and "查无" in words
    assert "60日内" in words


def test_the_own_refusal_is_decided_by_the_own_office() -> None:
    refused = case(
        ending="REFUSED",
        acts=[act("NOT_PASSED", "no", reason="本人已在其他地区领取待遇。")],
    )
    words = text(refused, SlipKind.REFUSAL)
    assert "经环翠区社会保险事业中心审查" in words and "本人已在其他地区领取待遇。" in words


def test_an_extension_prints_both_dates() -> None:
    given = {"length": 10, "approved_by": "HC1103", "on": "2026-11-30", "basis": "须向原单位核实。"}
    words = text(
        case(acts=[act("ACCEPTED", "ok")], clocks=[clock("DECISION", extensions=[given])]),
        SlipKind.EXTENSION,
    )
    assert "延长10个工作日" in words and "须向原单位核实。" in words
    assert "2026年12月14日" in words and "2026年12月28日" in words


WRITTEN = [{"command_id": "c-1", "body": {"reason": "须由专家核对。"}}]


def test_a_special_procedure_prints_what_it_is_and_how_long_it_takes() -> None:
    pause = {
        "reason": "SPECIAL_PROCEDURE",
        "from_day": "2026-11-30",
        "to_day": None,
        "evidence": "c-1",
        "procedure": "EXPERT_REVIEW",
        "expected": "15wd",
    }
    limits = [clock("DECISION", pauses=[pause])]
    running = case(acts=[act("ACCEPTED", "ok")], clocks=limits, commands=WRITTEN)
    words = text(running, SlipKind.SPECIAL_PROCEDURE)
    assert "特殊程序（时限）告知书" in words and "专家评审" in words
    assert "15个工作日" in words and "2026年12月21日" in words and "须由专家核对。" in words


def test_a_pause_that_is_no_special_procedure_has_no_such_paper() -> None:
    pause = {
        "reason": "FORCE_MAJEURE",
        "from_day": "2026-11-30",
        "to_day": None,
        "evidence": "c-1",
    }
    stopped = case(acts=[act("ACCEPTED", "ok")], clocks=[clock("DECISION", pauses=[pause])])
    assert SlipKind.SPECIAL_PROCEDURE not in [one.kind for one in notices(stopped)]


def test_a_revoked_extension_prints_the_new_end_and_keeps_its_own_paper() -> None:
    given = {
        "length": 10,
        "approved_by": "HC1103",
        "on": "2026-11-30",
        "basis": "示例",
        "approver": "GOVERNMENT",
        "evidence": "c-1",
        "revoked_on": "2026-12-17",
        "revoked_by": "HC1103",
        "revocation": "c-2",
    }
    written = [*WRITTEN, {"command_id": "c-2", "body": {"reason": "事由消除。"}}]
    revoked = case(
        acts=[act("ACCEPTED", "ok")],
        clocks=[clock("DECISION", extensions=[given])],
        commands=written,
    )
    words = text(revoked, SlipKind.EXTENSION_REVOCATION)
    assert "2026年12月17日" in words and "事由消除。" in words
    former = text(revoked, SlipKind.EXTENSION)
    assert "本级人民政府负责人" in former and "2026年12月28日" in former


def test_a_withdrawal_lists_what_goes_back() -> None:
    kept = {"type": "OTHER", "source": "APPLICANT", "invalid": False}
    words = text(
        case(ending="WITHDRAWN", acts=[act("WITHDRAWN", "w")], documents=[kept]),
        SlipKind.WITHDRAWAL,
    )
    assert NAME in words and "OTHER" in words


def test_a_parcel_prints_its_list_and_who_had_it_when() -> None:
    def event(code: str, custodian: str, party: str = "", **facts: str) -> dict[str, Any]:
        return {"code": code, "custodian": custodian, "party": party, "facts": facts, "at": AT}

    parcel = {
        "parcel_key": "P-1",
        "service": "EMS",
        "from_locality": "371002",
        "from_office": "371002-ZW-01",
        "to_office": "330902-CR-01",
        "waybill": "EA000000016CN",
        "seal_no": "F-0001",
        "items": [{"code": "港澳通行证", "kind": "ORIGINAL", "count": 1}],
        "events": [
            event("SEALED", "371002-ZW-01", seal_no="F-0001"),
            event("HANDED_OVER", "371002-ZW-01", "CARRIER:EMS"),
            event("IN_TRANSIT", "CARRIER:EMS"),
        ],
    }
    words = text(case(parcels=[parcel]), SlipKind.TRANSFER_OF_THINGS)
    for wanted in (
        "环翠区政务服务大厅",
        "EA000000016CN",
        "F-0001",
        "证件、材料原件",
        "运递中",
        "邮政特快专递",
    ):
        assert wanted in words


def test_a_leg_writes_nothing_to_the_applicant() -> None:
    assert list(notices(case(kind="LEG", acts=[act("ACCEPTED", "x")]))) == []


def test_a_window_that_collects_for_another_locality_accepts_nothing_itself() -> None:
    proxy = {"family": "PROXY_INTAKE", "matter": "PROXY-TEMP-ID"}
    limits = {"acts": [act("ACCEPTED", "x")], "clocks": [clock("DECISION")]}
    at_window = [one.kind for one in notices(case(**proxy, **limits))]
    assert at_window == [SlipKind.INTAKE]
    at_home_office = [one.kind for one in notices(case(kind="LEG", **proxy, **limits))]
    assert at_home_office == [SlipKind.ACCEPTANCE]
    (matter,) = [one for one in CATALOG.transfers.values() if one.family == "PROXY_INTAKE"][:1]
    words = text(case(**proxy | {"matter": matter.code}), SlipKind.INTAKE)
    office = CATALOG.localities["330902"].agencies[matter.peer_agency]
    assert CATALOG.offices[office].name in words
    assert "已代收" in words and "转交" in words and "保管至寄出" in words


def test_a_window_that_decides_itself_hands_nothing_on_and_says_what_is_missing() -> None:
    words = text(case(), SlipKind.INTAKE)
    for wrong in ("代收", "转交", "寄出", "自动核查"):
        assert wrong not in words
    assert "本窗口已收到" in words and "查询办理进度" in words
    tasks = [{"findings": ["DOCUMENT_MISSING:TRANSFER_ORDER", "MARRIAGE:CONFIRMED"]}]
    words = text(case(tasks=tasks, family="HUKOU_MIGRATION"), SlipKind.INTAKE)
    assert "自动核查发现" in words and "调动（录用）文件" in words and "MARRIAGE" not in words


@pytest.mark.parametrize("kind", SlipKind)
def test_every_kind_has_a_series_of_numbers_of_its_own(kind: SlipKind) -> None:
    assert list(SERIES.values()).count(SERIES[kind]) == 1


def test_a_hearing_has_a_paper_for_its_right_its_day_and_its_announcement() -> None:
    body = {"reason": "涉及公共利益。", "place": "样例会议室，9时30分"}
    written = [{"command_id": "c-1", "body": body}]
    day = {"day": "2026-12-15", "chair": "HC0902"}
    told = [
        act("HEARING_TOLD", "t", made_in=2),
        act("HEARING_NOTICED", "n", made_in=2, facts=day),
        act("HEARING_ANNOUNCED", "a", made_in=2, facts=day),
    ]
    steps = [{"code": "STEP", "made_in": 2, "facts": {"causes": ["c-1"]}}]
    asked = clock("HEARING_ASK", due_on=date(2026, 12, 7))
    heard = case(
        acts=[act("ACCEPTED", "ok"), *told],
        clocks=[clock("DECISION"), asked],
        commands=written,
        events=steps,
    )
    right, noticed, announced = (
        text(heard, kind)
        for kind in (
            SlipKind.HEARING_RIGHT,
            SlipKind.HEARING_NOTICE,
            SlipKind.HEARING_ANNOUNCEMENT,
        )
    )
    assert "听证告知书" in right and "2026年12月7日" in right
    for paper in (noticed, announced):
        assert "2026年12月15日" in paper and "样例会议室，9时30分" in paper and "HC0902" in paper
    name = heard.applicant
    assert name in noticed and name not in announced
