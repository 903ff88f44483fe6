"""谁还欠: chiefs who still owe patrols in the days chosen."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from river_chief.figures.duty import Missing
from river_chief.rules.patrol_duty import Shortfall
from ui.tables.plain_table import PlainTable

HEADS = ("河长", "河段", "欠", "应补时间")
WIDTHS = (4, 9, 2, 9)


class OwingList(QWidget):
    """``opened(Missing)``: Enter or a double click, to enter a log of that chief."""

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.words = QLabel()
        self.words.setProperty("role", "muted")
        self.words.setWordWrap(True)
        self.table = PlainTable(HEADS, WIDTHS)
        self.table.setAccessibleName("还欠巡河的河长")
        self.table.opened.connect(self.opened)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 8, 8, 8)
        layout.addWidget(self.words)
        layout.addWidget(self.table)

    def show_missing(self, missing: tuple[Missing, ...]) -> None:
        """List *missing*; levels in order, most owed first."""
        rows = sorted(missing, key=lambda each: (-each.missing, each.area, each.name))
        self.table.rows.show_rows([_texts(each) for each in rows], rows)
        total = sum(each.missing for each in rows)
        chiefs = len({each.tenure_id for each in rows})
        self.words.setText(
            f"{chiefs} 人还欠 {total} 次。双击或按 Enter 为其登记巡河。" if rows else "没有欠巡的河长。"
        )


def _texts(each: Missing) -> tuple[str, ...]:
    return (each.name, each.reach or f"{each.area}名下河段", str(each.missing), _days(each.shortfalls))


def _days(shortfalls: tuple[Shortfall, ...]) -> str:
    return "；".join(
        f"{gap.first:%m-%d}至{gap.until:%m-%d}"
        if gap.first.year == gap.until.year
        else f"{gap.first:%Y-%m-%d}至{gap.until:%Y-%m-%d}"
        for gap in shortfalls
    )
