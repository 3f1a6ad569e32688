"""听证告知书, 听证通知书 and 听证公告: each follows from its act and from what was written with it.

Called by `console.slip_notices`. An announcement is for everybody and names nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from console.slip_facts import CaseFile, Offer, Record
from domain.casework import ACT_LABELS, ActCode
from slips.kinds import SlipKind


def hearings(case: CaseFile) -> Iterator[Offer]:
    """The papers of a hearing that the case's acts allow, oldest first."""
    limits = [one for one in case.record["clocks"] if one["kind"] == "HEARING_ASK"]
    for act, limit in zip(case.acts(ActCode.HEARING_TOLD), limits, strict=False):
        if limit["due_on"] is not None:
            yield _offer(case, act, SlipKind.HEARING_RIGHT, ask_until=limit["due_on"])
    for code, kind in (
        (ActCode.HEARING_ANNOUNCED, SlipKind.HEARING_ANNOUNCEMENT),
        (ActCode.HEARING_NOTICED, SlipKind.HEARING_NOTICE),
    ):
        for act in case.acts(code):
            day = date.fromisoformat(act["facts"]["day"])
            yield _offer(
                case,
                act,
                kind,
                day=day,
                place=_written(case, act, "place"),
                chair=f"工号 {act['facts']['chair']}",
            )


def _offer(case: CaseFile, act: Record, kind: SlipKind, **facts: date | str) -> Offer:
    own = case.own
    if kind is SlipKind.HEARING_ANNOUNCEMENT:
        own = {name: own[name] for name in ("case_no", "matter")}
    return Offer(
        kind=kind,
        subject=act["key"],
        about=f"{act['effective_on']} {ACT_LABELS[ActCode(act['code'])]}",
        office=act["office"],
        facts={
            **own,
            "told_on": act["effective_on"],
            "reason": _written(case, act, "reason"),
            **facts,
        },
    )


def _written(case: CaseFile, act: Record, name: str) -> str:
    """What was written in the command behind the act: one of the causes of the act's step."""
    causes = {
        cause
        for event in case.record.get("events", ())
        if event["code"] == "STEP" and event["made_in"] == act["made_in"]
        for cause in event["facts"].get("causes", ())
    }
    for command in case.record.get("commands", ()):
        if command["command_id"] in causes and command["body"].get(name):
            return str(command["body"][name])
    return "见办件登记"
