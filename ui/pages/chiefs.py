"""河长: who is in office on a day, and the file of each person."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QSplitter, QWidget

from river_chief.changes import Changes
from river_chief.errors import NotFound
from river_chief.figures.person_duty import PersonDuty, person_duty
from river_chief.queries import choices
from river_chief.queries.chiefs import CHIEF_TABLE, ChiefFilter
from river_chief.queries.ledger_query import Row
from river_chief.queries.person_file import PersonFile, TenureFile, person_file
from river_chief.rules.periods import Span
from river_chief.storage.database import Snapshot
from river_chief.terms import Level, Role
from ui import jobs, window_state
from ui.buttons import push
from ui.dialogs import person as person_dialogs
from ui.dialogs import tenure as tenure_dialogs
from ui.dialogs.verb_dialog import VerbDialog
from ui.forms.fields import DateField
from ui.pages.page import Page
from ui.pages.person_panel import PersonPanel
from ui.style import Tone
from ui.tables.filter_bar import Choose, terms_of
from ui.tables.ledger_view import LedgerView
from ui.tables.record_table import Look
from ui.workspace import Workspace

TODAY, ON_DAY, EVER = "今天在任", "某日在任", "全部任职"
COLUMNS = "name:5 level:4 role:5 area_name:6 title:10 reach_names:11 phone:8".split()
OfTenure = Callable[[QWidget, Workspace, PersonFile, TenureFile], VerbDialog[Any]]
OF_TENURE: dict[str, OfTenure] = {
    "succeed": tenure_dialogs.succession_dialog,
    "end": tenure_dialogs.end_dialog,
    "take": tenure_dialogs.take_dialog,
    "leave": tenure_dialogs.leave_dialog,
    "delegate": tenure_dialogs.delegate_dialog,
}
OfPerson = Callable[[QWidget, Workspace, PersonFile], VerbDialog[Any]]
OF_PERSON: dict[str, OfPerson] = {
    "begin": tenure_dialogs.begin_dialog,
    "edit": person_dialogs.edit_dialog,
    "retire": person_dialogs.retire_dialog,
}


class ChiefsPage(Page):
    """Table over the register of chiefs; ``show_asked`` takes a ``ChiefFilter`` or a tenure's id."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace, "河长")
        self.when = QComboBox()
        self.when.addItems([TODAY, ON_DAY, EVER])
        self.when.setAccessibleName("在任时间")
        self.day = DateField(year_of=workspace.today())
        self.day.setFixedWidth(110)
        self.day.setAccessibleName("哪一天在任")
        self.day.set_value(workspace.today())
        self.day.hide()
        self.view = LedgerView(
            workspace,
            CHIEF_TABLE,
            ChiefFilter(on=workspace.today()),
            name="chiefs",
            columns=COLUMNS,
            choices=(
                Choose("levels", "层级", terms_of(Level)),
                Choose("roles", "角色", terms_of(Role)),
                Choose("areas", "村镇", _areas),
                Choose("reaches", "河段", _reaches),
            ),
            watch=("person", "tenure_reach", "area", "reach"),
            look=self._look,
            hint="姓名、单位、职务",
            empty="这里没有人员。点“新增人员”登记，或点“导入”读入县里的表格。",
        )
        self.panel = PersonPanel()
        self._asked_duty = 0
        self._lay_out()
        self._connect()

    # The page

    def show_asked(self, asked: object) -> None:
        if isinstance(asked, ChiefFilter):
            self.view.bar.clear()
            self.when.setCurrentText(EVER if asked.on is None else ON_DAY)
            self.day.set_value(asked.on or self.workspace.today())
            self.view.set_filter(asked)
        elif isinstance(asked, int):
            self.view.bar.clear()
            self.when.setCurrentText(EVER)
            self.view.select(asked)

    def refresh(self) -> None:
        self._show_current()

    def take_focus(self) -> None:
        self.view.table.setFocus()

    # Dialogs

    def add(self) -> None:
        """Add a person with a tenure."""
        self._open(person_dialogs.appointment_dialog(self, self.workspace))

    def do(self, what: str) -> None:
        """Open the dialog *what* for the person or the tenure chosen."""
        file, tenure = self.panel.file, self.panel.tenure
        if file is None or tenure is None:
            return
        if what in OF_PERSON:
            self._open(OF_PERSON[what](self, self.workspace, file))
        else:
            self._open(OF_TENURE[what](self, self.workspace, file, tenure))

    # Parts

    def _lay_out(self) -> None:
        self.head.insertWidget(1, self.when)
        self.head.insertWidget(2, self.day)
        self.add_button = push("新增人员(&N)", self.add, sign="plus", part="main")
        self.add_button.setToolTip("新增人员和任职 (Ctrl+N)")
        self.head.addWidget(push("导入…", partial(self.go.emit, "import", None), sign="file-import"))
        self.head.addWidget(self.add_button)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.view)
        self.splitter.addWidget(self.panel)
        self.splitter.setStretchFactor(0, 1)
        self.panel.setMinimumWidth(300)
        if not window_state.restore_splitter(self.splitter, "chiefs"):
            self.splitter.setSizes([800, 400])
        self.splitter.splitterMoved.connect(lambda: window_state.save_splitter(self.splitter, "chiefs"))
        self.body.addWidget(self.splitter, 1)

    def _connect(self) -> None:
        self.when.currentIndexChanged.connect(self._list)
        self.day.editingFinished.connect(self._list)
        self.view.selected.connect(lambda _id: self._show_current())
        self.view.activated.connect(lambda _id: self.do("edit"))
        self.panel.asked.connect(self.do)
        self.panel.go.connect(self.go)
        shortcut = QShortcut(QKeySequence("Ctrl+N"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.add)

    def _list(self) -> None:
        chosen = self.when.currentText()
        self.day.setVisible(chosen == ON_DAY)
        day = self.day.value()
        on: date | None = self.workspace.today()
        if chosen == ON_DAY and isinstance(day, date):
            on = day
        self.view.set_filter(ChiefFilter(on=None if chosen == EVER else on))

    def _look(self, row: Row, key: str) -> Look | None:
        """Who has a delegate today; which chief has no phone."""
        if key == "name" and row["delegate_from"] and row["delegate_to"]:
            away = row["delegate_from"] <= self.workspace.today() <= row["delegate_to"]
            return Look(sign="委 ") if away else None
        if key == "phone" and not row["phone"] and row["role"].is_chief:
            return Look(Tone.WARN, "⚠ 缺")
        return None

    def _open(self, dialog: VerbDialog[Any]) -> None:
        dialog.done_well.connect(self._on_done)
        dialog.open()

    def _on_done(self, changes: Changes) -> None:
        """Show the tenure that was begun."""
        if any(item.ledger == "tenure" for item in changes.touched):
            self.view.select(changes.id)

    def _show_current(self) -> None:
        id, today = self.view.current_id(), self.workspace.today()
        try:
            with self.workspace.read() as session:
                file = person_file(session, id, today)
        except NotFound:
            # Nobody is chosen, or an undo has just taken the tenure away.
            self.panel.show_none()
            return
        tenure = next(each for each in file.tenures if each.id == id)
        self.panel.show_person(file, tenure, today)
        self._reckon(file, today)

    def _reckon(self, file: PersonFile, today: date) -> None:
        """Have a worker reckon the person's duty of the year; an answer that comes too late is dropped."""
        self._asked_duty += 1
        asked, workspace, settings = self._asked_duty, self.workspace, self.workspace.settings
        tenures = tuple(each.id for each in file.tenures)

        def work() -> PersonDuty:
            with workspace.read() as session:
                return person_duty(session, settings, Span(date(today.year, 1, 1), today), tenures)

        def arrive(duty: PersonDuty) -> None:
            if asked == self._asked_duty:
                self.panel.show_duty(duty)

        jobs.fetch(self, workspace, work, arrive)


def _areas(session: Snapshot) -> list[tuple[int, str]]:
    return [(each.id, each.label) for each in choices.areas(session)]


def _reaches(session: Snapshot) -> list[tuple[int, str]]:
    return [(each.id, each.label) for each in choices.reaches(session)]
