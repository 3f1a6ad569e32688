"""Who may draft, publish and withdraw a definition in a locality, and what every change must say.

Called by `console.definition_desk`.
"""

from __future__ import annotations

from collections.abc import Set
from datetime import date, datetime

from catalog.catalog import Catalog
from catalog.powers import deciding
from catalog.routes import NoRoute
from console.errors import OfficeCode, OfficeError, from_domain
from console.office import Office
from contracts.commands import REJECTIONS, RejectionCode
from domain.calendar import SHANGHAI
from domain.errors import DomainError
from domain.offices import Role


def item_with_definition(catalog: Catalog, code: str) -> str:
    """The item's number; OfficeError where it is not handled by a definition at all."""
    try:
        item = catalog.item(code)
    except DomainError as error:
        raise from_domain(error) from error
    if item.template is None:
        raise OfficeError(
            OfficeCode.WRONG_FIELD,
            f"事项“{item.name}”由专门流程办理（{'、'.join(item.own)}），"
            "没有可以公布的定义；请改专门流程的数据文件。",
        )
    return item.id


def office_that_may(office: Office, clerk: str, item: str, roles: Set[Role]) -> str:
    """The clerk's office, if it decides the item here or keeps the catalogue.

    ``roles``: one of them is needed at the office that decides; the lead office's supervisors may
    do everything. OfficeError MISSING_ROLE or FOREIGN_OFFICE.
    """
    catalog = office.catalog
    try:
        office.visible_offices(clerk)
        known = catalog.clerk(clerk)
        here = catalog.locality(office.locality)
        decides = deciding(catalog, catalog.item(item), here, here.code, today())
    except DomainError as error:
        raise from_domain(error) from error
    lead = here.supervision.lead if here.supervision else here.agencies.get("SERVICE_HALL")
    if known.office == lead and Role.SUPERVISOR in known.roles:
        return known.office
    if not roles & set(known.roles):
        code = RejectionCode.MISSING_ROLE
        raise OfficeError(code, f"{REJECTIONS[code]}事项定义由主管部门的审批人公布。")
    if isinstance(decides, NoRoute) or known.office != decides.office:
        raise OfficeError(
            RejectionCode.FOREIGN_OFFICE,
            "该事项不由这位工作人员的机构决定；请由主管部门的审批人或目录主管机构办理。",
        )
    return known.office


def today() -> date:
    """The day in Asia/Shanghai, from which a publication may be in force."""
    return datetime.now(SHANGHAI).date()
