"""What a saved report is made of: its records, days, lines, columns and looks; kept as plain JSON."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from pydantic import Field, ValidationError, ValidationInfo, field_validator, model_validator

from river_chief.errors import Refusal
from river_chief.fields.field import FieldSet
from river_chief.fields.patrols import PATROLS
from river_chief.fields.problems import PROBLEMS
from river_chief.fields.report_figures import PATROL_FIGURES, PROBLEM_FIGURES
from river_chief.terms import (
    Disposal,
    Entry,
    Grouping,
    Level,
    ReportDays,
    ReportLedger,
    ReportShape,
    ReportSpan,
    Severity,
    Source,
    State,
)
from river_chief.verbs.input import Input, sentences

FORM: Final = 1
"""The form definitions are kept in; a program that knows only smaller ones must not guess."""
SIGNATURES = ("制表人", "审核人", "负责人")
MOST_COLUMNS = 30
OpenDays = tuple[date | None, date | None]


class Conditions(Input):
    """Which records: the conditions of the problem page, and those of the patrols' page; empty means any.

    ``overdue``, ``due_soon``  as of the day the report is run.  Spans are inclusive, an open end is None.
    ``chiefs``  persons who answer for the problem as chiefs at the end of the period.
    """

    text: str = Field("", title="搜索词", max_length=80)
    states: tuple[State, ...] = Field((), title="当前状态")
    in_stock: bool = Field(False, title="只要在账的")
    villages: tuple[int, ...] = Field((), title="所在村")
    units: tuple[str, ...] = Field((), title="责任单位")
    waters: tuple[int, ...] = Field((), title="河湖")
    reaches: tuple[int, ...] = Field((), title="河段")
    chiefs: tuple[int, ...] = Field((), title="河长")
    groups: tuple[str, ...] = Field((), title="问题大类")
    categories: tuple[str, ...] = Field((), title="问题子类")
    severities: tuple[Severity, ...] = Field((), title="严重程度")
    sources: tuple[Source, ...] = Field((), title="问题来源")
    campaigns: tuple[int, ...] = Field((), title="专项")
    disposals: tuple[Disposal, ...] = Field((), title="处置方式")
    reported: bool = Field(False, title="只要已上报销号的")
    lacks_proof: bool = Field(False, title="只要缺佐证的")
    overdue: bool = Field(False, title="只要逾期的")
    due_soon: bool = Field(False, title="只要临期的")
    unanswered: bool = Field(False, title="只要移交未答复的")
    found: OpenDays | None = Field(None, title="发现时间")
    registered: OpenDays | None = Field(None, title="登记时间")
    closed: OpenDays | None = Field(None, title="销号时间")
    deadline: OpenDays | None = Field(None, title="现行时限")
    levels: tuple[Level, ...] = Field((), title="层级")
    areas: tuple[int, ...] = Field((), title="行政区")
    persons: tuple[int, ...] = Field((), title="巡河人员")
    entries: tuple[Entry, ...] = Field((), title="录入方式")
    with_finding: bool = Field(False, title="只要发现问题的")

    @property
    def given(self) -> dict[str, Any]:
        """Those that ask for something."""
        return {name: value for name in type(self).model_fields if (value := getattr(self, name))}


BOTH = frozenset(("text", "reaches"))
OF_PATROLS = frozenset(("levels", "areas", "persons", "entries", "with_finding"))


class Definition(Input):
    """A saved report; ``first`` and ``last`` only for fixed days.

    ``by``       at most two groupings: the lines of a table, the group lines of a list.
    ``columns``  figures of a table, fields of a list, in their order.
    ``sort``     a column; "" for the natural order.
    ``upright``  the sheet stands (False: lies across); None: as its columns need.
    """

    ledger: ReportLedger = Field(ReportLedger.PROBLEMS, title="统计对象")
    shape: ReportShape = Field(ReportShape.TABLE, title="样式")
    span: ReportSpan = Field(ReportSpan.ASKED, title="统计期")
    first: date | None = Field(None, title="开始日期")
    last: date | None = Field(None, title="结束日期")
    days_of: ReportDays = Field(ReportDays.ANY, title="列入范围")
    conditions: Conditions = Field(Conditions(), title="筛选条件")
    by: tuple[Grouping, ...] = Field((), title="分组", max_length=2)
    columns: tuple[str, ...] = Field(title="列", min_length=1, max_length=MOST_COLUMNS)
    sort: str = Field("", title="排序", max_length=40)
    descending: bool = Field(False, title="从大到小")
    totals: bool = Field(True, title="合计")
    title: str = Field("", title="表题", max_length=60)
    upright: bool | None = Field(None, title="纸张方向")
    signatures: tuple[str, ...] = Field(SIGNATURES, title="签字栏", max_length=6)

    @property
    def has_days(self) -> bool:
        """Whether its days say which records belong into it: not of a list of problems of any day."""
        is_list = self.shape is ReportShape.LIST and self.ledger is ReportLedger.PROBLEMS
        return not is_list or self.days_of is not ReportDays.ANY

    @field_validator("days_of")
    @classmethod
    def _of_the_ledger(cls, value: ReportDays, info: ValidationInfo) -> ReportDays:
        if _patrols(info.data.get("ledger")) and value is not ReportDays.ANY:
            raise ValueError(f"巡河总是按巡河日期列入，没有“{value.label}”，请选“不限”")
        return value

    @field_validator("conditions")
    @classmethod
    def _ask_the_ledger(cls, value: Conditions, info: ValidationInfo) -> Conditions:
        ledger = info.data.get("ledger")
        foreign = [
            name for name in value.given if name not in BOTH and (name in OF_PATROLS) != _patrols(ledger)
        ]
        if ledger is not None and foreign:
            label = Conditions.model_fields[foreign[0]].title
            raise ValueError(f"“{label}”不是{ledger.label}的条件，请去掉")
        return value

    @field_validator("by")
    @classmethod
    def _group(cls, value: tuple[Grouping, ...], info: ValidationInfo) -> tuple[Grouping, ...]:
        ledger = info.data.get("ledger")
        if len(set(value)) < len(value):
            raise ValueError("两级分组不能相同，请换一个")
        for grouping in value:
            if ledger is not None and grouping.ledger is not ledger:
                raise ValueError(f"{ledger.label}不能按{grouping.label}分组，请换一个")
        if info.data.get("shape") is ReportShape.TABLE and not value:
            raise ValueError("统计表至少要选一级分组")
        return value

    @field_validator("columns")
    @classmethod
    def _known(cls, value: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        ledger, shape = info.data.get("ledger"), info.data.get("shape")
        if ledger is None or shape is None:
            return value
        known = columns_of(ledger, shape)
        for key in value:
            if key not in known:
                raise ValueError(f"{shape.label}里没有“{key}”这一列，请去掉")
        if len(set(value)) < len(value):
            raise ValueError("同一列选了两次，请去掉一个")
        return value

    @field_validator("sort")
    @classmethod
    def _shown(cls, value: str, info: ValidationInfo) -> str:
        if value and value not in info.data.get("columns", (value,)):
            raise ValueError("只能按列出的列排序，请另选")
        return value

    @field_validator("signatures")
    @classmethod
    def _short(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for words in value:
            if not 1 <= len(words) <= 12:
                raise ValueError("签字栏每一项写 1 到 12 个字")
        return value

    @model_validator(mode="after")
    def _days(self) -> Definition:
        if self.span is ReportSpan.FIXED:
            if self.first is None or self.last is None:
                raise ValueError("固定日期要填开始日期和结束日期")
            if self.last < self.first:
                raise ValueError("结束日期早于开始日期，请改正")
        return self


def columns_of(ledger: ReportLedger, shape: ReportShape) -> FieldSet:
    """What the columns of a report can be."""
    if shape is ReportShape.TABLE:
        return PATROL_FIGURES if ledger is ReportLedger.PATROLS else PROBLEM_FIGURES
    return PATROLS if ledger is ReportLedger.PATROLS else PROBLEMS


def kept(definition: Definition) -> dict[str, Any]:
    """*definition* as it is stored."""
    known = definition.model_dump(mode="json", include=set(Definition.model_fields), exclude_defaults=True)
    return {"form": FORM, **known}


def definition_of(name: str, stored: Any) -> Definition:
    """The definition of the report *name*; a ``Refusal`` says why what is stored can not be read."""
    values = dict(stored) if isinstance(stored, Mapping) else {}
    form = values.pop("form", None)
    if not isinstance(form, int) or isinstance(form, bool):
        raise Refusal(f"自定义报表“{name}”存的内容不完整，读不出来，请重新设定或停用。")
    if form > FORM:
        raise Refusal(f"自定义报表“{name}”是用较新的程序保存的，请升级程序后再用。")
    try:
        return Definition.model_validate(values)
    except ValidationError as error:
        if any(item["type"] == "extra_forbidden" for item in error.errors()):
            raise Refusal(
                f"自定义报表“{name}”里有这个程序不认识的内容，请升级程序后再用，或重新设定。"
            ) from None
        wrong = "；".join(sentences(Definition, error).values())
        raise Refusal(f"自定义报表“{name}”的设定不能用：{wrong}。请修改或停用。") from None


def _patrols(ledger: ReportLedger | None) -> bool:
    return ledger is ReportLedger.PATROLS
