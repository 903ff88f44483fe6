"""What the clerk may answer to a plan: which missing records to add, and what empty columns hold."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from river_chief.fields.field import Field
from river_chief.intake.plan import Answers, Missing, Plan
from river_chief.intake.sheet_kinds import SHEET_KINDS
from river_chief.terms import ImportKind
from ui.buttons import push

FEW, TALLEST = 3, 220
# Columns a county's export does not have and an import may be given for all rows.
ASKED = {ImportKind.CHIEFS: ("valid_from",)}


class PlanAnswers(QFrame):
    """Ticks and values; ``changed`` when the plan is to be made anew with ``answers(plan)``."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.ticks: dict[Missing, QCheckBox] = {}
        self.given: dict[str, QComboBox] = {}
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 8, 6, 8)
        layout.addWidget(self._area)

    def show_plan(self, plan: Plan) -> None:
        """Offer what *plan* asks for; the panel is hidden when that is nothing. The focus stays."""
        focused = self._focused()
        self.ticks.clear()
        self.given.clear()
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(5)
        if plan.missing:
            column.addWidget(_heading("台账里没有的，勾选后一并新增"))
        if len(plan.missing) > FEW:
            column.addWidget(push("全部勾选", self._tick_all))
        for missing in plan.missing:
            column.addWidget(self._tick(missing, missing in plan.answers.add))
        fields = [SHEET_KINDS[plan.kind].fields[key] for key in asked_keys(plan)]
        if fields:
            column.addWidget(_heading("表里没有的列，各行统一填写"))
        for field in fields:
            column.addWidget(QLabel(field.label))
            optional = field.key in ASKED.get(plan.kind, ())
            hint = "可以不填" if optional else "不填则这些行不能导入"
            column.addWidget(self._value(field, plan.answers.given.get(field.key, ""), hint))
        self._area.setWidget(body)
        self._area.setFixedHeight(min(body.sizeHint().height() + 2, TALLEST))
        self.setVisible(bool(plan.missing or fields))
        for key, widget in (*self.ticks.items(), *self.given.items()):
            if key == focused:
                widget.setFocus()

    def answers(self, plan: Plan) -> Answers:
        """The answers to *plan* with what stands here now."""
        add = frozenset(missing for missing, tick in self.ticks.items() if tick.isChecked())
        texts = {key: combo.currentText().strip() for key, combo in self.given.items()}
        return Answers(add, {key: text for key, text in texts.items() if text}, plan.answers.cells)

    def _tick_all(self) -> None:
        for tick in self.ticks.values():
            tick.blockSignals(True)
            tick.setChecked(True)
            tick.blockSignals(False)
        self.changed.emit()

    def _focused(self) -> Missing | str | None:
        """What the answer with the focus is about."""
        answers: list[tuple[Missing | str, QWidget]] = [*self.ticks.items(), *self.given.items()]
        return next((key for key, widget in answers if widget.hasFocus()), None)

    def _tick(self, missing: Missing, on: bool) -> QCheckBox:
        tick = QCheckBox(f"{missing.words}，{_rows(missing.rows)}")
        tick.setChecked(on)
        tick.toggled.connect(self.changed)
        self.ticks[missing] = tick
        return tick

    def _value(self, field: Field, text: str, hint: str) -> QComboBox:
        combo = QComboBox()
        combo.setEditable(True)
        combo.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        combo.setAccessibleName(field.label)
        combo.addItems(["", *(member.label for member in field.term or ())])
        combo.setCurrentText(text)
        combo.textActivated.connect(self.changed)
        line = combo.lineEdit()
        if line is not None:
            line.setPlaceholderText(hint)
            line.returnPressed.connect(self.changed)
        self.given[field.key] = combo
        return combo


def asked_keys(plan: Plan) -> list[str]:
    """Fields the sheet has no column for and rows are refused for, and what was given already."""
    lacking = [cell.key for row in plan.rows for cell in row.cells if not cell.address]
    brought = {column.key for column in plan.sheet.columns}
    usual = [key for key in ASKED.get(plan.kind, ()) if key not in brought]
    return list(dict.fromkeys([*plan.answers.given, *usual, *lacking]))


def _rows(numbers: Iterable[int]) -> str:
    many = list(numbers)
    first = "、".join(str(number) for number in many[:3])
    return f"第 {first} 行" if len(many) <= 3 else f"第 {first} 等 {len(many)} 行"


def _heading(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "block")
    return label
