"""一件事: one form, one notice and one set of materials for several items, each a case."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from catalog.listing_models import Audience
from catalog.loader import load_catalog
from console.errors import OfficeError
from console.wording.bundle_view import bundle_view
from contracts.commands import Verb
from domain.task_table import TASKS
from storage.case_tables import Case
from tests.general.story import ItemStory, act, acts, sample
from tests.joint.items import FIRST, FOUNDATION, FOUNDING, SCENARIO, SECOND, THIRD
from tests.rehearsal.stage import Stage

DECISIONS = (
    "GENERAL_ACCEPTANCE=ACCEPT",
    "GENERAL_REVIEW=PASS",
    "GENERAL_DECISION=GRANT",
    "GENERAL_MAKING=MADE",
    "DELIVERY=ELECTRONIC",
)


class Bundle(ItemStory):
    """One composite case of an invented enterprise."""

    async def form(self, *items: str, **changes: Any) -> dict[str, Any]:
        """The complete common form."""
        await self.company()
        return {
            "matter": SCENARIO,
            "items": list(items),
            "enterprise": self.enterprise,
            "details": {"address": "样例路1号"},
            "documents": [
                {"type": "FORM", "text": f"样例一张表 {self.stage.people}"},
                {"type": "PREMISES", "text": f"样例场所证明 {self.stage.people}"},
            ],
            **changes,
        }

    async def founding_form(self) -> dict[str, Any]:
        """The common form of an enterprise that has a proposed name and nothing else."""
        form = await self.form()
        enterprise = {
            name: one for name, one in form["enterprise"].items() if name != "credit_code"
        }
        return {**form, "matter": FOUNDATION, "enterprise": enterprise}

    async def view(self) -> dict[str, dict[str, Any]]:
        """The one progress view: every item with where it stands."""
        return {one["item"]: one for one in bundle_view(await self.case())["children"]}

    async def child(self, item: str, state: str) -> dict[str, Any]:
        """Wait until the progress view shows the item like this."""

        async def find() -> dict[str, Any] | None:
            one = (await self.view())[item]
            return one if one["state_name"] == state else None

        found: dict[str, Any] = await self.until(find, f"{item} {state}")
        return found

    async def decide_child(self, item: str, *plan: str, **more: Any) -> None:
        """Decide the tasks of a child in this order, as clerks of their offices."""
        number = (await self.child(item, "办理中"))["case_no"]
        office = self.stage.offices[self.home]
        for step in plan:
            kind, _, outcome = step.partition("=")

            async def find(kind: str = kind) -> dict[str, Any] | None:
                tasks = await office.tasks(limit=1000)
                return next(
                    (one for one in tasks if (one["case_no"], one["kind"]) == (number, kind)), None
                )

            task = await self.until(find, f"{kind} of {item}")
            clerk = self.clerk(task["office"], TASKS[kind].role)
            await self.answered(office.decide, task["task_id"], outcome, clerk=clerk, **more)


async def test_items_are_filed_in_their_order_and_all_are_granted(stage: Stage) -> None:
    story = Bundle(stage)
    await story.file_this(await story.form(THIRD))
    await story.child(THIRD, "办理中")
    await story.child(FIRST, "办理中")
    assert (await story.view())[SECOND]["state_name"] == "等待前置事项"
    await story.consistent()  # a bundle whose items are at work is not forgotten (G6)
    await story.decide_child(FIRST, *DECISIONS)
    second = await story.child(SECOND, "办理中")
    child = await stage.offices[story.home].case(second["case_no"])
    assert child["composite_no"] == story.case_no
    assert {one["type"] for one in child["documents"]} >= {"APPLICATION_FORM", "PREMISES_PROOF"}
    await story.decide_child(SECOND, *DECISIONS)
    await story.decide_child(THIRD, *DECISIONS)
    case = await story.ends_item("ARCHIVED", "COMPLETED")
    sent = [one["facts"]["items"] for one in case["acts"] if one["code"] == "CHILD_SENT"]
    assert sent == [f"{FIRST}；{THIRD}", SECOND]
    assert {one["state_name"] for one in (await story.view()).values()} == {"已办成"}
    assert "ITEM_GRANTED" not in acts(case)


async def test_who_is_only_founding_an_enterprise_files_without_a_credit_code(
    stage: Stage,
) -> None:
    story = Bundle(stage)
    await story.file_this(await story.founding_form())
    await story.decide_child(FOUNDING, *DECISIONS)
    await story.decide_child(SECOND, *DECISIONS)
    case = await story.ends_item("ARCHIVED", "COMPLETED")
    number = story.people[0]["id_no"]
    assert [one["id_no"] for one in case["persons"]] == [number]
    founded, later = [(await story.view())[item]["case_no"] for item in (FOUNDING, SECOND)]
    application = await stage.offices[story.home].read(
        lambda connection: connection.scalar(select(Case.application).where(Case.case_no == later))
    )
    assert application is not None
    assert application["enterprise"]["founded_in"] == founded
    assert application["applicant"]["name"].endswith("（设立中）")
    assert application["applicant"]["id_no"] == number


async def test_without_a_credit_code_only_who_founds_is_received(stage: Stage) -> None:
    story = Bundle(stage)
    founding = await story.founding_form()
    desk = stage.filing_desk(story.home)
    with pytest.raises(OfficeError, match="没有填写统一社会信用代码。已经设立的请") as refused:
        await desk.file_data(
            {**await story.form(), "enterprise": founding["enterprise"]}, folder=Path(".")
        )
    assert set(refused.value.fields) == {"enterprise.credit_code"}
    await story.file_this(founding)
    first = (await story.child(FOUNDING, "办理中"))["case_no"]
    alone: dict[str, Any] = {
        "matter": FIRST,
        "enterprise": {**founding["enterprise"], "founded_in": first},
        "documents": [{"type": "APPLICATION_FORM", "text": "样例申请表"}],
    }
    with pytest.raises(OfficeError, match="founded_in 写明其办件编号"):
        await desk.file_data(alone, folder=Path("."))
    await story.decide_child(FOUNDING, *DECISIONS)
    await story.child(FOUNDING, "已办成")
    other = {**alone["enterprise"], "name": "样例别家企业"}
    with pytest.raises(OfficeError, match="founded_in 写明其办件编号"):
        await desk.file_data({**alone, "enterprise": other}, folder=Path("."))
    assert (await desk.file_data(alone, folder=Path("."))).case_no


async def test_a_refused_item_stops_what_rests_on_it_and_nothing_else(stage: Stage) -> None:
    story = Bundle(stage)
    await story.file_this(await story.form(THIRD))
    await story.decide_child(THIRD, *DECISIONS)
    await story.decide_child(FIRST, "GENERAL_ACCEPTANCE=NOT_ACCEPT", reason="不属本机关职权")
    case = await story.ends_item("PARTLY_DONE", "PARTLY")
    states = {item: one["state_name"] for item, one in (await story.view()).items()}
    assert states == {FIRST: "未办成", SECOND: "未启动", THIRD: "已办成"}
    closing = act(case, "SCENARIO_CLOSED")["facts"]
    assert closing["granted"].endswith(THIRD) and closing["refused"].endswith(FIRST)
    assert (await story.notices())["SCENARIO_PARTLY"]


async def test_what_is_missing_is_told_once_before_anything_is_filed(stage: Stage) -> None:
    story = Bundle(stage)
    form = await story.form()
    form["documents"] = form["documents"][:1]
    filed = await story.file_this(form)
    assert filed.findings == ("缺少场所证明。",)
    task = await story.task("SCENARIO_INTAKE")
    assert (await story.view())[FIRST]["state_name"] == "等待前置事项"
    await story.decide("SCENARIO_INTAKE", "CORRECT", defects=("请补交场所证明",))
    await story.hand_in("PREMISES")
    await story.decide("SCENARIO_INTAKE", "DISPATCH")
    await story.decide_child(FIRST, *DECISIONS)
    await story.decide_child(SECOND, *DECISIONS)
    await story.ends_item("ARCHIVED", "COMPLETED")
    assert task["office"] == "371002-ZW-01"


async def test_the_whole_is_withdrawn_and_what_was_decided_stays(stage: Stage) -> None:
    story = Bundle(stage)
    await story.file_this(await story.form(THIRD))
    await story.decide_child(THIRD, *DECISIONS)
    await story.child(FIRST, "办理中")
    await story.withdraw()
    await story.ends_item("PARTLY_DONE", "PARTLY")
    states = {item: one["state_name"] for item, one in (await story.view()).items()}
    assert states == {FIRST: "已撤回", SECOND: "未启动", THIRD: "已办成"}


async def test_one_item_is_withdrawn_alone(stage: Stage) -> None:
    story = Bundle(stage)
    await story.file_this(await story.form(THIRD))
    third = await story.child(THIRD, "办理中")
    await story.answered(stage.offices[story.home].ask, third["case_no"], Verb.WITHDRAW)
    await story.child(THIRD, "已撤回")
    await story.decide_child(FIRST, *DECISIONS)
    await story.decide_child(SECOND, *DECISIONS)
    await story.ends_item("PARTLY_DONE", "PARTLY")


async def test_an_item_that_is_open_already_is_not_filed_twice(stage: Stage) -> None:
    story = Bundle(stage)
    form = await story.form()
    alone = {
        "matter": FIRST,
        "enterprise": story.enterprise,
        "details": {},
        "documents": [{"type": "APPLICATION_FORM", "text": "样例申请表"}],
    }
    await stage.filing_desk(story.home).file_data(alone, folder=Path("."))
    await story.file_this(form)
    refused = await story.child(FIRST, "未予收件")
    assert "正在办理" in refused["refused_text"]
    await story.ends_item("NONE_DONE", "NONE_GRANTED")


async def test_an_unknown_item_or_a_wrong_applicant_is_refused_with_what_to_do(
    stage: Stage,
) -> None:
    story = Bundle(stage)
    form = await story.form()
    desk = stage.filing_desk(story.home)
    with pytest.raises(OfficeError, match=f"可以勾选的事项：{THIRD}"):
        await desk.file_data({**form, "items": ["M0000"]}, folder=Path("."))
    person = {name: story.people[0][name] for name in ("name", "id_no", "phone")}
    wrong = {name: value for name, value in form.items() if name != "enterprise"}
    with pytest.raises(OfficeError, match="enterprise"):
        await desk.file_data({**wrong, "applicant": person}, folder=Path("."))


@pytest.mark.parametrize("code", sorted(load_catalog().scenarios))
async def test_every_bundle_that_ships_files_its_first_items(stage: Stage, code: str) -> None:
    story = Bundle(stage)
    bundle = stage.catalog.scenarios[code]
    await story.company()
    person = {name: story.people[0][name] for name in ("name", "id_no", "phone")}
    enterprise = bundle.life_cycle is Audience.ENTERPRISE
    await story.file_this(
        {
            "matter": code,
            "items": [one.item for one in bundle.items],
            "peer_locality": story.origin,
            **({"enterprise": story.enterprise} if enterprise else {"applicant": person}),
            "details": {one.name: sample(one) for one in bundle.fields},
            "documents": [
                {"type": one.type, "text": f"样例 {one.name} {story.people[0]['id_no'][-4:]}"}
                for one in bundle.materials
                if one.shareable_from is None
            ],
        }
    )
    for one in bundle.items:
        if not one.after:
            await story.child(one.item, "办理中")
    await story.withdraw()
    await story.ends_item("WITHDRAWN", "WITHDRAWN")


async def test_a_bundle_that_a_place_does_not_offer_is_refused_with_every_reason(
    stage: Stage,
) -> None:
    story = Bundle(stage)
    form = await story.form()
    with pytest.raises(OfficeError, match="不能在本地区收件") as refused:
        await stage.filing_desk(story.origin).file_data(
            {**form, "matter": "YJS-QIYE-ZHUXIAO", "items": []}, folder=Path(".")
        )
    assert len(refused.value.details) == 5
