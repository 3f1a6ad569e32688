"""The foot of each page: verification code, where to check it, page x of y, QR code.

Called by compose once the number of pages is known.
"""

from __future__ import annotations

import segno

from slips.faces import Face
from slips.flow import BOTTOM, LEFT, RIGHT, Flow
from slips.lines import MM_PER_PT, break_lines, width
from slips.model import Slip
from slips.paint import Area, Line, Mark, Text

_CODE_SIZE, _SMALL = 9.0, 8.0
_QR = 17.0


def footer(flow: Flow, slip: Slip, number: int) -> list[Mark]:
    """The marks below the bottom margin of page `number` (from 1)."""
    top, right = flow.page_height - BOTTOM + 5, flow.page_width - RIGHT
    y = top + 4.2
    page = f"第 {number} 页  共 {len(flow.pages)} 页"
    page_x = right - _QR - 3 - width(page, Face.SONG, _CODE_SIZE)
    marks: list[Mark] = [
        Line(LEFT, top, right, top),
        Text(LEFT, y, f"验证码：{slip.verification_code}", Face.HEI, _CODE_SIZE),
        Text(page_x, y, page, Face.SONG, _CODE_SIZE),
    ]
    for label, text in (("核验：", slip.check_at), ("依据：", slip.basis), ("", slip.footer)):
        if not text:
            continue
        for line in break_lines(label + text, Face.SONG, _SMALL, flow.room - _QR - 3):
            y += _SMALL * 1.35 * MM_PER_PT
            marks.append(Text(LEFT, y, line, Face.SONG, _SMALL))
    marks.extend(_qr(slip, right - _QR, top + 2.5))
    return marks


def qr_content(slip: Slip) -> str:
    """The address to check at with the code; without an address the code alone."""
    if not slip.check_at.startswith("https://"):
        return slip.verification_code
    return f"{slip.check_at}?code={slip.verification_code}"


def _qr(slip: Slip, left: float, top: float) -> list[Mark]:
    matrix = segno.make_qr(qr_content(slip), error="m").matrix
    side = _QR / len(matrix)
    marks: list[Mark] = []
    for row, modules in enumerate(matrix):
        start = 0
        for column in range(1, len(modules) + 1):
            if column < len(modules) and modules[column] == modules[start]:
                continue
            if modules[start]:
                x, y, wide = left + start * side, top + row * side, (column - start) * side
                marks.append(Area(x, y, wide, side, 0))
            start = column
    return marks
