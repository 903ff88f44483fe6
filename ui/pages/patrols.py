"""巡河: the logs of a month, how far duty is done, and who still owes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QSplitter, QTabWidget

from river_chief.changes import Changes
from river_chief.errors import NotFound
from river_chief.figures.duty import DutyFigures, Missing, duty_figures
from river_chief.queries import choices
from river_chief.queries.ledger_query import Row
from river_chief.queries.patrol_detail import PatrolDetail, patrol_detail
from river_chief.queries.patrols import PATROL_LEDGER, PatrolFilter
from river_chief.queries.photos import attachments_of
from river_chief.rules.periods import Span
from river_chief.storage.database import Snapshot
from river_chief.terms import Entry, Level
from ui import jobs, window_state
from ui.buttons import push
from ui.dialogs.patrol import PHASES, PatrolDialog, VoidPatrolDialog
from ui.dialogs.patrol_sheet import PatrolSheetDialog
from ui.dialogs.problem_from_patrol import register_found
from ui.forms.photos import PhotoStrip
from ui.forms.span_picker import SpanPicker
from ui.pages.duty_strip import DutyStrip
from ui.pages.owing import OwingList
from ui.pages.page import Page
from ui.pages.patrol_panel import PatrolPanel
from ui.style import Tone
from ui.tables.filter_bar import Choose, terms_of
from ui.tables.ledger_view import LedgerView
from ui.tables.record_table import Look
from ui.workspace import Workspace

COLUMNS = "started_at:10 person_name:5 area_name:5 reach_names:12 minutes:5 km:5 has_finding:7".split()
LONGEST = timedelta(days=366)


def _choices() -> tuple[Choose, ...]:
    return (
        Choose("levels", "层级", terms_of(Level)),
        Choose("areas", "村镇", _areas),
        Choose(
            "reaches", "河段", lambda session: [(each.id, each.label) for each in choices.reaches(session)]
        ),
        Choose("entries", "录入", terms_of(Entry)),
    )


def _areas(session: Snapshot) -> list[tuple[int, str]]:
    return [(each.id, each.label) for each in choices.areas(session)]


class PatrolsPage(Page):
    """Table over the patrol ledger; ``show_asked`` takes a ``PatrolFilter``."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace, "巡河")
        self.asked = PatrolFilter()
        self.picker = SpanPicker(workspace.settings, workspace.today())
        self.only_findings = _chip("只看发现问题")
        self.with_voided = _chip("含作废")
        self.lift = push("取消限定", self._lift, sign="x")
        self.strip = DutyStrip()
        self.view = LedgerView(
            workspace,
            PATROL_LEDGER,
            self._filter(),
            name="patrols",
            columns=COLUMNS,
            choices=_choices(),
            watch=("patrol_reach", "tenure", "person", "reach", "patrol_rule"),
            look=_look,
            hint="姓名、行政区、情况",
            empty="这里没有巡河记录。点“登记巡河”录一次，或点“成批补录”照纸质记录录入。",
        )
        self.panel = PatrolPanel()
        self.owing = OwingList()
        self.side = QTabWidget()
        self.side.addTab(self.panel, "巡河日志")
        self.side.addTab(self.owing, "谁还欠")
        self.photos = PhotoStrip(workspace, PHASES)
        self.side.addTab(self.photos, "照片")
        self._asked_duty = 0
        self._lay_out()
        self._connect()

    # The page

    def show_asked(self, asked: object) -> None:
        if isinstance(asked, PatrolFilter):
            self.asked = asked
            self.view.bar.clear()
            self.picker.set_span(asked.days)
            self._list()

    def refresh(self) -> None:
        self._show_current()
        self._reckon()

    def take_focus(self) -> None:
        self.view.table.setFocus()

    # Dialogs

    def add(self, tenure_id: int | None = None) -> None:
        """Enter a log."""
        span = self.picker.span()
        today = self.workspace.today()
        day = today if span is None or today in span else min(span.last, today)
        self._open(PatrolDialog(self, self.workspace, tenure_id=tenure_id, day=day))

    def add_many(self) -> None:
        """Enter many paper logs on one sheet."""
        dialog = PatrolSheetDialog(self, self.workspace, self.picker.month.month)
        dialog.open()

    def edit(self) -> None:
        """Correct the log shown."""
        if self.panel.detail is not None and self.panel.detail.row["voided_on"] is None:
            self._open(PatrolDialog(self, self.workspace, detail=self.panel.detail))

    def void(self) -> None:
        """Void the log shown."""
        if self.panel.detail is not None:
            VoidPatrolDialog(self, self.workspace, self.panel.detail).open()

    def register_problem(self) -> None:
        """Register what the log shown found as a problem."""
        if self.panel.detail is not None:
            register_found(self, self.workspace, self.panel.detail)

    # Parts

    def _lay_out(self) -> None:
        self.head.insertWidget(1, self.picker)
        for place, widget in enumerate((self.only_findings, self.with_voided, self.lift), 2):
            self.head.insertWidget(place, widget)
        self.lift.hide()
        self.add_button = push("登记巡河(&N)", self.add, sign="plus", part="main")
        self.add_button.setToolTip("登记一次巡河 (Ctrl+N)")
        self.many_button = push("成批补录(&B)", self.add_many, sign="list-check")
        self.head.addWidget(push("导入…", partial(self.go.emit, "import", None), sign="file-import"))
        self.head.addWidget(self.many_button)
        self.head.addWidget(self.add_button)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.view)
        self.splitter.addWidget(self.side)
        self.splitter.setStretchFactor(0, 1)
        self.side.setMinimumWidth(300)
        if not window_state.restore_splitter(self.splitter, "patrols"):
            self.splitter.setSizes([800, 400])
        self.splitter.splitterMoved.connect(lambda: window_state.save_splitter(self.splitter, "patrols"))
        self.body.addWidget(self.strip)
        self.body.addWidget(self.splitter, 1)

    def _connect(self) -> None:
        self.picker.changed.connect(self._list)
        self.only_findings.toggled.connect(self._list)
        self.with_voided.toggled.connect(self._list)
        self.view.selected.connect(lambda _id: self._show_current())
        self.view.activated.connect(lambda _id: self.edit())
        self.owing.opened.connect(self._on_owing)
        self.panel.go.connect(self.go)
        self.workspace.changed.connect(self._on_photos)
        self.panel.asked.connect(
            lambda what: {"edit": self.edit, "void": self.void, "problem": self.register_problem}[what]()
        )
        shortcut = QShortcut(QKeySequence("Ctrl+N"), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self.add)

    def _filter(self) -> PatrolFilter:
        span = self.picker.span()
        return replace(
            self.asked,
            days=None if span is None else (span.first, span.last),
            with_finding=self.only_findings.isChecked() or self.asked.with_finding,
            voided=self.with_voided.isChecked() or self.asked.voided,
        )

    def _list(self) -> None:
        self.lift.setVisible(replace(self.asked, days=None) != PatrolFilter())
        self.view.set_filter(self._filter())
        self._reckon()

    def _lift(self) -> None:
        self.asked = PatrolFilter()
        self._list()

    def _open(self, dialog: PatrolDialog) -> None:
        dialog.done_well.connect(lambda changes: self._on_entered(dialog, changes))
        dialog.open()

    def _on_entered(self, dialog: PatrolDialog, changes: Changes) -> None:
        self.view.select(changes.id)
        if dialog.wants_problem:
            detail = self._detail(changes.id)
            if detail is not None:
                register_found(self, self.workspace, detail)

    def _on_owing(self, missing: Missing) -> None:
        self.add(missing.tenure_id)

    def _show_current(self) -> None:
        detail = self._detail(self.view.current_id())
        if detail is None:
            self.panel.show_none()
        else:
            self.panel.show_patrol(detail)
        self._show_photos(0 if detail is None else detail.row.id)

    def _show_photos(self, id: int) -> None:
        with self.workspace.read() as session:
            rows = attachments_of(session, {"patrol_id": id}, self.workspace.today())
        self.photos.show_photos({"patrol_id": id} if id else {}, rows, PHASES[0])
        self.photos.setEnabled(bool(id))
        self.side.setTabText(2, f"照片 {len(rows)}" if rows else "照片")

    def _on_photos(self, changes: Changes) -> None:
        if "attachment" in changes.ledgers:
            self._show_photos(self.view.current_id())

    def _detail(self, id: int) -> PatrolDetail | None:
        """The log, None when there is none or an undo has just taken it away."""
        try:
            with self.workspace.read() as session:
                return patrol_detail(session, id, self.workspace.today())
        except NotFound:
            return None

    def _reckon(self) -> None:
        """Have a worker reckon the duty of the days chosen; an answer that comes too late is dropped."""
        span = self.picker.span()
        known = span is not None and date.min < span.first <= span.last < date.max
        if span is None or not known or span.last - span.first > LONGEST:
            self.strip.hide()
            self.side.setTabVisible(1, False)
            return
        self._asked_duty += 1
        asked, workspace, settings = self._asked_duty, self.workspace, self.workspace.settings

        def work() -> DutyFigures:
            with workspace.read() as session:
                return duty_figures(session, settings, Span(span.first, span.last))

        jobs.fetch(self, workspace, work, lambda figures: self._on_duty(asked, figures))

    def _on_duty(self, asked: int, figures: DutyFigures) -> None:
        if asked != self._asked_duty:
            return
        self.strip.show_duty(figures)
        self.strip.show()
        self.owing.show_missing(figures.missing)
        self.side.setTabVisible(1, True)
        self.side.setTabText(1, f"谁还欠（{len({each.tenure_id for each in figures.missing})} 人）")


def _look(row: Row, key: str) -> Look | None:
    if row["voided_on"] is not None:
        return Look(Tone.MUTED, "作废 " if key == "started_at" else "")
    if row["valid"] is False and key in ("valid", "minutes", "km"):
        return Look(Tone.WARN, "⚠ " if key != "km" else "")
    if key == "has_finding" and row["has_finding"]:
        return Look(Tone.ALERT)
    return None


def _chip(text: str) -> QPushButton:
    chip = push(text)
    chip.setCheckable(True)
    chip.setProperty("role", "chip")
    return chip
