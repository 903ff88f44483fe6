from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from river_chief.fields.ledger_names import known_names
from river_chief.queries.history import recent_acts
from river_chief.records.record import METADATA
from river_chief.storage.verify import Verdict
from river_chief.terms import Action, BatchState, Closer, DeadlineKind, Proof, Source
from river_chief.verbs import imports, waters
from river_chief.verbs.input import understood
from tests.ui.desk import CLERK, TODAY, Filler, Shown
from ui.dialogs.verb_dialog import VerbDialog
from ui.forms.office_fields import DeadlineField, KindsField
from ui.forms.one_of import OneOfField
from ui.forms.ordered_picks import OrderedKeysField
from ui.pages.journal_tab import BatchTab, JournalTab
from ui.pages.ledger_tab import LedgerTab
from ui.pages.office_form import SECTIONS, OfficeForm
from ui.pages.register_tab import RegisterTab
from ui.pages.settings import SettingsPage
from ui.progress_dialog import ProgressDialog
from ui.workspace import Workspace


@pytest.fixture
def page(qtbot: QtBot, workspace: Workspace) -> SettingsPage:
    made = SettingsPage(workspace)
    qtbot.addWidget(made)
    made.resize(1200, 640)
    made.show()
    return made


def form_of(page: SettingsPage) -> OfficeForm:
    tab = page.show_tab("单位")
    assert isinstance(tab, OfficeForm)
    return tab


def register(page: SettingsPage, name: str) -> RegisterTab:
    tab = page.show_tab(name)
    assert isinstance(tab, RegisterTab)
    return tab


def press(tab: RegisterTab, text: str) -> None:
    next(button for _, button in tab.buttons if button.text().startswith(text)).click()


def dialog_of(page: SettingsPage) -> VerbDialog[Any]:
    return page.findChildren(VerbDialog)[-1]


def test_every_setting_stands_in_the_form_with_its_words(page: SettingsPage) -> None:
    from river_chief.rules.office import OfficeSettings

    listed = [key for _, keys in SECTIONS for key in keys]
    assert sorted(listed) == sorted({*OfficeSettings.model_fields} - {"calendar_years"})
    texts = {label.text() for label in form_of(page).findChildren(QLabel)}
    assert "印在文书抬头和落款，例如砚溪镇河长制办公室。" in texts


def test_what_was_changed_is_written_as_one_act(qtbot: QtBot, page: SettingsPage) -> None:
    form = form_of(page)
    assert not form.save_button.isEnabled()
    form.form.load({"due_soon_days": 5.0, "rate_digits": 2.0})
    form.form.changed.emit()
    assert form.save_button.isEnabled()
    with qtbot.waitSignal(page.workspace.changed):
        form.save()
    settings = page.workspace.settings
    assert (settings.due_soon_days, settings.rate_digits) == (5, 2)
    with page.workspace.read() as session:
        assert recent_acts(session, 1)[0].sentence == "修改设置：比率小数位、临期提醒（天）"
    assert not form.save_button.isEnabled()


def test_a_wrong_setting_is_said_beside_it_and_kept(page: SettingsPage) -> None:
    form = form_of(page)
    form.form.load({"flood_from": "13-01", "rate_digits": 3.0})
    form.save()
    assert "不是月日" in form.form.fields["flood_from"].toolTip()  # type: ignore[attr-defined]
    assert "不大于 2" in form.form.fields["rate_digits"].toolTip()  # type: ignore[attr-defined]
    form.restore()
    form.form.load({"flood_from": "10-01"})
    form.save()
    assert "汛期的开始日期在结束日期之后" in form.complaint.text()
    assert page.workspace.settings.flood_from == "04-01"


def test_other_changes_do_not_wipe_what_is_being_typed(page: SettingsPage, filler: Filler) -> None:
    form = form_of(page)
    form.form.load({"short": "溪"})
    page.workspace.changed.emit(filler.do(waters.add_water, waters.NewWater, name="清水沟"))
    assert form.form.values()["short"] == "溪"


def test_a_rule_is_added_changed_and_retired(qtbot: QtBot, page: SettingsPage) -> None:
    tab = register(page, "巡河规则")
    before = tab.view.model.total
    press(tab, "新增规则")
    dialog = dialog_of(page)
    dialog.load({"name": "水库巡河", "kind": "reservoir", "count": 2.0, "exempt_kinds": "reservoir;lake"})
    with qtbot.waitSignal(dialog.done_well) as done:
        dialog.submit()
    assert done.args is not None
    assert tab.view.model.total == before + 1
    tab.view.select(done.args[0].id)
    press(tab, "修改")
    edit = dialog_of(page)
    kinds = edit.form.fields["exempt_kinds"]
    assert isinstance(kinds, KindsField)
    assert kinds.value() == "reservoir;lake"
    edit.load({"count": 9.0})
    edit.submit()
    assert edit.isVisible()
    edit.load({"count": 3.0})
    with qtbot.waitSignal(edit.done_well):
        edit.submit()
    tab.view.select(done.args[0].id)
    press(tab, "停用")
    gone = dialog_of(page)
    with qtbot.waitSignal(gone.done_well):
        gone.submit()
    assert tab.view.model.total == before


def test_a_category_is_renamed_and_its_rule_checked(qtbot: QtBot, page: SettingsPage, shown: Shown) -> None:
    tab = register(page, "问题分类")
    tab.view.bar.search.setText("LD01")
    tab.view.bar.search.returnPressed.emit()
    tab.view.select_first()
    tab.view.activated.emit(tab.view.current_id())
    dialog = dialog_of(page)
    dialog.load({"alias": "生活垃圾、垃圾", "standard": "清运干净，无残留"})
    with qtbot.waitSignal(dialog.done_well):
        dialog.submit()
    row = tab.view.model.row_at(0)
    assert row is not None
    assert (row["alias"], row["group_name"]) == ("生活垃圾、垃圾", "乱堆")


@pytest.mark.parametrize(("name", "button"), [("专项", "新增专项"), ("用户", "新增用户")])
def test_campaigns_and_users_are_added_and_retired(
    qtbot: QtBot, page: SettingsPage, name: str, button: str
) -> None:
    tab = register(page, name)
    before = tab.view.model.total
    press(tab, button)
    dialog = dialog_of(page)
    dialog.load({"name": "某某甲"})
    with qtbot.waitSignal(dialog.done_well) as done:
        dialog.submit()
    assert done.args is not None
    tab.view.select(done.args[0].id)
    press(tab, "停用")
    gone = dialog_of(page)
    with qtbot.waitSignal(gone.done_well):
        gone.submit()
    assert tab.view.model.total == before


def test_the_journal_grows_and_takes_one_act_back(
    qtbot: QtBot, page: SettingsPage, filler: Filler, shown: Shown
) -> None:
    tab = page.show_tab("操作日志")
    assert isinstance(tab, JournalTab)
    before = tab.view.model.total
    page.workspace.changed.emit(filler.do(waters.add_water, waters.NewWater, name="清水沟"))
    assert tab.view.model.total == before + 1
    tab.view.select_first()
    assert "新增河湖清水沟" in tab.panel.texts()
    assert "河湖 1 条" in tab.panel.texts()
    shown.answer = "取消"
    tab.undo()
    assert tab.view.model.total == before + 1
    shown.answer = "撤销"
    tab.panel.buttons[0].click()
    assert tab.view.model.total == before + 2
    assert "撤销：新增河湖清水沟" in tab.view.model.index(0, tab.view.model.column_of("sentence")).data()
    row = tab.view.model.row_at(1)
    assert row is not None
    assert row["undone"] is True


def test_an_import_is_taken_back_whole(page: SettingsPage, shown: Shown) -> None:
    workspace = page.workspace
    with workspace.database.write(by=CLERK, today=TODAY) as writer:
        values = {"kind": "waters", "name": "县里的河湖", "file_name": "河湖.xls", "new": 1}
        batch = writer.do(imports.open_batch, understood(imports.NewBatch, values)).id
        writer.batch_id = batch
        made = writer.do(waters.add_water, understood(waters.NewWater, {"name": "清水沟"})).id
    tab = page.show_tab("导入记录")
    assert isinstance(tab, BatchTab)
    tab.view.select_first()
    shown.answer = "撤销整批"
    press(tab, "撤销整批")
    row = tab.view.model.row_at(0)
    assert row is not None
    assert row["state"] is BatchState.UNDONE
    with workspace.read() as session:
        from river_chief.records import Water

        assert session.get(Water, made) is None


def test_the_ledger_is_checked_and_the_result_said_in_words(qtbot: QtBot, page: SettingsPage) -> None:
    tab = page.show_tab("台账文件")
    assert isinstance(tab, LedgerTab)
    assert str(page.workspace.database.folder.path) in tab.place.text()
    tab.check()
    qtbot.waitUntil(lambda: tab.verdict is not None)
    qtbot.waitUntil(lambda: not tab.findChildren(ProgressDialog))
    assert "台账完整" in tab.result.texts()
    tab.show_verdict(Verdict(acts=3, faults=["日志第 2 步与前一步不相连（缺步或被改动）。"]))
    assert "发现 1 处问题" in tab.result.texts()
    assert "⚠ 日志第 2 步与前一步不相连" in tab.result.texts()


def test_the_office_fields_speak_the_protocol(qtbot: QtBot) -> None:
    deadline = DeadlineField()
    qtbot.addWidget(deadline)
    deadline.set_value({"kind": DeadlineKind.WORKING_DAYS, "amount": 5, "roll": False})
    assert deadline.value() == {"kind": DeadlineKind.WORKING_DAYS, "amount": 5.0, "roll": False}
    assert not deadline.roll.isVisibleTo(deadline)
    deadline.amount.setText("五")
    assert "不是数字" in deadline.complaint()


def test_every_table_of_a_ledger_has_a_chinese_name() -> None:
    tables = set(METADATA.tables) - {"act", "act_change", "counted_round"}  # the last is kept by the database
    assert tables <= known_names()


def test_who_closes_what_is_changed(qtbot: QtBot, page: SettingsPage) -> None:
    tab = register(page, "销号权限")
    tab.view.bar.search.setText("县级督查")
    tab.view.bar.search.returnPressed.emit()
    tab.view.select_first()
    press(tab, "修改")
    dialog = dialog_of(page)
    dialog.load({"minor": Closer.TOWN})
    with qtbot.waitSignal(dialog.done_well):
        dialog.submit()
    row = tab.view.model.row_at(0)
    assert row is not None
    assert (row["source"], row["minor"], row["serious"]) == (Source.COUNTY, Closer.TOWN, Closer.COUNTY)


def test_a_proof_is_asked_for_and_no_longer(qtbot: QtBot, page: SettingsPage) -> None:
    tab = register(page, "佐证要求")
    before = tab.view.model.total
    press(tab, "新增要求")
    dialog = dialog_of(page)
    dialog.load({"proof": Proof.SIGNED_SCAN, "action": Action.ACCEPT, "category_code": "LJ"})
    with qtbot.waitSignal(dialog.done_well) as done:
        dialog.submit()
    assert done.args is not None
    tab.view.select(done.args[0].id)
    rows = [tab.view.model.row_at(place) for place in range(tab.view.model.total)]
    row = next(row for row in rows if row is not None and row.id == done.args[0].id)
    assert (row["category_name"], row["is_needed"]) == ("乱建", True)
    press(tab, "停用")
    gone = dialog_of(page)
    with qtbot.waitSignal(gone.done_well):
        gone.submit()
    assert tab.view.model.total == before


def test_rates_and_what_the_four_comparisons_rank_by_are_chosen_by_name(
    qtbot: QtBot, page: SettingsPage
) -> None:
    form = form_of(page)
    official, shown = form.form.fields["official_rate"], form.form.fields["shown_rates"]
    assert isinstance(official, OneOfField)
    assert isinstance(shown, OrderedKeysField)
    assert official.currentText() == "整改销号率"
    assert "自查发现占比" not in [official.itemText(at) for at in range(official.count())]
    assert shown.value() == page.workspace.settings.shown_rates
    shown.chosen.setCurrentRow(0)
    QTest.keyClick(shown.chosen, Qt.Key.Key_Delete)
    QTest.keyClick(shown.chosen, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    official.setCurrentIndex(official.findText("逾期率"))
    official.activated.emit(official.currentIndex())
    lead = form.form.fields["lead_speed"]
    assert isinstance(lead, OneOfField)
    assert [lead.itemText(at) for at in range(lead.count())] == ["按期整改率", "平均整改天数", "逾期率"]
    lead.set_value("average_days")
    with qtbot.waitSignal(page.workspace.changed):
        form.save()
    settings = page.workspace.settings
    assert (settings.official_rate, settings.lead_speed) == ("overdue_rate", "average_days")
    assert settings.shown_rates == (
        "rectification_rate",
        "completion_rate_cumulative",
        "on_time_rate",
        "overdue_rate",
    )
    assert not form.is_touched()


def test_at_least_one_rate_is_shown(page: SettingsPage) -> None:
    form = form_of(page)
    form.form.load({"shown_rates": ()})
    form.save()
    assert form.is_touched()
    assert page.workspace.settings.shown_rates
