"""复核时限: the deadlines whose days were not published when they were set, beside what they should be."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from river_chief.queries.deadline_why import Doubt, doubts
from river_chief.storage.database import Writer
from river_chief.verbs.deadline_review import DeadlineReview, review
from ui import jobs
from ui.buttons import push
from ui.dialogs.verb_dialog import VerbDialog
from ui.forms.fields import DateField, LineField
from ui.forms.form import Form
from ui.tables.plain_table import PlainTable
from ui.workspace import Workspace

WORDS = "下面的整改时限是在放假安排公布以前定的。采用新时限不算延期；要另定日期的，双击那一行逐件复核。"


class ReviewDialog(QDialog):
    """Lists what differs; nothing is changed until the clerk says so."""

    def __init__(self, parent: QWidget, workspace: Workspace) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.found: list[Doubt] = []
        self.setWindowTitle("复核时限")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.table = PlainTable(("问题编号", "现时限", "应为", "由来"), (9, 7, 7, 30))
        self.table.opened.connect(self._one)
        self.why = QLabel()
        self.why.setWordWrap(True)
        self.table.chosen.connect(self._tell)
        self.all_button = push("全部采用新时限(&A)", self.take_all, part="main")
        self.one_button = push("逐件复核…(&E)", lambda: self._one(self._chosen()))
        words = QLabel(WORDS)
        words.setWordWrap(True)
        words.setProperty("role", "muted")
        foot = QHBoxLayout()
        foot.addStretch()
        for button in (self.all_button, self.one_button, push("关闭(&Z)", self.reject)):
            foot.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 14, 18, 14)
        layout.addWidget(words)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.why)
        layout.addLayout(foot)
        self.resize(900, 420)
        workspace.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show what is still to be decided; close when nothing is."""
        with self.workspace.read() as session:
            self.found = [doubt for doubt in doubts(session) if doubt.differs]
        rows = [
            (
                doubt.number,
                doubt.deadline.isoformat(),
                doubt.proposal.due.isoformat(),
                doubt.proposal.sentence,
            )
            for doubt in self.found
        ]
        self.table.rows.show_rows(rows, self.found)
        self._tell(next(iter(self.found), None))
        if not self.found:
            self.accept()

    def take_all(self) -> None:
        """Take every deadline as the published days give it, in one transaction."""
        entries = [
            DeadlineReview(problem_id=doubt.problem_id, deadline=doubt.proposal.due) for doubt in self.found
        ]

        def work(writer: Writer) -> None:
            for entry in entries:
                writer.do(review, entry)

        jobs.write(self, self.workspace, work)

    def _tell(self, doubt: Doubt | None) -> None:
        """The whole sentence of one row; in its column it is cut."""
        self.why.setText(doubt.proposal.sentence if doubt is not None else "")

    def _chosen(self) -> Doubt | None:
        return self.table.current_key() or next(iter(self.found), None)

    def _one(self, doubt: Doubt | None) -> None:
        if doubt is not None:
            review_dialog(self, self.workspace, doubt).open()


def review_dialog(parent: QWidget, workspace: Workspace, doubt: Doubt) -> VerbDialog[Any]:
    """The review of one deadline."""
    form: Form[Any] = Form(DeadlineReview, columns=1)
    form.add("deadline", DateField(year_of=workspace.today()))
    form.add("words", LineField(hint="与放假安排算出的日期不同时填写"))
    form.finish()
    dialog: VerbDialog[Any] = VerbDialog(
        parent,
        workspace,
        f"复核时限 {doubt.number}",
        form,
        review,
        fixed={"problem_id": doubt.problem_id},
        headline=f"现时限 {doubt.deadline.isoformat()}。\n{doubt.proposal.sentence}",
        accept_text="确定",
        width=560,
    )
    dialog.load({"deadline": doubt.proposal.due})
    return dialog
