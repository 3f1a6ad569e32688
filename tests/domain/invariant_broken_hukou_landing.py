"""Broken examples of H3 and H4: landing and restoration."""

from __future__ import annotations

from dataclasses import replace

from tests.domain.invariant_damage import (
    EARLIER,
    Broken,
    acts,
    case,
    letters,
    moved,
    papers,
    people,
    second_home,
    with_act,
)
from tests.domain.invariant_facts import HOME, HOME_NO, LEG_NO, ORIGIN, act, receipt, registration
from tests.domain.invariant_world import landed, reissued, restored

NO_PROOF = {"proof": "W9"}
BROKEN: list[Broken] = [
    (
        "H3",
        "landing without a certificate",
        "没有引用本人的户口迁移证",
        lambda: acts(landed(), "HOME", "LANDED", 1, facts={}),
    ),
    (
        "H3",
        "a certificate not used at home",
        "在本地没有记为已使用",
        lambda: papers(landed(), "HOME", "M1", status="VALID"),
    ),
    (
        "H3",
        "a certificate not used at its issuer",
        "在迁出地仍为有效",
        lambda: papers(landed(), "LEG", "M1", status="VALID"),
    ),
    (
        "H3",
        "a certificate of the other person",
        "没有引用本人的户口迁移证",
        lambda: acts(landed(), "HOME", "LANDED", 1, facts={"certificate": "M2"}),
    ),
    (
        "H3",
        "a certificate that its issuer does not know",
        "不是迁出地为本件签发的",
        lambda: case(landed(), "LEG", certificates=()),
    ),
    (
        "H3",
        "a certificate of somebody else",
        "不是签发给本人的",
        lambda: people(landed(), "LEG", 1, who="P9"),
    ),
    (
        "H3",
        "landing after the certificate expired",
        "失效后凭证落户",
        lambda: papers(
            papers(landed(), "LEG", "M1", valid_until=EARLIER), "HOME", "M1", valid_until=EARLIER
        ),
    ),
    (
        "H3",
        "one certificate for two landings",
        "被用于2次落户",
        lambda: second_home(
            landed(), acts=(act("LANDED", f"{HOME}-GA-01", 1, facts={"certificate": "M1"}),)
        ),
    ),
    (
        "H3",
        "one certificate for two registrations",
        "被落户多次",
        lambda: replace(
            landed(),
            registrations=(
                *landed().registrations,
                registration(ORIGIN, "P9", "ACTIVE", arrived_with="M1"),
            ),
        ),
    ),
    (
        "H3",
        "a landing that the register does not know",
        "在人口库中没有对应登记",
        lambda: moved(landed(), HOME, arrived_with=None),
    ),
    (
        "H3",
        "a registered landing without an act",
        "办件中没有登记",
        lambda: acts(landed(), "HOME", "LANDED"),
    ),
    (
        "H3",
        "the origin refused the confirmation",
        "请核对落户确认函",
        lambda: letters(
            papers(
                people(case(landed(), "LEG", closed=False), "LEG", 1, status="IN_TRANSIT"),
                "LEG",
                "M1",
                status="VALID",
            ),
            "HOME",
            f"{HOME_NO}-02",
            receipt=receipt(f"{HOME_NO}-02", LEG_NO, status="REFUSED", code="NOT_EXPECTED"),
        ),
    ),
    (
        "H4",
        "restored without a proof",
        "恢复户口没有迁入地为本人出具的未落户证明",
        lambda: acts(restored(), "LEG", "RESTORED", facts=NO_PROOF),
    ),
    (
        "H4",
        "restored on the other person's proof",
        "被使用2次",
        lambda: acts(restored(), "LEG", "RESTORED", 1, facts={"proof": "W2"}),
    ),
    (
        "H4",
        "reissued without a proof",
        "补发迁移证没有迁入地为本人出具的未落户证明",
        lambda: acts(reissued(), "LEG", "CERTIFICATE_REISSUED", facts=NO_PROOF),
    ),
    (
        "H4",
        "restored and landed",
        "既已恢复户口又已落户",
        lambda: with_act(restored(), "HOME", "LANDED", person=1, facts={"certificate": "M1"}),
    ),
    (
        "H4",
        "restored with a certificate that still works",
        "迁移证却仍有效",
        lambda: papers(restored(), "LEG", "M1", status="VALID"),
    ),
    (
        "H4",
        "landed on a void certificate",
        "凭已作废的迁移证",
        lambda: papers(landed(), "LEG", "M1", status="VOID"),
    ),
]
