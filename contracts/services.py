"""The Nexus services that every locality's counter exposes: the doors between localities.

One service per competence and ``Correspondence`` for what any two offices need. All operations are
short and synchronous: a letter goes in, a receipt comes back, the substance follows later as a
letter the other way.
"""

from __future__ import annotations

from typing import Any

import nexusrpc

from contracts.families import TRANSFERS, Family
from contracts.letters import LETTER_NAMES, Letter, LetterVerb, Receipt


@nexusrpc.service(name="户口迁出")
class HukouMoveOutService:
    """The origin's counter for 户口迁移 (docs/rules.md A1 steps 3, 6 and A1-X)."""

    request: nexusrpc.Operation[Letter, Receipt] = nexusrpc.Operation(name="申请迁出")
    confirm_landing: nexusrpc.Operation[Letter, Receipt] = nexusrpc.Operation(name="落户确认")
    request_reissue: nexusrpc.Operation[Letter, Receipt] = nexusrpc.Operation(name="申请补发迁移证")
    request_restoration: nexusrpc.Operation[Letter, Receipt] = nexusrpc.Operation(
        name="申请恢复户口"
    )


@nexusrpc.service(name="户口迁入")
class HukouMoveInService:
    """The destination's counter: the answers of the origin (迁出反馈 and the A1-X answers)."""

    answer: nexusrpc.Operation[Letter, Receipt] = nexusrpc.Operation(name="迁出反馈")
    certificate_reissued: nexusrpc.Operation[Letter, Receipt] = nexusrpc.Operation(name="补发反馈")
    registration_restored: nexusrpc.Operation[Letter, Receipt] = nexusrpc.Operation(
        name="恢复户口反馈"
    )


@nexusrpc.service(name="公文往来")
class Correspondence:
    """The verbs that any two offices need, each with a coded reason and acknowledged."""

    remind: nexusrpc.Operation[Letter, Receipt] = nexusrpc.Operation(name="催办")
    clarify: nexusrpc.Operation[Letter, Receipt] = nexusrpc.Operation(name="商请核实")
    lateness: nexusrpc.Operation[Letter, Receipt] = nexusrpc.Operation(name="超期告知")
    tell_clock: nexusrpc.Operation[Letter, Receipt] = nexusrpc.Operation(name="时限告知")
    reject_document: nexusrpc.Operation[Letter, Receipt] = nexusrpc.Operation(name="退回文书")
    update_document: nexusrpc.Operation[Letter, Receipt] = nexusrpc.Operation(name="更新文书")
    invalidate_document: nexusrpc.Operation[Letter, Receipt] = nexusrpc.Operation(name="作废文书")
    forward: nexusrpc.Operation[Letter, Receipt] = nexusrpc.Operation(name="转送主管机构")
    withdraw: nexusrpc.Operation[Letter, Receipt] = nexusrpc.Operation(name="撤回")
    reopen: nexusrpc.Operation[Letter, Receipt] = nexusrpc.Operation(name="商请重新办理")


Door = nexusrpc.Operation[Letter, Receipt]

#: The general letters, by the name of their operation in Python.
GENERAL: dict[str, LetterVerb] = {
    "request": LetterVerb.REQUEST,
    "answer": LetterVerb.ANSWER,
    "confirm": LetterVerb.CONFIRM,
    "amend_request": LetterVerb.AMEND_REQUEST,
    "amended": LetterVerb.AMENDED,
    "progress": LetterVerb.PROGRESS,
}


def _competence(family: Family) -> type:
    """One family's service: the six general letters under the names of its field."""
    operations: dict[str, Any] = {
        name: nexusrpc.Operation(name=family.letter_name(verb)) for name, verb in GENERAL.items()
    }
    annotations = dict.fromkeys(operations, nexusrpc.Operation[Letter, Receipt])
    body = {
        "__annotations__": annotations,
        "__doc__": f"{family.service} ({family.code}).",
        "__module__": __name__,
        **operations,
    }
    return nexusrpc.service(name=family.service)(type(f"{family.code}_Service", (), body))


#: The services of all transfers, by family code.
COMPETENCES: dict[str, type] = {code: _competence(one) for code, one in TRANSFERS.items()}

#: Which service and operation carries which verb; the general letters are in COMPETENCES.
DOORS: dict[LetterVerb, tuple[type, Door]] = {
    LetterVerb.MOVE_OUT_REQUEST: (HukouMoveOutService, HukouMoveOutService.request),
    LetterVerb.LANDING_CONFIRMED: (HukouMoveOutService, HukouMoveOutService.confirm_landing),
    LetterVerb.REISSUE_REQUEST: (HukouMoveOutService, HukouMoveOutService.request_reissue),
    LetterVerb.RESTORE_REQUEST: (HukouMoveOutService, HukouMoveOutService.request_restoration),
    LetterVerb.MOVE_OUT_ANSWER: (HukouMoveInService, HukouMoveInService.answer),
    LetterVerb.CERTIFICATE_REISSUED: (HukouMoveInService, HukouMoveInService.certificate_reissued),
    LetterVerb.REGISTRATION_RESTORED: (
        HukouMoveInService,
        HukouMoveInService.registration_restored,
    ),
    LetterVerb.REMIND: (Correspondence, Correspondence.remind),
    LetterVerb.CLARIFY: (Correspondence, Correspondence.clarify),
    LetterVerb.LATENESS: (Correspondence, Correspondence.lateness),
    LetterVerb.TELL_CLOCK: (Correspondence, Correspondence.tell_clock),
    LetterVerb.REJECT_DOCUMENT: (Correspondence, Correspondence.reject_document),
    LetterVerb.UPDATE_DOCUMENT: (Correspondence, Correspondence.update_document),
    LetterVerb.INVALIDATE_DOCUMENT: (Correspondence, Correspondence.invalidate_document),
    LetterVerb.FORWARD: (Correspondence, Correspondence.forward),
    LetterVerb.WITHDRAW: (Correspondence, Correspondence.withdraw),
    LetterVerb.REOPEN: (Correspondence, Correspondence.reopen),
}

_GENERAL_NAMES = {verb: name for name, verb in GENERAL.items()}


def door_of(letter: Letter) -> tuple[type, Door, str]:
    """The service and operation that carry a letter, and the letter's name for people."""
    if letter.verb in DOORS:
        return *DOORS[letter.verb], LETTER_NAMES[letter.verb]
    service = COMPETENCES[letter.family]
    door: Door = getattr(service, _GENERAL_NAMES[letter.verb])
    return service, door, TRANSFERS[letter.family].letter_name(letter.verb)
