"""A small world of which every figure of November 2026 can be worked out by hand.

November 2026 has 21 working days; the 2nd is a Monday. Filing day never counts.

- A  filed 11-02, accepted 11-03, ended 11-12. Elapsed: 3 4 5 6 9 10 11 12 = 8. Its limit started
     11-03 and stopped 11-12: 4 5 6 9 10 11 12 = 7 counted. Promised 8: until 11-13, kept.
     Two registers supplied papers, one was brought. Three tasks.
- B  filed 11-02, notice 11-03, handed in 11-09, second notice 11-10, handed in 11-11, accepted
     11-11, ended 11-25. Elapsed 3..6 (4) 9..13 (5) 16..20 (5) 23 24 25 (3) = 17. Limit started
     11-11, due 11-20, stopped 11-25: 12 13 (2) 16..20 (5) 23 24 25 (3) = 10 counted; late.
     Promised 6: until 11-19, broken.
- C  filed 11-09, not accepted 11-10. Elapsed 1; limit 11-09 to 11-10, nothing promised: 1 counted.
- D  filed 11-16, accepted 11-16, paused from 11-18 to 11-23, in hand. The pause was told to last
     until 11-20: a step that was late, by which no limit of the case is.
- E  filed 10-26, accepted 10-26, in hand; its limit was marked as passed on 11-17.
- F  filed 11-20, withdrawn 11-24 by the applicant. Elapsed 23 24 = 2; no limit of an office.
- P  filed and accepted 11-03, paused from 11-05 to 11-12, two days longer than was told, ended
     11-16. Elapsed 4 5 6 9 10 11 12 13 16 = 9; its limit ran on 4 12 13 16 = 4 counted.
- K  filed and accepted 11-05 on a promise, decided 11-10, handed over 11-11, its promise checked
     until 11-30, later than the check's own limit. Elapsed 6 9 10 11 = 4; limit 11-05 to 11-10:
     6 9 10 = 3 counted. Two tasks before the check, one of the check.
- L  a leg of another matter, filed 11-02, ended 11-04, limit 11-02 to 11-04. Elapsed 2, counted 2.
- Z  ended 10-30: no part of November.
"""

from __future__ import annotations

from tests.bulletins.world import Step, Told, at, on

STATION, BUREAU, AGENCY = "-GA-01", "-GA-00", "-SB-01"
PAUSE, CHECK = {"clock": "SUSPENSION"}, {"clock": "AFTER_CHECK"}


def cases(locality: str) -> list[Told]:
    """The cases, with offices of `locality`."""
    station, bureau, agency = (f"{locality}{one}" for one in (STATION, BUREAU, AGENCY))
    return [
        Told(
            office=station,
            filed_at=at("11-02"),
            ending="COMPLETED",
            steps=[
                Step(at("11-02", 11), "SUBMITTED"),
                Step(at("11-03"), "REVIEW", acts=("ACCEPTED",)),
                Step(at("11-05"), "APPROVAL", office=bureau),
                Step(at("11-09"), "ORIGIN_PROCESSING", "THEIRS"),
                Step(at("11-11"), "DELIVERY"),
                Step(at("11-12"), "ARCHIVED"),
            ],
            letters=[(at("11-09"), "370402")],
            clocks=[
                {
                    "started_on": on("11-03"),
                    "stopped_on": on("11-12"),
                    "due_on": on("12-01"),
                    "promised": 8,
                    "promised_on": on("11-13"),
                }
            ],
            sources=["SHARED:MARRIAGE", "SHARED:POPULATION", "APPLICANT"],
            tasks=3,
        ),
        Told(
            office=station,
            filed_at=at("11-02"),
            ending="COMPLETED",
            steps=[
                Step(at("11-02", 11), "SUBMITTED"),
                Step(at("11-03"), "CORRECTION", "APPLICANT", acts=("CORRECTION_NOTICE",)),
                Step(at("11-09"), "SUBMITTED"),
                Step(at("11-10"), "CORRECTION", "APPLICANT", acts=("CORRECTION_NOTICE",)),
                Step(at("11-11", 9), "SUBMITTED"),
                Step(at("11-11"), "REVIEW", acts=("ACCEPTED",)),
                Step(at("11-21", 0, 1), "REVIEW", code="OVERDUE"),
                Step(at("11-25"), "ARCHIVED"),
            ],
            clocks=[
                {
                    "started_on": on("11-11"),
                    "stopped_on": on("11-25"),
                    "due_on": on("11-20"),
                    "length": 7,
                    "promised": 6,
                    "promised_on": on("11-19"),
                }
            ],
            sources=["APPLICANT"],
            tasks=4,
        ),
        Told(
            office=station,
            filed_at=at("11-09"),
            ending="NOT_ACCEPTED",
            steps=[
                Step(at("11-09", 11), "SUBMITTED"),
                Step(at("11-10"), "NOT_ACCEPTED", acts=("NOT_ACCEPTED",)),
            ],
            clocks=[
                {
                    "kind": "INTAKE",
                    "effect": "DEEMED_ACCEPTED",
                    "length": 5,
                    "started_on": on("11-09"),
                    "stopped_on": on("11-10"),
                    "due_on": on("11-16"),
                }
            ],
            tasks=1,
        ),
        Told(
            office=station,
            filed_at=at("11-16"),
            steps=[
                Step(at("11-16", 11), "REVIEW", acts=("ACCEPTED",)),
                Step(at("11-18"), "REVIEW", code="SUSPEND"),
                Step(at("11-21", 0, 1), "REVIEW", code="OVERDUE", facts=PAUSE),
                Step(at("11-23"), "REVIEW", code="RESUME"),
            ],
            clocks=[{"started_on": on("11-16"), "due_on": on("12-17")}],
        ),
        Told(
            office=station,
            filed_at=at("10-26"),
            steps=[
                Step(at("10-26", 11), "REVIEW", acts=("ACCEPTED",)),
                Step(at("11-17", 0, 1), "REVIEW", office=bureau, code="OVERDUE"),
            ],
            clocks=[{"started_on": on("10-26"), "due_on": on("11-16"), "length": 15}],
        ),
        Told(
            office=station,
            filed_at=at("11-20"),
            ending="WITHDRAWN",
            steps=[Step(at("11-20", 11), "SUBMITTED"), Step(at("11-24"), "WITHDRAWN")],
        ),
        Told(
            office=station,
            filed_at=at("11-03"),
            ending="COMPLETED",
            steps=[
                Step(at("11-03", 11), "REVIEW", acts=("ACCEPTED",)),
                Step(at("11-05"), "REVIEW", code="SUSPEND"),
                Step(at("11-11", 0, 1), "REVIEW", code="OVERDUE", facts=PAUSE),
                Step(at("11-12"), "REVIEW", code="RESUME"),
                Step(at("11-16"), "ARCHIVED"),
            ],
            clocks=[
                {
                    "started_on": on("11-03"),
                    "stopped_on": on("11-16"),
                    "due_on": on("12-08"),
                    "pauses": [{"from_day": "2026-11-05", "to_day": "2026-11-12"}],
                },
                {
                    "kind": "SUSPENSION",
                    "length": 3,
                    "started_on": on("11-05"),
                    "stopped_on": on("11-12"),
                    "due_on": on("11-10"),
                },
            ],
            tasks=2,
        ),
        Told(
            office=station,
            filed_at=at("11-05"),
            ending="COMPLETED",
            steps=[
                Step(at("11-05", 11), "REVIEW", acts=("ACCEPTED", "PROMISE_ACCEPTED")),
                Step(at("11-10"), "DELIVERY"),
                Step(at("11-11"), "AFTER_CHECK"),
                Step(at("11-21", 0, 1), "AFTER_CHECK", code="OVERDUE", facts=CHECK),
                Step(at("11-30"), "ARCHIVED"),
            ],
            clocks=[
                {"started_on": on("11-05"), "stopped_on": on("11-10"), "due_on": on("12-03")},
                {
                    "kind": "AFTER_CHECK",
                    "length": 8,
                    "started_on": on("11-10"),
                    "stopped_on": on("11-30"),
                    "due_on": on("11-20"),
                },
            ],
            tasks=2,
            last_tasks=1,
        ),
        Told(
            office=agency,
            filed_at=at("11-02"),
            matter="PENSION-TRANSFER",
            kind="LEG",
            peer="370402",
            ending="COMPLETED",
            steps=[Step(at("11-02", 11), "RECEIVED"), Step(at("11-04"), "LEG_COMPLETED")],
            clocks=[{"started_on": on("11-02"), "stopped_on": on("11-04"), "due_on": on("11-23")}],
            tasks=2,
        ),
        Told(
            office=station,
            filed_at=at("10-20"),
            ending="COMPLETED",
            steps=[Step(at("10-20", 11), "REVIEW"), Step(at("10-30"), "ARCHIVED")],
        ),
    ]
