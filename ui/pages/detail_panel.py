"""The panel beside a table: what one record says, in headed blocks, with its buttons on top."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

LABEL_WIDTH = 90


class DetailPanel(QScrollArea):
    """Begin with ``start``, ``begin`` or ``nothing``; every other call adds a block below."""

    def __init__(self, empty: str) -> None:
        """*empty* is shown while no record is chosen."""
        super().__init__()
        self._empty = empty
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setProperty("role", "panel")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.buttons: list[QPushButton] = []
        self._layout = QVBoxLayout()
        self.nothing()

    def nothing(self) -> None:
        """Show that no record is chosen."""
        self.begin()
        self.line(self._empty, "muted")
        self._layout.addStretch()

    def start(self, title: str, badges: Iterable[tuple[str, str]] = ()) -> None:
        """Begin a record: its *title*, and *badges* as (text, role of the label)."""
        self.begin()
        row = QHBoxLayout()
        heading = QLabel(title)
        heading.setProperty("role", "heading")
        heading.setWordWrap(True)
        heading.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        row.addWidget(heading, 1)
        for text, role in badges:
            badge = QLabel(text)
            badge.setProperty("role", role)
            row.addWidget(badge, 0, Qt.AlignmentFlag.AlignTop)
        self._layout.addLayout(row)

    def act(self, *buttons: QPushButton) -> None:
        """Put *buttons* side by side."""
        row = QHBoxLayout()
        row.setSpacing(6)
        for button in buttons:
            row.addWidget(button)
        row.addStretch()
        self._layout.addLayout(row)
        self.buttons.extend(buttons)

    def heading(self, text: str) -> None:
        """Begin a headed block."""
        label = QLabel(text)
        label.setProperty("role", "block")
        label.setContentsMargins(0, 8, 0, 0)
        self._layout.addWidget(label)

    def facts(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Show (label, value) pairs; those without a value are left out."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(1, 1)
        for row, (label, value) in enumerate(pair for pair in pairs if pair[1]):
            name = QLabel(label)
            name.setProperty("role", "muted")
            name.setFixedWidth(LABEL_WIDTH)
            name.setAlignment(Qt.AlignmentFlag.AlignTop)
            grid.addWidget(name, row, 0)
            grid.addWidget(_text(value), row, 1)
        self._layout.addLayout(grid)

    def line(self, text: str, role: str = "") -> QLabel:
        """Add a paragraph."""
        label = _text(text)
        if role:
            label.setProperty("role", role)
        self._layout.addWidget(label)
        return label

    def link(self, text: str, clicked: Callable[[], object]) -> QPushButton:
        """Add a button that looks like a link and leads elsewhere."""
        button = QPushButton(text)
        button.setProperty("role", "link")
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.setAutoDefault(False)
        button.clicked.connect(lambda _on: clicked())
        self._layout.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.buttons.append(button)
        return button

    def add(self, widget: QWidget) -> None:
        """Add any *widget* over the whole width."""
        self._layout.addWidget(widget)

    def finish(self) -> None:
        """Nothing more comes."""
        self._layout.addStretch()

    def texts(self) -> str:
        """Everything the panel says, one line for each label."""
        widget = self.widget()
        return "\n".join(label.text() for label in widget.findChildren(QLabel))

    def begin(self) -> None:
        """Begin anew without a title, where it stands elsewhere."""
        self.buttons = []
        content = QWidget()
        self._layout = QVBoxLayout(content)
        self._layout.setContentsMargins(12, 10, 12, 10)
        self._layout.setSpacing(6)
        self.setWidget(content)


def _text(text: str) -> QLabel:
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    label.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    return label
