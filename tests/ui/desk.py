"""A tiny real ledger for the window's tests, made through the verbs once and copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QInputMethodEvent
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget  # noqa: TID251 - its buttons are pressed here
from pytestqt.qtbot import QtBot

from river_chief.changes import Changes
from river_chief.storage.database import Database
from river_chief.terms import Action
from river_chief.verbs import chiefs, office, problems, steps, waters
from river_chief.verbs.input import understood
from ui import style
from ui.app import speak_chinese
from ui.workspace import Workspace

TODAY = date(2025, 3, 31)
CLERK = "周敏"


@pytest.fixture(scope="session")
def qapp_cls() -> Callable[[list[str]], QApplication]:
    def make(arguments: list[str]) -> QApplication:
        app = QApplication(arguments)
        speak_chinese(app)
        style.apply(app)
        return app

    return make


@pytest.fixture(autouse=True)
def own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's folder of window state and last ledger, away from the real one."""
    folder = tmp_path / "user"
    monkeypatch.setenv("XDG_DATA_HOME", str(folder))
    monkeypatch.setenv("LOCALAPPDATA", str(folder))
    return folder


def write(widget: QWidget, text: str) -> None:
    """Enter *text* as an input method does; Chinese does not come by single keys."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def drop(widget: QWidget, path: Path) -> bool:
    """Drag *path* onto *widget* and drop it; whether it was taken."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left, held = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    entering = QDragEnterEvent(QPoint(50, 50), copy, mime, left, held)
    QApplication.sendEvent(widget, entering)
    if entering.isAccepted():
        QApplication.sendEvent(widget, QDropEvent(QPointF(50, 50), copy, mime, left, held))
    return entering.isAccepted()


class Filler:
    """Fills a ledger through the verbs."""

    def __init__(self, database: Database, day: date = TODAY) -> None:
        self.database = database
        self.day = day

    def do(self, verb: Any, kind: Any, **values: Any) -> Changes:
        with self.database.write(by=CLERK, today=self.day) as writer:
            return writer.do(verb, understood(kind, values))

    def step(self, action: Action, problem_id: int, **values: Any) -> Changes:
        """Do a step; the proof it lacks is made good in words."""
        doing = steps.DOINGS[action]
        if "exception" in doing.accepts.model_fields:
            values.setdefault("exception", "现场无法拍照")
        return self.do(doing.verb, doing.accepts, problem_id=problem_id, **values)


def fill(database: Database) -> None:
    """Two villages, a water with a reach, a chief; eight problems, one of them overdue, one closed."""
    filler = Filler(database)
    filler.do(office.found_office, office.NewOffice, place="砚溪镇", area_code="990121103")
    first = filler.do(waters.add_area, waters.NewArea, name="柳塘村", level="village", parent_id=1).id
    second = filler.do(waters.add_area, waters.NewArea, name="石桥村", level="village", parent_id=1).id
    water = filler.do(waters.add_water, waters.NewWater, name="砚溪").id
    reach = filler.do(
        waters.add_reach,
        waters.NewReach,
        name="砚溪柳塘段",
        water_id=water,
        area_ids=(first, second),
        level="town",
    ).id
    person = filler.do(chiefs.add_person, chiefs.NewPerson, name="赵春").id
    filler.do(
        chiefs.begin_tenure,
        chiefs.NewTenure,
        person_id=person,
        level="village",
        area_id=first,
        valid_from="2024-01-01",
        reach_ids=(reach,),
    )
    for number in range(8):
        found = date(2025, 3, 1) + timedelta(days=number)
        filler.do(
            problems.register,
            problems.NewProblem,
            found_on=found,
            source="Y01",
            reach_id=reach,
            village_id=first if number % 2 else second,
            category_code="LD01",
            description=f"第{number + 1}处岸坡堆放生活垃圾约12立方米",
            volume_m3=12,
            happened_at=found,
        )
    filler.step(Action.VERIFY, 1, happened_at="2025-03-02")
    filler.step(Action.ASSIGN, 1, unit="石桥村", deadline="2025-03-10", happened_at="2025-03-02")
    filler.step(Action.SIGN_FOR, 1, actor="李海", happened_at="2025-03-03")
    for action, values in (
        (Action.VERIFY, {}),
        (Action.ASSIGN, {"unit": "柳塘村", "deadline": "2025-03-20"}),
        (Action.SIGN_FOR, {"actor": "赵春"}),
        (Action.SUBMIT, {"progress": "已清理"}),
        (Action.ACCEPT, {"actor": "王文"}),
        (Action.CLOSE, {"approver": "县河长办"}),
    ):
        filler.step(action, 2, happened_at="2025-03-09", **values)
    filler.step(Action.VERIFY, 3, happened_at="2025-03-04")


@pytest.fixture(scope="session")
def ledger_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("template") / "ledger"
    database, _ = Database.create(folder)
    database.set_office("990121103")
    with database:
        fill(database)
    return folder


@pytest.fixture
def ledger(ledger_template: Path, tmp_path: Path) -> Path:
    """A ledger of its own for one test."""
    folder = tmp_path / "ledger"
    shutil.copytree(ledger_template, folder)
    return folder


@pytest.fixture
def workspace(qtbot: QtBot, ledger: Path) -> Iterator[Workspace]:
    opened = Workspace(Database.open(ledger), clerk=CLERK, day=TODAY)
    yield opened
    opened.close()


@pytest.fixture
def filler(workspace: Workspace) -> Filler:
    """Writes behind the window's back; emit ``workspace.changed`` to tell it."""
    return Filler(workspace.database)


class Shown:
    """What message boxes would have shown; ``answer`` is the text of the button that is pressed.

    ``meanwhile`` is what happens in the window while a box is open.
    """

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.answer = ""
        self.meanwhile: Callable[[], object] = lambda: None

    @property
    def last(self) -> str:
        return self.texts[-1]


@pytest.fixture(autouse=True)
def shown(monkeypatch: pytest.MonkeyPatch) -> Shown:
    """Captures every message box instead of waiting for a person."""
    captured = Shown()

    def press(box: QMessageBox) -> int:
        captured.texts.append(box.text())
        captured.meanwhile()
        wanted = [button for button in box.buttons() if button.text() == captured.answer]
        (wanted or [box.defaultButton()])[0].click()
        return 0

    monkeypatch.setattr(QMessageBox, "exec", press)
    return captured


@pytest.fixture
def host(qtbot: QtBot) -> QWidget:
    """A window to be the parent of dialogs."""
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    return widget
