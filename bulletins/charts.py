"""Charts as inline SVG (pygal): no script, no font and no address from elsewhere.

Called by `bulletins.page`. Beside every chart stands its table, so that nothing is told by colour
alone.
"""

from __future__ import annotations

import hashlib
from xml.etree.ElementTree import Element, tostring

from pygal import Bar, HorizontalBar
from pygal.style import Style

from bulletins.model import Chart

#: Blue and orange: told apart by those who see no red or green, and in print.
_COLOURS = ("#1f5fa8", "#d9730d", "#5b8c2a", "#7a4fa3")
_FONT = "Noto Sans CJK SC, Source Han Sans SC, Microsoft YaHei, PingFang SC, sans-serif"
_LABEL = 13
_AHEAD = "\u2003"
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
        style=_style(len(chart.series), backwards=chart.across),
        js=(),
        disable_xml_declaration=True,
        explicit_size=False,
        show_legend=len(chart.series) > 1,
        legend_at_bottom=True,
        legend_at_bottom_columns=len(chart.series),
        print_values=chart.across or len(chart.labels) <= 15,
        print_zeroes=False,
        # Centred on the bar's end: a wide space keeps the number off the bar.
        value_formatter=lambda value: f"{_AHEAD if chart.across else ''}{value:.0f}",
        truncate_label=-1,
        x_label_rotation=0,
        spacing=14,
        margin=12,
        # The library takes every letter for a Latin one, which is hardly more than half as wide.
        margin_left=12 + (_LABEL * max(map(len, chart.labels)) // 2 if chart.across else 0),
        print_values_position="top",
        include_x_axis=True,
        max_scale=6,
    )
    labels = chart.labels[::-1] if chart.across else chart.labels
    drawn.x_labels = list(labels)
    for name, values in chart.series[::-1] if chart.across else chart.series:
        drawn.add(name, list(values[::-1] if chart.across else values))
    tree = drawn.render_tree()
    # Styles of a chart are its own by its id, which must be the same each time.
    name = f"chart-{hashlib.sha256(chart.title.encode()).hexdigest()[:8]}"
    return _without_script(tree).replace(str(tree.get("id")), name)


def _without_script(drawn: Element) -> str:
    """The library adds its script's settings and a dated comment; the page has neither."""
    for parent in list(drawn.iter()):
        for child in [one for one in parent if not _is_drawn(one.tag)]:
            parent.remove(child)
    return tostring(drawn, encoding="unicode")


def _is_drawn(tag: object) -> bool:
    return isinstance(tag, str) and not tag.endswith("script")


def _style(series: int, *, backwards: bool) -> Style:
    colours = _COLOURS[:series]
    return Style(
        background="#ffffff",
        plot_background="#ffffff",
        foreground="#3b4252",
        foreground_strong="#1b2030",
        foreground_subtle="#8b93a5",
        colors=colours[::-1] if backwards else colours,
        value_colors=("#1b2030",) * series,
        font_family=_FONT,
        label_font_size=_LABEL,
        major_label_font_size=_LABEL,
        value_font_size=12,
        legend_font_size=14,
        guide_stroke_color="#dce1ea",
        major_guide_stroke_color="#c3cad8",
        opacity="1",
        opacity_hover="1",
    )
