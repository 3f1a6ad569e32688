"""Filing a composite case (一件事): one form and one set of materials for all chosen items.

Called by :class:`console.filing.FilingDesk`. Each item is filed later, in its turn, by
`console.child_filing`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy.exc import DBAPIError, IntegrityError

from catalog.catalog import Catalog
from catalog.definition_models import Material as MaterialRule
from catalog.listing_models import Audience, Mode
from catalog.pinning import agency_desks, counters, office_names, rules_of
from catalog.routes import NoRoute
from catalog.scope import HALL, route, ways
from catalog.scope_models import Scenario, ScenarioItem
from catalog.transfer_models import FieldRule
from console.application_form import Material
from console.errors import OfficeCode, OfficeError, not_written
from console.general_check import check, refuse_fatal
from console.general_form import GeneralForm, parse_general
from contracts.cases import CaseFiling
from contracts.families import SCENARIO
from contracts.scenario import PinnedChild, ScenarioTerms
from domain.calendar import SHANGHAI, received_on
from domain.intake_rules import Defect
from storage import cases
from storage.people import open_elsewhere, put_person
from storage.serials import new_case_number

if TYPE_CHECKING:
    from console.filing import Filed, FilingDesk

POLICIES = "scenario."


@dataclass(frozen=True, slots=True)
class CommonForm:
    """The fields and materials that the chosen items ask for together, each once."""

    fields: list[FieldRule]
    materials: list[MaterialRule]


class ScenarioFiling:
    """One application for a bundle of items, from its file to the case number."""

    def __init__(self, desk: FilingDesk, scenario: Scenario, now: datetime) -> None:
        self._desk = desk
        self._catalog = desk.catalog
        self._here = desk.office.locality
        self._scenario = scenario
        self._now = now
        self._today = now.astimezone(SHANGHAI).date()

    async def file(self, data: dict[str, Any], folder: Path) -> Filed:
        """Check, keep and start it; OfficeError where it cannot be received."""
        from console.filing import receipt

        ticked = data.get("items", [])
        chosen = self._chosen(ticked if isinstance(ticked, list) else [ticked])
        form, materials = parse_general(
            {name: value for name, value in data.items() if name != "items"},
            folder=folder,
            max_bytes=self._desk.limit("document.max_bytes", self._today),
            max_chars=self._desk.limit("text.max_chars", self._today),
        )
        self._check_applicant(form)
        self._check_offered(form, chosen)
        values, defects = check(form, materials, common_form(self._scenario, chosen))
        refuse_fatal(defects)
        filing = await self._filing(form, chosen, defects)
        if self._desk.only_check:
            return receipt(filing, filing.desks.intake, defects, started=False)
        filing = await self._put(filing, form, values, materials)
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

    def _check_offered(self, form: GeneralForm, chosen: list[ScenarioItem]) -> None:
        """Items that nobody here may handle are told all at once, before anything is kept."""
        refused = [text for one in chosen if (text := self._not_offered(form, one)) is not None]
        if refused:
            raise OfficeError(
                OfficeCode.DEFECTS,
                f"“{self._scenario.name}”不能在本地区收件：{''.join(refused)}",
                tuple(refused),
            )

    def _not_offered(self, form: GeneralForm, one: ScenarioItem) -> str | None:
        item = self._catalog.item(one.item)
        if one.peer and form.peer_locality is None and not _at_home(self._catalog, one):
            return f"“{item.name}”须用 peer_locality 写明由哪个地区办理，请补填其地区代码。"
        if item.own:
            return None
        elsewhere = one.peer and one.mode is Mode.PROXY_INTAKE
        way = route(
            self._catalog,
            one.item,
            mode=one.mode,
            locality=form.peer_locality if elsewhere and form.peer_locality else self._here,
            applicant_locality=self._here if elsewhere or not one.peer else form.peer_locality,
            audience=self._scenario.life_cycle,
            on=self._today,
        )
        return f"{way.reason}{way.remedy}" if isinstance(way, NoRoute) else None

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

    async def _put(
        self,
        filing: CaseFiling,
        form: GeneralForm,
        values: dict[str, Any],
        materials: tuple[Material, ...],
    ) -> CaseFiling:
        try:
            async with self._desk.office.database.write() as connection:
                number = await new_case_number(connection, filing.locality, filing.filed_on)
                filing = self._desk.received(filing, number)
                await cases.put_case(
                    connection,
                    filing,
                    # As it was written: each item reads its own fields from it again.
                    application=form.as_record(_plain(form.details)),
                    phone=form.phone,
                    filed_at=self._now,
                )
                await put_person(
                    connection,
                    number,
                    "HOME",
                    {
                        "number": 1,
                        "relation": "申请企业" if form.enterprise else "本人",
                        "name": form.name,
                        "id_no": form.number,
                    },
                    scheme=filing.matter,
                )
                for material in materials:
                    await self._desk.keep(connection, number, material, self._now)
                await self._desk.kept(connection, number)
        except IntegrityError:
            raise await self._already_open(form.number) from None
        except (DBAPIError, OSError) as error:
            raise not_written(error) from error
        return filing

    async def _already_open(self, number: str) -> OfficeError:
        scenario = self._scenario
        other = await self._desk.office.read(
            lambda connection: open_elsewhere(
                connection, "HOME", [number], "", scheme=scenario.code
            )
        )
        return OfficeError(
            OfficeCode.ALREADY_OPEN,
            f"已有一件“{scenario.name}”正在办理，办件编号 {other or '（查询中）'}；"
            "请待其办结或先撤回，再提交新申请。",
        )


def _at_home(catalog: Catalog, one: ScenarioItem) -> bool:
    """Whether a window here may ask this place's own office instead of another's."""
    return one.mode is Mode.PROXY_INTAKE and Mode.WINDOW in ways(catalog.item(one.item))


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
