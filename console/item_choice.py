"""Which procedure an application names: an item, or the procedure of its own that handles it.

Used by filing before anything else is read.
"""

from __future__ import annotations

from typing import Any

from catalog.catalog import Catalog
from catalog.listing_models import Mode
from catalog.scope import modes_of
from contracts.families import is_item
from domain.errors import DomainError
from domain.general_intake import GeneralCode


def own_procedure(catalog: Catalog, data: dict[str, Any], here: str) -> dict[str, Any]:
    """The application with the procedure's code in place of an item that has one of its own.

    ``mode`` of such an application must be that procedure's. What is collected elsewhere by a
    procedure of its own is applied for at the window where no place but this one, ``here``, is
    named and the item has a definition too. DomainError UNKNOWN_MATTER, SEVERAL_PROCEDURES where
    the item does not say which one, MODE_OF_ITS_OWN.
    """
    matter = str(data.get("matter", ""))
    if not is_item(matter):
        return data
    item = catalog.item(matter)
    if not item.own:
        return data
    asked = data.get("mode")
    at_home = data.get("peer_locality") in (None, "", here) and Mode.WINDOW in modes_of(item)
    if at_home and asked in (None, Mode.PROXY_INTAKE):
        return data
    codes = catalog.own_procedures(item, asked)
    if not codes:
        if item.template is not None:
            return data  # by the generic procedure of that mode
        offered = "、".join(sorted({catalog.any_matter(one).mode for one in item.own}))
        raise DomainError(
            GeneralCode.MODE_OF_ITS_OWN,
            f"“{item.name}”由专门流程办理，业务模式是 {offered}；请去掉 mode 或者照此填写。",
        )
    if len(codes) > 1:
        raise DomainError(
            GeneralCode.SEVERAL_PROCEDURES,
            f"“{item.name}”分几种情形办理；请在 matter 中写明其一：{'、'.join(codes)}。",
        )
    return {**{key: value for key, value in data.items() if key != "mode"}, "matter": codes[0]}
