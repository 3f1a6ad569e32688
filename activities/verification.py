"""数据共享核验: asks the shared registers what they can prove, so that nobody is asked for paper.

What a register confirms goes on the case as an official document; what it cannot confirm is asked
from the applicant, as a finding on the intake clerk's task.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from pydantic import BaseModel, TypeAdapter
from sqlalchemy import select
from temporalio import activity

from activities.shared_checks import SharedChecks
from adapters.protocols import (
    EducationRegister,
    MarriageRegister,
    MarriageStatus,
    OutsideRefusal,
    OutsideUnavailable,
)
from catalog.catalog import Catalog
from contracts.acts import Findings, VerifyRequest
from contracts.families import is_item
from domain.hukou_intake import HukouApplication, find_defects
from storage import documents
from storage.case_tables import Case
from storage.database import Database
from storage.people import log_access

_PURPOSE = "户口迁移免提交核验"
_REGISTER_OF = {"MARRIAGE": "marriage", "ADMISSION": "education", "GRADUATION": "education"}
_APPLICATION = TypeAdapter(HukouApplication)


class Verification:
    """Questions to marriage and education registers on behalf of one locality's cases."""

    def __init__(
        self,
        database: Database,
        marriage: MarriageRegister,
        education: EducationRegister,
        shared: SharedChecks,
        catalog: Catalog,
        locality: str,
    ) -> None:
        self._database = database
        self._marriage = marriage
        self._education = education
        self._shared = shared
        self._catalog = catalog
        self._locality = locality

    @activity.defn(name="数据共享核验")
    async def verify(self, request: VerifyRequest) -> Findings:
        """Codes such as MARRIAGE:CONFIRMED, and DOCUMENT_MISSING for what is asked on paper.

        An item's definition names sources of the shared data: CHECK:POPULATION:YES.
        """
        async with self._database.read() as connection:
            row = (
                await connection.execute(
                    select(Case.application, Case.received_on, Case.matter).where(
                        Case.case_no == request.case_no
                    )
                )
            ).one()
        if is_item(row.matter):
            return Findings(codes=await self._shared.findings(request.case_no, request.kinds))
        application = _APPLICATION.validate_python(row.application)
        codes: list[str] = []
        unproven: set[str] = set()
        for kind in request.kinds:
            result, record = await self._ask(kind, application, request.case_no)
            codes.append(f"{kind}:{result}")
            if record is None:
                unproven.add(_REGISTER_OF[kind])
            await self._keep(request.case_no, kind, record)
        rules = self._catalog.intake_rules(application.matter, self._locality, on=row.received_on)
        defects = find_defects(
            application,
            rules,
            destination_locality=self._locality,
            today=row.received_on,
            not_proven_by=unproven,
        )
        codes += [f"{defect.code}:{defect.subject}" for defect in defects if unproven]
        return Findings(codes=tuple(codes))

    async def _ask(
        self, kind: str, application: HukouApplication, case_no: str
    ) -> tuple[str, BaseModel | None]:
        try:
            record = await self._question(kind, application, case_no)
        except OutsideUnavailable:
            # Asked again by the retry policy; on the last attempt a clerk asks for the paper.
            if activity.info().attempt < 3:
                raise
            return "UNAVAILABLE", None
        except OutsideRefusal as refusal:
            return refusal.code, None
        if record is None:
            return "NOT_FOUND", None
        if getattr(record, "status", MarriageStatus.MARRIED) is not MarriageStatus.MARRIED:
            return "CONTRADICTED", None
        name = getattr(record, "name", None)
        if name is not None and name != application.migrants[0].name:
            return "CONTRADICTED", None
        return "CONFIRMED", record

    async def _question(
        self, kind: str, application: HukouApplication, case_no: str
    ) -> BaseModel | None:
        person = application.migrants[0].id_no
        if kind == "MARRIAGE":
            return await self._marriage.verify(
                person, application.spouse_id_no or "", case_no=case_no, purpose=_PURPOSE
            )
        if kind == "ADMISSION":
            return await self._education.verify_admission(
                person, application.notice_number or "", case_no=case_no, purpose=_PURPOSE
            )
        return await self._education.verify_graduation(
            person, application.diploma_number or "", case_no=case_no, purpose=_PURPOSE
        )

    async def _keep(self, case_no: str, kind: str, record: BaseModel | None) -> None:
        async with self._database.write() as connection:
            await log_access(connection, case_no, self._locality, f"verify.{kind}", _PURPOSE)
            if record is None:
                return
            content: dict[str, Any] = {"kind": kind, "record": record.model_dump(mode="json")}
            await documents.keep(
                connection,
                documents.as_json(content),
                case_no=case_no,
                type_=f"SHARED_{kind}",
                media_type=documents.JSON,
                source="SHARED",
                now=datetime.now(UTC),
            )
