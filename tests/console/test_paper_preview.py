"""A structured paper is read as a page: names for fields and codes, local time, tables."""

from __future__ import annotations

import json
from typing import Any

from storage import documents
from storage.database import Database
from tests.console.test_case_page import OWN, case
from tests.console.test_signing_in import browser, sign_in
from tests.storage.builders import NOW

REQUEST: dict[str, Any] = {
    "title": "申请迁出",
    "letter_no": "样例函1",
    "sender": {"locality": "330902", "office": "371002-GA-01"},
    "issued_at": "2026-11-20T16:30:00+00:00",
    "matter": "HUKOU-JOB-TRANSFER",
    "reason": "JOB_TRANSFER",
    "applicant": {"name": "样例申请人", "id_no": "339999196001011234", "phone": "12000000007"},
    "destination": {"locality": "371002", "address": "样例街2号"},
    "migrants": [{"number": 1, "relation": "本人", "name": "样例1", "registered": {"样例栏": 1}}],
    "balance_fen": 123456,
    "not_known_yet": True,
}
PACKAGE: dict[str, Any] = {
    "title": "办件归档包",
    "papers": [{"type": "MOVE_OUT_REQUEST", "digest": "ab" * 32, "person": None}],
    "acts": [{"code": "CANCELLED", "actor": "SYSTEM", "at": "2026-11-20T16:30:00+00:00"}],
    "certificates": [{"number": "准迁3710022026000001", "kind": "MOVE_PERMIT", "status": "VALID"}],
    "letters": [{"direction": "OUT", "number": "样例函1"}],
    "trail": [{"code": "OVERDUE", "stage": "REVIEW", "holder": "OURS"}, {"code": "STEP"}],
}


async def preview(database: Database, type_: str, content: bytes) -> tuple[str, bytes]:
    """The page, and the file that is saved."""
    filing = await case(database)
    async with database.write() as connection:
        kept = await documents.keep(
            connection,
            content,
            case_no=filing.case_no,
            type_=type_,
            media_type="application/json",
            source="OFFICE",
            now=NOW,
        )
    path = f"/cases/{filing.case_no}/documents/{kept.digest}"
    async with browser(database, seeded_accounts=True) as client:
        await sign_in(client, OWN)
        page, file = await client.get(f"{path}/preview"), await client.get(f"{path}?save=true")
    assert page.status_code == 200
    return page.text.split('id="paper"')[1], file.content


async def test_a_letter_is_read_under_names_in_local_time_and_saved_as_it_is(
    database: Database,
) -> None:
    content = documents.as_json(REQUEST)
    page, file = await preview(database, "MOVE_OUT_REQUEST", content)
    assert file == content
    order = ("文书名称", "函号", "发函时间")
    assert sorted(order, key=page.index) == list(order)
    for words in (
        *("迁出请求", "发函方", "舟山市定海区", "2026-11-21 00:30", "工作调动户口迁移"),
        *("联系电话", "12000000007", "样例街2号", "<td>样例1</td>", "1,234.56元"),
        *("not_known_yet", "鲸园派出所"),
    ):
        assert words in page, words
    for code in ("JOB_TRANSFER", "letter_no", "330902", "T16:30", "{&#34;title", "migrants"):
        assert code not in page, code


async def test_the_list_of_an_archive_names_its_papers_acts_and_events(database: Database) -> None:
    page, _ = await preview(database, "ARCHIVE_PACKAGE", documents.as_json(PACKAGE))
    for words in ("归档清单", "迁出请求", "系统", "有效", "发出", "已超期", "审核中", "本地机构"):
        assert words in page, words
    for code in ("CANCELLED", "MOVE_OUT_REQUEST", "OVERDUE", "STEP", "made_in"):
        assert code not in page, code


async def test_a_request_of_a_transfer_is_read_under_the_fields_of_its_own_form(
    database: Database,
) -> None:
    request = {
        "title": "联系函",
        "matter": "PENSION-TRANSFER",
        "details": {"purpose": "MOVE", "moved_by_order": "no", "hukou_region": "330902"},
        "migrants": [{"number": 1, "registered": {"locality": "330902"}}],
    }
    page, _ = await preview(database, "TRANSFER_REQUEST", documents.as_json(request))
    for words in ("流动就业转移接续", "否", "舟山市定海区", "地区：舟山市定海区"):
        assert words in page, words
    for code in ("MOVE", "moved_by_order", "330902"):
        assert code not in page, code


async def test_a_list_or_a_broken_file_is_shown_without_failing(database: Database) -> None:
    page, _ = await preview(database, "STATEMENT", json.dumps(["样例"]).encode())
    assert '<pre class="paper"' in page
    page, _ = await preview(database, "STATEMENT", b"{broken")
    assert "不能在页面里显示" in page
