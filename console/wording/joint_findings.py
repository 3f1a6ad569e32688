"""The words of findings on tasks of joint matters.

Merged into `console.wording.finding_table`. A part goes by the label that its definition gives it.
"""

from __future__ import annotations

from collections.abc import Mapping

from console.wording import finding_values as read
from console.wording.finding_values import Reader

JOINT_HEADS: Mapping[str, tuple[str, Reader]] = {
    "PART": ("协同环节", read.text),
    "PART_ASKED": ("协同环节尚未答复", read.text),
    "PART_AGREED": ("协同环节已办结", read.text),
    "PART_REFUSED": ("协同环节不同意", read.text),
    "PART_PROMISED": ("凭承诺先行、尚未答复的环节", read.text),
    "PART_LEFT_OUT": ("未等待的非必经环节", read.text),
    "REMINDERS": ("已催办", read.attempt),
    "EXAMINED": ("审查意见", read.choice({"PASS": "同意", "REFUSE": "不同意"})),
}
