"""Who may, and where: who receives an application for an item, and whose office decides it.

Pure look-ups over the catalogue. Filing asks here before it opens a case, the public pages and the
coverage of the lists ask the same question, so that none of them can promise what another refuses.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from catalog.catalog import Catalog
from catalog.item_models import Item
from catalog.items import covers, in_force
from catalog.listing_models import Audience, Mode
from catalog.powers import Deciding, cancelled, deciding
from catalog.routes import NoRoute, Route, Unroutable
from catalog.words import MODES

__all__ = ["NoRoute", "Route", "Unroutable", "barred", "modes_of", "offers", "route"]

HALL = "SERVICE_HALL"
_AUDIENCES = {Audience.PERSON: "个人", Audience.ENTERPRISE: "企业和其他组织"}


def route(
    catalog: Catalog,
    item_id: str,
    *,
    mode: Mode | str | None = None,
    locality: str,
    applicant_locality: str | None = None,
    audience: Audience | str | None = None,
    on: date,
    modes: Sequence[Mode] | None = None,
    chosen: Mapping[str, str] | None = None,
) -> Route | NoRoute:
    """Who receives and who decides, or why not.

    ``locality`` is the place whose organ has the power: the one that receives online, that the
    window collects for, that leads a joint matter. ``applicant_locality`` is where the applicant
    stands (the window's place under PROXY_INTAKE); None: in ``locality``. ``mode`` None is the
    first that is offered; PROXY_INTAKE in one place is WINDOW, as the answer's mode says.
    ``audience`` None asks nothing of the applicant's kind. ``modes`` are those of the definition in
    force where the locality has published one. ``chosen`` is what the application says in the
    fields that split a power between levels; without it the answer is that of the first choice
    (`catalog.powers.branches` names them all).

    DomainError UNKNOWN_MATTER for an unknown item, UNKNOWN_LOCALITY for an unknown place.
    """
    item, here = catalog.item(item_id), catalog.locality(locality)
    there = applicant_locality or locality
    offered = modes_of(item, modes)
    asked = Mode(mode) if mode is not None else offered[0]
    if asked is Mode.PROXY_INTAKE and there == locality and Mode.WINDOW in offered:
        asked = Mode.WINDOW
    if asked is Mode.WINDOW:
        there = locality  # whoever comes to the window stands in its place
    refusal = (
        _of_its_days(item, on)
        or _of_its_lists(catalog, item, locality, on)
        or _of_the_choice(item, asked, offered, audience)
        or _of_the_negative_list(catalog, item, locality, asked, on)
    )
    if refusal is not None:
        return refusal
    agreement = _crossing(catalog, item, locality, there, asked, on)
    if isinstance(agreement, NoRoute):
        return agreement
    decides = deciding(catalog, item, here, there, on, chosen)
    if isinstance(decides, NoRoute):
        return decides
    receives = _receiving(catalog, item, decides, there, asked)
    if isinstance(receives, NoRoute):
        return receives
    return Route(
        item=item.id,
        mode=asked,
        locality=locality,
        applicant_locality=there,
        receives=receives,
        competent=decides.office,
        organ=decides.organ,
        level=decides.level.value,
        tracks=decides.tracks,
        service=decides.service,
        own=tuple(item.own),
        rerouted=decides.rerouted,
        agreement=agreement,
    )


def modes_of(item: Item, modes: Sequence[Mode] | None = None) -> tuple[Mode, ...]:
    """The modes in which an item can be asked for: those offered and, where a window elsewhere may
    collect it for a generic procedure, WINDOW.

    ``modes`` are those of the definition in force where the locality has published one.
    """
    offered = tuple(modes or item.modes)
    at_home = item.template is not None and Mode.PROXY_INTAKE in offered
    return (*offered, Mode.WINDOW) if at_home else offered


def barred(catalog: Catalog, matter: str, locality: str, on: date) -> NoRoute | None:
    """Why nobody may start a matter here whatever its procedure: not in force, cancelled, on the
    negative list. For procedures of their own, which find their offices themselves.

    ``matter`` is an item or the code of a procedure of its own; None where no item is known.
    """
    item = catalog.lists.find(matter)
    if item is None:
        return None
    own = catalog.matters.get(matter) or catalog.transfers.get(matter)
    chosen = Mode(own.mode) if own else item.modes[0]
    return (
        _of_its_days(item, on)
        or cancelled(item, locality, on)
        or _of_the_negative_list(catalog, item, locality, chosen, on)
    )


def offers(catalog: Catalog, item: Item, locality: str, on: date) -> bool:
    """Whether an item belongs to what a locality offers: a list that binds it names the item, or
    a power is written for it by name."""
    named = any(power.locality != "*" and covers(power.locality, locality) for power in item.powers)
    return named or bool(catalog.lists.listed_in(item.id, locality, on))


def _of_its_days(item: Item, on: date) -> NoRoute | None:
    if in_force(item.valid_from, item.valid_to, on):
        return None
    when = f"自{item.valid_from}起" if on < item.valid_from else f"至{item.valid_to}止，现已失效"
    return NoRoute(
        item.id,
        Unroutable.NOT_IN_FORCE,
        f"事项“{item.name}”有效期{when}。",
        "请按申请日有效的事项办理，可用事项目录查找替代事项。",
    )


def _of_its_lists(catalog: Catalog, item: Item, locality: str, on: date) -> NoRoute | None:
    if not offers(catalog, item, locality, on):
        name = catalog.locality(locality).name
        return NoRoute(
            item.id,
            Unroutable.NOT_LISTED,
            f"{name}的通办清单没有列入“{item.name}”。",
            "请改选列有该事项的地区，或者到该地区的主管部门现场办理。",
        )
    return None


def _of_the_choice(
    item: Item, mode: Mode, offered: Sequence[Mode], audience: Audience | str | None
) -> NoRoute | None:
    if mode not in offered:
        return NoRoute(
            item.id,
            Unroutable.MODE_NOT_OFFERED,
            f"“{item.name}”不提供{MODES[mode]}。",
            f"请改用{'或'.join(MODES[one] for one in offered)}。",
        )
    if audience is not None and Audience(audience) not in item.audience:
        return NoRoute(
            item.id,
            Unroutable.WRONG_AUDIENCE,
            f"“{item.name}”的服务对象是{'、'.join(_AUDIENCES[one] for one in item.audience)}。",
            "请由服务对象本人申请，或者另选适合的事项。",
        )
    return None


def _of_the_negative_list(
    catalog: Catalog, item: Item, locality: str, mode: Mode, on: date
) -> NoRoute | None:
    line = catalog.lists.exclusion(item.id, locality, mode, on)
    if line is None:
        return None
    return NoRoute(
        item.id,
        Unroutable.EXCLUDED,
        f"“{item.name}”列入负面清单，{line.valid_to}前不通办：{line.reason.rstrip('。')}。",
        f"{line.remedy.rstrip('。')}。",
        line.source,
    )


def _crossing(
    catalog: Catalog, item: Item, here: str, there: str, mode: Mode, on: date
) -> str | NoRoute | None:
    """Whether the case may cross the border between two places; the agreement that it needs."""
    if here == there:
        if mode is Mode.PROXY_INTAKE:
            return NoRoute(
                item.id,
                Unroutable.SAME_PLACE,
                f"“{item.name}”由{catalog.locality(here).name}自己办理，不需要异地代收。",
                "请直接向当地承办机构申请；身在外地的，请在所在地的窗口申请。",
            )
        return None
    catalog.locality(there)
    reaches = {one.listing.reach for one in catalog.lists.listed_in(item.id, here, on)}
    if "CROSS_PROVINCE" in reaches:
        return None
    if "PROVINCE_WIDE" in reaches and here[:2] == there[:2]:
        return None
    agreement = catalog.lists.agreement(item.id, here, there, mode, on)
    if agreement is not None:
        return agreement.code
    name = catalog.locality(here)
    within = name.province if "PROVINCE_WIDE" in reaches else name.name
    return NoRoute(
        item.id,
        Unroutable.OUTSIDE_REACH,
        f"“{item.name}”只在{within}范围内通办，两地之间也没有点对点或者区域通办协议。",
        f"请在{within}范围内申请，或者直接向{name.name}的承办机构申请。",
    )


def _receiving(
    catalog: Catalog, item: Item, decides: Deciding, there: str, mode: Mode
) -> str | NoRoute:
    """The office that takes the application in."""
    if mode is not Mode.PROXY_INTAKE:
        return decides.tracks or decides.office
    window = catalog.locality(there).agencies.get(HALL)
    if window is None:
        return NoRoute(
            item.id,
            Unroutable.NO_WINDOW,
            f"{catalog.locality(there).name}没有登记代收窗口。",
            "请到承办机构所在地申请，或者改用该事项的其他业务模式。",
        )
    return window
