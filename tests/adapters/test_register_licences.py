"""电子证照库: one licence for one case, valid at once or once it is handed over."""

from typing import Any

from adapters.outside import OutsideSystems
from adapters.protocols import RegisterEntry, RegisterKind
from tests.adapters.business import act, query, refused, somebody
from tests.adapters.people import another
from tests.adapters.process import SimulatorProcess

HERE = "330902"


def nobody_yet() -> RegisterEntry:
    """A person of whom the library holds nothing."""
    return RegisterEntry(
        kind=RegisterKind.LICENCE_LIBRARY, subject=somebody(), locality=HERE, status="NONE", data={}
    )


async def licences(systems: OutsideSystems, holder: RegisterEntry) -> dict[str, dict[str, Any]]:
    """What the library holds of somebody, by number."""
    entry = await systems.registers.look(query(holder))
    assert entry is not None
    return dict(entry.data["licences"])


async def test_a_licence_is_issued_once_and_revoked_once(
    simulator: SimulatorProcess, origin: OutsideSystems
) -> None:
    holder, number = nobody_yet(), f"样例证{another()}"
    await act(origin, holder, "ISSUE", HERE, item="M9001", number=number)
    assert (await licences(origin, holder))[number]["state"] == "VALID"
    assert (
        await refused(origin, holder, "ISSUE", HERE, item="M9001", number=number, case="x")
        == "NUMBER_SPENT"
    )
    await act(origin, holder, "REVOKE", HERE, number=number)
    assert (await licences(origin, holder))[number]["state"] == "REVOKED"
    assert await refused(origin, holder, "REVOKE", HERE, number=number) == "ALREADY_VOID"
    assert await refused(origin, holder, "REVOKE", HERE, number="样例证无") == "NOT_REGISTERED"


async def test_a_case_has_another_licence_only_once_the_first_is_revoked(
    simulator: SimulatorProcess, origin: OutsideSystems
) -> None:
    holder, case = nobody_yet(), f"样例办件{another()}"
    first, second = f"样例证{another()}", f"样例证{another()}"
    await act(origin, holder, "ISSUE", HERE, item="M9001", number=first, case=case)
    order = {"item": "M9001", "number": second, "case": case}
    assert await refused(origin, holder, "ISSUE", HERE, **order) == "ALREADY_MADE"
    await act(origin, holder, "REVOKE", HERE, number=first)
    await act(origin, holder, "ISSUE", HERE, **order)
    states = {number: one["state"] for number, one in (await licences(origin, holder)).items()}
    assert states == {first: "REVOKED", second: "VALID"}


async def test_what_is_made_is_valid_once_it_was_handed_over(
    simulator: SimulatorProcess, origin: OutsideSystems
) -> None:
    holder, case = nobody_yet(), f"样例办件{another()}"
    await act(origin, holder, "MAKE", HERE, item="M9001", case=case)
    assert await refused(origin, holder, "MAKE", HERE, item="M9001", case=case) == "ALREADY_MADE"
    assert await refused(origin, holder, "COLLECT_OLD", HERE) == "NO_OLD_DOCUMENT"
    await act(origin, holder, "ACTIVATE", HERE, case=case)
    (licence,) = (await licences(origin, holder)).values()
    assert (licence["item"], licence["state"]) == ("M9001", "VALID")
    assert await refused(origin, holder, "ACTIVATE", HERE, case=case) == "NOTHING_MADE"
