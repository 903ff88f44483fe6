"""Chooses the days a page looks at: one of the office's months, any two days, or all there are."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from river_chief.rules.office import OfficeSettings
from river_chief.rules.periods import Span, month_of
from ui.buttons import tool
from ui.forms.fields import DateField

BY_MONTH, BY_DAYS, ALL = "按月", "按日期", "全部时间"


class MonthPicker(QWidget):
    """‹ 2025年3月 ›: one of the office's months."""

    changed = Signal()

    def __init__(self, settings: OfficeSettings, today: date) -> None:
        super().__init__()
        self._settings = settings
        self.month = month_of(today, settings.period_start_day)
        self.label = QLabel()
        self.before = tool("chevron-left", "上一月", lambda: self.step(-1))
        self.after = tool("chevron-right", "下一月", lambda: self.step(1))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for widget in (self.before, self.label, self.after):
            row.addWidget(widget)
        self._show()

    def span(self) -> Span:
        """First and last day of the month."""
        return self._settings.month(*self.month)

    def text(self) -> str:
        """2025年3月."""
        return f"{self.month[0]}年{self.month[1]}月"

    def step(self, months: int) -> None:
        """Go *months* on or back."""
        year, month = self.month
        count = year * 12 + month - 1 + months
        self.set_month((count // 12, count % 12 + 1))

    def set_month(self, month: tuple[int, int]) -> None:
        """Show *month* (year, month) and tell it."""
        self.month = month
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        self.label.setText(self.text())
        span = self.span()
        self.label.setToolTip(f"{span.first:%Y-%m-%d} 至 {span.last:%Y-%m-%d}")


class SpanPicker(QWidget):
    """A month, two days, or all; ``span()`` is None for all."""

    changed = Signal()

    def __init__(self, settings: OfficeSettings, today: date) -> None:
        super().__init__()
        self.kind = QComboBox()
        self.kind.addItems([BY_MONTH, BY_DAYS, ALL])
        self.kind.setAccessibleName("时间范围")
        self.month = MonthPicker(settings, today)
        self.first, self.last = DateField(year_of=today), DateField(year_of=today)
        self.days = QWidget()
        days = QHBoxLayout(self.days)
        days.setContentsMargins(0, 0, 0, 0)
        for widget in (self.first, QLabel("至"), self.last):
            days.addWidget(widget)
        for field, name in ((self.first, "开始日期"), (self.last, "结束日期")):
            field.setAccessibleName(name)
            field.setFixedWidth(104)
            field.editingFinished.connect(self._tell)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for part in (self.kind, self.month, self.days):
            row.addWidget(part)
        self._told = self.span()
        self._show()
        self.kind.currentIndexChanged.connect(self._on_kind)
        self.month.changed.connect(self._tell)

    def span(self) -> Span | None:
        """The days chosen, both ends counted; None for all. Days not understood leave that end open."""
        if self.kind.currentText() == BY_MONTH:
            return self.month.span()
        if self.kind.currentText() == ALL:
            return None
        first, last = self.first.value(), self.last.value()
        return Span(
            first if isinstance(first, date) else date.min, last if isinstance(last, date) else date.max
        )

    def is_month(self) -> bool:
        """Whether one month is chosen."""
        return self.kind.currentText() == BY_MONTH

    def set_span(self, span: tuple[date | None, date | None] | None) -> None:
        """Show *span* as days, or all."""
        self.kind.setCurrentText(ALL if span is None else BY_DAYS)
        if span is not None:
            self.first.set_value(span[0])
            self.last.set_value(span[1])
        self._tell()

    def _on_kind(self) -> None:
        if self.kind.currentText() == BY_DAYS and not self.first.text():
            first, last = self.month.span()
            self.first.set_value(first)
            self.last.set_value(last)
        self._show()
        self._tell()

    def _show(self) -> None:
        self.month.setVisible(self.kind.currentText() == BY_MONTH)
        self.days.setVisible(self.kind.currentText() == BY_DAYS)

    def _tell(self) -> None:
        span = self.span()
        if span != self._told:
            self._told = span
            self.changed.emit()
