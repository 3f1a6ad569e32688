"""Filing a composite case (一件事): one form and one set of materials for all chosen items.

Called by :class:`console.filing.FilingDesk`. Each item is filed later, in its turn, by
`console.child_filing`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from activities.definitions import Definitions
from catalog.catalog import Catalog
from catalog.definition_models import Material as MaterialRule
from catalog.definitions import Definition
from catalog.listing_models import Audience
from catalog.pinning import agency_desks, counters, office_names, rules_of
from catalog.scope import HALL
from catalog.scope_models import Scenario, ScenarioItem
from catalog.transfer_models import FieldRule
from console.errors import OfficeCode, OfficeError
from console.general_check import FATAL, check
from console.general_form import GeneralForm, parse_general
from console.intake_desk import Filed, IntakeDesk, receipt, refuse_fatal
from console.scenario_check import refusals
from contracts.cases import CaseFiling
from contracts.families import SCENARIO
from contracts.scenario import PinnedChild, ScenarioTerms
from domain.calendar import SHANGHAI, received_on
from domain.intake_rules import Defect

POLICIES = "scenario."


@dataclass(frozen=True, slots=True)
class CommonForm:
    """The fields and materials that the chosen items ask for together, each once."""

    fields: list[FieldRule]
    materials: list[MaterialRule]


class ScenarioFiling:
    """One application for a bundle of items, from its file to the case number."""

    def __init__(self, desk: IntakeDesk, scenario: Scenario, now: datetime) -> None:
        self._desk = desk
        self._catalog = desk.catalog
        self._here = desk.office.locality
        self._scenario = scenario
        self._now = now
        self._today = now.astimezone(SHANGHAI).date()
        self._definitions = Definitions(desk.catalog, desk.office.locality)

    async def file(self, data: dict[str, Any], folder: Path) -> Filed:
        """Check, keep and start it; OfficeError where it cannot be received."""
        ticked = data.get("items", [])
        chosen = self._chosen(ticked if isinstance(ticked, list) else [ticked])
        form, materials = parse_general(
            {name: value for name, value in data.items() if name != "items"},
            folder=folder,
            max_bytes=self._desk.limit("document.max_bytes", self._today),
            max_chars=self._desk.limit("text.max_chars", self._today),
        )
        self._check_applicant(form)
        await self._check_offered(form, chosen)
        founds = founded_by(self._catalog, self._scenario) in {one.item for one in chosen}
        _, defects = check(form, materials, common_form(self._scenario, chosen), founding=founds)
        refuse_fatal(defects, FATAL)
        filing = await self._filing(form, chosen, defects)
        if self._desk.only_check:
            return receipt(filing, filing.desks.intake, defects, started=False)
        # As it was written: each item reads its own fields from it again.
        entry = form.entry(
            _plain(form.details), materials, matter=filing.matter, name=filing.matter_name
        )
        filing = await self._desk.take_in(filing, entry, self._now)
        return receipt(filing, filing.desks.intake, defects, started=await self._desk.start(filing))

    def _chosen(self, ticked: list[Any]) -> list[ScenarioItem]:
        known = {one.item for one in self._scenario.items}
        unknown = sorted(str(one)[:40] for one in ticked if one not in known)
        if unknown:
            offered = "、".join(one.item for one in self._scenario.items if one.optional) or "无"
            raise OfficeError(
                OfficeCode.WRONG_FIELD,
                f"“{self._scenario.name}”没有事项 {'、'.join(unknown)}；"
                f"可以勾选的事项：{offered}，请改正后重新提交。",
            )
        return [one for one in self._scenario.items if not one.optional or one.item in ticked]

    def _check_applicant(self, form: GeneralForm) -> None:
        enterprise = self._scenario.life_cycle is Audience.ENTERPRISE
        if enterprise is (form.enterprise is None):
            who = "企业和其他组织（enterprise）" if enterprise else "个人（applicant）"
            raise OfficeError(
                OfficeCode.WRONG_FIELD,
                f"“{self._scenario.name}”由{who}申请；请改填后重新提交。",
            )
        if form.peer_locality is not None:
            self._catalog.locality(form.peer_locality)

    async def _check_offered(self, form: GeneralForm, chosen: list[ScenarioItem]) -> None:
        """Items that nobody here may handle are told all at once, before anything is kept."""
        definitions = await self._desk.office.read(
            lambda connection: self._in_force(connection, chosen)
        )
        refused = [
            text
            for one in chosen
            for text in refusals(
                self._catalog,
                form,
                one,
                definitions.get(one.item),
                audience=self._scenario.life_cycle,
                here=self._here,
                on=self._today,
            )
        ]
        if refused:
            raise OfficeError(
                OfficeCode.DEFECTS,
                f"“{self._scenario.name}”不能在本地区收件：{''.join(refused)}",
                tuple(refused),
            )

    async def _in_force(
        self, connection: AsyncConnection, chosen: list[ScenarioItem]
    ) -> dict[str, Definition]:
        """How this locality handles the items today, by item; those of their own are left out."""
        return {
            one.item: (
                await self._definitions.in_force(connection, one.item, self._today)
            ).definition
            for one in chosen
            if self._catalog.item(one.item).template is not None
        }

    async def _filing(
        self, form: GeneralForm, chosen: list[ScenarioItem], defects: tuple[Defect, ...]
    ) -> CaseFiling:
        catalog, here = self._catalog, self._here
        desks = agency_desks(catalog, here, HALL)
        hall, name = catalog.office(desks.intake), catalog.locality(here).name
        calendar = await self._desk.calendar_of(hall.code)
        ids = {one.item for one in chosen}
        return CaseFiling(
            case_no="",
            locality=here,
            locality_name=name,
            matter=self._scenario.code,
            matter_name=self._scenario.name,
            matter_version=1,
            catalog_version=catalog.version,
            family=SCENARIO.code,
            desks=desks,
            origin=here,
            origin_name=name,
            origin_office=None,
            persons=1,
            filed_on=self._today,
            received_on=received_on(self._now, hall.opens, hall.closes, calendar),
            rules=rules_of(catalog, POLICIES, here, here, on=self._today),
            findings=tuple(f"{item.code}:{item.subject}" for item in defects),
            office_names=office_names(catalog, here),
            counters=counters(catalog),
            scenario=ScenarioTerms(
                code=self._scenario.code,
                peer=form.peer_locality or "",
                children=tuple(
                    PinnedChild(
                        item=one.item,
                        name=catalog.item(one.item).name,
                        after=tuple(item for item in one.after if item in ids),
                        optional=one.optional,
                        mode=one.mode.value if one.mode else "",
                        peer=one.peer,
                        fields=one.fields,
                        materials=one.materials,
                    )
                    for one in chosen
                ),
            ),
        )


def founded_by(catalog: Catalog, scenario: Scenario) -> str:
    """The item by which an enterprise comes into being in the bundle; empty where none does."""
    return next((one.item for one in scenario.items if catalog.item(one.item).founds), "")


def common_form(scenario: Scenario, chosen: list[ScenarioItem]) -> CommonForm:
    """What the chosen items ask for: a field or material that none of them uses is not asked."""
    fields = {name for one in chosen for name in one.fields}
    materials = {type_ for one in chosen for type_ in one.materials}
    return CommonForm(
        fields=[
            one if one.name in fields else one.model_copy(update={"required": False})
            for one in scenario.fields
        ],
        materials=[one for one in scenario.materials if one.type in materials],
    )


def _plain(details: dict[str, Any]) -> dict[str, Any]:
    """A date that YAML has read is written as people write it."""
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in details.items()
    }
