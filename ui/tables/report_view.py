"""Shows what came of a saved report: its days and scope in words, the table, how its rates are reckoned."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from river_chief.figures.report_list import ReportList
from river_chief.terms import ReportLedger
from ui.tables.figure_table import FigureTable
from ui.tables.report_columns import list_columns, list_rows, table_columns
from ui.tables.report_run import FIRST, Ran


class ReportView(QWidget):
    """``asked(key, line)``: the rows behind a number, or the record of a row (``report_columns.OPEN``).

    *with_notes*: how the rates are reckoned stands under the table.
    """

    asked = Signal(str, object)

    def __init__(self, *, with_notes: bool = True) -> None:
        super().__init__()
        self._with_notes = with_notes
        self.ran: Ran | None = None
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.table = FigureTable((), "自定义报表")
        self.table.asked.connect(self.asked)
        self.notes = QLabel()
        self.notes.setProperty("role", "muted")
        self.notes.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.words)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.notes)
        self.clear()

    def clear(self, sentence: str = "") -> None:
        """Show nothing but *sentence*."""
        self.ran = None
        self.words.setText(sentence)
        self.notes.setText("")
        self.notes.hide()
        self.table.hide()

    def show_report(self, ran: Ran) -> None:
        """Show the report."""
        self.ran = ran
        found = ran.found
        about = f"　{ran.scope}。" if ran.scope else ""
        if isinstance(found, ReportList):
            days = f"{ran.span}，" if ran.span else ""
            self.words.setText(f"{days}{_counted(ran, found)}，{ran.today.isoformat()} 的情况。{about}")
            self.table.set_columns(list_columns(found))
            self.table.rows.show_lines(list_rows(found))
        else:
            none = "" if found.lines else "没有符合条件的记录。"
            self.words.setText(f"{ran.span}，截至 {ran.window.cut.isoformat()}。{none}{about}")
            self.table.set_columns(table_columns(found, ran.definition, of_month=ran.of_month))
            self.table.rows.show_lines(found.lines, found.total if ran.definition.totals else None)
        # Sorting would part lines from their subtotals, rows from their group lines.
        self.table.horizontalHeader().setSectionsClickable(
            not isinstance(found, ReportList) and len(found.by) == 1
        )
        self.notes.setText("\n".join(ran.notes))
        self.notes.setVisible(self._with_notes and bool(ran.notes))
        self.table.show()


def _counted(ran: Ran, found: ReportList) -> str:
    unit = "次" if ran.definition.ledger is ReportLedger.PATROLS else "个"
    shown = sum(len(group.rows) for group in found.groups)
    rest = f"，这里列前 {FIRST} {unit}，打印和导出有全部" if shown < found.count else ""
    return f"共 {found.count:,} {unit}{rest}"
