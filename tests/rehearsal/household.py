"""The invented people of a story, and the complete application that they hand in."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from domain.identity import with_check_digit
from tests.rehearsal.stage import HOME, ORIGIN, Stage


class Household:
    """People who move from ``origin`` to ``home``; ``case_no`` once their application is filed."""

    def __init__(self, stage: Stage, *, home: str = HOME, origin: str = ORIGIN) -> None:
        self.stage = stage
        self.home, self.origin = home, origin
        self.case_no = ""
        self.people: list[dict[str, Any]] = []
        self.here = Path(".")

    async def person(
        self, locality: str | None = None, *, born: str = "19900101", **changes: Any
    ) -> dict[str, Any]:
        """An invented person registered in a locality; the number can never be issued."""
        serial = self.stage.new_serial()
        where = locality or self.origin
        county = f"{'339999' if where == ORIGIN else '379999'}"
        day = (datetime.strptime(born, "%Y%m%d").date() - timedelta(days=serial // 900)).strftime(
            "%Y%m%d"
        )
        number = with_check_digit(f"{county}{day}{serial % 900 + 100:03d}")
        record = {
            "id_no": number,
            "name": f"样例人{serial}",
            "sex": "MALE" if int(number[16]) % 2 else "FEMALE",
            "ethnic": "汉族",
            "birth_date": f"{day[:4]}-{day[4:6]}-{day[6:]}",
            "status": "ACTIVE",
            "station": f"{where}-GA-01",
            "address": f"样例路{serial}号",
            "household_no": f"{where}-H{serial:06d}",
            "phone": f"120{serial:08d}",
            **changes,
        }
        await self.stage.put(f"/population/{where}/_person", record)
        return record

    async def application(
        self, matter: str = "HUKOU-JOB-TRANSFER", *, followers: int = 0, **changes: Any
    ) -> dict[str, Any]:
        """A complete application for new people; ``changes`` replace single fields."""
        extra: dict[str, Any] = {}
        born = "19600301" if matter == "HUKOU-PARENTS" else "19900101"
        main = await self.person(born=born)
        self.people = [main]
        if matter == "HUKOU-SPOUSE":
            spouse = await self.person(self.home)
            await self.stage.put(
                "/marriage/_marriage",
                {
                    "id_a": main["id_no"],
                    "id_b": spouse["id_no"],
                    "status": "MARRIED",
                    "certificate_no": f"样例婚{self.stage.new_serial()}",
                    "registered_on": "2020-05-20",
                },
            )
            extra = {
                "spouse_id_no": spouse["id_no"],
                "receiving_household": spouse["household_no"],
            }
        elif matter == "HUKOU-PARENTS":
            child = await self.person(self.home)
            extra = {"child_id_no": child["id_no"], "receiving_household": child["household_no"]}
        elif matter == "HUKOU-ADMISSION":
            notice = f"样例录{self.stage.new_serial()}"
            await self.stage.put(
                "/education/_admission",
                {
                    "id_no": main["id_no"],
                    "name": main["name"],
                    "notice_no": notice,
                    "school": "样例大学",
                    "school_locality": self.home,
                    "admitted_on": "2026-08-01",
                },
            )
            extra = {"school": "样例大学", "notice_number": notice}
        elif matter == "HUKOU-GRADUATION":
            diploma = f"样例毕{self.stage.new_serial()}"
            await self.stage.put(
                "/education/_graduation",
                {
                    "id_no": main["id_no"],
                    "name": main["name"],
                    "diploma_no": diploma,
                    "school": "样例大学",
                    "school_locality": self.origin,
                    "graduated_on": "2026-06-30",
                },
            )
            extra = {
                "school": "样例大学",
                "diploma_number": diploma,
                "graduated_on": "2026-06-30",
            }
        for number in range(followers):
            self.people.append(
                await self.person(
                    born="20150601",
                    household_no=main["household_no"],
                    name=f"样例随迁{self.stage.new_serial()}-{number}",
                )
            )
        return {
            "matter": matter,
            "origin_locality": self.origin,
            "origin_station": f"{self.origin}-GA-01",
            "origin_address": "样例路1号",
            "destination_station": f"{self.home}-GA-01",
            "destination_address": "样例街2号",
            "applicant": {key: main[key] for key in ("name", "id_no", "phone")},
            "migrants": [
                {
                    "relation": "本人" if person is main else "子女",
                    "name": person["name"],
                    "id_no": person["id_no"],
                }
                for person in self.people
            ],
            "documents": self._documents(matter),
            **extra,
            **changes,
        }

    def _documents(self, matter: str) -> list[dict[str, Any]]:
        documents = []
        for rule in self.stage.catalog.matter(matter).documents:
            if not rule.required or rule.shareable_from:
                continue
            numbers: list[int | None] = [None]
            if rule.per_person:
                everybody = range(1, len(self.people) + 1)
                numbers = [
                    number
                    for number in everybody
                    if rule.persons == "ALL" or (rule.persons == "MAIN") == (number == 1)
                ]
            documents += [
                {
                    "type": rule.type,
                    "text": f"样例材料 {rule.name} {self.people[0]['household_no']} {number}",
                    **({"person": number} if number else {}),
                }
                for number in numbers
            ]
        return documents
