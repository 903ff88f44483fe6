"""工作台: what waits to be done, what is late or soon will be, what was done last."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from river_chief.figures.duty import duty_figures
from river_chief.figures.escalation import proposed
from river_chief.queries import history
from river_chief.queries.history import ActRow
from river_chief.queries.ledger_query import Row
from river_chief.queries.month_closes import close_of
from river_chief.queries.papers import late_answers
from river_chief.queries.problems import PROBLEM_LEDGER
from river_chief.queries.sweeps import ANSWER_LEDGER, AnswerFilter
from river_chief.queries.waiting import late_by_state, late_on
from river_chief.queries.worklist import WorkList, counts, work_lists
from river_chief.rules.escalation import Proposal
from river_chief.rules.ladder_draft import draft_of
from river_chief.rules.office import OfficeSettings
from river_chief.rules.periods import Span, month_of, period_before
from river_chief.storage.database import Snapshot
from river_chief.terms import State
from ui import jobs
from ui.buttons import push
from ui.dialogs.letters import LetterDialog
from ui.pages import COMMANDS
from ui.pages.cards import Card
from ui.pages.page import Page
from ui.pages.problem_sheets import local
from ui.pages.proposals import ProposalList
from ui.style import Tone, icon
from ui.workspace import Workspace

CARDS = "to_verify to_assign to_sign due_soon overdue to_accept to_close".split()
ROLES = {"due_soon": "warn", "overdue": "alert"}
_STATES = {state.value for state in State}
MOST_LATE = 60
MOST_ACTS = 30
WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class Desk:
    """What the page shows, read in one go."""

    counts: dict[str, int]
    late: list[Row]
    acts: list[ActRow]
    slow: dict[State, int]
    missing_patrols: int
    proposals: list[Proposal]
    late_answers: int
    late_sweeps: int
    unclosed: tuple[int, int] | None


def read_desk(workspace: Workspace) -> Desk:
    """Read the page's figures; called by a worker."""
    today, settings = workspace.today(), workspace.settings
    lists = work_lists(today, settings.due_soon_days)
    with workspace.read() as session:
        late = lists["due_soon"].filter.only(deadline=None)  # the overdue among them
        span = settings.month(*month_of(today, settings.period_start_day))
        return Desk(
            counts(session, {key: lists[key] for key in ("all", *CARDS)}),
            PROBLEM_LEDGER.rows(
                session, PROBLEM_LEDGER.ids(session, late, sort="deadline", limit=MOST_LATE), today
            ),
            history.recent_acts(session, MOST_ACTS),
            late_by_state(late_on(session, today)),
            sum(item.missing for item in duty_figures(session, settings, span).missing),
            proposed(session, settings, today),
            late_answers(session, today),
            ANSWER_LEDGER.count(session, AnswerFilter(overdue_on=today)),
            _unclosed(session, settings, span),
        )


def _unclosed(session: Snapshot, settings: OfficeSettings, span: Span) -> tuple[int, int] | None:
    """The month before *span*, when nobody has closed it yet."""
    before = period_before(span, settings.period_start_day)
    is_closed = close_of(session, before) is not None
    return None if is_closed else month_of(before.last, settings.period_start_day)


class WorkbenchPage(Page):
    """Every number leads to its rows; an empty ledger says how to begin."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace, "工作台")
        self.desk: Desk | None = None
        today = workspace.today()
        day = QLabel(f"{today.year}年{today.month}月{today.day}日　星期{WEEKDAYS[today.weekday()]}")
        day.setProperty("role", "muted")
        self.head.insertWidget(1, day)
        self.late_sweeps = push("", partial(self.go.emit, "follow_up", "举一反三:overdue"))
        self.late_sweeps.setProperty("role", "link")
        self.late_sweeps.hide()
        self.head.insertWidget(2, self.late_sweeps)
        self.unclosed = push("", self._open_unclosed)
        self.unclosed.setProperty("role", "link")
        self.unclosed.hide()
        self.head.insertWidget(3, self.unclosed)
        self.head.addWidget(
            push("登记问题", partial(self.go.emit, "problems", "new"), sign="plus", part="main")
        )
        self.cards = {key: Card(self._lists()[key].label, role=ROLES.get(key, "")) for key in CARDS}
        self.patrols = Card("本月应巡未巡", role="warn")
        self.urged = Card("建议督促", role="warn")
        self.late = _late_list()
        self.none_late = QLabel("没有逾期或即将到期的问题。")
        self.none_late.setProperty("role", "muted")
        self.proposals = ProposalList(full=False)
        self.late_answers = push("", partial(self.go.emit, "follow_up", "督促:unanswered"))
        self.late_answers.setProperty("role", "link")
        self.acts = _listing("最近操作")
        self.begin = self._begin_panel()
        self._lay_out()
        for key, card in self.cards.items():
            card.opened.connect(partial(self.go.emit, "problems", key))
        self.patrols.opened.connect(partial(self.go.emit, "figures", "duty"))
        self.urged.opened.connect(partial(self.go.emit, "follow_up", "督促"))
        self.proposals.asked.connect(self._issue)
        self.late.itemActivated.connect(self._open_problem)

    def refresh(self) -> None:
        """Read the figures in the background and draw them when they are there."""
        jobs.fetch(self, self.workspace, partial(read_desk, self.workspace), self._draw)

    def take_focus(self) -> None:
        self.cards[CARDS[0]].setFocus()

    def _draw(self, desk: Desk) -> None:
        self.desk = desk
        for key, card in self.cards.items():
            slow = desk.slow.get(State(key), 0) if key in _STATES else 0
            card.show_number(desk.counts[key], f"超时{slow}" if slow else "")
        self.patrols.show_number(desk.missing_patrols)
        self.begin.setVisible(desk.counts["all"] == 0)
        self.below.setVisible(desk.counts["all"] > 0)
        self.late.clear()
        for row in desk.late:
            self.late.addTopLevelItem(_late_item(row))
        self.none_late.setVisible(not desk.late)
        self.urged.show_number(len(desk.proposals))
        self.proposals.show_proposals(desk.proposals)
        self.urging.setVisible(bool(desk.proposals) or desk.late_answers > 0)
        self.late_answers.setText(f"{desk.late_answers} 份文书逾期未答复")
        self.late_answers.setVisible(desk.late_answers > 0)
        self.late_sweeps.setText(f"举一反三逾期未答复 {desk.late_sweeps} 处")
        self.late_sweeps.setVisible(desk.late_sweeps > 0)
        if desk.unclosed is not None:
            self.unclosed.setText(f"{desk.unclosed[1]}月尚未月结")
        self.unclosed.setVisible(desk.unclosed is not None and desk.counts["all"] > 0)
        self.acts.clear()
        for act in desk.acts:
            self.acts.addItem(_act_item(act))

    def _open_unclosed(self) -> None:
        if self.desk is not None:
            self.go.emit("figures", self.desk.unclosed)

    def _open_problem(self, item: QTreeWidgetItem) -> None:
        self.go.emit("problems", int(item.data(0, Qt.ItemDataRole.UserRole)))

    def _issue(self, proposal: Proposal) -> None:
        LetterDialog(self, self.workspace, draft_of(proposal)).open()

    def _lists(self) -> dict[str, WorkList]:
        return work_lists(self.workspace.today(), self.workspace.settings.due_soon_days)

    def _begin_panel(self) -> QWidget:
        panel = QFrame()
        panel.setProperty("role", "panel")
        title = QLabel("台账还是空的")
        title.setProperty("role", "heading")
        words = QLabel(
            "可以先导入县里下发的表格（行政区划、河湖、河长、问题），也可以直接登记第一个问题。\n"
            "登记问题前，要先有河湖和村。"
        )
        words.setWordWrap(True)
        row = QHBoxLayout()
        if any(command.key == "import" for command in COMMANDS):
            row.addWidget(
                push("导入表格…", partial(self.go.emit, "import", None), sign="file-import", part="main")
            )
        row.addWidget(push("登记河湖和村…", partial(self.go.emit, "waters", None), sign="ripple"))
        row.addWidget(push("登记问题…", partial(self.go.emit, "problems", "new"), sign="plus"))
        row.addStretch()
        layout = QVBoxLayout(panel)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(title)
        layout.addWidget(words)
        layout.addLayout(row)
        panel.hide()
        return panel

    def _lay_out(self) -> None:
        cards = QGridLayout()
        cards.setSpacing(10)
        for place, card in enumerate((*self.cards.values(), self.urged, self.patrols)):
            cards.addWidget(card, 0, place)
            cards.setColumnStretch(place, 1)
        self.body.addLayout(cards)
        self.body.addWidget(self.begin)
        self.below = QWidget()
        row = QHBoxLayout(self.below)
        row.setContentsMargins(0, 6, 0, 0)
        row.setSpacing(12)
        self.urging = QWidget()
        urging = _titled("建议督促", self.proposals, beside=self.late_answers)
        urging.setContentsMargins(0, 0, 0, 0)
        self.urging.setLayout(urging)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addLayout(_titled("逾期和临期的问题", self.late, self.none_late), 3)
        left.addWidget(self.urging, 3)
        row.addLayout(left, 3)
        row.addLayout(_titled("最近操作", self.acts), 2)
        self.body.addWidget(self.below, 1)
        self.body.addStretch()


def _listing(name: str) -> QListWidget:
    listing = QListWidget()
    listing.setAccessibleName(name)
    listing.setObjectName("plain")
    listing.setIconSize(QSize(16, 16))
    listing.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    listing.setTextElideMode(Qt.TextElideMode.ElideRight)
    return listing


def _late_list() -> QTreeWidget:
    listing = QTreeWidget()
    listing.setAccessibleName("逾期和临期的问题")
    listing.setObjectName("plain")
    listing.setHeaderHidden(True)
    listing.setRootIsDecorated(False)
    listing.setColumnCount(4)
    advance = listing.fontMetrics().horizontalAdvance("水")
    for column, characters in enumerate((10, 7, 7)):
        listing.setColumnWidth(column, advance * characters)
    return listing


def _titled(text: str, *widgets: QWidget, beside: QWidget | None = None) -> QVBoxLayout:
    title = QLabel(text)
    title.setProperty("role", "heading")
    head = QHBoxLayout()
    head.addWidget(title)
    if beside is not None:
        head.addWidget(beside)
    head.addStretch()
    column = QVBoxLayout()
    column.setSpacing(6)
    column.addLayout(head)
    for widget in widgets:
        column.addWidget(widget)
    return column


def _late_item(row: Row) -> QTreeWidgetItem:
    days = int(row["days_left"] or 0)
    words = f"逾期{-days}天" if days < 0 else "今天到期" if days == 0 else f"还有{days}天"
    item = QTreeWidgetItem([str(row[key] or "") for key in ("number", "deadline", "village_name", "brief")])
    item.setIcon(0, icon("alert-triangle", Tone.ALERT) if days < 0 else icon("clock", Tone.WARN))
    item.setText(1, words)
    item.setForeground(1, QColor((Tone.ALERT if days < 0 else Tone.WARN).value))
    item.setData(0, Qt.ItemDataRole.UserRole, row.id)
    item.setToolTip(3, str(row["description"]))
    return item


def _act_item(act: ActRow) -> QListWidgetItem:
    undone = "（已撤销）" if act.undone else ""
    item = QListWidgetItem(f"{local(act.at)}　{act.by}　{act.sentence}{undone}")
    item.setToolTip(act.sentence)
    return item
