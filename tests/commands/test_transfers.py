"""Transfers on the command line: matters, filing, worklist, a case with its money."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from catalog.loader import load_catalog
from console.wording.labels import ending_label
from console.wording.movement_view import movement_view
from console.wording.reasons import reason_label
from domain.casework import Ending
from tests.commands.terminal import EXAMPLES, Terminal, written
from tests.rehearsal.stage import HOME, ORIGIN, Stage
from tests.rehearsal.transfer import TransferStory

CATALOG = load_catalog()
RECORD = json.loads((EXAMPLES / "compute" / "pension.json").read_text(encoding="utf-8"))
LABELS = {one.name: one.label for one in CATALOG.transfer("PENSION-TRANSFER").fields}
FORM: dict[str, Any] = {
    "matter": "PENSION-TRANSFER",
    "peer_locality": ORIGIN,
    "applicant": {"name": "吴样例乙", "id_no": "339999199007210008", "phone": "12000000002"},
}


def test_transfers_are_listed_with_their_fields(alone: Terminal) -> None:
    listed = {one["code"]: one for one in alone.type("matters", "--json").data}
    assert set(listed) == {*CATALOG.matters, *CATALOG.transfers}
    assert {one["family"] for one in listed.values()} >= {"HUKOU_MIGRATION", "PENSION"}
    drawn = alone.type("matters").out
    for matter in CATALOG.transfers.values():
        fields = [rule["name"] for rule in listed[matter.code]["fields"]]
        assert fields == [rule.name for rule in matter.fields]
        assert all(word in drawn for word in (matter.code, *fields))


@pytest.mark.parametrize(
    ("changes", "exit_code", "told"),
    [
        ({"matter": "PENSION-TRANSFERR"}, 2, "相近的有：PENSION-TRANSFER"),
        ({"details": {"moved": True}}, 1, "本事项的栏目有："),
        ({"details": {"moved_by_order": "也许"}}, 1, "应填“是”或“否”"),
        ({"origin_address": "样例路1号"}, 2, "origin_address：不是申请表的栏目"),
        ({"peer_locality": "330903"}, 2, "相近的有：330902"),
    ],
)
def test_a_wrong_transfer_is_refused_with_the_next_step(
    dark: Terminal, tmp_path: Path, changes: dict[str, Any], exit_code: int, told: str
) -> None:
    ended = dark.type("file", str(written(tmp_path, FORM | changes)), "--locality", HOME)
    assert ended.code == exit_code, ended.err
    assert told in ended.err
    assert ended.is_a_sentence()


def test_a_family_that_is_none_is_refused_with_the_known_ones(dark: Terminal) -> None:
    ended = dark.type("cases", "--locality", HOME, "--family", "PENSIONS")
    assert ended.code == 2 and "PENSION、" in ended.err


async def test_a_transfer_is_filed_where_the_other_locality_is_not_and_shows_its_money(
    office: Terminal, stage: Stage, tmp_path: Path
) -> None:
    story = TransferStory(stage)
    person = await story.somebody()
    for place in (story.origin, story.home):
        await story.entry("PENSION", RECORD, at=place)
    applicant = {key: person[key] for key in ("name", "id_no", "phone")}
    form = FORM | {"applicant": applicant, "details": {"moved_by_order": False}}
    filed = await office.ask("file", str(written(tmp_path, form)))
    story.case_no = filed["case_no"]
    assert story.case_no.startswith(HOME)
    await story.work("INTAKE_CHECK=ACCEPT")
    task = await story.task("PENSION_REVIEW")
    told = await office.ask("task", task["task_id"])
    assert any(words.startswith("能否转移：") for words in told["finding_words"])
    await story.work(
        "PENSION_REVIEW=PASS",
        "PENSION_EXAMINATION=PASS",
        "PENSION_RELEASE=RELEASE",
        "PENSION_BOOKING=BOOK",
    )
    await story.task("DELIVERY")

    listed = await office.ask("cases", "--locality", HOME, "--family", "pension")
    assert story.case_no in {one["case_no"] for one in listed}
    assert {one["family"] for one in listed} == {"PENSION"}
    others = await office.ask("cases", "--locality", HOME, "--family", "HUKOU_MIGRATION")
    assert story.case_no not in {one["case_no"] for one in others}

    view = await office.ask("show", story.case_no)
    (money,) = view["money"]
    assert money["credited_fen"] == money["arrived_fen"] == money["announced_fen"] > 0
    moved = {"name": "moved_by_order", "label": LABELS["moved_by_order"]}
    assert view["fields"] == [{**moved, "value": "no", "shown": "否"}]
    leg = await story.leg()
    drawn = (await office.enter("show", leg["case_no"])).out
    total = f"{money['credited_fen'] / 100:,.2f}"
    assert drawn.count(total) >= 3
    assert "划款指令" in drawn and "基本养老保险关系转移接续联系函" in drawn
    assert person["name"] not in drawn


def test_what_identifies_somebody_is_shown_only_with_persons() -> None:
    rules: list[dict[str, Any]] = [
        {"name": "vin", "label": "车辆识别代号", "type": "VIN"},
        {"name": "price", "label": "价款", "type": "MONEY"},
        {"name": "scene", "label": "情形", "type": "CHOICE", "choices": {"A": "甲"}},
    ]
    matter = CATALOG.transfer("PENSION-TRANSFER")
    odd = matter.model_copy(
        update={"fields": [matter.fields[0].model_copy(update=one) for one in _rules(rules)]}
    )
    catalog = _Catalog({"X": odd})
    record = {
        "matter": "X",
        "details": {"vin": "0ZZZZZZZ7T0900001", "price": 123_45, "scene": "A"},
        **{name: [] for name in ("statements", "money", "parcels")},
    }

    def seen(**rights: bool) -> dict[str, str]:
        fields = movement_view(record, catalog, **rights)["fields"]  # type: ignore[arg-type]
        return {one["name"]: one["shown"] for one in fields}

    assert seen(texts=False, persons=False) == {"scene": "甲"}
    assert seen(texts=True, persons=False) == {"scene": "甲", "price": "123.45元"}
    assert seen(texts=True, persons=True)["vin"] == "0ZZZZZZZ7T0900001"


def test_a_parcel_is_drawn_with_its_chain(capsys: pytest.CaptureFixture[str]) -> None:
    from commands.movement_screen import draw_movements
    from commands.screen import print_all

    record = {
        "matter": "PENSION-TRANSFER",
        "details": {},
        "statements": [],
        "money": [],
        "parcels": [
            {
                **{name: "x" for name in ("parcel_key", "kind", "answerable", "settled")},
                "service": "EMS",
                "from_office": "371002-ZW-01",
                "to_office": "PERSON",
                "items": [{"code": "旧证", "kind": "ORIGINAL", "count": 2}],
                "seal_no": "F-1",
                "waybill": "EA000000016CN",
                "state": "IN_TRANSIT",
                "custodian": "CARRIER:EMS",
                "events": [
                    {
                        "at": None,
                        "code": "IN_TRANSIT",
                        "party": "",
                        "custodian": "CARRIER:EMS",
                        "facts": {},
                    }
                ],
            }
        ],
    }
    print_all(*draw_movements(movement_view(record, CATALOG, texts=False, persons=False), CATALOG))
    drawn = capsys.readouterr().out
    for words in ("邮政特快专递", "旧证×2", "运递中", "承运方 邮政特快专递"):
        assert words in drawn


def test_codes_of_every_family_have_words() -> None:
    assert reason_label("MOVED_AWAY") == "登记已转往其他地区"
    assert ending_label("REFUSED", "PENSION") == "不予办理"
    assert ending_label("REFUSED", "HUKOU_MIGRATION") == "不予迁入"
    for ending in Ending:
        assert ending_label(ending.value, "PENSION") != ending.value


def _rules(rules: list[dict[str, Any]]) -> list[dict[str, Any]]:
    from catalog.transfer_models import FieldType

    return [{**one, "type": FieldType(one["type"])} for one in rules]


class _Catalog:
    def __init__(self, transfers: dict[str, Any]) -> None:
        self.transfers = transfers
        self.offices: dict[str, Any] = {}
