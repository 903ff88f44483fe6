"""What an import would do, row by row, before anything is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from river_chief.fields.field import Value
from river_chief.intake.doings import Doing, Ref
from river_chief.intake.sheet_reader import RawSheet
from river_chief.terms import ImportKind, Term


class RowState(Term):
    """What would become of a row."""

    NEW = "new", "新增"
    CHANGED = "changed", "变更"
    SAME = "same", "相同"
    DOUBTFUL = "doubtful", "存疑"
    REFUSED = "refused", "拒收"


class MissingKind(Term):
    """What a sheet may name that the ledger does not have yet and the clerk may have added."""

    VILLAGE = "village", "村"
    WATER = "water", "河湖"
    REACH = "reach", "河段"
    CAMPAIGN = "campaign", "专项"
    CHIEF = "chief", "河长"


@dataclass(frozen=True, slots=True)
class Missing:
    """A record the sheet names and the ledger lacks.

    ``within``  the water of a reach, the division of a chief.
    ``rows``    rows that wait for it.  ``words``  what would be added, for the clerk.
    """

    kind: MissingKind
    name: str
    within: str = ""
    rows: tuple[int, ...] = field(default=(), compare=False)
    words: str = field(default="", compare=False)

    @property
    def ref(self) -> Ref:
        """The record it becomes when it is added."""
        return Ref(self.kind.value, self.name, self.within)


@dataclass(frozen=True, slots=True)
class BadCell:
    """A cell that is refused: address, field key, head of its column, what it shows, and why.

    ``address`` is empty when the sheet has no such column.
    """

    address: str
    key: str
    column: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field the sheet has another value for than the ledger; texts as a clerk reads them."""

    field: str
    label: str
    before: Value
    after: Value
    before_text: str
    after_text: str


@dataclass(frozen=True, slots=True)
class RowPlan:
    """What would become of one row.

    ``key``      the number or words by which the record is found.
    ``known``    the ledger has the record already.
    ``doubts``   why a row is doubtful.  ``notes``  what was worked out and the clerk may want to see.
    ``doings``   what applying the row does; a doubtful row without any can not be ticked.
    ``late``     what is done once all rows are in.
    """

    row: int
    state: RowState
    key: str
    known: bool
    cells: tuple[BadCell, ...] = ()
    doubts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    changes: tuple[FieldChange, ...] = ()
    doings: tuple[Doing, ...] = ()
    late: tuple[Doing, ...] = ()

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why the row is refused or doubtful, cell by cell."""
        cells = tuple(f"{cell.address or cell.column}：{cell.reason}" for cell in self.cells)
        return cells + self.doubts


@dataclass(frozen=True, slots=True)
class Answers:
    """What the clerk has said to a plan, for the next one.

    ``add``    missing records to be added with the import.
    ``given``  field key → text for cells that are empty.
    ``cells``  (row, field key) → text to be read in place of the cell.
    """

    add: frozenset[Missing] = frozenset()
    given: Mapping[str, str] = field(default_factory=dict)
    cells: Mapping[tuple[int, str], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plan:
    """What importing a sheet would do to the ledger as it was when asked.

    ``unused_columns``  heads of known columns that an import does not take over.
    ``making``          what adds the missing records that were asked for.
    ``order``           row numbers in the order in which they are carried out.
    ``seen``            id of the newest act of the journal the plan knows of.
    """

    kind: ImportKind
    sheet: RawSheet
    rows: tuple[RowPlan, ...]
    missing: tuple[Missing, ...]
    unused_columns: tuple[str, ...]
    making: tuple[Doing, ...]
    order: tuple[int, ...]
    answers: Answers
    today: date
    seen: int

    @property
    def counts(self) -> dict[RowState, int]:
        """How many rows are in each state."""
        found = dict.fromkeys(RowState, 0)
        for row in self.rows:
            found[row.state] += 1
        return found
