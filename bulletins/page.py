"""The bulletin as one self-contained page: no script, nothing loaded from elsewhere.

Called by the command line and the console.
"""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bulletins.charts import svg
from bulletins.model import Sheet, View, shown

_ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def html(view: View) -> str:
    """The page."""
    return _ENVIRONMENT.get_template("page.html.j2").render(
        view=view,
        sheets=[sheet.shortened() for sheet in view.sheets],
        shown=shown,
        chart=_chart,
        is_number=_is_number,
    )


def _chart(sheet: Sheet) -> Markup:
    # The library escapes its labels itself.
    return Markup(svg(sheet.chart)) if sheet.chart else Markup("")


def _is_number(text: str) -> bool:
    return text.rstrip("%").replace(".", "", 1).isdigit()
