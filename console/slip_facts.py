"""What slips have in common: the case that they speak of, and one slip that can be issued.

Used by `console.slip_notices` and `console.slip_papers`, which know the single forms. Everything is
taken from the register; nothing is typed anew.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from catalog.catalog import Catalog
from contracts.letters import LetterVerb
from domain.calendar import SHANGHAI, Calendar, CalendarBook
from domain.refusals import refusal_words
from slips.kinds import SlipKind
from slips.render import Fact, Value

Record = dict[str, Any]
Rows = list[dict[str, Value]]

#: What a form's line says where nobody registers it.
UNKNOWN = "—"
_NOT_ON_FILE = "（未登记）"
_NO_REASON = "详见办件记录。"
_NO_WAY_ON = "条件具备后可以重新申请；有疑问的，可向本机关咨询。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """A slip that can be issued for a case: what it is about, by whom, with which facts.

    ``subject`` tells slips of one kind apart: an act, a parcel, a remittance.
    """

    kind: SlipKind
    subject: str
    about: str
    office: str
    facts: dict[str, Fact]


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case as `console.office.Office.case` gives it, with its application and the catalogue.

    ``sent``: the parcels that it sent, each a procedure of its own; ``records``: its structured
    records by kind, the newest of each.
    """

    record: Record
    application: Record
    catalog: Catalog
    locality: str
    today: date
    sent: list[Record] = field(default_factory=list)
    records: dict[str, Record] = field(default_factory=dict)
    calendars: CalendarBook | None = None

    def calendar(self, version: str) -> Calendar:
        """The calendar that dated a limit."""
        return self.calendars.of(version) if self.calendars else self.catalog.calendar

    @property
    def applicant(self) -> str:
        """Whom the paper is for: the applicant, or the first person of a leg."""
        return str(self._person.get("name") or _NOT_ON_FILE)

    @property
    def id_no(self) -> str:
        return str(self._person.get("id_no") or _NOT_ON_FILE)

    @property
    def _person(self) -> Record:
        """Person 1 of a transfer is its applicant, as corrected since the application."""
        persons = self.record["persons"]
        filed = self.application.get("applicant")
        if filed and not (persons and self.record["matter"] in self.catalog.transfers):
            return dict(filed)
        return dict(next(iter(persons), {}))

    @property
    def own(self) -> dict[str, Fact]:
        """The rows that every notice begins with."""
        return {
            "case_no": self.record["case_no"],
            "matter": self.record["matter_name"],
            "applicant": self.applicant,
        }

    @property
    def remedies(self) -> dict[str, Fact]:
        """How long the remedies are open, by the policies in force."""
        return {
            name: self.catalog.policy(f"remedy.{name}", self.locality, on=self.today).as_number()
            for name in ("review_days", "lawsuit_months")
        }

    @property
    def collects_only(self) -> bool:
        """Whether the home case only collects and hands out, and the leg decides (A11)."""
        return bool(self.record["family"] == "PROXY_INTAKE")

    @property
    def request_no(self) -> str:
        """The number of the newest request of this matter, "" where none was sent."""
        asked = [one for one in self.record["letters"] if one["verb"] == LetterVerb.REQUEST]
        return str(asked[-1]["number"]) if asked else ""

    def office(self, code: str) -> str:
        """An office's name; the code where the catalogue does not know it."""
        known = self.catalog.offices.get(code)
        return known.name if known else code

    def locality_name(self, code: str) -> str:
        known = self.catalog.localities.get(code)
        return known.name if known else code

    def acts(self, *codes: str) -> list[Record]:
        """The acts of these kinds that stand, in their order."""
        return [
            act for act in self.record["acts"] if act["code"] in codes and act["voided_at"] is None
        ]

    def clock(self, *kinds: str) -> Record | None:
        """The newest limit of these kinds, the first kind first."""
        for kind in kinds:
            found = [one for one in self.record["clocks"] if one["kind"] == kind]
            if found:
                return dict(max(found, key=lambda one: int(one["number"])))
        return None

    def materials(self) -> Rows:
        """What the applicant handed in, by the names that the matter gives to types."""
        names = document_names(self.catalog, self.record["matter"])
        return [
            {"name": names.get(one["type"], one["type"]), "form": "电子件", "copies": 1}
            for one in self.record["documents"]
            if not one["invalid"] and (one["source"] == "APPLICANT" or one["type"] in names)
        ]

    def written(self, act: Record) -> tuple[str, str]:
        """(reason, what to do) of a refusing act: the words of its code, or what was written."""
        code = self.record["reason_code"] or act["facts"].get("reason") or ""
        words = refusal_words(self.record["family"], code)
        reason = act["reason"] or ""
        way_on = str(act["facts"].get("remedy") or "")
        if words is not None:
            reason = f"{words[0]}。{reason}" if reason else f"{words[0]}。"
            way_on = way_on or f"{words[1]}。"
        return (
            reason or _NO_REASON,
            way_on or _NO_WAY_ON,
        )


def day_of(value: date | datetime) -> date:
    """The calendar day of an instant in Asia/Shanghai; a date stays as it is."""
    return value.astimezone(SHANGHAI).date() if isinstance(value, datetime) else value


def document_names(catalog: Catalog, matter: str) -> dict[str, str]:
    """Type -> name of the papers that a matter knows."""
    known = catalog.matters.get(matter) or catalog.transfers.get(matter)
    if known is not None:
        return {rule.type: rule.name for rule in known.documents}
    item = catalog.items.get(matter)
    if item is None or item.template is None:
        return {}
    return {rule.type: rule.name for rule in catalog.definition(matter).materials}
