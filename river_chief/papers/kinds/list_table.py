"""A ruled list made of the rows of a ledger: its number in front, a column for each field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any

from river_chief.fields.field import Field, FieldSet
from river_chief.fields.field import Kind as FieldKind
from river_chief.papers.document import Cell, Column, Kind, Table, cell_of, column_of
from river_chief.papers.kinds.reckoned import summed
from river_chief.rules.masking import mask_phone

NUMBERING = Column("序号", 2.4, Kind.ORDER)
_EMPTY_WIDTH = 2.2
_CODES = frozenset(
    "number outside_number assign_number patch_number problem_number officer_phone phone code water_code parent_code "
    "upper_code".split()
)
_PHONES = frozenset(("officer_phone", "phone"))
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a list: field keys in order, with other labels and widths where the paper has them.

    Columns that are ``summed`` have their sum in the line under the rows.
    """

    fields: FieldSet
    keys: Sequence[str]
    labels: Mapping[str, str] = field(default_factory=dict)
    widths: Mapping[str, float] = field(default_factory=dict)
    summed: Sequence[str] = ()

    def table(
        self, rows: Sequence[Values], total: str, *, public: bool = False, empty: str = "（无）"
    ) -> Table:
        """Rows numbered from 1, with *total* in the line under them; a public list masks phones.

        A column in which nothing stands takes no more room than its head needs.
        """
        fields = self.fields.pick(*self.keys)
        cells = [tuple(self._cell(each, row[each.key], public) for each in fields) for row in rows]
        columns = (NUMBERING, *(self._column(each, at, cells) for at, each in enumerate(fields)))
        return Table(
            columns,
            tuple((Cell(str(at), at), *row) for at, row in enumerate(cells, 1)),
            total=self._total(total, rows) if rows else (),
            empty=empty,
        )

    def _cell(self, each: Field, value: Any, public: bool) -> Cell:
        if each.key in _PHONES and value and public:
            value = mask_phone(value)
        return cell_of(each, value)

    def _column(self, each: Field, at: int, cells: Sequence[tuple[Cell, ...]]) -> Column:
        column = column_of(each, label=self.labels.get(each.key, ""), width=self.widths.get(each.key, 0))
        if each.key in _CODES or each.kind is FieldKind.MOMENT:
            column = replace(column, kind=Kind.CODE)
        if cells and not any(row[at].text for row in cells):
            return replace(column, width=_EMPTY_WIDTH, kind=Kind.TEXT)
        return column

    def _total(self, text: str, rows: Sequence[Values]) -> tuple[Cell, ...]:
        sums = (self._sum(key, rows) for key in self.keys[1:])
        return Cell("合计"), Cell(text), *sums

    def _sum(self, key: str, rows: Sequence[Values]) -> Cell:
        if key not in self.summed:
            return Cell()
        field = self.fields[key]
        exact = sum((Decimal(str(row[key])) for row in rows if row[key] is not None), Decimal(0))
        label = self.labels.get(key) or field.heading
        return summed(cell_of(field, exact), (cell_of(field, row[key]) for row in rows), label)
