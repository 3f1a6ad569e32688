"""Whether each item of a bundle can be filed here today, by the definitions that are in force.

Used by `console.scenario_filing` before anything is kept: what a locality has published since the
bundle was written may offer other modes, or ask for more than the common form maps.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from catalog.catalog import Catalog
from catalog.definitions import Definition
from catalog.listing_models import Audience, Mode
from catalog.routes import NoRoute
from catalog.scope import barred, modes_of, route
from catalog.scope_models import ScenarioItem
from console.general_check import choices
from console.general_form import GeneralForm

_REMEDY = "请单独申请该事项，或者由目录维护人员补充一张表的对应关系。"


def refusals(
    catalog: Catalog,
    form: GeneralForm,
    one: ScenarioItem,
    definition: Definition | None,
    *,
    audience: Audience,
    here: str,
    on: date,
) -> Iterator[str]:
    """Why an item cannot be filed with the bundle, in whole sentences; nothing where it can.

    ``definition`` is the one in force here; None: the item has a procedure of its own alone.
    """
    item = catalog.item(one.item)
    if one.peer and form.peer_locality is None and not _at_home(catalog, one):
        yield f"“{item.name}”须用 peer_locality 写明由哪个地区办理，请补填其地区代码。"
        return
    if item.own or definition is None:
        found = barred(catalog, item.id, here, on)
        if found is not None:
            yield f"{found.reason}{found.remedy}"
        return
    elsewhere = one.peer and (one.mode or definition.modes[0]) is Mode.PROXY_INTAKE
    given = {own: form.details[name] for name, own in one.fields.items() if name in form.details}
    way = route(
        catalog,
        one.item,
        mode=one.mode,
        locality=form.peer_locality if elsewhere and form.peer_locality else here,
        applicant_locality=here if elsewhere or not one.peer else form.peer_locality,
        audience=audience,
        on=on,
        modes=definition.modes,
        chosen=choices(definition.fields, given),
    )
    if isinstance(way, NoRoute):
        yield f"{way.reason}{way.remedy}"
        return
    yield from _unmapped(one, definition)


def _at_home(catalog: Catalog, one: ScenarioItem) -> bool:
    """Whether a window here may ask this place's own office instead of another's."""
    return one.mode is Mode.PROXY_INTAKE and Mode.WINDOW in modes_of(catalog.item(one.item))


def _unmapped(one: ScenarioItem, definition: Definition) -> Iterator[str]:
    """What the definition demands and the common form does not ask."""
    missing = [
        f"必填栏目“{field.label}”"
        for field in definition.fields
        if field.required and field.name not in one.fields.values()
    ]
    missing += [
        f"必交材料“{material.name}”"
        for material in definition.materials
        if material.required
        and material.shareable_from is None
        and material.type not in one.materials.values()
    ]
    if missing:
        yield (
            f"“{definition.name}”按本地区公布的办理方式须有{'、'.join(missing)}，"
            f"一张表没有对应；{_REMEDY}"
        )
