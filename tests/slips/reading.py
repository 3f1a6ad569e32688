"""Reading a slip's PDF as a viewer does: its text in order, its fonts, its pages."""

import io
from collections.abc import Iterator
from typing import Any

import pypdfium2
from pypdf import PdfReader

from slips.lines import MM_PER_PT


def page_texts(pdf: bytes) -> list[str]:
    """What selecting everything on each page copies, without line breaks and spaces."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return ["".join(page.get_textpage().get_text_range().split()) for page in document]
    finally:
        document.close()


def text_of(pdf: bytes) -> str:
    return "".join(page_texts(pdf))


def fonts(pdf: bytes) -> Iterator[dict[str, Any]]:
    """Every font of every page, its descendant and descriptor merged in."""
    for page in PdfReader(io.BytesIO(pdf)).pages:
        resources: Any = page["/Resources"]
        for reference in resources["/Font"].values():
            font = reference.get_object()
            descendant = font["/DescendantFonts"][0].get_object()
            yield {**font, **descendant["/FontDescriptor"].get_object()}


def page_sizes(pdf: bytes) -> list[tuple[int, int]]:
    """Width and height of each page in whole mm."""
    return [
        (
            round(float(page.mediabox.width) * MM_PER_PT),
            round(float(page.mediabox.height) * MM_PER_PT),
        )
        for page in PdfReader(io.BytesIO(pdf)).pages
    ]
