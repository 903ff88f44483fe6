"""Document → Word file, the editable twin, in the faces offices have: 宋体, 仿宋_GB2312, 小标宋."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from io import BytesIO
from itertools import chain
from pathlib import Path

import docx
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.section import Section as WordSection
from docx.section import _Footer
from docx.shared import Mm

from river_chief.papers.archive import timeless
from river_chief.papers.characters import clean, ems
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
from river_chief.papers.layout import (
    SHEET_MM,
    fit,
    head_rows,
    leads_to_end,
    margins,
    room,
    signed_edges,
    title_lines,
)
from river_chief.papers.word_charts import add_chart
from river_chief.papers.word_faces import prepare
from river_chief.papers.word_foot import FOOT_DISTANCE, letter_foot, list_foot
from river_chief.papers.word_xml import (
    NAMESPACE,
    Face,
    Setting,
    form_xml,
    paragraph,
    run,
    spread,
    tab,
    table_xml,
)

_PITCH = 28.9
"""行距 of a letter in points, fixed: 22 lines on a page of 225 mm (GB/T 9704-2012, 5.2.3)."""
_SPARE = 1.2
"""Room for the wider digits of a face that stands in."""
_TRACKING = -0.25
"""What 28 characters of 16 points give up each, in points, to stand on a line of 156 mm."""


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
        heading=Face("黑体", 16, tracking=_TRACKING),
        subheading=Face("楷体_GB2312", 16, tracking=_TRACKING),
        body=Face("仿宋_GB2312", 16, tracking=_TRACKING),
        small=Face("仿宋_GB2312", 12),
        table=Face("仿宋_GB2312", 10.5),
        caption=Face("黑体", 12),
        pitch=_PITCH,
    ),
}


def render_docx(document: Document) -> bytes:
    """The paper as a Word file; the same paper gives the same bytes whenever it is made."""
    word = docx.Document()
    _describe(word, document)
    prepare(word, _FACES[document.style].body)
    word.settings.odd_and_even_pages_header_footer = document.style is Style.LETTER
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
    return timeless(target.getvalue())


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
    sheet.footer_distance = Mm(FOOT_DISTANCE[document.style.value])
    small = writer.faces.small
    if document.style is Style.LIST:
        _fill(sheet.footer, list_foot(document, room(document, orientation)[0], small))
        return
    _fill(sheet.footer, letter_foot(document, orientation, small, even=False))
    _fill(sheet.even_page_footer, letter_foot(document, orientation, small, even=True))
    _set_grid(sheet)


def _fill(foot: _Footer, paragraphs: Iterable[str]) -> None:
    foot.is_linked_to_previous = False
    for old in list(foot._element):
        foot._element.remove(old)
    for xml in paragraphs:
        foot._element.append(parse_xml(xml))


def _set_grid(sheet: WordSection) -> None:
    """22 lines on a page, the pitch of the text."""
    for old in sheet._sectPr.findall(qn("w:docGrid")):
        sheet._sectPr.remove(old)
    sheet._sectPr.append(
        parse_xml(f'<w:docGrid {NAMESPACE} w:type="lines" w:linePitch="{round(_PITCH * 20)}"/>')
    )


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
        title = "\n".join(title_lines(document))
        self._words(title, faces.title, Setting("center", after=14 if faces.pitch else 4))
        if document.subtitle:
            self._words(document.subtitle, faces.small, Setting("center", after=4))
        rows = head_rows(document)
        if len(rows) == 1:
            self._append(spread(rows[0], self._width(0), faces.small))
        elif rows:
            self._pairs(rows)

    def _pairs(self, rows: Sequence[Sequence[str]]) -> None:
        """Two texts to a line, those at the right under each other."""
        face = self.faces.small
        longest = max(ems(row[-1]) for row in rows if len(row) > 1)
        at = self._width(0) - _SPARE * longest * face.size
        for row in rows:
            runs = chain.from_iterable((tab(face), run(text, face)) for text in row)
            self._append(paragraph([*runs][1:], Setting(after=3, tabs=(("left", at),)), face))

    def section(self, section: Section) -> None:
        """The blocks of one section."""
        width, _ = room(self.document, section.orientation)
        for at, block in enumerate(section.blocks):
            if isinstance(block, Paragraph):
                self._paragraph(block, keep_next=leads_to_end(section.blocks, at))
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
            self._append(spread(labels, self._width(-1), self.faces.small, before=18, even=True))
        elif not notes:
            self._words("", Face(self.faces.body.name, 1), Setting())

    def _paragraph(self, part: Paragraph, *, keep_next: bool) -> None:
        faces, pitch = self.faces, self.faces.pitch
        match part.level:
            case Level.HEADING:
                setting = Setting(pitch=pitch, indent=2, keep_next=True, outline=0)
                self._words(part.text, faces.heading, setting)
            case Level.SUBHEADING:
                setting = Setting(pitch=pitch, indent=2, keep_next=True, outline=1)
                self._words(part.text, faces.subheading, setting)
            case Level.ADDRESS:
                self._words(part.text, faces.body, Setting(pitch=pitch))
            case Level.ATTACHED:
                self._words(
                    part.text,
                    faces.body,
                    Setting(before=pitch, pitch=pitch, left=5, hanging=3, keep_next=True),
                )
            case Level.ATTACHMENT:
                self._words(part.text, faces.heading, Setting(after=8, keep_next=True, outline=0))
            case Level.SIGNED:
                self._signed(*part.text.split("\n"))
            case Level.BODY:
                setting = Setting("both", pitch=pitch, indent=2, keep_next=keep_next)
                self._words(part.text, faces.body, setting)

    def _signed(self, name: str, day: str) -> None:
        """署名 in the middle over 成文日期."""
        pitch = self.faces.pitch
        for text, right in zip((name, day), signed_edges(name, day), strict=True):
            first = text is name
            setting = Setting(
                "right", before=2 * pitch if first else 0, pitch=pitch, right=right, keep_next=first
            )
            self._words(text, self.faces.body, setting)

    def _table(self, block: Table | FormTable, width: float) -> None:
        if block.caption:
            self._words(block.caption, self.faces.caption, Setting(before=8, after=4, keep_next=True))
        if isinstance(block, FormTable):
            self._append(form_xml(block, width, self.faces.table))
        else:
            grid = fit(block, width)
            self._append(table_xml(block, grid.widths, Face(self.faces.table.name, grid.size)))
            for at, note in enumerate(block.note_lines, 1):
                end = at == len(block.notes)
                self._words(note, Face(self.faces.body.name, 9), Setting(before=2, after=8 if end else 0))

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
