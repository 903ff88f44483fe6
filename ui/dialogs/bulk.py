"""批量办理: one action on many problems; the plan is shown before anything is done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from river_chief.bulk.actions import BULK, BulkAction
from river_chief.bulk.plan import Plan, apply, make_plan
from river_chief.changes import Changes
from river_chief.progress import Progress
from river_chief.queries.problems import PROBLEM_LEDGER
from river_chief.rules.workflow import allowed
from river_chief.terms import Action
from river_chief.verbs.input import Input
from river_chief.verbs.proof import demands
from ui import jobs
from ui.buttons import push
from ui.forms.common_values import common_form
from ui.forms.form import Form
from ui.tables.plain_table import PlainTable
from ui.workspace import Workspace

GRAVE = (Action.VOID.value,)
TAGS = ("tag", "untag")
WIDTH, HEIGHT, MOST_FORM = 760, 640, 300
HINTS: dict[str, dict[str, str]] = {
    Action.ASSIGN.value: {
        "unit": "不填则交办给各自所在的村",
        "officer": "不填则为各村的村级河长",
        "deadline": "不填则各按时限规定",
    },
    Action.SIGN_FOR.value: {"actor": "不填则为各自的直接责任人"},
    Action.RESUME.value: {"deadline": "不填则接着算剩余的天数"},
}
READY: dict[str, dict[str, str]] = {Action.LOOK_BACK.value: {"words": "现场查看，未发现反弹"}}
# Who does it differs from problem to problem, or must be named by the clerk.
NOT_THE_CLERK = (Action.SIGN_FOR.value, Action.ACCEPT.value)


class BulkDialog(QDialog):
    """Asks for what many problems have in common, shows the plan, carries it out as one batch.

    Enter shows the plan; once it stands, Enter carries it out. What is changed after that asks for a new plan.
    Open it with ``open()``; it deletes itself when closed.
    """

    def __init__(
        self, parent: QWidget, workspace: Workspace, ids: Sequence[int], *, action: BulkAction | None = None
    ) -> None:
        """*ids* of the problems; with *action* nothing else can be chosen."""
        super().__init__(parent)
        self.workspace = workspace
        self.ids = tuple(ids)
        self.plan: Plan | None = None
        self.offered = (action,) if action is not None else _offered(workspace, self.ids)
        self.setWindowTitle(f"批量{action.label}" if action is not None else "批量办理")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.choice = QComboBox()
        self.choice.setAccessibleName("办理什么")
        self.choice.addItems([each.label for each in self.offered])
        self.choice.setMaxVisibleItems(len(BULK))
        self.place = QScrollArea()
        self.table = PlainTable(("结果", "编号", "村", "说明"), (6, 7, 5, 24))
        self.summary = QLabel()
        self.skip = QCheckBox("跳过不能办理的，办理其余的")
        self.plan_button = push("预览(&P)", self.show_plan, part="main")
        self.do_button = push("办理(&Y)", self.submit, part="main")
        self.cancel_button = push("取消(&Z)", self.reject)
        self.form: Form[Any] = self._new_form()
        self._lay_out(action is None)
        self.choice.currentIndexChanged.connect(lambda _place: self._change_action())
        self.skip.clicked.connect(self._say)
        self._say()

    @property
    def action(self) -> BulkAction:
        """The action chosen."""
        return self.offered[self.choice.currentIndex()]

    def show_plan(self) -> None:
        """Rehearse and show what would be done to each problem."""
        common = self.form.entry(problem_id=0)
        if common is None:
            return
        database, action, ids = self.workspace.database, self.action, self.ids
        by, today = self.workspace.clerk, self.workspace.today()

        def work(progress: Progress) -> Plan:
            entry: Input = common
            return make_plan(database, action, entry, ids, by=by, today=today, progress=progress)

        jobs.start(self, self.workspace, f"正在预演{action.label}", work, done=self._take)

    def submit(self) -> None:
        """Carry the plan out; it is dropped when it is refused."""
        plan = self.plan
        if plan is None:
            return
        database, skip = self.workspace.database, self.skip.isChecked()
        by, today = self.workspace.clerk, self.workspace.today()

        def work(progress: Progress) -> Changes:
            return apply(database, plan, by=by, today=today, skip=skip, progress=progress)

        self._drop()
        jobs.start(self, self.workspace, f"正在{plan.action.label}", work, done=self._finish)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter shows the plan, or carries it out when it stands."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            (self.submit if self.do_button.isEnabled() else self.show_plan)()

    def _take(self, plan: Plan) -> None:
        self.plan = plan
        lines = (*plan.refused, *plan.doable)
        self.table.rows.show_rows(
            [
                ("✓ 将办理" if line.can else "✗ 不能办理", line.number, line.village, line.words)
                for line in lines
            ]
        )
        self.skip.setChecked(False)
        self._say()
        (self.do_button if self.do_button.isEnabled() else self.table).setFocus()

    def _drop(self) -> None:
        """What was asked has changed: the plan no longer stands."""
        self.plan = None
        self.table.rows.show_rows([])
        self._say()

    def _finish(self, changes: Changes) -> None:
        self.accept()
        jobs.tell(self.parentWidget() or self, self.workspace, changes)

    def _say(self) -> None:
        plan = self.plan
        self.skip.setVisible(plan is not None and bool(plan.refused) and bool(plan.doable))
        stands = plan is not None and bool(plan.doable) and (not plan.refused or self.skip.isChecked())
        self.do_button.setEnabled(stands)
        self.do_button.setVisible(plan is not None)
        self.plan_button.setVisible(plan is None)
        if plan is None:
            self.summary.setText("点“预览”，看每一件将怎样办理；这一步不会改动台账。")
            return
        self.do_button.setText(f"办理 {len(plan.doable)} 件(&Y)")
        refused = f"，不能办理 {len(plan.refused)} 件" if plan.refused else ""
        self.summary.setText(f"将办理 {len(plan.doable)} 件{refused}。全部作为一个批次，可以一次撤销。")

    def _change_action(self) -> None:
        self.form = self._new_form()
        self._drop()

    def _new_form(self) -> Form[Any]:
        key = self.action.key
        form = common_form(self.action.asks, self.workspace, HINTS.get(key, {}), self._without())
        actor = "" if key in NOT_THE_CLERK else self.workspace.clerk
        form.load({"happened_at": self.workspace.today(), "actor": actor, **READY.get(key, {})})
        form.changed.connect(self._drop)
        form.setContentsMargins(0, 0, 6, 0)
        self.place.setWidget(form)
        self.place.setFixedHeight(min(form.sizeHint().height() + 4, MOST_FORM))
        self.do_button.setProperty("role", "danger" if key in GRAVE else "main")
        return form

    def _without(self) -> tuple[str, ...]:
        """No words for missing proof where the office asks for none."""
        with self.workspace.read() as session:
            asking = {demand.action.value for demand in demands(session) if demand.is_needed}
        return () if self.action.key in asking else ("exception",)

    def _lay_out(self, with_choice: bool) -> None:
        self.place.setWidgetResizable(True)
        self.place.setFrameShape(QScrollArea.Shape.NoFrame)
        self.place.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.place.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.summary.setProperty("role", "muted")
        top = QHBoxLayout()
        top.addWidget(QLabel(f"已选 {len(self.ids)} 件问题"))
        if with_choice:
            top.addSpacing(16)
            label = QLabel("办理什么(&X)")
            label.setBuddy(self.choice)
            top.addWidget(label)
            top.addWidget(self.choice)
        top.addStretch()
        foot = QHBoxLayout()
        foot.addWidget(self.skip)
        foot.addStretch()
        for button in (self.plan_button, self.do_button, self.cancel_button):
            foot.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 14, 18, 14)
        layout.setSpacing(10)
        layout.addLayout(top)
        layout.addWidget(self.place)
        layout.addWidget(self.summary)
        layout.addWidget(self.table, 1)
        layout.addLayout(foot)
        self.resize(WIDTH, HEIGHT)


def _offered(workspace: Workspace, ids: Sequence[int]) -> tuple[BulkAction, ...]:
    """What at least one of the problems is open to, in the order of the table, and the tags."""
    with workspace.read() as session:
        rows = PROBLEM_LEDGER.rows(session, ids, workspace.today())
    here = {action.value for state in {row["state"] for row in rows} for action in allowed(state)}
    return tuple(action for key, action in BULK.items() if key in here or key in TAGS)
