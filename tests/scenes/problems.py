"""Scenes of the problem page and its dialogs."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageDraw
from PySide6.QtWidgets import QWidget

from river_chief.terms import Action, Phase
from tests.scenes.stage import Stage, scene
from ui.pages.problems import ProblemsPage


def problems(stage: Stage, asked: str) -> ProblemsPage:
    page = stage.page("problems", asked)
    assert isinstance(page, ProblemsPage)
    return page


@scene("problems-course")
def course(stage: Stage) -> QWidget:
    problems(stage, "closed").panel.tabs.setCurrentIndex(1)
    return stage.window


@scene("problems-history")
def history(stage: Stage) -> QWidget:
    page = problems(stage, "overdue")
    page.panel.tabs.setCurrentIndex(4)
    return stage.window


@scene("problem-new")
def new(stage: Stage) -> QWidget:
    problems(stage, "new")
    return stage.dialog()


@scene("problem-refused")
def refused(stage: Stage) -> QWidget:
    problems(stage, "new")
    dialog = stage.dialog()
    getattr(dialog, "form").fields["found_on"].set_value("2025.13.5")  # noqa: B009 - any dialog
    getattr(dialog, "submit")()  # noqa: B009 - any dialog
    return dialog


@scene("problem-edit")
def edit(stage: Stage) -> QWidget:
    problems(stage, "rectifying").edit()
    return stage.dialog()


STEPS = {
    "to_verify": (Action.VERIFY, Action.REFUTE, Action.MERGE, Action.HAND_OVER, Action.VOID),
    "to_assign": (Action.ASSIGN,),
    "to_sign": (Action.SIGN_FOR, Action.HAND_BACK),
    "rectifying": (Action.SUBMIT, Action.PROGRESS, Action.EXTEND, Action.SUSPEND),
    "to_accept": (Action.ACCEPT, Action.REJECT),
    "to_close": (Action.CLOSE, Action.RETURN),
    "closed": (Action.LOOK_BACK, Action.RELAPSE),
}


def step_scene(key: str, action: Action) -> None:
    @scene(f"step-{action.value}")
    def step(stage: Stage) -> QWidget:
        page = problems(stage, key)
        if page.panel.detail is None:
            raise AssertionError(f"no problem is {key}")
        page.act(action)
        return stage.dialog()


for _key, _actions in STEPS.items():
    for _action in _actions:
        step_scene(_key, _action)


def shore(colour: str) -> bytes:
    """A drawn stretch of bank, for the scene of the photos."""
    picture = Image.new("RGB", (800, 600), "#cfe3ea")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 330, 800, 600), fill="#7fa9b5")
    draw.polygon([(0, 330), (300, 250), (800, 360), (800, 420), (0, 430)], fill=colour)
    buffer = BytesIO()
    picture.save(buffer, "JPEG")
    return buffer.getvalue()


@scene("problems-photos")
def photos(stage: Stage) -> QWidget:
    page = problems(stage, "to_accept")
    strip = page.panel.photos
    page.panel.tabs.setCurrentIndex(2)
    for name, colour, phase in (("桥下.jpg", "#8a6f4d", Phase.BEFORE), ("清后.jpg", "#7d9a62", Phase.AFTER)):
        strip.add([(name, shore(colour))], phase)
        stage.settle()
        stage.clear()
    stage.until(lambda: all(item.icon().availableSizes() for item in strip.items()))
    return stage.window
