"""回头看: closed problems that are to be looked at again, hundreds of them ticked off on one screen."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from river_chief.bulk.actions import BULK
from river_chief.queries import choices
from river_chief.queries.look_backs import LookBackFilter, LookBackRow, Which, look_backs, plans_of
from river_chief.queries.problem_detail import problem_detail
from river_chief.queries.problems import ProblemFilter
from river_chief.storage.database import Snapshot
from river_chief.terms import Action, LookBack
from ui import jobs
from ui.buttons import push
from ui.dialogs.bulk import BulkDialog
from ui.dialogs.steps import step_dialog
from ui.forms.fields import DateField
from ui.style import Tone
from ui.tables.filter_bar import Choose, FilterBar
from ui.tables.tick_table import TickRow, TickTable
from ui.workspace import Workspace

HEADS = ("编号", "村", "河湖", "问题", "销号时间", "应看", "到期", "已超", "上次回头看")
WIDTHS = (7.5, 5, 6, 16, 6.5, 6.5, 6.5, 4.5, 9.5)
BRIEF, LATE, LAST = 3, 7, 8
SHARES: tuple[tuple[str, int | None], ...] = (
    ("按规定的比例", None),
    ("全部都看", 100),
    ("抽查 50%", 50),
    ("抽查 30%", 30),
    ("抽查 20%", 20),
    ("抽查 10%", 10),
)
SAMPLED = "抽查的问题由问题编号固定抽出，每次打开都是同样的几件；比例大的包含比例小的。"
NOTHING = {
    Which.DUE: "没有到期要回头看的问题。",
    Which.SOON: "三十天内没有要回头看的问题。",
    Which.ALL: "没有符合条件的已销号问题。",
}


class LookBackTab(QWidget):
    """``go(key, asked)`` asks for another page.

    Keys: Space ticks the selected rows, Ctrl+A selects all, Enter looks at one problem alone.
    """

    go = Signal(str, object)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        self.found: dict[int, LookBackRow] = {}
        self.which: dict[Which, QPushButton] = {}
        self.share = QComboBox()
        self.share.addItems([name for name, _ in SHARES])
        self.share.setAccessibleName("抽查比例")
        self.share.setToolTip(SAMPLED)
        self.first, self.last = (DateField(year_of=workspace.today()) for _ in range(2))
        self.bar = FilterBar(
            workspace,
            (
                Choose(
                    "villages", "村", lambda session: [(c.id, c.label) for c in choices.villages(session)]
                ),
                Choose(
                    "campaigns", "专项", lambda session: [(c.id, c.label) for c in choices.campaigns(session)]
                ),
            ),
            "编号、位置、描述",
        )
        self.table = TickTable(HEADS, WIDTHS, stretch=BRIEF)
        self.table.setAccessibleName("要回头看的问题")
        self.words = QLabel()
        self.words.setProperty("role", "muted")
        self.all_box = QCheckBox("全部勾选")
        self.ticked = QLabel()
        self.held_button = push("勾选的都未反弹(&Y)…", self.tick_off, sign="check", part="main")
        self.one_button = push("看这一件(&O)…", self.look_at_one, sign="eye")
        self.relapse_button = push("反弹(&R)…", self.relapse, part="danger")
        self.show_button = push("打开问题", self.show_problem)
        self._asked = 0
        self._stale = True
        self._lay_out()
        self._connect()

    # What is listed

    def filter(self) -> LookBackFilter:
        """What the clerk asks for."""
        which = next(which for which, button in self.which.items() if button.isChecked())
        days = tuple(
            day if isinstance(day, date) else None for day in (self.first.value(), self.last.value())
        )
        closed = (days[0], days[1]) if any(days) else None
        problems = ProblemFilter(**self.bar.conditions(), closed=closed)
        return LookBackFilter(which, problems, SHARES[self.share.currentIndex()][1])

    def refresh(self) -> None:
        """Ask again, as soon as the tab is in sight."""
        self._stale = True
        if self.isVisible():
            self._ask()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.bar.refresh()
            self._ask()

    def _ask(self) -> None:
        """Read the rows on a worker; what was asked before that and comes later is passed over."""
        self._stale = False
        self._asked += 1
        asked, filter, day = self._asked, self.filter(), self.workspace.today()

        def work() -> tuple[list[LookBackRow], str]:
            with self.workspace.database.read() as session:
                return look_backs(session, filter, day), _rules(session)

        def done(result: tuple[list[LookBackRow], str]) -> None:
            if asked == self._asked:
                self.words.setText(result[1])
                self._show(result[0], filter.which)

        jobs.fetch(self, self.workspace, work, done)

    # What is done

    def tick_off(self) -> None:
        """Note that the ticked problems have held (未反弹), as one batch."""
        ids = self.table.rows.ticked()
        if ids:
            BulkDialog(self, self.workspace, ids, action=BULK[Action.LOOK_BACK.value]).open()

    def look_at_one(self) -> None:
        """Look at the current problem alone, with words or photos of its own."""
        self._step(Action.LOOK_BACK)

    def relapse(self) -> None:
        """The current problem has come back: a new deadline, the old clock is kept."""
        self._step(Action.RELAPSE)

    def show_problem(self) -> None:
        """Show the current problem on the page of problems."""
        if id := self.table.current_id():
            self.go.emit("problems", id)

    def _step(self, action: Action) -> None:
        id = self.table.current_id()
        if not id:
            return
        with self.workspace.read() as session:
            detail = problem_detail(session, id, self.workspace.today())
        step_dialog(self, self.workspace, detail, action).open()

    # Parts

    def _show(self, rows: list[LookBackRow], which: Which) -> None:
        current = self.table.current_id()
        self.found = {row.id: row for row in rows}
        self.table.empty_words = NOTHING[which]
        self.table.rows.show_rows(map(_ticked_row, rows))
        self.table.select(current)
        self.bar.show_count(len(rows))

    def _say(self) -> None:
        ticked, current = len(self.table.rows.ticked()), self.table.current_id()
        self.ticked.setText(
            f"已勾选 {ticked} 件" if ticked else "按空格勾选，Ctrl+A 全选后按空格可以一次勾选"
        )
        self.all_box.blockSignals(True)
        self.all_box.setChecked(bool(ticked) and ticked == len(self.table.rows.rows))
        self.all_box.blockSignals(False)
        self.held_button.setEnabled(bool(ticked))
        for button in (self.one_button, self.relapse_button, self.show_button):
            button.setEnabled(bool(current))

    def _connect(self) -> None:
        self.bar.changed.connect(self.refresh)
        self.share.currentIndexChanged.connect(lambda _place: self.refresh())
        for field in (self.first, self.last):
            field.editingFinished.connect(self.refresh)
        self.table.rows.ticked_changed.connect(self._say)
        self.table.chosen.connect(lambda _id: self._say())
        self.table.opened.connect(lambda _id: self.look_at_one())
        self.all_box.clicked.connect(self.table.rows.tick_all)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        for which in Which:
            button = push(which.value, self.refresh)
            button.setProperty("role", "chip")
            button.setCheckable(True)
            button.setAutoExclusive(True)
            self.which[which] = button
            top.addWidget(button)
        self.which[Which.DUE].setChecked(True)
        top.addSpacing(12)
        closed = QLabel("销号时间")
        top.addWidget(closed)
        for field, name in ((self.first, "销号时间起"), (self.last, "销号时间止")):
            field.setAccessibleName(name)
            field.setFixedWidth(112)
        top.addWidget(self.first)
        top.addWidget(QLabel("至"))
        top.addWidget(self.last)
        top.addStretch()
        top.addWidget(self.share)
        foot = QHBoxLayout()
        foot.addWidget(self.all_box)
        foot.addWidget(self.ticked)
        foot.addStretch()
        for button in (self.held_button, self.one_button, self.relapse_button, self.show_button):
            foot.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(8)
        layout.addWidget(self.words)
        layout.addLayout(top)
        layout.addWidget(self.bar)
        layout.addWidget(self.table, 1)
        layout.addLayout(foot)
        self._say()


def _ticked_row(row: LookBackRow) -> TickRow:
    last = f"{row.looked_on} {row.look_back.label}" if row.look_back is not None and row.looked_on else ""
    tones = [(LATE, Tone.ALERT)] if row.overdue else []
    if row.look_back is LookBack.RELAPSED:
        tones.append((LAST, Tone.ALERT))
    texts = (
        row.number,
        row.village,
        row.water,
        row.brief,
        row.closed_on.isoformat(),
        row.dates,
        row.next.due_on.isoformat() if row.next is not None else "",
        f"{row.overdue}天" if row.overdue else "",
        last,
    )
    return TickRow(row.id, texts, tuple(tones))


def _rules(session: Snapshot) -> str:
    """The office's table in a sentence."""
    plans = plans_of(session)
    wide = [plan for plan in plans if not plan.category_code and plan.severity is None]
    if not wide:
        return "还没有统一的回头看规定，可以在“设置”的“回头看”里添加。"
    months = "、".join(map(str, wide[-1].months))
    share = "" if wide[-1].percent == 100 else f"，抽查 {wide[-1].percent}%"
    more = f"；另有 {len(plans) - len(wide)} 条按类型或程度的规定" if len(plans) > len(wide) else ""
    return f"销号后 {months} 个月各看一次，提前 {wide[-1].early_days} 天以内看的也算{share}{more}。可以在“设置”的“回头看”里修改。"
