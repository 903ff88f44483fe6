"""Charts of a workbook: Excel's own, over the numbers in its cells, hatched and marked as on paper."""

from __future__ import annotations

from typing import Literal

from openpyxl.chart import BarChart, DoughnutChart, LineChart, Reference
from openpyxl.chart.axis import ChartLines
from openpyxl.chart.data_source import AxDataSource, StrRef
from openpyxl.chart.label import DataLabelList
from openpyxl.chart.legend import Legend
from openpyxl.chart.marker import DataPoint
from openpyxl.chart.series import Series, SeriesLabel
from openpyxl.chart.series_factory import SeriesFactory
from openpyxl.chart.shapes import GraphicalProperties
from openpyxl.chart.text import RichText
from openpyxl.drawing.colors import ColorChoice
from openpyxl.drawing.fill import PatternFillProperties
from openpyxl.drawing.line import LineProperties
from openpyxl.drawing.spreadsheet_drawing import AnchorMarker, OneCellAnchor
from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties
from openpyxl.drawing.xdr import XDRPositiveSize2D
from openpyxl.formatting.rule import ColorScale, FormatObject, Rule
from openpyxl.styles.colors import Color
from openpyxl.utils import get_column_letter

from river_chief.papers.charts.chart import Bars, Chart, HeatMap, Ring, Stacked, Trend, Unit
from river_chief.papers.charts.palette import AXIS, GRID, HEAT, MUTED, PAPER, Hatch, Ink, Mark, ink
from river_chief.papers.sheet_page import SheetPage

_POINT = 12_700
_Pattern = Literal["dkUpDiag", "dkDnDiag", "dkHorz", "dkVert", "smCheck", "pct75"]
_PATTERNS: dict[Hatch, _Pattern] = {
    Hatch.RISING: "dkUpDiag",
    Hatch.FALLING: "dkDnDiag",
    Hatch.LEVEL: "dkHorz",
    Hatch.UPRIGHT: "dkVert",
    Hatch.CROSSED: "smCheck",
    Hatch.DOTTED: "pct75",
}
_MARKS = {
    Mark.CIRCLE: "circle",
    Mark.SQUARE: "square",
    Mark.TRIANGLE: "triangle",
    Mark.DIAMOND: "diamond",
    Mark.DROP: "x",
}
_Dash = Literal["solid", "dash", "sysDot", "dashDot", "sysDash", "lgDash"]
_DASHES: tuple[_Dash, ...] = ("solid", "dash", "sysDot", "dashDot", "sysDash", "sysDot", "lgDash")
_BEYOND = 1.15
"""Room behind a full bar for its number."""
_ROW = 18.0
"""Room of a lying bar, in points."""
_NativeChart = LineChart | BarChart | DoughnutChart


def add_chart(page: SheetPage, chart: Chart) -> None:
    """Lay the native twin of *chart* under its numbers, which stand at the end of *page*.

    Excel has no calendar of days: there the cells themselves take the shades.
    """
    if isinstance(chart, HeatMap):
        _shade(page, chart)
        return
    count = _length(chart)
    if not count:
        return
    last = page.row - (1 if isinstance(chart, Bars) and chart.whole else 0)
    first = last - count + 1
    native = _native(page, chart, first, last)
    size = (
        round(sum(page.widths) * _POINT),
        round((count * _ROW + 60 if isinstance(chart, Bars) else 240) * _POINT),
    )
    # The stubs know a cell's name only; an anchor with a size is what openpyxl makes of it.
    native.anchor = OneCellAnchor(AnchorMarker(row=page.row + 1), XDRPositiveSize2D(*size))  # type: ignore[assignment]
    page.sheet.add_chart(native)


def _length(chart: Trend | Stacked | Bars | Ring) -> int:
    match chart:
        case Trend(months=months) | Stacked(months=months):
            return len(months)
        case Bars(bars=bars):
            return len(bars)
        case Ring(sectors=sectors):
            return len(sectors)


def _native(page: SheetPage, chart: Trend | Stacked | Bars | Ring, first: int, last: int) -> _NativeChart:
    match chart:
        case Trend():
            return _lines(page, chart, first, last)
        case Stacked():
            return _columns(page, chart, first, last)
        case Bars():
            return _bars(page, chart, first, last)
        case Ring():
            return _ring(page, chart, first, last)


def _lines(page: SheetPage, chart: Trend, first: int, last: int) -> LineChart:
    native = LineChart()
    native.display_blanks = "gap"
    _fill(native, page, len(chart.lines), first, last)
    for place, series in enumerate(native.series):
        own = ink(place)
        series.smooth = False
        series.graphicalProperties = GraphicalProperties(
            ln=_stroke(own.colour, 2, _DASHES[place % len(_DASHES)])
        )
        series.marker.symbol = _MARKS[own.mark]
        series.marker.size = 6
        series.marker.graphicalProperties = GraphicalProperties(
            solidFill=own.colour[1:], ln=_stroke(PAPER, 0.75)
        )
    _axes(native, chart.unit)
    native.legend = Legend()
    native.legend.position = "b"
    return native


def _columns(page: SheetPage, chart: Stacked, first: int, last: int) -> BarChart:
    native = BarChart()
    native.type, native.grouping, native.overlap, native.gapWidth = "col", "stacked", 100, 55
    _fill(native, page, len(chart.layers), first, last)
    for place, series in enumerate(native.series):
        series.graphicalProperties = _hatched(ink(place))
        series.invertIfNegative = False
    _axes(native, Unit.COUNT)
    native.legend = Legend()
    native.legend.position = "r"
    return native


def _bars(page: SheetPage, chart: Bars, first: int, last: int) -> BarChart:
    native = BarChart()
    native.type, native.grouping, native.gapWidth, native.legend = "bar", "clustered", 60, None
    _fill(native, page, 1, first, last)
    for series in native.series:
        series.graphicalProperties = _hatched(ink(0))
        series.invertIfNegative = False
        series.dLbls = _labels()
    _axes(native, chart.unit)
    native.x_axis.scaling.orientation = "maxMin"
    native.y_axis.majorGridlines = None
    native.y_axis.delete = True
    if chart.unit is Unit.PERCENT:
        native.y_axis.scaling.max = _BEYOND
    return native


def _ring(page: SheetPage, chart: Ring, first: int, last: int) -> DoughnutChart:
    native = DoughnutChart(holeSize=60, firstSliceAng=0)
    _fill(native, page, 1, first, last)
    points = []
    for place, sector in enumerate(chart.sectors):
        point = DataPoint(idx=place)
        point.graphicalProperties = _hatched(ink(sector.ink))
        point.graphicalProperties.ln = _stroke(PAPER, 1)
        points.append(point)
    native.series[0].data_points = points
    native.series[0].dLbls = _labels()
    native.series[0].dLbls.numFmt = "#,##0;;"
    native.legend = Legend()
    native.legend.position = "r"
    native.title = None
    return native


def _fill(native: _NativeChart, page: SheetPage, count: int, first: int, last: int) -> None:
    """Give *native* its series, named by their heads; its title stands over the table already."""
    for place in range(count):
        column = place + 2
        values = Reference(page.sheet, min_col=column, min_row=first, max_row=last)
        series = _named(page, values, column, first - 1)
        series.cat = AxDataSource(strRef=StrRef(f"'{page.sheet.title}'!$A${first}:$A${last}"))
        native.series.append(series)
    native.roundedCorners = False


def _named(page: SheetPage, values: Reference, column: int, head: int) -> Series:
    series: Series = SeriesFactory(values)
    letter = get_column_letter(column)
    series.tx = SeriesLabel(strRef=StrRef(f"'{page.sheet.title}'!${letter}${head}"))
    return series


def _axes(native: LineChart | BarChart, unit: Unit) -> None:
    """Fine lines at round numbers from zero, a firm one below; Excel hides an axis that is not told to stay."""
    native.x_axis.delete = native.y_axis.delete = False
    native.x_axis.graphicalProperties = GraphicalProperties(ln=_stroke(AXIS, 0.75))
    native.y_axis.graphicalProperties = GraphicalProperties(ln=LineProperties(noFill=True))
    native.y_axis.majorGridlines = ChartLines(spPr=GraphicalProperties(ln=_stroke(GRID, 0.5)))
    native.x_axis.majorTickMark = native.y_axis.majorTickMark = "none"
    native.x_axis.tickLblPos = "low"
    native.y_axis.scaling.min = 0
    native.y_axis.crosses = "autoZero"
    native.y_axis.number_format = "#,##0"
    if unit is Unit.PERCENT:
        native.y_axis.scaling.max, native.y_axis.majorUnit = 1, 0.2
        native.y_axis.number_format = "0%"
    for axis in (native.x_axis, native.y_axis):
        axis.txPr = _face()


def _labels() -> DataLabelList:
    """The number at every bar or part, nothing else."""
    labels = DataLabelList(showVal=True)
    labels.showSerName = labels.showCatName = labels.showLegendKey = labels.showPercent = False
    return labels


def _face() -> RichText:
    small = CharacterProperties(sz=700, solidFill=MUTED[1:])
    return RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=small), endParaRPr=small)])


def _stroke(colour: str, points: float, dash: _Dash = "solid") -> LineProperties:
    return LineProperties(solidFill=colour[1:], w=round(points * _POINT), prstDash=dash)


def _hatched(own: Ink) -> GraphicalProperties:
    if own.hatch is Hatch.NONE:
        return GraphicalProperties(solidFill=own.colour[1:])
    pattern = PatternFillProperties(prst=_PATTERNS[own.hatch])
    pattern.foreground, pattern.background = _colour(own.colour), _colour(PAPER)
    return GraphicalProperties(pattFill=pattern)


def _colour(colour: str) -> ColorChoice:
    choice = ColorChoice()
    choice.srgbClr = colour[1:]
    return choice


def _shade(page: SheetPage, chart: HeatMap) -> None:
    """Let the cells of the days take a shade by their number."""
    rows = len({(each.day.year, each.day.month) for each in chart.days})
    if not rows:
        return
    place = f"B{page.row - rows + 1}:AF{page.row}"
    ends = [FormatObject("num", 0), FormatObject("max")]
    scale = ColorScale(ends, [Color(f"FF{colour[1:]}") for colour in (HEAT[0], HEAT[3])])
    page.sheet.conditional_formatting.add(place, Rule("colorScale", colorScale=scale))
