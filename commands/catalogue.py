"""``localities`` and ``matters``: what the catalogue holds, as codes that other commands take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.register import CHECKING, command
from commands.session import Session

if TYPE_CHECKING:
    from catalog.catalog import Catalog


@command("localities", panel=CHECKING)
def localities(session: Session) -> None:
    """列出地区、机构和工作人员编号。"""
    catalog = session.catalog
    served = set(session.settings.localities) if session.set_up else set()
    session.answer(
        [
            {**one.model_dump(mode="json"), "served_here": one.code in served}
            for one in catalog.localities.values()
        ],
        lambda: _draw_localities(catalog, served),
    )


@command("matters", panel=CHECKING)
def matters(session: Session) -> None:
    """列出可以申请的事项和所需材料。"""
    catalog = session.catalog
    session.answer(
        [one.model_dump(mode="json") for one in catalog.matters.values()],
        lambda: _draw_matters(catalog),
    )


def _draw_localities(catalog: Catalog, served: set[str]) -> None:
    from commands.screen import print_all, table

    print_all(
        table(
            "地区",
            ("代码", "名称", "省", "市", "区域协作", "本机是否办理"),
            (
                (one.code, one.name, one.province, one.city, one.regions, one.code in served)
                for one in catalog.localities.values()
            ),
        ),
        table(
            "机构与工作人员",
            ("机构", "名称", "类别", "办公时间", "工作人员（岗位）"),
            (
                (
                    office.code,
                    office.name,
                    office.kind.label,
                    f"{office.opens:%H:%M}–{office.closes:%H:%M}",
                    [
                        f"{clerk.code}（{'、'.join(role.label for role in clerk.roles)}）"
                        for clerk in one.clerks
                        if clerk.office == office.code
                    ],
                )
                for one in catalog.localities.values()
                for office in one.offices
            ),
        ),
    )


def _draw_matters(catalog: Catalog) -> None:
    from commands.screen import print_all, table

    print_all(
        table(
            "事项",
            ("代码", "名称", "版本", "迁移原因", "须由申请人提交的材料", "数据共享免交"),
            (
                (
                    one.code,
                    one.name,
                    one.version,
                    one.reason.label,
                    [doc.name for doc in one.documents if not doc.shareable_from],
                    [doc.name for doc in one.documents if doc.shareable_from],
                )
                for one in catalog.matters.values()
            ),
        )
    )
