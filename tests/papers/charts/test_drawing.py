"""A chart laid out: nothing leaves its frame, no words run into each other, sizes tell the numbers."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest

from river_chief.papers.charts.chart import Bars, Chart, Datum, Ring, Series, Stacked, Trend, Unit, data_of
from river_chief.papers.charts.drawing import draw
from river_chief.papers.charts.lines import apart
from river_chief.papers.charts.palette import INKS
from river_chief.papers.charts.scale import ticks, wide
from river_chief.papers.charts.shapes import Arc, Box, Drawing, Line, Sign, Text
from tests.papers.charts.examples import (
    CHARTS,
    VILLAGES,
    bars,
    count,
    month_heat,
    rates,
    ring,
    stacked,
    trend,
)

WIDTHS = (300.0, 442.0, 640.0)
EVERY = pytest.mark.parametrize(("name", "width"), [(name, width) for name in CHARTS for width in WIDTHS])


def span(text: Text) -> tuple[float, float]:
    room = wide(text.text, text.size)
    left = text.x - room * {"start": 0, "middle": 0.5, "end": 1}[text.anchor]
    return left, left + room


def texts(drawing: Drawing) -> list[Text]:
    return [shape for shape in drawing.shapes if isinstance(shape, Text)]


def said(drawing: Drawing) -> set[str]:
    return {text.text for text in texts(drawing)}


def corners(drawing: Drawing) -> list[tuple[float, float]]:
    found: list[tuple[float, float]] = []
    for shape in drawing.shapes:
        match shape:
            case Box():
                found += [(shape.x, shape.y), (shape.x + shape.width, shape.y + shape.height)]
            case Line():
                found += shape.points
            case Arc():
                found += [shape.point(shape.outer, shape.start + shape.sweep * part / 8) for part in range(9)]
            case Sign():
                found += [(shape.x - 2, shape.y - 2), (shape.x + 2, shape.y + 2)]
            case Text():
                left, right = span(shape)
                found += [(left, shape.y - shape.size * 0.8), (right, shape.y + shape.size * 0.2)]
    return found


@EVERY
def test_nothing_leaves_the_frame(name: str, width: float) -> None:
    drawing = draw(CHARTS[name], width)
    assert drawing.width == width
    for x, y in corners(drawing):
        assert -0.6 <= x <= drawing.width + 0.6, (x, y)
        assert -0.6 <= y <= drawing.height + 0.6, (x, y)


@EVERY
def test_no_words_run_into_each_other(name: str, width: float) -> None:
    for one, other in combinations(texts(draw(CHARTS[name], width)), 2):
        (left, right), (start, end) = span(one), span(other)
        beside = right <= start + 1 or end <= left + 1
        apart_ = abs(one.y - other.y) >= min(one.size, other.size) * 0.8
        assert beside or apart_, (one.text, other.text)


@EVERY
def test_every_number_can_be_reached(name: str, width: float) -> None:
    chart = CHARTS[name]
    drawing = draw(chart, width)
    spots = {spot.name for spot in drawing.spots}
    for told, datum in data_of(chart):
        assert told in spots or datum.value is None
    for spot in drawing.spots:
        left, top, right, bottom = spot.bounds
        assert right > left
        assert bottom > top
        assert spot.holds(*spot.middle)


def test_a_point_is_found_under_the_pointer() -> None:
    drawing = draw(trend(), 442)
    for spot in drawing.spots:
        found = drawing.spot_at(*spot.middle)
        assert found is not None
        assert found.middle == spot.middle
    assert drawing.spot_at(-5, -5) is None


def test_bars_are_as_long_as_their_numbers() -> None:
    boxes = [shape for shape in draw(bars(), 442).shapes if isinstance(shape, Box)]
    numbers = [rate for _, rate, _ in VILLAGES if rate]
    assert len({box.x for box in boxes}) == 1
    for box, number in zip(boxes, numbers, strict=True):
        assert box.width / boxes[0].width == pytest.approx(number / numbers[0])


def test_sectors_make_a_whole_circle_and_follow_each_other() -> None:
    arcs = [shape for shape in draw(ring(), 442).shapes if isinstance(shape, Arc)]
    assert sum(arc.sweep for arc in arcs) == pytest.approx(360)
    assert all(one.start + one.sweep == pytest.approx(other.start) for one, other in pairwise(arcs))
    sizes = [sector.datum.size for sector in ring().sectors if sector.datum.size]
    assert [arc.sweep for arc in arcs] == pytest.approx([360 * size / sum(sizes) for size in sizes])


def test_layers_stand_on_each_other_from_zero() -> None:
    chart = stacked()
    drawing = draw(chart, 442)
    column = [spot for spot in drawing.spots if spot.name.startswith(chart.months[0].text)]
    layers = [spot for spot in column if not spot.name.endswith("合计")]
    assert all(one.bounds[1] == pytest.approx(other.bounds[3]) for one, other in pairwise(layers))
    heights = [spot.bounds[3] - spot.bounds[1] for spot in layers]
    each = heights[0] / layers[0].datum.size
    assert heights == pytest.approx([spot.datum.size * each for spot in layers])


def test_axes_begin_at_zero_and_a_percent_ends_at_a_hundred() -> None:
    assert ticks(0) == (0, 1)
    assert ticks(3) == (0, 1, 2, 3)
    assert ticks(41) == (0, 10, 20, 30, 40, 50)
    assert ticks(1234) == (0, 500, 1000, 1500)
    assert ticks(37, Unit.PERCENT) == (0, 20, 40, 60, 80, 100)
    assert {"0", "100"} <= said(draw(rates(), 442))


def test_a_rate_without_denominator_breaks_its_line() -> None:
    drawing = draw(rates(), 442)
    lines = [shape for shape in drawing.shapes if isinstance(shape, Line) and shape.stroke == INKS[0].colour]
    assert [len(line.points) for line in lines] == [2, 9, 2]
    assert "2024年6月整改销号率" not in {spot.name for spot in drawing.spots}


def test_a_village_without_task_has_words_and_no_bar() -> None:
    drawing = draw(bars(), 442)
    assert "无任务" in said(drawing)
    assert len([shape for shape in drawing.shapes if isinstance(shape, Box)]) == 4


@pytest.mark.parametrize(
    "chart",
    [
        Trend("没有数据", (), ()),
        Trend("只有一个月", trend().months[:1], (Series("新增", (count(0),)),)),
        Stacked("没有数据", trend().months, (), (count(0),) * 12),
        Bars("没有村", ()),
        Ring("没有问题", (), ring().whole),
        Ring("只有一种", ring().sectors[:1], ring().whole),
    ],
    ids=lambda chart: chart.title,
)
def test_empty_and_tiny_charts_are_drawn(chart: Chart) -> None:
    drawing = draw(chart, 442)
    assert chart.title in said(drawing)
    assert drawing.told.startswith(f"{chart.title}：")


def test_a_hundred_villages_keep_their_rows() -> None:
    many = Bars("按村", tuple(bars().bars[0:1]) * 100)
    assert draw(many, 442).height > draw(bars(), 442).height * 10


def test_days_to_come_have_no_number() -> None:
    drawing = draw(month_heat(), 442)
    assert len(drawing.spots) == 24
    assert {str(day) for day in range(1, 31)} <= said(drawing)


def test_names_are_moved_apart_in_their_order() -> None:
    assert apart([50, 50, 52], 0, 100, 12) == [50, 62, 74]
    assert apart([95, 96, 97], 0, 100, 12) == [76, 88, 100]
    assert apart([20, 60], 0, 100, 12) == [20, 60]


def test_a_series_must_have_a_datum_for_each_month() -> None:
    with pytest.raises(ValueError, match="新增 has 1 data, not 12"):
        Trend("近12个月", trend().months, (Series("新增", (Datum(1, "1"),)),))
