"""What the other locality's request says of the work asked for here, for the page of a task.

Called by `console.web.task_page`, which has logged the reading: phone numbers and addresses are
personal data. A leg keeps the paper of the request as its application (`activities.papers`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from catalog.catalog import Catalog
from console.web.paper_reading import Line, lines_of

#: What the page says elsewhere, or what only the two offices need.
_LEFT_OUT = frozenset(
    {
        *("title", "letter_no", "home_case_no", "sender", "receiver", "issued_at"),
        *("subject", "migrants", "documents", "record_kind"),
    }
)


def request_lines(case: Mapping[str, Any], application: Any, catalog: Catalog) -> list[Line]:
    """The fields of the request that a leg works on; empty for a case that was filed here."""
    if case["kind"] != "LEG" or not isinstance(application, dict):
        return []
    content = {
        key: value
        for key, value in application.items()
        if key not in _LEFT_OUT and value not in (None, "", {}, [])
    }
    found = lines_of(content, catalog, case["family"])
    return found if set(content) - {"matter"} else []


def phone_to_call(task: Mapping[str, Any], application: Any) -> str | None:
    """The number of who applied, for a task of calling; "" where the request names none.

    None for every other task.
    """
    if task["kind"] != "PHONE_CONFIRMATION":
        return None
    applicant = application.get("applicant") if isinstance(application, dict) else None
    return str((applicant or {}).get("phone") or "")
