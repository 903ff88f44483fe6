"""A paper on a printer: the pages of the preview, each on a sheet of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QMarginsF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QDialog, QWidget

from river_chief.errors import EnvironmentFault
from river_chief.papers.document import Document, Orientation
from river_chief.progress import Progress

FINE_DPI, COARSE_DPI = 300, 200
MANY_PAGES = 60
"""Papers longer than this are drawn with fewer dots, lest their pictures fill the memory."""


@dataclass(frozen=True, slots=True)
class Printed:
    """What has been sent: how many sheets, of how many copies, to which printer."""

    sheets: int
    copies: int
    printer: str


def ask_printer(
    parent: QWidget,
    document: Document,
    *,
    page: int,
    pages: int,
    chosen: Callable[[QPrinter, Sequence[int]], object],
) -> QPrintDialog:
    """Ask for the printer; *chosen* gets it and the pages to print (from 1). *page* is the one in view.

    Raises ``EnvironmentFault`` when the computer has no printer.
    """
    if not QPrinterInfo.availablePrinterNames():
        raise EnvironmentFault(
            "这台电脑上没有安装打印机。请先安装打印机，或存为 PDF 后拿到有打印机的电脑上打印。"
        )
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(document.title)
    printer.setCreator("河长台账")
    printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    lies = document.sections[0].orientation is Orientation.LANDSCAPE
    printer.setPageOrientation(
        QPageLayout.Orientation.Landscape if lies else QPageLayout.Orientation.Portrait
    )
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle("打印")
    dialog.setMinMax(1, pages)
    dialog.setFromTo(1, pages)
    dialog.setPrintRange(QAbstractPrintDialog.PrintRange.AllPages)
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintCurrentPage, pages > 1)
    dialog.setOption(QAbstractPrintDialog.PrintDialogOption.PrintToFile, False)
    dialog.accepted.connect(lambda: chosen(printer, pages_asked(printer, page=page, pages=pages)))
    dialog.finished.connect(dialog.deleteLater)
    QDialog.open(dialog)
    return dialog


def pages_asked(printer: QPrinter, *, page: int, pages: int) -> list[int]:
    """The numbers of the pages to print, in the order in which they go to the printer."""
    match printer.printRange():
        case QPrinter.PrintRange.PageRange:
            first, last = max(printer.fromPage(), 1), min(printer.toPage() or pages, pages)
            asked = list(range(first, last + 1))
        case QPrinter.PrintRange.CurrentPage:
            asked = [page]
        case _:
            asked = list(range(1, pages + 1))
    if printer.pageOrder() is QPrinter.PageOrder.LastPageFirst:
        asked.reverse()
    return asked


def print_pages(document: Document, printer: QPrinter, asked: Sequence[int], progress: Progress) -> Printed:
    """Print the pages *asked* of *document*; called by a worker, which Qt allows for printers.

    Raises ``EnvironmentFault`` when the printer does not take the job, ``Cancelled`` when it was stopped.
    """
    from river_chief.papers.pdf import render_pages

    progress.step(0, len(asked), "正在排版")
    dpi = FINE_DPI if len(asked) <= MANY_PAGES else COARSE_DPI
    pictures = render_pages(document, dpi)
    copies = 1 if printer.supportsMultipleCopies() else printer.copyCount()
    sheets = _collated(asked, copies, printer.collateCopies())
    painter = QPainter()
    printer.setFullPage(True)
    try:
        for count, number in enumerate(sheets):
            progress.step(count, len(sheets), f"正在发送第 {count + 1} 张，共 {len(sheets)} 张")
            image = _picture(pictures[number - 1])
            _lay(printer, image)
            begun = printer.newPage() if painter.isActive() else painter.begin(printer)
            if not begun:
                raise EnvironmentFault(
                    f"打印机“{printer.printerName()}”没有接收打印任务，请检查打印机是否开机、连接正常后再试。"
                )
            place = _place(printer, image.size())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(place, image)
    except BaseException:
        printer.abort()
        raise
    finally:
        if painter.isActive():
            painter.end()
    return Printed(len(asked), printer.copyCount(), printer.printerName())


def _collated(asked: Sequence[int], copies: int, collate: bool) -> list[int]:
    """Pages in the order of the sheets: copy by copy, or every page as often as there are copies."""
    if collate:
        return [*asked] * copies
    return [number for number in asked for _ in range(copies)]


def _picture(data: bytes) -> QImage:
    """A page; one without colour goes to the printer as grey, a quarter of the data."""
    image = QImage.fromData(data)
    return image.convertToFormat(QImage.Format.Format_Grayscale8) if image.isGrayscale() else image


def _lay(printer: QPrinter, image: QImage) -> None:
    """Turn the sheet the way the page lies; the page brings its own margins."""
    wide = image.width() > image.height()
    way = QPageLayout.Orientation.Landscape if wide else QPageLayout.Orientation.Portrait
    layout = printer.pageLayout()
    layout.setMode(QPageLayout.Mode.FullPageMode)
    layout.setOrientation(way)
    layout.setMargins(QMarginsF())
    printer.setPageLayout(layout)


def _place(printer: QPrinter, size: QSize) -> QRectF:
    """Where the picture goes: the whole sheet, in its own proportion (A4 on A3 is enlarged)."""
    sheet: QRect = printer.pageLayout().fullRectPixels(printer.resolution())
    shown = size.scaled(sheet.size(), Qt.AspectRatioMode.KeepAspectRatio)
    place = QRect(0, 0, shown.width(), shown.height())
    place.moveCenter(sheet.center())
    return QRectF(place)
