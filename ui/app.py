"""Start-up, in order: log, application, language, look, window, ledger."""

from __future__ import annotations

import argparse
import logging
import os
import sys
from collections.abc import Sequence
from datetime import date
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from river_chief.storage.paths import last_ledger, program_folder
from ui import messages, style
from ui.main_window import MainWindow

LOG_BYTES = 1_000_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Open the window; return the exit code.

    1. arguments  2. log  3. application with Chinese and its look  4. the window, shown empty
    5. the ledger: the one named, or the one opened last  6. the event loop
    """
    asked = _arguments(arguments)
    start_log()
    app = make_app()
    sys.excepthook = _show_bug
    window = MainWindow(day=asked.today)
    window.show()
    ledger = asked.ledger or last_ledger()
    if ledger is not None:
        app.processEvents()  # the window is painted before what opens a ledger is imported
        window.open_folder(ledger)
    return app.exec()


def make_app() -> QApplication:
    """The application, speaking Chinese and looking calm."""
    _choose_input_method()
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))
    app = QApplication(["river-chief"])
    app.setApplicationName("river-chief")
    speak_chinese(app)
    style.apply(app)
    return app


def speak_chinese(app: QApplication) -> None:
    """Give Qt's own buttons and dialogs their Chinese words."""
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if translator.load("qtbase_zh_CN", folder):
        app.installTranslator(translator)


def start_log() -> None:
    """Write the program's log beside the window's state; a disk that refuses is no reason to stop."""
    try:
        file = RotatingFileHandler(
            program_folder() / "window.log", maxBytes=LOG_BYTES, backupCount=2, encoding="utf-8"
        )
    except OSError:
        return
    file.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.getLogger().addHandler(file)


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="river-chief-window", description="河长台账")
    parser.add_argument("--ledger", type=Path, help="台账文件夹；不写则打开上次的台账")
    parser.add_argument("--today", type=date.fromisoformat, help="以这一天为今天，写成 2025-03-31")
    return parser.parse_args(arguments)


def _choose_input_method() -> None:
    """Let fcitx answer through IBus: Qt's wheels bring no plugin of fcitx, which speaks IBus too."""
    session = os.environ.get("QT_IM_MODULE", "") + os.environ.get("XMODIFIERS", "")
    if sys.platform.startswith("linux") and "fcitx" in session:
        os.environ["QT_IM_MODULE"] = "ibus"


def _show_bug(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        sys.__excepthook__(kind, error, trace)
        return
    messages.show_error(QApplication.activeWindow(), error)
