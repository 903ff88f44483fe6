"""Draws every page and dialog on the sample ledger: ``python -m tests.pictures FOLDER [NAME…]``.

Then goes through the walks (``walk-2`` names one) and keeps a picture of each step in FOLDER/walks."""

from __future__ import annotations

import os
import pkgutil
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from importlib import import_module, util
from pathlib import Path

from PIL import Image
from PySide6.QtWidgets import QWidget

import tests.scenes
from tests.scenes.stage import HEIGHT, SCENES, WIDTH, Scene, Stage, scene
from tests.walks.rehearsal import Album, all_walks, at_the_window
from tests.walks.walk import Walk
from ui import window_state
from ui.app import make_app
from ui.main_window import MainWindow
from ui.pages import PAGES

DAY = date(2026, 3, 31)


def make_ledger(folder: Path) -> None:
    """The sample township; while it is not there, the small ledger of the window's tests."""
    if util.find_spec("river_chief.sample.township") is not None:
        import_module("river_chief.sample.township").make(folder)
        return
    from river_chief.storage.database import Database
    from tests.ui.desk import fill

    database, _ = Database.create(folder)
    database.set_office("990121103")
    with database:
        fill(database)


def page_scene(key: str) -> None:
    """Register the scene that shows the page *key* as it opens."""

    @scene(f"page-{key}")
    def show(stage: Stage) -> QWidget:
        stage.page(key)
        return stage.window


def all_scenes() -> dict[str, Scene]:
    """Every page, and what the modules of tests/scenes add."""
    for entry in PAGES:
        page_scene(entry.key)
    for module in pkgutil.iter_modules(tests.scenes.__path__):
        import_module(f"tests.scenes.{module.name}")
    return SCENES


def main(arguments: Sequence[str]) -> int:
    """Draw the scenes named, or all of them; return the exit code."""
    folder, wanted = Path(arguments[0]), set(arguments[1:])
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as room:
        os.environ["XDG_DATA_HOME"] = os.environ["LOCALAPPDATA"] = room
        app = make_app()
        ledger = Path(room) / "砚溪镇河长台账"
        make_ledger(ledger)
        window_state.remember_clerk("何文秀")
        window = MainWindow(day=DAY)
        window.resize(WIDTH, HEIGHT)
        window.show()
        window.open_folder(ledger)
        if window.workspace is None:
            raise AssertionError("the ledger did not open")
        stage = Stage(window, window.workspace)
        for name, draw in all_scenes().items():
            if wanted and name not in wanted:
                continue
            widget = draw(stage)
            stage.settle()
            _keep(widget, folder / f"{name}.png")
            stage.clear()
        window.close()
        for walk in all_walks().values():
            if not wanted or f"walk-{walk.number}" in wanted:
                _draw_walk(walk, ledger, Path(room), folder / "walks")
        app.quit()
    return 0


def _draw_walk(walk: Walk, ledger: Path, room: Path, folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for old in folder.glob(f"{walk.number:02}-*.png"):
        old.unlink()
    album = Album(walk, lambda widget, name: _keep(widget, folder / name))
    with at_the_window(ledger, room / f"walk-{walk.number}", album.shoot) as walker:
        walk.play(walker)


def _keep(widget: QWidget, path: Path) -> None:
    widget.grab().save(str(path))
    _shrink(path)
    print(path)


def _shrink(path: Path) -> None:
    """Keep 256 colours: the pictures lie in the repository and travel with every package."""
    with Image.open(path) as picture:
        plain = picture.convert("RGB")
    few = plain.quantize(256, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(path, optimize=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
