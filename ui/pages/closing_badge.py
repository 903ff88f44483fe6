"""Whether the month shown is closed: a badge and a button in the head of the report page."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from river_chief.figures.closing import Closing
from river_chief.figures.editions import edition_of
from river_chief.rules.periods import month_of
from ui.buttons import push
from ui.dialogs.month_closing import MonthClosingDialog
from ui.dialogs.month_reopening import reopen_dialog
from ui.forms.period import Period
from ui.workspace import Workspace


class ClosingBadge(QWidget):
    """月结…, or 已月结 第1版 with a menu; hidden where the period is no month of the office.

    ``led(page, asked, words)`` as of ``MonthClosingDialog``. ``looked_at``: the closings are to be shown.
    """

    led = Signal(str, object, str)
    looked_at = Signal()

    def __init__(self, workspace: Workspace, period: Period) -> None:
        super().__init__()
        self.workspace, self.period = workspace, period
        self.closing: Closing | None = None
        self._version = 0
        self.close_button = push("月结…", self.close_month, sign="lock")
        self.badge = push("", sign="lock")
        self.badge.setProperty("role", "badge")
        self.badge.setMenu(self._menu())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        for button in (self.badge, self.close_button):
            row.addWidget(button)

    def refresh(self) -> None:
        """Read whether the month is closed."""
        self.setVisible(self.period.is_month)
        if not self.period.is_month:
            return
        with self.workspace.read() as session:
            held = edition_of(session, self.period.span())
        self.closing = None if held is None else held.closing
        self._version = 0 if held is None else held.version
        self.badge.setVisible(self.closing is not None)
        self.close_button.setVisible(self.closing is None)
        if self.closing is not None:
            self.badge.setText(
                f"已月结 第{self.closing.edition}版　{self.closing.closed_on} {self.closing.closer}"
            )
            reason = f"\n重开原因：{self.closing.reason}" if self.closing.reason else ""
            self.badge.setToolTip(f"本页的数字是月结时固定的。日志校验码 {self.closing.code}{reason}")
            return
        last = self.period.span().last
        is_over = last <= self.workspace.today()
        self.close_button.setEnabled(is_over)
        self.close_button.setToolTip(
            "核对账目，把这个月的数字、问题和月报固定成一版" if is_over else f"统计期到 {last} 才结束"
        )

    def close_month(self) -> None:
        """Ask to close the month shown."""
        month = month_of(self.period.span().last, self.workspace.settings.period_start_day)
        dialog = MonthClosingDialog(self, self.workspace, month)
        dialog.led.connect(self.led)
        dialog.open()

    def reopen(self) -> None:
        """Ask for the reason to open the month again."""
        if self.closing is not None:
            reopen_dialog(self, self.workspace, self.closing, self._version).open()

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction("和现在的台账比较、看各版", partial(self.looked_at.emit))
        menu.addSeparator()
        menu.addAction("重开…", self.reopen)
        return menu
