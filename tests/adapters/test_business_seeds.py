"""The seeded business entries are invented, consistent, and there for every kind and direction."""

from collections import Counter

import pytest

from adapters.outside import OutsideSystems
from adapters.protocols import RegisterEntry, RegisterKind
from adapters.registers.protocol import DOCUMENT_KINDS, MONEY_KINDS
from adapters.registers.seeds import read_entries, read_insured
from adapters.simulators.seeds import read_population
from domain.identity import check_identity_number
from tests.adapters.business import now
from tests.adapters.process import SEEDS

LOCALITIES = ("330902", "371002")
COUNTIES = {"339999", "379999"}
ENTRIES = read_entries(SEEDS)
INSURED = read_insured(SEEDS)
PEOPLE = {one.id_no: one.name for one in INSURED.values()}

#: ISO 3779: what letters count in the check digit, and the weight of each place.
_VALUES = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", "12345678123457923456789", strict=True))
_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)

LANDED = frozenset({"resident-landed", "card-landed"})


def vin_check(vin: str) -> str:
    total = sum(int(_VALUES.get(c, c)) * w for c, w in zip(vin, _WEIGHTS, strict=True))
    return "X" if total % 11 == 10 else str(total % 11)


def test_every_kind_has_subjects_in_both_directions() -> None:
    ending = Counter((kind, person.origin) for person in INSURED.values() for kind in person.kinds)
    for kind in MONEY_KINDS:
        for locality in LOCALITIES:
            assert ending[kind, locality] >= 6
    things = Counter((entry.kind, entry.locality) for entry in ENTRIES.values())
    for kind in (
        RegisterKind.VEHICLE,
        RegisterKind.DISABILITY_CARD,
        RegisterKind.PERSONNEL_FILE,
        *DOCUMENT_KINDS,
    ):
        for locality in LOCALITIES:
            assert things[kind, locality] == 2


@pytest.mark.parametrize("label", ENTRIES)
def test_everybody_is_invented(label: str) -> None:
    entry = ENTRIES[label]
    if entry.kind is RegisterKind.PURCHASE:
        assert "样例" in entry.subject and "样例" in entry.data["invoice_no"]
        return
    if entry.kind is RegisterKind.VEHICLE:
        # ISO 3780 gives 0 to no region, so no maker can use the number.
        assert len(entry.subject) == 17 and entry.subject.startswith("0")
        assert entry.subject[8] == vin_check(entry.subject)
        assert "样例" in entry.data["plate"] and "样例" in entry.data["certificate_no"]
        person, name = entry.data["owner_id"], entry.data["owner_name"]
    else:
        person, name = entry.subject, entry.data["name"]
    assert check_identity_number(person) == person
    assert person[:6] in COUNTIES
    assert person[14:17] in ("000", "001")
    assert "样例" in name


def test_nobody_stands_here_twice_or_is_one_of_the_population_seeds() -> None:
    alone = [entry.subject for entry in ENTRIES.values() if entry.subject not in PEOPLE]
    assert len(PEOPLE) == len(INSURED)
    assert len(set(alone)) == len(alone)
    # Whose hukou has landed is known to both, or no example could show it.
    others = {
        one.id_no
        for code in LOCALITIES
        for label, one in read_population(SEEDS, code).items()
        if label not in LANDED
    }
    assert others.isdisjoint({*PEOPLE, *alone})


@pytest.mark.parametrize(
    "label", [label for label, entry in ENTRIES.items() if "rows" in entry.data]
)
def test_rows_agree_with_their_totals(label: str) -> None:
    data = ENTRIES[label].data
    balance = 0
    for before, row in zip([None, *data["rows"]], data["rows"], strict=False):
        if before is not None:
            assert row["year"] == before["year"] + 1
        booked = row.get("booked_fen", row.get("paid_fen", 0) + row.get("subsidy_fen", 0))
        balance += booked + row["interest_fen"]
        assert row["balance_fen"] == balance
    assert data["balance_fen"] == balance
    assert data["months"] == sum(row["months"] for row in data["rows"])


def test_a_year_of_a_pension_can_be_reckoned_by_hand() -> None:
    first, second, *_ = ENTRIES["330902-worker-1/PENSION/330902"].data["rows"]
    assert first == {
        "region": "330902",
        "year": 2016,
        "from_month": 1,
        "to_month": 12,
        "months": 12,
        "monthly_base_fen": 450_000,
        "unit_rate_bp": 2000,
        "account_rate_bp": 800,
        "personal_rate_bp": 800,
        "booked_fen": 432_000,  # 12 x 4,500.00 x 8%
        "booked_personal_fen": 432_000,
        "interest_fen": 0,
        "interest_personal_fen": 0,
        "balance_fen": 432_000,
        "balance_personal_fen": 432_000,
    }
    # 4,725.00 a month: 12 x 4,725.00 x 8% = 4,536.00; 4% of 4,320.00 = 172.80
    assert (second["booked_fen"], second["interest_fen"]) == (453_600, 17_280)
    assert second["balance_fen"] == 432_000 + 453_600 + 17_280


def test_contributions_before_2006_were_booked_at_the_old_rate() -> None:
    rows = {row["year"]: row for row in ENTRIES["371002-worker-6/PENSION/371002"].data["rows"]}
    assert (rows[2005]["account_rate_bp"], rows[2006]["account_rate_bp"]) == (1100, 800)
    assert rows[2005]["booked_personal_fen"] < rows[2005]["booked_fen"]


def test_there_is_somebody_for_every_refusal_of_the_origin() -> None:
    for code in LOCALITIES:
        assert ENTRIES[f"{code}-pensioner/PENSION/{code}"].status == "PENSIONER"
        borrower = ENTRIES[f"{code}-borrower/HOUSING_FUND/{code}"]
        assert (borrower.status, borrower.data["loan_fen"] > 0) == ("ACTIVE", True)
        assert ENTRIES[f"{code}-arrears/PENSION/{code}"].data["arrears_months"] == 4
        assert ENTRIES[f"{code}-drawing/UNEMPLOYMENT/{code}"].data["drawing"]
        assert ENTRIES[f"{code}-official-2/ANNUITY/{code}"].data["unfunded_fen"] > 0


async def test_the_simulator_serves_the_seeded_entries(
    origin: OutsideSystems, destination: OutsideSystems
) -> None:
    seen: list[RegisterEntry] = []
    for label in ("330902-worker-2/MEDICAL/330902", "330902-car-1", "330902-card-2"):
        seen.append(await now(origin, ENTRIES[label], "330902"))
        assert seen[-1] == ENTRIES[label]
    label = "330902-worker-2/MEDICAL/371002"
    assert await now(destination, ENTRIES[label], "371002") == ENTRIES[label]
    assert await now(destination, ENTRIES["330902-car-1"], "371002") == seen[1]
