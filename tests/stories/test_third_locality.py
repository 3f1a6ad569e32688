"""A third locality joins by configuration alone: one data file, no code."""

from __future__ import annotations

from pathlib import Path

from tests.catalog.folders import LOCALITY
from tests.rehearsal.stage import HOME, open_stage
from tests.rehearsal.story import Story

THIRD = "339903"


async def test_a_locality_from_a_data_file_sends_and_receives_people(tmp_path: Path) -> None:
    folder = tmp_path / "localities"
    folder.mkdir()
    (folder / f"{THIRD}.yaml").write_text(LOCALITY, encoding="utf-8")

    async with open_stage(catalog_dirs=[tmp_path], time_skipping=False) as stage:
        out = Story(stage, home=HOME, origin=THIRD)
        await out.file()
        await out.play()
        back = Story(stage, home=THIRD, origin=HOME)
        await back.file("HUKOU-SPOUSE")
        await back.play()
        for story in (out, back):
            case = await story.stage_is("ARCHIVED")
            assert case["ending"] == "COMPLETED"
            assert (await story.registration(at=story.home)).status == "ACTIVE"
            assert (await story.leg_stage_is("MOVED_OUT"))["case_no"].startswith(story.origin)
