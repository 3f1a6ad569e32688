"""The whole bulletin in words: title, the few numbers that matter most, and its sheets.

Called by the command line and the console before they print one.
"""

from __future__ import annotations

from datetime import datetime

from bulletins import said, sheets
from bulletins.model import View, percent
from bulletins.sheets import Content, Names
from domain.bulletins import BulletinKind
from domain.calendar import SHANGHAI


def view(content: Content, number: str | None, digest: str) -> View:
    """The bulletin in words; `number` None: a preview that is not on file."""
    names = Names(content["reference"])
    kind = BulletinKind(content["kind"])
    month = content["first_day"][:7].split("-")
    when = f"{int(month[0])}年{int(month[1])}月" if kind is BulletinKind.MONTHLY else ""
    period = when or content["first_day"]
    as_of = datetime.fromisoformat(content["as_of"]).astimezone(SHANGHAI)
    total = content["total"]
    return View(
        title=f"{names.locality}政务服务办件{kind.label}（{period}）",
        subtitle=f"{number or '预览，未发布'}　统计截至 {as_of:%Y-%m-%d %H:%M}",
        facts=(
            ("收件", total["received"]),
            ("办结", total["ended"]),
            ("按时办结率", percent(total["on_time"], total["ended"])),
            ("逾期办结", total["late"]),
            ("在办", total["in_hand"]),
            ("在办逾期", total["in_hand_late"]),
        ),
        sheets=(
            sheets.overview(total),
            sheets.offices(content, names),
            sheets.days(content),
            sheets.distribution(content),
            sheets.whose_days(content, names),
            sheets.supervision(content, names),
            sheets.reform(content),
            *said.sheets(content, names),
            sheets.matters(content, names),
            sheets.rows(content, names),
        ),
        origin=(
            f"数据指纹 {digest}；事件截至第 {content['cut']} 号；"
            f"日历 {content['reference']['calendar']['version']}；"
            f"目录 {content['reference']['catalog_version']}。"
            "以上条件相同，任何时候重新计算结果都相同。"
        ),
    )
