"""专项进度: how far each campaign has come, every number leading to its rows."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from operator import attrgetter
from typing import Any

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSplitter, QTabWidget, QVBoxLayout, QWidget

from river_chief.figures.campaigns import (
    CampaignFigure,
    Count,
    Part,
    campaign_figures,
    patches_behind,
    rows_behind,
)
from river_chief.figures.ratio import Ratio
from river_chief.rules.rounding import NOTHING
from river_chief.terms import Verdict
from ui import jobs
from ui.buttons import push
from ui.dialogs.office_rows import campaign_dialog
from ui.pages.page import Chosen
from ui.tables.figure_table import FigureColumn, FigureTable
from ui.tables.share_bar import Index, bar_of
from ui.workspace import Workspace

NAMES = {Count.TOTAL: "总数", Count.CLOSED: "已销号", Count.OPEN: "未销号", Count.OVERDUE: "逾期"}
WORDS = (
    "总数是带这个专项标签、查实的问题，一个只算一次；不属实、移交、并案、作废的不算。"
    "进度＝已销号÷总数。点数字看对应的问题。"
)
BAR = "进度"


class CampaignTab(QWidget):
    """``go(key, asked)`` asks for another page.  ``patches_asked(Chosen)``  some patches are to be listed."""

    go = Signal(str, object)
    patches_asked = Signal(object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.figures: tuple[CampaignFigure, ...] = ()
        self.figure: CampaignFigure | None = None
        self.table = FigureTable(_campaign_columns(), "专项进度")
        self.name, self.days, self.clear = QLabel(), QLabel(), QLabel()
        self.patches = QVBoxLayout()
        self.villages = FigureTable(_part_columns("村"), "专项进度按村")
        self.disposals = FigureTable(_part_columns("处置方式"), "专项进度按处置方式")
        self.edit_button = push("修改专项(&E)…", self.edit, sign="pencil")
        self.panel = self._side()
        self._lay_out()
        for table in (self.table, self.villages, self.disposals):
            place = next(at for at, column in enumerate(table.rows.columns) if column.head == BAR)
            bar_of(table, place, partial(_share, table))
        self.table.asked.connect(self._show_rows)
        self.villages.asked.connect(partial(self._show_part, "villages"))
        self.disposals.asked.connect(partial(self._show_part, "disposals"))
        self.table.selectionModel().currentRowChanged.connect(self._on_current)
        self.table.rows.modelReset.connect(self._choose_again)

    def refresh(self) -> None:
        """Count in the background and draw when it is done."""
        day, database = self.workspace.today(), self.workspace.database

        def work() -> tuple[CampaignFigure, ...]:
            with database.read() as session:
                return campaign_figures(session, day)

        jobs.fetch(self, self.workspace, work, self._draw)

    def select(self, name: str) -> None:
        """Show the campaign called *name*."""
        for row, line in enumerate(self.table.rows.lines):
            if line.campaign.name == name:
                self.table.setCurrentIndex(self.table.rows.index(row, 0))

    def edit(self) -> None:
        """Change the campaign that is shown: its days, whether it is kept clear."""
        if self.figure is not None:
            campaign_dialog(self, self.workspace, self.figure.campaign.id).open()

    # Drawing

    def _draw(self, figures: tuple[CampaignFigure, ...]) -> None:
        """Campaigns with something in them first; the others as the register has them."""
        self.figures = figures
        idle = [one for one in figures if not one.progress.total and not one.patches]
        self.table.rows.show_lines([*(one for one in figures if one not in idle), *idle])

    def _choose_again(self) -> None:
        """The campaign shown before, else the first one."""
        lines = self.table.rows.lines
        wanted = self.figure.campaign.id if self.figure is not None else 0
        place = next((at for at, line in enumerate(lines) if line.campaign.id == wanted), 0)
        if lines:
            self.table.setCurrentIndex(self.table.rows.index(place, 0))
            self._show_campaign(lines[place])

    def _on_current(self, current: QModelIndex) -> None:
        if current.isValid():
            self._show_campaign(self.table.rows.line_at(current.row()))

    def _show_campaign(self, figure: CampaignFigure) -> None:
        self.figure = figure
        self.name.setText(figure.campaign.name)
        self.days.setText(_day_words(figure))
        self.days.setVisible(bool(self.days.text()))
        self.clear.setText(figure.clear_words)
        self.clear.setVisible(bool(figure.clear_words))
        self.clear.setProperty("role", "good" if figure.is_clear else "alert")
        self.clear.style().unpolish(self.clear)
        self.clear.style().polish(self.clear)
        self._show_patches(figure)
        self.villages.rows.show_lines(figure.villages)
        self.disposals.rows.show_lines(figure.disposals)

    def _show_patches(self, figure: CampaignFigure) -> None:
        while self.patches.count():
            before = self.patches.takeAt(0).widget()
            before.hide()
            before.deleteLater()
        if not figure.patches:
            return
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        layout.addWidget(QLabel("图斑"))
        for verdict in (None, *Verdict):
            words = verdict.label if verdict is not None else "未核查"
            count = figure.patches.get(verdict, 0)
            button = push(f"{words} {count}", partial(self._ask_patches, verdict, words))
            button.setProperty("role", "link")
            button.setEnabled(count > 0)
            layout.addWidget(button)
        layout.addStretch()
        self.patches.addWidget(row)

    # Rows behind a number

    def _ask_patches(self, verdict: Verdict | None, words: str) -> None:
        if self.figure is not None:
            campaign = self.figure.campaign
            self.patches_asked.emit(Chosen(patches_behind(campaign.id, verdict), f"{campaign.name}　{words}"))

    def _show_rows(self, key: str, line: CampaignFigure) -> None:
        count = Count(key)
        words = f"{line.campaign.name}　{NAMES[count]}"
        self.go.emit("problems", Chosen(rows_behind(line.day, count, line.campaign.id), words))

    def _show_part(self, dimension: str, key: str, part: Part) -> None:
        figure, count = self.figure, Count(key)
        if figure is None:
            return
        only: dict[str, tuple[Any, ...]] = {dimension: (part.key,)}
        found = rows_behind(figure.day, count, figure.campaign.id, **only)
        words = f"{figure.campaign.name}　{part.name}　{NAMES[count]}"
        self.go.emit("problems", Chosen(found, words))

    # Parts

    def _side(self) -> QWidget:
        panel = QFrame()
        panel.setProperty("role", "panel")
        panel.setMinimumWidth(360)
        self.name.setProperty("role", "heading")
        self.days.setProperty("role", "muted")
        self.days.setWordWrap(True)
        top = QHBoxLayout()
        top.addWidget(self.name)
        top.addStretch()
        top.addWidget(self.edit_button)
        tabs = QTabWidget()
        tabs.setDocumentMode(True)
        tabs.addTab(self.villages, "按村")
        tabs.addTab(self.disposals, "按处置方式")
        layout = QVBoxLayout(panel)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.setSpacing(6)
        layout.addLayout(top)
        layout.addWidget(self.days)
        layout.addWidget(self.clear)
        layout.addLayout(self.patches)
        layout.addWidget(tabs, 1)
        return panel

    def _lay_out(self) -> None:
        words = QLabel(WORDS)
        words.setProperty("role", "muted")
        words.setWordWrap(True)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.table)
        splitter.addWidget(self.panel)
        splitter.setSizes([760, 430])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(words)
        layout.addWidget(splitter, 1)


def _share(table: FigureTable, index: Index) -> float | None:
    share: float | None = table.rows.line_at(index.row()).progress.share
    return share


def _campaign_columns() -> list[FigureColumn]:
    return [
        FigureColumn("专项", 7, attrgetter("campaign.name"), lambda _line: None),
        *_progress_columns(),
        FigureColumn("目标日期", 6, _target, attrgetter("campaign.target_on"), tip=_target_tip),
        FigureColumn(
            "过期未销",
            4,
            lambda line: str(line.past_target),
            attrgetter("past_target"),
            asks=Count.OPEN,
            tip=lambda _line: "目标日期已过、还没有销号的问题",
            warns=True,
        ),
        FigureColumn("动态清零", 5, _clear, lambda line: _clear(line) or None, tip=attrgetter("clear_words")),
    ]


def _part_columns(name: str) -> list[FigureColumn]:
    return [FigureColumn(name, 4.5, attrgetter("name"), lambda _part: None), *_progress_columns(6)]


def _progress_columns(bar: float = 9) -> list[FigureColumn]:
    total, *rest = (_count(count) for count in Count)
    return [total, FigureColumn(BAR, bar, _percent, attrgetter("progress.share"), tip=_percent_tip), *rest]


def _count(count: Count) -> FigureColumn:
    value: Callable[[Any], int] = attrgetter(f"progress.{count.value}")
    return FigureColumn(
        NAMES[count],
        len(NAMES[count]),
        lambda line: f"{value(line):,}",
        value,
        asks=count,
        warns=count is Count.OVERDUE,
    )


def _percent(line: CampaignFigure | Part) -> str:
    return Ratio(line.progress.closed, line.progress.total, 1).text


def _percent_tip(line: CampaignFigure | Part) -> str:
    return f"{line.progress.closed} ÷ {line.progress.total}" if line.progress.total else ""


def _target(line: CampaignFigure) -> str:
    target = line.campaign.target_on
    return target.isoformat() if target is not None else NOTHING


def _target_tip(line: CampaignFigure) -> str:
    left = line.days_left
    if left is None:
        return "没有目标日期，可以在右边修改专项"
    return f"还有 {left} 天" if left > 0 else "今天到期" if left == 0 else f"已过 {-left} 天"


def _clear(line: CampaignFigure) -> str:
    if not line.campaign.keeps_clear:
        return ""
    return "已清零" if line.is_clear else f"还剩 {line.progress.open}"


def _day_words(figure: CampaignFigure) -> str:
    campaign = figure.campaign
    span = (campaign.starts_on, campaign.ends_on)
    parts = []
    if any(span):
        first, last = (day.isoformat() if day is not None else "" for day in span)
        parts.append(f"{first} 至 {last}".strip())
    if campaign.target_on is not None:
        parts.append(f"目标 {campaign.target_on.isoformat()}（{_target_tip(figure)}）")
    if campaign.note:
        parts.append(campaign.note)
    return "　".join(parts)
