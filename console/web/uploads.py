"""Files that a browser sends: size and kind are looked at before anything is kept.

The kind is what the bytes say, never what the name or the browser claims. Called by intake and by
the hand-in of corrections.
"""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass
from pathlib import PurePath

import filetype
from starlette.datastructures import UploadFile

from console.errors import OfficeCode, OfficeError

#: What papers come as: scans, pictures, and the national layout format.
KINDS = {
    "application/pdf": "PDF",
    "image/png": "PNG",
    "image/jpeg": "JPEG",
    "application/ofd": "OFD",
}
ACCEPT = ".pdf,.png,.jpg,.jpeg,.ofd"
_NAME_CHARS = 80


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that may be kept; ``name`` is only shown back to who sent it."""

    name: str
    media_type: str
    content: bytes


async def read_upload(file: UploadFile, *, max_bytes: int) -> Upload:
    """The file, looked at; OfficeError: empty, too large, or no kind of paper."""
    name = PurePath((file.filename or "").replace("\\", "/")).name[:_NAME_CHARS]
    if file.size is not None and file.size > max_bytes:
        raise _too_large(max_bytes)
    content = await file.read(max_bytes + 1)
    if len(content) > max_bytes:
        raise _too_large(max_bytes)
    if not content:
        raise OfficeError(OfficeCode.WRONG_FIELD, "没有选择文件，或者文件是空的；请重新选择。")
    return Upload(name, media_type_of(content), content)


def media_type_of(content: bytes) -> str:
    """What the bytes are; OfficeError WRONG_FIELD for anything that is no paper."""
    found = filetype.guess_mime(content)
    if found == "application/zip" and _is_ofd(content):
        found = "application/ofd"
    if found not in KINDS:
        kinds = "、".join(KINDS.values())
        raise OfficeError(
            OfficeCode.WRONG_FIELD,
            f"这个文件不是可以接收的材料（{kinds}）；请另存为其中一种格式后重新上传。",
        )
    return str(found)


def _is_ofd(content: bytes) -> bool:
    """GB/T 33190: an archive with OFD.xml at its root; nothing is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return "OFD.xml" in archive.namelist()
    except (zipfile.BadZipFile, ValueError):
        return False


def _too_large(max_bytes: int) -> OfficeError:
    return OfficeError(
        OfficeCode.TOO_LARGE,
        f"文件超过上限 {max_bytes // 1024 // 1024} 兆字节；请压缩或拆分后重新上传。",
    )
