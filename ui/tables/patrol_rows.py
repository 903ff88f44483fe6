"""The rows of a sheet of paper logs: day, code of chief and reach, minutes, kilometres, found or not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from river_chief.intake import dates
from river_chief.intake.cell import Unreadable
from river_chief.queries.patrol_walkers import Charge, Walker
from river_chief.rules.periods import Span
from river_chief.terms import Entry
from ui.style import Tone
from ui.tables.entry_table import EntryModel

Index = QModelIndex | QPersistentModelIndex
HEADS = ("日", "代码", "河长　河段", "分钟", "公里", "发现问题", "问题情况", "核对")
DAY, CODE, WHO, MINUTES, KM, FOUND, WORDS, STATE = range(len(HEADS))
TYPED = (DAY, CODE, MINUTES, KM, FOUND, WORDS)
WIDTHS = (3, 3, 14, 3, 3, 5, 11, 12)
_HALF_WIDTH = str.maketrans("０１２３４５６７８９．。", "0123456789..")


@dataclass(frozen=True, slots=True)
class Code:
    """What a code on the sheet stands for: someone on one or on all of the reaches."""

    number: int
    walker: Walker
    charges: tuple[Charge, ...]

    @property
    def reaches(self) -> str:
        """Names of the reaches."""
        return "、".join(charge.reach for charge in self.charges)


def codes_of(walkers: Sequence[Walker]) -> list[Code]:
    """Number the walkers; one with several reaches also gets a code for each of them."""
    found: list[Code] = []
    for walker in walkers:
        parts = [walker.charges] if len(walker.charges) == 1 else [walker.charges, *_each(walker)]
        for charges in parts:
            found.append(Code(len(found) + 1, walker, charges))
    return found


def _each(walker: Walker) -> list[tuple[Charge, ...]]:
    return [(charge,) for charge in walker.charges]


@dataclass(slots=True)
class SheetRow:
    """What was typed in one row, by column, and what is wrong with it ("" for nothing)."""

    texts: dict[int, str] = field(default_factory=dict)
    fault: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was typed."""
        return not any(self.texts.values())


class PatrolRows(EntryModel):
    """The sheet; ``checked`` is emitted after every change. An empty last row waits for the next log."""

    checked = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.days = Span(date.max, date.max)
        self.today = date.max
        self.codes: dict[int, Code] = {}
        self.rows: list[SheetRow] = [SheetRow()]

    # The sheet

    def set_frame(self, days: Span, today: date, codes: Sequence[Code]) -> None:
        """Say of which days and of whom the logs are; what was typed is checked again."""
        self.days, self.today = days, today
        self.codes = {code.number: code for code in codes}
        self._check()

    def filled(self) -> list[SheetRow]:
        """The rows in which something was typed."""
        return [row for row in self.rows if not row.is_empty]

    def faults(self) -> list[tuple[int, str]]:
        """(row from 1, sentence) for each row that can not be saved."""
        return [(place, row.fault) for place, row in enumerate(self.rows, 1) if row.fault]

    def values(self, row: SheetRow) -> dict[str, Any]:
        """The input of ``record_patrol`` for a row without a fault; the hour is not known."""
        day, code = self._day(row), self._code(row)
        if not isinstance(day, date) or code is None:
            raise ValueError("a row with a fault has no values")
        minutes, km = (_number(row.texts.get(column, "")) for column in (MINUTES, KM))
        return {
            "tenure_id": code.walker.tenure_id,
            "reach_ids": tuple(dict.fromkeys(charge.reach_id for charge in code.charges)),
            "started_at": datetime.combine(day, time.min),
            **({"minutes": minutes} if minutes is not None else {}),
            **({"km": km} if km is not None else {}),
            "has_finding": row.texts.get(FOUND) == "1",
            "finding": row.texts.get(WORDS, ""),
            "entry": Entry.PAPER,
        }

    # For the table

    def next_cell(self, row: int, column: int) -> tuple[int, int]:
        """Days to words; words only where something was found. An empty code takes the one above."""
        if column == CODE and row > 0 and not self.rows[row].texts.get(CODE):
            self._put(row, CODE, self.rows[row - 1].texts.get(CODE, ""))
        skips = self.rows[row].texts.get(FOUND) != "1"
        after = [each for each in TYPED if each > column and not (each == WORDS and skips)]
        if after:
            return row, after[0]
        if row + 1 == len(self.rows):
            self.beginInsertRows(QModelIndex(), row + 1, row + 1)
            self.rows.append(SheetRow())
            self.endInsertRows()
        return row + 1, DAY

    def remove_row(self, row: int) -> None:
        self.beginRemoveRows(QModelIndex(), row, row)
        del self.rows[row]
        self.endRemoveRows()
        if not self.rows:
            self.beginInsertRows(QModelIndex(), 0, 0)
            self.rows.append(SheetRow())
            self.endInsertRows()
        self._check()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(HEADS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return HEADS[section] if orientation is Qt.Orientation.Horizontal else str(section + 1)

    def flags(self, index: Index) -> Qt.ItemFlag:
        plain = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return plain | Qt.ItemFlag.ItemIsEditable if index.column() in TYPED else plain

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.EditRole:
            return row.texts.get(index.column(), "")
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._shown(row, index.column())
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == STATE and row.fault:
            return QColor(Tone.ALERT.value)
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole:
            return False
        self._put(index.row(), index.column(), str(value).strip())
        return True

    def _put(self, row: int, column: int, text: str) -> None:
        plain = text if column == WORDS else text.translate(_HALF_WIDTH)
        if column == FOUND:
            plain = "" if plain in ("0", "否", "正常") else "1" if plain in ("1", "是") else plain
        self.rows[row].texts[column] = plain
        self._check()

    def _shown(self, row: SheetRow, column: int) -> str:
        if column == STATE:
            return row.fault or ("" if row.is_empty else "可保存")
        if column == WHO:
            code = self._code(row)
            return f"{code.walker.name}　{code.reaches}" if code else ""
        if column == FOUND and not row.is_empty:
            return {"1": "1 有", "": "0 无"}.get(row.texts.get(FOUND, ""), row.texts.get(FOUND, ""))
        if column == DAY and isinstance(day := self._day(row), date):
            return f"{day.month}.{day.day}"
        return row.texts.get(column, "")

    # Checking

    def _check(self) -> None:
        seen: dict[tuple[date, int, int], int] = {}
        for place, row in enumerate(self.rows, 1):
            row.fault = "" if row.is_empty else self._fault(row) or self._twin(row, place, seen)
        last = self.index(len(self.rows) - 1, len(HEADS) - 1)
        self.dataChanged.emit(self.index(0, 0), last)
        self.checked.emit()

    def _fault(self, row: SheetRow) -> str:
        day, code = self._day(row), self._code(row)
        if not isinstance(day, date):
            return day
        if day > self.today:
            return "晚于今天"
        if code is None:
            return f"没有代码“{row.texts.get(CODE, '')}”" if row.texts.get(CODE) else "请填代码"
        if not all(charge.holds_on(day) for charge in code.charges):
            return f"{code.walker.name}当日不负责这里"
        for column, name in ((MINUTES, "分钟"), (KM, "公里")):
            text = row.texts.get(column, "")
            if text and _number(text) is None:
                return f"{name}“{text}”应是数字"
        return self._other_fault(row)

    def _other_fault(self, row: SheetRow) -> str:
        minutes = _number(row.texts.get(MINUTES, ""))
        if minutes is not None and (minutes > 1440 or minutes != int(minutes)):
            return "分钟应是0至1440的整数"
        if row.texts.get(FOUND, "") not in ("", "1"):
            return "发现问题填1，没有填0"
        if row.texts.get(WORDS) and row.texts.get(FOUND) != "1":
            return "写了问题，请在“发现问题”填1"
        return ""

    def _twin(self, row: SheetRow, place: int, seen: dict[tuple[date, int, int], int]) -> str:
        day, code = self._day(row), self._code(row)
        if not isinstance(day, date) or code is None:
            return ""
        first = 0
        for charge in code.charges:
            first = first or seen.setdefault((day, code.walker.tenure_id, charge.reach_id), place)
            first = 0 if first == place else first
        return f"与第{first}行重复" if first else ""

    def _day(self, row: SheetRow) -> date | str:
        """The day, or what is wrong with it."""
        text = row.texts.get(DAY, "")
        if not text:
            return "请填日期"
        if text.isdigit() and len(text) <= 2:
            days = (
                date.fromordinal(n)
                for n in range(self.days.first.toordinal(), self.days.last.toordinal() + 1)
            )
            return next((day for day in days if day.day == int(text)), f"本月没有{text}日")
        if part := _MONTH_DAY.fullmatch(text):
            text = f"{part[1]}月{part[2]}日"
        found: date | Unreadable | None = None
        for year in (self.days.first.year, self.days.last.year):
            found = dates.day(text, year=year)
            if found in self.days and isinstance(found, date):
                return found
        return f"{found:%Y-%m-%d} 不在本月" if isinstance(found, date) else f"日期“{text}”看不懂"

    def _code(self, row: SheetRow) -> Code | None:
        text = row.texts.get(CODE, "")
        return self.codes.get(int(text)) if text.isdigit() else None


_MONTH_DAY = re.compile(r"(\d{1,2})[.\-/](\d{1,2})")


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if 0 <= value < 10_000 else None
