"""A10 残疾人证迁移: the number stays, one valid card, active at one place after the landing."""

from __future__ import annotations

from typing import Any

from adapters.protocols import RegisterEntry
from contracts.commands import Verb
from tests.rehearsal.stage import ORIGIN, Stage
from tests.rehearsal.transfer import TransferStory

TO_ACTIVATION = (
    "INTAKE_CHECK=ACCEPT",
    "CARD_REVIEW=PASS",
    "CARD_EXAMINATION=PASS",
    "CARD_RELEASE=RELEASE",
)


class CardStory(TransferStory):
    """One holder of a card of the origin, whose hukou is at home unless said otherwise."""

    async def applied(self, *, hukou: str | None = None, **facts: Any) -> None:
        """The card stands in the register and its holder has applied."""
        await self.somebody(at=hukou or self.home)
        await self.card_is(**facts)
        await self.file_transfer("DISABILITY-CARD-MOVE", {"card_no": self.number})

    @property
    def number(self) -> str:
        """Physical disability of the second grade."""
        return f"{self.applicant['id_no']}42"

    async def card_is(self, status: str = "VALID", **facts: Any) -> None:
        """Put the card on the national register as it is said to be."""
        data = {
            "number": self.number,
            "active_at": self.origin,
            "name": self.applicant["name"],
            "type": 4,
            "grade": 2,
            "issued_on": "2021-07-01",
            **facts,
        }
        await self.entry("DISABILITY_CARD", data, at=self.origin, status=status)

    async def card(self) -> RegisterEntry:
        """The card as the national register has it now."""
        found = await self.look("DISABILITY_CARD")
        assert found is not None
        assert found.data["number"] == self.number
        return found

    async def is_valid_at(self, locality: str) -> None:
        """One valid card, active at this federation and under way to none."""
        card = await self.card()
        assert (card.status, card.locality, card.data["active_at"]) == ("VALID", locality, locality)
        assert "released_to" not in card.data

    async def acts(self, *, leg: bool = False) -> list[str]:
        """The legal acts in their order."""
        record = await (self.leg() if leg else self.case())
        return [act["code"] for act in record["acts"]]


async def test_a_card_becomes_active_where_its_holder_has_moved(stage: Stage) -> None:
    story = CardStory(stage)
    await story.applied()
    await story.work(*TO_ACTIVATION)
    await story.task("CARD_ACTIVATION")
    assert (await story.card()).status == "MIGRATING"
    await story.work("CARD_ACTIVATION=ACTIVATE", "DELIVERY=MAILED")
    await story.ends("ARCHIVED", "COMPLETED")
    await story.leg_stage_is("LEG_COMPLETED")
    await story.is_valid_at(story.home)


async def test_no_card_moves_before_its_holder_has_landed(stage: Stage) -> None:
    story = CardStory(stage)
    await story.applied(hukou=ORIGIN)
    await story.work("INTAKE_CHECK=ACCEPT")
    assert "HUKOU_NOT_LANDED" in (await story.task("CARD_REVIEW"))["findings"]
    await story.work("CARD_REVIEW=PASS")
    await story.event("HUKOU_NOT_LANDED")
    assert "HUKOU_NOT_LANDED" in (await story.task("CARD_REVIEW"))["findings"]
    await story.decide("CARD_REVIEW", "REFUSE", reason="户口尚未迁入本区")
    await story.ends("REFUSED", "REFUSED")
    await story.is_valid_at(story.origin)


async def test_an_origin_refuses_a_card_whose_grade_is_disputed(stage: Stage) -> None:
    story = CardStory(stage)
    await story.applied(grade_disputed=True, issued_on="2010-05-01")
    await story.work("INTAKE_CHECK=ACCEPT", "CARD_REVIEW=PASS")
    task = await story.task("CARD_EXAMINATION")
    assert {"GRADE_DISPUTED", "CARD_EXPIRED"} <= set(task["findings"])
    await story.decide(
        "CARD_EXAMINATION", "REFUSE", reason="等级异议处理中", reason_code="GRADE_DISPUTED"
    )
    await story.decide("PEER_REFUSAL", "CONCLUDE")
    await story.ends("PEER_REFUSED_END", "PEER_REFUSED")
    await story.leg_stage_is("LEG_REFUSED")
    await story.is_valid_at(story.origin)
    assert "重新评定" in (await story.notices())["PEER_REFUSED"]


async def test_a_card_already_on_its_way_is_not_released_twice(stage: Stage) -> None:
    story = CardStory(stage)
    await story.applied()
    await story.card_is("MIGRATING", released_to="别的办件")
    await story.work("INTAKE_CHECK=ACCEPT")
    assert "TRANSFER_OPEN" in (await story.task("CARD_REVIEW"))["findings"]
    await story.work("CARD_REVIEW=PASS", "CARD_EXAMINATION=PASS", "CARD_RELEASE=RELEASE")
    await story.leg_stage_is("LEG_REFUSED")
    await story.decide("PEER_REFUSAL", "CONCLUDE")
    await story.ends("PEER_REFUSED_END", "PEER_REFUSED")
    assert (await story.card()).data["released_to"] == "别的办件"


async def test_a_condition_that_clearly_differs_is_assessed_again(stage: Stage) -> None:
    story = CardStory(stage)
    await story.applied()
    await story.work(*TO_ACTIVATION)
    await story.decide("CARD_ACTIVATION", "REASSESS", reason="肢体状况与评定表明显不同")
    task = await story.task("CARD_REASSESSMENT")
    expected = await story.clock("SUSPENSION")
    assert task["due_on"] == expected["due_on"] is not None, (
        "the assessment has a length of its own"
    )
    assert (await story.clock("BOOKING"))["pauses"]
    await story.decide("CARD_REASSESSMENT", "CHANGED", reason="等级改为三级，激活后换证")
    task = await story.task("CARD_ACTIVATION")
    assert "REASSESSED:CHANGED" in task["findings"]
    await story.work("CARD_ACTIVATION=ACTIVATE", "DELIVERY=PICKED_UP")
    await story.ends("ARCHIVED", "COMPLETED")
    await story.is_valid_at(story.home)


async def test_a_card_that_cannot_be_activated_is_restored_at_the_origin(stage: Stage) -> None:
    story = CardStory(stage)
    await story.applied()
    await story.work(*TO_ACTIVATION)
    await story.decide("CARD_ACTIVATION", "REFUSE", reason="评定表缺页，与本人情况不符")
    await story.ends("REFUSED", "REFUSED")
    await story.leg_stage_is("WITHDRAWN")
    assert "RELEASE_CANCELLED" in await story.acts(leg=True)
    await story.is_valid_at(story.origin)


async def test_a_holder_who_withdraws_keeps_the_card_where_it_was(stage: Stage) -> None:
    story = CardStory(stage)
    await story.applied()
    await story.work(*TO_ACTIVATION)
    await story.task("CARD_ACTIVATION")
    await story.ask(Verb.WITHDRAW, reason="户口将迁回")
    await story.ends("WITHDRAWN", "WITHDRAWN")
    await story.leg_stage_is("WITHDRAWN")
    await story.is_valid_at(story.origin)


async def test_a_holder_who_dies_on_the_way_leaves_no_active_card_elsewhere(stage: Stage) -> None:
    story = CardStory(stage)
    await story.applied()
    await story.work("INTAKE_CHECK=ACCEPT", "CARD_REVIEW=PASS")
    await story.task("CARD_EXAMINATION")
    await story.ask(Verb.REPORT_DEATH, persons=(1,), reason="死亡证明")
    await story.ends("TERMINATED", "DECEASED")
    await story.leg_stage_is("WITHDRAWN")
    await story.is_valid_at(story.origin)
