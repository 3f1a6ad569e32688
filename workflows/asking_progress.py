"""Requests of which the other side tells more than its answer, before it or after it.

Used with ask_peer by the families whose origin may wait for the person (arrears, missing
evidence), or pays or sends something once it has granted the request.
"""

from __future__ import annotations

from temporalio import workflow

with workflow.unsafe.imports_passed_through():
    from contracts.letters import Letter, LetterVerb
    from workflows.asking import Asking


class AskingWithProgress(Asking):
    """As any request; PROGRESS of the origin becomes a notice to the applicant."""

    also_taken = frozenset({LetterVerb.PROGRESS})

    async def other_letter(self, letter: Letter) -> None:
        """What the applicant has to do there, in the words of the family's refusals."""
        self.desk.note("PEER_WAITS", code=letter.reason_code or "")
        self.desk.tell("PEER_WAITS", reason=letter.reason_code or "")


class AskingForMore(Asking):
    """As any request; PROGRESS about what was granted may follow the answer at once."""

    followed_by = frozenset({LetterVerb.PROGRESS})
