"""Makes docs/tables.md: matters, policies, tasks, procedures, letters and refusals.

``make tables`` writes the page; a test compares it, so that it can never lag behind the program.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from temporalio import workflow

from catalog.loader import load_catalog
from catalog.models import PolicyRule
from contracts.families import TRANSFERS, Family
from contracts.letters import LetterVerb
from contracts.services import GENERAL
from domain.refusals import GENERAL as GENERAL_REFUSALS
from domain.refusals import TEXTS
from domain.task_table import TASKS
from domain.tasks import OutcomeSpec
from settings import PROJECT_ROOT
from worker import WORKFLOWS

PAGE = PROJECT_ROOT / "docs" / "tables.md"
_HEAD = """# Tables

Made from the program by `make tables`; do not edit. What other codes mean stands in the
[reference](reference.md).

- [Transfer matters](#transfer-matters) · [Policies](#policies) · [Tasks](#tasks)
- [Procedures](#procedures) · [Letters](#letters) · [Refusals](#refusals)
"""


def text() -> str:
    """The whole page."""
    parts = (
        ("Transfer matters", _matters()),
        ("Policies", _policies()),
        ("Tasks", _tasks()),
        ("Procedures", _procedures()),
        ("Letters", _letters()),
        ("Refusals", _refusals()),
    )
    return _HEAD + "".join(f"\n## {title}\n\n" + "\n".join(lines) + "\n" for title, lines in parts)


def _table(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    heads = tuple(heads)
    yield f"| {' | '.join(heads)} |"
    yield "|" + "---|" * len(heads)
    for row in rows:
        yield f"| {' | '.join(row)} |"


def _matters() -> Iterator[str]:
    yield from _table(
        ("Code", "Name", "Family", "Mode", "Fields", "Papers asked of the applicant"),
        (
            (
                f"`{one.code}`",
                one.name,
                f"`{one.family}`",
                one.mode,
                "、".join(
                    f"{rule.label}{'' if rule.required else '（可空）'}" for rule in one.fields
                )
                or "—",
                "、".join(
                    rule.name
                    for rule in one.documents
                    if rule.required and rule.shareable_from is None
                )
                or "—",
            )
            for one in sorted(load_catalog().transfers.values(), key=lambda one: one.code)
        ),
    )


def _policies() -> Iterator[str]:
    yield (
        "`wd` are working days, `cd` calendar days. Evidence: `T` statute, `S` plan of a locality, "
        "`W` guide, `C` published code or standard, `mem` from memory, `design` this platform's "
        "own choice. Sources stand in [`catalog/data/policies`](../catalog/data/policies)."
    )
    yield ""
    rules = sorted(load_catalog().policies, key=_order)
    yield from _table(
        ("Key", "For", "Value", "Effect", "From", "Basis", "Evidence"),
        (
            (
                f"`{rule.key}`",
                rule.locality if rule.locality != "*" else rule.peer_tag or "everybody",
                rule.limit or str(rule.value),
                rule.effect.value if rule.limit else "—",
                rule.valid_from.isoformat(),
                rule.basis,
                rule.evidence.value,
            )
            for rule in rules
        ),
    )


def _order(rule: PolicyRule) -> tuple[str, ...]:
    return (rule.key, rule.locality, rule.peer_tag or "", rule.valid_from.isoformat())


def _tasks() -> Iterator[str]:
    yield (
        "What an outcome needs stands in brackets; after ≠ the kinds whose decider may not decide "
        "this one. Roles: INTAKE 窗口收件员, HANDLER 经办人, APPROVER 审批人."
    )
    yield ""
    yield from _table(
        ("Kind", "Title", "Role", "Outcomes", "Basis"),
        (
            (
                f"`{kind}`",
                spec.title,
                spec.role.value + "".join(f" ≠ `{one}`" for one in spec.not_by_deciders_of),
                "<br>".join(_outcome(one) for one in spec.outcomes),
                spec.basis,
            )
            for kind, spec in TASKS.items()
        ),
    )


def _outcome(one: OutcomeSpec) -> str:
    needs = [
        word
        for word, needed in (
            ("reason", one.needs_reason),
            ("reason code", bool(one.reason_codes)),
            ("defects", one.needs_defects),
            ("evidence", one.needs_evidence),
        )
        if needed
    ]
    return f"`{one.code}` {one.label}" + (f" ({', '.join(needs)})" if needs else "")


def _procedures() -> Iterator[str]:
    yield from _table(
        ("Workflow", "Class", "What it is"),
        (
            (
                str(workflow._Definition.must_from_class(one).name),
                f"`{one.__name__}`",
                (one.__doc__ or "").strip().splitlines()[0],
            )
            for one in WORKFLOWS
        ),
    )


def _letters() -> Iterator[str]:
    yield (
        "The general letters of each family are the operations of its Nexus service; "
        "户口迁移 has its own (see the [reference](reference.md#workflows-and-messages))."
    )
    yield ""
    yield from _table(
        ("Family", "Nexus service", *(verb.value for verb in GENERAL.values())),
        (
            (f"`{one.code}`", one.service, *(_name(one, verb) for verb in GENERAL.values()))
            for one in TRANSFERS.values()
        ),
    )


def _name(one: Family, verb: LetterVerb) -> str:
    return one.letter_name(verb)


def _refusals() -> Iterator[str]:
    yield from _table(
        ("Family", "Code", "Text", "Remedy"),
        (
            (f"`{family}`", f"`{code}`", words[0], words[1])
            for family, table in {"any": GENERAL_REFUSALS, **TEXTS}.items()
            for code, words in table.items()
        ),
    )


if __name__ == "__main__":
    PAGE.write_text(text(), encoding="utf-8")
