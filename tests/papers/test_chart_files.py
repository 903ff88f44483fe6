"""Charts in the files of a paper: vector in the PDF, a told picture in Word, Excel's own charts over their numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from io import BytesIO

import docx
import pytest
from openpyxl import load_workbook
from openpyxl.chart import BarChart, DoughnutChart, LineChart
from openpyxl.worksheet.worksheet import Worksheet
from PIL import Image
from pypdf import PdfReader

from river_chief.papers.charts.chart import Chart, data_of, without_asks
from river_chief.papers.charts.data_table import chart_table
from river_chief.papers.charts.words import chart_words
from river_chief.papers.document import ChartBlock, Document, Level, Orientation, Paragraph, Style, Turn
from river_chief.papers.output import render
from river_chief.papers.pdf import render_pages
from river_chief.storage.freezing import Freezer, classes_of
from tests.papers.charts.examples import CHARTS, bars, month_heat, rates, ring, stacked, trend
from tests.papers.reading import packed, pages_of, sheet_rows

SPACE = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


def paper(*charts: Chart, style: Style = Style.LETTER) -> Document:
    blocks = tuple(ChartBlock(chart, f"图{at}　{chart.title}") for at, chart in enumerate(charts, 1))
    return Document(
        title="图表样张",
        dated=date(2025, 4, 1),
        blocks=(Paragraph("一、总体情况", Level.HEADING), Turn(Orientation.PORTRAIT), *blocks),
        style=style,
        orientation=Orientation.PORTRAIT,
    )


def sheet_of(chart: Chart) -> Worksheet:
    book = load_workbook(BytesIO(render(paper(chart), ".xlsx")))
    (name,) = [name for name in book.sheetnames if name.startswith("图1")]
    sheet = book[name]
    assert isinstance(sheet, Worksheet)
    return sheet


def charts_on(sheet: Worksheet) -> list[object]:
    found: list[object] = sheet._charts  # type: ignore[attr-defined]  # openpyxl has no public list of charts
    return found


def test_the_pdf_has_the_words_of_every_chart_under_its_caption() -> None:
    pages = "".join(pages_of(render(paper(*CHARTS.values()), ".pdf")))
    for at, chart in enumerate(CHARTS.values(), 1):
        assert packed(f"图{at}　{chart.title}") in pages
    for words in (
        "期末存量36",
        "水污染21",
        "柳塘村",
        "96.7%",
        "整改中19（52.8%）",
        "逾期5（13.9%）",
        "法定节假日",
    ):
        assert words in pages


def test_the_pdf_holds_strokes_and_no_pictures() -> None:
    reader = PdfReader(BytesIO(render(paper(*CHARTS.values()), ".pdf")))
    assert all(not page.images for page in reader.pages)


def test_a_chart_is_whole_on_its_page() -> None:
    pages = pages_of(render(paper(trend(), stacked(), ring(), bars(), month_heat()), ".pdf"))
    for name in ("图3在册", "图3期末在册问题的状态"):
        held = [page for page in pages if name in page]
        assert all("逾期5（13.9%）" in page for page in held)
    assert len(pages) > 1


def test_the_pages_are_drawn_for_the_preview() -> None:
    pages = render_pages(paper(stacked()), dpi=60)
    with Image.open(BytesIO(pages[-1])) as page:
        assert len(page.convert("RGB").getcolors(1 << 20) or ()) > 20


def test_word_has_a_sharp_picture_told_in_words() -> None:
    word = docx.Document(BytesIO(render(paper(trend(), ring()), ".docx")))
    assert len(word.inline_shapes) == 2
    abouts = list(word.element.body.iter(f"{SPACE}docPr"))
    assert [about.get("name") for about in abouts] == [trend().title, ring().title]
    assert "期末存量 30、34" in str(abouts[0].get("descr"))
    assert "整改中 19（52.8%）" in str(abouts[1].get("descr"))
    width = word.inline_shapes[0].width
    section = word.sections[-1]
    assert section.page_width is not None
    assert section.left_margin is not None
    assert section.right_margin is not None
    assert width <= section.page_width - section.left_margin - section.right_margin + 100
    for part in word.part.package.iter_parts():
        if part.content_type == "image/png":
            with Image.open(BytesIO(part.blob)) as picture:
                assert picture.width >= width / 914_400 * 290
    assert [text.text for text in word.paragraphs if text.text[:2] in ("图1", "图2")] == [
        f"图1　{trend().title}",
        f"图2　{ring().title}",
    ]


def test_excel_draws_lines_over_the_cells() -> None:
    sheet = sheet_of(trend())
    (native,) = charts_on(sheet)
    assert isinstance(native, LineChart)
    assert len(native.series) == 3
    rows = sheet_rows(sheet)
    head = rows.index(["月份", "期末存量", "新增", "销号"])
    assert [row[1] for row in rows[head + 1 : head + 13]] == [
        str(each.value) for _, each in data_of(trend())
    ][:12]
    place = f"'{sheet.title}'!$B${head + 2}:$B${head + 13}"
    assert native.series[0].val.numRef.f == place
    assert native.series[0].tx.strRef.f == f"'{sheet.title}'!$B${head + 1}"
    assert {series.marker.symbol for series in native.series} == {"circle", "square", "triangle"}


def test_excel_leaves_out_a_rate_there_is_none_of() -> None:
    sheet = sheet_of(rates())
    (native,) = charts_on(sheet)
    assert isinstance(native, LineChart)
    assert (native.y_axis.scaling.min, native.y_axis.scaling.max) == (0, 1)
    june = next(row for row in sheet.iter_rows() if row[0].value == "2024-06")
    assert june[1].value is None
    april = next(row for row in sheet.iter_rows() if row[0].value == "2024-04")
    assert april[1].value == pytest.approx(0.912)


def test_excel_stacks_columns_hatched() -> None:
    (native,) = charts_on(sheet_of(stacked()))
    assert isinstance(native, BarChart)
    assert (native.grouping, native.overlap) == ("stacked", 100)
    fills = [series.graphicalProperties for series in native.series]
    assert fills[0].solidFill is not None
    patterns = [fill.pattFill.prst for fill in fills[1:]]
    assert len(set(patterns)) == len(patterns) == 5


def test_excel_lays_bars_with_the_first_on_top_and_without_the_whole() -> None:
    sheet = sheet_of(bars())
    (native,) = charts_on(sheet)
    assert isinstance(native, BarChart)
    assert native.type == "bar"
    assert native.x_axis.scaling.orientation == "maxMin"
    first, last = native.series[0].cat.strRef.f.replace("$", "").partition("!")[2].split(":")
    assert sheet[first].value == "上砚村"
    assert sheet[last].value == "青石岭村"
    assert sheet.cell(sheet[last].row + 1, 1).value == "全镇"


def test_excel_draws_a_ring() -> None:
    (native,) = charts_on(sheet_of(ring()))
    assert isinstance(native, DoughnutChart)
    assert len(native.series[0].data_points) == len(ring().sectors)
    assert native.series[0].dLbls.numFmt == "#,##0;;"


def test_excel_shades_the_days_in_their_cells() -> None:
    sheet = sheet_of(month_heat())
    assert charts_on(sheet) == []
    (area,) = [str(each.sqref) for each in sheet.conditional_formatting]
    april = next(row for row in sheet.iter_rows() if row[0].value == "2025-04")
    assert area == f"B{april[0].row}:AF{april[0].row}"
    assert [cell.value for cell in april[1:25]] == [each.value for _, each in data_of(month_heat())]
    assert april[25].value is None


@pytest.mark.parametrize("suffix", [".pdf", ".docx", ".xlsx"])
def test_the_same_paper_gives_the_same_bytes(suffix: str) -> None:
    document = paper(trend(), ring(), month_heat())
    assert render(document, suffix) == render(document, suffix)


def test_a_paper_with_charts_is_frozen_and_thawed() -> None:
    freezer = Freezer(classes_of(Document))
    document = paper(*map(without_asks, CHARTS.values()))
    assert freezer.thaw(freezer.freeze(document)) == document


def test_the_numbers_of_every_chart_make_a_table() -> None:
    for chart in CHARTS.values():
        texts = {cell.text for row in chart_table(chart).cell_rows for cell in row}
        assert {each.text for _, each in data_of(chart) if each.value is not None} <= texts


def test_a_chart_is_told_in_words() -> None:
    assert chart_words(bars()).startswith("整改销号率（按村）：上砚村 100.0%；柳塘村 100.0%")
    assert "最多 12（2025-04-03）" in chart_words(month_heat())
    assert chart_words(replace(month_heat(), days=())) == "巡河次数：没有数据。"
    many = replace(bars(), bars=bars().bars * 60)
    assert len(chart_words(many)) <= 900
