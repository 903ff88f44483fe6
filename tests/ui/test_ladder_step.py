from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from river_chief.queries.office_tables import OfficeFilter
from river_chief.queries.rule_tables import LADDER_TABLE
from river_chief.terms import PaperKind, Target, Trigger
from tests.ui.desk import TODAY
from ui.dialogs.ladder_step import ladder_dialog
from ui.dialogs.verb_dialog import VerbDialog
from ui.pages.register_tab import RegisterTab
from ui.pages.settings import SettingsPage
from ui.workspace import Workspace

USED = ("days", "count", "rate_key", "percent", "months")


def ladder(workspace: Workspace) -> list[tuple[int, str, str]]:
    with workspace.read() as session:
        rows = LADDER_TABLE.all(session, OfficeFilter(), TODAY)
    return [(row["ordinal"], row["name"], row["condition"]) for row in rows]


def test_the_shipped_ladder_is_told_in_words(workspace: Workspace) -> None:
    assert ladder(workspace) == [
        (1, "到期提醒", "到期前3日"),
        (2, "逾期催办", "逾期1日"),
        (3, "逾期督办", "逾期7日"),
        (4, "逾期通报", "逾期15日"),
        (4, "多件逾期通报", "一个村同时逾期3件"),
        (4, "按期率偏低通报", "按期整改率连续2个月低于80%"),
        (5, "逾期约谈", "逾期30日"),
        (5, "连续末位约谈", "连续3个月排名末位"),
        (5, "反弹约谈", "同一问题反弹2次"),
        (6, "问责建议", "逾期60日"),
    ]


@pytest.mark.parametrize(
    ("trigger", "needed"),
    [
        (Trigger.AFTER_DUE, {"days"}),
        (Trigger.OVERDUE_COUNT, {"count"}),
        (Trigger.RATE_BELOW, {"rate_key", "percent", "months"}),
        (Trigger.RANK_LAST, {"months"}),
        (Trigger.RELAPSE, {"count"}),
    ],
)
def test_only_what_the_condition_needs_can_be_filled_in(
    host: QWidget, workspace: Workspace, trigger: Trigger, needed: set[str]
) -> None:
    dialog = ladder_dialog(host, workspace, 3)
    field = dialog.form.fields["trigger"]
    field.set_value(trigger)
    field.changed.emit()
    fields = {key: dialog.form.fields[key] for key in USED}
    enabled = {key for key, each in fields.items() if isinstance(each, QWidget) and each.isEnabled()}
    assert enabled == needed
    kept = {key for key in USED if dialog.form.values()[key] not in (None, "")}
    assert kept <= needed


def test_a_step_is_added(host: QWidget, workspace: Workspace) -> None:
    dialog = ladder_dialog(host, workspace)
    dialog.form.load(
        {"ordinal": 3, "name": "汛期督办", "paper": PaperKind.SUPERVISE, "target": Target.TOWN_CHIEF}
    )
    dialog.submit()
    assert not dialog.is_over, "the days are missing"
    dialog.form.load({"days": 2})
    dialog.submit()
    assert (3, "汛期督办", "逾期2日") in ladder(workspace)


def test_the_tab_changes_and_retires_steps(qtbot: QtBot, workspace: Workspace) -> None:
    page = SettingsPage(workspace)
    qtbot.addWidget(page)
    page.show()
    tab = page.show_tab("督促阶梯")
    assert isinstance(tab, RegisterTab)
    assert tab.view.model.total == 10
    tab.view.select(10)
    retire = next(doing for doing, button in tab.buttons if button.text() == "停用…")
    tab.do(retire)
    dialog: VerbDialog[Any] = page.findChildren(VerbDialog)[-1]
    dialog.submit()
    assert tab.view.model.total == 9
    assert ladder(workspace)[-1][1] == "反弹约谈"
