"""Charts of a Word file: a sharp picture in the line, told in words for who cannot see it."""

from __future__ import annotations

from io import BytesIO

from docx.document import Document as WordDocument
from docx.shared import Pt

from river_chief.papers.characters import clean
from river_chief.papers.charts.drawing import draw
from river_chief.papers.charts.picture import picture_png
from river_chief.papers.document import ChartBlock

_EDGE = 2.0
"""Paper round the drawing, in points: some word processors cut a picture at the edge of the text."""


def add_chart(word: WordDocument, block: ChartBlock, width: float) -> None:
    """Append the chart as a paragraph *width* points wide; its numbers are the picture's alternative text."""
    drawing = draw(block.chart, width - 2 * _EDGE, titled=not block.caption)
    paragraph = word.add_paragraph()
    paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(4)
    png = BytesIO(picture_png(drawing, margin=_EDGE))
    about = paragraph.add_run().add_picture(png, width=Pt(width))._inline.docPr
    about.set("name", clean(drawing.title))
    about.set("descr", clean(drawing.told))
