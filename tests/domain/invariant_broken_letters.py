"""Broken examples of G2, G3, G8 and G9: papers, letters, looks and early ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from domain.invariants.papers import Document
from tests.domain.invariant_damage import (
    Broken,
    accesses,
    case,
    causes,
    letters,
    moved,
    papers,
    with_act,
)
from tests.domain.invariant_facts import (
    HOME,
    HOME_NO,
    LEG_NO,
    NOW,
    ORIGIN,
    REQUEST,
    TODAY,
    paper,
    receipt,
)
from tests.domain.invariant_world import landed, on_the_way, refused, reissued

BROKEN: list[Broken] = [
    (
        "G2",
        "one number given twice",
        "签发了2次",
        lambda: case(
            landed(),
            "HOME",
            certificates=(*landed().cases[0].certificates, paper("M1", HOME, status="VOID")),
        ),
    ),
    (
        "G2",
        "a copy that differs",
        "与签发地的登记不一致",
        lambda: papers(landed(), "HOME", "M1", valid_until=TODAY),
    ),
    ("G2", "a copy of nothing", "没有登记", lambda: case(landed(), "LEG", certificates=())),
    (
        "G2",
        "a reissue beside the old one",
        "没有作废",
        lambda: papers(reissued(), "LEG", "M1", status="USED"),
    ),
    (
        "G2",
        "two live permits",
        "2张有效的准予迁入证明",
        lambda: case(
            on_the_way(),
            "HOME",
            certificates=(
                *on_the_way().cases[0].certificates,
                paper("Z2", HOME, 0, kind="PERMIT"),
                paper("Z3", HOME, 0, kind="PERMIT"),
            ),
        ),
    ),
    (
        "G3",
        "a sent letter altered",
        "函件 home-1-01 的内容与登记的摘要不符",
        lambda: letters(landed(), "HOME", REQUEST, intact=False),
    ),
    (
        "G3",
        "one number from two localities",
        "在多地重复登记",
        lambda: letters(landed(), "HOME", f"{HOME_NO}-02", number=f"{LEG_NO}-01"),
    ),
    (
        "G3",
        "a letter that never arrived",
        "没有收件登记",
        lambda: letters(landed(), "LEG", REQUEST),
    ),
    ("G3", "a letter nobody sent", "没有发函登记", lambda: letters(landed(), "HOME", REQUEST)),
    ("G3", "digests differ", "同号异文", lambda: letters(landed(), "LEG", REQUEST, digest="other")),
    (
        "G3",
        "content altered",
        "来函 home-1-01 的内容与登记的摘要不符",
        lambda: letters(landed(), "LEG", REQUEST, intact=False),
    ),
    (
        "G3",
        "receipts differ",
        "登记的不一致",
        lambda: letters(landed(), "HOME", REQUEST, receipt=receipt(REQUEST, "leg-9")),
    ),
    (
        "G3",
        "a forged receipt",
        "回执不能验证",
        lambda: letters(
            letters(landed(), "HOME", REQUEST, receipt=receipt(REQUEST, LEG_NO, verifies=False)),
            "LEG",
            REQUEST,
            receipt=receipt(REQUEST, LEG_NO, verifies=False),
        ),
    ),
    (
        "G3",
        "a receipt out of the chain",
        "没有接在上一份回执之后",
        lambda: letters(
            letters(landed(), "HOME", REQUEST, receipt=receipt(REQUEST, LEG_NO, "gone")),
            "LEG",
            REQUEST,
            receipt=receipt(REQUEST, LEG_NO, "gone"),
        ),
    ),
    (
        "G3",
        "a letter handled twice",
        "来函 home-1-02 被处理2次",
        lambda: causes(landed(), "LEG", f"{HOME_NO}-02"),
    ),
    (
        "G3",
        "an unknown letter handled",
        "来函 home-9-01 未收下",
        lambda: causes(landed(), "LEG", "home-9-01"),
    ),
    (
        "G3",
        "a command with two effects",
        "被处理2次",
        lambda: causes(landed(), "HOME", "c-home-1-REVIEW"),
    ),
    (
        "G3",
        "a refused command with effect",
        "未受理或不在本件",
        lambda: case(
            landed(),
            "HOME",
            commands=tuple(replace(c, status="REJECTED") for c in landed().cases[0].commands),
        ),
    ),
    (
        "G3",
        "a done command without effect",
        "却没有效力",
        lambda: case(landed(), "HOME", transitions=landed().cases[0].transitions[1:]),
    ),
    (
        "G8",
        "a look without purpose",
        "查阅没有办件、查阅人或用途",
        lambda: accesses(landed(), 0, purpose=""),
    ),
    (
        "G8",
        "a look for no case",
        "查阅没有办件、查阅人或用途",
        lambda: accesses(landed(), 0, case_no="home-9"),
    ),
    (
        "G8",
        "a peer without a grant",
        "没有发给该地区且附此文书的函件",
        lambda: accesses(landed(), 1, what="document:OTHER"),
    ),
    (
        "G8",
        "a peer after the grant ended",
        "没有发给该地区且附此文书的函件",
        lambda: accesses(landed(), 1, at=NOW + timedelta(days=181)),
    ),
    (
        "G8",
        "a comparison that nobody logged",
        "却没有查询记录",
        lambda: accesses(landed(), 0, what="something.else"),
    ),
    (
        "G8",
        "a pull that nobody logged",
        "没有查阅记录",
        lambda: accesses(landed(), 1, actor="peer:110000"),
    ),
    (
        "G8",
        "shared data without a query",
        "没有对应的查询记录",
        lambda: case(
            landed(), "HOME", documents=(Document(type="SHARED_MARRIAGE", source="SHARED"),)
        ),
    ),
    (
        "G9",
        "a permit left valid",
        "准予迁入证明 Z1 仍为有效",
        lambda: papers(refused(), "HOME", "Z1", status="VALID"),
    ),
    (
        "G9",
        "cancelled though refused",
        "却已注销户口",
        lambda: with_act(refused(), "LEG", "CANCELLED", person=1),
    ),
    (
        "G9",
        "a certificate left valid",
        "迁移证 M1 仍为有效",
        lambda: case(refused(), "LEG", certificates=(paper("M1", ORIGIN),)),
    ),
    (
        "G9",
        "somebody left in transit",
        "仍有人凭本件在途",
        lambda: moved(
            case(refused(), "LEG", certificates=(paper("M1", ORIGIN, status="VOID"),)),
            ORIGIN,
            status="IN_TRANSIT",
            certificate_no="M1",
        ),
    ),
]
