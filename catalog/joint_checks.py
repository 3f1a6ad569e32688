"""Whether the parts of joint items can run as they are written.

Called by `catalog.loader` after the items themselves have been checked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from catalog.definition_models import Participation
from catalog.errors import Problem
from catalog.source import Source
from domain.joint import MOST_PARTS


def joint_problems(source: Source) -> Iterator[Problem]:
    """Each part has a limit and a label of its own; an optional one holds nobody up anyway."""
    for file, template in source.templates:
        yield from _parts(file, "participations", template.participations)
    for placed in source.items:
        own = placed.entry.overrides
        if own is not None and own.participations is not None:
            where = f"{placed.field}.overrides.participations"
            yield from _parts(placed.file, where, own.participations)


def _parts(file: str, where: str, parts: Sequence[Participation]) -> Iterator[Problem]:
    if len(parts) > MOST_PARTS:
        yield Problem(file, where, f"协同环节最多{MOST_PARTS}个，请合并")
    labels = [part.label for part in parts]
    for position, part in enumerate(parts):
        if part.label in labels[:position]:
            yield Problem(file, f"{where}[{position}].label", f"“{part.label}”用了两次")
        if part.on_commitment and not part.required:
            text = "非必经环节不等待，不必写凭承诺先行"
            yield Problem(file, f"{where}[{position}].on_commitment", text)
