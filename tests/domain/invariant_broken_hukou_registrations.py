"""Broken examples of H1, H2, H5 and H6: registrations and persons."""

from __future__ import annotations

from dataclasses import replace

from tests.domain.invariant_damage import (
    EARLIER,
    Broken,
    acts,
    gone,
    moved,
    papers,
    people,
    second_home,
)
from tests.domain.invariant_facts import HOME, ORIGIN, paper
from tests.domain.invariant_world import change, landed, on_the_way

BROKEN: list[Broken] = [
    (
        "H1",
        "two active registrations",
        "同时有有效户口登记",
        lambda: moved(landed(), ORIGIN, status="ACTIVE"),
    ),
    ("H2", "a moved person registered nowhere", "现有0处", lambda: gone(landed(), HOME)),
    (
        "H2",
        "a dead person still active",
        "应有0处",
        lambda: moved(landed(), ORIGIN, status="DECEASED"),
    ),
    (
        "H2",
        "in transit without a certificate",
        "现有0张",
        lambda: papers(on_the_way(), "LEG", "M1", status="VOID"),
    ),
    (
        "H2",
        "in transit with two certificates",
        "现有2张",
        lambda: change(
            on_the_way(),
            "LEG",
            lambda leg: replace(leg, certificates=(*leg.certificates, paper("M9", ORIGIN))),
        ),
    ),
    (
        "H2",
        "the register holds another certificate",
        "人口库登记的迁移证不是",
        lambda: moved(on_the_way(), ORIGIN, certificate_no="M9"),
    ),
    (
        "H2",
        "an expired certificate that nobody minds",
        "已过期而无人督办",
        lambda: papers(on_the_way(), "LEG", "M1", valid_until=EARLIER),
    ),
    (
        "H2",
        "landed and told, the register says in transit",
        "人口库仍登记为在途",
        lambda: moved(landed(), ORIGIN, status="IN_TRANSIT"),
    ),
    ("H5", "two open home cases", "2件迁入同时在办", lambda: second_home(on_the_way())),
    (
        "H5",
        "two open legs",
        "2件迁出同时在办",
        lambda: replace(
            on_the_way(),
            cases=(
                *on_the_way().cases,
                replace(on_the_way().cases[1], case_no="leg-2", letters=(), certificates=()),
            ),
        ),
    ),
    ("H6", "landed without the act", "却没有“落户登记”", lambda: acts(landed(), "HOME", "LANDED")),
    (
        "H6",
        "in transit without cancellation",
        "却没有“注销户口”",
        lambda: acts(on_the_way(), "LEG", "CANCELLED"),
    ),
    (
        "H6",
        "ended though cancelled",
        "却有“注销户口”",
        lambda: people(landed(), "LEG", 2, status="ENDED"),
    ),
    (
        "H6",
        "a follower left over",
        "办件已办结",
        lambda: people(landed(), "HOME", 2, status="IN_TRANSIT"),
    ),
    (
        "H6",
        "the open flag differs",
        "在办标记",
        lambda: people(on_the_way(), "HOME", 2, open=False),
    ),
    (
        "H6",
        "settled with a live certificate",
        "迁移证却仍有效",
        lambda: papers(landed(), "HOME", "M2", status="VALID"),
    ),
    (
        "H6",
        "the sides contradict",
        "在迁出地（leg-1）为已落户",
        lambda: people(landed(), "HOME", 2, status="RESTORED"),
    ),
]
