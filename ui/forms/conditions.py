"""The conditions of a saved report: those of the problem page and of the patrols' page, on a few lines."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QWidget

from river_chief.queries import choices, suggestions
from river_chief.queries.dimensions import Dimension, names
from river_chief.storage.database import Snapshot
from river_chief.terms import Disposal, Entry, Level, ReportLedger, Severity, Source, State, Term
from river_chief.verbs.report_definition import Conditions
from ui.buttons import push
from ui.forms.fields import LineField, mark
from ui.forms.several import SeveralField
from ui.workspace import Workspace

Options = list[tuple[Any, str]]
_COLUMNS = 3
FLAGS = {
    ReportLedger.PROBLEMS: ("in_stock", "overdue", "due_soon", "reported", "lacks_proof", "unanswered"),
    ReportLedger.PATROLS: ("with_finding",),
}
DAYS = ("found", "registered", "closed", "deadline")


def _terms(kind: type[Term]) -> Callable[[Snapshot], Options]:
    return lambda _session: [(member, member.label) for member in kind]


def _named(rows: Callable[[Any], list[Any]]) -> Callable[[Snapshot], Options]:
    return lambda session: [(each.id, each.label) for each in rows(session)]


PICKS: Mapping[ReportLedger, Mapping[str, Callable[[Snapshot], Options]]] = {
    ReportLedger.PROBLEMS: {
        "villages": _named(choices.villages),
        "units": lambda session: [(unit, unit) for unit in sorted(suggestions.units(session))],
        "groups": lambda session: [
            (each.code, each.label) for each in choices.categories(session) if each.parent is None
        ],
        "categories": lambda session: [
            (each.code, each.label) for each in choices.categories(session) if each.parent is not None
        ],
        "severities": _terms(Severity),
        "sources": _terms(Source),
        "states": _terms(State),
        "disposals": _terms(Disposal),
        "campaigns": _named(choices.campaigns),
        "waters": _named(choices.waters),
        "reaches": _named(choices.reaches),
        "chiefs": lambda _session: [],
    },
    ReportLedger.PATROLS: {
        "levels": _terms(Level),
        "areas": _named(choices.areas),
        "persons": _named(choices.persons),
        "reaches": _named(choices.reaches),
        "entries": _terms(Entry),
    },
}


class ConditionsField(QWidget):
    """The value is a dict of the conditions that ask for something, as ``Conditions`` takes it.

    Days that came from a filter of the problem page are kept, and told in a line that can take them away.
    """

    changed = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self.ledger = ReportLedger.PROBLEMS
        self.text = LineField(hint="搜索词：编号、地点、描述")
        self.picks: dict[str, SeveralField] = {}
        self.flags: dict[str, QCheckBox] = {}
        self._days: dict[str, Any] = {}
        self._told = QLabel()
        self._told.setProperty("role", "muted")
        self._told.setWordWrap(True)
        self._forget = push("去掉", self._forget_days)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(4)
        for column in range(_COLUMNS):
            self._grid.setColumnStretch(column * 2 + 1, 1)
        self.text.setAccessibleName("搜索词")
        self.text.changed.connect(self.changed)
        self.setFocusProxy(self.text)
        self._fill()

    def set_ledger(self, ledger: ReportLedger) -> None:
        """Offer the conditions of *ledger*; what the other has not is dropped."""
        if ledger is not self.ledger:
            self.ledger = ledger
            self._days = {}
            self._fill()

    def value(self) -> dict[str, Any]:
        found: dict[str, Any] = {key: pick.value() for key, pick in self.picks.items()}
        found |= {key: True for key, flag in self.flags.items() if flag.isChecked()}
        found |= {"text": self.text.value(), **self._days}
        return {key: value for key, value in found.items() if value}

    def set_value(self, value: Any) -> None:
        given: Mapping[str, Any] = value.given if isinstance(value, Conditions) else value or {}
        self.text.set_value(given.get("text", ""))
        for key, pick in self.picks.items():
            pick.set_value(given.get(key, ()))
        for key, flag in self.flags.items():
            flag.setChecked(bool(given.get(key)))
        self._days = {key: given[key] for key in DAYS if given.get(key)}
        self._tell_days()

    def set_error(self, sentence: str) -> None:
        mark(self.text, sentence)

    def complaint(self) -> str:
        return ""

    def _fill(self) -> None:
        """Lay out the conditions of the ledger: the text, the picks, the ticks, the days."""
        for widget in (*self.picks.values(), *self.flags.values(), *self.findChildren(QLabel)):
            if widget is not self._told:
                self._grid.removeWidget(widget)
                widget.hide()
                widget.deleteLater()
        self.picks, self.flags = {}, {}
        self._grid.addWidget(self.text, 0, 0, 1, _COLUMNS * 2)
        with self._workspace.read() as session:
            for place, (key, options) in enumerate(PICKS[self.ledger].items()):
                offered = self._chiefs(session) if key == "chiefs" else options(session)
                self._add(key, SeveralField(offered), place)
        row = 1 + -(-len(self.picks) // _COLUMNS)
        for place, key in enumerate(FLAGS[self.ledger]):
            self.flags[key] = QCheckBox(Conditions.model_fields[key].title or key)
            self.flags[key].clicked.connect(self.changed)
            self._grid.addWidget(self.flags[key], row + place // _COLUMNS, place % _COLUMNS * 2, 1, 2)
        row += -(-len(self.flags) // _COLUMNS) - 1
        self._grid.addWidget(self._told, row + 1, 0, 1, _COLUMNS * 2 - 1)
        self._grid.addWidget(self._forget, row + 1, _COLUMNS * 2 - 1, Qt.AlignmentFlag.AlignLeft)
        self._tell_days()

    def _add(self, key: str, pick: SeveralField, place: int) -> None:
        title = Conditions.model_fields[key].title or key
        label = QLabel(title)
        pick.setAccessibleName(title)
        pick.changed.connect(self.changed)
        self.picks[key] = pick
        row, column = 1 + place // _COLUMNS, place % _COLUMNS * 2
        self._grid.addWidget(label, row, column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._grid.addWidget(pick, row, column + 1)

    def _chiefs(self, session: Snapshot) -> Options:
        return list(names(session, Dimension.CHIEF, self._workspace.today()).items())

    def _tell_days(self) -> None:
        parts = []
        for key, (first, last) in self._days.items():
            days = "至".join(day.isoformat() if day else "" for day in (first, last))
            parts.append(f"{Conditions.model_fields[key].title}：{days}")
        self._told.setText("；".join(parts))
        for widget in (self._told, self._forget):
            widget.setVisible(bool(parts))

    def _forget_days(self) -> None:
        self._days = {}
        self._tell_days()
        self.changed.emit()
