"""The demo's progress for a spectator: a live table on a terminal, plain lines elsewhere.

Used by `embedded.demo`, which hands `Board.show` to the player.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import date, datetime
from types import TracebackType
from typing import Self

from rich import box
from rich.live import Live
from rich.table import Table
from rich.text import Text

from catalog.catalog import Catalog
from catalog.transfer_models import TransferMatter
from contracts.families import is_item
from domain.attribution import Holder
from domain.calendar import SHANGHAI
from domain.casework import FINAL_STAGES, STAGE_LABELS, Stage
from embedded.demo.play import Play
from embedded.screen import console

#: Columns of a terminal with room for matter and direction.
_WIDE = 106
_ONLY_WIDE = ("事项", "方向")
#: Stages in which the other side's own stage says more, and what that side is called.
_AWAY = {Stage.ORIGIN_PROCESSING: "迁出地", Stage.PEER_PROCESSING: "对方"}
#: Lines of a terminal that the table needs for itself.
_FRAME = 6
#: Cells; None: what is left.
_COLUMNS = {"样例": 19, "事项": 14, "方向": 9, "阶段": 18, "球在": 6, "到期": 5, "待办": None}


class Board:
    """One row per example; used as a context while the examples are played."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._began = time.monotonic()
        self._told: dict[str, str] = {}
        # It makes room for the result; plain lines stay.
        live = Live(console=console, auto_refresh=False, transient=True)
        self._live = live if console.is_terminal else None

    def __enter__(self) -> Self:
        if self._live is not None:
            self._live.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._live is not None:
            self._live.stop()

    def show(self, plays: Sequence[Play]) -> None:
        """The examples as they stand now; called after every look at the offices."""
        if self._live is not None:
            self._live.update(self._table(plays), refresh=True)
            return
        for play in plays:
            sight = _stage(play).plain
            if play.case is not None and sight != self._told.get(play.script.name):
                self._told[play.script.name] = sight
                line = f"{datetime.now(SHANGHAI):%H:%M:%S}　{self._line(play)}"
                console.print(line, markup=False, soft_wrap=True)

    def _table(self, plays: Sequence[Play]) -> Table:
        over = sum(play.over for play in plays)
        table = Table(
            box=box.SIMPLE_HEAD,
            title=f"{len(plays)} 个样例，已办结 {over} 个，{time.monotonic() - self._began:.0f} 秒",
            title_justify="left",
            title_style="bold",
            pad_edge=False,
            expand=True,
        )
        wide = console.width >= _WIDE
        # Fixed widths: a table that moves about cannot be read.
        for column, width in _COLUMNS.items():
            if wide or column not in _ONLY_WIDE:
                ratio = None if width else 1
                table.add_column(
                    column, width=width, ratio=ratio, no_wrap=True, overflow="ellipsis"
                )
        # On a small terminal the end of the table is cut off: what still runs stands first.
        cramped = len(plays) > console.height - _FRAME
        for play in sorted(plays, key=lambda one: one.over) if cramped else plays:
            cells = {
                "样例": Text(play.script.name, "cyan"),
                "事项": Text(self._matter(play)),
                "方向": Text(self._direction(play)),
                "阶段": _stage(play),
                "球在": Text(self._holder(play)),
                "到期": Text(f"{due:%m-%d}" if (due := _due(play)) else ""),
                "待办": Text(self._todo(play), "yellow"),
            }
            table.add_row(
                *(cells[column] for column in _COLUMNS if wide or column not in _ONLY_WIDE)
            )
        return table

    def _line(self, play: Play) -> str:
        parts = [
            play.script.name,
            self._matter(play),
            self._direction(play),
            _stage(play).plain,
            f"球在{holder}" if (holder := self._holder(play)) else "",
            f"{due}到期" if (due := _due(play)) else "",
            f"待办：{todo}" if (todo := self._todo(play)) else "",
        ]
        return "　".join(part for part in parts if part)

    def _matter(self, play: Play) -> str:
        code = play.form["matter"]
        if code in self._catalog.scenarios:
            return self._catalog.scenarios[code].name
        if is_item(code):
            return self._catalog.item(code).name
        matter = self._catalog.any_matter(code)
        return matter.name if isinstance(matter, TransferMatter) else matter.reason.label

    def _direction(self, play: Play) -> str:
        return f"{self._short(play.origin)}→{self._short(play.home)}"

    def _holder(self, play: Play) -> str:
        """In the words of somebody who stands outside of both localities."""
        if play.case is None:
            return ""
        holder = Holder(play.case["holder"])
        places = {Holder.OURS: play.home, Holder.THEIRS: play.origin}
        if holder in places:
            return self._short(places[holder])
        return {Holder.APPLICANT: "申请人", Holder.COURIER: "寄递"}.get(holder, "")

    def _todo(self, play: Play) -> str:
        return "；".join(
            f"{task['title']}（{self._catalog.office(task['office']).name}）" for task in play.tasks
        )

    def _short(self, locality: str) -> str:
        return self._catalog.locality(locality).short


def _stage(play: Play) -> Text:
    """Where it is worked on: at the origin, the leg's own stage says more than the case's."""
    if play.trouble:
        return Text(play.trouble, "bold red")
    if play.case is None:
        return Text("提交中", "dim")
    stage = Stage(play.case["stage"])
    if stage in _AWAY and play.legs:
        return Text(f"{_AWAY[stage]}{STAGE_LABELS[Stage(play.legs[0]['stage'])]}")
    if stage not in FINAL_STAGES:
        over = sum(one["ending"] is not None for one in play.items)
        count = f" {over}/{len(play.items)}" if play.items else ""
        return Text(f"{STAGE_LABELS[stage]}{count}")
    return Text(f"✓ {STAGE_LABELS[stage]}", "green" if play.over else "")


def _due(play: Play) -> date | None:
    """The limit that runs against whoever has the ball."""
    if play.case is None or play.over:
        return None
    away = play.case["holder"] == Holder.THEIRS and play.legs
    due: date | None = play.legs[0]["due_on"] if away else play.case["due_on"]
    return due
