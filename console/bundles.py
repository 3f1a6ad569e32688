"""What a case has under it and above it: items of a composite case, parts of a joint one.

Called by `console.looking` for the detail of a case.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from sqlalchemy.ext.asyncio import AsyncConnection

from storage import joint_views, scenarios


async def bundle(connection: AsyncConnection, case_no: str) -> dict[str, Any]:
    """``children`` and ``parts`` in their order, and the composite that the case belongs to."""
    return {
        "children": [asdict(one) for one in await scenarios.children_of(connection, case_no)],
        "parts": [asdict(one) for one in await joint_views.parts_of(connection, case_no)],
        "composite_no": await scenarios.composite_of(connection, case_no),
    }
