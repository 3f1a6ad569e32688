"""V1 to V4 over sold cars: one owner and place, the lock, old papers before new, one invoice.

Sources: docs/rules.md A9 and D. The lawful order is `domain.schemes.vehicle_acts`; here it is read
from the acts of both offices and compared with the national register.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from domain.casework import ActCode
from domain.invariants.facts import Act, Violation
from domain.invariants.transfers import Entry, Transfer, TransferWorld
from domain.schemes.vehicle_acts import Breach, VehicleAct, breaches

FAMILY = "VEHICLE"
_ACTS: Mapping[str, tuple[VehicleAct, ...]] = {
    ActCode.LOCKED: (VehicleAct.LOCK,),
    ActCode.INVOICED: (VehicleAct.INVOICE,),
    ActCode.FILE_TAKEN_OVER: (VehicleAct.RELEASE_FILE,),
    ActCode.INSPECTED: (VehicleAct.INSPECT,),
    ActCode.OLD_VOIDED: (VehicleAct.VOID_OLD,),
    # The flip ends the lock in the same act.
    ActCode.FLIPPED: (VehicleAct.FLIP, VehicleAct.UNLOCK),
    ActCode.NEW_ISSUED: (VehicleAct.ISSUE_NEW,),
    ActCode.DELIVERED: (VehicleAct.DELIVER,),
    ActCode.OLD_RESTORED: (VehicleAct.RESTORE_OLD,),
    ActCode.INVOICE_REVERSED: (VehicleAct.REVERSE_INVOICE,),
    ActCode.UNLOCKED: (VehicleAct.UNLOCK,),
}
_SAID: Mapping[Breach, str] = {
    Breach.REGISTRATION_TWICE: "转让登记办理了两次；请核对登记库。",
    Breach.LOCK_NOT_HELD: "有的行为不在登记锁定期间，或者办结后锁定没有解除；请核对锁定。",
    Breach.OLD_AND_NEW_VALID: "原号牌、行驶证没有先收回作废就核发了新的；请立即收回。",
    Breach.INVOICE_WITHOUT_TRANSFER: "发票与转让登记不是一一对应；请红字冲销多出的发票。",
    Breach.PLATES_NOT_RESTORED: "已终止而收回的号牌、行驶证没有发还；请立即发还。",
}
#: While an abort is under way the register is ahead of the acts that are written after it.
_ON_THE_WAY_BACK = "TAKING_BACK"


def one_owner_and_place(world: TransferWorld) -> Iterator[Violation]:
    """V1: each transfer flips the register once, and only a transfer does."""
    for case, entry in _with_entries(world):
        flips = list(entry.data.get("flips", [])).count(case.case_no)
        recorded = len(case.did(ActCode.FLIPPED))
        if recorded > 1 or flips > 1:
            yield case.broken("V1", _SAID[Breach.REGISTRATION_TWICE])
        if recorded and not flips:
            yield case.broken("V1", "登记库中没有本件的转让登记；请核对登记库。")
        if case.ending is not None and flips and not recorded:
            yield case.broken("V1", "登记库已办理转让登记，本件却没有记载；请核对。")
        if entry.data.get("locality", entry.locality) != entry.locality:
            yield case.broken("V1", "登记库中登记地有两个；请核对登记库。")


def lock_held_or_released(world: TransferWorld) -> Iterator[Violation]:
    """V2: locked from the pre-check to the flip; afterwards nobody holds the car."""
    yield from _breaking(world, Breach.LOCK_NOT_HELD)
    for case, entry in _with_entries(world):
        ours = entry.data.get("locked_by") == case.case_no
        held = case.did(ActCode.LOCKED) and not case.did(ActCode.UNLOCKED, ActCode.FLIPPED)
        if case.ending is not None and ours:
            yield case.broken("V2", "已办结，登记库仍由本件锁定；请解除锁定。")
        gone = case.case_no in entry.data.get("flips", []) or case.stage == _ON_THE_WAY_BACK
        if case.ending is None and held and not ours and not gone:
            yield case.broken("V2", "办理期间登记库没有由本件锁定；请停止办理并核对。")


def old_void_before_new(world: TransferWorld) -> Iterator[Violation]:
    """V3: no car ever has two valid plates or licences; who ends early has the old ones back."""
    yield from _breaking(world, Breach.OLD_AND_NEW_VALID)
    for case in world.of(FAMILY, "HOME"):
        if Breach.PLATES_NOT_RESTORED in _breaches(world, case):
            yield case.broken("G9", _SAID[Breach.PLATES_NOT_RESTORED])
    for case, entry in _with_entries(world):
        spent = set(entry.data.get("spent", []))
        if spent & {entry.data.get(name) for name in ("plate", "certificate_no", "licence_no")}:
            yield case.broken("V3", "登记库中已作废的号牌或者证件编号又在使用；请核对登记库。")


def one_invoice_per_transfer(world: TransferWorld) -> Iterator[Violation]:
    """V4: an invoice is used by its own transfer or reversed; none stands alone."""
    yield from _breaking(world, Breach.INVOICE_WITHOUT_TRANSFER)
    for case, entry in _with_entries(world):
        states = [one["status"] for one in _invoices(entry) if one["case"] == case.case_no]
        flipped = case.case_no in entry.data.get("flips", [])
        if states.count("USED") != int(flipped):
            yield case.broken("V4", "登记库中已使用的发票与转让登记不符；请核对。")
        if case.ending is not None and "LIVE" in states:
            yield case.broken("V4", "已办结，登记库中发票既没有使用也没有冲销；请红字冲销。")


def _breaking(world: TransferWorld, breach: Breach) -> Iterator[Violation]:
    for case in world.of(FAMILY, "HOME"):
        if breach in _breaches(world, case):
            yield case.broken(breach.value, _SAID[breach])


def _breaches(world: TransferWorld, case: Transfer) -> tuple[Breach, ...]:
    return breaches(_sequence(world, case), ended=case.ending is not None)


def _sequence(world: TransferWorld, case: Transfer) -> list[VehicleAct]:
    """The home acts in order, with the plates that the origin took and gave back in their place."""
    acts = [one for act in case.acts for one in _ACTS.get(act.code, ())]
    legs = [one for one in world.of(FAMILY, "LEG") if one.home_case_no == case.case_no]
    taken = _count(legs, ActCode.OLD_VOIDED)
    place = _before(acts, VehicleAct.RELEASE_FILE, VehicleAct.REVERSE_INVOICE, VehicleAct.UNLOCK)
    acts[place:place] = [VehicleAct.VOID_OLD] * taken
    given = _count(legs, ActCode.OLD_RESTORED)
    place = _before(acts, VehicleAct.REVERSE_INVOICE, VehicleAct.UNLOCK)
    acts[place:place] = [VehicleAct.RESTORE_OLD] * given
    return acts


def _count(legs: list[Transfer], code: str) -> int:
    found: list[Act] = [act for leg in legs for act in leg.did(code)]
    return len(found)


def _before(acts: list[VehicleAct], *wanted: VehicleAct) -> int:
    return next((place for place, act in enumerate(acts) if act in wanted), len(acts))


def _invoices(entry: Entry) -> list[Mapping[str, str]]:
    return list(entry.data.get("invoices", []))


def _with_entries(world: TransferWorld) -> Iterator[tuple[Transfer, Entry]]:
    for case in world.of(FAMILY, "HOME"):
        for entry in world.entries_of(FAMILY, case.subject):
            yield case, entry
