"""A table of the settings page with the buttons that work on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from river_chief.queries.ledger_query import LedgerQuery
from ui.buttons import Part, push
from ui.tables.filter_bar import Choose
from ui.tables.ledger_view import LedgerView
from ui.tables.record_table import LookOf
from ui.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Doing:
    """A button: its text, icon, whether it needs a row, and what it does with the row's id (else 0)."""

    text: str
    work: Callable[[int], object]
    sign: str = ""
    needs_row: bool = True
    part: Part = "plain"
    on_enter: bool = False


class RegisterTab(QWidget):
    """*words* explain the table in one line; Enter on a row does what ``on_enter`` says."""

    def __init__(
        self,
        workspace: Workspace,
        query: LedgerQuery[Any],
        filter: Any,
        *,
        columns: str,
        doings: Sequence[Doing],
        words: str,
        hint: str,
        empty: str = "",
        combos: Sequence[Choose] = (),
        watch: tuple[str, ...] = (),
        look: LookOf | None = None,
        beside: QWidget | None = None,
    ) -> None:
        super().__init__()
        self.view = LedgerView(
            workspace,
            query,
            filter,
            name=f"settings-{query.ledger}",
            columns=columns.split(),
            choices=combos,
            watch=watch,
            look=look,
            hint=hint,
            empty=empty or "这里没有记录。",
        )
        self.buttons: list[tuple[Doing, QPushButton]] = []
        line = QLabel(words)
        line.setProperty("role", "muted")
        line.setWordWrap(True)
        top = QHBoxLayout()
        top.addWidget(line, 1)
        for doing in doings:
            button = push(doing.text, partial(self.do, doing), sign=doing.sign, part=doing.part)
            self.buttons.append((doing, button))
            top.addWidget(button)
        middle = QHBoxLayout()
        middle.addWidget(self.view, 1)
        if beside is not None:
            middle.addWidget(beside)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addLayout(top)
        layout.addLayout(middle, 1)
        self.view.selected.connect(lambda _id: self._enable())
        self.view.activated.connect(self._on_enter)
        self._enable()

    def do(self, doing: Doing) -> None:
        """Carry out *doing* on the current row."""
        id = self.view.current_id()
        if id or not doing.needs_row:
            doing.work(id if doing.needs_row else 0)

    def _on_enter(self, id: int) -> None:
        for doing, _ in self.buttons:
            if doing.on_enter:
                doing.work(id)

    def _enable(self) -> None:
        for doing, button in self.buttons:
            button.setEnabled(bool(self.view.current_id()) or not doing.needs_row)
