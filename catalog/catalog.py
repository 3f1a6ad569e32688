"""The catalogue in memory: look-ups by code, and the policy in force for a question.

Built by `catalog.loader.load_catalog`; read by starter, console, worker and activities. Nothing
here changes while a process runs; running cases keep what was pinned when they were filed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from catalog.calendar_files import CalendarFile
from catalog.definition_models import Template
from catalog.definitions import Definition
from catalog.errors import CatalogCode, unknown
from catalog.item_models import Item
from catalog.items import Items
from catalog.listing_models import Listing, Organ
from catalog.models import Clerk, Entry, Locality, MatterDefinition, Office, PolicyRule
from catalog.scope_models import Agreement, Exclusion, Scenario
from catalog.transfer_models import TransferMatter
from domain.calendar import Calendar
from domain.intake_rules import IntakeRules

T = TypeVar("T")


class Catalog:
    """Matters, localities, offices, clerks, policies and the shipped calendar.

    `calendar` is the national one of the shipped files; what a locality has published since is laid
    over `calendar_files` by `activities.calendars`.

    `version` is twelve hex digits over all entries; it changes with any of them and with nothing
    else, so a case can name the rules it was filed under.
    """

    def __init__(
        self,
        *,
        localities: Iterable[Locality],
        matters: Iterable[MatterDefinition],
        transfers: Iterable[TransferMatter] = (),
        policies: Iterable[PolicyRule],
        calendar: Calendar,
        calendar_files: Sequence[tuple[str, CalendarFile]] = (),
        organs: Iterable[Organ] = (),
        listings: Iterable[Listing] = (),
        items: Iterable[Item] = (),
        templates: Iterable[Template] = (),
        agreements: Iterable[Agreement] = (),
        exclusions: Iterable[Exclusion] = (),
        scenarios: Iterable[Scenario] = (),
    ) -> None:
        self.localities: Mapping[str, Locality] = {one.code: one for one in localities}
        self.matters: Mapping[str, MatterDefinition] = {one.code: one for one in matters}
        self.transfers: Mapping[str, TransferMatter] = {one.code: one for one in transfers}
        self.offices: Mapping[str, Office] = {
            office.code: office for one in self.localities.values() for office in one.offices
        }
        self._homes: Mapping[str, str] = {
            office.code: one.code for one in self.localities.values() for office in one.offices
        }
        self.clerks: Mapping[str, Clerk] = {
            clerk.code: clerk for one in self.localities.values() for clerk in one.clerks
        }
        self.policies: tuple[PolicyRule, ...] = tuple(policies)
        self.calendar = calendar
        self.calendar_files = tuple(calendar_files)
        self.lists = Items(organs, listings, items, templates, agreements, exclusions, scenarios)
        entries: list[Entry] = [
            *self.localities.values(),
            *self.matters.values(),
            *self.transfers.values(),
            *self.policies,
            *self.lists.entries(),
        ]
        self.version = _digest(entries, calendar.version)

    def locality(self, code: str) -> Locality:
        """DomainError UNKNOWN_LOCALITY."""
        return _found(self.localities, code, CatalogCode.UNKNOWN_LOCALITY)

    def home(self, office: str) -> str:
        """The locality whose system an office belongs to; DomainError UNKNOWN_OFFICE.

        The office's code does not tell: an upper organ's begins with the city's or province's.
        """
        return _found(self._homes, office, CatalogCode.UNKNOWN_OFFICE)

    def office(self, code: str) -> Office:
        """DomainError UNKNOWN_OFFICE."""
        return _found(self.offices, code, CatalogCode.UNKNOWN_OFFICE)

    def clerk(self, code: str) -> Clerk:
        """DomainError UNKNOWN_CLERK."""
        return _found(self.clerks, code, CatalogCode.UNKNOWN_CLERK)

    def matter(self, code: str) -> MatterDefinition:
        """DomainError UNKNOWN_MATTER."""
        return _found(self.matters, code, CatalogCode.UNKNOWN_MATTER)

    def transfer(self, code: str) -> TransferMatter:
        """DomainError UNKNOWN_MATTER."""
        return _found(self.transfers, code, CatalogCode.UNKNOWN_MATTER)

    def any_matter(self, code: str) -> MatterDefinition | TransferMatter:
        """A matter of any family; DomainError UNKNOWN_MATTER."""
        every: dict[str, MatterDefinition | TransferMatter] = {**self.matters, **self.transfers}
        return _found(every, code, CatalogCode.UNKNOWN_MATTER)

    def matter_name(self, code: str) -> str | None:
        """What a case is about, whether a procedure of its own or an item; None: neither."""
        known = self.matters.get(code) or self.transfers.get(code) or self.items.get(code)
        return known.name if known else None

    @property
    def items(self) -> Mapping[str, Item]:
        """The items of the catalogue (事项) by their numbers."""
        return self.lists.items

    @property
    def organs(self) -> Mapping[str, Organ]:
        return self.lists.organs

    @property
    def listings(self) -> Mapping[str, Listing]:
        return self.lists.listings

    @property
    def scenarios(self) -> Mapping[str, Scenario]:
        return self.lists.scenarios

    def item(self, code: str) -> Item:
        """An item by its number, or by the code of its own procedure.

        DomainError UNKNOWN_MATTER.
        """
        known = self.lists.find(code)
        if known is None:
            raise unknown(CatalogCode.UNKNOWN_MATTER, code, self.lists.codes)
        return known

    def own_procedures(self, item: Item, mode: str | None = None) -> tuple[str, ...]:
        """The codes of an item's own procedures, of one mode where one is named."""
        modes: dict[str, str] = {one.code: one.mode for one in self.matters.values()}
        modes |= {one.code: one.mode for one in self.transfers.values()}
        return tuple(one for one in item.own if mode in (None, modes.get(one)))

    def definition(self, item: str) -> Definition:
        """How the shipped files say that an item is handled; what a locality has published since
        is laid over it by `activities.definitions`.

        DomainError UNKNOWN_MATTER for an unknown item and for one that has only a procedure of its
        own.
        """
        found = self.lists.definition(self.item(item))
        if found is None:
            raise unknown(CatalogCode.UNKNOWN_MATTER, item, self.lists.codes)
        return found

    def policy(self, key: str, locality: str, peer: str | None = None, *, on: date) -> PolicyRule:
        """The rule in force on a day for a locality, and for dealings with a peer locality.

        The most special rule wins: the locality's own, then a tag both carry, then everybody's.
        DomainError UNKNOWN_POLICY when no rule applies, UNKNOWN_LOCALITY for an unknown code.
        """
        rule = self.find_policy(key, locality, peer, on=on)
        if rule is None:
            raise unknown(CatalogCode.UNKNOWN_POLICY, key, {one.key for one in self.policies})
        return rule

    def find_policy(
        self, key: str, locality: str, peer: str | None = None, *, on: date
    ) -> PolicyRule | None:
        """As `policy`, but None when no rule applies; for rules a locality need not have."""
        shared = set(self.locality(locality).regions)
        shared &= set(self.locality(peer).regions) if peer is not None else set()
        applicable = [
            rule
            for rule in self.policies
            if rule.key == key
            and rule.locality in ("*", locality)
            and (rule.peer_tag is None or rule.peer_tag in shared)
            and rule.valid_from <= on
            and (rule.valid_to is None or on <= rule.valid_to)
        ]
        return max(
            applicable,
            key=lambda rule: (rule.locality != "*", rule.peer_tag is not None),
            default=None,
        )

    def intake_rules(self, matter: str, locality: str, *, on: date) -> IntakeRules:
        """The form check's rules of a matter, thresholds resolved for the locality and day."""
        definition = self.matter(matter)
        numbers: dict[str, int] = {
            name: self.policy(key, locality, on=on).as_number()
            for name, key in definition.thresholds.items()
        }
        return IntakeRules(
            matter=definition.code,
            reason=definition.reason,
            documents=tuple(rule.need() for rule in definition.documents),
            followers_allowed=definition.followers_allowed,
            parent_min_age_male=numbers.get("parent_min_age.male"),
            parent_min_age_female=numbers.get("parent_min_age.female"),
            years_after_graduation=numbers.get("years_after_graduation"),
        )


def _found(entries: Mapping[str, T], code: str, missing: CatalogCode) -> T:
    try:
        return entries[code]
    except KeyError:
        raise unknown(missing, code, entries) from None


def _digest(entries: Iterable[Entry], calendar_version: str) -> str:
    lines = sorted(entry.model_dump_json() for entry in entries)
    return hashlib.sha256("\n".join([*lines, calendar_version]).encode()).hexdigest()[:12]
