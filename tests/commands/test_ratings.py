"""``rate``, ``ratings``, ``rating``, ``appeal``, ``tickets`` and ``ticket`` at the terminal."""

from __future__ import annotations

import pytest

from tests.commands.terminal import Terminal
from tests.rehearsal.stage import HOME, Stage
from tests.transfers.service_story import Caller, ServiceStory, a_case

LEAD, RATED = ("--as", "HC0902"), ("--as", "HC0102")


@pytest.fixture
async def story(stage: Stage) -> ServiceStory:
    """A migration that has been taken in at the window."""
    return await a_case(stage)


def proof(story: ServiceStory) -> tuple[str, ...]:
    return ("--phone", story.proof["phone"], "--id-tail", story.proof["id_tail"])


async def test_a_low_rating_goes_from_the_applicant_to_the_review(
    office: Terminal, story: ServiceStory
) -> None:
    given = await office.enter(
        "rate", story.case_no, "--level", "dissatisfied", *proof(story), "--json"
    )
    assert given.code == 0, given.err
    number = given.data["rating_no"]
    hidden = (await office.enter("rating", number, *RATED, "--json")).data
    seen = (await office.enter("rating", number, *LEAD, "--json")).data
    assert (hidden["case_no"], seen["case_no"]) == (None, story.case_no)
    listed = await office.enter("ratings", "--low", "--limit", "5000", *LEAD, "--json")
    assert number in {one["rating_no"] for one in listed.data}
    assert number in (await office.enter("ratings", "--limit", "5000", "--locality", HOME)).out
    appealed = await office.enter(
        "appeal", number, "--ground", "MISTAKEN", "--words", "样例理由", *RATED, "--json"
    )
    assert appealed.code == 0, appealed.err
    shown = (await office.enter("rating", number, *LEAD)).out
    assert "不满意" in shown
    assert "误评" in shown
    assert appealed.data["case_no"] in shown.replace("\n", "")


async def test_what_is_refused_is_one_sentence(office: Terminal, story: ServiceStory) -> None:
    rate = ("rate", story.case_no, "--level")
    for words in (
        (*rate, "SATISFIED"),
        (*rate, "SATISFIED", *proof(story), *RATED),
        (*rate, "SATISFIED", "--channel", "WEB", *proof(story)),
        (*rate, "5", *proof(story)),
        ("rating", f"{HOME}-PJ-2026999999"),
        ("ticket", "没有此单", "--locality", HOME),
    ):
        ended = await office.enter(*words)
        assert ended.code in (1, 2)
        assert ended.is_a_sentence(), ended.err


async def test_a_ticket_is_listed_shown_and_stands_with_the_case_it_names(
    office: Terminal, story: ServiceStory
) -> None:
    caller = Caller(story)
    await caller.ring("SATISFIED", about=story.case_no)
    number = await caller.case_no()
    listed = await office.enter("tickets", "--open", "--limit", "5000", *LEAD, "--json")
    assert caller.ticket_no in {one["ticket_no"] for one in listed.data}
    plain = (await office.enter("ticket", caller.ticket_no, *LEAD, "--json")).data
    whole = (await office.enter("ticket", caller.ticket_no, "--persons", *LEAD, "--json")).data
    assert plain["caller_phone"] is None
    assert whole["caller_phone"] == "12000000001"
    assert "样例来电" in (await office.enter("ticket", caller.ticket_no, *LEAD)).out
    case = (await office.enter("show", story.case_no, "--json")).data
    assert [one["case_no"] for one in case["tickets"]] == [number]
    assert "12345热线工单" in (await office.enter("show", story.case_no)).out
