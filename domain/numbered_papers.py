"""Numbered papers that offices issue, and their states.

Offered by `domain.casework`.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

#: What has no last day carries the one that certificates in China carry for 长期.
FOR_GOOD = date(9999, 12, 31)


class CertificateKind(StrEnum):
    """Numbered papers; a number is never issued twice (G2)."""

    PERMIT = "PERMIT"  # 准予迁入证明
    MIGRATION = "MIGRATION"  # 户口迁移证
    NOT_LANDED = "NOT_LANDED"  # 未落户证明
    INVOICE = "INVOICE"  # 二手车销售统一发票
    RED_INVOICE = "RED_INVOICE"  # 红字发票
    PLATE = "PLATE"  # 号牌
    TEMPORARY_PLATE = "TEMPORARY_PLATE"  # 临时行驶车号牌
    LICENCE = "LICENCE"  # 行驶证
    OWNERSHIP = "OWNERSHIP"  # 登记证书
    RESULT = "RESULT"  # of an item under a generic procedure


CERTIFICATE_LABELS: dict[CertificateKind, str] = {
    CertificateKind.PERMIT: "准予迁入证明",
    CertificateKind.MIGRATION: "户口迁移证",
    CertificateKind.NOT_LANDED: "未落户证明",
    CertificateKind.INVOICE: "二手车销售统一发票",
    CertificateKind.RED_INVOICE: "红字发票",
    CertificateKind.PLATE: "机动车号牌",
    CertificateKind.TEMPORARY_PLATE: "临时行驶车号牌",
    CertificateKind.LICENCE: "行驶证",
    CertificateKind.OWNERSHIP: "机动车登记证书",
    CertificateKind.RESULT: "事项结果文书",
}


class CertificateStatus(StrEnum):
    """A certificate's life. PREPARED holds the number while the register act is under way."""

    PREPARED = "PREPARED"
    VALID = "VALID"
    USED = "USED"
    VOID = "VOID"
