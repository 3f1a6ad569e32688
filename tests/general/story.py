"""One application for an item as a test tells it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from activities.rating_filing import Offered
from catalog.routes import NoRoute
from catalog.scope import route
from console.intake_desk import Filed
from console.office import Office
from console.rating_desk import RatingDesk
from contracts.commands import CommandReceipt, Verb
from domain.calendar import SHANGHAI
from domain.ratings import Channel, Level
from domain.task_table import TASKS
from storage.rating_register import KeptRating
from tests.rehearsal.quiet import at_rest
from tests.rehearsal.stage import HOME, ORIGIN, Stage
from tests.rehearsal.transfer import TransferStory

SHARED = "SHARED_DATA"
LIBRARY = "LICENCE_LIBRARY"


class ItemStory(TransferStory):
    """A case under a generic procedure, filed at ``home`` unless it is collected elsewhere."""

    def __init__(self, stage: Stage, *, home: str = HOME, origin: str = ORIGIN) -> None:
        super().__init__(stage, home=home, origin=origin)
        self.enterprise: dict[str, Any] | None = None

    async def rate_online(self, level: Level) -> KeptRating:
        """The matter as a whole, by the applicant at home."""
        own = self.stage.system.settings.locality(self.home)
        desk = RatingDesk(
            self.stage.offices[self.home].database,
            self.stage.catalog,
            self.home,
            own.slip_secret.get_secret_value().encode(),
        )
        offered = Offered(case_no=self.case_no, level=level, channel=Channel.WEB)
        return await desk.rate(offered, proven=True)

    async def company(self) -> dict[str, Any]:
        """An invented enterprise with its legal representative."""
        person, serial = await self.somebody(), self.stage.new_serial()
        self.enterprise = {
            "name": f"样例企业{serial}",
            "credit_code": credit_code(serial),
            "phone": person["phone"],
            "representative": {"name": person["name"], "id_no": person["id_no"]},
        }
        self.applicant = {**person, "id_no": self.enterprise["credit_code"]}
        self.applicant["name"] = self.enterprise["name"]
        return self.enterprise

    async def withdraw(self, **more: Any) -> None:
        """Take the application back, once the case only waits."""
        await at_rest(self.stage, self.case_no)
        await self.ask(Verb.WITHDRAW, **more)

    async def shared(self, *, at: str | None = None, **sources: Any) -> None:
        """What the shared data say of the applicant, by source."""
        await self.entry(SHARED, sources, at=at or self.home)

    async def file_item(self, item: str, **changes: Any) -> Filed:
        """File a complete application: everything that the definition asks is handed in."""
        if not self.applicant:
            await self.somebody()
        return await self.file_this(self.item_application(item, **changes))

    def item_application(self, item: str, **changes: Any) -> dict[str, Any]:
        """The application; materials that are promised or deferred are left out."""
        definition = self.stage.catalog.definition(item)
        left_out = {*changes.get("promised", ()), *changes.get("deferred", ())}
        documents = [
            {"type": one.type, "text": f"样例材料 {one.name} {self.stage.people}"}
            for one in definition.materials
            if one.required and not one.shareable_from and one.type not in left_out
        ]
        who = (
            {"enterprise": self.enterprise}
            if self.enterprise
            else {"applicant": {name: self.applicant[name] for name in ("name", "id_no", "phone")}}
        )
        return {
            "matter": item,
            "peer_locality": self.origin,
            **who,
            "details": {one.name: sample(one) for one in definition.fields if one.required},
            "documents": documents,
            **changes,
        }

    def clerk(self, office: str, role: str, *, number: int = -1) -> str:
        """A clerk with that role, in whichever locality the office works."""
        found = [
            clerk.code
            for clerk in self.stage.catalog.clerks.values()
            if clerk.office == office and role in clerk.roles
        ]
        return found[number]

    async def decide(self, kind: str, outcome: str, **more: Any) -> CommandReceipt:
        """Decide the task as a clerk of its office, which may be of a higher level."""
        task = await self.task(kind, at=more.pop("at", None))
        clerk = more.pop("clerk", None) or self.clerk(task["office"], TASKS[kind].role)
        decide = self.office_of(task).decide
        return await self.answered(decide, task["task_id"], outcome, clerk=clerk, **more)

    def office_of(self, task: dict[str, Any]) -> Office:
        """The locality in whose system a task's office works."""
        return self.stage.offices[str(task["case_no"])[:6]]

    async def ends_item(self, stage: str, ending: str) -> dict[str, Any]:
        """The case is closed like this, with nothing left open and no invariant broken."""
        case = await self.stage_is(stage)
        assert case["ending"] == ending
        assert case["closed_at"]
        assert not [one for one in case["tasks"] if one["status"] == "OPEN"]
        assert not [one for one in case["clocks"] if one["stopped_on"] is None]
        await self.consistent()
        return case

    async def library(self, *, at: str | None = None) -> dict[str, dict[str, Any]]:
        """The applicant's licences, by number."""
        entry = await self.look(LIBRARY, at=at or self.home)
        return dict(entry.data.get("licences", {})) if entry else {}

    def competent(self, item: str, *, at: str | None = None, mode: str | None = None) -> str:
        """The office that has the power, as the catalogue says."""
        locality = at or self.home
        other = self.origin if locality == self.home else self.home
        way = route(
            self.stage.catalog,
            item,
            mode=mode,
            locality=locality,
            applicant_locality=other,
            on=datetime.now(SHANGHAI).date(),
        )
        assert not isinstance(way, NoRoute), way
        return way.competent


def sample(rule: Any) -> Any:
    """A value that a field takes."""
    values = {
        "DATE": "2026-11-20",
        "MONTH": "2026-11",
        "MONEY": "100.00",
        "NUMBER": 1,
        "YES_NO": "是",
        "ID_NO": "37999919900101100X",
        "VIN": "LSVAA49J132047371",
    }
    if rule.type == "CHOICE":
        return next(iter(rule.choices))
    return values.get(rule.type, "样例")


def acts(record: dict[str, Any]) -> list[str]:
    """The codes of the acts, in their order."""
    return [act["code"] for act in record["acts"]]


def act(record: dict[str, Any], code: str) -> dict[str, Any]:
    """The only act of that code."""
    (found,) = [one for one in record["acts"] if one["code"] == code]
    return dict(found)


_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def credit_code(serial: int) -> str:
    """An invented 统一社会信用代码 of a county that does not exist, with its check digit."""
    body = f"91379999MA{serial:07d}"
    total = sum(_ALPHABET.index(one) * pow(3, place, 31) for place, one in enumerate(body))
    return body + _ALPHABET[(31 - total % 31) % 31]
