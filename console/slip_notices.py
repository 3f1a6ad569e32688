"""Notices and receipts to the applicant that a case can have now: each follows from an act.

Called by `console.slip_desk`. A form is offered only when everything it needs is on file.
"""

from __future__ import annotations

from collections.abc import Iterator

from console.slip_facts import CaseFile, Offer, Record, Rows, day_of
from console.slip_hearings import hearings
from console.slip_limits import OF_LIMITS
from console.wording.findings import finding_words
from contracts.letters import LetterVerb
from domain.casework import ACT_LABELS, CERTIFICATE_LABELS, ActCode, Ending
from domain.common_tasks import COMMON_TASKS, CommonTask
from domain.intake_rules import DefectCode
from slips.kinds import SlipKind
from slips.render import Fact

_REFUSING = (
    ActCode.REFUSED,
    ActCode.NOT_PASSED,
    ActCode.PEER_REFUSED,
    ActCode.ORIGIN_REFUSED,
    ActCode.ITEM_REFUSED,
)
_BY_PEER = (ActCode.PEER_REFUSED, ActCode.ORIGIN_REFUSED)
_MISSING = "自动核查发现：{}。需要补正的全部内容，以一次性补正告知书为准。"
_FORMAL = frozenset({ActCode.DELIVERED, ActCode.ARCHIVED, ActCode.CONFIRMED, ActCode.REMITTED})
_BY_OURSELVES = frozenset({Ending.REFUSED, Ending.ITEM_REFUSED})
_REFUSED_ENDINGS = _BY_OURSELVES | {Ending.PEER_REFUSED, Ending.ORIGIN_REFUSED}


def notices(case: CaseFile) -> Iterator[Offer]:
    """Every notice that the case's acts allow, in the order of the procedure.

    Whoever decides tells the applicant so: the home case, but the leg where the home only collects
    for the other locality (docs/rules.md A11, X1). No other leg writes to the applicant.
    """
    at_home = case.record["kind"] == "HOME"
    if case.record["kind"] == "PARCEL":
        return
    if at_home:
        yield _intake(case)
    if at_home != case.collects_only:
        for form in (
            *(_acceptance, _corrections, _non_acceptance, hearings),
            *(_refusal, *OF_LIMITS),
        ):
            yield from form(case)
    if at_home:
        for form in (_withdrawal, _conclusion, _service):
            yield from form(case)


def _intake(case: CaseFile) -> Offer:
    """Only a window that collects for another locality hands on and keeps originals for the post;
    every other one takes the papers in for the office that decides (docs/rules.md A11)."""
    record = case.record
    office = _peer_agency(case) if case.collects_only else case.office(record["competent_office"])
    missing = _missing(case)
    collected: dict[str, Fact] = {
        "taken": f"本窗口已代收您提交的下列材料，并转交{office}办理。",
        "counting": "其办理期限自该机关收到材料之日起计算。",
        "keeping": "材料原件由本窗口保管至寄出，其后的流转以物料流转凭证为准。",
    }
    return Offer(
        kind=SlipKind.INTAKE,
        subject="intake",
        about=f"{record['received_on']} 收件",
        office=record["intake_office"],
        facts={
            **case.own,
            "home_office": office,
            "received_on": record["received_on"],
            "materials": case.materials(),
            **(collected if case.collects_only else {}),
            **({"missing": _MISSING.format("；".join(missing))} if missing else {}),
        },
    )


def _missing(case: CaseFile) -> list[str]:
    """What the first look at the papers found to be missing, in words."""
    for task in case.record.get("tasks", ()):
        found = [one for one in task["findings"] if str(one).partition(":")[0] in set(DefectCode)]
        if found:
            return [finding_words(one, case.catalog, case.record["family"]) for one in found]
    return []


def _acceptance(case: CaseFile) -> Iterator[Offer]:
    due = case.clock("DECISION", "PEER", "RELEASE", "BOOKING")
    for act in case.acts(ActCode.ACCEPTED, ActCode.DEEMED_ACCEPTED):
        due_on = due["due_on"] if due else case.record["due_on"]
        if due_on is not None:
            yield _by_act(
                case,
                act,
                SlipKind.ACCEPTANCE,
                applied_on=day_of(case.record["filed_at"]),
                accepted_on=act["effective_on"],
                due_on=due_on,
                materials=case.materials(),
            )


def _corrections(case: CaseFile) -> Iterator[Offer]:
    limits = [one for one in case.record["clocks"] if one["kind"] == "CORRECTION"]
    for act, limit in zip(case.acts(ActCode.CORRECTION_NOTICE), limits, strict=False):
        defects: Rows = [
            {"name": str(text), "problem": "未提交，或不符合要求", "demand": "请补交或更正"}
            for text in act["facts"].get("defects", ())
        ]
        if defects and limit["due_on"] is not None:
            yield _by_act(
                case,
                act,
                SlipKind.CORRECTION,
                applied_on=day_of(case.record["filed_at"]),
                due_on=limit["due_on"],
                defects=defects,
            )


def _non_acceptance(case: CaseFile) -> Iterator[Offer]:
    for act in case.acts(ActCode.NOT_ACCEPTED):
        reason, way_on = case.written(act)
        yield _by_act(
            case,
            act,
            SlipKind.NON_ACCEPTANCE,
            **case.remedies,
            applied_on=day_of(case.record["filed_at"]),
            reason=reason,
            way_on=way_on,
        )


def _refusal(case: CaseFile) -> Iterator[Offer]:
    """One paper for the refusal that ended the case: the deciding office is the other locality's
    where it was the other one that refused (docs/rules.md A0 rule 4)."""
    if case.record["ending"] not in _REFUSED_ENDINGS:
        return
    acts = case.acts(*_REFUSING) or case.acts(ActCode.TERMINATED)
    for act in acts[-1:]:
        reason, way_on = case.written(act)
        refused_there = act["code"] in _BY_PEER or case.record["ending"] not in _BY_OURSELVES
        peer = refused_there and case.record["kind"] == "HOME"
        yield _by_act(
            case,
            act,
            SlipKind.REFUSAL,
            **case.remedies,
            deciding_office=_peer_office(case) if peer else case.office(act["office"]),
            decided_on=act["effective_on"],
            reason=reason,
            way_on=way_on,
        )


def _withdrawal(case: CaseFile) -> Iterator[Offer]:
    if case.record["ending"] == Ending.WITHDRAWN:
        for act in case.acts(ActCode.WITHDRAWN):
            yield _by_act(
                case,
                act,
                SlipKind.WITHDRAWAL,
                withdrawn_on=act["effective_on"],
                materials=case.materials(),
            )


def _conclusion(case: CaseFile) -> Iterator[Offer]:
    record = case.record
    if record["ending"] != Ending.COMPLETED or record["closed_at"] is None:
        return
    done = [act for act in case.acts(*ActCode) if act["code"] not in _FORMAL]
    result = ACT_LABELS[ActCode(done[-1]["code"])] if done else "已办结"
    papers = [_certificate(one) for one in record["certificates"] if one["status"] != "VOID"]
    facts = {"certificate": "、".join(papers)} if papers else {}
    yield Offer(
        kind=SlipKind.CONCLUSION,
        subject="ending",
        about=f"{day_of(record['closed_at'])} 办结",
        office=record["competent_office"],
        facts={
            **case.own,
            **facts,
            "concluded_on": day_of(record["closed_at"]),
            "result": f"已完成{result}。",
        },
    )


def _service(case: CaseFile) -> Iterator[Offer]:
    ways = {one.code: one.label for one in COMMON_TASKS[CommonTask.DELIVERY].outcomes}
    for act in case.acts(ActCode.DELIVERED):
        papers: Rows = [
            {"name": _certificate(one), "number": one["number"], "copies": 1}
            for one in case.record["certificates"]
            if one["status"] != "VOID"
        ]
        result: Rows = [
            {
                "name": f"{case.record['matter_name']}办理结果",
                "number": case.record["case_no"],
                "copies": 1,
            }
        ]
        way = str(act["facts"].get("way", ""))
        yield Offer(
            kind=SlipKind.SERVICE,
            subject=act["key"],
            about=f"{act['effective_on']} 送达",
            office=act["office"],
            facts={
                "case_no": case.record["case_no"],
                "recipient": case.applicant,
                "way": ways.get(way, way or "窗口领取"),
                "served_on": act["effective_on"],
                "documents": papers or result,
            },
        )


def _by_act(case: CaseFile, act: Record, kind: SlipKind, **facts: Fact) -> Offer:
    return Offer(
        kind=kind,
        subject=act["key"],
        about=f"{act['effective_on']} {ACT_LABELS.get(act['code'], act['code'])}",
        office=act["office"],
        facts={**case.own, **facts},
    )


def _certificate(row: Record) -> str:
    return str(CERTIFICATE_LABELS.get(row["kind"], row["kind"]))


def _peer_office(case: CaseFile) -> str:
    answers = [one for one in case.record["letters"] if one["direction"] == "IN"]
    office = answers[-1]["letter"].get("from_office", "") if answers else ""
    known = case.catalog.offices.get(office)
    return known.name if known else case.locality_name(case.record["peer"])


def _peer_agency(case: CaseFile) -> str:
    """The office of the other locality that accepts and decides this matter; of an item, the
    office that the application was sent to."""
    matter = case.catalog.transfers.get(case.record["matter"])
    place = case.catalog.localities.get(case.record["peer"])
    code = place.agencies.get(matter.peer_agency, "") if matter and place else ""
    asked = [one for one in case.record["letters"] if one["verb"] == LetterVerb.REQUEST]
    code = code or (asked[-1]["letter"].get("to_office") or "" if asked else "")
    return case.office(code) if code else case.locality_name(case.record["peer"])
