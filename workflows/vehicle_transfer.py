"""机动车转让登记: the destination vehicle office's case, as a manual tells it."""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.cases import CaseFiling, CaseResult
    from workflows.delivery import deliver
    from workflows.home_case import CaseEnds
    from workflows.home_procedure import HomeProcedure
    from workflows.intake import receive_and_accept
    from workflows.vehicle_case import VehicleCase
    from workflows.vehicle_precheck import check_and_lock, check_sale_and_invoice
    from workflows.vehicle_registration import NEW_PAPERS, inspect, register, take_file_over


@workflow.defn(name="机动车转让登记")
class VehicleTransfer(HomeProcedure):
    """One registered car gets a new owner and, with it, a new place of registration.

    Waits for intake, the pre-check, the sale and its invoice, the origin's electronic file, the car
    itself and the registrar. The flip of the register is the point of no return; any end before it
    gives plates, invoice and lock back. Basis: 公安部令第164号; docs/rules.md A9.
    """

    case: VehicleCase
    state_type = VehicleCase

    @workflow.init
    def __init__(self, filing: CaseFiling) -> None:
        super().__init__(filing)

    @workflow.run
    async def run(self, filing: CaseFiling) -> CaseResult:
        """The procedure."""
        return await self.conclude(self.story())

    async def story(self) -> None:
        """From the application to the new owner's papers."""
        case = self.case
        await receive_and_accept(case)
        await check_and_lock(case)
        await check_sale_and_invoice(case)
        await take_file_over(case)
        await inspect(case)
        await register(case)
        await deliver(case, "VEHICLE_REGISTERED", NEW_PAPERS)

    async def undo(self, end: CaseEnds) -> None:
        """Any end before the flip leaves car, plates and invoice as they were."""
        await self.case.undo(end.reason_code or str(end.ending))
