"""A row being planned: its cells read by their fields, and everything found wrong with them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from river_chief.fields.field import FieldSet, Kind, Value
from river_chief.intake.cell import RawCell, Unreadable, shown
from river_chief.intake.cells import read
from river_chief.intake.characters import compact, plain
from river_chief.intake.doings import Ref
from river_chief.intake.plan import Answers, BadCell, Missing
from river_chief.intake.raw_rows import RawRow
from river_chief.intake.sheet_reader import RawSheet

_SEPARATORS = re.compile(r"[、,;/\n]")
# A space after one of these parts two names: 上砚村 下砚村.
_AFTER_A_NAME = re.compile(r"(?<=[村区段河溪渠])[ \u00a0\u3000]+")

_NOTHING = frozenset(("无", "暂无"))
# 无 is an answer to a question, and a remark of its own in a long text.
_MAY_SAY_NO = (Kind.FLAG, Kind.LONG_TEXT)


@dataclass(frozen=True, slots=True)
class SheetDesk:
    """What all rows of a sheet share: the sheet, its fields, and what the clerk has answered."""

    sheet: RawSheet
    fields: FieldSet
    answers: Answers
    heads: dict[str, str]

    @classmethod
    def of(cls, sheet: RawSheet, fields: FieldSet, answers: Answers) -> SheetDesk:
        """The desk for a sheet; ``heads`` are the column heads by field key."""
        return cls(sheet, fields, answers, {column.key: column.head for column in sheet.columns})


class SheetRow:
    """One row while it is planned. Reading a cell never raises; what is wrong is kept."""

    def __init__(self, raw: RawRow, desk: SheetDesk) -> None:
        self._raw = raw
        self.desk = desk
        self.number = raw.row_number
        self.bad: dict[str, BadCell] = {}
        self.doubts: list[str] = []
        self.notes: list[str] = []
        self.wanted: list[Missing] = []
        self._read: dict[str, Value] = {}

    def cell(self, key: str) -> RawCell:
        """The cell of a field: as corrected by the clerk, as found, or as given for all empty ones."""
        found = self._raw.cells.get(key, RawCell("", None))
        if isinstance(found.value, str) and self._says_nothing(key, found.value):
            found = RawCell(found.address, None)
        corrected = self.desk.answers.cells.get((self.number, key))
        if corrected is not None:
            return RawCell(found.address, corrected or None)
        if found.value is None and (given := self.desk.answers.given.get(key)):
            return RawCell(found.address, given)
        return found

    def _says_nothing(self, key: str, text: str) -> bool:
        """Whether a cell is left open: blank, or with the stroke or 无 that stands for nothing in a form."""
        words = plain(text)
        return not words.strip("/-—–―－") or (
            words in _NOTHING and self.desk.fields[key].kind not in _MAY_SAY_NO
        )

    def has(self, key: str) -> bool:
        """Whether the cell of a field says anything."""
        return self.cell(key).value is not None

    def read(self, key: str, *, on: date | None = None) -> Value:
        """The value of a field; None when the cell is empty or refused. *on* is the day of a bare time."""
        if key in self._read:
            return self._read[key]
        cell = self.cell(key)
        if cell.value is None:
            return None
        answer = read(self.desk.fields[key], cell.value, replace(self.desk.sheet.context(key), on=on))
        found = self._read[key] = self.taken(key, answer)
        return found

    def taken(self, key: str, answer: Value | Unreadable) -> Value:
        """*answer*, or None after the cell was refused with its reason."""
        if isinstance(answer, Unreadable):
            self.refuse(key, answer.reason)
            return None
        return answer

    def words(self, key: str) -> str:
        """The words of a text field, "" when there are none."""
        found = self.read(key)
        return found if isinstance(found, str) else ""

    def names(self, key: str) -> tuple[str, ...]:
        """The names a cell lists, parted by 、 or the like."""
        parts = (part.strip() for part in _SEPARATORS.split(compacted(self.words(key))))
        return tuple(dict.fromkeys(part for part in parts if part))

    def day(self, key: str) -> date | None:
        """The day of a date field."""
        found = self.read(key)
        return found if isinstance(found, date) else None

    def refuse(self, key: str, reason: str) -> None:
        """Refuse the cell of a field; the first reason stands."""
        cell = self.cell(key)
        if cell.value is None:
            cell = self._raw.cells.get(key, cell)
        self.bad.setdefault(key, BadCell(cell.address, key, self.head(key), shown(cell.value), reason))

    def require(self, *keys: str) -> None:
        """Refuse the row where one of these cells is empty."""
        for key in keys:
            if not self.has(key):
                self.lack(key)

    def lack(self, key: str) -> None:
        """Refuse the row because *key* is not filled in."""
        label = self.desk.fields[key].label
        if key in self.desk.heads:
            self.refuse(key, f"请填写{label}。")
        else:
            self.refuse(key, f"表里没有“{label}”一列，请补上这一列，或在导入时统一填写。")

    def doubt(self, sentence: str) -> None:
        """Leave the row to the clerk, who may tick it."""
        self.doubts.append(sentence)

    def note(self, sentence: str) -> None:
        """Say what was worked out."""
        self.notes.append(sentence)

    def need(self, key: str, missing: Missing) -> Ref | None:
        """The record *missing* becomes if the clerk had it added; else the cell is refused for now."""
        self.wanted.append(missing)
        if missing in self.desk.answers.add:
            return missing.ref
        within = f"（{missing.within}）" if missing.within else ""
        self.refuse(
            key,
            f"台账里没有{missing.kind.label}“{missing.name}”{within}，请核对名称，或勾选把它一并新增。",
        )
        return None

    def head(self, key: str) -> str:
        """The head of the column of a field, its label where the sheet has none."""
        return self.desk.heads.get(key) or self.desk.fields[key].label


def compacted(text: str) -> str:
    """*text* in half width without spaces; two names parted by a space stand on two lines."""
    return "\n".join(compact(line) for line in _AFTER_A_NAME.sub("\n", text).split("\n"))
