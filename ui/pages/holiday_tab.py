"""节假日: the office's own calendar, which years are complete, and deadlines that are to be checked again."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from river_chief.queries.deadline_why import Doubt, doubts
from river_chief.queries.rule_tables import HOLIDAY_TABLE, HolidayFilter, holiday_years
from river_chief.rules.calendar import published_years
from ui.buttons import push
from ui.dialogs import deadline_review, holidays, rule_rows
from ui.pages.register_tab import Doing, RegisterTab
from ui.tables.filter_bar import Choose
from ui.workspace import Workspace

WORDS = "国务院公布的放假安排，程序里没有的年份在这里录入；本地临时放假、补班也在这里登记，以这里为准。"


class HolidayTab(QWidget):
    """Says of every year whether deadlines can be counted in it."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.doubts: list[Doubt] = []
        self.register = RegisterTab(
            workspace,
            HOLIDAY_TABLE,
            HolidayFilter(),
            columns="day:7 weekday:4 what:5 name:20",
            combos=(
                Choose(
                    "years", "年份", lambda session: [(year, f"{year}年") for year in holiday_years(session)]
                ),
            ),
            doings=(
                Doing("录入一年…(&Y)", self._enter_year, "calendar", needs_row=False, part="main"),
                Doing("新增一天(&N)", self._put, "plus", needs_row=False),
                Doing("修改(&E)", self._put, "pencil", on_enter=True),
                Doing("停用…", self._retire, part="danger"),
            ),
            words=WORDS,
            hint="名称",
            empty="还没有录入。放假通知公布后，点“录入一年…”，把通知整段粘贴进去。",
        )
        self.years = QLabel()
        self.years.setWordWrap(True)
        self.waiting = QLabel()
        self.waiting.setWordWrap(True)
        self.review_button = push("复核时限…(&R)", self._review, sign="clock", part="main")
        self.review_button.setSizePolicy(
            self.review_button.sizePolicy().Policy.Maximum, self.review_button.sizePolicy().verticalPolicy()
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.register, 1)
        layout.addWidget(self._foot())
        workspace.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Say which years are known and which deadlines wait for one that is not."""
        with self.workspace.read() as session:
            self.doubts = doubts(session)
        self.years.setText(_year_words(self.workspace))
        differing = [doubt for doubt in self.doubts if doubt.differs]
        open_ones = [doubt for doubt in self.doubts if not doubt.is_published]
        said = []
        if differing:
            said.append(f"放假安排公布后，{len(differing)} 件问题的整改时限需要复核。")
        if open_ones:
            said.append(f"{len(open_ones)} 件问题的整改时限用到还没有公布的年份，公布后再复核。")
        self.waiting.setText("".join(said) or "没有需要复核的整改时限。")
        self.waiting.setProperty("role", "warn" if differing else "muted")
        self.waiting.style().unpolish(self.waiting)
        self.waiting.style().polish(self.waiting)
        self.review_button.setVisible(bool(differing))

    def _foot(self) -> QFrame:
        panel = QFrame()
        panel.setProperty("role", "panel")
        row = QHBoxLayout(panel)
        row.setContentsMargins(12, 8, 12, 8)
        words = QVBoxLayout()
        words.addWidget(self.years)
        words.addWidget(self.waiting)
        row.addLayout(words, 1)
        row.addWidget(self.review_button)
        return panel

    def _enter_year(self, _id: int) -> None:
        holidays.year_dialog(self, self.workspace).open()

    def _put(self, id: int) -> None:
        rule_rows.holiday_dialog(self, self.workspace, id).open()

    def _retire(self, id: int) -> None:
        rule_rows.retire_row_dialog(self, self.workspace, "holiday", id).open()

    def _review(self) -> None:
        deadline_review.ReviewDialog(self, self.workspace).open()


def _year_words(workspace: Workspace) -> str:
    known = published_years()
    own = sorted(set(workspace.settings.calendar_years) - set(known))
    said = [f"程序里有 {known[0]}—{known[-1]} 年的放假安排。"]
    if own:
        said.append(f"本单位录全了{'、'.join(map(str, own))}年。")
    year = max(known[-1], *own, 0) + 1
    said.append(f"{year} 年还没有：时限只扣除周末，并注明待国务院公布后复核。")
    return "".join(said)
