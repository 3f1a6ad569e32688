"""Builders of the tests on business systems, bank and courier: entries, orders, one act."""

from typing import Any

import pytest

from adapters.outside import OutsideSystems
from adapters.protocols import (
    OutsideRefusal,
    RegisterActReceipt,
    RegisterEntry,
    RegisterKind,
    RegisterOrder,
    RegisterQuery,
)
from tests.adapters.people import another, case_no, person
from tests.adapters.process import SimulatorProcess


def query(entry: RegisterEntry, locality: str | None = None) -> RegisterQuery:
    return RegisterQuery(
        kind=entry.kind,
        subject=entry.subject,
        locality=locality or entry.locality,
        case_no=case_no(),
        purpose="核对登记",
    )


def somebody() -> str:
    """An identity number that no other test uses."""
    return person().id_no


async def put(
    simulator: SimulatorProcess,
    kind: RegisterKind,
    status: str,
    locality: str = "330902",
    subject: str | None = None,
    **data: Any,
) -> RegisterEntry:
    """An entry of somebody new (or of the subject given), past every rule."""
    entry = RegisterEntry(
        kind=kind, subject=subject or somebody(), locality=locality, status=status, data=data
    )
    await simulator.put(f"/registers/{locality}/_entry", entry.model_dump(mode="json"))
    return entry


def order(
    entry: RegisterEntry, action: str, locality: str | None = None, **data: Any
) -> RegisterOrder:
    return RegisterOrder(
        key=f"{action}-{another()}",
        case_no=case_no(),
        kind=entry.kind,
        action=action,
        subject=entry.subject,
        locality=locality or entry.locality,
        data=data,
    )


async def act(
    systems: OutsideSystems, entry: RegisterEntry, action: str, where: str, **data: Any
) -> RegisterActReceipt:
    """The action done by the systems of the locality `where`."""
    return await systems.registers.act(order(entry, action, where, **data))


async def refused(
    systems: OutsideSystems, entry: RegisterEntry, action: str, where: str, **data: Any
) -> str:
    """The code of the refusal that the action must meet, with a sentence for the clerk."""
    with pytest.raises(OutsideRefusal) as raised:
        await act(systems, entry, action, where, **data)
    assert "代码" not in raised.value.text
    return raised.value.code


async def now(systems: OutsideSystems, entry: RegisterEntry, where: str) -> RegisterEntry:
    """What stands in the register of the locality `where`."""
    found = await systems.registers.look(query(entry, where))
    assert found is not None
    return found
