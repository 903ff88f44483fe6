"""文书预览: the pages as they will be printed; print them, or save the paper as PDF, Excel or Word."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QSpinBox, QVBoxLayout, QWidget

from river_chief.errors import EnvironmentFault
from river_chief.papers.document import Document, Orientation
from river_chief.progress import Progress
from river_chief.rules.periods import Span
from ui import jobs, messages
from ui.buttons import push, tool
from ui.dialogs.paper_sheets import PaperSheets
from ui.messages import Notice
from ui.notice_bar import NoticeBar
from ui.saved_file import ask_place, plain_name, saved_notice
from ui.workspace import Workspace

FIRST_DPI = 120
PORTRAIT_ZOOM = 1.1
FORMS = {
    ".pdf": ("PDF", "PDF 文件 (*.pdf)"),
    ".xlsx": ("Excel", "Excel 工作簿 (*.xlsx)"),
    ".docx": ("Word", "Word 文档 (*.docx)"),
}


@dataclass(frozen=True, slots=True)
class PaperAsked:
    """What paper is wanted; see ``papers.kinds.produce`` for the conditions.

    ``place``  the name of the village, for the file's name.
    """

    kind: str
    span: Span | None = None
    village: int | None = None
    filter: Any = None
    sort: str = ""
    descending: bool = False
    place: str = ""
    appendix: bool = False
    edition: int | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper with its pages as PNG pictures of ``dpi``, and the name a file of it gets."""

    document: Document
    pages: list[bytes]
    dpi: float
    name: str


def preview_paper(parent: QWidget, workspace: Workspace, asked: PaperAsked) -> None:
    """Make the paper *asked* on a worker and show its pages."""
    jobs.start(
        parent,
        workspace,
        "正在生成文书",
        partial(_make, workspace, asked),
        done=lambda paper: PaperPreview(parent, workspace, paper).open(),
    )


def _make(workspace: Workspace, asked: PaperAsked, progress: Progress) -> Paper:
    from river_chief.papers.kinds import produce
    from river_chief.papers.pdf import render_pages

    progress.step(0, 0, "正在汇总数据")
    with workspace.read() as session:
        document = produce(
            session,
            asked.kind,
            today=workspace.today(),
            span=asked.span,
            village=asked.village,
            filter=asked.filter,
            sort=asked.sort,
            descending=asked.descending,
            appendix=asked.appendix,
            edition=asked.edition,
        )
    progress.step(0, 0, "正在排版")
    pages = render_pages(document, FIRST_DPI)
    progress.step(0, 0, "正在打开")
    return Paper(document, pages, FIRST_DPI, file_name(document, asked.place))


def file_name(document: Document, place: str = "") -> str:
    """砚溪镇河湖问题清单（2025年3月）; the subtitle counts where it is the month."""
    month = document.subtitle if document.subtitle.startswith("（") else ""
    return plain_name(document.title + place + month)


class PaperPreview(QDialog):
    """Keys: those of ``PaperSheets``; Ctrl+P 打印, Ctrl+S PDF, Ctrl+E Excel, Ctrl+D Word, Ctrl+G page number.

    Ctrl++ and Ctrl+- zoom, Ctrl+1 shows the real size, Ctrl+2 fits the width, Esc closes.
    """

    def __init__(self, parent: QWidget, workspace: Workspace, paper: Paper) -> None:
        super().__init__(parent)
        self.workspace = workspace
        self.paper = paper
        self._is_open = True
        self.setWindowTitle(f"预览：{paper.name}")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.notices = NoticeBar()
        self.sheets = PaperSheets()
        self.page = QSpinBox()
        self.percent = QLabel()
        self._lay_out()
        self._connect()
        self._begin(parent)

    # What the buttons do

    def print_out(self) -> None:
        """Ask for a printer and print on it."""
        from ui.printing import ask_printer

        try:
            ask_printer(
                self,
                self.paper.document,
                page=self.sheets.page,
                pages=self.sheets.pages,
                chosen=self.print_on,
            )
        except EnvironmentFault as error:
            messages.show_error(self, error)

    def print_on(self, printer: Any, asked: Any) -> None:
        """Print the pages *asked* on *printer*, beside the window."""
        from ui.printing import Printed, print_pages

        def tell(printed: Printed) -> None:
            copies = f"，每张 {printed.copies} 份" if printed.copies > 1 else ""
            name = f"打印机“{printed.printer}”" if printed.printer else "打印机"
            self.notices.show_notice(Notice(f"已发送到{name}：{printed.sheets} 张{copies}。"))

        jobs.start(
            self,
            self.workspace,
            "正在打印",
            lambda progress: print_pages(self.paper.document, printer, asked, progress),
            done=tell,
        )

    def save_as(self, suffix: str) -> None:
        """Ask for a place and save the paper there as ``.pdf``, ``.xlsx`` or ``.docx``."""
        word, forms = FORMS[suffix]
        ask_place(self, f"存为 {word}", f"{self.paper.name}{suffix}", forms, partial(self.save, suffix))

    def save(self, suffix: str, path: Path) -> None:
        """Write the paper to *path*; a name with another ending gets *suffix* as well."""
        from river_chief.papers.files import save
        from river_chief.papers.output import render

        place = path if path.suffix.lower() == suffix else path.with_name(path.name + suffix)

        def work(progress: Progress) -> Path:
            data = render(self.paper.document, suffix)
            progress.step(0, 0, "正在写入")
            save(place, data)
            return place

        jobs.start(self, self.workspace, "正在保存", work, done=self._tell_saved)

    def _tell_saved(self, path: Path) -> None:
        self.notices.show_notice(saved_notice(self, path, self.paper.document.title))

    # The pages

    def _begin(self, parent: QWidget) -> None:
        """Landscape sheets as wide as the view, upright ones a little over their real size."""
        window = parent.window().size()
        self.resize(max(window.width() - 60, 720), max(window.height() - 30, 520))
        if self.paper.document.sections[0].orientation is Orientation.PORTRAIT:
            self.sheets.fit_width(PORTRAIT_ZOOM)
        self.page.setRange(1, len(self.paper.pages))
        self.page.setSuffix(f" / {len(self.paper.pages)} 页")
        self.sheets.show_pages(self.paper.pages, self.paper.dpi)
        self._show_zoom(self.sheets.zoom)
        self.sheets.setFocus()
        if remarks := self.paper.document.remarks:
            self.notices.show_notice(Notice("".join(remarks), warn=True))

    def _draw_again(self, dpi: float) -> None:
        """Draw the pages with the dots of the screen, beside the window."""
        from river_chief.papers.pdf import render_pages

        def show(pages: list[bytes]) -> None:
            if self._is_open:
                self.sheets.show_pages(pages, dpi)

        document = self.paper.document
        jobs.fetch(self, self.workspace, lambda: render_pages(document, dpi), show)

    def _on_moved(self, page: int) -> None:
        self.page.blockSignals(True)
        self.page.setValue(page)
        self.page.blockSignals(False)

    def _show_zoom(self, factor: float) -> None:
        self.percent.setText(f"{factor:.0%}")

    def _on_finished(self) -> None:
        self._is_open = False

    # Parts

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(12, 8, 12, 8)
        bar.setSpacing(6)
        for widget in self._making_buttons():
            bar.addWidget(widget)
        bar.addStretch()
        for widget in self._looking_buttons():
            bar.addWidget(widget)
        bar.addStretch()
        self.close_button = push("关闭(&Z)", self.reject)
        bar.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(bar)
        layout.addWidget(self.notices)
        layout.addWidget(self.sheets, 1)

    def _making_buttons(self) -> list[QWidget]:
        self.print_button = push("打印(&P)", self.print_out, sign="printer", part="main")
        self.print_button.setToolTip("打印 (Ctrl+P)")
        self.save_buttons = {
            suffix: push(f"存为 {FORMS[suffix][0]}", partial(self.save_as, suffix), sign=sign)
            for suffix, sign in ((".pdf", "file-type-pdf"), (".xlsx", "file-excel"), (".docx", "file-word"))
        }
        for (suffix, button), key in zip(self.save_buttons.items(), "SED", strict=True):
            button.setToolTip(f"存为 {FORMS[suffix][0]} (Ctrl+{key})")
        return [self.print_button, *self.save_buttons.values()]

    def _looking_buttons(self) -> list[QWidget]:
        self.page.setPrefix("第 ")
        self.page.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
        self.page.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.page.setKeyboardTracking(False)
        self.page.setAccessibleName("页码")
        self.page.setToolTip("输入页码跳转 (Ctrl+G)")
        self.percent.setMinimumWidth(self.fontMetrics().horizontalAdvance("100%") + 6)
        self.percent.setAlignment(Qt.AlignmentFlag.AlignCenter)
        return [
            tool("chevron-left", "上一页 (←)", lambda: self.sheets.go_to(self.sheets.page - 1)),
            self.page,
            tool("chevron-right", "下一页 (→)", lambda: self.sheets.go_to(self.sheets.page + 1)),
            tool("zoom-out", "缩小 (Ctrl+-)", lambda: self.sheets.zoom_by(-1)),
            self.percent,
            tool("zoom-in", "放大 (Ctrl++)", lambda: self.sheets.zoom_by(1)),
            _tipped("实际大小", "按纸张的实际大小显示 (Ctrl+1)", lambda: self.sheets.set_zoom(1.0)),
            _tipped("适合宽度", "使整页宽度正好显示 (Ctrl+2)", self.sheets.fit_width),
        ]

    def _connect(self) -> None:
        self.sheets.moved.connect(self._on_moved)
        self.sheets.zoomed.connect(self._show_zoom)
        self.sheets.blurred.connect(self._draw_again)
        self.page.valueChanged.connect(self._on_page_typed)
        self.finished.connect(self._on_finished)
        for keys, work in (
            ("Ctrl+P", self.print_out),
            ("Ctrl+S", partial(self.save_as, ".pdf")),
            ("Ctrl+E", partial(self.save_as, ".xlsx")),
            ("Ctrl+D", partial(self.save_as, ".docx")),
            ("Ctrl+G", self._type_page),
            ("Ctrl++", partial(self.sheets.zoom_by, 1)),
            ("Ctrl+=", partial(self.sheets.zoom_by, 1)),
            ("Ctrl+-", partial(self.sheets.zoom_by, -1)),
            ("Ctrl+1", partial(self.sheets.set_zoom, 1.0)),
            ("Ctrl+2", self.sheets.fit_width),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(work)

    def _type_page(self) -> None:
        self.page.setFocus()
        self.page.selectAll()

    def _on_page_typed(self, page: int) -> None:
        self.sheets.go_to(page)
        self.sheets.setFocus()


def _tipped(text: str, tip: str, clicked: Callable[[], object]) -> QWidget:
    button = push(text, clicked)
    button.setToolTip(tip)
    return button
