"""建立关系: whoever brings a relation to a place where none exists is insured there first.

Called by home procedures before they book. The register's own answer decides: a relation that is
open already is what was wanted.
"""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from workflows.business import register_act
    from workflows.home_case import HomeCase


async def open_relation(case: HomeCase, kind: str) -> None:
    """Open the relation of that kind here, unless there is one."""
    outcome = await register_act(
        case.desk,
        kind,
        "OPEN",
        locality=case.filing.locality,
        summary="业务系统建立关系",
        facts={"region": case.filing.locality, "status": "PAYING"},
    )
    if outcome.done:
        case.desk.note("RELATION_OPENED", kind=kind)
