"""Document → Word file, the editable twin, in the faces offices have: 宋体, 仿宋_GB2312, 小标宋."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from io import BytesIO
from itertools import chain
from pathlib import Path

import docx
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import parse_xml
from docx.section import Section as WordSection
from docx.shared import Mm

from river_chief.papers.characters import clean
from river_chief.papers.document import (
    ChartBlock,
    Document,
    FormTable,
    Level,
    Orientation,
    Paragraph,
    Section,
    SignOn,
    Style,
    Table,
)
from river_chief.papers.files import save
from river_chief.papers.layout import SHEET_MM, fit, margins, room
from river_chief.papers.word_charts import add_chart
from river_chief.papers.word_xml import (
    Face,
    Setting,
    field,
    form_xml,
    paragraph,
    run,
    tab,
    table_xml,
)

_PITCH = 28.0
"""行距 of a letter in points: 固定值 28 磅, as offices set GB/T 9704-2012's 22 lines on a page."""


@dataclass(frozen=True, slots=True)
class _Faces:
    title: Face
    heading: Face
    subheading: Face
    body: Face
    small: Face
    table: Face
    caption: Face
    pitch: float


_FACES = {
    Style.LIST: _Faces(
        title=Face("宋体", 18, bold=True),
        heading=Face("黑体", 12),
        subheading=Face("楷体", 12),
        body=Face("宋体", 10.5),
        small=Face("宋体", 9.5),
        table=Face("宋体", 10.5),
        caption=Face("宋体", 12, bold=True),
        pitch=0,
    ),
    Style.LETTER: _Faces(
        title=Face("方正小标宋简体", 22),
        heading=Face("黑体", 16),
        subheading=Face("楷体_GB2312", 16),
        body=Face("仿宋_GB2312", 16),
        small=Face("仿宋_GB2312", 12),
        table=Face("仿宋_GB2312", 10.5),
        caption=Face("黑体", 12),
        pitch=_PITCH,
    ),
}


def render_docx(document: Document) -> bytes:
    """The paper as a Word file."""
    word = docx.Document()
    _describe(word, document)
    writer = _Writer(word, _FACES[document.style], document)
    for number, section in enumerate(document.sections):
        if number:
            word.add_section(WD_SECTION.NEW_PAGE)
        else:
            writer.top()
        _lay(word.sections[-1], document, section.orientation, writer)
        writer.section(section)
    writer.bottom()
    target = BytesIO()
    word.save(target)
    return target.getvalue()


def write_docx(document: Document, path: Path) -> None:
    """Write the paper as a Word file to *path*, whole or not at all.

    Raises ``EnvironmentFault`` when the file cannot be written.
    """
    save(path, render_docx(document))


def _describe(word: WordDocument, document: Document) -> None:
    about = word.core_properties
    about.title = clean(document.title)
    about.author = about.last_modified_by = clean(document.office)
    about.comments = about.keywords = ""
    about.created = about.modified = datetime.combine(document.dated, time(), UTC)


def _lay(sheet: WordSection, document: Document, orientation: Orientation, writer: _Writer) -> None:
    width, height = SHEET_MM[orientation]
    edge = margins(document, orientation)
    sheet.orientation = WD_ORIENT.LANDSCAPE if orientation is Orientation.LANDSCAPE else WD_ORIENT.PORTRAIT
    sheet.page_width, sheet.page_height = Mm(width), Mm(height)
    sheet.top_margin, sheet.bottom_margin = Mm(edge.top), Mm(edge.bottom)
    sheet.left_margin, sheet.right_margin = Mm(edge.left), Mm(edge.right)
    sheet.footer_distance = Mm(8 if document.style is Style.LIST else 22)
    sheet.footer.is_linked_to_previous = False
    foot = sheet.footer._element
    for old in list(foot):
        foot.remove(old)
    for xml in writer.foot(room(document, orientation)[0]):
        foot.append(parse_xml(xml))


class _Writer:
    """Appends the parts of a paper to the body of a Word document."""

    def __init__(self, word: WordDocument, faces: _Faces, document: Document) -> None:
        self.word = word
        self.faces = faces
        self.document = document

    def top(self) -> None:
        """Title and lines of the head."""
        faces, document = self.faces, self.document
        for old in list(self.word.element.body.iterchildren("{*}p")):
            self.word.element.body.remove(old)
        self._words(document.title, faces.title, Setting("center", after=8 if faces.pitch else 4))
        if document.subtitle:
            self._words(document.subtitle, faces.small, Setting("center", after=4))
        if document.head:
            self._append(_spread([str(item) for item in document.head], self._width(0), faces.small))

    def section(self, section: Section) -> None:
        """The blocks of one section."""
        width, _ = room(self.document, section.orientation)
        for block in section.blocks:
            if isinstance(block, Paragraph):
                self._paragraph(block)
            elif isinstance(block, ChartBlock):
                self._chart(block, width)
            else:
                self._table(block, width)

    def bottom(self) -> None:
        """Notes, and the signature row where it stands on the last page only."""
        notes, face = self.document.note_lines, Face(self.faces.body.name, 9.5)
        for note in notes:
            self._words(note, face, Setting(before=3))
        if self.document.signatures and self.document.sign_on is SignOn.LAST_PAGE:
            labels = [str(item) for item in self.document.signatures]
            self._append(_spread(labels, self._width(-1), self.faces.small, before=18, even=True))
        elif not notes:
            self._words("", Face(self.faces.body.name, 1), Setting())

    def foot(self, width: float) -> list[str]:
        """The paragraphs at the foot of each page, *width* points wide."""
        document, face = self.document, Face("宋体", 9)
        rows = []
        if document.signatures and document.sign_on is SignOn.EVERY_PAGE:
            labels = [str(item) for item in document.signatures]
            rows.append(_spread(labels, width, self.faces.small, even=True))
        number = (
            run("第 ", face),
            field("PAGE", face),
            run(" 页　共 ", face),
            field("NUMPAGES", face),
            run(" 页", face),
        )
        runs = [run(document.title, face), tab(face), *number, tab(face), run(document.foot, face)]
        stops = Setting(before=3, tabs=(("center", width / 2), ("right", width)))
        return [*rows, paragraph(runs, stops, face)]

    def _paragraph(self, part: Paragraph) -> None:
        faces, pitch = self.faces, self.faces.pitch
        if part.level is Level.BODY:
            self._words(part.text, faces.body, Setting("both", pitch=pitch, indent=2))
            return
        face = faces.heading if part.level is Level.HEADING else faces.subheading
        self._words(part.text, face, Setting(pitch=pitch, indent=2, keep_next=True))

    def _table(self, block: Table | FormTable, width: float) -> None:
        if block.caption:
            self._words(block.caption, self.faces.caption, Setting(before=8, after=4, keep_next=True))
        if isinstance(block, FormTable):
            self._append(form_xml(block, width, self.faces.table))
        else:
            grid = fit(block, width)
            self._append(table_xml(block, grid.widths, Face(self.faces.table.name, grid.size)))
            for note in block.note_lines:
                self._words(note, Face(self.faces.body.name, 9), Setting(before=2))

    def _chart(self, block: ChartBlock, width: float) -> None:
        if block.caption:
            self._words(block.caption, self.faces.caption, Setting(before=8, after=4, keep_next=True))
        add_chart(self.word, block, width)

    def _words(self, text: str, face: Face, setting: Setting) -> None:
        self._append(paragraph([run(text, face)], setting, face))

    def _append(self, xml: str) -> None:
        self.word.element.body.insert_element_before(parse_xml(xml), "w:sectPr")

    def _width(self, section: int) -> float:
        return room(self.document, self.document.sections[section].orientation)[0]


def _spread(texts: Sequence[str], width: float, face: Face, *, before: float = 0, even: bool = False) -> str:
    """Texts on one line from left to right: evenly from the left, or with the last at the right edge."""
    count = len(texts)
    step = width / count if even else width / max(1, count - 1)
    stops = [("left" if even else "center", step * at) for at in range(1, count)]
    if stops and not even:
        stops[-1] = ("right", width)
    runs = chain.from_iterable(
        (tab(face), run(text, face)) if at else (run(text, face),) for at, text in enumerate(texts)
    )
    return paragraph(runs, Setting(before=before, after=3, tabs=tuple(stops)), face)
