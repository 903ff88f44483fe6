"""Scenes of 批量办理 and of the tables 回头看 and 红黄绿."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from river_chief.terms import Action
from tests.scenes.problems import problems
from tests.scenes.registers import settings, settings_scene
from tests.scenes.stage import Stage, scene
from ui.dialogs.bulk import BulkDialog

settings_scene("look_back", "回头看")
settings_scene("lights", "红黄绿")


@scene("settings-look_back_rule")
def look_back_rule(stage: Stage) -> QWidget:
    settings(stage, "回头看")._look_back(1)
    return stage.dialog()


@scene("settings-light_rule")
def light_rule(stage: Stage) -> QWidget:
    settings(stage, "红黄绿")._light(5)
    return stage.dialog()


@scene("problems-bulk")
def bulk(stage: Stage) -> QWidget:
    page = problems(stage, "in_stock")
    page.view.table.selectAll()
    page.do_many(page.view.selected_ids())
    dialog = stage.dialog()
    assert isinstance(dialog, BulkDialog)
    keys = [action.key for action in dialog.offered]
    dialog.choice.setCurrentIndex(keys.index(Action.EXTEND.value))
    dialog.form.load({"days": 15, "words": "连续阴雨，作业船只不能进场"})
    dialog.show_plan()
    stage.until(lambda: dialog.plan is not None)
    stage.settle()
    dialog.skip.click()
    return dialog
