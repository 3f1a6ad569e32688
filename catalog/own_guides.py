"""The guide of an item that has a procedure of its own, made from that procedure's matters.

Called as `catalog.guides` is, for the items that have no definition, and for those whose definition
is that of the own window alone. What the matter's data do not say is not invented: fees are
referred to the authority.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from catalog.catalog import Catalog
from catalog.guides import Element, Guide, office_lines, scene_conditions
from catalog.item_models import Item
from catalog.listing_models import Mode
from catalog.models import DocumentRule, MatterDefinition
from catalog.pinning import agency_desks, hukou_rules, transfer_rules
from catalog.routes import Route
from catalog.transfer_models import TransferMatter
from catalog.words import MODES, limit_words
from contracts.cases import PinnedLimit, Rules
from contracts.families import family
from domain.offices import OfficeKind

_HOTLINE = "12345"
#: What differs between the window and a procedure that collects elsewhere.
_DIFFERENT = ("steps", "limit", "place")
_ELSEWHERE = MODES[Mode.PROXY_INTAKE]
_FEE = "有收费规定的，以主管部门公布的标准为准；本系统不代收费用"


def own_guide(
    catalog: Catalog, item: Item, locality: str, on: date, route: Route | None = None
) -> Guide | None:
    """The guide of an item's own matters as one place handles them; None: it has none."""
    matters = [
        catalog.any_matter(code)
        for code in item.own
        if code in catalog.matters or code in catalog.transfers
    ]
    if not matters:
        return None
    first = matters[0]
    peer = next((code for code in catalog.localities if code != locality), locality)
    rules: Rules = (
        transfer_rules(catalog, first, locality, peer, on=on)
        if isinstance(first, TransferMatter)
        else hukou_rules(catalog, locality, peer, on=on)
    )
    documents = {rule.type: rule for one in matters for rule in one.documents}
    elements = (
        Element("legal_basis", "设定依据", _unique(one.sources for one in matters)),
        Element("conditions", "申请条件", tuple(_conditions(catalog, item, first))),
        Element(
            "materials",
            "申请材料",
            tuple(map(_document, documents.values())) or ("申请表",),
        ),
        Element("steps", "办理流程", _steps(first)),
        Element("limit", "办理时限", tuple(_limits(rules))),
        Element("fee", "收费标准", (_FEE,)),
        Element(
            "place",
            "办理地点和时间",
            _offices(catalog, first, locality, route),
        ),
        Element("hotline", "咨询投诉", (_HOTLINE,)),
    )
    version = "、".join(f"{one.code} 第{one.version}版" for one in matters)
    return Guide(item.id, version, elements, None, "本事项由专门流程办理。")


def both_ways(window: Guide, collected: Guide) -> Guide:
    """The guide of who comes to the window, with how it is collected in another place."""
    ways = {one.key: one.lines for one in collected.elements}
    elements = tuple(
        replace(one, lines=(*one.lines, *(f"{_ELSEWHERE}：{line}" for line in ways[one.key])))
        if one.key in _DIFFERENT
        else one
        for one in window.elements
    )
    note = f"在外地申请的，由所在地窗口代收，按专门流程办理（{collected.version}）。"
    return replace(window, elements=elements, note=f"{window.note or ''}{note}")


def own_decider(catalog: Catalog, code: str, locality: str) -> str:
    """The office that decides under a procedure of its own, where the power is this place's."""
    matter = catalog.any_matter(code)
    if isinstance(matter, MatterDefinition):
        return catalog.locality(locality).hukou.bureau
    proxied = matter.mode == "PROXY_INTAKE"
    return agency_desks(catalog, locality, matter.peer_agency if proxied else matter.agency).bureau


def _conditions(
    catalog: Catalog, item: Item, first: MatterDefinition | TransferMatter
) -> Iterator[str]:
    yield f"符合{first.sources[0]}的规定"
    yield from scene_conditions(catalog, item.id)


def _offices(
    catalog: Catalog,
    first: MatterDefinition | TransferMatter,
    locality: str,
    route: Route | None,
) -> tuple[str, ...]:
    """Where the procedure's own desks are, which the general rules of items do not know."""
    here = catalog.locality(locality)
    if isinstance(first, MatterDefinition):
        stations = [one for one in here.offices if one.kind is OfficeKind.POLICE_STATION]
        receives = "、".join(one.name for one in stations)
        return (f"收件：{receives}（按地址）", f"决定：{catalog.office(here.hukou.bureau).name}")
    if first.mode == "PROXY_INTAKE" or first.agency not in here.agencies:
        return office_lines(catalog, route) or ("政务服务大厅通办窗口",)
    desks = agency_desks(catalog, locality, first.agency)
    office = catalog.office(desks.bureau)
    return (f"{office.name}（{office.opens:%H:%M}–{office.closes:%H:%M}，工作日）",)


def _document(rule: DocumentRule) -> str:
    name = rule.name if rule.required else f"{rule.name}（按需）"
    return f"{name}：数据共享核验，免提交" if rule.shareable_from else name


def _steps(matter: MatterDefinition | TransferMatter) -> tuple[str, ...]:
    known = family(matter.family)
    if matter.mode == "PROXY_INTAKE":
        return ("向所在地窗口提交，窗口核对后寄送", "属地机构受理并决定", "结果寄回或电子送达")
    if matter.mode == "JOINT" and known.leg:
        return ("一次申请、受理", f"另一地机构协同办理（{known.leg}）", "办结、送达")
    return ("申请、受理", "审核、决定", "办结、送达")


def _limits(rules: Rules) -> Iterator[str]:
    yield f"受理：{_limit(rules.intake)}"
    yield f"审核：{_limit(rules.review)}"
    yield f"另一地协办：{_limit(rules.origin)}"


def _limit(limit: PinnedLimit) -> str:
    promised = f"，承诺{limit_words(f'{limit.promised}{limit.unit}')}" if limit.promised else ""
    return f"{limit_words(f'{limit.length}{limit.unit}')}{promised}（{limit.basis}）"


def _unique(groups: Iterator[list[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(word for group in groups for word in group))
