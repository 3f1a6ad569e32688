"""One example as the registers of both sides have it in the end, against what its script expects.

Used by `embedded.demo.report`, which shows it, and by `embedded.demo.checks`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from console.office import Office, Record
from console.wording.bundle_view import bundle_view
from domain.accounts import Account
from domain.casework import ENDING_STAGE, STAGE_LABELS, Ending, Stage
from domain.scenario import ChildState
from embedded.demo.play import Play


@dataclass(frozen=True, slots=True)
class Result:
    """One example as the registers of both sides have it in the end."""

    play: Play
    records: tuple[Record, ...]
    """The case and its legs with everything on file."""

    @property
    def workflows(self) -> dict[str, str]:
        """Workflow id -> case number."""
        return {record["workflow_id"]: record["case_no"] for record in self.records}

    @property
    def ending(self) -> str:
        """How it ended, in words; both sides where they differ, items of a bundle counted."""
        if self.items:
            granted = sum(one["state_name"] == ChildState.GRANTED.label for one in self.items)
            return f"{_ending(self.records[0]['ending'])}，{granted}/{len(self.items)}项"
        ends = [_ending(record["ending"]) for record in self.records] or [_ending(None)]
        return "／".join(dict.fromkeys(ends))

    @property
    def items(self) -> list[Record]:
        """The items of a 一件事 in its order, as its progress view has them; else none."""
        if not self.play.composite or not self.records:
            return []
        children: list[Record] = bundle_view(self.records[0])["children"]
        return children

    @property
    def money(self) -> tuple[int, int]:
        """(sent by the other side, credited at home) over all letters, in fen."""
        kept = [one for record in self.records for one in record["money"]]
        sent = -sum(one["balances"].get(Account.RELATION, 0) for one in kept)
        return sent, sum(one["credited_fen"] for one in kept)

    @property
    def parcels(self) -> int:
        """How many parcels travelled; both sides keep the same one under its key."""
        return len({one["parcel_key"] for record in self.records for one in record["parcels"]})

    def counts(self, events: Mapping[str, int]) -> tuple[int, int, int, int]:
        """Acts, tasks, letters and history events of both sides together."""
        letters = {one["number"] for record in self.records for one in record["letters"]}
        return (
            sum(len(record["acts"]) for record in self.records),
            sum(len(record["tasks"]) for record in self.records),
            len(letters),
            sum(events[workflow] for workflow in self.workflows),
        )

    def deviations(self) -> list[str]:
        """What is not as the script expects, in words."""
        play, script = self.play, self.play.script
        if play.trouble:
            return [play.trouble]
        sides = [("迁入地", script.home, play.case["ending"] if play.case else None)]
        if play.legs or not play.alone:
            sides.append(("迁出地", script.origin, play.legs[-1]["ending"] if play.legs else None))
        sides += [("另立的办件", script.home, one["ending"]) for one in play.children]
        found = [
            f"{side}应为“{_ending(wanted)}”，实为“{_ending(ending)}”"
            for side, wanted, ending in sides
            if ending != wanted
        ]
        codes = {one["code"] for record in self.records for one in record["acts"]}
        codes |= {one["code"] for record in self.records for one in record["events"]}
        missing = sorted(script.trail - codes)
        return found + ([f"办理记录里没有 {'、'.join(missing)}"] if missing else [])


async def collect(plays: Sequence[Play], offices: Mapping[str, Office]) -> list[Result]:
    """The full records of every play."""
    results = []
    for play in plays:
        numbers = [one["case_no"] for one in play.records]
        records = [await offices[number[:6]].case(number) for number in numbers]
        results.append(Result(play, tuple(records)))
    return results


def _ending(ending: str | None) -> str:
    if ending == Ending.ORIGIN_REFUSED:
        return STAGE_LABELS[Stage.ORIGIN_REFUSED]
    return STAGE_LABELS[ENDING_STAGE[Ending(ending)]] if ending else "未办结"
