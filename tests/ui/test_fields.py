from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from river_chief.queries.choices import Choice
from river_chief.terms import Severity, WorkKind
from tests.ui.desk import write
from ui.forms.fields import DateField, FlagField, LineField, MomentField, NumberField, TermField, TextField
from ui.forms.pickers import MultiPickField, PickField, initials
from ui.forms.work import WorkField

TODAY = date(2025, 3, 31)
VILLAGES = (Choice(1, "柳塘村"), Choice(2, "石桥村"), Choice(3, "朝阳村", hint="东片"))


@pytest.mark.parametrize(
    ("field", "value", "empty"),
    [
        (LineField, "赵春", ""),
        (TextField, "第一行\n第二行", ""),
        (lambda: DateField(year_of=TODAY), date(2025, 3, 5), None),
        (lambda: MomentField(year_of=TODAY), datetime(2025, 3, 5, 9, 30), None),
        (NumberField, 12.5, None),
        (lambda: TermField(Severity), Severity.MAJOR, None),
        (FlagField, True, False),
        (lambda: PickField(VILLAGES), 2, None),
        (lambda: MultiPickField(VILLAGES), (1, 3), ()),
        (WorkField, {WorkKind.RUBBISH: 12.0, WorkKind.MONEY: 0.5}, {}),
    ],
)
def test_every_field_speaks_the_protocol(qtbot: QtBot, field: Any, value: object, empty: object) -> None:
    widget = field()
    qtbot.addWidget(widget)
    spy = QSignalSpy(widget.changed)
    assert widget.value() == empty
    widget.set_value(value)
    assert widget.value() == value
    assert widget.complaint() == ""
    widget.set_error("不对")
    widget.set_error("")
    widget.set_value(None)
    assert widget.value() == empty
    assert spy.count() == 0, "setting a value is no change by the clerk"


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2025.3.5", date(2025, 3, 5)),
        ("3月5日", date(2025, 3, 5)),
        ("20250305", date(2025, 3, 5)),
        ("2025-3-5", date(2025, 3, 5)),
    ],
)
def test_a_day_may_be_typed_in_many_ways(qtbot: QtBot, typed: str, day: date) -> None:
    field = DateField(year_of=TODAY)
    qtbot.addWidget(field)
    write(field, typed)
    assert field.value() == day
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.text() == day.isoformat()


def test_what_is_no_day_is_kept_and_complained_about(qtbot: QtBot) -> None:
    field = DateField(year_of=TODAY)
    qtbot.addWidget(field)
    write(field, "2025.13.5")
    assert field.value() == "2025.13.5"
    assert "13 月" in field.complaint()


def test_arrows_go_by_days_and_begin_with_today(qtbot: QtBot) -> None:
    field = DateField(year_of=TODAY)
    qtbot.addWidget(field)
    QTest.keyClick(field, Qt.Key.Key_Up)
    assert field.value() == TODAY
    QTest.keyClick(field, Qt.Key.Key_Down)
    assert field.value() == date(2025, 3, 30)


@pytest.mark.parametrize(
    ("typed", "value"), [("12", 12.0), ("１２．５", 12.5), ("1,200", 1200.0), ("12方", "12方"), ("", None)]
)
def test_numbers(qtbot: QtBot, typed: str, value: object) -> None:
    field = NumberField()
    qtbot.addWidget(field)
    write(field, typed)
    assert field.value() == value
    assert bool(field.complaint()) is isinstance(value, str)


def test_a_moment_without_a_time_is_a_day(qtbot: QtBot) -> None:
    field = MomentField(year_of=TODAY)
    qtbot.addWidget(field)
    field.set_value(TODAY)
    assert field.text() == "2025-03-31"
    assert field.value() == datetime(2025, 3, 31)


def test_initials_know_every_reading() -> None:
    assert initials("朝阳河") == {"zyh", "cyh"}


@pytest.mark.parametrize("typed", ["柳", "ltc", "LT"])
def test_typing_finds_and_enter_picks(qtbot: QtBot, host: QWidget, typed: str) -> None:
    field = PickField(VILLAGES)
    field.setParent(host)
    field.show()
    field.setFocus()
    if typed.isascii():
        QTest.keyClicks(field, typed)
    else:
        write(field, typed)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert field.value() == 1
    assert field.text() == "柳塘村"


def test_typing_that_fits_only_one_settles_without_the_list(qtbot: QtBot, host: QWidget) -> None:
    field = PickField(VILLAGES)
    field.setParent(host)
    field.show()
    field.setFocus()
    write(field, "石桥")
    popup = QApplication.activePopupWidget()
    assert popup is not None
    QTest.keyClick(popup, Qt.Key.Key_Escape)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert field.value() == 2


def test_down_opens_the_whole_list(qtbot: QtBot, host: QWidget) -> None:
    field = PickField(VILLAGES)
    field.setParent(host)
    field.show()
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Down)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    assert field.value() == 3


def test_what_is_not_in_the_list_is_complained_about(qtbot: QtBot) -> None:
    field = PickField(VILLAGES)
    qtbot.addWidget(field)
    field.setText("东桥村")
    assert field.value() == "东桥村"
    assert field.complaint() == "没有“东桥村”，请从列表中选择"


def test_other_choices_drop_a_value_that_is_gone(qtbot: QtBot) -> None:
    field = PickField(VILLAGES)
    qtbot.addWidget(field)
    field.set_value(2)
    field.set_choices(VILLAGES[:1])
    assert field.value() is None
    assert field.text() == ""


def test_choices_of_one_name_are_told_apart(qtbot: QtBot) -> None:
    field = PickField((Choice(1, "王文", "001"), Choice(2, "王文", "002")))
    qtbot.addWidget(field)
    field.set_value(2)
    assert field.text() == "王文 002"


def test_ticks_stay_when_the_choices_change(qtbot: QtBot) -> None:
    field = MultiPickField(VILLAGES)
    qtbot.addWidget(field)
    field.set_value((1, 3))
    field.set_choices(VILLAGES[1:])
    assert field.value() == (3,)


def test_amounts_that_are_no_numbers_are_named(qtbot: QtBot) -> None:
    field = WorkField()
    qtbot.addWidget(field)
    write(field.amounts[WorkKind.RUBBISH], "三车")
    assert field.complaint() == "清理垃圾：“三车”不是数字，只填数字，不带单位"
