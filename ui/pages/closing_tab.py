"""月结: every edition of every closed month, what it told of earlier months, and what differs since."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSplitter, QTabWidget, QVBoxLayout, QWidget

from river_chief.figures.correction import Correction
from river_chief.figures.corrections import corrections
from river_chief.figures.editions import Edition, editions
from river_chief.figures.frozen import frozen_month, frozen_proof, proven_behind, rows_of
from river_chief.figures.rows import rows_behind
from river_chief.figures.window import Window
from river_chief.papers.kinds import KINDS
from river_chief.papers.kinds.frozen_papers import FROZEN_KINDS
from river_chief.queries.month_closes import close_of
from river_chief.rules.periods import ONE_DAY
from ui import jobs
from ui.buttons import push
from ui.dialogs.month_reopening import reopen_dialog
from ui.dialogs.paper_preview import PaperAsked, preview_paper
from ui.forms.period import Period
from ui.pages.behind import told
from ui.pages.correction_view import BEFORE, CorrectionView
from ui.pages.figure_words import count_words
from ui.tables.plain_table import PlainTable
from ui.workspace import Workspace

HEADS = ("月份", "版次", "月结日期", "经办人", "现行", "日志校验码", "说明")
WIDTHS = (6, 4, 7, 6, 4, 11, 20)
NOW, EARLIER, EDITIONS = "和现在的台账比较", "更正以前的月份", "和上一版的差异"


@dataclass(frozen=True, slots=True)
class Told:
    """What an edition tells: against the ledger now (None: reopened), of earlier months, against the one before."""

    now: tuple[Correction, ...] | None
    earlier: tuple[Correction, ...]
    editions: tuple[Correction, ...]
    rules: int


def read_told(workspace: Workspace, edition: Edition) -> Told:
    """Read what *edition* froze and how the ledger differs now; called by a worker."""
    settings = workspace.settings
    with workspace.read() as session:
        close = close_of(session, edition.span, edition.closing.edition)
        if close is None:
            return Told(None, (), (), 0)
        frozen = frozen_month(session, close)
        now = None
        if edition.is_held:
            month = (edition.closing.year, edition.closing.month)
            found = corrections(session, settings, edition.closing.last + ONE_DAY)
            now = tuple(each for each in found if (each.year, each.month) == month)
        before = () if frozen.differences is None else (frozen.differences,)
        return Told(now, frozen.figures.corrections, before, len(frozen.rules))


class ClosingTab(QWidget):
    """The closings; that of the period shown is chosen. See ``FiguresPage`` for *period* and *go*."""

    def __init__(self, workspace: Workspace, period: Period, go: Callable[[str, object], object]) -> None:
        super().__init__()
        self.workspace, self.period, self.go = workspace, period, go
        self.told: Told | None = None
        self.list = PlainTable(HEADS, WIDTHS)
        self.list.setAccessibleName("各版月结")
        self.empty = QLabel("还没有月结过。在“月报”里选一个已经过完的月份，点“月结…”。")
        self.empty.setProperty("role", "muted")
        self.papers = {kind: push(f"看{KINDS[kind].name}", partial(self.preview, kind)) for kind in _papers()}
        self.reopen_button = push("重开…", self.reopen, part="danger")
        self.about = QLabel()
        self.about.setProperty("role", "muted")
        self.views = {
            NOW: CorrectionView(NOW, "和月结时一致，没有差异。"),
            EARLIER: CorrectionView(EARLIER, "这一版没有要更正的以前月份。"),
            EDITIONS: CorrectionView(EDITIONS, "这是第一版，没有上一版。"),
        }
        self.tabs = QTabWidget()
        for name, view in self.views.items():
            self.tabs.addTab(view, name)
            view.opened.connect(partial(self.go, "problems"))
            view.asked.connect(self._lead)
        self._lay_out()
        self.list.chosen.connect(self._read)

    def refresh(self) -> None:
        """List the editions anew; the month shown, or what was chosen, is chosen again."""
        with self.workspace.read() as session:
            found = editions(session)
        self.list.rows.show_rows([_texts(each) for each in found], found)
        self.empty.setVisible(not found)
        self.below.setVisible(bool(found))
        spans = [each.span for each in found]
        place = spans.index(self.period.span()) if self.period.span() in spans else 0
        if found:
            self.list.setCurrentIndex(self.list.rows.index(place, 0))
        self._read(self.list.current_key())

    def preview(self, kind: str) -> None:
        """Show a paper as it was frozen with the edition chosen."""
        edition = self.list.current_key()
        if isinstance(edition, Edition):
            number = edition.closing.edition
            preview_paper(self, self.workspace, PaperAsked(kind, span=edition.span, edition=number))

    def reopen(self) -> None:
        """Ask for the reason to open the month chosen again."""
        edition = self.list.current_key()
        if isinstance(edition, Edition):
            reopen_dialog(self, self.workspace, edition.closing, edition.version).open()

    def _read(self, edition: Edition | None) -> None:
        self.told = None
        for button in (*self.papers.values(), self.reopen_button):
            button.setEnabled(edition is not None)
        if edition is None:
            return
        self.reopen_button.setEnabled(edition.is_held)
        work = partial(read_told, self.workspace, edition)
        jobs.fetch(self, self.workspace, work, partial(self._draw, edition))

    def _draw(self, edition: Edition, told: Told) -> None:
        if self.list.current_key() != edition:
            return
        self.told = told
        reopened = "这一版已经重开，不再和现在的台账比较。" if told.now is None else ""
        self.views[NOW].show_corrections(told.now or (), reopened)
        self.views[EARLIER].show_corrections(told.earlier)
        self.views[EDITIONS].show_corrections(
            told.editions, "" if edition.closing.edition == 1 else "两版的数字相同。"
        )
        self.about.setText(f"{edition.closing.text}：随数字固定了当时的规则 {told.rules} 条。")
        for place, found in enumerate((told.now or (), told.earlier, told.editions)):
            count = sum(len(each.problems) + len(each.duties) + len(each.work) for each in found)
            name = list(self.views)[place]
            self.tabs.setTabText(place, f"{name}（{count}）" if count else name)

    def _lead(self, correction: Correction, side: str, key: str) -> None:
        """The rows behind a count of *correction*: those frozen, or those counted now."""
        span = self.workspace.settings.month(correction.year, correction.month)
        name = f"{correction.year}年{correction.month}月"
        with self.workspace.read() as session:
            close = close_of(session, span, correction.edition)
            if side == BEFORE and close is not None:
                filter = rows_of(proven_behind(frozen_proof(session, close), key))
                name += f"第{correction.edition}版"
            else:
                start_day = self.workspace.settings.period_start_day
                filter = rows_behind(Window.of(span, self.workspace.today(), start_day), key)
                name += "现在"
        self.go("problems", told(self.workspace, filter, f"{name}　{count_words(key)}", None))

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self.about, 1)
        for button in (*self.papers.values(), self.reopen_button):
            row.addWidget(button)
        self.below = QWidget()
        below = QVBoxLayout(self.below)
        below.setContentsMargins(0, 6, 0, 0)
        below.addLayout(row)
        below.addWidget(self.tabs, 1)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.setChildrenCollapsible(False)
        splitter.addWidget(self.list)
        splitter.addWidget(self.below)
        splitter.setSizes([140, 440])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(self.empty)
        layout.addWidget(splitter, 1)


def _papers() -> list[str]:
    return [kind for kind in FROZEN_KINDS if kind in KINDS]


def _texts(edition: Edition) -> tuple[str, ...]:
    closing = edition.closing
    told = "；".join(
        part for part in (f"原因：{closing.reason}" if closing.reason else "", edition.reopened) if part
    )
    return (
        f"{closing.year}年{closing.month}月",
        f"第{closing.edition}版",
        str(closing.closed_on),
        closing.closer,
        "现行" if edition.is_held else "已重开",
        closing.code,
        told,
    )
