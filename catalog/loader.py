"""Loads the catalogue from its data folders and refuses data that do not fit together.

Called once by worker, starter, console and tests. A folder has the sub-folders localities (with
organs), matters, transfers, policies, calendars, organs, listings, items, templates, agreements
and scenarios, each with YAML files; further folders add to the built-in one, so that a new
locality is configuration only.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from catalog.calendar_files import CALENDAR_FILE, build_calendar, calendar_problems
from catalog.catalog import Catalog
from catalog.checks import matter_problems
from catalog.definition_checks import template_problems
from catalog.definition_models import Template
from catalog.errors import CatalogCode, CatalogError, Problem
from catalog.item_checks import item_problems
from catalog.item_models import ItemFile
from catalog.joint_checks import joint_problems
from catalog.listing_checks import listing_problems, organ_problems
from catalog.listing_models import Listing, OrganFile
from catalog.locality_checks import locality_problems
from catalog.models import Entry, Locality, MatterDefinition, OrganOffices, PolicyFile
from catalog.policy_checks import policy_problems
from catalog.reading import read_all, with_lines
from catalog.scenario_checks import scenario_problems
from catalog.scope_checks import scope_problems
from catalog.scope_models import AgreementFile, Scenario
from catalog.source import Placed, PlacedRule, Source
from catalog.transfer_checks import transfer_problems
from catalog.transfer_models import TransferMatter

__all__ = ["Catalog", "CatalogCode", "CatalogError", "load_catalog"]

DATA = Path(__file__).parent / "data"


def load_catalog(*extra_dirs: Path, base: Path = DATA) -> Catalog:
    """The catalogue of the built-in data and of every folder given.

    ``base``: an edited copy of the built-in data that is to be checked in its place.

    Raises CatalogError with all problems found, each with its file, line and field.
    """
    problems: list[Problem] = []
    # Shown names begin at the folder: a message must not tell where a machine keeps it.
    folders = [("", base)]
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
        problems += organ_problems(source)
        problems += listing_problems(source)
        problems += template_problems(source)
        problems += item_problems(source)
        problems += scope_problems(source)
        problems += joint_problems(source)
        problems += scenario_problems(source)
    if problems:
        raise CatalogError(with_lines(folders, problems))
    return Catalog(
        localities=source.whole_localities,
        matters=[matter for _, matter in source.matters],
        transfers=[matter for _, matter in source.transfers],
        policies=[placed.rule for placed in source.policies],
        calendar=build_calendar(source.calendars),
        calendar_files=source.calendars,
        organs=[placed.entry for placed in source.organs],
        listings=[listing for _, listing in source.listings],
        items=[placed.entry for placed in source.items],
        templates=[template for _, template in source.templates],
        agreements=[placed.entry for placed in source.agreements],
        exclusions=[placed.entry for placed in source.exclusions],
        scenarios=[scenario for _, scenario in source.scenarios],
    )


def _read(folders: list[tuple[str, Path]], problems: list[Problem]) -> Source:
    agreements = read_all(folders, "agreements", TypeAdapter(AgreementFile), problems)
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
        organ_offices=read_all(folders, "localities/organs", TypeAdapter(OrganOffices), problems),
        organs=_placed("organs", read_all(folders, "organs", TypeAdapter(OrganFile), problems)),
        listings=read_all(folders, "listings", TypeAdapter(Listing), problems),
        items=_placed("items", read_all(folders, "items", TypeAdapter(ItemFile), problems)),
        templates=read_all(folders, "templates", TypeAdapter(Template), problems),
        agreements=_placed("agreements", agreements),
        exclusions=_placed("exclusions", agreements),
        scenarios=read_all(folders, "scenarios", TypeAdapter(Scenario), problems),
    )


def _placed(name: str, files: Sequence[tuple[str, Entry]]) -> list[Placed[Any]]:
    """The entries that files hold under ``name``, each with its place."""
    return [
        Placed(file, f"{name}[{position}]", entry)
        for file, content in files
        for position, entry in enumerate(getattr(content, name))
    ]
