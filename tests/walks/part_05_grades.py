"""Part 5: the severity a rule suggests, and another one with words."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QLabel

from river_chief.queries import choices
from river_chief.queries.suggestions import severity_for
from river_chief.terms import Measure, Severity
from tests.walks.walk import Walker, walk
from ui.dialogs.problem_dialog import ProblemDialog
from ui.dialogs.step_dialog import StepDialog
from ui.dialogs.verb_dialog import VerbDialog
from ui.pages.problems import ProblemsPage
from ui.pages.register_tab import RegisterTab
from ui.pages.settings import SettingsPage

LEAF = "LD02"


@walk(5, "建议等级")
def grades(clerk: Walker) -> None:
    id = register(clerk)
    verify(clerk, id)
    change_rule(clerk)


def fill(dialog: VerbDialog[Any], **values: object) -> None:
    for key, value in values.items():
        field = dialog.form.fields[key]
        field.set_value(value)
        field.changed.emit()


def register(clerk: Walker) -> int:
    page = clerk.page("problems")
    assert isinstance(page, ProblemsPage)
    clerk.click("登记问题", within=page)
    dialog = clerk.dialog()
    assert isinstance(dialog, ProblemDialog)
    fill(
        dialog,
        reach_id=1,
        village_id=some_village(clerk),
        category_code=LEAF,
        description="河滩倾倒建筑垃圾约620立方米",
        volume_m3=620,
        place="渡口下游100米",
    )
    assert dialog.suggested.text() == "建议等级：重大"
    clerk.step("按方量建议为重大")
    fill(dialog, severity=Severity.SERIOUS)
    assert "等级说明" in dialog.missing.text()
    clerk.click("登记")
    assert not dialog.is_over
    assert any("定为较严重要填写等级说明" in label.text() for label in dialog.findChildren(QLabel))
    clerk.step("定为较严重要写明理由")
    fill(dialog, severity_reason="大部分为可回填的净土")
    clerk.click("登记")
    clerk.no_dialog()
    detail = page.panel.detail
    assert detail is not None
    assert (detail.row["severity"], detail.row["suggested_severity"]) == (Severity.SERIOUS, Severity.MAJOR)
    clerk.step("登记后建议和理由都看得到")
    return detail.row.id


def some_village(clerk: Walker) -> int:
    with clerk.workspace.read() as session:
        return choices.villages(session)[0].id


def verify(clerk: Walker, id: int) -> None:
    page = clerk.page("problems", id)
    assert isinstance(page, ProblemsPage)
    clerk.click("核实属实")
    dialog = clerk.dialog()
    assert isinstance(dialog, StepDialog)
    assert any("建议等级：重大" in label.text() for label in dialog.findChildren(QLabel))
    fill(dialog, severity=Severity.MAJOR, severity_reason="现场实测方量属实")
    clerk.step("核实时再定一次")
    clerk.click("核实属实", within=dialog)
    clerk.no_dialog()
    assert page.panel.detail is not None
    assert page.panel.detail.row["severity"] is Severity.MAJOR


def change_rule(clerk: Walker) -> None:
    page = clerk.page("settings", "问题分类")
    assert isinstance(page, SettingsPage)
    tab = page.show_tab("问题分类")
    assert isinstance(tab, RegisterTab)
    clerk.settle()
    with clerk.workspace.read() as session:
        ids = tab.view.model.query.ids(session, tab.view.filter())
        rows = tab.view.model.query.rows(session, ids, clerk.workspace.today())
    assert tab.view.select(next(row.id for row in rows if row["code"] == LEAF))
    clerk.step("规则写成文字")
    clerk.click("修改", within=tab)
    dialog = clerk.dialog()
    assert isinstance(dialog, VerbDialog)
    fill(dialog, grade="V>=1000:3|V>=100:2|1")
    assert any(
        label.text() == "建议等级：体积≥1000m³ 重大；≥100m³ 较严重；其余一般"
        for label in dialog.findChildren(QLabel)
    )
    clerk.step("一边改一边说明")
    clerk.click("保存")
    clerk.no_dialog()
    with clerk.workspace.read() as session:
        assert severity_for(session, LEAF, {Measure.VOLUME: 620}) is Severity.SERIOUS
