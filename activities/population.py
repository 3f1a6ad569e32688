"""人口库: the acts and questions of a hukou migration at the police's population register.

Personal data are loaded here from the case and never come from or go into a workflow. A refusal
of the register is an answer; an outage is raised and retried under the same key.
"""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

from sqlalchemy import select, update
from temporalio import activity

from adapters.protocols import (
    CancelOrder,
    CloseOrder,
    DeathOrder,
    LandOrder,
    OutsideRefusal,
    PopulationRegister,
    RegisterReceipt,
    Registration,
    RegistrationStatus,
    ReplaceOrder,
    RestoreOrder,
    UrbanRural,
)
from contracts.acts import ActOutcome, CompareRequest, Comparison, PersonAct, PersonFinding
from domain.hukou import OriginRefusal
from domain.identity import birth_date_of, sex_of
from storage.case_tables import Case, Person
from storage.database import Database
from storage.people import log_access

_PURPOSE = "户口迁移跨省通办"


class PopulationDesk:
    """One locality's access to its population register."""

    def __init__(self, database: Database, register: PopulationRegister, locality: str) -> None:
        self._database = database
        self._register = register
        self._locality = locality

    @activity.defn(name="人口库核对")
    async def compare(self, request: CompareRequest) -> Comparison:
        """Compare each open person of a leg; the registered facts are kept on the case."""
        async with self._database.read() as connection:
            people = (
                await connection.execute(
                    select(Person.number, Person.name, Person.id_no, Person.details)
                    .where(Person.case_no == request.case_no, Person.open)
                    .order_by(Person.number)
                )
            ).all()
            home = (
                await connection.execute(select(Case.peer).where(Case.case_no == request.case_no))
            ).scalar_one()
        findings, registered = [], {}
        for person in people:
            found = await self._register.look_up(
                person.id_no, case_no=request.case_no, purpose=_PURPOSE
            )
            findings.append(self._judge(person, found, request.office, home))
            if found is not None:
                registered[person.number] = {**person.details, "registered": _facts(found)}
        async with self._database.write() as connection:
            for number, details in registered.items():
                await connection.execute(
                    update(Person)
                    .where(Person.case_no == request.case_no, Person.number == number)
                    .values(details=details)
                )
            await log_access(
                connection, request.case_no, request.office, "population.look_up", _PURPOSE
            )
        return Comparison(findings=tuple(findings))

    def _judge(
        self, person: Any, found: Registration | None, office: str, home: str
    ) -> PersonFinding:
        def finding(code: str, **pointer: str | None) -> PersonFinding:
            return PersonFinding(person=person.number, code=code, **pointer)

        if found is None:
            return finding(OriginRefusal.NOT_REGISTERED_HERE)
        if found.status is RegistrationStatus.DECEASED:
            return finding(OriginRefusal.DECEASED)
        if found.status is RegistrationStatus.IN_TRANSIT:
            return finding(OriginRefusal.OTHER_MIGRATION_OPEN)
        if found.status is RegistrationStatus.MOVED_OUT:
            if found.now_in and found.now_in not in (self._locality, home):
                return finding("OTHER_LOCALITY", locality=found.now_in)
            return finding(OriginRefusal.ALREADY_MOVED)
        if found.under_investigation:
            return finding(OriginRefusal.UNDER_INVESTIGATION)
        if (found.name, found.id_no) != (person.name, person.id_no):
            return finding(OriginRefusal.IDENTITY_DIFFERS)
        if found.needs_art14_approval:
            return finding(OriginRefusal.NEEDS_APPROVAL)
        if found.station != office:
            return finding("OTHER_STATION", office=found.station)
        return finding("OK")

    @activity.defn(name="注销户口")
    async def cancel(self, act: PersonAct) -> ActOutcome:
        """ACTIVE to IN_TRANSIT with the certificate's number: the point of no return."""
        id_no = (await self._person(act)).id_no
        return await _done(
            self._register.cancel_for_move(
                CancelOrder(
                    key=act.key,
                    case_no=act.case_no,
                    id_no=id_no,
                    certificate_no=act.certificate_no or "",
                    to_locality=act.locality,
                    on=act.on,
                )
            )
        )

    @activity.defn(name="更换迁移证编号")
    async def replace_certificate(self, act: PersonAct) -> ActOutcome:
        """The reissued certificate takes the old one's place."""
        id_no = (await self._person(act)).id_no
        return await _done(
            self._register.replace_certificate(
                ReplaceOrder(
                    key=act.key,
                    case_no=act.case_no,
                    id_no=id_no,
                    old_no=act.certificate_no or "",
                    new_no=act.other_no or "",
                )
            )
        )

    @activity.defn(name="登记迁出完成")
    async def close_moved(self, act: PersonAct) -> ActOutcome:
        """IN_TRANSIT to MOVED_OUT after the destination's confirmation."""
        id_no = (await self._person(act)).id_no
        return await _done(
            self._register.close_moved(
                CloseOrder(
                    key=act.key,
                    case_no=act.case_no,
                    id_no=id_no,
                    certificate_no=act.certificate_no or "",
                    landed_in=act.locality,
                    on=act.on,
                )
            )
        )

    @activity.defn(name="恢复户口")
    async def restore(self, act: PersonAct) -> ActOutcome:
        """IN_TRANSIT back to ACTIVE on the 未落户证明 (H4)."""
        id_no = (await self._person(act)).id_no
        return await _done(
            self._register.restore(
                RestoreOrder(
                    key=act.key,
                    case_no=act.case_no,
                    id_no=id_no,
                    certificate_no=act.certificate_no or "",
                    not_landed_proof_no=act.other_no or "",
                    on=act.on,
                )
            )
        )

    @activity.defn(name="死亡登记")
    async def record_death(self, act: PersonAct) -> ActOutcome:
        """The registration ends with the person."""
        id_no = (await self._person(act)).id_no
        return await _done(
            self._register.record_death(
                DeathOrder(key=act.key, case_no=act.case_no, id_no=id_no, on=act.on)
            )
        )

    @activity.defn(name="落户登记")
    async def land(self, act: PersonAct) -> ActOutcome:
        """A new ACTIVE registration here, citing the certificate that it consumes (H3)."""
        person = await self._person(act)
        application = person.application or {}
        registered = person.details.get("registered", {})
        return await _done(
            self._register.land(
                LandOrder(
                    key=act.key,
                    case_no=act.case_no,
                    id_no=person.id_no,
                    name=person.name,
                    sex=sex_of(person.id_no),
                    birth_date=birth_date_of(person.id_no),
                    ethnic=registered.get("ethnic", "未说明"),
                    certificate_no=act.certificate_no,
                    station=act.office,
                    address=application["destination_address"],
                    household_no=application.get("receiving_household"),
                    urban_rural=UrbanRural.RURAL
                    if application.get("destination_area") == "rural"
                    else UrbanRural.URBAN,
                    phone=person.phone if act.person == 1 else None,
                    on=act.on,
                )
            )
        )

    async def _person(self, act: PersonAct) -> Any:
        async with self._database.read() as connection:
            return (
                await connection.execute(
                    select(Person.name, Person.id_no, Person.details, Case.application, Case.phone)
                    .join(Case, Case.case_no == Person.case_no)
                    .where(Person.case_no == act.case_no, Person.number == act.person)
                )
            ).one()


async def _done(order: Awaitable[RegisterReceipt]) -> ActOutcome:
    try:
        receipt = await order
    except OutsideRefusal as refusal:
        return ActOutcome(done=False, code=refusal.code)
    return ActOutcome(done=True, receipt_no=receipt.receipt_no)


def _facts(found: Registration) -> dict[str, Any]:
    """What 迁出反馈 tells the destination of a registered person."""
    return found.model_dump(
        mode="json",
        include={
            "ethnic",
            "sex",
            "birth_date",
            "address",
            "urban_rural",
            "household_no",
            "station",
            "former_name",
        },
    )
