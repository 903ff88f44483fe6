"""Scenes of patrols, waters, chiefs and settings, and of their dialogs."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from tests.scenes.stage import Stage, scene
from ui.dialogs.holidays import YearDialog
from ui.dialogs.patrol import PatrolDialog
from ui.dialogs.patrol_sheet import PatrolSheetDialog
from ui.forms.checklist import ChecklistField
from ui.pages.chiefs import OF_PERSON, OF_TENURE, ChiefsPage
from ui.pages.holiday_tab import HolidayTab
from ui.pages.patrols import PatrolsPage
from ui.pages.settings import SettingsPage
from ui.pages.waters import AREAS, REACHES, WATERS, WatersPage
from ui.tables.patrol_rows import CODE, DAY, FOUND, KM, MINUTES, WORDS


def patrols(stage: Stage) -> PatrolsPage:
    page = stage.page("patrols")
    assert isinstance(page, PatrolsPage)
    page.only_findings.setChecked(True)
    page.view.select_first()
    return page


@scene("patrols-finding")
def finding(stage: Stage) -> QWidget:
    patrols(stage).side.setCurrentIndex(0)
    return stage.window


@scene("patrols-owing")
def owing(stage: Stage) -> QWidget:
    patrols(stage).side.setCurrentIndex(1)
    return stage.window


@scene("patrol-new")
def new_patrol(stage: Stage) -> QWidget:
    page = patrols(stage)
    page.add(page.owing.table.rows.keys[0].tenure_id)
    return stage.dialog()


@scene("patrol-edit")
def edit_patrol(stage: Stage) -> QWidget:
    patrols(stage).edit()
    dialog = stage.dialog()
    assert isinstance(dialog, PatrolDialog)
    checks = dialog.form.fields["checks"]
    assert isinstance(checks, ChecklistField)
    checks.toggle.setChecked(True)
    return dialog


@scene("patrol-void")
def void_patrol(stage: Stage) -> QWidget:
    patrols(stage).void()
    return stage.dialog()


@scene("patrol-problem")
def patrol_problem(stage: Stage) -> QWidget:
    patrols(stage).register_problem()
    return stage.dialog()


SHEET = (
    {DAY: "4", CODE: "1", MINUTES: "35", KM: "1.2", FOUND: "0"},
    {DAY: "11", CODE: "1", MINUTES: "28", KM: "1.1", FOUND: "1", WORDS: "岸坡堆放秸秆"},
    {DAY: "18", CODE: "2", MINUTES: "半小时"},
)


@scene("patrol-sheet")
def sheet(stage: Stage) -> QWidget:
    patrols(stage).add_many()
    dialog = stage.dialog()
    assert isinstance(dialog, PatrolSheetDialog)
    for row, texts in enumerate(SHEET):
        for column, text in texts.items():
            dialog.model.setData(dialog.model.index(row, column), text)
        dialog.model.next_cell(row, WORDS)
    dialog.papers.set_value(3.0)
    dialog.submit()
    return dialog


def register_scene(key: str, name: str) -> None:
    def waters(stage: Stage) -> WatersPage:
        page = stage.page("waters")
        assert isinstance(page, WatersPage)
        page.show_register(name)
        page.register.view.select(page.register.view.model.ids[5])
        return page

    @scene(f"waters-{key}")
    def show(stage: Stage) -> QWidget:
        waters(stage)
        return stage.window

    @scene(f"waters-{key}-edit")
    def edit(stage: Stage) -> QWidget:
        waters(stage).register.edit()
        return stage.dialog()

    @scene(f"waters-{key}-retire")
    def retire(stage: Stage) -> QWidget:
        waters(stage).register.retire()
        return stage.dialog()


for _key, _name in (("reaches", REACHES), ("waters", WATERS), ("areas", AREAS)):
    register_scene(_key, _name)


def chiefs(stage: Stage) -> ChiefsPage:
    page = stage.page("chiefs")
    assert isinstance(page, ChiefsPage)
    page.view.bar.combos[0].setCurrentText("村级")
    page.view.select_first()
    return page


@scene("chiefs-file")
def file(stage: Stage) -> QWidget:
    chiefs(stage)
    return stage.window


@scene("chief-new")
def new_chief(stage: Stage) -> QWidget:
    chiefs(stage).add()
    return stage.dialog()


def chief_scene(what: str) -> None:
    @scene(f"chief-{what}")
    def show(stage: Stage) -> QWidget:
        chiefs(stage).do(what)
        return stage.dialog()


for _what in (*OF_TENURE, *OF_PERSON):
    chief_scene(_what)


def settings(stage: Stage, tab: str) -> SettingsPage:
    page = stage.page("settings", tab)
    assert isinstance(page, SettingsPage)
    return page


def settings_scene(key: str, tab: str) -> None:
    @scene(f"settings-{key}")
    def show(stage: Stage) -> QWidget:
        made = settings(stage, tab).made[tab]
        view = getattr(made, "view", None)
        if view is not None:
            view.select_first()
        return stage.window


TABS = {
    "rules": "巡河规则",
    "deadlines": "时限",
    "holidays": "节假日",
    "categories": "问题分类",
    "closing": "销号权限",
    "proof": "佐证要求",
    "campaigns": "专项",
    "users": "用户",
    "journal": "操作日志",
    "imports": "导入记录",
    "ledger": "台账文件",
}
for _key, _tab in TABS.items():
    settings_scene(_key, _tab)


@scene("settings-rule")
def rule(stage: Stage) -> QWidget:
    settings(stage, "巡河规则")._rule(4)
    return stage.dialog()


@scene("settings-deadline")
def deadline(stage: Stage) -> QWidget:
    settings(stage, "时限")._deadline(5)
    return stage.dialog()


@scene("settings-year")
def year(stage: Stage) -> QWidget:
    tab = settings(stage, "节假日").made["节假日"]
    assert isinstance(tab, HolidayTab)
    tab._enter_year(0)
    dialog = stage.dialog()
    assert isinstance(dialog, YearDialog)
    dialog.load({"text": "元旦：1月1日（周五）至3日（周日）放假，共3天。"})
    dialog.look_again()
    return dialog


@scene("settings-category")
def category(stage: Stage) -> QWidget:
    settings(stage, "问题分类")._category(5)
    return stage.dialog()


@scene("settings-campaign")
def campaign(stage: Stage) -> QWidget:
    settings(stage, "专项")._campaign(1)
    return stage.dialog()


@scene("settings-proof-row")
def proof_row(stage: Stage) -> QWidget:
    settings(stage, "佐证要求")._proof(5)
    return stage.dialog()
