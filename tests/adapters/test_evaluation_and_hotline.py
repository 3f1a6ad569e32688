"""好差评 platform and 12345 hotline over HTTP: read by number, told once, refused in words."""

from __future__ import annotations

from typing import Any

import pytest

from adapters.evaluation.protocol import NO_LEVEL
from adapters.outside import OutsideSystems
from adapters.protocols import (
    EvaluationAnswer,
    EvaluationReport,
    ExtensionOrder,
    OutsideMalformed,
    OutsideRefusal,
    OutsideUnavailable,
    WordsOrder,
)
from tests.adapters.people import another, case_no
from tests.adapters.process import SimulatorProcess

HERE = "371002"
AT = "2026-11-22T09:00:00+08:00"


async def rated(simulator: SimulatorProcess, number: str, stars: int = 5) -> None:
    await simulator.put(
        "/evaluation/_evaluation",
        {
            "locality": HERE,
            "evaluation_no": number,
            "case_no": case_no(),
            "satisfaction": stars,
            "given_at": AT,
        },
    )


async def rung(simulator: SimulatorProcess, number: str, **more: Any) -> None:
    content = {"category": "样例", "words": "样例来电", "called_at": AT}
    await simulator.put(
        "/hotline/_ticket",
        {"locality": HERE, "ticket_no": number, "content": content, **more},
    )


def words(number: str, round_: int = 1, **more: Any) -> WordsOrder:
    given = {
        "key": f"{number}/REPLY/{round_}",
        "case_no": case_no(),
        "ticket_no": number,
        "round": round_,
        "office": f"{HERE}-GA-01",
        "words": "样例答复",
    }
    return WordsOrder.model_validate({**given, **more})


def report(stars: int = 5) -> EvaluationReport:
    return EvaluationReport.model_validate(
        {
            "key": f"样例评价-{another()}",
            "case_no": case_no(),
            "rating_no": "样例评价",
            "matter": "HUKOU-SPOUSE",
            "office": f"{HERE}-GA-01",
            "satisfaction": stars,
            "pf": "1",
            "given_at": AT,
        }
    )


async def test_ratings_are_read_by_number_and_told_again_when_they_come_again(
    simulator: SimulatorProcess, destination: OutsideSystems
) -> None:
    assert destination.evaluation is not None
    before = await destination.evaluation.pull(HERE, 0)
    number = f"P{another()}"
    await rated(simulator, number, 2)
    await rated(simulator, number, 2)
    new = await destination.evaluation.pull(HERE, len(before))
    assert [(one.evaluation_no, one.satisfaction) for one in new] == [(number, 2)] * 2
    assert [one.number for one in new] == [len(before) + 1, len(before) + 2]
    assert await destination.evaluation.pull(HERE, new[-1].number) == ()


async def test_an_answer_and_a_report_are_taken_once(
    simulator: SimulatorProcess, destination: OutsideSystems
) -> None:
    platform = destination.evaluation
    assert platform is not None
    number = f"P{another()}"
    await rated(simulator, number)
    answer = EvaluationAnswer(key=number, case_no=number, evaluation_no=number, outcome="TAKEN")
    await simulator.behave("evaluation", "answer", "lost_answer", times=1)
    with pytest.raises(OutsideUnavailable):
        await platform.answer(answer)
    assert await platform.answer(answer) == await platform.answer(answer)
    told = report()
    assert await platform.report(told) == await platform.report(told)
    with pytest.raises(OutsideRefusal) as refused:
        await platform.answer(answer.model_copy(update={"key": "x", "evaluation_no": "没有"}))
    assert refused.value.code == "UNKNOWN_EVALUATION"


async def test_a_contradicting_platform_gives_one_star_less(
    simulator: SimulatorProcess, destination: OutsideSystems
) -> None:
    assert destination.evaluation is not None
    number = f"P{another()}"
    await rated(simulator, number, 1)
    await simulator.behave("evaluation", "pull", "contradict", times=1)
    wrong = (await destination.evaluation.pull(HERE, 0))[-1]
    right = (await destination.evaluation.pull(HERE, 0))[-1]
    assert (wrong.satisfaction, right.satisfaction) == (0, 1)


async def test_a_ticket_is_replied_to_once_a_round_and_called_back_about(
    simulator: SimulatorProcess, destination: OutsideSystems
) -> None:
    hotline = destination.hotline
    assert hotline is not None
    number = f"T{another()}"
    await rung(simulator, number, verdicts=["UNSATISFIED"])
    order = words(number)
    assert await hotline.reply(order) == await hotline.reply(order)
    with pytest.raises(OutsideRefusal) as again:
        await hotline.reply(words(number, key=f"{number}/other"))
    assert again.value.code == "ALREADY_REPLIED"
    await hotline.reply(words(number, 2))
    told = await hotline.pull(HERE, 0, "http://127.0.0.1:1/x")
    news = [one for one in told if one.ticket_no == number]
    assert [(one.kind.value, one.round) for one in news] == [("TICKET", 0), ("CALLED_BACK", 1)]


async def test_a_withdrawn_and_an_unknown_ticket_take_no_words(
    simulator: SimulatorProcess, destination: OutsideSystems
) -> None:
    hotline = destination.hotline
    assert hotline is not None
    number = f"T{another()}"
    await rung(simulator, number)
    await simulator.put("/hotline/_withdrawal", {"ticket_no": number})
    longer = ExtensionOrder.model_validate(
        {**words(number).model_dump(exclude={"words"}), "key": f"{number}/E", "days": 5}
    )
    for asked, code in (
        (hotline.send_back(words(number)), "TICKET_WITHDRAWN"),
        (hotline.extend(longer), "TICKET_WITHDRAWN"),
        (hotline.reply(words("没有此单")), "UNKNOWN_TICKET"),
    ):
        with pytest.raises(OutsideRefusal) as refused:
            await asked
        assert refused.value.code == code
        assert "代码" not in refused.value.text


async def test_news_that_break_the_form_do_not_hide_what_comes_after_them(
    simulator: SimulatorProcess, destination: OutsideSystems
) -> None:
    hotline, platform = destination.hotline, destination.evaluation
    assert hotline is not None and platform is not None
    bad, good = f"T{another()}", f"T{another()}"
    await simulator.put("/hotline/_garbled", {"locality": HERE, "ticket_no": bad})
    await rung(simulator, good)
    told = await hotline.pull(HERE, 0, "http://127.0.0.1:1/x")
    kinds = {one.ticket_no: one.kind.value for one in told}
    assert (kinds[bad], kinds[good]) == ("UNREADABLE", "TICKET")
    await simulator.put("/evaluation/_garbled", {"locality": HERE, "evaluation_no": bad})
    await rated(simulator, good, 4)
    stars = {one.evaluation_no: one.satisfaction for one in await platform.pull(HERE, 0)}
    assert (stars[bad], stars[good]) == (NO_LEVEL, 4)


@pytest.mark.parametrize(
    ("mode", "raised"), [("down", OutsideUnavailable), ("garbage", OutsideMalformed)]
)
async def test_what_cannot_be_read_is_no_news(
    simulator: SimulatorProcess,
    destination: OutsideSystems,
    mode: str,
    raised: type[Exception],
) -> None:
    assert destination.hotline is not None
    await simulator.behave("hotline", "pull", mode, times=1)
    with pytest.raises(raised):
        await destination.hotline.pull(HERE, 0, "http://127.0.0.1:1/x")
