"""Loads the catalogue from its data folders and refuses data that do not fit together.

Called once by worker, starter, console and tests. A folder has the sub-folders localities,
matters, transfers, policies and calendars, each with YAML files; further folders add to the
built-in one, so that a new locality is configuration only.
"""

from __future__ import annotations

from pathlib import Path

from pydantic import TypeAdapter

from catalog.calendar_files import CALENDAR_FILE, build_calendar, calendar_problems
from catalog.catalog import Catalog
from catalog.checks import locality_problems, matter_problems
from catalog.errors import CatalogCode, CatalogError, Problem
from catalog.models import Locality, MatterDefinition, PolicyFile
from catalog.policy_checks import policy_problems
from catalog.reading import read_all
from catalog.source import PlacedRule, Source
from catalog.transfer_checks import transfer_problems
from catalog.transfer_models import TransferMatter

__all__ = ["Catalog", "CatalogCode", "CatalogError", "load_catalog"]

DATA = Path(__file__).parent / "data"


def load_catalog(*extra_dirs: Path) -> Catalog:
    """The catalogue of the built-in data and of every folder given.

    Raises CatalogError with all problems found, each with its file and field.
    """
    problems: list[Problem] = []
    # Shown names begin at the folder: a message must not tell where a machine keeps it.
    folders = [("", DATA)]
    for folder in extra_dirs:
        if folder.is_dir():
            folders.append((f"{folder.name}/", folder))
        else:
            problems.append(Problem(folder.name, "", "没有这个目录，请核对附加目录的设置"))
    source = _read(folders, problems)
    if not problems:
        # Only entries of the right shape can be compared with each other.
        problems += locality_problems(source)
        problems += matter_problems(source)
        problems += transfer_problems(source)
        problems += policy_problems(source)
        problems += calendar_problems(source.calendars)
    if problems:
        raise CatalogError(problems)
    return Catalog(
        localities=[locality for _, locality in source.localities],
        matters=[matter for _, matter in source.matters],
        transfers=[matter for _, matter in source.transfers],
        policies=[placed.rule for placed in source.policies],
        calendar=build_calendar(source.calendars),
        calendar_files=source.calendars,
    )


def _read(folders: list[tuple[str, Path]], problems: list[Problem]) -> Source:
    return Source(
        localities=read_all(folders, "localities", TypeAdapter(Locality), problems),
        matters=read_all(folders, "matters", TypeAdapter(MatterDefinition), problems),
        transfers=read_all(folders, "transfers", TypeAdapter(TransferMatter), problems),
        policies=[
            PlacedRule(file, f"policies[{position}]", rule)
            for file, content in read_all(folders, "policies", TypeAdapter(PolicyFile), problems)
            for position, rule in enumerate(content.policies)
        ],
        calendars=read_all(folders, "calendars", CALENDAR_FILE, problems),
    )
