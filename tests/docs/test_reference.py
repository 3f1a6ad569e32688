"""docs/reference.md holds every code and value that the program holds."""

from __future__ import annotations

import re
from enum import StrEnum
from inspect import getmembers

import pytest
from temporalio import workflow

from adapters.bank.protocol import BankRefusal
from adapters.courier.protocol import CourierRefusal
from adapters.evaluation.protocol import EvaluationRefusal
from adapters.hotline.protocol import HotlineRefusal
from adapters.notices.protocol import NoticeRefusal
from adapters.population.models import RegisterRefusal
from adapters.registers.protocol import BusinessRefusal
from catalog.errors import CatalogCode
from catalog.loader import load_catalog
from catalog.routes import Unroutable
from console.errors import OfficeCode
from contracts import visibility
from contracts.commands import RejectionCode
from contracts.letters import ReceiptCode, ReceiptStatus
from contracts.services import DOORS
from domain.attribution import AttributionCode
from domain.bulletins import BulletinCode
from domain.hotline import DispatchCode
from domain.hukou import OriginRefusal
from domain.identity import IdentityCode
from domain.intake_rules import DefectCode
from domain.limits import ClockCode
from domain.ratings import RatingCode
from domain.task_table import TASKS
from domain.waybill import WaybillCode
from settings import PROJECT_ROOT
from tests.docs import tables
from tests.docs.pages import codes, page, prose, rows, section
from worker import WORKFLOWS

REFERENCE = page("docs/reference.md")
CATALOG = load_catalog()
#: Section -> the closed set of codes that it explains.
REFUSALS: dict[str, tuple[type[StrEnum], ...]] = {
    "Rejected commands": (RejectionCode,),
    "Refusals of console and command line": (OfficeCode,),
    "Receipts of letters": (ReceiptCode, ReceiptStatus),
    "Refusals of the origin": (OriginRefusal,),
    "Defects of an application": (DefectCode,),
    "Other refusals": (
        AttributionCode,
        BankRefusal,
        BulletinCode,
        BusinessRefusal,
        CatalogCode,
        ClockCode,
        CourierRefusal,
        DispatchCode,
        EvaluationRefusal,
        HotlineRefusal,
        IdentityCode,
        NoticeRefusal,
        RatingCode,
        RegisterRefusal,
        Unroutable,
        WaybillCode,
    ),
}


def sources(room: str) -> str:
    return "\n".join(
        path.read_text(encoding="utf-8") for path in sorted((PROJECT_ROOT / room).rglob("*.py"))
    )


@pytest.mark.parametrize("heading", REFUSALS)
def test_every_refusal_is_explained_and_no_other(heading: str) -> None:
    explained = codes(section(REFERENCE, heading))
    held = {code.value for codes_ in REFUSALS[heading] for code in codes_}
    assert held - explained == set()
    if heading in ("Rejected commands", "Refusals of the origin", "Defects of an application"):
        named = {cells[0].split("`")[1] for cells in rows(section(REFERENCE, heading))[1:]}
        assert named == held


def test_every_matter_is_listed_with_its_name() -> None:
    listed = {cells[0].strip("`"): cells[1] for cells in rows(section(REFERENCE, "Matters"))[1:]}
    assert listed == {one.code: one.name for one in CATALOG.matters.values()}


def test_the_tables_are_what_the_program_holds() -> None:
    assert tables.PAGE.read_text(encoding="utf-8") == tables.text(), "run `make tables`"


def test_every_workflow_and_message_is_named() -> None:
    named = prose(section(REFERENCE, "Workflows and messages"))
    for procedure in WORKFLOWS:
        definition = workflow._Definition.must_from_class(procedure)
        for message in (*definition.updates, *definition.queries, *definition.signals):
            if message and not message.startswith("__"):
                assert f"| {message} |" in named


def test_every_activity_and_nexus_operation_is_named() -> None:
    named = section(REFERENCE, "Workflows and messages")
    activities = set(re.findall(r'@activity\.defn\(name="(.+?)"\)', sources("activities")))
    assert len(activities) > 5
    for name in activities | {door.name for _, door in DOORS.values()}:
        assert name in named


def test_every_event_of_the_trail_is_explained() -> None:
    noted = set(re.findall(r'\bnote\(\s*"([A-Z_]+)"', sources("workflows")))
    noted |= set(re.findall(r'\bcode="([A-Z_]+)"', sources("storage")))
    noted |= set(re.findall(r'_event\([^()]*"([A-Z_]+)"\)', sources("storage")))
    noted |= TASKS["PEER_SILENT"].by_code.keys()  # noted as they were decided
    assert {"OVERDUE", "REGISTER_REALIGNED", "IDENTITY_TAKEN"} <= noted
    assert noted - codes(section(REFERENCE, "Events of the trail")) == set()


def test_every_search_attribute_is_named() -> None:
    held = {key.name for _, key in getmembers(visibility) if key in visibility.ALL}
    assert held == {key.name for key in visibility.ALL}
    assert held - codes(section(REFERENCE, "Search attributes")) == set()


def test_every_invariant_is_explained() -> None:
    named = set(re.findall(r'"([GHK]\d)"', sources("domain") + sources("console")))
    assert {"G1", "H1"} <= named
    assert named - codes(section(REFERENCE, "Invariants")) == set()
