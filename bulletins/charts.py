"""Charts as inline SVG (pygal): no script, no font and no address from elsewhere.

Called by `bulletins.page`. Beside every chart stands its table, so that nothing is told by colour
alone.
"""

from __future__ import annotations

from pygal import Bar, HorizontalBar
from pygal.style import Style

from bulletins.model import Chart

#: Blue and orange: told apart by those who see no red or green, and in print.
_COLOURS = ("#1f5fa8", "#d9730d", "#5b8c2a", "#7a4fa3")
_FONT = "Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, PingFang SC, sans-serif"
_STYLE = Style(
    background="#ffffff",
    plot_background="#ffffff",
    foreground="#3b4252",
    foreground_strong="#1b2030",
    foreground_subtle="#8b93a5",
    colors=_COLOURS,
    font_family=_FONT,
    label_font_size=13,
    major_label_font_size=13,
    value_font_size=12,
    legend_font_size=14,
    title_font_size=16,
    value_colors=("#1b2030",) * len(_COLOURS),
    opacity="1",
    opacity_hover="1",
)
_BAR, _FRAME = 26, 120


def svg(chart: Chart) -> str:
    """The chart; empty where there is nothing to show."""
    if not chart.labels or not any(any(values) for _, values in chart.series):
        return ""
    kind = HorizontalBar if chart.across else Bar
    height = _FRAME + _BAR * len(chart.labels) * len(chart.series) if chart.across else 320
    drawn = kind(
        width=960,
        height=height,
        style=_STYLE,
        js=(),
        disable_xml_declaration=True,
        explicit_size=False,
        show_legend=len(chart.series) > 1,
        legend_at_bottom=True,
        legend_at_bottom_columns=len(chart.series),
        print_values=chart.across or len(chart.labels) <= 15,
        print_zeroes=False,
        value_formatter=lambda value: f"{value:.0f}",
        truncate_label=-1,
        x_label_rotation=0,
        spacing=14,
        margin=12,
        no_prefix=True,
        include_x_axis=True,
        max_scale=6,
    )
    labels = chart.labels[::-1] if chart.across else chart.labels
    drawn.x_labels = list(labels)
    for name, values in chart.series[::-1] if chart.across else chart.series:
        drawn.add(name, list(values[::-1] if chart.across else values))
    return str(drawn.render(is_unicode=True))
