"""改写报告文字: the generated words of each part at the left, the office's own at the right."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from river_chief.papers.kinds.passages import Passage
from river_chief.papers.kinds.texts import Words, words_of_report
from river_chief.rules.periods import Span
from river_chief.rules.report_numbers import differing
from river_chief.storage.database import Writer
from river_chief.verbs import report_texts
from river_chief.verbs.input import understood
from river_chief.verbs.report_texts import GeneratedWords, OwnWords
from ui import jobs, messages
from ui.buttons import push
from ui.workspace import Workspace

HINT = "一行为一段；“（一）……”单独成行的作小标题。一、二、三、四的标题不用写。"
WIDTH, HEIGHT = 980, 620
_NAMED = 6


def edit_report_text(
    parent: QWidget, workspace: Workspace, kind: str, span: Span, done: Callable[[], object] | None = None
) -> None:
    """Read the words of the report *kind* of *span* on a worker and open them; *done* after they were saved."""

    def read() -> Words:
        with workspace.read() as session:
            return words_of_report(session, kind, today=workspace.today(), span=span)

    def show(words: Words) -> None:
        dialog = ReportTextDialog(parent, workspace, words)
        if done is not None:
            dialog.accepted.connect(done)
        dialog.open()

    jobs.fetch(parent, workspace, read, show)


class ReportTextDialog(QDialog):
    """A tab for each part; 保存 (Ctrl+Enter) keeps all that was changed in one act, Esc asks before losing it."""

    def __init__(self, parent: QWidget, workspace: Workspace, words: Words) -> None:
        super().__init__(parent)
        self.workspace, self.words = workspace, words
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(f"改写文字　{words.name}（{words.days}）")
        self.tabs = QTabWidget()
        self.editors = [PassageEditor(passage, words.edition is not None) for passage in words.passages]
        for at, editor in enumerate(self.editors):
            self.tabs.addTab(editor, "")
            editor.changed.connect(partial(self._name_tab, at))
            self._name_tab(at)
        self.save_button = push("保存(&Y)", self.save, part="main")
        self.save_button.setEnabled(words.edition is None)
        self._lay_out()
        stale = [at for at, editor in enumerate(self.editors) if editor.passage.is_stale]
        self.tabs.setCurrentIndex(stale[0] if stale else 0)

    def save(self) -> None:
        """Keep what was changed; the dialog stays open when it is refused."""
        changed = [editor for editor in self.editors if editor.is_touched()]
        if not changed:
            self.reject()
            return

        def work(writer: Writer) -> None:
            for editor in changed:
                self._keep(writer, editor)

        if jobs.write(self, self.workspace, work) is not None:
            self.accept()

    def reject(self) -> None:
        touched = any(editor.is_touched() for editor in self.editors)
        if touched and not messages.confirm(
            self, "放弃改写", "改写的文字还没有保存，确定放弃吗？", action="放弃", dangerous=True
        ):
            return
        super().reject()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier and self.save_button.isEnabled():
            self.save()
        else:
            super().keyPressEvent(event)

    def _keep(self, writer: Writer, editor: PassageEditor) -> None:
        passage = editor.passage
        values: dict[str, Any] = {
            "kind": self.words.kind,
            "first": self.words.span.first,
            "last": self.words.span.last,
            "part": passage.part,
            "version": passage.version,
        }
        if editor.text() in ("", passage.generated):
            writer.do(report_texts.restore, understood(GeneratedWords, values))
        else:
            values |= {"text": editor.text(), "based_on": passage.generated}
            writer.do(report_texts.put, understood(OwnWords, values))

    def _name_tab(self, at: int) -> None:
        editor = self.editors[at]
        mark = "（需核对）" if editor.needs_check() else "（已改写）" if editor.is_own() else ""
        self.tabs.setTabText(at, f"{editor.passage.title}{mark}")

    def _lay_out(self) -> None:
        hint = QLabel(HINT)
        if self.words.edition is not None:
            hint.setText(
                f"{self.words.days}已经月结（第{self.words.edition}版），文字只能查看；要改写请先重新打开这个月。"
            )
        hint.setProperty("role", "muted" if self.words.edition is None else "warn")
        hint.setWordWrap(True)
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(self.save_button)
        foot.addWidget(push("取消(&Z)", self.reject))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 14, 18, 14)
        layout.addWidget(hint)
        layout.addWidget(self.tabs, 1)
        layout.addLayout(foot)
        self.resize(WIDTH, min(HEIGHT, self.screen().availableSize().height() - 40))


class PassageEditor(QWidget):
    """One part: ``generated`` to read, ``own`` to write, and under them which numbers differ."""

    changed = Signal()

    def __init__(self, passage: Passage, is_closed: bool) -> None:
        super().__init__()
        self.passage = passage
        self._checked = False
        self.generated = _box(passage.generated, read_only=True)
        self.own = _box(passage.text, read_only=is_closed)
        self.stale = _told("warn")
        self.numbers = _told("warn")
        self.checked_button = push("已核对，继续用改写的文字", self.check)
        self.restore_button = push("恢复自动文字", self.restore)
        self.restore_button.setEnabled(not is_closed)
        self.checked_button.setEnabled(not is_closed)
        self._lay_out()
        self.own.textChanged.connect(self._follow)
        self._follow()

    def text(self) -> str:
        """What the office has written."""
        return self.own.toPlainText().strip()

    def is_own(self) -> bool:
        """Whether the words are the office's."""
        return self.text() not in ("", self.passage.generated)

    def is_touched(self) -> bool:
        """Whether something is to be kept that was not before."""
        written = self.passage.written
        if self.is_own():
            return self.text() != written or self._checked
        return bool(written)

    def needs_check(self) -> bool:
        """Whether the figures have changed since the words were written, and nobody has looked."""
        return self.passage.is_stale and self.text() == self.passage.written and not self._checked

    def restore(self) -> None:
        """Show the generated words again."""
        self.own.setPlainText(self.passage.generated)

    def check(self) -> None:
        """The words hold with the figures as they are now."""
        self._checked = True
        self._follow()

    def _follow(self) -> None:
        stale = self.needs_check()
        self.stale.setText(_changed_words(self.passage))
        self.stale.setVisible(stale)
        self.checked_button.setVisible(stale)
        found = differing(self.passage.generated, self.text() or self.passage.generated)
        told = []
        if found.lost:
            told.append(f"自动文字里有、这里没有的数字：{_named(found.lost)}")
        if found.own:
            told.append(f"这里有、自动文字里没有的数字：{_named(found.own)}")
        self.numbers.setText("\n".join(told))
        self.numbers.setVisible(bool(told))
        self.restore_button.setVisible(self.is_own())
        self.changed.emit()

    def _lay_out(self) -> None:
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(True)
        for name, box in (("自动文字（按统计数字生成，只读）", self.generated), ("报告用的文字", self.own)):
            side = QWidget()
            column = QVBoxLayout(side)
            column.setContentsMargins(0, 0, 0, 0)
            label = QLabel(name)
            label.setBuddy(box)
            column.addWidget(label)
            column.addWidget(box, 1)
            splitter.addWidget(side)
        splitter.setSizes([WIDTH // 2, WIDTH // 2])
        buttons = QHBoxLayout()
        buttons.addWidget(self.checked_button)
        buttons.addStretch()
        buttons.addWidget(self.restore_button)
        layout = QVBoxLayout(self)
        layout.addWidget(splitter, 1)
        layout.addWidget(self.stale)
        layout.addWidget(self.numbers)
        layout.addLayout(buttons)


def _box(text: str, *, read_only: bool) -> QPlainTextEdit:
    box = QPlainTextEdit(text)
    box.setReadOnly(read_only)
    box.setTabChangesFocus(True)
    return box


def _told(role: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", role)
    label.setWordWrap(True)
    label.hide()
    return label


def _changed_words(passage: Passage) -> str:
    """What the figures said when the office wrote, and what they say now."""
    found = differing(passage.based_on, passage.generated)
    if not found:
        return "改写之后，自动文字有变化，请核对。"
    before, now = _named(found.lost) or "无", _named(found.own) or "无"
    return f"改写之后统计数字有变化，请核对。原来：{before}；现在：{now}。"


def _named(numbers: tuple[str, ...]) -> str:
    more = f"等{len(numbers)}处" if len(numbers) > _NAMED else ""
    return "、".join(numbers[:_NAMED]) + more
