"""Whether the matters of 户口迁移 fit together: double codes, registers never asked, thresholds.

Called by `catalog.loader` after every file has been read.
"""

from __future__ import annotations

from collections.abc import Iterator

from catalog.errors import Problem
from catalog.locality_checks import doubles
from catalog.models import MatterDefinition, Verification
from catalog.source import Source, policies_of
from domain.hukou_application import MigrationReason

# A document is only left to a register when the procedure really asks that register.
_PROVEN_BY = {
    "marriage": {Verification.MARRIAGE},
    "education": {Verification.ADMISSION, Verification.GRADUATION},
}

_THRESHOLDS = {
    MigrationReason.PARENTS: ("parent_min_age.male", "parent_min_age.female"),
    MigrationReason.GRADUATION: ("years_after_graduation",),
}


def matter_problems(source: Source) -> Iterator[Problem]:
    """Double codes and documents, registers never asked, thresholds without a policy."""
    yield from doubles((file, "code", one.code) for file, one in source.matters)
    policies = policies_of(source.policies)
    for file, matter in source.matters:
        yield from doubles(
            (file, f"documents[{position}].type", rule.type)
            for position, rule in enumerate(matter.documents)
        )
        yield from _register_problems(file, matter)
        for name in _THRESHOLDS.get(matter.reason, ()):
            if name not in matter.thresholds:
                yield Problem(file, f"thresholds.{name}", "该迁移原因须指明这一标准")
        for name, key in matter.thresholds.items():
            if all(placed.rule.value is None for placed in policies.get(key, ())):
                text = f"没有数值标准{key}，请在 policies 中补上"
                yield Problem(file, f"thresholds.{name}", text)


def _register_problems(file: str, matter: MatterDefinition) -> Iterator[Problem]:
    asked = set(matter.verifications)
    for position, rule in enumerate(matter.documents):
        needed = _PROVEN_BY.get(rule.shareable_from or "")
        if needed is not None and not needed & asked:
            yield Problem(
                file,
                f"documents[{position}].shareable_from",
                f"免提交须有核验：verifications 中没有 {'、'.join(sorted(needed))}",
            )
