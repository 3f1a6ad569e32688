"""记实: the booked-only unit part of an annuity is paid in before the annuity moves.

Called by the annuity's leg before its examination. Until the treasury has paid, nothing is
released; where it will not, the annuity stays and the answer says why. Basis: 人社厅发〔2017〕7号.
"""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from domain.attribution import Holder
    from domain.casework import ActCode, ClockKind, Stage
    from domain.civil_tasks import AnnuityTask
    from domain.schemes.civil_annuity import AnnuityReason
    from workflows.business import register_act
    from workflows.leg_case import LegCase, LegRefuses
    from workflows.leg_review import Examine


async def fund_unit_part(leg: LegCase, examine: Examine) -> None:
    """Until nothing is booked only; raises LegRefuses where it cannot be funded."""
    desk = leg.desk
    register_says: tuple[str, ...] = ()
    while True:
        examined = await examine()
        if AnnuityReason.UNIT_PART_NOT_FUNDED not in examined.codes:
            return
        unfunded = examined.facts.get("unfunded_fen", "0")
        desk.move(Stage.EXAMINATION, Holder.OURS, office=leg.station, due=ClockKind.RELEASE)
        desk.open_task(
            AnnuityTask.FUNDING,
            leg.station,
            clock=ClockKind.RELEASE,
            findings=(*examined.codes, f"UNFUNDED:{unfunded}", *register_says),
        )
        decided = await leg.decision()
        if decided.outcome == "REFUSE":
            raise LegRefuses(AnnuityReason.UNIT_PART_NOT_FUNDED.value, by=decided.command)
        outcome = await register_act(
            desk,
            "ANNUITY",
            "FUND_ANNUITY",
            locality=leg.filing.locality,
            key=f"FUND:{leg.request.number}:{unfunded}",
            summary="业务系统登记记实",
            facts={"amount_fen": int(unfunded)},
        )
        if outcome.done:
            desk.record(ActCode.ANNUITY_FUNDED, by=decided.command, total_fen=unfunded)
            register_says = ()
        else:
            desk.note("REGISTER_REFUSED", code=outcome.code)
            register_says = (f"REGISTER:{outcome.code}",)
