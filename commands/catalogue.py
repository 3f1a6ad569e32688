"""``localities`` and ``matters``: what the catalogue holds, as codes that other commands take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.register import CHECKING, command
from commands.session import Session

if TYPE_CHECKING:
    from catalog.catalog import Catalog
    from catalog.models import MatterDefinition
    from catalog.transfer_models import FieldRule, TransferMatter


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
    """列出可以申请的事项、要填的栏目和所需材料。"""
    from contracts.families import HUKOU

    catalog = session.catalog
    session.answer(
        [
            *({**one.model_dump(mode="json"), "family": HUKOU.code} for one in _hukou(catalog)),
            *(one.model_dump(mode="json") for one in catalog.transfers.values()),
        ],
        lambda: _draw_matters(catalog),
    )


def _hukou(catalog: Catalog) -> list[MatterDefinition]:
    return list(catalog.matters.values())


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
    from contracts.families import MODE_LABELS, family

    print_all(
        table(
            "户口迁移",
            ("代码", "名称", "版本", "迁移原因", "须由申请人提交的材料", "数据共享免交"),
            (
                (one.code, one.name, one.version, one.reason.label, *_documents(one))
                for one in catalog.matters.values()
            ),
        ),
        table(
            "转移接续和其他两地联办事项",
            ("代码", "名称", "版本", "类别", "模式", "须提交的材料", "数据共享免交"),
            (
                (
                    one.code,
                    one.name,
                    one.version,
                    f"{one.family} {family(one.family).home}",
                    MODE_LABELS.get(one.mode, one.mode),
                    *_documents(one),
                )
                for one in catalog.transfers.values()
            ),
        ),
        table(
            "申请文件 details 里的栏目",
            ("事项", "栏目", "内容", "必填", "填写"),
            (
                (one.code, rule.name, rule.label, rule.required, _answers(rule))
                for one in catalog.transfers.values()
                for rule in one.fields
            ),
        ),
    )


def _documents(matter: MatterDefinition | TransferMatter) -> tuple[list[str], list[str]]:
    """(what the applicant hands in, what registers prove), by name."""
    return (
        [doc.name for doc in matter.documents if not doc.shareable_from],
        [doc.name for doc in matter.documents if doc.shareable_from],
    )


def _answers(rule: FieldRule) -> str:
    """What may be written into the field."""
    return {
        "YES_NO": "是、否",
        "DATE": "日期，如 2026-11-22",
        "MONTH": "年月，如 2026-11",
        "MONEY": "金额（元）",
        "NUMBER": "整数",
        "ID_NO": "公民身份号码",
        "VIN": "车辆识别代号",
        "CHOICE": "、".join(f"{code} {label}" for code, label in rule.choices.items()),
    }.get(rule.type.value, "文字")
