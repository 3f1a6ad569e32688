"""``check``: do the registers of all localities keep the rules that may never be broken?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.failure import ExitCode
from commands.register import CHECKING, command
from commands.session import Session

if TYPE_CHECKING:
    from catalog.catalog import Catalog
    from console.checking import Violation
    from settings import LocalitySettings
    from storage.database import Database

_LABELS = {
    "cases": "办件",
    "persons": "迁移人",
    "tasks": "待办",
    "acts": "法定行为",
    "clocks": "时限",
    "certificates": "证件",
    "letters": "函件",
}


@command("check", panel=CHECKING)
async def check(session: Session) -> int:
    """核查各地区的登记和人口库是否守住各项不变量；发现违反时退出码为 1。

    写 --locality 只查一个地区。迁移跨两地，只查一地时对不上另一地的，会列为违反。
    """
    from adapters.outside import OutsideSystems
    from console.checking import CHECKS, check_localities

    chosen = _chosen(session)
    databases = {own.code: session.database(own) for own in chosen}
    outside = {
        own.code: OutsideSystems.at(own.adapters, timeout_seconds=own.adapter_timeout_seconds)
        for own in chosen
    }
    try:
        counted = {code: await _count(database) for code, database in databases.items()}
        violations = await check_localities(
            databases,
            {code: systems.population for code, systems in outside.items()},
            business={code: systems.registers for code, systems in outside.items()},
            catalog=session.catalog,
        )
    finally:
        for systems in outside.values():
            await systems.aclose()
    found = {code: sum(one.invariant == code for one in violations) for code, _ in CHECKS}
    session.answer(
        {
            "checked": counted,
            "invariants": [
                {"code": code, "title": title, "violations": found[code]} for code, title in CHECKS
            ],
            "violations": [
                {
                    "invariant": one.invariant,
                    "locality": one.locality,
                    "case_no": one.case_no,
                    "text": one.text,
                }
                for one in violations
            ],
        },
        lambda: _draw(counted, CHECKS, found, violations, session.catalog),
    )
    return int(ExitCode.REFUSED if violations else ExitCode.OK)


def _chosen(session: Session) -> list[LocalitySettings]:
    if session.locality_given:
        return [session.locality()]
    return list(session.settings.localities.values())


async def _count(database: Database) -> dict[str, int]:
    """How many entries of each register are there to be checked."""
    from sqlalchemy import func, select

    from storage.case_tables import Case, Person
    from storage.paper_tables import Certificate, LetterRow
    from storage.step_tables import Act, ClockRow
    from storage.task_tables import Task

    tables = (Case, Person, Task, Act, ClockRow, Certificate, LetterRow)
    async with database.read() as connection:
        return {
            name: (
                await connection.execute(select(func.count()).select_from(table.__table__))
            ).scalar_one()
            for name, table in zip(_LABELS, tables, strict=True)
        }


def _draw(
    counted: dict[str, dict[str, int]],
    checks: tuple[tuple[str, str], ...],
    found: dict[str, int],
    violations: list[Violation],
    catalog: Catalog,
) -> None:
    from commands.screen import print_all, table
    from console.wording.labels import locality_name

    print_all(
        table(
            "已核查的登记",
            ("地区", *_LABELS.values()),
            ((locality_name(code, catalog), *counts.values()) for code, counts in counted.items()),
        ),
        table(
            f"已核查的不变量（{len(checks)}）",
            ("代码", "内容", "违反"),
            ((code, title, found[code] or "—") for code, title in checks),
        ),
    )
    if not violations:
        print_all("没有发现违反不变量的登记。")
        return
    print_all(
        table(
            f"违反（{len(violations)}）",
            ("不变量", "地区", "办件编号", "说明"),
            (
                (one.invariant, locality_name(one.locality, catalog), one.case_no, one.text)
                for one in violations
            ),
        ),
        "请按办件编号查看，并告诉系统管理员。",
    )
