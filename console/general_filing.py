"""Filing any item: who may, and where, the form check, then the case under the pinned definition.

Called by :class:`console.filing.FilingDesk`. An item with a procedure of its own is filed as that.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from activities.definitions import Definitions
from catalog.definitions import Definition
from catalog.general_pinning import general_desks, general_rules, general_terms
from catalog.joint_pinning import pinned_parts
from catalog.listing_models import Audience, Mode
from catalog.pinning import counters, office_names
from catalog.routes import NoRoute, Route
from catalog.scope import route
from console.application_form import Material
from console.errors import from_domain
from console.general_check import FATAL, check, choices, to_be_read
from console.general_form import GeneralForm, parse_general
from console.intake_desk import Filed, IntakeDesk, receipt, refuse_fatal
from contracts.cases import CaseFiling
from contracts.families import FAMILY_OF_MODE, MODE_LABELS
from contracts.general import GeneralTerms
from domain.calendar import SHANGHAI, received_on
from domain.errors import DomainError
from domain.general_intake import GeneralCode
from domain.intake_rules import Defect
from domain.straight_through import as_kinds
from storage.foundings import granted_matter
from storage.promises import false_promise


class GeneralFiling:
    """One application for an item, from its file to the case number."""

    def __init__(self, desk: IntakeDesk, item: str, now: datetime) -> None:
        self._desk = desk
        self._catalog = desk.catalog
        self._here = desk.office.locality
        self._item = item
        self._now = now
        self._today = now.astimezone(SHANGHAI).date()
        self._definitions = Definitions(desk.catalog, desk.office.locality)

    async def file(self, data: dict[str, Any], folder: Path) -> Filed:
        """Check, keep and start it; OfficeError where it cannot be received."""
        form, materials = parse_general(
            data,
            folder=folder,
            max_bytes=self._desk.limit("document.max_bytes", self._today),
            max_chars=self._desk.limit("text.max_chars", self._today),
        )
        try:
            definition = await self._definition()
            mode = self._mode(form, definition)
            proxied = mode is Mode.PROXY_INTAKE and form.peer_locality != self._here
            values, defects = check(
                form,
                materials,
                definition,
                proxied=proxied,
                founding=await self._may_be_founding(form),
            )
            way = self._route(form, definition, mode, choices(definition.fields, values))
            refuse_fatal(defects, FATAL)
            await self._refuse_barred(form)
            filing = await self._filing(form, way, definition, values, materials, defects)
        except DomainError as error:
            raise from_domain(error) from error
        if self._desk.only_check:
            return receipt(filing, filing.desks.intake, defects, started=False)
        filing = await self._desk.take_in(
            filing,
            form.entry(values, materials, matter=filing.matter, name=filing.matter_name),
            self._now,
        )
        return receipt(filing, filing.desks.intake, defects, started=await self._desk.start(filing))

    async def _may_be_founding(self, form: GeneralForm) -> bool:
        """Whether it is received without a credit code: the item founds, or a granted one did."""
        if self._catalog.item(self._item).founds is not None:
            return True
        enterprise = form.enterprise
        if enterprise is None or not enterprise.founding or not enterprise.founded_in:
            return False
        named = enterprise.founded_in.strip()
        matter = await self._desk.office.read(
            lambda connection: granted_matter(
                connection, named, id_no=enterprise.number, name=enterprise.name
            )
        )
        found = self._catalog.items.get(matter) if matter else None
        return found is not None and found.founds is not None

    async def _definition(self) -> Definition:
        found = await self._desk.office.read(
            lambda connection: self._definitions.in_force(connection, self._item, self._today)
        )
        return found.definition

    def _mode(self, form: GeneralForm, definition: Definition) -> Mode:
        """How it is applied for; DomainError where that and the other place do not fit together."""
        if form.mode is not None and form.mode not in set(Mode):
            raise DomainError(
                GeneralCode.WRONG_MODE,
                f"没有业务模式 {form.mode[:40]}；请从 {'、'.join(Mode)} 中选择。",
            )
        mode = Mode(form.mode) if form.mode else definition.modes[0]
        if form.mode is None and form.peer_locality is None and mode is Mode.PROXY_INTAKE:
            mode = Mode.WINDOW
        if mode is Mode.PROXY_INTAKE and form.peer_locality is None:
            raise DomainError(
                GeneralCode.PEER_MISSING,
                f"{MODE_LABELS[mode]}须用 peer_locality 写明由哪个地区办理，请补填其地区代码；"
                f"由本地区办理的，业务模式请改选{MODE_LABELS[Mode.WINDOW]}（{Mode.WINDOW}）。",
            )
        if mode is Mode.WINDOW and form.peer_locality not in (None, self._here):
            raise DomainError(
                GeneralCode.WRONG_MODE,
                f"{MODE_LABELS[mode]}的事项由本地区决定；请去掉 peer_locality，"
                f"由该地区决定的请改选{MODE_LABELS[Mode.PROXY_INTAKE]}（{Mode.PROXY_INTAKE}）。",
            )
        return mode

    def _route(
        self, form: GeneralForm, definition: Definition, mode: Mode, chosen: dict[str, str]
    ) -> Route:
        """Who receives and who decides; DomainError with reason and remedy where nobody does."""
        proxied = mode is Mode.PROXY_INTAKE
        way = route(
            self._catalog,
            self._item,
            mode=mode,
            locality=form.peer_locality if proxied and form.peer_locality else self._here,
            applicant_locality=self._here if proxied else form.peer_locality,
            audience=Audience.ENTERPRISE if form.enterprise else Audience.PERSON,
            on=self._today,
            modes=definition.modes,
            chosen=chosen,
        )
        if isinstance(way, NoRoute):
            raise way.error()
        return way

    async def _refuse_barred(self, form: GeneralForm) -> None:
        """告知承诺 is not open to who promised what was not so (国办发〔2020〕42号)."""
        if not form.promised:
            return
        broken = await self._desk.office.read(
            lambda connection: false_promise(connection, form.number)
        )
        if broken is not None:
            raise DomainError(
                GeneralCode.PROMISE_BARRED,
                f"申请人有不实承诺尚未修复（办件编号 {broken}），不适用告知承诺；"
                "请提交证明材料，或者先向作出认定的机构申请修复。",
            )

    async def _filing(
        self,
        form: GeneralForm,
        way: Route,
        definition: Definition,
        values: dict[str, Any],
        materials: tuple[Material, ...],
        defects: tuple[Defect, ...],
    ) -> CaseFiling:
        catalog = self._catalog
        proxied = way.mode is Mode.PROXY_INTAKE
        peer = way.locality if proxied else way.applicant_locality
        # The window only collects: where it works, nothing of the competent office is decided.
        desks = general_desks(way.receives, way.receives if proxied else way.competent)
        intake = catalog.office(desks.intake)
        calendar = await self._desk.calendar_of(intake.code)
        return CaseFiling(
            case_no="",
            locality=self._here,
            locality_name=catalog.locality(self._here).name,
            matter=definition.item,
            matter_name=definition.name,
            matter_version=1,
            catalog_version=catalog.version,
            family=FAMILY_OF_MODE[way.mode],
            mode=way.mode.value,
            desks=desks,
            origin=peer,
            origin_name=catalog.locality(peer).name,
            origin_office=way.competent if proxied else None,
            persons=1,
            verifications=() if proxied else as_kinds(one.source for one in definition.checks),
            filed_on=self._today,
            received_on=received_on(self._now, intake.opens, intake.closes, calendar),
            rules=general_rules(catalog, definition, self._here, peer, on=self._today),
            findings=tuple(f"{item.code}:{item.subject}" for item in defects),
            office_names=office_names(catalog, self._here),
            counters=counters(catalog),
            facts={
                **choices(definition.fields, values),
                "applicant": "ENTERPRISE" if form.enterprise else "PERSON",
                "papers": "yes" if to_be_read(materials, definition) else "no",
                "originals": "yes" if form.originals else "no",
            },
            general=self._terms(form, way, definition, peer),
        )

    def _terms(
        self, form: GeneralForm, way: Route, definition: Definition, peer: str
    ) -> GeneralTerms:
        parts = (
            pinned_parts(self._catalog, definition, self._here, peer, elsewhere=dict(way.rerouted))
            if way.mode is Mode.JOINT
            else ()
        )
        return general_terms(
            definition,
            way.mode,
            way.competent,
            parts=parts,
            authority=not way.service,
            promised=form.promised,
            deferred=form.deferred,
        )
