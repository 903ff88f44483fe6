"""巡河履职 of a report: by level and by village, every number leading to its chiefs or logs."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from river_chief.figures.duty import DutyFigures
from ui.dialogs.duty_rows import MISSING
from ui.pages.figure_columns import duty_columns
from ui.pages.figure_words import link
from ui.tables.figure_table import FigureTable


class DutyTables(QWidget):
    """``asked(key, DutyLine)``: what makes a number is wanted; the key ``MISSING`` has no line (None)."""

    asked = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self.levels = FigureTable(duty_columns("层级"), "巡河履职按层级")
        self.villages = FigureTable(duty_columns("村（社区）"), "巡河履职按村")
        self.words = QLabel()
        self.words.setProperty("role", "muted")
        self.words.setWordWrap(True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.LinksAccessibleByMouse)
        self.words.linkActivated.connect(lambda key: self.asked.emit(key, None))
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 6, 0, 0)
        grid.setSpacing(8)
        grid.addWidget(self.words, 0, 0, 1, 2)
        for column, table in enumerate((self.levels, self.villages)):
            grid.addWidget(table, 1, column)
            table.asked.connect(partial(self.asked.emit))

    def show_duty(self, duty: DutyFigures) -> None:
        """Show the tables of *duty*, and who still owes."""
        self.levels.rows.show_lines(duty.by_level, duty.total)
        self.villages.rows.show_lines(duty.by_village)
        owing = sum(each.missing for each in duty.missing)
        words = f"还欠 {link(MISSING, owing)} 次。" if owing else "没有欠巡。"
        rules = "；".join(rule.partition("；")[0] for rule in duty.rules)
        self.words.setText(f"达标率＝达标次数÷应巡次数。{words}{rules}{'。' if rules else ''}")
        self.words.setToolTip("\n".join(duty.rules))
