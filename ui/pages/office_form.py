"""The office's settings as one form; titles and explanations come from ``OfficeSettings`` itself."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from river_chief.errors import InvalidInput
from river_chief.rules.four_words import SIDES
from river_chief.rules.office import OfficeSettings
from river_chief.rules.rate_words import DIRECTED, RATE_WORDS
from river_chief.verbs.input import understood
from river_chief.verbs.office import SettingChange, change_settings
from ui import jobs
from ui.buttons import push
from ui.forms.fields import FlagField, FormField, LineField, NumberField
from ui.forms.form import Form
from ui.forms.one_of import OneOfField
from ui.forms.ordered_picks import OrderedKeysField
from ui.workspace import Workspace

SECTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("单位", ("office_name", "place_name", "short", "area_code", "office_word")),
    (
        "统计",
        ("period_start_day", "rate_digits", "official_rate", "shown_rates", "flood_from", "flood_to"),
    ),
    ("四比各按什么排名", ("lead_amount", "lead_quality", "lead_speed", "lead_effect")),
    ("合并办理", ("merge_verify_assign", "merge_assign_sign", "merge_accept_close")),
    ("提醒", ("due_soon_days", "sweep_days", "photo_metres")),
    ("编号", ("problem_pattern", "paper_pattern")),
)


class OfficeForm(QWidget):
    """保存 writes what differs as one act; 还原 shows what stands in the ledger."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.workspace = workspace
        kind: Any = OfficeSettings
        self.form: Form[Any] = Form(kind)
        for title, keys in SECTIONS:
            self.form.section(title)
            for key in keys:
                info = OfficeSettings.model_fields[key]
                self.form.add(key, _field(key), help=info.description or "")
        self.form.finish()
        self.complaint = QLabel()
        self.complaint.setProperty("role", "alert")
        self.complaint.setWordWrap(True)
        self.save_button = push("保存设置(&S)", self.save, part="main")
        self.restore_button = push("还原(&R)", self.restore)
        foot = QHBoxLayout()
        foot.addWidget(self.complaint, 1)
        foot.addWidget(self.save_button)
        foot.addWidget(self.restore_button)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.form.setMaximumWidth(1000)
        area.setWidget(self.form)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.addWidget(area, 1)
        layout.addLayout(foot)
        self.restore()
        self.form.changed.connect(self._on_changed)

    def restore(self) -> None:
        """Show the settings as they are in the ledger."""
        settings = self.workspace.settings
        self.form.load({key: getattr(settings, key) for key in OfficeSettings.model_fields})
        self.form.show_errors({})
        self.complaint.clear()
        self._untouched = self.form.values()
        self._on_changed()

    def save(self) -> None:
        """Check the form and write it; faults are shown beside their fields."""
        self.complaint.clear()
        values = self.form.values()
        own = {key: words for key, field in self.form.fields.items() if (words := field.complaint())}
        kind: Any = OfficeSettings
        try:
            if own:
                raise InvalidInput(own)
            checked: OfficeSettings = understood(kind, values)
        except InvalidInput as error:
            self.form.refuse(error)
            self.complaint.setText("；".join(self.form.others(error)))
            return
        kept = checked.model_dump(mode="json")
        change = SettingChange(values={key: kept[key] for key in values})
        if jobs.run(self, self.workspace, change_settings, change) is not None:
            self.restore()

    def is_touched(self) -> bool:
        """Whether something was entered that is not saved."""
        return self.form.values() != self._untouched

    def _on_changed(self) -> None:
        for button in (self.save_button, self.restore_button):
            button.setEnabled(self.is_touched())


def _field(key: str) -> FormField:
    if key == "official_rate":
        return OneOfField(DIRECTED)
    if key == "shown_rates":
        return OrderedKeysField({rate.key: rate.name for rate in RATE_WORDS})
    if key.startswith("lead_"):
        return OneOfField(SIDES[key.removeprefix("lead_")].lead_names)
    kind = OfficeSettings.model_fields[key].annotation
    if kind is bool:
        return FlagField("合并办理")
    return NumberField() if kind is int else LineField()
