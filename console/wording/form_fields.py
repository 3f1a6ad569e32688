"""What a field of an application form is called, for findings that name it by its path."""

from __future__ import annotations

import re

from catalog.catalog import Catalog
from domain.hukou_application import FIELD_LABELS

_PEOPLE = {"applicant": "申请人", "agent": "代理人", "spouse": "被投靠配偶", "child": "被投靠子女"}
_OF_PERSON = {
    "name": "姓名",
    "id_no": "公民身份号码",
    "phone": "联系电话",
    "relation": "与主迁移人的关系",
}
_FIELDS = {
    **FIELD_LABELS,
    "migrants": "迁移人",
    "reason": "迁移原因",
    "peer_locality": "对方地区",
}
_MIGRANT = re.compile(r"migrants\[(\d+)\]")


def field_label(path: str, catalog: Catalog) -> str | None:
    """``migrants[1].id_no`` as 第2名迁移人的公民身份号码; None for an unknown path."""
    head, dot, last = path.rpartition(".")
    if head == "details":
        return _of_transfer(last, catalog) or last
    if not dot:
        return _FIELDS.get(path)
    migrant = _MIGRANT.fullmatch(head)
    who = f"第{int(migrant[1]) + 1}名迁移人" if migrant else _PEOPLE.get(head)
    return f"{who}的{_OF_PERSON[last]}" if who and last in _OF_PERSON else None


def _of_transfer(name: str, catalog: Catalog) -> str | None:
    fields = (one for matter in catalog.transfers.values() for one in matter.fields)
    return next((one.label for one in fields if one.name == name), None)
