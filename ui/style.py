"""How the window looks: Fusion, one calm stylesheet, a face that has Chinese, icons in the text's colour."""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QIcon, QIconEngine, QPainter, QPalette, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from river_chief.resources import resource

# The faces of Windows, of the domestic desktops and of Debian, best first.
FACES = (
    "Microsoft YaHei UI",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Noto Sans SC",
    "HarmonyOS Sans SC",
    "WenQuanYi Micro Hei",
)
POINTS = 10.5


class Tone(StrEnum):
    """The few colours of the window, by what they say."""

    TEXT = "#22303a"
    MUTED = "#66757f"
    ACCENT = "#1c6b87"
    ALERT = "#b3382c"
    WARN = "#96600a"
    GOOD = "#2b744b"
    LINE = "#d5dde2"
    PAPER = "#ffffff"
    GROUND = "#f3f6f8"


def apply(app: QApplication) -> None:
    """Give *app* its style, palette, face and stylesheet."""
    app.setStyle("Fusion")
    app.setPalette(_palette())
    app.setFont(screen_font())
    app.setStyleSheet(_sheet())
    app.setWindowIcon(icon("ripple", Tone.ACCENT))


def screen_font() -> QFont:
    """A face with Simplified Chinese: an installed one, or the bundled Song face."""
    installed = QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
    family = next((name for name in FACES if name in installed), installed[0] if installed else "")
    if not family:
        loaded = QFontDatabase.addApplicationFont(str(resource("fonts/NotoSerifSC-Regular.otf")))
        family = next(iter(QFontDatabase.applicationFontFamilies(loaded)), "")
    font = QFont(family)
    font.setPointSizeF(POINTS)
    return font


def icon(name: str, tone: Tone = Tone.TEXT) -> QIcon:
    """The icon resources/icons/*name*.svg in the colour *tone*; grey where it is disabled."""
    return QIcon(_TintedIcon(name, tone))


def pixmap(name: str, size: int, tone: Tone = Tone.TEXT) -> QPixmap:
    """The icon as a picture of *size* logical pixels, for labels."""
    return icon(name, tone).pixmap(QSize(size, size))


class _TintedIcon(QIconEngine):
    """Draws an SVG with ``currentColor`` replaced; QtSvg does not know the palette."""

    def __init__(self, name: str, tone: Tone) -> None:
        super().__init__()
        self.name = name
        self.tone = tone

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        colour = "#a9b4bb" if mode is QIcon.Mode.Disabled else self.tone.value
        side = min(rect.width(), rect.height())
        place = QRectF(0, 0, side, side)
        place.moveCenter(QRectF(rect).center())
        _renderer(self.name, colour).render(painter, place)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        picture = QPixmap(size)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        self.paint(painter, QRect(0, 0, size.width(), size.height()), mode, state)
        painter.end()
        return picture

    def clone(self) -> QIconEngine:
        return _TintedIcon(self.name, self.tone)


@lru_cache(maxsize=256)
def _renderer(name: str, colour: str) -> QSvgRenderer:
    text = resource(f"icons/{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour)
    return QSvgRenderer(QByteArray(text.encode("utf-8")))


def _palette() -> QPalette:
    palette = QPalette()
    role = QPalette.ColorRole
    for part, tone in (
        (role.Window, Tone.GROUND),
        (role.Base, Tone.PAPER),
        (role.AlternateBase, "#f7fafb"),
        (role.Button, "#eef2f4"),
        (role.WindowText, Tone.TEXT),
        (role.Text, Tone.TEXT),
        (role.ButtonText, Tone.TEXT),
        (role.PlaceholderText, "#8d9aa2"),
        (role.Highlight, Tone.ACCENT),
        (role.HighlightedText, Tone.PAPER),
        (role.Link, Tone.ACCENT),
        (role.ToolTipBase, Tone.PAPER),
        (role.ToolTipText, Tone.TEXT),
    ):
        palette.setColor(part, QColor(str(tone)))
    for part in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, part, QColor("#98a4ab"))
    return palette


def _sheet() -> str:
    folder = resource("icons").as_posix()
    return resource("style.qss").read_text(encoding="utf-8").replace("icons/", f"{folder}/")
