"""``catalogue validate``, ``import`` and ``export``: the catalogue's data files and its tables."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from commands.catalogue_group import group
from commands.failure import ExitCode, wrong_input
from commands.register import CHECKING, command
from commands.session import Session

if TYPE_CHECKING:
    from catalog.errors import Problem

_MAX_BYTES = 500_000


@command("validate", panel=CHECKING, group=group)
def validate(
    session: Session,
    path: Annotated[
        Path | None,
        typer.Argument(
            metavar="[目录或文件]", help="数据目录、整套数据的副本或定义草稿；不写即现用的目录"
        ),
    ] = None,
) -> int:
    """核对目录数据：逐条列出文件、行号和原因；有问题时退出码为 1。"""
    from commands.catalogue_changes_screen import draw_problems

    problems = (
        _of_draft(session, path) if path is not None and path.is_file() else _all(session, path)
    )
    data = [asdict(one) for one in problems]
    session.answer({"valid": not data, "problems": data}, lambda: draw_problems(problems))
    return int(ExitCode.REFUSED if problems else ExitCode.OK)


@command("import", panel=CHECKING, group=group)
def import_(
    session: Session,
    folder: Annotated[
        Path,
        typer.Argument(metavar="数据目录", help="含 items、listings 等子目录", show_default=False),
    ],
    into: Annotated[
        Path | None,
        typer.Option("--into", help="核对通过后复制到这个附加目录；不写即只看会变什么"),
    ] = None,
) -> None:
    """导入一个数据目录：先核对并列出会新增、变更什么，写明 --into 才复制。

    附加目录须在设置的 catalog_dirs 里，重新启动后生效；已受理的办件按申请时的规定办理。
    """
    from catalog.importing import data_files, preview, take_over
    from commands.catalogue_changes_screen import draw_altered

    if not folder.is_dir():
        raise wrong_input(f"没有数据目录 {folder.name}；请核对路径。", "NO_SUCH_FILE")
    files = data_files(folder)
    if not files:
        raise wrong_input(f"{folder.name} 里没有 YAML 数据文件；请核对目录。", "NO_SUCH_FILE")
    dirs = _dirs(session)
    if into is not None and into.resolve() not in [one.resolve() for one in dirs]:
        raise wrong_input(
            f"{into.name} 不在设置的 catalog_dirs 里，复制了也不会生效；请先写进设置。"
        )
    found = preview(folder, dirs, into)
    if into is not None:
        take_over(folder, into)
    data = {
        "files": [str(path) for path in files],
        "changes": [asdict(one) for one in found],
        "imported": into is not None,
    }
    session.answer(data, lambda: draw_altered(found, len(files), done=into is not None))


@command("export", panel=CHECKING, group=group)
def export(
    session: Session,
    out: Annotated[
        Path | None, typer.Option("--out", help="写到哪个 CSV 文件；不写即输出到屏幕")
    ] = None,
) -> None:
    """导出全部清单，一行一个清单行：文件、序号、名称、类型、模式、单位、职权层级、事项编号等。"""
    from catalog.describing import row_record
    from catalog.exporting import export_csv

    catalog = session.catalog
    if session.as_json:
        rows: list[dict[str, Any]] = [row_record(catalog, one) for one in catalog.lists.every_row()]
        session.answer(rows, lambda: None)
        return
    write_csv(export_csv(catalog), out)


def write_csv(text: str, out: Path | None) -> None:
    """To a file that spreadsheet programs open, or to the screen without the mark for them."""
    import sys

    from catalog.exporting import BOM
    from commands.screen import print_all

    if out is None:
        sys.stdout.write(text.removeprefix(BOM))
        return
    try:
        out.write_text(text, encoding="utf-8", newline="")
    except OSError:
        raise wrong_input(f"不能写文件 {out.name}；请换一个位置。", "NO_SUCH_FILE") from None
    print_all(f"已写入 {out.name}，{text.count(chr(10)) - 1} 行。")


def _all(session: Session, folder: Path | None) -> tuple[Problem, ...]:
    from catalog.errors import CatalogError
    from catalog.loader import DATA, load_catalog

    if folder is not None and not folder.exists():
        raise wrong_input(f"没有 {folder.name}；请核对路径。", "NO_SUCH_FILE")
    dirs, base = _dirs(session), DATA
    if folder is not None and _is_whole(folder):
        base = folder
    elif folder is not None and folder.resolve() not in [one.resolve() for one in dirs]:
        dirs.append(folder)
    try:
        load_catalog(*dirs, base=base)
    except CatalogError as error:
        return error.problems
    return ()


def _is_whole(folder: Path) -> bool:
    """Whether it is the built-in data or a copy of them, which stands in their place: beside them
    every single code would be taken already."""
    from catalog.loader import DATA

    own = [one.name for one in (DATA / "localities").glob("*.yaml")]
    return all((folder / "localities" / name).is_file() for name in own)


def _of_draft(session: Session, path: Path) -> tuple[Problem, ...]:
    from catalog.drafts import read_draft

    return tuple(read_draft(read_file(path), path.name, session.catalog)[1])


def read_file(path: Path) -> bytes:
    """A draft's content."""
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise wrong_input(f"文件 {path.name} 过大，不像是一份事项定义；请核对。")
        return path.read_bytes()
    except OSError:
        raise wrong_input(f"读不到文件 {path.name}；请核对文件名。", "NO_SUCH_FILE") from None


def _dirs(session: Session) -> list[Path]:
    return list(session.settings.catalog_dirs) if session.set_up else []
