"""河湖: reaches, waters and divisions, each a table with the chosen one beside it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from river_chief.changes import Changes
from river_chief.errors import NotFound
from river_chief.queries import choices
from river_chief.queries.ledger_query import LedgerQuery, Row
from river_chief.queries.place_details import area_detail, missing_chiefs, reach_detail, water_detail
from river_chief.queries.waters import (
    AREA_LEDGER,
    REACH_LEDGER,
    WATER_LEDGER,
    AreaFilter,
    ReachFilter,
    WaterFilter,
)
from river_chief.rules.periods import month_of
from river_chief.storage.database import Snapshot
from river_chief.terms import AreaLevel, Level, WaterKind
from ui import window_state
from ui.buttons import push
from ui.dialogs import places
from ui.dialogs.verb_dialog import VerbDialog
from ui.pages.page import Page
from ui.pages.place_panels import PlacePanel
from ui.style import Tone
from ui.tables.filter_bar import Choose, terms_of
from ui.tables.ledger_view import LedgerView
from ui.tables.record_table import Look
from ui.workspace import Workspace

REACHES, WATERS, AREAS = "河段", "河湖", "行政区"
Shown = Callable[[Snapshot, "Register", int], None]
Dialog = Callable[..., VerbDialog[Any]]


class WatersPage(Page):
    """Three registers behind one switch; ``show_asked`` takes a ``ReachFilter`` or a reach's id."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace, "河湖")
        self.registers = {
            REACHES: _reaches(workspace),
            WATERS: _waters(workspace),
            AREAS: _areas(workspace),
        }
        self.switch: dict[str, QPushButton] = {}
        self.stack = QStackedWidget()
        for place, (name, register) in enumerate(self.registers.items(), 1):
            button = push(name, partial(self.show_register, name))
            button.setProperty("role", "chip")
            button.setCheckable(True)
            button.setAutoExclusive(True)
            self.switch[name] = button
            self.head.insertWidget(place, button)
            self.stack.addWidget(register)
            register.panel.go.connect(self.go)
            register.panel.reach.connect(self.show_reach)
        self.retired = push("含已停用")
        self.retired.setProperty("role", "chip")
        self.retired.setCheckable(True)
        self.retired.toggled.connect(self._with_retired)
        self.add_button = push("新增(&N)", self.add, sign="plus", part="main")
        self.head.addWidget(self.retired)
        self.head.addWidget(push("导入…", partial(self.go.emit, "import", None), sign="file-import"))
        self.head.addWidget(self.add_button)
        self.body.addWidget(self.stack, 1)
        self.show_register(REACHES)
        shortcut = QShortcut(QKeySequence("Ctrl+N"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.add)

    @property
    def register(self) -> Register:
        """The register in sight."""
        return next(each for each in self.registers.values() if each is self.stack.currentWidget())

    def add(self) -> None:
        """Add a record to the register in sight."""
        self.register.add()

    def show_register(self, name: str) -> None:
        """Show one of the three."""
        self.switch[name].setChecked(True)
        self.stack.setCurrentWidget(self.registers[name])
        self.add_button.setText(f"新增{name}(&N)")
        self.add_button.setToolTip(f"新增{name} (Ctrl+N)")
        self.register.show_current()

    def show_reach(self, id: int) -> None:
        """Show the reach *id* among the reaches."""
        self.show_register(REACHES)
        self.register.view.bar.clear()
        self.register.view.select(id)

    def show_asked(self, asked: object) -> None:
        if isinstance(asked, ReachFilter):
            self.show_register(REACHES)
            self.register.view.bar.clear()
            self.register.view.set_filter(asked)
        elif isinstance(asked, int):
            self.show_reach(asked)

    def refresh(self) -> None:
        self.register.show_current()

    def take_focus(self) -> None:
        self.register.view.table.setFocus()

    def _with_retired(self, on: bool) -> None:
        for register in self.registers.values():
            register.with_retired(on)


class Register(QWidget):
    """One table and its panel."""

    done = Signal()

    def __init__(
        self,
        workspace: Workspace,
        query: LedgerQuery[Any],
        filter: Any,
        *,
        columns: Sequence[str],
        combos: Sequence[Choose],
        watch: tuple[str, ...],
        empty: str,
        show: Shown,
        dialog: Dialog,
        hint: str,
    ) -> None:
        """*show* reads and shows one record in ``panel``, *dialog* makes the dialog that adds or corrects."""
        super().__init__()
        self.workspace = workspace
        self._filter = filter
        self._show = show
        self._dialog = dialog
        name = query.ledger
        self.view = LedgerView(
            workspace,
            query,
            filter,
            name=name,
            columns=columns,
            choices=combos,
            watch=watch,
            look=_look,
            hint=hint,
            empty="这里还没有登记。点右上角的“新增”登记，或点“导入”读入县里的表格。",
        )
        self.panel = PlacePanel(empty)
        self.panel.setMinimumWidth(280)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.view)
        splitter.addWidget(self.panel)
        splitter.setStretchFactor(0, 1)
        if not window_state.restore_splitter(splitter, name):
            splitter.setSizes([840, 360])
        splitter.splitterMoved.connect(lambda: window_state.save_splitter(splitter, name))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(splitter)
        self.view.selected.connect(lambda _id: self.show_current())
        self.view.activated.connect(lambda _id: self.edit())
        self.panel.asked.connect(lambda what: self.edit() if what == "edit" else self.retire())

    def add(self) -> None:
        """Add a record."""
        self._open(self._dialog(self, self.workspace))

    def edit(self) -> None:
        """Correct the record shown."""
        if self.panel.detail is not None:
            self._open(self._dialog(self, self.workspace, self.panel.detail))

    def retire(self) -> None:
        """Retire the record shown."""
        if self.panel.detail is not None:
            self._open(places.retire_dialog(self, self.workspace, self.panel.detail))

    def with_retired(self, on: bool) -> None:
        """List retired records too, or not."""
        self._filter = replace(self._filter, retired=on)
        self.view.set_filter(self._filter)

    def show_current(self) -> None:
        """Show the record chosen; none when there is none or an undo has just taken it away."""
        try:
            with self.workspace.read() as session:
                self._show(session, self, self.view.current_id())
        except NotFound:
            self.panel.show_none()

    def _open(self, dialog: VerbDialog[Any]) -> None:
        dialog.done_well.connect(self._on_done)
        dialog.open()

    def _on_done(self, changes: Changes) -> None:
        self.view.select(changes.id)


def _reaches(workspace: Workspace) -> Register:
    def show(session: Snapshot, register: Register, id: int) -> None:
        today, settings = workspace.today(), workspace.settings
        month = settings.month(*month_of(today, settings.period_start_day))
        detail = reach_detail(session, id, today, (month.first, month.last))
        register.panel.show_reach(detail, missing_chiefs(session, id, today), month)

    return Register(
        workspace,
        REACH_LEDGER,
        ReachFilter(),
        columns="name:10 water_name:7 kind:5 level:5 length_km:5 village_names:11 town_chief:5 village_chief:7".split(),
        combos=(
            Choose("waters", "河湖", lambda session: [(c.id, c.label) for c in choices.waters(session)]),
            Choose("villages", "村", lambda session: [(c.id, c.label) for c in choices.villages(session)]),
            Choose("levels", "级别", terms_of(Level)),
            Choose("kinds", "类型", terms_of(WaterKind)),
        ),
        watch=("reach_area", "water", "area", "tenure", "tenure_reach", "person"),
        empty="在左边选一个河段，这里显示流经村、河长、问题和巡河。",
        show=show,
        dialog=places.reach_dialog,
        hint="河段、编码、河湖",
    )


def _waters(workspace: Workspace) -> Register:
    return Register(
        workspace,
        WATER_LEDGER,
        WaterFilter(),
        columns="code:9 name:8 kind:5 system:7 length_km:5 reach_count:5 reach_names:16".split(),
        combos=(Choose("kinds", "类型", terms_of(WaterKind)),),
        watch=("reach",),
        empty="在左边选一条河湖，这里显示基本情况和河段。",
        show=lambda session, register, id: register.panel.show_water(
            water_detail(session, id, workspace.today())
        ),
        dialog=places.water_dialog,
        hint="名称、编码、水系",
    )


def _areas(workspace: Workspace) -> Register:
    return Register(
        workspace,
        AREA_LEDGER,
        AreaFilter(),
        columns="code:9 name:9 level:6 parent_name:8 population:7 valid_from:7".split(),
        combos=(Choose("levels", "层级", terms_of(AreaLevel)),),
        watch=(),
        empty="在左边选一个行政区，这里显示在任河长和流经河段。",
        show=lambda session, register, id: register.panel.show_area(
            area_detail(session, id, workspace.today())
        ),
        dialog=places.area_dialog,
        hint="名称、代码",
    )


def _look(row: Row, key: str) -> Look | None:
    if row["retired_on"] is not None:
        return Look(Tone.MUTED, "停用 " if key == "name" else "")
    if key == "village_chief" and not row["village_chief"]:
        return Look(Tone.WARN, "⚠ 缺")
    return None
