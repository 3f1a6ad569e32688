"""How a person wants to see a list: columns, and filters kept under a name.

Shared by `console.web.worklist` and the programming interface; what is kept belongs to the account.
"""

from __future__ import annotations

from typing import Any

from console.web.context import Visit
from console.web.list_choice import KEPT, Choice
from storage import saved_views

#: As many choices as one account keeps, over all lists.
SAVED_MOST = 60
NAME_CHARS = 20


async def kept_of(visit: Visit, view: str) -> dict[str, Any]:
    """What this account keeps for a list, by name; the columns stand under the empty name."""
    account = visit.person.account
    return await visit.house.office.read(
        lambda connection: saved_views.of_view(connection, account, view)
    )


async def keep_columns(visit: Visit, choice: Choice, wanted: list[str]) -> list[str]:
    """Keep the columns that the list has, in its own order; what is kept."""
    known = [column.key for column in choice.list.columns if column.key in wanted]
    async with visit.house.office.database.write() as connection:
        await saved_views.keep(
            connection, visit.person.account, choice.list.view.value, "", {"columns": known}
        )
    return known


async def save_filter(visit: Visit, choice: Choice, name: str) -> bool:
    """Keep the filters under a name; False: nothing is named or chosen, or there is no room."""
    name, account = name.strip()[:NAME_CHARS], visit.person.account
    kept = {key: choice.given[key] for key in KEPT if key in choice.given}
    if not name or not kept:
        return False
    async with visit.house.office.database.write() as connection:
        if await saved_views.number_of(connection, account) >= SAVED_MOST:
            return False
        await saved_views.keep(connection, account, choice.list.view.value, name, kept)
    return True


async def drop_filter(visit: Visit, choice: Choice, name: str) -> None:
    """Forget the filters of that name; unknown ones are forgotten already."""
    name = name.strip()[:NAME_CHARS]
    if name:
        async with visit.house.office.database.write() as connection:
            await saved_views.drop(connection, visit.person.account, choice.list.view.value, name)
