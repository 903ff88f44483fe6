"""建议等级: the severity a category's rule suggests from what was measured.

A rule is a row of the office (``grade`` of a category): bands parted by "|", the first that holds
wins, ``A>=5000:3|A>=1000:2|1``. The letters are those of ``Measure``; 3 重大, 2 较严重, 1 一般.
The shipped limits are defaults an office can edit: show the result as 建议等级, never as official.
"""

from __future__ import annotations

import operator
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from river_chief.errors import Refusal
from river_chief.terms import Measure, Severity

_SEVERITIES = {"1": Severity.MINOR, "2": Severity.SERIOUS, "3": Severity.MAJOR}
_MEASURES = {measure.value: measure for measure in Measure}
_OPERATORS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    ">=": operator.ge,
    ">": operator.gt,
    "<=": operator.le,
    "<": operator.lt,
}
_SIGNS = {">=": "≥", ">": ">", "<=": "≤", "<": "<"}
_BAND = re.compile(r"([ALVWN])(>=|<=|>|<)(\d+(?:\.\d+)?):([123])", re.ASCII)
_SHAPE = "应写成“A>=5000:3|A>=1000:2|1”的样子：字母A面积、L长度、V体积、W重量、N数量，3重大、2较严重、1一般"

Amount = int | float | Decimal


@dataclass(frozen=True, slots=True)
class Band:
    """One condition of a rule: the measure beside the limit, and the severity when it holds."""

    measure: Measure
    sign: str
    limit: Decimal
    severity: Severity

    def holds(self, amount: Decimal) -> bool:
        """Whether *amount*, in the unit of the measure, lies in the band."""
        return _OPERATORS[self.sign](amount, self.limit)

    def covers(self, other: Band) -> bool:
        """Whether every amount that lies in *other* lies in this band too."""
        if self.measure is not other.measure or self.sign[0] != other.sign[0]:
            return False
        if self.limit == other.limit:
            return self.sign == other.sign or "=" in self.sign
        return (self.limit < other.limit) is (self.sign[0] == ">")


@dataclass(frozen=True, slots=True)
class GradeRule:
    """Bands in their order and the severity when none holds (None: nothing is suggested)."""

    bands: tuple[Band, ...] = ()
    otherwise: Severity | None = None

    @property
    def measures(self) -> frozenset[Measure]:
        """The measures the rule asks for."""
        return frozenset(band.measure for band in self.bands)

    @property
    def words(self) -> str:
        """The rule as a clerk reads it: 面积≥5000㎡ 重大；≥1000㎡ 较严重；其余一般; "" without a rule."""
        if not self.bands:
            return "" if self.otherwise is None else f"一律{self.otherwise.label}"
        said: list[str] = []
        before: Measure | None = None
        for band in self.bands:
            name = "" if band.measure is before else band.measure.label
            said.append(f"{name}{_SIGNS[band.sign]}{band.limit}{band.measure.unit} {band.severity.label}")
            before = band.measure
        return "；".join((*said, f"其余{self.otherwise.label}" if self.otherwise else "其余不建议"))

    @property
    def idle_band(self) -> int | None:
        """The number of the first band that never comes into play, because those before it hold wherever it does."""
        for place, band in enumerate(self.bands):
            if any(earlier.covers(band) for earlier in self.bands[:place]):
                return place + 1
        return None

    def suggest(self, amounts: Mapping[Measure, Amount | None]) -> Severity | None:
        """The severity suggested for *amounts*; None when a measure the rule needs is missing."""
        for band in self.bands:
            amount = amounts.get(band.measure)
            if amount is None:
                return None
            if band.holds(Decimal(str(amount))):
                return band.severity
        return self.otherwise


@lru_cache(maxsize=512)
def parse_grade_rule(text: str) -> GradeRule:
    """Read a rule; an empty one suggests nothing, one that cannot be read is a Refusal."""
    plain = _plain(text)
    if not plain:
        return GradeRule()
    *leading, last = plain.split("|")
    bands = [_band(part, number, text) for number, part in enumerate(leading, start=1)]
    if last in _SEVERITIES:
        return GradeRule(tuple(bands), _SEVERITIES[last])
    return GradeRule((*bands, _band(last, len(leading) + 1, text)))


def check_grade_rule(text: str) -> None:
    """Refuse a rule that cannot be read, or one of whose bands can never hold."""
    idle = parse_grade_rule(text).idle_band
    if idle is not None:
        raise Refusal(f"等级规则“{text}”的第{idle}段总被前面的段先占去，请把大的数写在前面。")


def suggested_severity(rule: str, amounts: Mapping[Measure, Amount | None]) -> Severity | None:
    """The severity a category's rule text suggests for *amounts*."""
    return parse_grade_rule(rule).suggest(amounts)


def _plain(text: str) -> str:
    half_width = unicodedata.normalize("NFKC", text).replace("≥", ">=").replace("≤", "<=")
    return "".join(half_width.split()).upper()


def _band(part: str, number: int, whole: str) -> Band:
    found = _BAND.fullmatch(part)
    if found is None:
        raise Refusal(f"等级规则“{whole}”的第{number}段“{part}”看不懂，{_SHAPE}。")
    return Band(_MEASURES[found[1]], found[2], Decimal(found[3]), _SEVERITIES[found[4]])
