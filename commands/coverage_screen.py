"""How ``coverage`` shows rows and totals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.screen import print_all, table

if TYPE_CHECKING:
    from catalog.catalog import Catalog
    from catalog.coverage import Coverage, CoveredRow


def draw_coverage(catalog: Catalog, found: Coverage, *, rows: bool) -> None:
    """The rows list by list, then the totals beside the documents' own counts."""
    from catalog.coverage import RowState
    from catalog.words import MODES

    if rows:
        for total in found.totals:
            own = [row for row in found.rows if row.listing == total.listing]
            print_all(
                table(
                    f"{total.document} {total.title}（{total.listing}）",
                    (
                        "序号",
                        "清单所列名称",
                        "事项",
                        "业务模式",
                        "流程",
                        "状态",
                        "收件",
                        "决定",
                        "依协议",
                        "说明",
                    ),
                    (
                        (
                            _number(row),
                            row.name,
                            row.item,
                            [MODES[mode] for mode in row.modes],
                            sorted({place.procedure for place in row.places if place.procedure}),
                            row.state.label,
                            _offices(catalog, row, "receives"),
                            _offices(catalog, row, "competent"),
                            sorted(
                                {
                                    way.elsewhere.agreement
                                    for place in row.places
                                    for way in place.ways
                                    if way.elsewhere.agreement
                                }
                            ),
                            sorted({place.reason for place in row.places if place.reason}),
                        )
                        for row in own
                    ),
                )
            )
    states = list(RowState)
    print_all(
        table(
            "合计（括号内是文件自己的数字）",
            ("文件", "清单", "编号行", "叶子行", *(state.label for state in states), "相符"),
            (
                *(
                    (
                        one.document,
                        one.listing,
                        f"{one.numbered}（{one.numbered_said}）",
                        f"{one.leaves}（{one.leaves_said}）",
                        *(one.states.get(state, 0) for state in states),
                        one.agrees,
                    )
                    for one in found.totals
                ),
                (
                    "全部",
                    "",
                    sum(one.numbered for one in found.totals),
                    sum(one.leaves for one in found.totals),
                    *(sum(one.states.get(state, 0) for one in found.totals) for state in states),
                    all(one.agrees for one in found.totals),
                ),
            ),
        ),
        "清单各行均已落实。" if found.complete else _missing(found),
    )


def _offices(catalog: Catalog, row: CoveredRow, which: str) -> list[str]:
    """Who receives, or decides, in each place of the row and each way that is open."""
    codes = (getattr(way.best, which) for place in row.places for way in place.ways)
    return [catalog.office(code).name for code in dict.fromkeys(codes) if code]


def _number(row: CoveredRow) -> str:
    return f"{row.number}" if row.sub is None else f"{row.number}.{row.sub}"


def _missing(found: Coverage) -> str:
    from catalog.coverage import RowState

    if not found.rows:
        return "目录里没有清单；请核对数据目录。"
    missing = sum(
        any(place.state is RowState.MISSING for place in row.places) for row in found.rows
    )
    wrong = [one.listing for one in found.totals if not one.agrees]
    told = [f"有 {missing} 行应当能办而不能办"] if missing else []
    told += [f"行数与文件不符：{'、'.join(wrong)}"] if wrong else []
    return f"{'；'.join(told)}；请按说明补齐目录数据。"
