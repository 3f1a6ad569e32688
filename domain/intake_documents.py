"""The materials part of the form check: what is missing, and what belongs to nobody.

Called by `domain.hukou_intake` only.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from domain.hukou_application import HukouApplication, Migrant
from domain.intake_rules import Defect, DefectCode, DocumentNeed, IntakeRules, Persons


def document_defects(
    application: HukouApplication, rules: IntakeRules, not_proven_by: Collection[str]
) -> Iterator[Defect]:
    """A defect per material that is missing or belongs to no person of the application.

    ``not_proven_by``: the registers that did not confirm; what the others prove is not asked
    (免提交).
    """
    seqs = {migrant.seq for migrant in application.migrants}
    given = {(document.type, document.person_seq) for document in application.documents}
    types = {document.type for document in application.documents}
    for need in rules.documents:
        proven = need.shareable_from is not None and need.shareable_from not in not_proven_by
        if not need.required or proven:
            continue
        if not need.per_person:
            if need.type not in types:
                yield _missing(need, need.type, need.name)
            continue
        for migrant in application.migrants:
            if _concerns(need, migrant) and (need.type, migrant.seq) not in given:
                subject = f"{need.type}[{migrant.seq}]"
                yield _missing(need, subject, f"{migrant.label}的{need.name}")
    for position, document in enumerate(application.documents):
        if document.person_seq is not None and document.person_seq not in seqs:
            yield Defect(
                DefectCode.DOCUMENT_OF_NOBODY,
                f"documents[{position}]",
                f"第{position + 1}份材料所属的人员不在申请中。",
                "请改正材料所属的人员，或者补填该人员。",
            )


def _missing(need: DocumentNeed, subject: str, label: str) -> Defect:
    return Defect(DefectCode.DOCUMENT_MISSING, subject, f"缺少{label}。", f"请补交{label}。")


def _concerns(need: DocumentNeed, migrant: Migrant) -> bool:
    if need.persons is Persons.ALL:
        return True
    return (migrant.seq == 1) == (need.persons is Persons.MAIN)
