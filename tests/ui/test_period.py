from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from river_chief.rules.periods import Span
from river_chief.verbs import office
from tests.ui.desk import Filler
from ui.forms.period import Period, PeriodKind
from ui.forms.period_picker import PeriodPicker
from ui.workspace import Workspace


@pytest.fixture
def period(workspace: Workspace) -> Period:
    return Period(workspace)


@pytest.fixture
def picker(qtbot: QtBot, workspace: Workspace, period: Period) -> PeriodPicker:
    made = PeriodPicker(workspace, period)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.mark.parametrize(
    ("kind", "text", "first", "last", "before"),
    [
        (PeriodKind.MONTH, "2025年3月", date(2025, 3, 1), date(2025, 3, 31), "2025年2月"),
        (PeriodKind.QUARTER, "2025年一季度", date(2025, 1, 1), date(2025, 3, 31), "2024年四季度"),
        (PeriodKind.HALF_YEAR, "2025年上半年", date(2025, 1, 1), date(2025, 6, 30), "2024年下半年"),
        (PeriodKind.YEAR, "2025年", date(2025, 1, 1), date(2025, 12, 31), "2024年"),
        (PeriodKind.YEAR_TO_DATE, "2025年1—3月", date(2025, 1, 1), date(2025, 3, 31), "2025年1—2月"),
    ],
)
def test_a_period_of_every_kind(
    period: Period, kind: PeriodKind, text: str, first: date, last: date, before: str
) -> None:
    period.set_kind(kind)
    assert (period.text(), period.span()) == (text, Span(first, last))
    period.step(1)
    assert period.text() == text
    period.step(-1)
    assert period.text() == before
    period.step(1)
    assert period.text() == text
    period.set_kind(PeriodKind.MONTH)
    assert period.text() == "2025年3月"


def test_days_begin_as_the_period_shown_and_move_by_months_or_days(period: Period) -> None:
    period.set_kind(PeriodKind.QUARTER)
    period.set_kind(PeriodKind.DAYS)
    assert period.span() == Span(date(2025, 1, 1), date(2025, 3, 31))
    period.step(-1)
    assert period.span() == Span(date(2024, 10, 1), date(2024, 12, 31))
    period.set_days(Span(date(2025, 3, 3), date(2025, 3, 9)))
    assert not period.is_month
    period.step(-1)
    assert (period.text(), period.span().days) == ("2025年2月24日至3月2日", 7)


def test_the_office_counts_its_months_from_its_own_day(period: Period, workspace: Workspace) -> None:
    changes = Filler(workspace.database).do(
        office.change_settings, office.SettingChange, values={"period_start_day": 26}
    )
    workspace.changed.emit(changes)
    assert period.span() == Span(date(2025, 2, 26), date(2025, 3, 25))
    period.set_kind(PeriodKind.QUARTER)
    assert (period.text(), period.span()) == ("2025年一季度", Span(date(2024, 12, 26), date(2025, 3, 25)))


def test_the_picker_shows_and_changes_the_period(picker: PeriodPicker) -> None:
    assert (picker.label.text(), picker.after.isEnabled()) == ("2025年3月", False)
    picker.before.click()
    assert (picker.label.text(), picker.after.isEnabled()) == ("2025年2月", True)
    picker.kind.setCurrentText(PeriodKind.YEAR)
    picker.kind.activated.emit(picker.kind.currentIndex())
    assert picker.label.text() == "2025年"


def test_days_that_do_not_run_forward_change_nothing(picker: PeriodPicker) -> None:
    picker.period.set_kind(PeriodKind.DAYS)
    assert picker.days.isVisible()
    for text, complaint in (
        ("2025.2.1", "开始日期在结束日期之后，请改正。"),
        ("明天", "请填两个日期，例如 2025-03-01。"),
    ):
        picker.last.setText(text)
        QTest.keyClick(picker.last, Qt.Key.Key_Return)
        assert picker.last.toolTip() == complaint
        assert picker.period.span() == Span(date(2025, 3, 1), date(2025, 3, 31))
    picker.first.setText("2025.1.10")
    picker.last.setText("2025.2.1")
    QTest.keyClick(picker.last, Qt.Key.Key_Return)
    assert picker.period.span() == Span(date(2025, 1, 10), date(2025, 2, 1))
    assert picker.last.toolTip() == ""
    picker.first.setText("2026.1.10")
    picker.last.setText("2026.2.1")
    QTest.keyClick(picker.last, Qt.Key.Key_Return)
    assert "还没有到" in picker.last.toolTip()
