"""The fields of a saved report's form: several values, columns in order, groupings, words."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from river_chief.terms import Grouping, Severity
from tests.ui.desk import write
from ui.forms.groupings import GroupingsField
from ui.forms.key_picks import KeyPicksField
from ui.forms.several import SeveralField
from ui.forms.words import WordsField

COLUMNS = {"found": "新增", "closed": "销号", "overdue": "逾期"}


def test_several_values_of_any_kind(qtbot: QtBot) -> None:
    field = SeveralField([(each, each.label) for each in Severity])
    qtbot.addWidget(field)
    assert (field.value(), field.words) == ((), "不限")
    field.menu().actions()[1].trigger()
    field.menu().actions()[0].trigger()
    assert field.value() == tuple(Severity)[:2]
    assert all(isinstance(value, Severity) for value in field.value())


def test_a_value_no_longer_offered_is_kept_until_another_is_ticked(qtbot: QtBot) -> None:
    field = SeveralField([(1, "上砚村"), (2, "下砚村")])
    qtbot.addWidget(field)
    field.set_value((2, 9))
    assert field.value() == (2, 9)
    field.menu().actions()[0].trigger()
    assert field.value() == (1, 2)


def test_columns_are_picked_in_an_order(qtbot: QtBot) -> None:
    field = KeyPicksField(COLUMNS)
    qtbot.addWidget(field)
    field.show()
    for words in ("逾期", "新增", "逾期"):
        field.line.setFocus()
        write(field.line, words)
        popup = QApplication.activePopupWidget()
        assert popup is not None
        QTest.keyClick(popup, Qt.Key.Key_Return)
    assert field.value() == ("overdue", "found")
    field.chosen.setCurrentRow(1)
    QTest.keyClick(field.chosen, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert field.value() == ("found", "overdue")
    field.set_options({"overdue": "逾期", "due": "到期"})
    assert field.value() == ("overdue",)
    field.chosen.setCurrentRow(0)
    QTest.keyClick(field.chosen, Qt.Key.Key_Delete)
    assert field.value() == ()


def test_the_second_grouping_follows_the_first(qtbot: QtBot) -> None:
    field = GroupingsField()
    qtbot.addWidget(field)
    assert field.value() == ()
    field.set_value((Grouping.UNIT, Grouping.VILLAGE))
    assert field.value() == (Grouping.UNIT, Grouping.VILLAGE)
    field.offer((Grouping.WALKER, Grouping.AREA), needed=True)
    assert field.value() == ()
    assert field.combos[0].itemText(0) == "（请选）"


def test_words_are_parted(qtbot: QtBot) -> None:
    field = WordsField()
    qtbot.addWidget(field)
    field.setText("制表人，审核人、 负责人")
    assert field.value() == ("制表人", "审核人", "负责人")
    field.set_value(("制表人",))
    assert field.text() == "制表人"
    field.set_value(())
    assert field.value() == ()
