"""An issued or previewed content as a file: which formats there are, and their media types.

Called by the command line and the console. A library is loaded only for the format asked.
"""

from __future__ import annotations

import json
from datetime import datetime

from bulletins.view import view
from domain.bulletins import digest_of
from domain.calendar import SHANGHAI

MEDIA_TYPES = {
    "html": "text/html; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "json": "application/json",
}


def printed(text: str, number: str | None, format_: str) -> bytes:
    """The file of a canonical content in one of `MEDIA_TYPES`."""
    if format_ == "json":
        return text.encode()
    content = json.loads(text)
    seen = view(content, number, digest_of(text))
    made = datetime.fromisoformat(content["as_of"])
    if format_ == "html":
        from bulletins.page import html

        return html(seen).encode()
    if format_ == "xlsx":
        from bulletins.workbook import xlsx

        return xlsx(seen, made)
    from bulletins.paper import pdf

    return pdf(seen, made.astimezone(SHANGHAI).date())
