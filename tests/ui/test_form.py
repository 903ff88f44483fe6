from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from river_chief.errors import InvalidInput
from river_chief.verbs.steps.rectifying import Extend
from ui.forms.fields import DateField, TextField
from ui.forms.form import Form


@pytest.fixture
def form(qtbot: QtBot, host: QWidget) -> Form[Extend]:
    made = Form(Extend)
    made.add("deadline", DateField(year_of=date(2025, 3, 31)))
    made.add("words", TextField(), span=2)
    made.finish()
    made.setParent(host)
    made.show()
    host.activateWindow()
    return made


def labels(form: Form[Extend]) -> list[str]:
    return [label.text() for label in form.findChildren(QLabel) if label.isVisible() and label.text()]


def test_labels_are_the_inputs_titles_with_stars_and_access_keys(form: Form[Extend]) -> None:
    assert labels(form) == ["延期至 *(&A)", "原因说明 *(&B)"]


def test_a_good_form_gives_the_checked_input(form: Form[Extend]) -> None:
    form.load({"deadline": date(2025, 4, 20), "words": "连续降雨"})
    entry = form.entry(problem_id=7)
    assert entry == Extend(problem_id=7, deadline=date(2025, 4, 20), words="连续降雨")


def test_errors_stand_beside_their_fields_and_the_first_gets_the_focus(
    qtbot: QtBot, form: Form[Extend]
) -> None:
    assert form.entry(problem_id=7) is None
    assert "请填写延期至" in labels(form)
    assert "请填写原因说明" in labels(form)
    deadline = form.fields["deadline"]
    assert isinstance(deadline, DateField)
    qtbot.waitUntil(deadline.hasFocus)
    assert deadline.property("wrong") is True


def test_a_field_that_can_not_be_read_says_why(form: Form[Extend]) -> None:
    form.load({"deadline": "2025.13.5", "words": "降雨"})
    assert form.entry(problem_id=7) is None
    assert "没有 13 月，请改成实际的日期，如 2025-03-05。" in labels(form)


def test_typing_takes_the_mark_away(form: Form[Extend]) -> None:
    form.entry(problem_id=7)
    deadline = form.fields["deadline"]
    assert isinstance(deadline, DateField)
    deadline.changed.emit()
    assert "请填写延期至" not in labels(form)
    assert deadline.property("wrong") is False


def test_a_verbs_complaints_are_shown_and_those_without_a_field_are_returned(form: Form[Extend]) -> None:
    error = InvalidInput({"deadline": "延期应晚于现行时限", "severity": "请先填写严重程度"})
    form.refuse(error)
    assert "延期应晚于现行时限" in labels(form)
    assert form.others(error) == ["请先填写严重程度"]
