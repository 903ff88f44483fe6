"""Entering and correcting a patrol log."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from PySide6.QtWidgets import QWidget

from river_chief.queries import choices
from river_chief.queries.choices import Choice
from river_chief.queries.patrol_detail import PatrolDetail
from river_chief.terms import Entry, PatrolMode, Performer, Phase
from river_chief.verbs.patrols import (
    NewPatrol,
    PatrolEdit,
    VoidPatrol,
    edit_patrol,
    record_patrol,
    void_patrol,
)
from ui.buttons import push
from ui.dialogs.verb_dialog import VerbDialog
from ui.forms.checklist import ChecklistField
from ui.forms.fields import FlagField, LineField, MomentField, NumberField, TermField, TextField
from ui.forms.form import Form
from ui.forms.photo_tray import PhotoTray
from ui.forms.pickers import MultiPickField, PickField
from ui.workspace import Workspace

# The photos a patrol log comes with, the usual ones first.
PHASES = (Phase.PATROL, Phase.EVIDENCE, Phase.SCAN)
WEATHER = ("晴", "多云", "阴", "小雨", "中雨", "大雨", "雪", "雾")


class PatrolDialog(VerbDialog[Any]):
    """Asks for a log: the chiefs offered are those in office on its day, their reaches are ticked.

    ``wants_problem``  the clerk asked to register what was found as a problem afterwards.
    """

    def __init__(
        self,
        parent: QWidget,
        workspace: Workspace,
        *,
        detail: PatrolDetail | None = None,
        tenure_id: int | None = None,
        day: date | None = None,
    ) -> None:
        """*detail* is the log to be corrected; else *tenure_id* and *day* are the starting point."""
        self.wants_problem = False
        self._reaches: list[Choice] = []
        self._charges: dict[int, tuple[Choice, ...]] = {}
        self._day: date | None = None
        form: Form[Any] = Form(PatrolEdit if detail else NewPatrol, columns=3)
        today = workspace.today()
        self.started, self.ended = MomentField(year_of=today), EndField()
        self.chief = PickField(hint="输入姓名、村名或拼音首字母")
        self.reaches = MultiPickField(lines=3)
        self.finding_flag = FlagField("本次巡河发现问题")
        _lay_out(form, self)
        super().__init__(
            parent,
            workspace,
            "修改巡河记录" if detail else "登记巡河",
            form,
            edit_patrol if detail else record_patrol,
            fixed={"id": detail.row.id, "version": detail.row.version} if detail else {},
            width=880,
        )
        self.problem_button = push("确定并登记问题(&R)", self._submit_with_problem)
        self.problem_button.hide()
        self.foot.insertWidget(1, self.problem_button)
        self._connect()
        with workspace.read() as session:
            self._reaches = choices.reaches(session)
        if detail is not None:
            self._on_day_of(detail.values["started_at"])
            self._offer_reaches(detail.values["tenure_id"])
            self.load(detail.values)
        else:
            self._begin(day or today, tenure_id)
            self.hold_photos(PhotoTray(workspace, PHASES, "patrol_id", "登记巡河"))
        self._on_finding()

    def _begin(self, day: date, tenure_id: int | None) -> None:
        self.load({"started_at": datetime.combine(day, time.min), "mode": PatrolMode.WALK})
        self._on_day_of(datetime.combine(day, time.min))
        if tenure_id is not None:
            self.chief.set_value(tenure_id)
            self._on_chief()
        self.load({"performer": Performer.SELF, "entry": Entry.TYPED})

    def _connect(self) -> None:
        self.started.changed.connect(self._on_day)
        self.chief.changed.connect(self._on_chief)
        self.finding_flag.changed.connect(self._on_finding)

    def _on_day(self) -> None:
        self._on_day_of(self.started.value())

    def _on_day_of(self, started: Any) -> None:
        """Offer the chiefs of that day; one who was not in office then is dropped."""
        if not isinstance(started, datetime):
            return
        self.ended.started = started
        day = started.date()
        if day == self._day:
            return
        self._day = day
        with self.workspace.read() as session:
            self._charges = choices.charges_on(session, day)
            self.chief.set_choices(choices.walkers(session, day))

    def _on_chief(self) -> None:
        if self.chief.choice is not None:
            self._offer_reaches(self.chief.choice.id)
            self.reaches.set_value([reach.id for reach in self._charges.get(self.chief.choice.id, ())])

    def _offer_reaches(self, tenure_id: int) -> None:
        """Offer every reach, the chief's own first."""
        own = {reach.id for reach in self._charges.get(tenure_id, ())}
        self.reaches.set_choices(sorted(self._reaches, key=lambda reach: reach.id not in own))

    def _on_finding(self) -> None:
        found = self.finding_flag.value()
        self.problem_button.setVisible(found and "id" not in self.fixed)

    def _submit_with_problem(self) -> None:
        self.wants_problem = True
        self.submit()


class EndField(MomentField):
    """When a patrol ended; a time alone is a time of the day it began, or of the next after midnight."""

    def __init__(self) -> None:
        super().__init__()
        self.started: datetime | None = None
        self.setPlaceholderText("如 9:40，可不填")

    def value(self) -> datetime | str | None:
        self._day = self.started.date() if self.started else None
        moment = super().value()
        late = isinstance(moment, datetime) and self.started is not None and moment < self.started
        if late and isinstance(moment, datetime) and ":" in self.text() and len(self.text().strip()) <= 5:
            return moment + timedelta(days=1)
        return moment


class VoidPatrolDialog(VerbDialog[VoidPatrol]):
    """Asks why a log is voided."""

    def __init__(self, parent: QWidget, workspace: Workspace, detail: PatrolDetail) -> None:
        form: Form[VoidPatrol] = Form(VoidPatrol, columns=1)
        form.add("words", TextField(hint="如：与 3 月 5 日的记录重复"))
        form.finish()
        row = detail.row
        super().__init__(
            parent,
            workspace,
            "作废巡河记录",
            form,
            void_patrol,
            fixed={"id": row.id, "version": row.version},
            headline=f"{row['person_name']} {row['started_at']:%Y-%m-%d} 巡查{row['reach_names']}。"
            "作废后不再计入巡河次数，记录仍保留可查。",
            accept_text="作废",
            dangerous=True,
            width=480,
        )


def _lay_out(form: Form[Any], dialog: PatrolDialog) -> None:
    form.section("巡查情况")
    form.add("started_at", dialog.started, help="只知道日期可以不写时间")
    form.add("tenure_id", dialog.chief, label="巡河人员", span=2, help="只列当日在任的河长和巡查人员")
    form.add("reach_ids", dialog.reaches, span=3)
    form.add("ended_at", dialog.ended)
    form.add("minutes", NumberField(hint="有起止时间可不填"), label="时长", unit="分钟")
    form.add("km", NumberField(), label="里程", unit="公里")
    form.add("mode", TermField(PatrolMode, empty=None))
    form.add("performer", TermField(Performer, empty=None))
    form.add("weather", LineField(suggestions=WEATHER))
    form.add("from_place", LineField())
    form.add("to_place", LineField())
    form.add("companions", LineField())
    form.section("巡查项目和发现的问题")
    form.add("checks", ChecklistField(), span=3)
    form.add("has_finding", dialog.finding_flag, label="发现问题", span=3)
    form.add("finding", TextField(lines=2), span=3)
    form.add("handling", TextField(lines=2), label="处理结果", span=3)
    form.add("entry", TermField(Entry, empty=None))
    form.add("note", LineField(), span=2)
    form.finish()
