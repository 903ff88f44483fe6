"""A paper as plain data: what stands on it and in which order, nothing about how it is drawn.

Whoever draws it (pdf, xlsx, docx) prints the same texts in the same order. A cell carries its
text and, where there is one, the number or day behind it, so that a sheet gets real values.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from itertools import groupby

from river_chief.fields.field import Field, Value
from river_chief.fields.field import Kind as FieldKind
from river_chief.papers.charts.chart import Chart
from river_chief.papers.formulas import Formula

Quantity = int | float | Decimal | date


class Kind(Enum):
    """What a column holds. Numbers stand right, days and orders in the middle; only text is wrapped.

    CODE is a number that names something: 问题编号, 交办单号, 联系电话. ORDER is a place in a row: 序号, 排名.
    """

    TEXT = "text"
    CODE = "code"
    NUMBER = "number"
    DATE = "date"
    ORDER = "order"


class Level(Enum):
    """Level of a paragraph: 一、 · （一） · body; and the parts around a letter's body (GB/T 9704-2012, chapter 7).

    ATTACHED   附件说明 under the body: 附件：….   ATTACHMENT  附件 at the head of the attached page.
    SIGNED     署名 and, on the next line, 成文日期 under it.   ADDRESS  主送机关, from the left edge.
    """

    HEADING = "heading"
    SUBHEADING = "subheading"
    BODY = "body"
    ADDRESS = "address"
    ATTACHED = "attached"
    SIGNED = "signed"
    ATTACHMENT = "attachment"


class Orientation(Enum):
    """How the A4 sheet lies."""

    PORTRAIT = "portrait"
    LANDSCAPE = "landscape"


class Style(Enum):
    """LIST: a dense ruled list in Song. LETTER: text and tables in the manner of GB/T 9704-2012."""

    LIST = "list"
    LETTER = "letter"


class SignOn(Enum):
    """Where the signature row stands."""

    EVERY_PAGE = "every"
    LAST_PAGE = "last"


@dataclass(frozen=True, slots=True)
class Labelled:
    """填报单位：砚溪镇河长办. An empty text leaves room for the pen."""

    label: str
    text: str = ""

    def __str__(self) -> str:
        return f"{self.label}：{self.text}"


@dataclass(frozen=True, slots=True)
class Cell:
    """The text on paper and the number or day behind it (None where it is only text).

    A workbook gets the *formula*, if there is one, with *value* (or the text) as what it came to.
    """

    text: str = ""
    value: Quantity | None = None
    formula: Formula | None = None


def cell_of(field: Field, value: Value) -> Cell:
    """The cell for *value* of *field*, in the field's own format."""
    behind = value if isinstance(value, int | float | Decimal | date) else None
    return Cell(field.text(value), None if isinstance(value, bool) else behind)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, its width in Chinese characters, and the head it shares with neighbours."""

    label: str
    width: float = 8
    kind: Kind = Kind.TEXT
    group: str = ""


_COLUMN_KINDS = {
    FieldKind.INTEGER: Kind.NUMBER,
    FieldKind.NUMBER: Kind.NUMBER,
    FieldKind.DATE: Kind.DATE,
}


def column_of(field: Field, *, label: str = "", width: float = 0, group: str = "") -> Column:
    """The column of *field*; *label* and *width* replace the field's own."""
    kind = _COLUMN_KINDS.get(field.kind, Kind.TEXT)
    return Column(label or field.heading, width or field.width, kind, group)


@dataclass(frozen=True, slots=True)
class HeadCell:
    """A cell of the head rows, with its first column (from 0) and how far it reaches."""

    text: str
    column: int
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Group:
    """A line across the table above the rows it names: 上砚村（3件）."""

    text: str


Cells = tuple[Cell, ...]


def noted(notes: Sequence[str]) -> tuple[str, ...]:
    """*notes* as they are read: 注：1. … and the others under it; one alone has no number."""
    if len(notes) < 2:
        return tuple(f"注：{note}" for note in notes)
    marks = ("注：", *["　　"] * (len(notes) - 1))
    return tuple(f"{mark}{at}. {note}" for at, (mark, note) in enumerate(zip(marks, notes, strict=True), 1))


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table. The head repeats on every page; *empty* is printed when there are no rows.

    *lines* is the least height of a row in lines of text: 1.6 leave room for the pen. *notes* are printed in
    small type right under it: what its columns mean.
    Raises ``ValueError`` when a row has not one cell for each column.
    """

    columns: tuple[Column, ...]
    rows: tuple[Cells | Group, ...]
    total: Cells = ()
    caption: str = ""
    empty: str = "（无）"
    lines: float = 1
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        wanted = len(self.columns)
        for number, row in enumerate((*self.rows, *([self.total] if self.total else [])), start=1):
            if not isinstance(row, Group) and len(row) != wanted:
                raise ValueError(f"{self.caption}: row {number} has {len(row)} cells, not {wanted}")

    @property
    def head(self) -> tuple[tuple[HeadCell, ...], ...]:
        """One head row, or two where columns share a group."""
        if not any(column.group for column in self.columns):
            return (tuple(HeadCell(column.label, at) for at, column in enumerate(self.columns)),)
        upper: list[HeadCell] = []
        lower: list[HeadCell] = []
        for name, members in groupby(enumerate(self.columns), key=lambda pair: pair[1].group):
            held = list(members)
            if name:
                upper.append(HeadCell(name, held[0][0], columns=len(held)))
                lower.extend(HeadCell(column.label, at) for at, column in held)
            else:
                upper.extend(HeadCell(column.label, at, rows=2) for at, column in held)
        return tuple(upper), tuple(lower)

    @property
    def note_lines(self) -> tuple[str, ...]:
        """The notes under the table as they are read."""
        return noted(self.notes)

    @property
    def keys(self) -> tuple[str, ...]:
        """What formulas call the columns: the label, with the group before it where several share a label."""
        labels = [column.label for column in self.columns]
        return tuple(
            column.label if labels.count(column.label) == 1 else f"{column.group}{column.label}"
            for column in self.columns
        )

    @property
    def cell_rows(self) -> Iterator[Cells]:
        """The rows of cells, without group lines and total."""
        return (row for row in self.rows if not isinstance(row, Group))


@dataclass(frozen=True, slots=True)
class FormCell:
    """A cell of a form; *lines* is the least height, in lines of text."""

    text: str = ""
    value: Quantity | None = None
    label: bool = False
    columns: int = 1
    rows: int = 1
    lines: int = 1


@dataclass(frozen=True, slots=True)
class FormTable:
    """A form of labels and values; *widths* are the columns' shares, cells may span.

    Raises ``ValueError`` when the cells leave a gap or overlap.
    """

    widths: tuple[float, ...]
    rows: tuple[tuple[FormCell, ...], ...]
    caption: str = ""

    def __post_init__(self) -> None:
        covered = sum(cell.columns * cell.rows for row in self.rows for cell in row)
        if covered != len(self.widths) * len(self.rows):
            raise ValueError(f"{self.caption}: the cells of the form do not fill it")

    @property
    def placed(self) -> Iterator[tuple[int, int, FormCell]]:
        """Row, column (both from 0) and cell, each cell in the first free place of its row."""
        taken: set[tuple[int, int]] = set()
        for at_row, row in enumerate(self.rows):
            for cell in row:
                at = next(at for at in range(len(self.widths)) if (at_row, at) not in taken)
                taken.update(
                    (at_row + down, at + right) for down in range(cell.rows) for right in range(cell.columns)
                )
                yield at_row, at, cell


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of running text."""

    text: str
    level: Level = Level.BODY


@dataclass(frozen=True, slots=True)
class Turn:
    """From here on a new page, lying this way."""

    orientation: Orientation


@dataclass(frozen=True, slots=True, kw_only=True)
class DataSheet:
    """Rows only a workbook has room for, to be filtered there; the proof of what stands in the tables.

    Rows hold plain values. Columns of kind NUMBER are summed above the head, as far as the filter shows them;
    *key* columns stay in view. *notes* stand above it all.
    """

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str | int | float | date | None, ...], ...]
    notes: tuple[str, ...] = ()
    key: int = 1


@dataclass(frozen=True, slots=True)
class ChartBlock:
    """A chart over the width of the page; its *caption* stands above it, in place of its own title."""

    chart: Chart
    caption: str = ""


Placed = Paragraph | Table | FormTable | ChartBlock
Block = Placed | Turn


@dataclass(frozen=True, slots=True)
class Section:
    """The blocks on pages that lie the same way."""

    orientation: Orientation
    blocks: tuple[Placed, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A paper on A4.

    ``dated``       the day the paper bears; files made from it carry no other time.
    ``head``        lines between title and body, spread from left to right.
    ``signatures``  the signature row, on every page or on the last.
    ``notes``       numbered under the last block.  ``foot``  short words at the foot of each page.
    ``workings``    what only the workbook has, behind its tables: the cells its formulas reckon with.
    ``remarks``     what the clerk should see to before it goes out; never printed.
    """

    title: str
    dated: date
    blocks: tuple[Block, ...]
    subtitle: str = ""
    office: str = ""
    head: tuple[Labelled, ...] = ()
    signatures: tuple[Labelled, ...] = ()
    sign_on: SignOn = SignOn.EVERY_PAGE
    notes: tuple[str, ...] = ()
    foot: str = ""
    style: Style = Style.LIST
    orientation: Orientation = Orientation.LANDSCAPE
    workings: tuple[Table | DataSheet, ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def sections(self) -> tuple[Section, ...]:
        """The blocks, cut where the sheet turns; a paper without blocks is one empty section."""
        cut: list[tuple[Orientation, list[Placed]]] = [(self.orientation, [])]
        for block in self.blocks:
            if isinstance(block, Turn):
                cut.append((block.orientation, []))
            else:
                cut[-1][1].append(block)
        filled = tuple(Section(way, tuple(blocks)) for way, blocks in cut if blocks)
        return filled or (Section(self.orientation, ()),)

    @property
    def note_lines(self) -> tuple[str, ...]:
        """The notes as they are read: 注：1. … and the others under it."""
        return noted(self.notes)

    @property
    def tables(self) -> tuple[Table | FormTable, ...]:
        """Its tables and forms in order."""
        return tuple(block for block in self.blocks if isinstance(block, Table | FormTable))
