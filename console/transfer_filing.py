"""Filing an application for any transfer between localities: on file first, then started.

Called by :class:`console.filing.FilingDesk` for every matter of a transfer family.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from catalog.pinning import agency_desks, counters, office_names, transfer_rules
from catalog.transfer_models import TransferMatter
from console.application_form import Material
from console.errors import OfficeCode, OfficeError, from_domain
from console.intake_desk import Entry, Filed, IntakeDesk, receipt, refuse_fatal
from console.transfer_form import TransferForm, parse_transfer
from contracts.cases import CaseFiling
from domain.calendar import SHANGHAI, received_on
from domain.errors import DomainError
from domain.identity import check_identity_number
from domain.intake_rules import Defect, DefectCode
from domain.transfer_intake import Field, missing_documents, read_fields

#: What no further paper can mend: the application itself must be written again.
_FATAL = frozenset(
    {
        DefectCode.IDENTITY_NUMBER_WRONG,
        DefectCode.SAME_LOCALITY,
        DefectCode.FIELD_WRONG,
        DefectCode.FIELD_UNKNOWN,
        DefectCode.FIELD_MISSING,
    }
)


class TransferFiling:
    """One application for a transfer, from its file to the case number."""

    def __init__(self, desk: IntakeDesk, matter: TransferMatter, now: datetime) -> None:
        self._desk = desk
        self._catalog = desk.catalog
        self._here = desk.office.locality
        self._matter = matter
        self._now = now
        self._today = now.astimezone(SHANGHAI).date()

    async def file(self, data: dict[str, Any], folder: Path) -> Filed:
        """Check, keep and start it; OfficeError where it cannot be received."""
        form, materials = parse_transfer(
            data,
            folder=folder,
            max_bytes=self._desk.limit("document.max_bytes", self._today),
            max_chars=self._desk.limit("text.max_chars", self._today),
        )
        values, defects = self._check(form, materials)
        refuse_fatal(defects, _FATAL)
        filing = await self._filing(form, values, defects)
        if self._desk.only_check:
            return receipt(filing, filing.desks.intake, defects, started=False)
        filing, companion = await self._take_in(filing, form, values, materials)
        if companion is not None:
            await self._desk.start(companion)
        return receipt(filing, filing.desks.intake, defects, started=await self._desk.start(filing))

    def _check(
        self, form: TransferForm, materials: tuple[Material, ...]
    ) -> tuple[dict[str, Any], tuple[Defect, ...]]:
        try:
            self._catalog.locality(form.peer_locality)
        except DomainError as error:
            raise from_domain(error) from error
        defects: list[Defect] = []
        if form.peer_locality == self._here:
            defects.append(
                Defect(
                    DefectCode.SAME_LOCALITY,
                    "peer_locality",
                    "对方地区就是本地区。",
                    self._matter.same_place or "本地区内办理请直接到本地经办机构申请。",
                )
            )
        for label, part in (("申请人", form.applicant), ("代理人", form.agent)):
            try:
                if part is not None:
                    check_identity_number(part.id_no, on=self._today)
            except DomainError as error:
                defects.append(
                    Defect(
                        DefectCode.IDENTITY_NUMBER_WRONG,
                        "applicant.id_no",
                        f"{label}的公民身份号码有误。",
                        error.message,
                    )
                )
        fields = [
            Field(one.name, one.label, one.type, one.required, one.choices)
            for one in self._matter.fields
        ]
        values, wrong = read_fields(form.details, fields)
        needs = [rule.need() for rule in self._matter.documents]
        given = {material.ref.type for material in materials}
        return values, (*defects, *wrong, *missing_documents(needs, given))

    async def _filing(
        self, form: TransferForm, values: dict[str, Any], defects: tuple[Defect, ...]
    ) -> CaseFiling:
        catalog, matter = self._catalog, self._matter
        try:
            desks = agency_desks(catalog, self._here, matter.agency, matter.intake)
            theirs = agency_desks(catalog, form.peer_locality, matter.peer_agency)
        except KeyError:
            raise OfficeError(
                OfficeCode.FOREIGN_STATION,
                f"本地区或对方地区没有办理“{matter.name}”的机构；请核对对方地区代码。",
            ) from None
        intake = catalog.office(desks.intake)
        calendar = await self._desk.calendar_of(intake.code)
        pinned = {rule.name for rule in matter.fields if rule.pinned}
        return CaseFiling(
            case_no="",
            locality=self._here,
            locality_name=catalog.locality(self._here).name,
            matter=matter.code,
            matter_name=matter.name,
            matter_version=matter.version,
            catalog_version=catalog.version,
            family=matter.family,
            mode=matter.mode,
            desks=desks,
            origin=form.peer_locality,
            origin_name=catalog.locality(form.peer_locality).name,
            origin_office=form.peer_office or theirs.station,
            persons=1,
            filed_on=self._today,
            received_on=received_on(self._now, intake.opens, intake.closes, calendar),
            rules=transfer_rules(catalog, matter, self._here, form.peer_locality, on=self._today),
            findings=tuple(f"{item.code}:{item.subject}" for item in defects),
            office_names=office_names(catalog, self._here),
            counters=counters(catalog),
            facts={name: str(values[name]) for name in sorted(pinned & set(values))},
        )

    async def _take_in(
        self,
        filing: CaseFiling,
        form: TransferForm,
        values: dict[str, Any],
        materials: tuple[Material, ...],
    ) -> tuple[CaseFiling, CaseFiling | None]:
        """The case on file, and the one filed with it, in one transaction."""
        desk, companion = self._desk, None
        entry = self._entry(form, values, materials)
        async with desk.writing(entry) as connection:
            filing = await desk.numbered(connection, filing)
            other = self._companion(values)
            if other is not None:
                companion = await other.keep_beside(connection, form, values, materials)
                facts = {**filing.facts, "companion": companion.case_no}
                filing = filing.model_copy(update={"facts": facts})
            await desk.put(connection, filing, entry, self._now)
            await desk.kept(connection, filing.case_no)
        return filing, companion

    def _companion(self, values: dict[str, Any]) -> TransferFiling | None:
        """The matter that one application starts beside this one."""
        code, when = self._matter.companion, self._matter.companion_when
        if code is None or (when is not None and values.get(when) != "yes"):
            return None
        return TransferFiling(self._desk, self._catalog.transfer(code), self._now)

    async def keep_beside(
        self,
        connection: AsyncConnection,
        form: TransferForm,
        values: dict[str, Any],
        materials: tuple[Material, ...],
    ) -> CaseFiling:
        """A case of this matter from another matter's application, with the fields that it has."""
        own = {rule.name: values[rule.name] for rule in self._matter.fields if rule.name in values}
        filing = await self._filing(form, own, ())
        filing = await self._desk.numbered(connection, filing)
        entry = self._entry(form, own, materials)
        await self._desk.put(connection, filing, entry, self._now)
        return filing

    def _entry(
        self, form: TransferForm, values: dict[str, Any], materials: tuple[Material, ...]
    ) -> Entry:
        id_no = form.applicant.id_no.strip().upper()
        subject = str(values[self._matter.subject]) if self._matter.subject else id_no
        return Entry(
            application={
                "applicant": form.applicant.model_dump(),
                "agent": form.agent.model_dump() if form.agent else None,
                "details": values,
            },
            phone=form.applicant.phone,
            persons=(
                {"number": 1, "relation": "本人", "name": form.applicant.name, "id_no": id_no},
            ),
            materials=materials,
            scheme=self._matter.family,
            subject=f"{subject}@{form.peer_locality}" if self._matter.per_origin else subject,
            taken=f"已有一件“{self._matter.name}”",
        )
