"""Scenes of the import of workbooks."""

from __future__ import annotations

import tempfile
from pathlib import Path

from PySide6.QtWidgets import QWidget

from river_chief.intake.plan import RowState
from river_chief.sample.county_sheet import FILE
from river_chief.sample.workbooks import CHIEFS, write_workbooks
from tests.scenes.stage import Stage, scene
from ui.dialogs.import_wizard import ImportWizard


def wizard_on(stage: Stage, name: str = "") -> ImportWizard:
    """The import, with one of the sample's workbooks."""
    stage.window.show_page("import")
    wizard = stage.dialog()
    assert isinstance(wizard, ImportWizard)
    if name:
        with tempfile.TemporaryDirectory() as folder:
            write_workbooks(Path(folder))
            wizard.open_file(Path(folder) / name)
            stage.until(lambda: wizard.seen is not None)
    return wizard


@scene("import-empty")
def empty(stage: Stage) -> QWidget:
    return wizard_on(stage)


@scene("import-problems")
def problems(stage: Stage) -> QWidget:
    return wizard_on(stage, FILE)


@scene("import-added")
def added(stage: Stage) -> QWidget:
    wizard = wizard_on(stage, FILE)
    next(iter(wizard.answers.ticks.values())).setChecked(True)
    stage.until(lambda: wizard.seen is not None and wizard.seen.plan.counts[RowState.NEW] == 11)
    wizard.table.select(5)
    return wizard


@scene("import-doubtful")
def doubtful(stage: Stage) -> QWidget:
    wizard = wizard_on(stage, CHIEFS)
    wizard.chips[RowState.DOUBTFUL].click()
    return wizard
