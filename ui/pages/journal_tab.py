"""操作日志 and 导入记录: what was done, by whom, and taking it back."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from river_chief.errors import NotFound
from river_chief.fields.ledger_names import ledger_name
from river_chief.queries.ledger_query import Row
from river_chief.queries.office_tables import (
    ACT_TABLE,
    BATCH_TABLE,
    ActFilter,
    BatchFilter,
    batch_of,
    clerks,
    records_touched,
)
from river_chief.terms import BatchState, ImportKind
from ui import jobs, messages
from ui.buttons import push
from ui.pages.detail_panel import DetailPanel
from ui.pages.register_tab import Doing, RegisterTab
from ui.style import Tone
from ui.tables.filter_bar import Choose, terms_of
from ui.tables.record_table import Look
from ui.workspace import Workspace


class JournalTab(RegisterTab):
    """Every act, newest first; the panel beside it says what it wrote and takes it back."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        self.panel = DetailPanel("在左边选一步操作，这里显示它改了什么。")
        self.panel.setFixedWidth(340)
        super().__init__(
            workspace,
            ACT_TABLE,
            ActFilter(),
            columns="at:10 by:5 sentence:33 undone:5",
            doings=(),
            words="每一步操作都记在日志里，前后相连，不能改动。撤销也记一步；后来又改过的内容不会被撤销覆盖。",
            hint="操作、经办人",
            combos=(Choose("clerks", "人员", clerks),),
            look=_act_look,
            beside=self.panel,
        )
        self.view.selected.connect(lambda _id: self.show_current())
        # An act of any ledger is a new row here.
        workspace.changed.connect(lambda _changes: self.view.model.refresh())

    def undo(self) -> None:
        """Take the act shown back, after asking."""
        id = self.view.current_id()
        row = self._row(id)
        question = f"确定撤销“{row['sentence']}”吗？"
        if messages.confirm(self, "撤销操作", question, action="撤销"):
            jobs.undo(self, self.workspace, id)
            self.show_current()

    def undo_batch(self) -> None:
        """Take back the whole batch the act shown was a part of, after asking."""
        batch = self._batch(self.view.current_id())
        if batch is not None and confirm_batch(self, batch):
            jobs.undo(self, self.workspace, batch_id=batch.id)
            self.show_current()

    def show_current(self) -> None:
        """Show the act chosen."""
        id = self.view.current_id()
        if not id:
            self.panel.nothing()
            return
        row = self._row(id)
        with self.workspace.read() as session:
            touched = records_touched(session, id)
        self.panel.start(f"第 {row['seq']} 步", [("已撤销", "state")] if row["undone"] else [])
        self.panel.line(row["sentence"])
        buttons = [push("撤销这一步(&U)…", self.undo, sign="arrow-back-up")] if not row["undone"] else []
        batch = self._batch(id)
        if batch is not None and batch["state"] is BatchState.APPLIED:
            buttons.append(push("撤销整批(&B)…", self.undo_batch, sign="arrow-back-up"))
        if buttons:
            self.panel.act(*buttons)
        self.panel.facts(
            (
                ("时间", f"{row['at']:%Y-%m-%d %H:%M:%S}"),
                ("经办人", row["by"]),
                ("批次", row["batch_name"] or ""),
                ("校验码", _code(row["hash"])),
            )
        )
        self.panel.heading("写了哪些记录")
        for ledger, count in touched.items():
            self.panel.line(f"{ledger_name(ledger)} {count} 条", "muted")
        self.panel.finish()

    def _batch(self, id: int) -> Row | None:
        with self.workspace.read() as session:
            return batch_of(session, id, self.workspace.today())

    def _row(self, id: int) -> Row:
        with self.workspace.read() as session:
            rows = ACT_TABLE.rows(session, [id], self.workspace.today())
        if not rows:
            raise NotFound("日志里没有这一步操作，请刷新后重试。")
        return rows[0]


class BatchTab(RegisterTab):
    """Every import and every bulk of acts; one that stands can be taken back whole."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        super().__init__(
            workspace,
            BATCH_TABLE,
            BatchFilter(),
            columns="recorded_at:10 kind:5 name:16 file_name:13 new:4 changed:4 same:4 refused:5 state:5",
            doings=(Doing("撤销整批(&U)…", self.undo, sign="arrow-back-up"),),
            words="每次导入、成批补录和成批办理各是一个批次，可以整批撤销；后来又改过的会指出来。",
            hint="批次、文件",
            empty="还没有导入过。县里下发的表格用“文件”菜单里的“导入”。",
            combos=(
                Choose("kinds", "种类", terms_of(ImportKind)),
                Choose("states", "状态", terms_of(BatchState)),
            ),
            look=_batch_look,
        )

    def undo(self, id: int) -> None:
        """Take a batch back, after asking."""
        with self.workspace.read() as session:
            (row,) = BATCH_TABLE.rows(session, [id], self.workspace.today())
        if confirm_batch(self, row):
            jobs.undo(self, self.workspace, batch_id=id)


def confirm_batch(parent: QWidget, batch: Row) -> bool:
    """Ask whether a batch is to be taken back whole, saying what that means."""
    counts = f"新增的 {batch['new']} 条、变更的 {batch['changed']} 条"
    what = counts if batch["new"] else f"办理的 {batch['changed']} 条"
    question = f"确定把“{batch['name']}”整批撤销吗？它{what}都会还原。"
    return messages.confirm(parent, "撤销整批", question, action="撤销整批", dangerous=True)


def _code(hash: str) -> str:
    """The beginning of a link of the chain, as papers print it."""
    return "-".join(hash[start : start + 4] for start in range(0, 16, 4))


def _act_look(row: Row, key: str) -> Look | None:
    return Look(Tone.MUTED) if row["undone"] else None


def _batch_look(row: Row, key: str) -> Look | None:
    return Look(Tone.MUTED) if row["state"] is BatchState.UNDONE else None
