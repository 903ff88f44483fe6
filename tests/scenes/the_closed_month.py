"""Scenes of closed months; after all others, as they leave the month closed."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtWidgets import QWidget

from river_chief.queries import choices
from river_chief.storage.database import Writer
from river_chief.verbs import problems
from river_chief.verbs.input import understood
from river_chief.verbs.problems import NewProblem
from tests.scenes.stage import Stage, scene
from ui import jobs
from ui.dialogs.month_closing import MonthClosingDialog
from ui.pages.closing_tab import ClosingTab
from ui.pages.figures import CLOSINGS, FiguresPage

FEBRUARY, MARCH = (2026, 2), (2026, 3)


def page_of(stage: Stage, month: tuple[int, int] = FEBRUARY) -> FiguresPage:
    page = stage.page("figures", month)
    assert isinstance(page, FiguresPage)
    page.show_tab("月报")
    stage.settle()
    return page


def closing_dialog(stage: Stage) -> MonthClosingDialog:
    page_of(stage).badge.close_button.click()
    dialog = stage.dialog()
    assert isinstance(dialog, MonthClosingDialog)
    stage.until(lambda: dialog.prospect is not None)
    return dialog


def closed(stage: Stage) -> FiguresPage:
    """February is closed; then a problem of February is registered late."""
    page = page_of(stage)
    if page.badge.closing is None:
        closing_dialog(stage).accept_button.click()
        stage.until(lambda: page.badge.closing is not None)
        jobs.write(page, stage.workspace, register_late, notice=False)
    return page_of(stage)


def register_late(writer: Writer) -> None:
    session: Any = writer.session
    village, reach = choices.villages(session)[3].id, choices.reaches(session)[0].id
    entry = {
        "found_on": date(2026, 2, 20),
        "happened_at": date(2026, 2, 20),
        "source": "Y01",
        "reach_id": reach,
        "village_id": village,
        "category_code": "LD01",
        "description": "桥下堆放建筑垃圾约6立方米",
        "volume_m3": 6,
    }
    writer.do(problems.register, understood(NewProblem, entry))


@scene("closing-dialog")
def dialog(stage: Stage) -> QWidget:
    return closing_dialog(stage)


@scene("closing-done")
def done(stage: Stage) -> QWidget:
    closed(stage)
    return stage.window


@scene("closing-tab")
def tab(stage: Stage) -> QWidget:
    found = closed(stage).show_tab(CLOSINGS)
    assert isinstance(found, ClosingTab)
    stage.until(lambda: found.told is not None)
    return stage.window


@scene("closing-corrections")
def corrections(stage: Stage) -> QWidget:
    """The next month tells what was corrected."""
    closed(stage)
    page_of(stage, MARCH)
    return stage.window


@scene("closing-reopen")
def reopen(stage: Stage) -> QWidget:
    closed(stage).badge.reopen()
    return stage.dialog()
