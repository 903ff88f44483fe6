"""Scenes of the frame: the welcome, opening and making a ledger, notices."""

from __future__ import annotations

import tempfile
from pathlib import Path

from PySide6.QtWidgets import QWidget

from river_chief.storage.database import Database
from river_chief.terms import Action
from river_chief.verbs import office
from tests.scenes.stage import Stage, scene
from ui.dialogs.manual import ManualDialog
from ui.dialogs.open_ledger import PasswordDialog
from ui.dialogs.steps import step_dialog
from ui.main_window import MainWindow
from ui.messages import Notice
from ui.pages.problems import ProblemsPage
from ui.pages.workbench import WorkbenchPage


@scene("welcome")
def welcome(stage: Stage) -> QWidget:
    window = MainWindow(day=stage.workspace.today())
    window.resize(stage.window.size())
    window.show()
    return window


@scene("new-ledger")
def new_ledger(stage: Stage) -> QWidget:
    stage.window.ask_new()
    return stage.dialog()


@scene("password")
def password(stage: Stage) -> QWidget:
    folder = stage.workspace.database.folder.path
    PasswordDialog(stage.window, folder, lambda _workspace: None, None).open()
    return stage.dialog()


@scene("manual")
def manual(stage: Stage) -> QWidget:
    dialog = ManualDialog(stage.window)
    dialog.titles.setCurrentRow(2)
    dialog.show()
    return dialog


@scene("notice")
def notice(stage: Stage) -> QWidget:
    stage.page("problems", "to_verify")
    stage.window.notices.show_notice(Notice("登记问题砚2026-022。", (("撤销", lambda: None),)))
    return stage.window


@scene("columns")
def columns(stage: Stage) -> QWidget:
    page = stage.page("problems")
    assert isinstance(page, ProblemsPage)
    menu = page.view.columns.menu()
    menu.ensurePolished()
    menu.adjustSize()
    return menu


@scene("extend-refused")
def extend_refused(stage: Stage) -> QWidget:
    page = stage.page("problems", "rectifying")
    assert isinstance(page, ProblemsPage)
    assert page.panel.detail is not None
    dialog = step_dialog(stage.window, stage.workspace, page.panel.detail, Action.EXTEND)
    dialog.open()
    dialog.form.load({"deadline": "2026.2.30"})
    dialog.submit()
    return dialog


@scene("empty-ledger")
def empty_ledger(stage: Stage) -> QWidget:
    folder = Path(tempfile.mkdtemp()) / "石桥镇河长台账"
    database, _ = Database.create(folder)
    database.set_office("990121104")
    with database, database.write(by="何文秀", today=stage.workspace.today()) as writer:
        writer.do(office.found_office, office.NewOffice(place="石桥镇", area_code="990121104"))
    window = MainWindow(day=stage.workspace.today())
    window.resize(stage.window.size())
    window.show()
    window.open_folder(folder)
    page = window.page("workbench")
    assert isinstance(page, WorkbenchPage)
    stage.until(lambda: page.desk is not None)
    return window
