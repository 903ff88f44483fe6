"""Chooses the period of the report page: ‹ 2025年3月 ›, a quarter, a year, or two days."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from river_chief.rules.periods import Span
from ui.buttons import tool
from ui.forms.fields import DateField
from ui.forms.period import Period, PeriodKind
from ui.workspace import Workspace


class PeriodPicker(QWidget):
    """Shows and changes *period*; periods to come can not be chosen.

    Days that do not run forward, or have not begun, are complained of beside the field and change nothing.
    """

    def __init__(self, workspace: Workspace, period: Period) -> None:
        super().__init__()
        self._workspace, self.period = workspace, period
        self.kind = QComboBox()
        self.kind.addItems([kind.value for kind in PeriodKind])
        self.kind.setAccessibleName("统计期")
        self.label = QLabel()
        self.before = tool("chevron-left", "上一期 (Ctrl+PgUp)", lambda: period.step(-1))
        self.after = tool("chevron-right", "下一期 (Ctrl+PgDn)", lambda: period.step(1))
        today = workspace.today()
        self.first, self.last = DateField(year_of=today), DateField(year_of=today)
        self.days = QWidget()
        days = QHBoxLayout(self.days)
        days.setContentsMargins(0, 0, 0, 0)
        days.setSpacing(4)
        for widget in (self.first, QLabel("至"), self.last):
            days.addWidget(widget)
        for field, name in ((self.first, "开始日期"), (self.last, "结束日期")):
            field.setAccessibleName(name)
            field.setFixedWidth(104)
            field.editingFinished.connect(self._on_days)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for part in (self.kind, self.before, self.label, self.days, self.after):
            row.addWidget(part)
        self.kind.activated.connect(lambda _place: period.set_kind(PeriodKind(self.kind.currentText())))
        period.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        period = self.period
        span = period.span()
        by_days = period.kind is PeriodKind.DAYS
        self.kind.setCurrentText(period.kind.value)
        self.label.setText(period.text())
        self.label.setToolTip(f"{span.first:%Y-%m-%d} 至 {span.last:%Y-%m-%d}")
        self.label.setHidden(by_days)
        self.days.setVisible(by_days)
        for field, day in ((self.first, span.first), (self.last, span.last)):
            field.set_value(day)
            field.set_error("")
        self.after.setEnabled(period.can_go_on)

    def _on_days(self) -> None:
        first, last = self.first.value(), self.last.value()
        wrong = ""
        if not isinstance(first, date) or not isinstance(last, date):
            wrong = "请填两个日期，例如 2025-03-01。"
        elif first > last:
            wrong = "开始日期在结束日期之后，请改正。"
        elif first > self._workspace.today():
            wrong = "这段时间还没有到，请选已经开始的日期。"
        self.last.set_error(wrong)
        if not wrong and isinstance(first, date) and isinstance(last, date):
            self.period.set_days(Span(first, last))
