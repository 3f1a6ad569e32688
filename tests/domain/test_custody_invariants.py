"""R1 to R5 and X2: lawful moments pass, and each damaged fact is named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from domain.custody import PERSON, CustodyCode, after, carrier, opened
from domain.invariants.custody import (
    CUSTODY_RULES,
    CustodyFact,
    Holdings,
    OriginalFact,
    ParcelFact,
    check_custody,
)
from domain.transports import ItemKind, Service

C = CustodyCode
HOME, ORIGIN = "371002", "330902"
SENDER, OFFICE, EMS = "330902-DA-01", "371002-DA-01", carrier("EMS")
LISTED = {"FORM": 2, "PHOTO": 1}
GONE = [(C.SEALED, ""), (C.HANDED_OVER, EMS), (C.IN_TRANSIT, EMS)]
COUNTED = [*GONE, (C.SEAL_OK, OFFICE), (C.COUNT_OK, "")]
DONE = [*COUNTED, (C.RECEIPT_SIGNED, OFFICE), (C.RECEIPT_BACK, "")]


def parcel(*told: tuple[CustodyCode, str], **more: Any) -> ParcelFact:
    """The sender's copy of a personnel file after these events, stored as they lead."""
    now, events = opened(SENDER, more.get("to_office", OFFICE)), []
    for number, (code, party) in enumerate(told):
        now = after(now, code, party)
        counted = LISTED if code is C.COUNT_OK else {}
        if code is C.COUNT_DIFF:
            counted = {**LISTED, "PHOTO": 0}
        events.append(
            CustodyFact(
                key=f"{code}:{number}",
                code=code,
                party=party,
                custodian=now.custodian,
                counted=counted,
            )
        )
    given: dict[str, Any] = {
        "locality": ORIGIN,
        "case_no": "leg-1",
        "service": Service.EMS,
        "from_locality": ORIGIN,
        "from_office": SENDER,
        "to_office": OFFICE,
        "kinds": frozenset({ItemKind.PERSONNEL_FILE}),
        "listed": LISTED,
        "seal_no": "F-001",
        **more,
    }
    return ParcelFact(parcel_key="leg-1-P1", stands=now, events=tuple(events), **given)


def received(*told: tuple[CustodyCode, str], **more: Any) -> ParcelFact:
    """The addressee's copy."""
    return parcel(*told, locality=HOME, case_no="home-1", **more)


def holdings(*parcels: ParcelFact, originals: tuple[OriginalFact, ...] = ()) -> Holdings:
    return Holdings(localities=frozenset({HOME, ORIGIN}), parcels=parcels, originals=originals)


def original(**more: str) -> OriginalFact:
    return OriginalFact(locality=HOME, case_no="home-1", code="PASSPORT", **more)


def with_event(base: ParcelFact, number: int, **changes: Any) -> ParcelFact:
    events = list(base.events)
    events[number] = replace(events[number], **changes)
    return replace(base, events=tuple(events))


DIFFERS = [*GONE, (C.SEAL_BROKEN, OFFICE), (C.COUNT_DIFF, "")]
RESULT = frozenset({ItemKind.RESULT})


@pytest.mark.parametrize(
    "lawful",
    [
        holdings(parcel()),
        holdings(parcel(*DONE, closed=True), received(*DONE)),
        # The carrier's scan is late: the receiver has it, the sender still waits for the carrier.
        holdings(parcel(*GONE[:2]), received(*COUNTED)),
        holdings(parcel(*DIFFERS)),
        holdings(parcel(*GONE, (C.LOST, ""), (C.REBUILT, ""), closed=True)),
        holdings(
            parcel(*GONE, (C.RECEIPT_SIGNED, PERSON), to_office=PERSON, kinds=RESULT, closed=True)
        ),
        holdings(
            parcel(*GONE),
            originals=(original(parcel_key="leg-1-P1"), original(held_by=OFFICE)),
        ),
    ],
    ids=["opened", "done", "late", "differs", "rebuilt", "person", "originals"],
)
def test_a_lawful_moment_has_no_violation(lawful: Holdings) -> None:
    assert check_custody(lawful) == []


BROKEN: list[tuple[str, str, Callable[[], Holdings]]] = [
    ("R1", "推算的不一致", lambda: holdings(replace(parcel(*GONE), stands=parcel().stands))),
    ("R1", "次序不可能", lambda: holdings(replace(parcel(*GONE), events=parcel(*GONE).events[1:]))),
    ("R1", "保管方不对", lambda: holdings(with_event(parcel(*GONE), 1, custodian=EMS))),
    ("R1", "都登记为在本机构", lambda: holdings(parcel(GONE[0]), received(*COUNTED))),
    (
        "R2",
        "不得以邮政特快专递",
        lambda: holdings(parcel(kinds=frozenset({ItemKind.SPECIAL_FILE}))),
    ),
    ("R2", "不得以平信", lambda: holdings(parcel(service=Service.ORDINARY_MAIL))),
    (
        "R2",
        "交给了本人",
        lambda: holdings(parcel(*GONE, (C.RECEIPT_SIGNED, PERSON), to_office=PERSON)),
    ),
    ("R2", "交给了本人", lambda: holdings(parcel(GONE[0], (C.HANDED_OVER, PERSON)))),
    (
        "R3",
        "两地登记的清单不一致",
        lambda: holdings(parcel(*DONE), received(*DONE, listed={"FORM": 2})),
    ),
    (
        "R3",
        "实收数目却与清单不同",
        lambda: holdings(with_event(parcel(*COUNTED), 4, counted={"FORM": 1})),
    ),
    ("R3", "没有写明差异", lambda: holdings(with_event(parcel(*DIFFERS), 4, counted={}))),
    ("R4", "回执未返回", lambda: holdings(parcel(*COUNTED, closed=True))),
    ("R4", "回执未返回", lambda: holdings(parcel(*DONE[:-1], closed=True))),
    ("R5", "没有封签号", lambda: holdings(parcel(*GONE, seal_no=""))),
    (
        "R5",
        "未经封装",
        lambda: holdings(replace(parcel(*GONE), events=parcel(*GONE).events[1:])),
    ),
    (
        "R5",
        "没有查验封签",
        lambda: holdings(
            replace(
                parcel(*COUNTED),
                events=(*parcel(*COUNTED).events[:3], parcel(*COUNTED).events[4]),
            )
        ),
    ),
    (
        "X2",
        "没有保管方",
        lambda: holdings(replace(parcel(), stands=replace(parcel().stands, custodian=""))),
    ),
    ("X2", "没有可查的保管方", lambda: holdings(originals=(original(),))),
    ("X2", "没有可查的保管方", lambda: holdings(originals=(original(held_by=EMS),))),
    ("X2", "没有可查的保管方", lambda: holdings(originals=(original(parcel_key="leg-9-P1"),))),
]


@pytest.mark.parametrize(("invariant", "said", "damaged"), BROKEN)
def test_a_damaged_fact_is_caught_and_named(
    invariant: str, said: str, damaged: Callable[[], Holdings]
) -> None:
    found = check_custody(damaged())
    assert [one for one in found if one.invariant == invariant and said in one.text]
    for one in found:
        assert one.text.endswith("。")
        assert one.locality in (HOME, ORIGIN)


def test_every_rule_of_custody_has_a_damaged_example() -> None:
    assert {code for code, _, _ in CUSTODY_RULES} == {code for code, _, _ in BROKEN}
