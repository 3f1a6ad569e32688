"""What a hukou migration carries at the destination beyond any other case: permit, certificates."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.cases import HukouFiling
    from contracts.letters import CertificateRef, Letter, LetterVerb
    from domain.casework import PersonStatus
    from workflows.home_case import HomeCase
    from workflows.mail import blank


@dataclass(slots=True)
class HukouHome(HomeCase):
    """One hukou migration seen from the destination."""

    filing: HukouFiling
    permit_no: str | None = None
    permit_until: date | None = None
    certificates: dict[int, CertificateRef] = field(default_factory=dict)

    def move_out_request(self) -> Letter:
        """申请迁出 for everybody who is still to move, under the permit."""
        return blank(
            LetterVerb.MOVE_OUT_REQUEST,
            self.origin,
            self.origin_office,
            matter=self.filing.matter,
            matter_version=self.filing.matter_version,
            persons=self.persons_in(PersonStatus.OPEN),
            permit_no=self.permit_no,
            permit_valid_until=self.permit_until,
            needs_permit=self.filing.needs_permit,
        )
