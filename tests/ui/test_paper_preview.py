from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from PySide6.QtCore import QObject, QPoint, QPointF, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QWheelEvent
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from river_chief.papers.document import Cell, Column, Document, Orientation, Table, Turn
from river_chief.papers.pdf import render_pages
from river_chief.progress import Cancelled, Progress
from river_chief.rules.periods import Span
from tests.ui.desk import Shown
from ui.dialogs.paper_preview import Paper, PaperAsked, PaperPreview, file_name, preview_paper
from ui.printing import pages_asked, print_pages
from ui.workspace import Workspace

CONTROL = Qt.KeyboardModifier.ControlModifier
MARCH = Span(date(2025, 3, 1), date(2025, 3, 31))


def long_paper(pages: int = 3) -> Document:
    """Landscape pages, then one upright."""
    table = Table(
        (Column("序号", 3), Column("内容", 20)), tuple((Cell("1"), Cell("砚溪")) for _ in range(20))
    )
    blocks = [block for _ in range(pages - 1) for block in (table, Turn(Orientation.LANDSCAPE))]
    return Document(
        title="砚溪镇试印",
        dated=date(2025, 3, 31),
        blocks=(*blocks[:-1], Turn(Orientation.PORTRAIT), table),
    )


@pytest.fixture
def preview(qtbot: QtBot, host: QWidget, workspace: Workspace) -> PaperPreview:
    """The issue list of the small ledger."""
    host.resize(1366, 768)
    preview_paper(host, workspace, PaperAsked("issue", span=MARCH))
    return shown_preview(qtbot, host)


@pytest.fixture
def long(qtbot: QtBot, host: QWidget, workspace: Workspace) -> PaperPreview:
    document = long_paper()
    pages = render_pages(document, 60)
    host.resize(1000, 600)
    dialog = PaperPreview(host, workspace, Paper(document, pages, 60, file_name(document)))
    dialog.open()
    qtbot.waitUntil(dialog.isVisible)
    return dialog


def shown_preview(qtbot: QtBot, host: QWidget) -> PaperPreview:
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), PaperPreview))
    (dialog,) = host.findChildren(PaperPreview)
    return dialog


def choose(dialog: PaperPreview, path: Path) -> None:
    """Answer the file dialog that is open."""
    asking = dialog.findChild(QFileDialog)
    assert asking is not None
    asking.selectFile(str(path))
    asking.accept()


def test_it_shows_the_pages_of_the_paper(preview: PaperPreview) -> None:
    assert preview.windowTitle() == "预览：砚溪镇河湖问题清单（2025年3月）"
    assert preview.sheets.pages == len(render_pages(preview.paper.document, 60)) == 1
    assert preview.page.text() == "第 1 / 1 页"
    assert QApplication.focusWidget() is preview.sheets


def test_it_tells_what_is_to_be_looked_at_before_it_goes_out(host: QWidget, workspace: Workspace) -> None:
    document = replace(long_paper(), remarks=("“存在问题”改写之后，统计数字有变化，请核对。",))
    dialog = PaperPreview(host, workspace, Paper(document, render_pages(document, 60), 60, "试印"))
    dialog.open()
    assert dialog.notices.isVisible()
    assert dialog.notices.text.text() == document.remarks[0]


def test_the_pages_are_drawn_anew_with_the_dots_of_the_screen(qtbot: QtBot, preview: PaperPreview) -> None:
    preview.sheets.set_zoom(2.0)
    assert preview.percent.text() == "200%"
    assert not preview.sheets.is_sharp
    qtbot.waitUntil(lambda: preview.sheets.is_sharp)
    QTest.keyClick(preview, Qt.Key.Key_1, CONTROL)
    assert preview.sheets.zoom == 1.0
    QTest.keyClick(preview, Qt.Key.Key_Minus, CONTROL)
    assert preview.sheets.zoom == 0.9
    QTest.keyClick(preview, Qt.Key.Key_Plus, CONTROL)
    QTest.keyClick(preview, Qt.Key.Key_Plus, CONTROL)
    assert preview.sheets.zoom == 1.1
    QTest.keyClick(preview, Qt.Key.Key_2, CONTROL)
    assert preview.sheets.fits
    assert preview.sheets.horizontalScrollBar().maximum() == 0


def test_keys_go_through_the_pages(long: PaperPreview) -> None:
    sheets = long.sheets
    assert sheets.page == 1
    QTest.keyClick(sheets, Qt.Key.Key_Right)
    assert (sheets.page, long.page.value()) == (2, 2)
    QTest.keyClick(sheets, Qt.Key.Key_End)
    assert sheets.page == 3
    QTest.keyClick(sheets, Qt.Key.Key_PageUp, CONTROL)
    assert sheets.page == 2
    QTest.keyClick(sheets, Qt.Key.Key_Home)
    before = sheets.verticalScrollBar().value()
    QTest.keyClick(sheets, Qt.Key.Key_PageDown)
    assert sheets.verticalScrollBar().value() > before
    QTest.keyClick(long, Qt.Key.Key_G, CONTROL)
    QTest.keyClicks(long.page, "3")
    QTest.keyClick(long.page, Qt.Key.Key_Return)
    assert sheets.page == 3
    assert QApplication.focusWidget() is sheets


def test_zooming_keeps_the_place(long: PaperPreview) -> None:
    long.sheets.go_to(3)
    turn = QWheelEvent(
        QPointF(200, 200),
        QPointF(200, 200),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        CONTROL,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    before = long.sheets.zoom
    QApplication.sendEvent(long.sheets.viewport(), turn)
    assert long.sheets.zoom > before
    assert long.sheets.page == 3


@pytest.mark.parametrize(
    ("key", "suffix"), [(Qt.Key.Key_S, ".pdf"), (Qt.Key.Key_E, ".xlsx"), (Qt.Key.Key_D, ".docx")]
)
def test_it_saves_what_it_shows(
    qtbot: QtBot, preview: PaperPreview, tmp_path: Path, key: Qt.Key, suffix: str
) -> None:
    QTest.keyClick(preview, key, CONTROL)
    asking = preview.findChild(QFileDialog)
    assert asking is not None
    assert Path(asking.selectedFiles()[0]).name == f"砚溪镇河湖问题清单（2025年3月）{suffix}"
    place = tmp_path / f"清单{suffix}"
    choose(preview, place.with_suffix(""))
    qtbot.waitUntil(preview.notices.isVisible)
    assert str(place) in preview.notices.text.text()
    assert "砚溪镇河湖问题清单" in text_of(place)


def text_of(path: Path) -> str:
    if path.suffix == ".pdf":
        return PdfReader(path).pages[0].extract_text()
    if path.suffix == ".xlsx":
        return "".join(str(cell.value) for cell in load_workbook(path).worksheets[0][1])
    return "".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)


def test_a_place_that_can_not_be_written_is_told(
    qtbot: QtBot, preview: PaperPreview, tmp_path: Path, shown: Shown
) -> None:
    (tmp_path / "清单.pdf").mkdir()
    preview.save(".pdf", tmp_path / "清单.pdf")
    qtbot.waitUntil(lambda: bool(shown.texts))
    assert "是一个文件夹" in shown.last
    assert not preview.notices.isVisible()


class Opener(QObject):
    """Takes the place of the programs that open files."""

    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []

    @Slot(QUrl)
    def take(self, url: QUrl) -> None:
        self.opened.append(url.toLocalFile())


@pytest.fixture
def opener() -> Iterator[Opener]:
    made = Opener()
    # The stub asks for bytes, the binding takes text alone.
    QDesktopServices.setUrlHandler("file", made, "take")  # type: ignore[arg-type]
    yield made
    QDesktopServices.unsetUrlHandler("file")


def test_the_notice_opens_the_file_and_its_folder(
    qtbot: QtBot, preview: PaperPreview, tmp_path: Path, opener: Opener, shown: Shown
) -> None:
    for label in ("打开文件", "打开文件夹"):
        preview.save(".xlsx", tmp_path / "清单.xlsx")
        qtbot.waitUntil(preview.notices.isVisible)
        button = next(each for each in preview.notices.buttons if each.text() == label)
        button.click()
    assert opener.opened == [str(tmp_path / "清单.xlsx"), str(tmp_path)]
    preview.save(".xlsx", tmp_path / "清单.xlsx")
    qtbot.waitUntil(preview.notices.isVisible)
    (tmp_path / "清单.xlsx").unlink()
    preview.notices.buttons[0].click()
    assert "已经不在那里" in shown.last


def test_every_page_is_printed_as_it_lies(tmp_path: Path, qtbot: QtBot) -> None:
    document, printer = long_paper(), paper_printer(tmp_path / "out.pdf")
    told = print_pages(document, printer, [1, 2, 3], Progress())
    assert (told.sheets, told.copies) == (3, 1)
    sizes = [page.mediabox for page in PdfReader(tmp_path / "out.pdf").pages]
    shapes = [(round(float(size.width)), round(float(size.height))) for size in sizes]
    assert shapes == [(842, 595), (842, 595), (595, 842)]
    for page in PdfReader(tmp_path / "out.pdf").pages:
        (picture,) = page.images
        assert picture.image is not None
        assert max(picture.image.size) == 3508


def test_the_preview_prints_and_says_so(qtbot: QtBot, long: PaperPreview, tmp_path: Path) -> None:
    long.print_on(paper_printer(tmp_path / "out.pdf"), [2])
    qtbot.waitUntil(long.notices.isVisible)
    assert "已发送到打印机" in long.notices.text.text()
    assert len(PdfReader(tmp_path / "out.pdf").pages) == 1


def test_a_stopped_print_sends_nothing_more(tmp_path: Path, qtbot: QtBot) -> None:
    steps: list[int] = []
    stopping = Progress(lambda done, _total, _words: steps.append(done), lambda: len(steps) > 2)
    with pytest.raises(Cancelled):
        print_pages(long_paper(), paper_printer(tmp_path / "out.pdf"), [1, 2, 3], stopping)
    assert steps == [0, 0, 1]


def test_the_pages_asked_for(qtbot: QtBot) -> None:
    printer = QPrinter()
    assert pages_asked(printer, page=2, pages=4) == [1, 2, 3, 4]
    printer.setPageOrder(QPrinter.PageOrder.LastPageFirst)
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 9)
    assert pages_asked(printer, page=1, pages=4) == [4, 3, 2]
    printer.setPrintRange(QPrinter.PrintRange.CurrentPage)
    assert pages_asked(printer, page=3, pages=4) == [3]


def test_a_computer_without_printer_is_told(
    preview: PaperPreview, shown: Shown, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(list))
    QTest.keyClick(preview, Qt.Key.Key_P, CONTROL)
    assert "没有安装打印机" in shown.last


def test_a_month_that_has_not_begun_is_refused(
    qtbot: QtBot, host: QWidget, workspace: Workspace, shown: Shown
) -> None:
    later = Span(date(2025, 4, 1), date(2025, 4, 30))
    preview_paper(host, workspace, PaperAsked("monthly", span=later))
    qtbot.waitUntil(lambda: bool(shown.texts))
    assert "还没有到" in shown.last
    assert not host.findChildren(PaperPreview)


def paper_printer(path: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    return printer
