"""自定义报表: the reports kept under a name, run for the page's period; every number leads to its rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from river_chief.changes import Changes
from river_chief.errors import Refusal
from river_chief.figures.report_lines import ReportLine, ReportTable
from river_chief.figures.report_words import label_of
from river_chief.figures.saved_report import rows_behind
from river_chief.queries.patrols import PatrolFilter
from river_chief.queries.saved_reports import Kept, saved_reports
from river_chief.rules.periods import Span
from river_chief.verbs import saved_reports as verbs
from river_chief.verbs.report_definition import Definition
from ui import jobs, messages, window_state
from ui.buttons import push
from ui.dialogs.paper_preview import FORMS, PaperAsked, preview_paper
from ui.dialogs.report_export import JSON, export
from ui.dialogs.saved_report import ReportDialog
from ui.forms.period import Period
from ui.pages.behind import told
from ui.pages.page import Chosen
from ui.saved_file import ask_place, plain_name
from ui.tables.report_columns import OPEN
from ui.tables.report_run import Ran, run
from ui.tables.report_view import ReportView
from ui.workspace import Workspace

SAVED = "自定义报表"
LONGEST = 16
NONE = "还没有自定义报表。点“新建”设定一张，以后每月选好统计期就能看、打印和导出。"


class SavedTab(QWidget):
    """The names to the left, the report of the name chosen to the right; see ``FiguresPage`` for *go*."""

    def __init__(self, workspace: Workspace, period: Period, go: Callable[[str, object], object]) -> None:
        super().__init__()
        self.workspace, self.period, self.go = workspace, period, go
        self.reports: list[Kept] = []
        self.names = QListWidget()
        self.names.setAccessibleName("自定义报表")
        self.names.setSpacing(3)
        self.with_retired = QCheckBox("显示停用的")
        self.as_chosen = QCheckBox("按页首选的统计期")
        self.as_chosen.setToolTip("不用报表自己设定的统计期，照页首选的起止日期统计")
        self.title = QLabel()
        self.title.setProperty("role", "heading")
        self.view = ReportView()
        self.buttons: dict[str, QPushButton] = {}
        self._lay_out()
        self._connect()

    # For the page

    def refresh(self) -> None:
        """Read the names again and run the one that is chosen."""
        chosen = self.kept()
        with self.workspace.read() as session:
            self.reports = saved_reports(session, retired=self.with_retired.isChecked())
        self.names.blockSignals(True)
        self.names.clear()
        for kept in self.reports:
            item = QListWidgetItem(kept.name + ("（停用）" if kept.retired_on else ""), self.names)
            item.setToolTip(kept.note)
        self.names.blockSignals(False)
        self.select(chosen.id if chosen is not None else 0)

    def select(self, id: int) -> None:
        """Show the report *id*, or the first there is."""
        ids = [kept.id for kept in self.reports]
        self.names.blockSignals(True)
        self.names.setCurrentRow(ids.index(id) if id in ids else 0 if ids else -1)
        self.names.blockSignals(False)
        self._show_current()

    def kept(self) -> Kept | None:
        """The report that is chosen."""
        row = self.names.currentRow()
        return self.reports[row] if 0 <= row < len(self.reports) else None

    # What the buttons do

    def make(self) -> None:
        """Set up a new report."""
        self._ask({}, None)

    def edit(self) -> None:
        """Change the report that is chosen; one that can not be read is set up anew under its name."""
        kept = self.kept()
        if kept is not None:
            self._ask(self._values(kept), (kept.id, kept.version))

    def copy(self) -> None:
        """Set up a new report that begins as the chosen one."""
        kept = self.kept()
        if kept is not None:
            self._ask({**self._values(kept), "name": f"{kept.name}（副本）"}, None)

    def retire(self) -> None:
        """Take the chosen report out of use, or back into it."""
        kept = self.kept()
        if kept is not None:
            verb = verbs.retire if kept.retired_on is None else verbs.reuse
            jobs.run(self, self.workspace, verb, verbs.ReportChoice(id=kept.id, version=kept.version))

    def preview(self) -> None:
        """Preview the chosen report's paper."""
        if self.view.ran is not None:
            asked = PaperAsked("saved", span=self.view.ran.window.span, filter=_asked(self.view.ran))
            preview_paper(self, self.workspace, asked)

    def export(self, suffix: str) -> None:
        """Ask for a place and write the chosen report there as .xlsx, .docx, .pdf or .json."""
        ran = self.view.ran
        if ran is not None:
            word, forms = {**FORMS, **JSON}[suffix]
            days = f"（{ran.span}）" if ran.span else ""
            name = plain_name(f"{ran.name}{days}{suffix}")
            ask_place(self, f"导出 {word}", name, forms, partial(self.export_to, suffix))

    def export_to(self, suffix: str, path: Path) -> None:
        """Write the chosen report to *path*."""
        if self.view.ran is not None:
            export(self, self.workspace, self.view.ran, suffix, path)

    def lead(self, key: str, line: Any) -> None:
        """Show the rows behind a number, or the record of a row."""
        ran = self.view.ran
        if ran is None:
            return
        if key == OPEN:
            self._open(ran, line)
        elif isinstance(ran.found, ReportTable) and isinstance(line, ReportLine):
            filter = rows_behind(ran.found, ran.definition, line, key)
            words = "　".join((ran.span, _counted(ran, key), *map(_short, line.names)))
            if isinstance(filter, PatrolFilter):
                self.go("patrols", filter)
            else:
                self.go("problems", told(self.workspace, filter, words, _number(line, key)))

    def show_all(self) -> None:
        """Show every record the report is about on its own page."""
        ran = self.view.ran
        if ran is not None:
            records = ran.found.records
            if isinstance(records, PatrolFilter):
                self.go("patrols", records)
            else:
                words = "　".join(part for part in (_short(ran.name), ran.span) if part)
                self.go("problems", Chosen(records, words))

    # Parts

    def _open(self, ran: Ran, row: Any) -> None:
        if isinstance(ran.found.records, PatrolFilter):
            self.go("patrols", PatrolFilter(ids=(row.id,)))
        else:
            self.go("problems", row.id)

    def _ask(self, values: Mapping[str, Any], seen: tuple[int, int] | None) -> None:
        dialog = ReportDialog(self, self.workspace, self.period.span(), values, seen)
        dialog.done_well.connect(self._show_saved)
        dialog.open()

    def _show_saved(self, changes: Changes) -> None:
        self.refresh()
        self.select(changes.id)

    def _values(self, kept: Kept) -> dict[str, Any]:
        """The values of a report for the form; those of one that can not be read are its name and note."""
        named = {"name": kept.name, "note": kept.note}
        try:
            definition = kept.definition
        except Refusal as refusal:
            messages.show_error(self, refusal)
            return named
        return {**{name: getattr(definition, name) for name in Definition.model_fields}, **named}

    def _show_current(self) -> None:
        kept = self.kept()
        self._enable(kept)
        self.title.setText(kept.name if kept is not None else "")
        if kept is None:
            self.view.clear(NONE)
            return
        self.view.clear("正在统计…")
        asked = (kept, self.period.span(), self.as_chosen.isChecked())
        jobs.fetch(self, self.workspace, partial(_run, self.workspace, *asked), partial(self._draw, asked))

    def _draw(self, asked: tuple[Kept, Span, bool], found: Ran | str) -> None:
        kept = self.kept()
        if asked != (kept, self.period.span(), self.as_chosen.isChecked()):
            return
        if isinstance(found, str):
            self.view.clear(found)
        else:
            self.view.show_report(found)
        self._enable(kept)

    def _enable(self, kept: Kept | None) -> None:
        for key in ("edit", "copy", "retire"):
            self.buttons[key].setEnabled(kept is not None)
        for key in ("print", "export", "all"):
            self.buttons[key].setEnabled(self.view.ran is not None)
        self.buttons["retire"].setText("恢复使用" if kept is not None and kept.retired_on else "停用")

    def _lay_out(self) -> None:
        make = {
            "new": push("新建(&N)…", self.make, sign="plus", part="main"),
            "edit": push("修改(&E)…", self.edit, sign="pencil"),
            "copy": push("复制(&C)…", self.copy),
            "retire": push("停用", self.retire),
        }
        use = {
            "all": push("看全部记录", self.show_all, sign="list-check"),
            "export": push("导出(&X)", sign="file-export"),
            "print": push("打印预览(&P)", self.preview, sign="printer"),
        }
        self.buttons = {**make, **use}
        menu = QMenu(self)
        for suffix, (word, _) in {**FORMS, **JSON}.items():
            menu.addAction(word, partial(self.export, suffix))
        self.buttons["export"].setMenu(menu)
        head = QHBoxLayout()
        for button in make.values():
            head.addWidget(button)
        head.addStretch()
        head.addWidget(self.as_chosen)
        for button in use.values():
            head.addWidget(button)
        left, right = QWidget(), QWidget()
        names = QVBoxLayout(left)
        names.setContentsMargins(0, 0, 0, 0)
        names.addWidget(self.names, 1)
        names.addWidget(self.with_retired)
        beside = QVBoxLayout(right)
        beside.setContentsMargins(8, 0, 0, 0)
        beside.addWidget(self.title)
        beside.addWidget(self.view, 1)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(left)
        splitter.addWidget(right)
        splitter.setStretchFactor(1, 1)
        if not window_state.restore_splitter(splitter, "saved"):
            splitter.setSizes([220, 960])
        splitter.splitterMoved.connect(lambda: window_state.save_splitter(splitter, "saved"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(head)
        layout.addWidget(splitter, 1)

    def _connect(self) -> None:
        self.names.currentRowChanged.connect(lambda _row: self._show_current())
        self.names.itemActivated.connect(lambda _item: self.edit())
        self.with_retired.clicked.connect(self.refresh)
        self.as_chosen.clicked.connect(self._show_current)
        self.view.asked.connect(self.lead)


def _run(workspace: Workspace, kept: Kept, period: Span, as_chosen: bool) -> Ran | str:
    """What comes of a report, or the sentence that says why nothing does; called by a worker."""
    try:
        return run(workspace, kept.name, kept.definition, period, as_chosen=as_chosen)
    except Refusal as refusal:
        return refusal.sentence


def _asked(ran: Ran) -> Any:
    from river_chief.papers.kinds.saved_report import AskedReport

    return AskedReport(ran.name, ran.definition)


def _counted(ran: Ran, key: str) -> str:
    """What a number counts: 销号, 按期整改率的分母."""
    column, _, part = key.partition(".")
    label = label_of(ran.definition, column, of_month=ran.of_month)
    return f"{label}的{'分母' if part == 'denominator' else '分子'}" if part else label


def _short(words: str) -> str:
    """As much of a name as the head of a page has room for."""
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"


def _number(line: ReportLine, key: str) -> int | None:
    """How many the number clicked on counts; None for an average."""
    column, _, part = key.partition(".")
    figure = line.figure(column)
    if figure.ratio is not None:
        return figure.ratio.denominator if part == "denominator" else figure.ratio.numerator
    return figure.value if isinstance(figure.value, int) else None
