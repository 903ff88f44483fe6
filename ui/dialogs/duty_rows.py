"""谁的巡河次数: the chiefs that make up a number of patrol duty, and the way to their logs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from operator import attrgetter
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from river_chief.figures.duty import ChiefDuty, DutyFigures, DutyLine, Missing
from ui.buttons import push
from ui.tables.figure_rows import FigureColumn
from ui.tables.figure_table import FigureTable

NAMES = {
    "missing": "还欠",
    "chiefs": "河长",
    "owed": "应巡",
    "compliant": "达标",
    "done": "实巡",
    "valid": "有效",
    "idle": "未巡",
    "zero_finding": "零发现",
}
MISSING = "missing"
PERSONS = ("chiefs", "idle", "zero_finding")
NOTES = {
    "done": "同一河段一天只计一次，所以可以少于日志份数。",
    "compliant": "以周、旬计的，期末所在的周从上期算起，所以可以多于有效次数。",
}
COLUMNS = {
    "owed": "应巡",
    "compliant": "达标",
    "done": "实巡",
    "valid": "有效",
    "patrols": "日志",
    "found": "发现",
}


@dataclass(frozen=True, slots=True)
class PersonDuty:
    """One person's patrol duty over all tenures and reaches."""

    name: str
    area: str
    level: str
    tenures: tuple[int, ...]
    owed: int
    compliant: int
    done: int
    valid: int
    patrols: int
    found: int


def persons_behind(duty: DutyFigures, key: str, line: DutyLine) -> list[PersonDuty]:
    """The persons counted under *key* in a line of *duty*, or whose patrols are."""
    own = _by_person(
        each
        for each in duty.chiefs
        if line.level in (None, each.level) and line.area_id in (None, each.area_id)
    )
    match key:
        case "chiefs":
            return own
        case "idle":
            return [each for each in own if each.owed and not each.done]
        case "zero_finding":
            return [each for each in own if each.patrols and not each.found]
        case _:
            return [each for each in own if getattr(each, key)]


def _by_person(tenures: Iterable[ChiefDuty]) -> list[PersonDuty]:
    held: dict[int, list[ChiefDuty]] = {}
    for each in tenures:
        held.setdefault(each.person_id, []).append(each)
    return [_person(own) for own in held.values()]


def _person(own: list[ChiefDuty]) -> PersonDuty:
    def total(value: Callable[[ChiefDuty], int]) -> int:
        return sum(map(value, own))

    return PersonDuty(
        name=own[0].name,
        area="、".join(dict.fromkeys(each.area for each in own)),
        level="、".join(dict.fromkeys(each.level.label for each in own)),
        tenures=tuple(each.tenure_id for each in own),
        owed=total(lambda each: each.owed),
        compliant=total(lambda each: each.compliance.numerator),
        done=total(lambda each: each.done),
        valid=total(lambda each: each.valid),
        patrols=total(lambda each: each.patrols),
        found=total(lambda each: each.found),
    )


class DutyRowsDialog(QDialog):
    """``logs_asked(tenures)``: the logs of some chiefs are wanted; the dialog closes then.

    Shows *lines* (``PersonDuty``, or ``Missing`` for the key ``MISSING``) that make *number* under *key*.
    """

    logs_asked = Signal(object)

    def __init__(self, parent: QWidget, key: str, number: int, lines: Sequence[Any], where: str) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.lines = list(lines)
        name = NAMES[key]
        self.setWindowTitle(f"{name}　{where}")
        unit = "人" if key in PERSONS else "次"
        persons = "" if key in PERSONS else f"，共 {len({each.name + each.area for each in lines})} 人"
        self.words = QLabel(f"{name} {number:,} {unit}{persons}。{NOTES.get(key, '')}")
        self.words.setWordWrap(True)
        columns = _missing_columns() if key == MISSING else _person_columns(key)
        self.table = FigureTable(columns, f"{name} {where}")
        self.table.rows.show_lines(self.lines)
        self.table.asked.connect(lambda _key, line: self._ask([line]))
        self.table.doubleClicked.connect(lambda index: self._ask([self.table.rows.line_at(index.row())]))
        self.logs = push("看这些人的巡河日志(&L)", partial(self._ask, self.lines), sign="route")
        buttons = QHBoxLayout()
        buttons.addWidget(self.logs)
        buttons.addStretch()
        buttons.addWidget(push("关闭(&Z)", self.reject))
        layout = QVBoxLayout(self)
        layout.addWidget(self.words)
        layout.addWidget(self.table, 1)
        layout.addLayout(buttons)
        self.resize(720, min(180 + 25 * len(self.lines), 560))
        self.table.setFocus()
        if self.lines:
            self.table.setCurrentIndex(self.table.rows.index(0, 0))

    def _ask(self, lines: Sequence[Any]) -> None:
        tenures = [tenure for each in lines for tenure in _tenures(each)]
        self.accept()
        self.logs_asked.emit(tuple(dict.fromkeys(tenures)))


def _tenures(line: PersonDuty | Missing) -> tuple[int, ...]:
    return (line.tenure_id,) if isinstance(line, Missing) else line.tenures


def _person_columns(key: str) -> list[FigureColumn]:
    """Name and place, then the counts; the one asked for first."""
    order = [each for each in (key, *COLUMNS) if each in COLUMNS]
    return [
        _text("河长", 5, attrgetter("name")),
        _text("行政区", 8, attrgetter("area")),
        _text("层级", 4, attrgetter("level")),
        *(_count(COLUMNS[each], each) for each in dict.fromkeys(order)),
    ]


def _missing_columns() -> list[FigureColumn]:
    return [
        _text("姓名", 5, attrgetter("name")),
        _text("行政区", 7, attrgetter("area")),
        _text("河段", 9, lambda each: each.reach or "名下河段"),
        *(_count(name, key) for key, name in ((MISSING, "还欠"), ("owed", "应巡"), ("compliant", "达标"))),
        _text("应补时间", 12, _days),
    ]


def _days(each: Missing) -> str:
    return "；".join(f"{gap.first:%m-%d}至{gap.until:%m-%d}" for gap in each.shortfalls)


def _text(head: str, width: float, text: Callable[[Any], str]) -> FigureColumn:
    return FigureColumn(head, width, text, text, is_words=True)


def _count(head: str, key: str) -> FigureColumn:
    """A count; that of the logs leads to them."""
    value: Callable[[Any], int] = attrgetter(key)
    asks = key if key in ("patrols", "found") else ""
    return FigureColumn(head, 3, lambda line: f"{value(line):,}", value, asks=asks, words=("看巡河日志", ""))
