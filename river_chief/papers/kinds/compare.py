"""四比情况表: the villages side by side, ranked in each of the four comparisons, and the figures behind."""

from __future__ import annotations

from collections.abc import Sequence

from river_chief.errors import Refusal
from river_chief.figures.four import Amount, Figure, FourFigures, Place, VillageFour
from river_chief.figures.four_closed import compared
from river_chief.figures.ratio import Ratio
from river_chief.papers.document import Cell, Cells, Column, Document, Kind, Table
from river_chief.papers.kinds.list_table import NUMBERING
from river_chief.papers.kinds.monthly_tables import rate_cell
from river_chief.papers.kinds.problem_list import list_document
from river_chief.papers.kinds.reckoned import with_sums
from river_chief.papers.kinds.wanted import Wanted
from river_chief.rules.four_words import SideWords
from river_chief.rules.lights import LIT
from river_chief.rules.ranking import NO_TASK
from river_chief.rules.rounding import NOTHING, half_up

PLACE = Column("村（社区）", 7)
NOWHERE = Place(None, None, None)


def comparison(wanted: Wanted) -> Document:
    """The four comparisons of the days wanted; of the whole office, never of one village."""
    if wanted.village is not None:
        raise Refusal("四比把各村放在一起比较，不能只做一个村的。")
    four = compared(wanted.session, wanted.settings, wanted.month, wanted.today, wanted.edition)
    amount, quality, speed, effect = four.sides
    return list_document(
        wanted,
        "河长制工作四比情况表",
        _places(four),
        _figures(four, "表二　问题比数量、检查比质量", (amount, quality)),
        _figures(four, "表三　整改比速度、成效比高度", (speed, effect)),
        notes=notes(four),
    )


def notes(four: FourFigures) -> tuple[str, ...]:
    """How the ranks come about, what changes are against, and every definition."""
    leads = "，".join(f"{side.name}看{four.lead_name(side)}" for side in four.sides)
    defined = (
        f"{side.name}：{''.join(dict.fromkeys(each.sentence for each in side.figures))}"
        for side in four.sides
    )
    return (
        f"{leads}。四项各自排名，不合成总分；并列的名次相同，没有可比数据的为{NO_TASK}，不参加排名。",
        f"位次变化与{four.before}比：↑上升，↓下降，平为不变，新为{four.before}未排名。"
        "红黄绿按本单位设定的标准：● 绿、▲ 黄、■ 红。",
        "巡河只计村级河长；巡河日志按份数计。",
        *defined,
    )


def _places(four: FourFigures) -> Table:
    """The leading figure of each comparison, its light, the rank and its change."""
    columns: list[Column] = [NUMBERING, PLACE]
    for side in four.sides:
        columns += [
            Column(four.lead_name(side), 5.5, Kind.NUMBER, side.name),
            *([Column("亮灯", 3.5, Kind.ORDER, side.name)] if _is_lit(four, side) else []),
            Column("位次", 3.6, Kind.ORDER, side.name),
            Column("变化", 3, Kind.ORDER, side.name),
        ]
    rows = tuple(_places_row(four, at, each) for at, each in enumerate(four.villages, 1))
    total: list[Cell] = [Cell("合计"), Cell(f"共{len(rows)}个")]
    for side in four.sides:
        blank = 3 if _is_lit(four, side) else 2
        total += [_cell(four.total.figures[four.leads[side.key]]), *[Cell()] * blank]
    return Table(tuple(columns), rows, total=tuple(total) if rows else (), caption="表一　四比排名")


def _places_row(four: FourFigures, at: int, village: VillageFour) -> Cells:
    cells = [Cell(str(at), at), Cell(village.name)]
    for side in four.sides:
        place = village.places.get(side.key, NOWHERE)
        cells.append(_cell(village.figures[four.leads[side.key]]))
        if _is_lit(four, side):
            cells.append(Cell(place.light_words))
        is_ranked = side.key in village.places
        cells.append(Cell(place.rank_words if is_ranked else NOTHING, place.rank))
        cells.append(Cell(place.change_words, place.change))
    return tuple(cells)


def _is_lit(four: FourFigures, side: SideWords) -> bool:
    """Whether the leading figure is a rate that may have a light."""
    return four.leads[side.key] in LIT


def _figures(four: FourFigures, caption: str, sides: Sequence[SideWords]) -> Table:
    """Every figure of some comparisons."""
    columns = [NUMBERING, PLACE]
    keys = []
    for side in sides:
        for each in side.figures:
            columns.append(Column(each.head, max(3.4, len(each.head)), Kind.NUMBER, side.name))
            keys.append(each.key)
    rows = tuple(
        (Cell(str(at), at), Cell(village.name), *(_cell(village.figures[key]) for key in keys))
        for at, village in enumerate(four.villages, 1)
    )
    total = (Cell("合计"), Cell(f"共{len(rows)}个"), *(_cell(four.total.figures[key]) for key in keys))
    counted = [
        column.label
        for column, key in zip(columns[2:], keys, strict=True)
        if isinstance(four.total.figures[key], Amount)
    ]
    return with_sums(Table(tuple(columns), rows, total=total if rows else (), caption=caption), counted)


def _cell(figure: Figure) -> Cell:
    """The text of a figure and the number behind it."""
    if isinstance(figure, Amount):
        return Cell(figure.text, figure.number)
    if isinstance(figure, Ratio):
        return rate_cell(figure)
    return Cell(figure.text, None if figure.value is None else half_up(figure.value, 1))
