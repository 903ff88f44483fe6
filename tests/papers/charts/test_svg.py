"""SVG of a chart: well-formed, with its words, and set by Typst as text that can be searched."""

from __future__ import annotations

from io import BytesIO
from xml.etree import ElementTree

import pytest
from PIL import Image
from pypdf import PdfReader

from river_chief.errors import Refusal
from river_chief.papers.charts.chart import Bar, Bars, Datum
from river_chief.papers.charts.drawing import draw
from river_chief.papers.charts.picture import picture_png, render_chart
from river_chief.papers.charts.shapes import Text
from river_chief.papers.charts.svg import render_svg
from tests.papers.charts.examples import CHARTS, bars, ring, stacked

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("name", CHARTS)
def test_the_svg_says_all_the_drawing_says(name: str) -> None:
    drawing = draw(CHARTS[name], 442)
    root = ElementTree.fromstring(render_svg(drawing))
    written = [node.text for node in root.iter(f"{SVG}text")]
    assert written == [shape.text for shape in drawing.shapes if isinstance(shape, Text)]
    assert root.findtext(f"{SVG}title") == drawing.title
    assert root.findtext(f"{SVG}desc") == drawing.told
    clips = [f"url(#{node.get('id')})" for node in root.iter(f"{SVG}clipPath")]
    assert len(set(clips)) == len(clips)
    assert [node.get("clip-path") for node in root.iter() if node.get("clip-path")] == clips


def test_signs_of_markup_in_names_stay_text() -> None:
    odd = Bars("甲<乙&丙", (Bar('<b>"x"', Datum(1, "1")),))
    root = ElementTree.fromstring(render_svg(draw(odd, 300)))
    assert '<b>"x"' in {node.text for node in root.iter(f"{SVG}text")}


def test_the_same_chart_gives_the_same_picture() -> None:
    assert picture_png(draw(ring(), 442)) == picture_png(draw(ring(), 442))


def test_a_png_has_the_dots_of_its_size_and_hatches_show_in_grey() -> None:
    drawing = draw(stacked(), 442)
    with Image.open(BytesIO(picture_png(drawing))) as picture:
        assert picture.width == pytest.approx(442 * 300 / 72, abs=2)
        assert picture.height == pytest.approx(drawing.height * 300 / 72, abs=2)
        grey = picture.convert("L")
    spot = next(spot for spot in drawing.spots if spot.name.endswith("乱建"))
    left, top, right, bottom = (round(edge * 300 / 72) for edge in spot.bounds)
    tones = grey.crop((left + 4, top + 4, right - 4, bottom - 4)).histogram()
    assert sum(tones[240:]) > 0.08 * sum(tones)
    assert sum(tones[:180]) > 0.4 * sum(tones)


def test_the_pdf_of_a_chart_can_be_searched() -> None:
    page = PdfReader(BytesIO(render_chart(bars(), ".pdf"))).pages[0]
    text = page.extract_text()
    assert "整改销号率（按村）" in text
    assert "柳塘村" in text
    assert "96.7%" in text


def test_another_ending_is_refused() -> None:
    with pytest.raises(Refusal, match=r"\.svg、\.png 或 \.pdf"):
        render_chart(bars(), ".gif")
