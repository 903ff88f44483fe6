"""自定义报表: set up by hand, with a look at what comes of it beside the form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMenu, QVBoxLayout, QWidget

from river_chief.errors import InvalidInput, Refusal
from river_chief.figures.report_scope import conditions_of, report_span
from river_chief.rules.periods import Span, month_of
from river_chief.storage.database import Verb
from river_chief.terms import Grouping, ReportDays, ReportLedger, ReportShape, ReportSpan
from river_chief.verbs import saved_reports
from river_chief.verbs.input import understood
from river_chief.verbs.report_definition import SIGNATURES, Definition, columns_of
from river_chief.verbs.saved_reports import NewReport, ReportEdit
from ui import jobs, messages
from ui.buttons import push
from ui.dialogs.report_templates import TEMPLATES
from ui.dialogs.verb_dialog import VerbDialog
from ui.forms.conditions import ConditionsField
from ui.forms.fields import DateField, FlagField, LineField, TermField
from ui.forms.form import Form
from ui.forms.groupings import GroupingsField
from ui.forms.key_picks import KeyPicksField
from ui.forms.one_of import OneOfField
from ui.forms.words import WordsField
from ui.tables.ledger_view import LedgerView
from ui.tables.report_run import Ran, run
from ui.tables.report_view import ReportView
from ui.workspace import Workspace

WAIT_MS = 250
_FORM_WIDTH, _WIDTH, _LEAST, _EDGE = 620, 1180, 960, 24
_SHEETS = {None: "自动", True: "竖排", False: "横排"}


@dataclass(frozen=True, slots=True)
class _Parts:
    """The fields whose choices follow others."""

    conditions: ConditionsField
    by: GroupingsField
    columns: KeyPicksField
    sort: OneOfField


class ReportDialog(VerbDialog[Any]):
    """Asks for what a report shows; *values* are a definition's, with ``name`` and ``note``.

    With *seen* (id, version) the report is changed, else it is a new one, and 模板 offers beginnings.
    """

    def __init__(
        self,
        parent: QWidget,
        workspace: Workspace,
        period: Span,
        values: Mapping[str, Any],
        seen: tuple[int, int] | None = None,
    ) -> None:
        kind: type[Any] = NewReport if seen is None else ReportEdit
        verb: Verb[Any] = saved_reports.save if seen is None else saved_reports.edit
        parts = _Parts(ConditionsField(workspace), GroupingsField(), _columns(), _sorts())
        super().__init__(
            parent,
            workspace,
            "新建自定义报表" if seen is None else "修改自定义报表",
            _filled(Form(kind, columns=2), workspace, parts),
            verb,
            fixed={} if seen is None else {"id": seen[0], "version": seen[1]},
            accept_text="保存",
            width=_WIDTH,
        )
        self.period, self.parts = period, parts
        self._chosen: tuple[Any, Any] | None = None
        self.view = ReportView(with_notes=False)
        self.templates = QMenu(self)
        self._beside(parent)
        if seen is None:
            self._offer_templates()
        self._wait = QTimer(self, singleShot=True, interval=WAIT_MS)
        self._wait.timeout.connect(self.look)
        self.form.changed.connect(self._on_changed)
        self.finished.connect(self._end)
        self.begin(values)

    def begin(self, values: Mapping[str, Any]) -> None:
        """Show *values* as the starting point."""
        plain = Definition.model_fields
        defaults = {name: field.default for name, field in plain.items() if not field.is_required()}
        whole = {**defaults, "by": (), "columns": (), "name": "", "note": "", **values}
        for key in ("ledger", "shape"):
            self.form.fields[key].set_value(whole[key])
        self._follow()
        self.parts.columns.set_value(whole["columns"])
        self._offer_sorts()
        self.load(whole)
        self._show_parts()
        self.look()

    def look(self) -> None:
        """Show what comes of the form as it stands, beside it."""
        try:
            definition = understood(Definition, self._values())
        except InvalidInput as error:
            self.view.clear("；".join(error.fields.values()))
            return
        name = str(self.form.fields["name"].value())
        work = partial(_tried, self.workspace, name, definition, self.period)
        jobs.fetch(self, self.workspace, work, partial(self._show, definition))

    # Parts

    def _values(self) -> dict[str, Any]:
        values = {key: value for key, value in self.form.values().items() if value is not None}
        return {key: value for key, value in values.items() if key in Definition.model_fields}

    def _end(self) -> None:
        """What is still being counted comes too late."""
        self._wait.stop()
        self.is_over = True

    def _show(self, definition: Definition, found: Ran | str) -> None:
        if self.is_over:
            return
        if isinstance(found, str):
            self.view.clear(found)
        elif found.definition == definition:
            self.view.show_report(found)

    def _on_changed(self) -> None:
        self._follow()
        self._offer_sorts()
        self._show_parts()
        self._wait.start()

    def _follow(self) -> None:
        """Groupings, columns and conditions are those of the ledger and shape chosen."""
        ledger, shape = self.form.fields["ledger"].value(), self.form.fields["shape"].value()
        is_table = shape is ReportShape.TABLE
        if (ledger, shape) != self._chosen:
            self._chosen = (ledger, shape)
            self.parts.conditions.set_ledger(ledger)
            groupings = tuple(each for each in Grouping if each.ledger is ledger)
            self.parts.by.offer(groupings, needed=is_table)
            options = {field.key: field.heading for field in columns_of(ledger, shape)}
            self.parts.columns.set_options(options)

    def _offer_sorts(self) -> None:
        ledger, shape = self.form.fields["ledger"].value(), self.form.fields["shape"].value()
        fields = columns_of(ledger, shape)
        self.parts.sort.set_options({key: fields[key].label for key in self.parts.columns.value()})

    def _show_parts(self) -> None:
        is_fixed = self.form.fields["span"].value() is ReportSpan.FIXED
        for key in ("first", "last"):
            self.form.set_shown(key, is_fixed)
        self.form.set_shown("days_of", self.form.fields["ledger"].value() is ReportLedger.PROBLEMS)

    def _beside(self, within: QWidget) -> None:
        """The form to the left, what comes of it to the right."""
        scrolled = self.body.takeAt(0).widget()
        scrolled.setFixedWidth(_FORM_WIDTH)
        beside = QWidget()
        column = QVBoxLayout(beside)
        column.setContentsMargins(8, 0, 0, 0)
        heading = QLabel("预览")
        heading.setProperty("role", "heading")
        column.addWidget(heading)
        column.addWidget(self.view, 1)
        row = QHBoxLayout()
        row.addWidget(scrolled)
        row.addWidget(beside, 1)
        self.body.addLayout(row)
        room = within.window().width() - _EDGE
        self.resize(max(min(_WIDTH, room), _LEAST), self._most_height())

    def _offer_templates(self) -> None:
        for name, values in TEMPLATES.items():
            action = QAction(name, self.templates)
            action.triggered.connect(partial(self._take, name, values))
            self.templates.addAction(action)
        button = push("从模板开始(&T)")
        button.setMenu(self.templates)
        self.foot.insertWidget(0, button)

    def _take(self, name: str, values: Mapping[str, Any], _checked: bool = False) -> None:
        self.begin({"name": name, **values})


def keep_list(parent: QWidget, workspace: Workspace, view: LedgerView) -> None:
    """Keep the problems *view* lists as a report: its filter, its columns, its order."""
    today = workspace.today()
    try:
        conditions = conditions_of(view.filter(), today)
    except Refusal as refusal:
        messages.show_error(parent, refusal)
        return
    columns = tuple(field.key for field in view.columns.shown())
    values = {
        "shape": ReportShape.LIST,
        "conditions": conditions,
        "columns": columns,
        "sort": view.model.sort_key if view.model.sort_key in columns else "",
        "descending": view.model.descending,
    }
    month = workspace.settings.month(*month_of(today, workspace.settings.period_start_day))
    ReportDialog(parent, workspace, month, values).open()


def _tried(workspace: Workspace, name: str, definition: Definition, period: Span) -> Ran | str:
    """What comes of a definition that is still being made, or the sentence that says why nothing does."""
    try:
        reference = period if period.first <= workspace.today() else _own(workspace, definition)
        return run(workspace, name, definition, reference)
    except Refusal as refusal:
        return refusal.sentence


def _own(workspace: Workspace, definition: Definition) -> Span:
    return report_span(definition, workspace.settings, workspace.today())


def _columns() -> KeyPicksField:
    return KeyPicksField(lines=5, hint="选一列加到下面，可以输入名称查找")


def _sorts() -> OneOfField:
    return OneOfField({}, empty="按自然顺序")


def _filled(form: Form[Any], workspace: Workspace, parts: _Parts) -> Form[Any]:
    today = workspace.today()
    form.add("name", LineField(hint="如 乱堆问题责任单位统计"), required=True)
    form.add("note", LineField(hint="如 每月底打印"))
    form.add("ledger", TermField(ReportLedger, empty=None))
    form.add("shape", TermField(ReportShape, empty=None))
    form.add("span", TermField(ReportSpan, empty=None))
    form.add("days_of", TermField(ReportDays, empty=None))
    form.add("first", DateField(year_of=today))
    form.add("last", DateField(year_of=today))
    form.add("conditions", parts.conditions, span=2)
    form.add("by", parts.by, span=2)
    form.add("columns", parts.columns, span=2, required=True)
    form.add("sort", parts.sort)
    form.add("descending", FlagField("从大到小"), label="次序")
    form.add("totals", FlagField("末行列合计"))
    form.add("upright", OneOfField(_SHEETS))
    form.add("title", LineField(hint="不填为地名加报表名称"))
    form.add("signatures", WordsField(hint="、".join(SIGNATURES)))
    form.finish()
    return form
