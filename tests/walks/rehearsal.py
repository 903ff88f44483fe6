"""Goes through walks on copies of a ledger, taking their pictures or only looking at them."""

from __future__ import annotations

import pkgutil
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from importlib import import_module
from pathlib import Path

from PySide6.QtWidgets import QWidget

import tests.walks
from tests.scenes.stage import HEIGHT, WIDTH
from tests.walks.walk import WALKS, Shoot, Walk, Walker
from ui.main_window import MainWindow

DAY = date(2026, 3, 31)


def all_walks() -> dict[int, Walk]:
    """Every walk, by its number."""
    for module in pkgutil.iter_modules(tests.walks.__path__):
        import_module(f"tests.walks.{module.name}")
    return dict(sorted(WALKS.items()))


@contextmanager
def at_the_window(ledger: Path, room: Path, shoot: Shoot) -> Iterator[Walker]:
    """The window on a copy of *ledger* in *room*, closed at the end."""
    folder = room / ledger.name
    shutil.copytree(ledger, folder)
    window = MainWindow(day=DAY)
    window.resize(WIDTH, HEIGHT)
    window.show()
    window.open_folder(folder)
    if window.workspace is None:
        raise AssertionError("the ledger did not open")
    walker = Walker(window, shoot)
    walker.settle()
    try:
        yield walker
    finally:
        window.close()
        walker.settle()


class Album:
    """Numbers the pictures of one walk: 02-03-缺少佐证.png; *save* gets the widget and the file's name."""

    def __init__(self, walk: Walk, save: Shoot) -> None:
        self.walk = walk
        self.save = save
        self.taken: list[str] = []

    def shoot(self, widget: QWidget, name: str) -> None:
        """Take a picture."""
        self.taken.append(f"{self.walk.number:02}-{len(self.taken) + 1:02}-{name}.png")
        self.save(widget, self.taken[-1])
