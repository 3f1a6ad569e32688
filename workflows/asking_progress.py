"""A request whose answer may take the applicant's part first: the other side's word is passed on.

For families whose origin may wait for the person (arrears, missing evidence); used with ask_peer.
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
