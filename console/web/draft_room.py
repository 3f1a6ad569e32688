"""Drafts of applications: begun, kept, given papers, and filed once.

Shared by the intake pages and the programming interface. A draft belongs to the account that began
it; the transaction that puts its case on file marks it.
"""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncConnection

from console.errors import OfficeCode, OfficeError, from_domain
from console.filing import FilingDesk
from console.intake_desk import Filed
from console.looking import Record
from console.web.acting import note_key
from console.web.context import Visit
from console.web.intake_form import MatterForm, describe
from console.web.intake_reading import Content, application_of, mark_of
from console.web.uploads import Upload
from domain.errors import DomainError
from domain.permissions import Permission
from storage import documents, drafts


class FiledMeanwhile(Exception):
    """The same draft was filed by another submission a moment ago."""


class ChangedElsewhere(Exception):
    """Another sheet of the same draft has kept something else; nothing was overwritten.

    ``draft``: as it stands, but with what was typed here.
    """

    def __init__(self, draft: Record, saved_at: datetime) -> None:
        super().__init__()
        self.draft = draft
        self.saved_at = saved_at


async def form_of(visit: Visit, matter: str) -> MatterForm:
    """The form of a matter here and today; OfficeError for an unknown one."""
    try:
        return await describe(visit.house.office, matter, visit.today)
    except DomainError as error:
        raise from_domain(error) from error


async def begin(visit: Visit, matter: str) -> str:
    """Begin a draft of that matter; its number. Drafts that nobody touches go at that moment."""
    visit.need(Permission.FILE)
    clerk, desk = filing_post(visit)
    form = await form_of(visit, matter)
    if not form.sections:
        raise OfficeError(OfficeCode.NOT_FOUND, "这个事项不能在这里收件；请从列表中选择。")
    number, now = uuid.uuid4().hex, datetime.now(UTC)
    office = visit.house.office
    policy = office.catalog.policy("draft.days", office.locality, on=visit.today)
    async with office.database.write() as connection:
        await drafts.forget(connection, now - timedelta(days=policy.as_number()))
        await drafts.begin(
            connection,
            number,
            account=visit.person.account,
            clerk=clerk,
            office=desk,
            matter=matter,
            now=now,
        )
    return number


async def draft_of(visit: Visit, number: str) -> Record:
    """A draft of this account; OfficeError NOT_FOUND for any other."""
    visit.need(Permission.FILE)
    found = await visit.house.office.read(
        lambda connection: drafts.find(connection, number, visit.person.account)
    )
    if found is None:
        raise OfficeError(OfficeCode.NOT_FOUND, "没有这份草稿，或者不是您的；请从收件页面进入。")
    return found


async def keep_content(
    visit: Visit, draft: Record, content: Content, *, page: str = "", seen: str | None = None
) -> bool:
    """Keep what was typed; False where the draft was filed meanwhile.

    ``page``: the sheet that it was typed on, ``seen``: the mark of what that sheet showed. Raises
    ChangedElsewhere where another sheet has kept something else since.
    """
    account = visit.person.account
    async with visit.house.office.database.write() as connection:
        kept = await drafts.held(connection, draft["id"], account) if seen is not None else None
        if kept is not None:
            before: Content = kept["content"]
            same = all(before.get(name) == value for name, value in content.items())
            if not same and before.get("page", "") != page and mark_of(before) != seen:
                raise ChangedElsewhere({**kept, "content": {**before, **content}}, kept["saved_at"])
        return await drafts.save(
            connection, draft["id"], account, {**content, "page": page}, datetime.now(UTC)
        )


async def keep_paper(visit: Visit, upload: Upload, type_: str, person: int) -> Record:
    """Keep the bytes of a paper by their digest; how the draft names it. ``person`` 0: nobody's."""
    async with visit.house.office.database.write() as connection:
        digest = await documents.put(
            connection, upload.content, upload.media_type, datetime.now(UTC)
        )
    return {
        "type": type_,
        "person": person,
        "digest": digest,
        "name": upload.name,
        "size": len(upload.content),
        "media_type": upload.media_type,
    }


async def change_papers(visit: Visit, draft: Record, *, added: list[Record], removed: str) -> None:
    """Papers that come to the draft, and the digest of one that goes."""
    if not added and not removed:
        return
    async with visit.house.office.database.write() as connection:
        await drafts.change_papers(
            connection,
            draft["id"],
            visit.person.account,
            added=added,
            removed=removed,
            now=datetime.now(UTC),
        )


async def file_draft(visit: Visit, draft: Record, *, only_check: bool = False) -> Filed:
    """Put the draft on file; FiledMeanwhile where another submission of it was first."""
    office = visit.house.office
    matter = await form_of(visit, draft["matter"])
    content: Content = draft["content"]
    found: dict[str, tuple[str, bytes]] = {}
    async with office.database.read() as connection:
        for one in content.get("uploads", []):
            paper = await documents.load(connection, one["digest"])
            if paper is not None:
                found[one["digest"]] = paper

    async def kept(connection: AsyncConnection, case_no: str) -> None:
        if not await drafts.filed(connection, draft["id"], case_no, datetime.now(UTC)):
            raise FiledMeanwhile
        await note_key(visit, connection, case_no, clerk, "application", "收件")

    clerk, _ = filing_post(visit)
    desk = FilingDesk(office, clerk=clerk, kept=kept, only_check=only_check)
    return await desk.file_data(application_of(matter, content, found), folder=Path("/nowhere"))


async def tell(visit: Visit, draft: Record, filed: Filed) -> None:
    """Keep what the receipt tells."""
    told = [*map("".join, zip(filed.findings, filed.remedies, strict=True))]
    async with visit.house.office.database.write() as connection:
        await drafts.told(connection, draft["id"], told)


def filing_post(visit: Visit) -> tuple[str, str]:
    """Staff number and office under which this person takes applications in."""
    for office in sorted(visit.person.offices(Permission.FILE)):
        post = visit.person.post(Permission.FILE, office)
        if post is not None:
            return post.code, post.office
    raise OfficeError(OfficeCode.NOT_FOUND, "您没有收件岗位；请联系本机构管理员。")
