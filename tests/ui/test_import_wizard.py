from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from river_chief.intake.plan import RowState
from river_chief.queries.problems import PROBLEM_LEDGER, ProblemFilter
from river_chief.storage.database import Database
from river_chief.terms import ImportKind
from river_chief.verbs import problems
from tests.ui.desk import CLERK, TODAY, Filler, Shown, drop
from ui.dialogs.import_source import dropped_workbook
from ui.dialogs.import_wizard import ImportWizard
from ui.main_window import MainWindow
from ui.pages.problems import ProblemsPage
from ui.tables.plan_table import NUMBER, STATE, WORDS
from ui.workspace import Workspace

HEADS = ("序号", "问题编号", "发现时间", "问题来源", "关联河湖", "所在村", "四乱类型", "问题描述", "占地面积")
SPACE, CONTROL = Qt.Key.Key_Space, Qt.KeyboardModifier.ControlModifier
Cells = tuple[object, ...]
GOOD: Cells = (
    1,
    "县2025-01",
    "2025.3.5",
    "县级督查暗访",
    "砚溪",
    "柳塘村",
    "乱堆",
    "堆放竹木约3立方米",
    None,
)
TWIN: Cells = (
    2,
    "县2025-02",
    "2025.3.5",
    "县级督查暗访",
    "砚溪",
    "柳塘村",
    "乱堆",
    "堆放竹木约3立方米",
    None,
)
DATE: Cells = (
    3,
    "县2025-03",
    "2025.13.5",
    "县级督查暗访",
    "砚溪",
    "石桥村",
    "乱占",
    "开垦种菜约60平方米",
    60,
)
VILLAGE: Cells = (
    4,
    "县2025-04",
    "3月7日",
    "县级督查暗访",
    "砚溪",
    "枫林村",
    "乱占",
    "栽植苗木约400平方米",
    400,
)


def county_book(
    path: Path, rows: Sequence[Cells] = (GOOD, TWIN, DATE, VILLAGE), heads: Cells = HEADS
) -> Path:
    """A county's workbook: a title, a head in row 2, data from row 3."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "清单"
    sheet.append(["澜川县河湖问题清单（2025年3月）"])
    sheet.append(list(heads))
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    return path


@pytest.fixture
def wizard(qtbot: QtBot, host: QWidget, workspace: Workspace) -> ImportWizard:
    host.resize(1366, 768)
    dialog = ImportWizard(host, workspace)
    dialog.open()
    return dialog


@pytest.fixture
def seen(qtbot: QtBot, wizard: ImportWizard, tmp_path: Path) -> ImportWizard:
    """The wizard with the county's workbook."""
    return read(qtbot, wizard, county_book(tmp_path / "清单.xlsx"))


def read(qtbot: QtBot, wizard: ImportWizard, path: Path) -> ImportWizard:
    before = wizard.seen
    wizard.open_file(path)
    qtbot.waitUntil(lambda: wizard.seen is not before)
    wizard.activateWindow()  # as a window manager does when the progress dialog has gone
    return wizard


def states(wizard: ImportWizard) -> list[str]:
    rows = wizard.table.rows
    return [str(rows.data(rows.index(place, STATE))) for place in range(rows.rowCount())]


def planned(qtbot: QtBot, wizard: ImportWizard, state: RowState, count: int) -> None:
    def holds() -> bool:
        return wizard.seen is not None and wizard.seen.plan.counts[state] == count

    qtbot.waitUntil(holds)


def test_it_tells_what_becomes_of_every_row(seen: ImportWizard) -> None:
    assert seen.source.chosen_kind() is ImportKind.PROBLEMS
    assert not seen.source.sheet.isVisible()
    assert states(seen) == ["新增", "存疑", "拒收", "拒收"]
    assert {chip.text() for chip in seen.chips.values()} == {
        "全部 4",
        "新增 1",
        "变更 0",
        "相同 0",
        "存疑 1",
        "拒收 2",
    }
    rows = seen.table.rows
    assert "C5" in str(rows.data(rows.index(2, WORDS)))
    assert rows.headerData(NUMBER, Qt.Orientation.Horizontal) == "行"
    assert seen.apply_button.text() == "导入 1 行(&Y)"
    assert "表头在第 2 行" in seen.about.text()


def test_the_first_refused_row_is_shown_with_its_cell_and_reason(seen: ImportWizard) -> None:
    current = seen.table.current()
    assert current is not None
    assert current.row == 5
    words = seen.panel.texts()
    assert "C5　发现时间：2025.13.5" in words
    assert "没有 13 月" in words
    assert "开垦种菜约60平方米" in words


def test_a_cell_put_right_is_planned_anew(qtbot: QtBot, seen: ImportWizard) -> None:
    line = seen.panel.corrections["found_on"]
    line.setFocus()
    line.setText("2025.3.32")
    QTest.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "2025.3.32" in seen.panel.texts())
    again = seen.panel.corrections["found_on"]
    qtbot.waitUntil(again.hasFocus)
    again.setText("2025.3.6")
    QTest.keyClick(again, Qt.Key.Key_Return)
    planned(qtbot, seen, RowState.NEW, 2)
    qtbot.waitUntil(seen.table.hasFocus)
    assert states(seen) == ["新增", "存疑", "新增", "拒收"]
    current = seen.table.current()
    assert current is not None
    assert current.row == 5
    rows = seen.table.rows
    assert "2025.3.6" in [str(rows.data(rows.index(2, column))) for column in range(rows.columnCount())]


def test_a_missing_village_is_added_only_when_ticked(
    qtbot: QtBot, seen: ImportWizard, workspace: Workspace
) -> None:
    ((missing, tick),) = seen.answers.ticks.items()
    assert (missing.name, missing.rows) == ("枫林村", (6,))
    assert not tick.isChecked()
    tick.setFocus()
    QTest.keyClick(tick, SPACE)
    planned(qtbot, seen, RowState.NEW, 2)
    qtbot.waitUntil(seen.answers.ticks[missing].hasFocus)
    assert "并新增 1 项" in seen.summary.text()
    with qtbot.waitSignal(seen.imported) as heard:
        seen.apply_button.click()
    applied, kind, name = heard.args
    assert (applied.counts["new"], kind, name) == (2, ImportKind.PROBLEMS, "清单.xlsx")
    with workspace.read() as session:
        rows = PROBLEM_LEDGER.all(session, ProblemFilter(batch=applied.batch_id), TODAY)
    assert {row["village_name"] for row in rows} == {"柳塘村", "枫林村"}


def test_a_doubtful_row_is_taken_in_only_when_ticked(qtbot: QtBot, seen: ImportWizard) -> None:
    seen.table.select(4)
    assert "核对后确要导入的" in seen.panel.texts()
    QTest.keyClick(seen.table, SPACE)
    assert seen.table.rows.ticked() == [3, 4]
    assert seen.apply_button.text() == "导入 2 行(&Y)"
    seen.table.selectAll()
    seen.table.select(3)
    QTest.keyClick(seen.table, SPACE)
    assert seen.table.rows.ticked() == [4]
    with qtbot.waitSignal(seen.imported) as heard:
        QTest.keyClick(seen, Qt.Key.Key_Return, CONTROL)
    assert heard.args[0].counts == {"new": 1, "changed": 0, "same": 0, "left_out": 3}


def test_ticks_stay_when_the_plan_is_made_anew(qtbot: QtBot, seen: ImportWizard) -> None:
    seen.table.select(3)
    QTest.keyClick(seen.table, SPACE)
    assert seen.table.rows.ticked() == []
    assert not seen.apply_button.isEnabled()
    next(iter(seen.answers.ticks.values())).setChecked(True)
    planned(qtbot, seen, RowState.NEW, 2)
    assert seen.table.rows.ticked() == [6]


def test_the_chips_list_one_kind_of_rows(seen: ImportWizard) -> None:
    model = seen.table.rows
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, seen)
    seen.chips[RowState.REFUSED].click()
    assert states(seen) == ["拒收", "拒收"]
    seen.chips[RowState.SAME].click()
    assert states(seen) == []
    assert "选中一行" in seen.panel.texts()
    seen.chips[None].click()
    assert len(states(seen)) == 4
    assert model.ticked() == [3]


def test_a_tick_is_set_by_the_mouse(seen: ImportWizard) -> None:
    rows = seen.table.rows
    index = rows.index(0, NUMBER)
    assert rows.data(index, Qt.ItemDataRole.CheckStateRole) is Qt.CheckState.Checked
    assert rows.setData(index, Qt.CheckState.Unchecked.value, Qt.ItemDataRole.CheckStateRole)
    assert rows.ticked() == []
    assert not rows.flags(rows.index(2, NUMBER)) & Qt.ItemFlag.ItemIsUserCheckable


def test_a_column_the_sheet_lacks_is_given_for_all_rows(
    qtbot: QtBot, wizard: ImportWizard, tmp_path: Path
) -> None:
    without = tuple(head for head in HEADS if head != "问题来源")
    row = tuple(cell for head, cell in zip(HEADS, GOOD, strict=True) if head != "问题来源")
    read(qtbot, wizard, county_book(tmp_path / "清单.xlsx", [row], without))
    assert states(wizard) == ["拒收"]
    combo = wizard.answers.given["source"]
    place = combo.findText("县级督查暗访")
    combo.setCurrentIndex(place)
    combo.textActivated.emit(combo.itemText(place))
    planned(qtbot, wizard, RowState.NEW, 1)
    assert wizard.answers.given["source"].currentText() == "县级督查暗访"


def test_a_value_that_can_not_be_read_is_told(
    qtbot: QtBot, wizard: ImportWizard, tmp_path: Path, shown: Shown
) -> None:
    row = ("杨柳", "柳塘村", "村级河长")
    read(qtbot, wizard, county_book(tmp_path / "人员.xlsx", [row], ("用户名称", "行政区域", "角色名称")))
    assert states(wizard) == ["新增"]
    combo = wizard.answers.given["valid_from"]
    for text, answered in (("某日", False), ("2025-01-01", True)):
        combo.setEditText(text)
        line = combo.lineEdit()
        assert line is not None
        QTest.keyClick(line, Qt.Key.Key_Return)
        qtbot.waitUntil(wizard.apply_button.isEnabled)
        assert wizard.seen is not None
        assert bool(wizard.seen.plan.answers.given) is answered
    assert len(shown.texts) == 1
    assert "某日" in shown.last


def test_many_missing_records_are_ticked_at_once(qtbot: QtBot, wizard: ImportWizard, tmp_path: Path) -> None:
    names = ("枫林村", "榆林村", "桑林村", "竹林村", "松林村")
    rows = [(n, f"县2025-1{n}", *VILLAGE[2:5], name, *VILLAGE[6:]) for n, name in enumerate(names)]
    read(qtbot, wizard, county_book(tmp_path / "清单.xlsx", rows))
    assert states(wizard) == ["拒收"] * len(names)
    (button,) = wizard.answers.findChildren(QPushButton)
    button.click()
    planned(qtbot, wizard, RowState.NEW, len(names))
    assert all(tick.isChecked() for tick in wizard.answers.ticks.values())


def test_what_changes_is_shown_before_and_after(
    qtbot: QtBot, host: QWidget, wizard: ImportWizard, tmp_path: Path
) -> None:
    path = county_book(tmp_path / "清单.xlsx", [GOOD])
    read(qtbot, wizard, path)
    with qtbot.waitSignal(wizard.imported):
        wizard.apply_button.click()
    other = list(GOOD)
    other[-1] = 25
    again = ImportWizard(host, wizard.workspace)
    again.open()
    read(qtbot, again, county_book(tmp_path / "再报.xlsx", [tuple(other)]))
    assert states(again) == ["变更"]
    assert "（空）　→　25" in again.panel.texts()
    read(qtbot, again, path)
    assert states(again) == ["相同"]
    assert again.summary.text() == "各行都与台账相同，没有要导入的。"
    assert not again.apply_button.isEnabled()


def test_the_rows_left_out_are_saved_with_their_reasons(
    qtbot: QtBot, seen: ImportWizard, tmp_path: Path
) -> None:
    seen.save_button.click()
    asking = seen.findChild(QFileDialog)
    assert asking is not None
    assert Path(asking.selectedFiles()[0]).name == "清单（要改的行）.xlsx"
    asking.selectFile(str(tmp_path / "要改.xlsx"))
    asking.accept()
    qtbot.waitUntil(seen.notices.isVisible)
    rows = list(load_workbook(tmp_path / "要改.xlsx").worksheets[0].values)
    assert rows[1][-1] == "没有导入的原因"
    assert [row[1] for row in rows[2:]] == ["县2025-02", "县2025-03", "县2025-04"]
    assert "没有 13 月" in str(rows[3][-1])


def test_another_sheet_and_another_kind_are_read(qtbot: QtBot, wizard: ImportWizard, tmp_path: Path) -> None:
    book = Workbook()
    first = book.worksheets[0]
    first.title = "行政区"
    for row in (("行政区代码", "行政区名称"), ("990121103203", "柳塘村"), ("990121103299", "枫林村")):
        first.append(row)
    second = book.create_sheet("备份")
    for row in (("行政区代码", "行政区名称"), ("990121103298", "榆林村")):
        second.append(row)
    book.save(tmp_path / "区划.xlsx")
    read(qtbot, wizard, tmp_path / "区划.xlsx")
    assert wizard.source.chosen_kind() is ImportKind.AREAS
    assert wizard.source.sheet.isVisible()
    before = wizard.seen
    wizard.source.sheet.setCurrentText("备份")
    qtbot.waitUntil(lambda: wizard.seen is not before)
    assert wizard.seen is not None
    assert wizard.seen.plan.sheet.sheet == "备份"
    assert len(states(wizard)) == 1


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("没有.xlsx", None, "找不到"),
        ("空的.xlsx", b"", "空"),
        ("图片.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(64), "图片"),
    ],
)
def test_a_file_that_can_not_be_read_gets_one_sentence(
    qtbot: QtBot,
    wizard: ImportWizard,
    tmp_path: Path,
    shown: Shown,
    name: str,
    content: bytes | None,
    words: str,
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    wizard.open_file(tmp_path / name)
    qtbot.waitUntil(lambda: bool(shown.texts))
    assert len(shown.texts) == 1
    assert words in shown.last
    assert wizard.seen is None
    assert wizard.isVisible()


def test_a_ledger_that_changed_since_refuses_and_nothing_is_done(
    qtbot: QtBot, seen: ImportWizard, workspace: Workspace, filler: Filler, shown: Shown
) -> None:
    filler.do(
        problems.register,
        problems.NewProblem,
        found_on="2025-03-05",
        source="Y04",
        outside_number="县2025-01",
        reach_id=1,
        village_id=2,
        category_code="LD",
        description="堆放竹木约3立方米",
    )
    with workspace.read() as session:
        before = PROBLEM_LEDGER.count(session, ProblemFilter())
    seen.apply_button.click()
    qtbot.waitUntil(lambda: bool(shown.texts))
    assert "没有可以导入的行" in shown.last
    planned(qtbot, seen, RowState.NEW, 0)
    with workspace.read() as session:
        assert PROBLEM_LEDGER.count(session, ProblemFilter()) == before
    assert seen.isVisible()


@pytest.fixture
def window(qtbot: QtBot, ledger: Path) -> Iterator[MainWindow]:
    opened = MainWindow(day=TODAY)
    qtbot.addWidget(opened)
    opened.show()
    opened.activateWindow()
    opened.show_ledger(Workspace(Database.open(ledger), clerk=CLERK, day=TODAY))
    yield opened
    opened.close()


def test_a_workbook_dropped_on_the_window_opens_its_import(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    assert drop(window, county_book(tmp_path / "清单.xlsx"))
    (wizard,) = window.findChildren(ImportWizard)
    qtbot.waitUntil(lambda: wizard.seen is not None)
    before = wizard.seen
    assert drop(wizard, county_book(tmp_path / "另一张.xlsx", [GOOD]))
    qtbot.waitUntil(lambda: wizard.seen is not before)
    assert wizard.source.name.text() == "另一张.xlsx"


def test_what_is_no_workbook_is_not_taken(window: MainWindow, tmp_path: Path) -> None:
    assert not drop(window, tmp_path / "说明.docx")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/a.xlsx"), QUrl.fromLocalFile("/b.xlsx")])
    assert dropped_workbook(mime) is None


def test_from_the_menu_to_the_rows_and_back(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, shown: Shown
) -> None:
    QTest.keyClick(window, Qt.Key.Key_I, CONTROL)
    (wizard,) = window.findChildren(ImportWizard)
    read(qtbot, wizard, county_book(tmp_path / "清单.xlsx"))
    wizard.apply_button.click()
    qtbot.waitUntil(window.notices.isVisible)
    assert window.notices.text.text() == "已导入“清单.xlsx”：新增 1 条，变更 0 条，留下 3 行没有导入。"
    labels = [button.text() for button in window.notices.buttons]
    assert labels == ["查看", "撤销本次导入"]
    window.notices.buttons[0].click()
    page = window.page("problems")
    assert isinstance(page, ProblemsPage)
    assert page.view.model.total == 1
    assert page.chosen.text() == "本次导入"
    (undo,) = window.notices.buttons
    undo.click()
    qtbot.waitUntil(lambda: "已撤销导入" in window.notices.text.text())
    qtbot.waitUntil(lambda: page.view.model.total == 0)
    assert not shown.texts
