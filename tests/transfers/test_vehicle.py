"""A9 机动车转让登记: from application to the new plates, and back wherever it ends before."""

from __future__ import annotations

from typing import Any

from adapters.protocols import RegisterEntry
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
        serial = self.stage.people
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
