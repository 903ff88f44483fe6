"""Fixtures every test may use: an empty ledger, and one with a village, a reach and a chief."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from river_chief.sample.township import make as make_township
from river_chief.storage.database import Database
from tests.builders import Office, new_office

# The suite tries the same examples every time; RIVER_CHIEF_EXAMPLES=search looks for new ones.
settings.register_profile("suite", derandomize=True)
settings.register_profile("search")
settings.load_profile(os.environ.get("RIVER_CHIEF_EXAMPLES", "suite"))


@pytest.fixture(autouse=True)
def _own_program_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the user's own settings out of the tests and the tests out of them."""
    home = tmp_path / "home"
    home.mkdir(exist_ok=True)
    monkeypatch.setenv("XDG_DATA_HOME", str(home))
    monkeypatch.setenv("LOCALAPPDATA", str(home))
    monkeypatch.delenv("RIVER_CHIEF_PASSWORD", raising=False)


@pytest.fixture(autouse=True)
def _no_dialog_is_left() -> Iterator[None]:
    """Close the dialogs a test leaves open: the next one's window would wait behind them."""
    yield
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or widgets.QApplication.instance() is None:
        return
    while (dialog := widgets.QApplication.activeModalWidget()) is not None:
        dialog.hide()


@pytest.fixture(scope="session")
def _founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty ledger made once; each test works on a copy of its folder."""
    folder = tmp_path_factory.mktemp("founded") / "ledger"
    new_office(folder).database.close()
    return folder


@pytest.fixture
def empty(_founded: Path, tmp_path: Path) -> Iterator[Office]:
    """An empty ledger of 砚溪镇."""
    folder = tmp_path / "ledger"
    shutil.copytree(_founded, folder)
    with Database.open(folder) as database:
        yield Office(database)


@pytest.fixture(scope="session")
def township(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the sample ledger 砚溪镇, made once; only read it, or take ``township_copy``."""
    folder = tmp_path_factory.mktemp("township") / "ledger"
    make_township(folder)
    return folder


@pytest.fixture
def township_copy(township: Path, tmp_path: Path) -> Path:
    """A copy of the sample ledger that a test may change."""
    folder = tmp_path / "township"
    shutil.copytree(township, folder)
    return folder


@pytest.fixture
def village(empty: Office) -> int:
    """柳塘村."""
    return empty.village("柳塘村", "990121103203")


@pytest.fixture
def reach(empty: Office, village: int) -> int:
    """柳塘河, a reach of township level through 柳塘村."""
    return empty.reach("柳塘河", village)


@pytest.fixture
def tenure(empty: Office, village: int, reach: int) -> int:
    """赵春, chief of 柳塘村 for 柳塘河."""
    return empty.chief("赵春", village, reach)


@pytest.fixture
def problem(empty: Office, village: int, reach: int) -> int:
    """A registered problem of 2025-03-03 in 柳塘村."""
    return empty.problem(village, reach)
