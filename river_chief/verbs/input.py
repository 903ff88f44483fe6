"""What a verb accepts, and pydantic's complaints in the words of the clerk."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from river_chief.errors import InvalidInput


class Input(BaseModel):
    """Checked values a verb works from; made by ``understood`` at the edge."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True, allow_inf_nan=False)

    @field_validator("*")
    @classmethod
    def _can_be_kept(cls, value: Any) -> Any:
        for part in value if isinstance(value, tuple) else (value,):
            _refuse_unkept(part)
        return value


# A day outside of them is a slip of the pen (0205-03-05), not a day of this trade.
EARLIEST, LATEST = date(1980, 1, 1), date(2199, 12, 31)
BIGGEST = 2**63 - 1
"""The largest whole number a ledger's column holds."""
InputT = TypeVar("InputT", bound=Input)

_SENTENCES = {
    "missing": "请填写{label}",
    "string_too_short": "请填写{label}",
    "string_too_long": "{label}太长，最多 {max_length} 个字",
    "string_pattern_mismatch": "{label}“{input}”的写法不对，请核对",
    "extra_forbidden": "没有“{key}”这一项",
    "enum": "{label}“{input}”不在可选范围内",
    "greater_than": "{label}应大于 {gt}",
    "greater_than_equal": "{label}应不小于 {ge}",
    "less_than": "{label}应小于 {lt}",
    "less_than_equal": "{label}应不大于 {le}",
    "too_short": "{label}至少要有 {min_length} 项",
    "too_long": "{label}最多 {max_length} 项",
    "value_error": "{label}：{error}",
}
_FAMILIES = {
    "date": "{label}“{input}”不是日期，请写成 2025-03-05 的样子",
    "datetime": "{label}“{input}”不是时间，请写成 2025-03-05 或 2025-03-05 09:30 的样子",
    "int": "{label}“{input}”应是整数",
    "float": "{label}“{input}”应是数字",
    "finite": "{label}“{input}”应是数字",
    "bool": "{label}“{input}”应填是或否",
    "string": "{label}应是文字",
}


def _refuse_unkept(value: Any) -> None:
    """Raise ValueError for what a column can not hold or what is no day of this trade."""
    if isinstance(value, int) and abs(value) > BIGGEST:
        raise ValueError("数字太大，请核对")
    if isinstance(value, datetime) and value.tzinfo is not None:
        raise ValueError("请填写当地时间，不带时区")
    if isinstance(value, date):
        day = value.date() if isinstance(value, datetime) else value
        if not EARLIEST <= day <= LATEST:
            raise ValueError(f"{day.isoformat()} 的年份不对，请核对")


def understood(kind: type[InputT], values: Mapping[str, Any]) -> InputT:
    """Return *values* as an input of *kind*, or raise ``InvalidInput`` with a sentence for each field."""
    try:
        return kind.model_validate(dict(values))
    except ValidationError as error:
        raise InvalidInput(sentences(kind, error)) from None


def sentences(kind: type[BaseModel], error: ValidationError) -> dict[str, str]:
    """Return the sentence for each field *error* complains about."""
    found: dict[str, str] = {}
    for item in error.errors():
        key = str(item["loc"][0]) if item["loc"] else ""
        field = kind.model_fields.get(key)
        label = field.title if field is not None and field.title else key
        pattern = _SENTENCES.get(item["type"]) or _FAMILIES.get(item["type"].split("_")[0], "{label}填写有误")
        limits = {name: _limit(value) for name, value in item.get("ctx", {}).items()}
        context = {**limits, "label": label, "key": key, "input": item.get("input")}
        # What is wrong with the input as a whole has no label.
        found.setdefault(key, pattern.format(**context).removeprefix("：" if not label else ""))
    return found


def _limit(value: Any) -> Any:
    """A limit as a clerk writes it: 180, not 180.0."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
