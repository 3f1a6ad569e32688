"""Marriage, education and notices over HTTP, on the simulator's seeded people."""

import pytest

from adapters.notices.protocol import OfficeMessage
from adapters.outside import OutsideSystems
from adapters.protocols import MarriageStatus, Notice, OutsideRefusal
from adapters.simulators.seeds import read_admissions, read_graduations, read_marriages
from tests.adapters.people import ASKED, another, case_no, person
from tests.adapters.process import SEEDS, SimulatorProcess


def _notice() -> Notice:
    return Notice(
        key=f"notice-{another()}", case_no=case_no(), phone="12000000001", text="您的办件已受理"
    )


async def test_a_marriage_is_proven_whoever_is_named_first(origin: OutsideSystems) -> None:
    seeded = read_marriages(SEEDS)["spouse-mover"]
    for couple in ((seeded.id_a, seeded.id_b), (seeded.id_b, seeded.id_a)):
        assert await origin.marriage.verify(*couple, **ASKED) == seeded


async def test_two_strangers_are_not_married(origin: OutsideSystems) -> None:
    assert await origin.marriage.verify(person().id_no, person().id_no, **ASKED) is None


async def test_a_divorce_replaces_the_marriage(
    simulator: SimulatorProcess, origin: OutsideSystems
) -> None:
    a, b = person().id_no, person().id_no
    for status in ("MARRIED", "DIVORCED"):
        entry = {
            "id_a": a,
            "id_b": b,
            "status": status,
            "certificate_no": f"样例-{another()}",
            "registered_on": "2025-01-02",
        }
        await simulator.put("/marriage/_marriage", entry)
    record = await origin.marriage.verify(b, a, **ASKED)
    assert record is not None and record.status is MarriageStatus.DIVORCED


async def test_an_admission_is_proven_for_its_own_person_only(origin: OutsideSystems) -> None:
    seeded = read_admissions(SEEDS)["student"]
    verify = origin.education.verify_admission
    assert await verify(seeded.id_no, seeded.notice_no, **ASKED) == seeded
    assert await verify(person().id_no, seeded.notice_no, **ASKED) is None
    assert await verify(seeded.id_no, "样例录-无", **ASKED) is None


async def test_a_diploma_is_proven_for_its_own_person_only(origin: OutsideSystems) -> None:
    seeded = read_graduations(SEEDS)["graduate"]
    verify = origin.education.verify_graduation
    assert await verify(seeded.id_no, seeded.diploma_no, **ASKED) == seeded
    assert await verify(person().id_no, seeded.diploma_no, **ASKED) is None


async def test_records_of_a_school_can_be_added(
    simulator: SimulatorProcess, origin: OutsideSystems
) -> None:
    admission = read_admissions(SEEDS)["student"].model_copy(
        update={"id_no": person().id_no, "notice_no": f"样例录-{another()}"}
    )
    graduation = read_graduations(SEEDS)["graduate"].model_copy(
        update={"id_no": person().id_no, "diploma_no": f"样例毕-{another()}"}
    )
    await simulator.put("/education/_admission", admission.model_dump(mode="json"))
    await simulator.put("/education/_graduation", graduation.model_dump(mode="json"))
    assert (
        await origin.education.verify_admission(admission.id_no, admission.notice_no, **ASKED)
        == admission
    )
    assert (
        await origin.education.verify_graduation(graduation.id_no, graduation.diploma_no, **ASKED)
        == graduation
    )


async def test_a_notice_goes_out_once_however_often_it_is_sent(
    simulator: SimulatorProcess, origin: OutsideSystems
) -> None:
    notice = _notice()
    first = await origin.notices.send(notice)
    assert await origin.notices.send(notice) == first
    sent = [one for one in await simulator.get("/notices/_sent") if one["key"] == notice.key]
    assert sent == [notice.model_dump()]


async def test_an_office_finds_one_message_in_its_mailbox_however_often_it_is_sent(
    simulator: SimulatorProcess, origin: OutsideSystems
) -> None:
    message = OfficeMessage(
        key="digest:371002-GA-01:2026-11-23",
        case_no="digest-2026-11-23",
        office="371002-GA-01",
        title="晨报 2026-11-23",
        text="今日到期 1 项。",
    )
    first = await origin.notices.tell_office(message)
    assert await origin.notices.tell_office(message) == first
    told = [one for one in await simulator.get("/notices/_told") if one["key"] == message.key]
    assert told == [message.model_dump()]
    people = await simulator.get("/notices/_sent")
    assert message.key not in [one["key"] for one in people]


async def test_a_notice_key_with_another_text_is_refused(origin: OutsideSystems) -> None:
    notice = _notice()
    await origin.notices.send(notice)
    with pytest.raises(OutsideRefusal) as refused:
        await origin.notices.send(notice.model_copy(update={"text": "您的办件已办结"}))
    assert refused.value.code == "KEY_REUSED"


async def test_several_people_can_be_put_at_once(
    simulator: SimulatorProcess, destination: OutsideSystems
) -> None:
    crowd = [person("371002") for _ in range(3)]
    body = [one.model_dump(mode="json") for one in crowd]
    await simulator.put("/population/371002/_person", body)
    for one in crowd:
        assert await destination.population.look_up(one.id_no, **ASKED) == one
