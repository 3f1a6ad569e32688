"""Documents that a caller sends inside a body: looked at before any is kept.

The kind is what the bytes say (`console.web.uploads`). Called by filing and by the hand-in.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from pydantic import Base64Bytes, Field

from console.api.shapes import Asked, Word
from console.errors import OfficeCode, OfficeError
from console.office import Office
from console.web.uploads import media_type_of


class Paper(Asked):
    """One document: PDF, PNG, JPEG or OFD, in base64."""

    type: Word = Field(min_length=1, description="材料种类代码，见事项的 materials")
    person: int | None = Field(default=None, ge=1, le=50, description="是谁的；不分人的不写")
    content: Base64Bytes = Field(description="文件内容（base64）")
    digest: str | None = Field(
        default=None, pattern="^[0-9a-f]{64}$", description="SHA-256；给出的予以核对"
    )


class HandIn(Asked):
    """What the correction notice asked for."""

    documents: list[Paper] = Field(min_length=1, max_length=50)


def parts_of(papers: Sequence[Paper], office: Office, today: date) -> list[dict[str, Any]]:
    """The documents as the filing desk takes them; OfficeError for what is no paper."""
    most = office.catalog.policy("document.max_bytes", office.locality, on=today).as_number()
    parts = []
    for number, paper in enumerate(papers):
        if len(paper.content) > most:
            raise OfficeError(
                OfficeCode.TOO_LARGE,
                f"第 {number + 1} 份材料超过上限 {most // 1024 // 1024} 兆字节；请压缩后重新提交。",
                fields={f"documents.{number}.content": "文件太大"},
            )
        try:
            kind = media_type_of(paper.content)
        except OfficeError as error:
            error.fields[f"documents.{number}.content"] = error.message
            raise
        parts.append(
            {
                "type": paper.type,
                "person": paper.person,
                "content": paper.content,
                "media_type": kind,
                "digest": paper.digest,
            }
        )
    return parts
