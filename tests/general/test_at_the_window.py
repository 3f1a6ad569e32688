"""窗口办理: what others collect for this place is received and decided at its own window."""

from __future__ import annotations

import pytest

from console.errors import OfficeError
from tests.general.items import AT_HALL, LICENCE, PROOF
from tests.general.story import ItemStory, act, acts
from tests.rehearsal.stage import Stage

DECIDED = ("GENERAL_ACCEPTANCE=ACCEPT", "GENERAL_REVIEW=PASS", "GENERAL_DECISION=GRANT")
DELIVERED = ("GENERAL_MAKING=MADE", "DELIVERY=PICKED_UP")


async def test_who_lives_here_applies_at_the_window_of_the_office_that_decides(
    stage: Stage,
) -> None:
    story = ItemStory(stage)
    await story.file_item(AT_HALL, peer_locality=None)
    case = await story.case()
    assert (case["mode"], case["family"]) == ("WINDOW", "GENERAL_ONLINE")
    assert case["intake_office"] == story.competent(AT_HALL, mode="WINDOW") == "371002-SL-01"
    await story.work(*DECIDED)
    await story.decide("GENERAL_PAYMENT", "PAID", evidence="票据号 样例0003")
    await story.work(*DELIVERED)
    case = await story.ends_item("ARCHIVED", "COMPLETED")
    assert {"ACCEPTED", "ITEM_GRANTED", "FEE_PAID", "DELIVERED"} <= set(acts(case))
    assert act(case, "FEE_PAID")["facts"]["amount_fen"] == "2000"
    assert not case["letters"] and not await story.parcels(at=story.home)


@pytest.mark.parametrize("number", ["M0048", "M0088", "M0091"])
async def test_what_a_procedure_of_its_own_collects_is_applied_for_at_home_too(
    stage: Stage, number: str
) -> None:
    story = ItemStory(stage)
    filed = await story.file_item(number, peer_locality=None)
    case = await story.case()
    assert (case["matter"], case["mode"], case["family"]) == (number, "WINDOW", "GENERAL_ONLINE")
    assert filed.case_no == case["case_no"]
    await story.work(*DECIDED, *DELIVERED)
    case = await story.ends_item("ARCHIVED", "COMPLETED")
    assert act(case, "ITEM_GRANTED")["office"] == story.competent(number, mode="WINDOW")
    limit = stage.catalog.definition(number).limit.statutory
    (clock,) = [one for one in case["clocks"] if one["kind"] == "DECISION"]
    assert f"{clock['length']}{clock['unit']}" == limit
    assert not case["letters"] and not await story.parcels(at=story.home)


async def test_own_place_and_window_mean_the_window_and_another_place_its_own_procedure(
    stage: Stage,
) -> None:
    story = ItemStory(stage)
    for said in (
        {"mode": "PROXY_INTAKE", "peer_locality": story.home},
        {"mode": "WINDOW", "peer_locality": None},
        {"peer_locality": story.home},
    ):
        await story.somebody()
        await story.file_item("M0091", **said)
        assert (await story.case())["mode"] == "WINDOW"
    await story.somebody()
    await story.refused(
        story.file_item("M0091", mode="PROXY_INTAKE", peer_locality=None), "PEER_MISSING"
    )
    await story.refused(story.file_item("M0091", mode="WINDOW"), "WRONG_MODE")
    await story.file_item("M0091", details={"originals": "no"})
    case = await story.case()
    assert (case["matter"], case["family"]) == ("PROXY-TEMP-ID", "PROXY_INTAKE")
    story = ItemStory(stage)
    await story.somebody()
    with pytest.raises(OfficeError, match="M0091"):
        await story.file_transfer("PROXY-TEMP-ID", {"originals": "no"}, peer_locality=story.home)


async def test_promise_and_deferral_are_open_at_the_window_and_not_where_it_is_collected(
    stage: Stage,
) -> None:
    story = ItemStory(stage)
    await story.somebody()
    chosen = {"promised": ["PREMISES_PROOF"], "deferred": ["PHOTO"]}
    with_peer = story.file_item(LICENCE, mode="PROXY_INTAKE", **chosen)
    with pytest.raises(OfficeError, match=r"不适用告知承诺（场所证明）.*不适用容缺受理（照片）"):
        await with_peer
    await story.file_item(LICENCE, mode="PROXY_INTAKE", peer_locality=story.home, **chosen)
    assert (await story.case())["mode"] == "WINDOW"
    await story.work(*DECIDED)
    await story.hand_in("PHOTO")
    await story.work("GENERAL_SUPPLEMENT=COMPLETE", *DELIVERED, "GENERAL_AFTER_CHECK=KEPT")
    case = await story.ends_item("ARCHIVED", "COMPLETED")
    assert {"PROMISE_KEPT", "DEFERRED_SUPPLIED"} <= set(acts(case))


async def test_the_window_says_what_to_choose_where_the_place_does_not_fit(stage: Stage) -> None:
    story = ItemStory(stage)
    await story.somebody()
    await story.refused(story.file_item(AT_HALL, mode="WINDOW"), "WRONG_MODE")
    await story.refused(
        story.file_item(PROOF, mode="WINDOW", peer_locality=None), "MODE_NOT_OFFERED"
    )
