"""A citizen's transfer as a test tells it: entries at the business registers, money, parcels.

Adds to :class:`tests.rehearsal.story.Story` what every matter but 户口迁移 needs.
"""

from __future__ import annotations

import copy
from datetime import date
from typing import Any

from adapters.protocols import RegisterEntry, RegisterKind, RegisterQuery
from domain.accounts import Account
from domain.invariants.money import Book, Money, Remittance, check_money
from domain.ledger import balances
from domain.refusals import refusal_words
from domain.task_table import TASKS
from storage import holdings
from tests.rehearsal.quiet import at_rest
from tests.rehearsal.stage import HOME, ORIGIN, Stage
from tests.rehearsal.story import Story


class TransferStory(Story):
    """One transfer filed at ``home``; ``origin`` is the other locality."""

    def __init__(self, stage: Stage, *, home: str = HOME, origin: str = ORIGIN) -> None:
        super().__init__(stage, home=home, origin=origin)
        self.applicant: dict[str, Any] = {}

    async def somebody(self, *, born: str = "19850101", at: str | None = None) -> dict[str, Any]:
        """An invented applicant, registered in a locality (the origin unless given)."""
        self.applicant = await self.person(at or self.origin, born=born)
        self.people = [self.applicant]
        return self.applicant

    async def entry(
        self,
        kind: str,
        data: dict[str, Any],
        *,
        at: str,
        status: str = "ACTIVE",
        subject: str | None = None,
    ) -> None:
        """Put an entry on a business register; the subject is the applicant unless given."""
        await self.stage.put(
            f"/registers/{at}/_entry",
            {
                "kind": kind,
                "subject": subject or self.applicant["id_no"],
                "locality": at,
                "status": status,
                "data": copy.deepcopy(data),
            },
        )

    async def file_transfer(
        self,
        matter: str,
        details: dict[str, Any] | None = None,
        documents: list[dict[str, Any]] | None = None,
        **changes: Any,
    ) -> None:
        """File a complete application; documents that the matter asks for are added."""
        given = list(documents or [])
        for rule in self.stage.catalog.transfer(matter).documents:
            known = {one["type"] for one in given}
            if rule.required and not rule.shareable_from and rule.type not in known:
                text = f"样例材料 {rule.name} {self.stage.people}"
                given.append({"type": rule.type, "text": text})
        await self.file_this(
            {
                "matter": matter,
                "peer_locality": self.origin,
                "applicant": {key: self.applicant[key] for key in ("name", "id_no", "phone")},
                "details": details or {},
                "documents": given,
                **changes,
            }
        )

    async def task(self, kind: str, *, at: str | None = None) -> dict[str, Any]:
        """The open task of that kind, in whichever locality it appears first."""
        localities = [at] if at else [self.home, self.origin]

        async def find() -> dict[str, Any] | None:
            for locality in localities:
                for task in await self.stage.offices[locality].tasks(home_case_no=self.case_no):
                    if task["kind"] == kind:
                        return task
            return None

        found: dict[str, Any] = await self.until(find, f"task {kind} in {localities}")
        self.readable(found)
        return found

    async def work(self, *plan: str) -> None:
        """Decide tasks in this order, each given as ``KIND=OUTCOME``."""
        for step in plan:
            kind, _, outcome = step.partition("=")
            assert outcome in TASKS[kind].by_code, step
            await self.decide(kind, outcome)

    async def ends(self, stage: str, ending: str) -> dict[str, Any]:
        """As every story ends, and no invariant of docs/rules.md D is broken."""
        case = await super().ends(stage, ending)
        await self.consistent()
        return case

    async def peer_refuses(self, examination: str, code: str) -> None:
        """The other locality finds this reason and refuses; the applicant is told in words."""
        task = await self.task(examination)
        assert code in task["findings"], task["findings"]
        await self.decide(examination, "REFUSE", reason="样例理由", reason_code=code)
        await self.decide("PEER_REFUSAL", "CONCLUDE")
        case = await self.ends("PEER_REFUSED_END", "PEER_REFUSED")
        await self.leg_stage_is("LEG_REFUSED")
        assert case["reason_code"] == code
        assert refusal_words(self.stage.catalog.transfer(case["matter"]).family, code) is not None

    async def look(
        self, kind: str, *, at: str | None = None, subject: str | None = None
    ) -> RegisterEntry | None:
        """What a locality's business register says now (the home's unless given)."""
        await at_rest(self.stage, self.case_no)
        locality = at or self.home
        return await self.stage.business[locality].look(
            RegisterQuery(
                kind=RegisterKind(kind),
                subject=subject or self.applicant["id_no"],
                locality=locality,
                case_no=self.case_no,
                purpose="测试核对",
            )
        )

    async def money(self, mode: str, **more: Any) -> None:
        """Tell the bank how to treat the next order: LATE, BOUNCED, PARTIAL, DUPLICATE …"""
        await self.stage.put("/bank/_money", {"mode": mode, **more})

    async def letter_no(self) -> str:
        """The number of the newest request, under which the money travels."""
        sent = [one for one in (await self.case())["letters"] if one["verb"] == "REQUEST"]
        return str(sent[-1]["number"])

    async def accounts(self) -> dict[Account, int]:
        """Where every fen of the letter stands over both books, conservation checked (P1, P2, P6).

        Accounts at zero are left out.
        """
        letter_no = await self.letter_no()
        books: list[Book] = []
        orders: list[Remittance] = []
        for code in (self.home, self.origin):
            async with self.stage.offices[code].database.read() as connection:
                books += await holdings.books(connection, code, letter_no)
                orders += await holdings.remittance_facts(connection, code, letter_no)
        money = Money(
            localities=frozenset((self.home, self.origin)),
            books=tuple(books),
            remittances=tuple(orders),
            endings=(),
        )
        broken = [one for one in check_money(money) if one.invariant != "P4"]
        assert not broken, broken
        standing = balances(entry for book in money.books for entry in book.entries)
        return {account: fen for account, fen in standing.items() if fen}

    async def stands(self, **accounts: int) -> None:
        """Wait until the letter's money stands exactly like this, e.g. ``CREDITED=1_000``."""
        wanted = {Account(name): fen for name, fen in accounts.items()}

        async def look() -> bool:
            return await self.accounts() == wanted

        try:
            await self.until(look, f"accounts {accounts}")
        except AssertionError:
            found = await self.accounts()
            assert found == wanted, found
            raise

    async def money_waits(self, letter: str = "01") -> None:
        """Wait until the bank holds back the money of this case's letter."""

        async def find() -> bool:
            held = (await self.stage.simulators.get("/bank/_waiting")).json()
            return f"{self.case_no}-{letter}" in held

        await self.until(find, "money that the bank holds back")

    async def release_money(self) -> None:
        """The bank executes what it held back; waits until the bank has this case's order."""
        letter_no = await self.letter_no()

        async def held() -> bool:
            waiting = (await self.stage.simulators.get("/bank/_waiting")).json()
            return letter_no in waiting

        await self.until(held, "an order that the bank holds back")
        (await self.stage.simulators.post("/bank/_release")).raise_for_status()

    async def parcels(self, *, at: str | None = None) -> list[dict[str, Any]]:
        """The parcels that a locality (the origin unless given) sends in this story, in order.

        At rest: with nothing of the story on its way.
        """
        await at_rest(self.stage, self.case_no)
        return await self._parcels_now(at=at)

    async def _parcels_now(self, *, at: str | None = None) -> list[dict[str, Any]]:
        office = self.stage.offices[at or self.origin]
        return [
            await office.case(case["case_no"])
            for case in reversed(await office.cases(home_case_no=self.case_no))
            if case["kind"] == "PARCEL"
        ]

    async def parcel_order(self, *, at: str | None = None) -> str:
        """The key of the first order to the courier for the newest parcel of a locality."""
        newest = (await self.parcels(at=at))[-1]
        return f"{str(newest['workflow_id']).removeprefix('寄递-')}/A1"

    async def parcel_stage_is(self, wanted: str, *, at: str | None = None) -> dict[str, Any]:
        """Wait until the newest parcel of a locality is, or was, in that stage; it at rest."""

        async def find() -> bool:
            found = await self._parcels_now(at=at)
            return bool(found) and found[-1]["stage"] == wanted

        await self.until(find, f"parcel stage {wanted}")
        return (await self.parcels(at=at))[-1]

    async def silent_until(self, *, at: str | None = None) -> date:
        """The day until which the newest parcel's carrier may be silent."""
        clocks = (await self.parcels(at=at))[-1]["clocks"]
        due_on: date = [one for one in clocks if one["kind"] == "TRACKING"][-1]["due_on"]
        return due_on

    async def parcel_heard(self, *, at: str | None = None) -> None:
        """Wait until the newest parcel has heard of its carrier once."""

        async def find() -> bool:
            found = await self._parcels_now(at=at)
            return any(one["code"] == "TRACKING" for one in found[-1]["events"])

        await self.until(find, "the first scan of the parcel")

    async def fate(self, mode: str, **more: Any) -> None:
        """Tell the courier what becomes of its next parcel: STALL, LOSE, FAIL …"""
        await self.stage.put("/courier/_fate", {"mode": mode, **more})

    async def parcel_holder_is(self, wanted: str, *, at: str | None = None) -> None:
        """Wait until the ball of the newest parcel is there: COURIER, THEIRS …"""

        async def find() -> bool:
            found = await self._parcels_now(at=at)
            return bool(found) and found[-1]["holder"] == wanted

        await self.until(find, f"parcel holder {wanted}")
