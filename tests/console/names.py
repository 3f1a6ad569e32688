"""Every name that a page may show: of tasks, acts, forms, reasons, letters, papers and bases.

Read by `test_words`, which demands their English.
"""

from __future__ import annotations

from typing import Any

from adapters.courier.sentences import SENTENCES as COURIER
from adapters.population.sentences import SENTENCES as POPULATION
from adapters.registers.sentences import SENTENCES as BUSINESS
from console.web.act_forms import REASON_LABELS, WHO
from console.web.effects import BASIS, case_effect
from console.wording.events import EVENT_LABELS
from console.wording.labels import DAY_LABELS, HOLDER_LABELS
from console.wording.paper_names import NOTICE_NAMES
from contracts.commands import LABELS, REJECTIONS
from contracts.families import ALONE, GENERAL_NAMES, TRANSFERS
from contracts.letters import LETTER_NAMES
from domain.accounts import ACCOUNT_LABELS
from domain.act_basis import FAMILY_BASIS, basis_of
from domain.act_labels import ACT_LABELS
from domain.acts import ActCode
from domain.casework import CERTIFICATE_LABELS, CLOCK_LABELS
from domain.clocks import PauseReason
from domain.course import Progress
from domain.custody import LABELS as CUSTODY_LABELS
from domain.offices import Role
from domain.ratings import Level
from domain.refusals import GENERAL, TEXTS
from domain.routes import step_label
from domain.special_procedures import SpecialProcedure
from domain.stages import STAGE_LABELS, Stage
from domain.supervision import Rung
from domain.task_table import TASKS
from domain.transports import Service
from slips.kinds import TITLES
from tests.console.test_signing_in import CATALOG


def definitions() -> list[Any]:
    """Every form that can be filed: of matters, transfers, scenarios and items."""
    return [
        *CATALOG.matters.values(),
        *CATALOG.transfers.values(),
        *CATALOG.scenarios.values(),
        *(CATALOG.definition(one.id) for one in CATALOG.items.values() if one.template),
    ]


def of_forms(part: str) -> set[str]:
    """Labels of fields, their choices, or names of materials in all forms."""
    found: set[str] = set()
    for one in definitions():
        if part == "materials":
            papers = getattr(one, "documents", None) or getattr(one, "materials", None) or ()
            found |= {paper.name for paper in papers}
        for rule in getattr(one, "fields", None) or ():
            found |= {rule.label} if part == "fields" else set()
            found |= set(rule.choices.values()) if part == "choices" else set()
    return found


def bases() -> set[str]:
    """What limits, tasks and acts rest on."""
    acts = {basis_of(code, one) for code in ActCode for one in FAMILY_BASIS}
    limits = {one.basis for one in CATALOG.policies if one.limit is not None}
    return acts | limits | {one.basis for one in TASKS.values()}


NAMES = {
    "titles of tasks": {one.title for one in TASKS.values()},
    "outcomes": {way.label for one in TASKS.values() for way in one.outcomes},
    "stages": set(STAGE_LABELS.values()),
    "matters": {
        one.name
        for group in (CATALOG.matters, CATALOG.transfers, CATALOG.scenarios)
        for one in group.values()
    },
    "items of the catalogue": {one.name for one in CATALOG.items.values()},
    "notable things": {*EVENT_LABELS.values(), *LETTER_NAMES.values()},
    "acts on record": set(ACT_LABELS.values()),
    "labels of forms": of_forms("fields"),
    "choices of forms": of_forms("choices"),
    "materials": of_forms("materials"),
    "what things rest on": bases(),
    "certificates and limits": {*CERTIFICATE_LABELS.values(), *CLOCK_LABELS.values()},
    "notices": set(NOTICE_NAMES.values()),
    "letters of families": {
        name
        for one in (*ALONE.values(), *TRANSFERS.values())
        for name in (*one.letters.values(), *GENERAL_NAMES.values())
    },
    "reasons": {words[0] for table in (*TEXTS.values(), GENERAL) for words in table.values()},
    "answers of registers": {*POPULATION.values(), *BUSINESS.values(), *COURIER.values()},
    "steps of procedures": {*map(step_label, Stage), *(one.label for one in Progress)},
    "slips": set(TITLES.values()),
    "rejections": set(REJECTIONS.values()),
    "holders, days and rungs": {
        *HOLDER_LABELS.values(),
        *DAY_LABELS.values(),
        *(rung.label for rung in Rung),
        *(level.label for level in Level),
        *(role.label for role in Role),
        *(one.label for one in (*PauseReason, *SpecialProcedure, *Service)),
        *ACCOUNT_LABELS.values(),
        *CUSTODY_LABELS.values(),
    },
    "what is asked of a case": {
        text
        for verb in WHO
        for text in (LABELS[verb], case_effect(verb), BASIS[verb], REASON_LABELS.get(verb, "理由"))
    },
}
