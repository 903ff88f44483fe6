"""A reach, a water or a division beside its table."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from PySide6.QtCore import Signal

from river_chief.fields.areas import AREAS
from river_chief.fields.field import FieldSet
from river_chief.fields.reaches import REACHES
from river_chief.fields.waters import WATERS
from river_chief.queries.ledger_query import Row
from river_chief.queries.patrols import PatrolFilter
from river_chief.queries.place_details import AreaDetail, Keeper, ReachDetail, WaterDetail
from river_chief.queries.problems import ProblemFilter
from river_chief.rules.periods import Span
from river_chief.terms import AreaLevel, Level
from ui.buttons import push
from ui.pages.detail_panel import DetailPanel
from ui.pages.patrol_panel import HISTORY_SHOWN, act_line

Detail = ReachDetail | WaterDetail | AreaDetail


class PlacePanel(DetailPanel):
    """``asked(what)``: edit or retire; ``go(page, asked)`` leads elsewhere; ``reach(id)`` to a reach."""

    asked = Signal(str)
    go = Signal(str, object)
    reach = Signal(int)

    def __init__(self, empty: str) -> None:
        super().__init__(empty)
        self.detail: Detail | None = None

    def show_none(self) -> None:
        """Nothing is chosen."""
        self.detail = None
        self.nothing()

    def show_reach(self, detail: ReachDetail, missing: Iterable[Level], month: Span) -> None:
        """Show a reach; *missing* are the levels without a chief, *month* the days of its patrols."""
        self._begin_detail(detail, REACHES, detail.row.text(REACHES["water_name"]))
        self.facts(
            _facts(detail.row, REACHES, "code kind level length_km from_place to_place bank target_class")
        )
        self.facts(
            (
                ("流经村", " → ".join(name for _, name in detail.villages)),
                *_facts(detail.row, REACHES, "downstream_name note retired_on"),
            )
        )
        self.heading("今天负责的人")
        self._show_keepers(detail.keepers)
        for level in missing:
            self.line(f"⚠ 缺{level.label}河长", "warn")
        self._show_problems(detail, ProblemFilter(reaches=(detail.row.id,), in_stock=True))
        self.heading("本月巡河")
        asked = PatrolFilter(reaches=(detail.row.id,), days=(month.first, month.last))
        self.link(f"{detail.patrols} 次", lambda: self.go.emit("patrols", asked))
        self._finish_detail(detail)

    def show_water(self, detail: WaterDetail) -> None:
        """Show a water with its reaches."""
        self._begin_detail(detail, WATERS, detail.row.text(WATERS["system"]))
        self.facts(
            _facts(
                detail.row,
                WATERS,
                "code kind basin bank length_km catchment_km2 upper_name upper_code source_place mouth_place "
                "note retired_on",
            )
        )
        self._show_reaches("河段", detail.reaches)
        self._show_problems(detail, ProblemFilter(waters=(detail.row.id,), in_stock=True))
        self._finish_detail(detail)

    def show_area(self, detail: AreaDetail) -> None:
        """Show a division with who holds an office there."""
        self._begin_detail(detail, AREAS, detail.row.text(AREAS["parent_name"]))
        self.facts(
            _facts(detail.row, AREAS, "code level population valid_from valid_to merged_into_name retired_on")
        )
        self.heading("今天在任")
        self._show_keepers(detail.keepers)
        if detail.row["level"] is AreaLevel.VILLAGE:
            self._show_reaches("流经河段", detail.reaches)
            self._show_problems(detail, ProblemFilter(villages=(detail.row.id,), in_stock=True))
        self._finish_detail(detail)

    def _begin_detail(self, detail: Detail, fields: FieldSet, above: str) -> None:
        self.detail = detail
        retired = detail.row["retired_on"] is not None
        self.start(str(detail.row["name"]), [("已停用", "state-alert")] if retired else [])
        if above:
            self.line(above, "muted")
        buttons = [push("修改(&E)", lambda: self.asked.emit("edit"), sign="pencil")]
        if not retired:
            buttons.append(push("停用…", lambda: self.asked.emit("retire"), part="danger"))
        self.act(*buttons)

    def _finish_detail(self, detail: Detail) -> None:
        self.heading("修改记录")
        for act in detail.history[:HISTORY_SHOWN]:
            self.line(act_line(act), "muted")
        self.finish()

    def _show_keepers(self, keepers: Iterable[Keeper]) -> None:
        any_one = False
        for keeper in keepers:
            any_one = True
            words = f"{keeper.level.label}{keeper.role.label}　{keeper.name}（{keeper.area}）"
            self.link(words, self._going("chiefs", keeper.tenure_id))
        if not any_one:
            self.line("没有", "muted")

    def _show_reaches(self, title: str, reaches: Iterable[tuple[int, str]]) -> None:
        self.heading(title)
        for id, name in reaches:
            self.link(name, partial(self.reach.emit, id))

    def _show_problems(self, detail: Detail, asked: ProblemFilter) -> None:
        self.heading("在办问题")
        overdue = f"，其中逾期 {detail.overdue} 个" if detail.overdue else ""
        self.link(f"{detail.in_stock} 个{overdue}", self._going("problems", asked))

    def _going(self, page: str, asked: object) -> Callable[[], None]:
        return lambda: self.go.emit(page, asked)


def _facts(row: Row, fields: FieldSet, keys: str) -> list[tuple[str, str]]:
    found = []
    for field in fields.pick(*keys.split()):
        text = row.text(field)
        found.append((field.label, f"{text} {field.unit}".strip() if text else ""))
    return found
