"""A9 机动车转让登记: from application to the new plates, and back wherever it ends before."""

from __future__ import annotations

from typing import Any

import pytest

from adapters.protocols import RegisterEntry
from contracts.commands import Verb
from domain.identity import with_check_digit
from tests.rehearsal.stage import Stage
from tests.rehearsal.transfer import TransferStory

SELLER = "33999919810408001X"
TO_INSPECTION = (
    "INTAKE_CHECK=ACCEPT",
    "VEHICLE_PRECHECK=PASS",
    "VEHICLE_MARKET=ISSUED",
    "VEHICLE_EXAMINATION=PASS",
    "VEHICLE_RELEASE=RELEASE",
)


class VehicleStory(TransferStory):
    """One car sold from the origin to a buyer at home."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage)
        self.vin = ""

    async def sold(self, matter: str = "VEHICLE-TRANSFER", **facts: Any) -> None:
        """The car stands in the register and its buyer has applied; ``facts`` of the register."""
        await self.somebody(at=self.home)
        serial = int(self.applicant["household_no"][-6:])
        self.vin = f"0ZZZZZZZ0T{serial:07d}"
        await self.car_is(**facts)
        await self.file_transfer(
            matter,
            {
                "vin": self.vin,
                "plate": f"浙L样例{serial}",
                "seller_id_no": SELLER,
                "delivered_on": "2026-11-20",
                "price": "52000.00",
                **({"small_only": "是"} if matter == "USED-CAR-TRANSFER" else {}),
            },
        )

    async def car_is(self, status: str = "REGISTERED", **facts: Any) -> None:
        """Put the car on the national register as it is said to be."""
        serial = int(self.vin[-7:])
        data = {
            "owner_id": SELLER,
            "owner_name": "范样例辛",
            "locality": self.origin,
            "plate": f"浙L样例{serial}",
            "certificate_no": f"样例登-{serial}",
            "licence_no": f"样例行-{serial}",
            "mortgage": False,
            "frozen": False,
            "violations": 0,
            "small_non_commercial": True,
            **facts,
        }
        await self.entry("VEHICLE", data, at=self.origin, status=status, subject=self.vin)

    async def car(self) -> RegisterEntry:
        """The car as the national register has it now."""
        found = await self.look("VEHICLE", subject=self.vin)
        assert found is not None
        return found

    async def is_as_before(self) -> RegisterEntry:
        """Nobody holds the car, nothing about it has changed, and no invoice is left."""
        car = await self.car()
        assert (car.status, car.locality) == ("REGISTERED", self.origin)
        assert car.data["owner_id"] == SELLER and "locked_by" not in car.data
        assert all(one["status"] == "REVERSED" for one in car.data.get("invoices", []))
        return car

    async def acts(self, *, leg: bool = False) -> list[str]:
        """The legal acts in their order."""
        record = await (self.leg() if leg else self.case())
        return [act["code"] for act in record["acts"]]


async def test_a_car_gets_its_new_owner_and_place_in_one_act(stage: Stage) -> None:
    story = VehicleStory(stage)
    await story.sold()
    await story.work(
        *TO_INSPECTION,
        "VEHICLE_INSPECTION=PASS",
        "VEHICLE_REGISTRATION=REGISTER",
        "DELIVERY=MAILED",
        "PARCEL_HANDOVER=HAND_OVER",
    )
    await story.ends("ARCHIVED", "COMPLETED")
    await story.leg_stage_is("LEG_COMPLETED")
    car = await story.car()
    assert (car.status, car.locality) == ("REGISTERED", story.home)
    assert car.data["owner_id"] == story.applicant["id_no"]
    assert car.data["flips"] == [story.case_no]
    assert [one["status"] for one in car.data["invoices"]] == ["USED"]
    assert f"浙L样例{int(story.vin[-7:])}" in car.data["spent"]
    assert [code for code in await story.acts() if code in _ORDER] == list(_ORDER)


_ORDER = (
    "LOCKED",
    "INVOICED",
    "FILE_TAKEN_OVER",
    "INSPECTED",
    "OLD_VOIDED",
    "FLIPPED",
    "NEW_ISSUED",
    "DELIVERED",
)


async def test_posted_plates_have_a_custodian_until_the_owner_signs(stage: Stage) -> None:
    story = VehicleStory(stage)
    await story.sold()
    await story.work(*TO_INSPECTION, "VEHICLE_INSPECTION=PASS", "VEHICLE_REGISTRATION=REGISTER")
    await story.work("DELIVERY=MAILED")
    await story.decide("PARCEL_HANDOVER", "CALL_OFF", reason="收件地址写错")
    task = await story.task("DELIVERY")
    assert task["findings"] == ["PARCEL:CALLED_OFF"]
    await story.work("DELIVERY=MAILED")
    await story.task("PARCEL_HANDOVER")
    await story.fate("FAIL", key=await story.parcel_order(at=story.home))
    await story.work("PARCEL_HANDOVER=HAND_OVER")
    await story.task("PARCEL_CAME_BACK")
    assert "DELIVERED" not in await story.acts()
    await story.work("PARCEL_CAME_BACK=SEND_AGAIN", "PARCEL_HANDOVER=HAND_OVER")
    case = await story.ends("ARCHIVED", "COMPLETED")
    sent = await story.parcel_stage_is("RECEIVED_WHOLE", at=story.home)
    (parcel,) = sent["parcels"]
    assert (parcel["custodian"], parcel["state"]) == ("PERSON", "RECEIPT_SIGNED")
    assert {item["code"] for item in parcel["items"]} == {"PLATE", "LICENCE", "OWNERSHIP"}
    (delivered,) = [act for act in case["acts"] if act["code"] == "DELIVERED"]
    said = {name: delivered["facts"][name] for name in ("way", "parcel")}
    assert said == {"way": "MAILED", "parcel": parcel["parcel_key"]}


@pytest.mark.parametrize("while_open", ["VEHICLE_INSPECTION", "VEHICLE_REGISTRATION"])
async def test_a_buyer_whose_number_is_corrected_owns_the_car_under_the_right_one(
    stage: Stage, while_open: str
) -> None:
    story = VehicleStory(stage)
    await story.sold()
    await story.work(*TO_INSPECTION)
    rest = ["VEHICLE_INSPECTION=PASS", "VEHICLE_REGISTRATION=REGISTER"]
    while not rest[0].startswith(while_open):
        await story.work(rest.pop(0))
    await story.task(while_open)
    serial = int(story.vin[-7:]) % 1000
    right = with_check_digit(f"33999919920203{serial:03d}")
    await story.ask(
        Verb.CORRECT_IDENTITY,
        persons=(1,),
        identity={"name": "样例更正人", "id_no": right},
        reason="号码更正",
    )
    await story.work(*rest, "DELIVERY=PICKED_UP")
    await story.ends("ARCHIVED", "COMPLETED")
    assert (await story.car()).data["owner_id"] == right


async def test_a_car_that_is_not_registered_directly_leaves_its_plates_at_the_origin(
    stage: Stage,
) -> None:
    story = VehicleStory(stage)
    await story.sold(small_non_commercial=False)
    await story.work(*TO_INSPECTION)
    await story.task("VEHICLE_INSPECTION")
    taken = [code for code in await story.acts(leg=True) if code in ("OLD_VOIDED", "RELEASED")]
    assert taken == ["OLD_VOIDED", "RELEASED"]
    assert await story.certificates("TEMPORARY_PLATE", leg=True) == ["VALID"]
    await story.work(
        "VEHICLE_INSPECTION=PASS", "VEHICLE_REGISTRATION=REGISTER", "DELIVERY=PICKED_UP"
    )
    await story.ends("ARCHIVED", "COMPLETED")
    await story.leg_stage_is("LEG_COMPLETED")
    assert await story.certificates("TEMPORARY_PLATE", leg=True) == ["USED"]
    assert "OLD_VOIDED" not in await story.acts()


async def test_a_failed_inspection_gives_plates_invoice_and_lock_back(stage: Stage) -> None:
    story = VehicleStory(stage)
    await story.sold(small_non_commercial=False)
    await story.work(*TO_INSPECTION)
    await story.decide("VEHICLE_INSPECTION", "FAIL", reason="发动机号与登记不符")
    await story.decide("VEHICLE_PLATES_BACK", "RETURNED", at=story.origin)
    await story.ends("REFUSED", "REFUSED")
    await story.leg_stage_is("WITHDRAWN")
    assert await story.certificates("TEMPORARY_PLATE", leg=True) == ["VOID"]
    assert await story.certificates("INVOICE") == ["VOID"]
    undone = [code for code in await story.acts() if code in ("INVOICE_REVERSED", "UNLOCKED")]
    assert undone == ["INVOICE_REVERSED", "UNLOCKED"]
    await story.is_as_before()


async def test_an_origin_that_refuses_leaves_no_lock_and_no_invoice(stage: Stage) -> None:
    story = VehicleStory(stage)
    await story.sold()
    await story.work("INTAKE_CHECK=ACCEPT", "VEHICLE_PRECHECK=PASS", "VEHICLE_MARKET=ISSUED")
    await story.decide("VEHICLE_EXAMINATION", "REFUSE", reason="法院今日查封", reason_code="SEIZED")
    await story.decide("PEER_REFUSAL", "CONCLUDE")
    await story.ends("PEER_REFUSED_END", "PEER_REFUSED")
    await story.leg_stage_is("LEG_REFUSED")
    await story.is_as_before()
    assert "查封" in (await story.notices())["PEER_REFUSED"]


async def test_what_the_register_knows_is_told_before_the_lock(stage: Stage) -> None:
    story = VehicleStory(stage)
    await story.sold(
        "USED-CAR-TRANSFER",
        small_non_commercial=False,
        mortgage=True,
        violations=2,
        scrap_on="2026-01-31",
        owner_id="339999198204250004",
    )
    await story.work("INTAKE_CHECK=ACCEPT")
    task = await story.task("VEHICLE_PRECHECK")
    assert set(task["findings"]) == {
        "OWNER_DIFFERS",
        "MORTGAGED",
        "SCRAP_DUE",
        "VIOLATIONS_OPEN",
        "NOT_SMALL_NON_COMMERCIAL",
    }
    await story.decide("VEHICLE_PRECHECK", "REFUSE", reason="抵押未解除，已达报废标准")
    await story.ends("REFUSED", "REFUSED")
    assert "LOCKED" not in await story.acts()


async def test_a_car_held_by_another_case_cannot_be_locked(stage: Stage) -> None:
    story = VehicleStory(stage)
    await story.sold(locked_by="别的办件")
    await story.work("INTAKE_CHECK=ACCEPT", "VEHICLE_PRECHECK=PASS")
    task = await story.task("VEHICLE_PRECHECK")
    assert "REGISTER:LOCKED_BY_OTHER" in task["findings"]
    await story.car_is()
    await story.work("VEHICLE_PRECHECK=PASS")
    await story.decide("VEHICLE_MARKET", "REFUSE", reason="买卖合同价款不实")
    await story.ends("REFUSED", "REFUSED")
    await story.is_as_before()


async def test_a_withdrawal_after_the_release_takes_the_release_back(stage: Stage) -> None:
    story = VehicleStory(stage)
    await story.sold()
    await story.work(*TO_INSPECTION)
    await story.task("VEHICLE_INSPECTION")
    await story.ask(Verb.WITHDRAW, reason="买卖双方解除合同")
    await story.ends("WITHDRAWN", "WITHDRAWN")
    await story.leg_stage_is("WITHDRAWN")
    assert "RELEASE_CANCELLED" in await story.acts(leg=True)
    await story.is_as_before()


async def test_a_buyer_who_dies_before_the_registration_gets_no_car(stage: Stage) -> None:
    story = VehicleStory(stage)
    await story.sold()
    await story.work("INTAKE_CHECK=ACCEPT", "VEHICLE_PRECHECK=PASS", "VEHICLE_MARKET=ISSUED")
    await story.task("VEHICLE_EXAMINATION")
    await story.ask(Verb.REPORT_DEATH, persons=(1,), reason="死亡证明")
    await story.ends("TERMINATED", "DECEASED")
    await story.leg_stage_is("WITHDRAWN")
    await story.is_as_before()


async def test_a_car_that_is_never_shown_is_unlocked_again(stage: Stage) -> None:
    story = VehicleStory(stage)
    await story.sold()
    await story.work(*TO_INSPECTION)
    due = (await story.clock("INSPECTION"))["due_on"]
    await story.advance_past(due, leg=False)
    await story.ends("LAPSED", "LAPSED")
    await story.leg_stage_is("WITHDRAWN")
    await story.is_as_before()
    assert "锁定将解除" in (await story.notices())["INSPECTION_OVERDUE"]


async def test_a_car_seized_at_the_last_moment_is_not_registered_and_its_plates_go_back(
    stage: Stage,
) -> None:
    story = VehicleStory(stage)
    await story.sold()
    await story.work(*TO_INSPECTION, "VEHICLE_INSPECTION=PASS")
    await story.task("VEHICLE_REGISTRATION")
    before = await story.car()
    await story.car_is(before.status, **{**before.data, "frozen": True})
    await story.work("VEHICLE_REGISTRATION=REGISTER")
    task = await story.task("VEHICLE_REGISTRATION")
    assert {"SEIZED", "REGISTER:FROZEN"} <= set(task["findings"])
    await story.decide("VEHICLE_REGISTRATION", "REFUSE", reason="登记前被法院查封")
    await story.decide("VEHICLE_PLATES_BACK", "RETURNED")
    await story.ends("REFUSED", "REFUSED")
    car = await story.is_as_before()
    assert "flips" not in car.data
    assert await story.certificates("PLATE") == ["VOID"]
    restored = [c for c in await story.acts() if c in ("OLD_RESTORED", "INVOICE_REVERSED")]
    assert restored == ["OLD_RESTORED", "INVOICE_REVERSED"]


async def test_a_flip_whose_receipt_is_lost_is_not_done_twice(stage: Stage) -> None:
    story = VehicleStory(stage)
    await story.sold()
    await story.work(*TO_INSPECTION, "VEHICLE_INSPECTION=PASS")
    await story.task("VEHICLE_REGISTRATION")
    await stage.behave(f"registers/{story.home}", "lost_answer", "act", times=1)
    try:
        await story.work("VEHICLE_REGISTRATION=REGISTER", "DELIVERY=PICKED_UP")
        await story.ends("ARCHIVED", "COMPLETED")
    finally:
        await stage.behave_well()
    assert (await story.car()).data["flips"] == [story.case_no]
    assert (await story.acts()).count("FLIPPED") == 1
    assert await story.certificates("PLATE") == ["USED"]
