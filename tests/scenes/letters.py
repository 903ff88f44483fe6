"""Scenes of 督促: what is proposed, the letters, and their dialogs."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from river_chief.queries.papers import LETTER_LEDGER
from river_chief.rules.ladder_draft import draft_of
from tests.scenes.stage import Stage, scene
from ui.dialogs.ladder_step import ladder_dialog
from ui.dialogs.letters import LetterDialog, void_dialog
from ui.pages.follow_up import FollowUpPage
from ui.pages.letters_tab import LettersTab


def shown(stage: Stage, key: str) -> LettersTab:
    page = stage.page("follow_up", "督促")
    assert isinstance(page, FollowUpPage)
    tab = page.made["督促"]
    assert isinstance(tab, LettersTab)
    stage.until(lambda: bool(tab.proposals.proposals))
    tab.choose(key)
    return tab


@scene("letters")
def letters(stage: Stage) -> QWidget:
    shown(stage, "proposed")
    return stage.window


@scene("letters-sent")
def sent(stage: Stage) -> QWidget:
    shown(stage, "all")
    return stage.window


@scene("letter-issue")
def issue(stage: Stage) -> QWidget:
    tab = shown(stage, "proposed")
    LetterDialog(stage.window, stage.workspace, draft_of(tab.proposals.proposals[0])).open()
    return stage.dialog()


@scene("letter-void")
def void(stage: Stage) -> QWidget:
    tab = shown(stage, "unanswered")
    with stage.workspace.read() as session:
        (row,) = LETTER_LEDGER.rows(session, [tab.view.current_id()], stage.workspace.today())
    void_dialog(stage.window, stage.workspace, row).open()
    return stage.dialog()


@scene("ladder-step")
def step(stage: Stage) -> QWidget:
    ladder_dialog(stage.window, stage.workspace, 6).open()
    return stage.dialog()
