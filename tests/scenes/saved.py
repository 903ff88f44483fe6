"""Scenes of the saved reports: the tab, a list, the dialog, its preview."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QDialog, QWidget

from river_chief.verbs import saved_reports
from river_chief.verbs.input import understood
from river_chief.verbs.saved_reports import NewReport
from tests.scenes.stage import Stage, scene
from ui import jobs
from ui.dialogs.report_templates import TEMPLATES
from ui.dialogs.saved_report import ReportDialog
from ui.pages.figures import FiguresPage
from ui.pages.problems import ProblemsPage
from ui.pages.saved_tab import SAVED, SavedTab

MONTH = (2025, 9)


def tab_of(stage: Stage) -> SavedTab:
    """The tab with a report of every template."""
    page = stage.page("figures", MONTH)
    assert isinstance(page, FiguresPage)
    tab = page.show_tab(SAVED)
    assert isinstance(tab, SavedTab)
    if not tab.reports:
        for name, values in TEMPLATES.items():
            entry: Any = understood(NewReport, {"name": name, **values})
            jobs.run(tab, stage.workspace, saved_reports.save, entry, notice=False)
    stage.settle()
    return tab


def shown(stage: Stage, name: str) -> SavedTab:
    tab = tab_of(stage)
    tab.select(next(kept.id for kept in tab.reports if kept.name == name))
    stage.until(lambda: tab.view.ran is not None and tab.view.ran.name == name)
    return tab


@scene("saved-reports")
def saved(stage: Stage) -> QWidget:
    shown(stage, "按责任单位统计今年登记的问题")
    return stage.window


@scene("saved-two-levels")
def two_levels(stage: Stage) -> QWidget:
    shown(stage, "按类型、严重程度统计")
    return stage.window


@scene("saved-list")
def listed(stage: Stage) -> QWidget:
    shown(stage, "逾期问题按责任单位列出")
    return stage.window


@scene("saved-patrols")
def patrols(stage: Stage) -> QWidget:
    shown(stage, "巡河人员巡河统计")
    return stage.window


def dialog_of(stage: Stage) -> QDialog:
    dialog = stage.dialog()
    assert isinstance(dialog, ReportDialog)
    stage.until(lambda: dialog.view.ran is not None)
    return dialog


@scene("saved-dialog")
def dialog(stage: Stage) -> QWidget:
    shown(stage, "按责任单位统计今年登记的问题").edit()
    return dialog_of(stage)


@scene("saved-from-problems")
def from_problems(stage: Stage) -> QWidget:
    page = stage.page("problems", "overdue")
    assert isinstance(page, ProblemsPage)
    page.keep_report()
    return dialog_of(stage)
