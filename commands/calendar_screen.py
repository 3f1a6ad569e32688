"""How ``calendar …`` shows years, changes with their re-plans, and findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from commands.screen import print_all, shown, table, with_weekday
from domain.recount import Change

if TYPE_CHECKING:
    from activities.cross_check import Differs
    from catalog.calendar_files import PublishedYear
    from catalog.catalog import Catalog
    from console.calendar_desk import Changed
    from console.calendar_looking import YearShown


def draw_year(year: YearShown) -> None:
    """One year's days off, make-up days and closures."""
    notice = (
        f"依据：{year.notice}（{year.published_on} 公布）"
        if year.notice
        else "该年放假安排尚未公布：只有法定节日本身，补假和调休未定，到期日都是暂定的。"
    )
    rows: list[tuple[object, ...]] = [
        (name, with_weekday(first), with_weekday(last)) for name, first, last in year.blocks
    ]
    rows += [("调休上班", with_weekday(day), "") for day in year.make_up]
    rows += [("机构不办公", with_weekday(day), "") for day in year.closed]
    print_all(
        table(f"{year.year}年（历法 {year.version}）", ("名称", "自", "至"), rows),
        f"{notice}\n工作日共 {year.working_days} 天。",
    )


def draw_versions(found: dict[str, Any]) -> None:
    """The log of changes with the progress of their re-plans, and the closures of offices."""
    print_all(
        f"正在使用：{found['in_force']}（已公布年份：{'、'.join(map(str, found['years']))}）",
        table(
            "历法变更",
            ("序号", "时间", "变更", "年份", "通知", "版本", "办理人", "重排"),
            (
                (
                    row["id"],
                    row["at"],
                    Change(row["change"]).label,
                    row["year"],
                    row["notice"],
                    row["version"],
                    row["actor"],
                    replan_words(row["replan"]),
                )
                for row in found["log"]
            ),
        ),
        table(
            "机构不办公",
            ("机构", "日期", "登记为", "事由", "依据文书", "办理人", "时间"),
            (
                (
                    row["office"],
                    row["day"],
                    "不办公" if row["closed"] else "照常办公",
                    row["reason"],
                    row["evidence"],
                    row["actor"],
                    row["at"],
                )
                for row in found["closures"]
            ),
        ),
    )


def draw_change(done: Changed, catalog: Catalog) -> None:
    """What was changed, or would be."""
    found = done.preview
    if done.repeated:
        print_all(f"与正在使用的历法 {done.version_to} 相同，没有变更。")
        return
    said = f"{done.change.label}{done.year}年放假安排（{done.notice}）"
    print_all(
        f"{'预览：' if done.entry is None else '已'}{said}："
        f"历法由 {done.version_from} 改为 {done.version_to}。",
        f"在办时限 {found.total} 个：到期日变动 {found.moved}，转为确定或暂定 {found.confirmed}，"
        f"不变 {found.same}，已届满不变 {found.expired}，保留原日期 {found.kept}。",
    )
    if found.shares:
        print_all(
            table(
                f"到期日变动（新到期日 {found.earliest} 至 {found.latest}）",
                ("事项", "机构", "变动", "提前", "推后", "最早", "最晚"),
                (
                    (
                        one.matter_name,
                        _office(catalog, one.office),
                        one.moved,
                        one.earlier,
                        one.later,
                        one.earliest,
                        one.latest,
                    )
                    for one in found.shares
                ),
            )
        )
    if done.entry is not None:
        print_all(f"重排已开始：{done.workflow_id}；进度见 calendar versions。")


def draw_comparison(file: PublishedYear, found: tuple[Differs, ...] | None) -> None:
    """A data file against the second source."""
    print_all(f"{file.year}年放假安排（{file.notice}，{file.published_on} 公布）格式正确。")
    if found is None:
        print_all(f"chinesecalendar 没有{file.year}年的数据，无从比对；请对照通知原文复核。")
    elif found:
        print_all(
            table(
                f"与 chinesecalendar 不同（{len(found)}）",
                ("日期", "数据", "chinesecalendar"),
                (
                    (with_weekday(one.day), _working(one.ours), _working(one.theirs))
                    for one in found
                ),
            ),
            "以通知原文为准；请逐日复核。",
        )
    else:
        print_all("与 chinesecalendar 逐日一致。")


def draw_findings(found: dict[str, list[dict[str, Any]]]) -> None:
    """What the check of each locality's calendar has found."""
    if not any(found.values()):
        print_all("历法没有待处理事项。")
        return
    print_all(
        table(
            "历法待处理事项",
            ("地区", "自", "事项", "处理", "办件"),
            (
                (code, one["opened_on"], one["text"], one["remedy"], one["case_no"] or "已说明")
                for code, rows in found.items()
                for one in rows
            ),
        )
    )


def replan_words(row: dict[str, Any] | None) -> str:
    """How far a re-plan has come: counted, in effect everywhere, told to everybody."""
    if row is None:
        return ""
    if row["superseded_by"] is not None:
        return f"由第 {row['superseded_by']} 号取代"
    done = f"{row['counted']} / {shown(row['total'])}，变动 {row['moved']}"
    if row["counted_at"] is None:
        return f"重排中 {done}"
    if row["finished_at"] is not None:
        return f"完成 {done}"
    if row["armed_at"] is None:
        return f"重设计时器中 {done}，提前的还有 {row['urgent_untold']} / {row['urgent']}"
    return f"已全部生效 {done}，待告知 {row['untold']} / {row['tidings']}"


def _working(working: bool) -> str:
    return "工作日" if working else "休息日"


def _office(catalog: Catalog, code: str) -> str:
    known = catalog.offices.get(code)
    return f"{known.name} {code}" if known else code
