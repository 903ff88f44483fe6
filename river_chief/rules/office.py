"""本单位设置: what an office calls itself and how it counts.

Kept as rows (one per field) and passed to the rules as one value. A field's title and
description are the words of the settings page.
"""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, field_validator, model_validator

from river_chief.errors import Refusal
from river_chief.rules.four_words import SIDES
from river_chief.rules.numbering import PAPER_PATTERN, PROBLEM_PATTERN, check_pattern
from river_chief.rules.periods import LATEST_START_DAY, FloodSeason, Span, month_day, month_range
from river_chief.rules.photo_checks import DEFAULT_METRES
from river_chief.rules.rate_words import DIRECTED, OFFICIAL_RATE, SHOWN_RATES, WORDS
from river_chief.rules.workflow import Merges


def _month_day(text: str) -> str:
    try:
        month, day = month_day(text)
    except Refusal as refusal:
        raise ValueError(refusal.sentence) from refusal
    return f"{month:02}-{day:02}"


def _pattern(*, needs_kind: bool) -> AfterValidator:
    def check(text: str) -> str:
        try:
            check_pattern(text, needs_kind=needs_kind)
        except Refusal as refusal:
            raise ValueError(refusal.sentence) from refusal
        return text

    return AfterValidator(check)


def _leads(side: str) -> AfterValidator:
    """The figures that may rank the villages in one of the four comparisons."""
    words = SIDES[side]

    def check(key: str) -> str:
        if key not in words.leads:
            raise ValueError(f"“{key}”不能用来给“{words.name}”排名，可用的有：{'、'.join(words.leads)}")
        return key

    return AfterValidator(check)


MonthDay = Annotated[str, AfterValidator(_month_day)]


class OfficeSettings(BaseModel):
    """The settings of one office; ``model_dump(mode="json")`` gives the values of its rows."""

    model_config = ConfigDict(frozen=True, extra="forbid", str_strip_whitespace=True)

    office_name: str = Field(
        min_length=1,
        max_length=60,
        title="单位全称",
        description="印在文书抬头和落款，例如砚溪镇河长制办公室。",
    )
    place_name: str = Field(
        min_length=1, max_length=30, title="行政区名称", description="印在标题，例如砚溪镇。"
    )
    short: str = Field(min_length=1, max_length=8, title="简称", description="编号和文号的字头，例如砚。")
    area_code: str = Field(
        default="",
        pattern=r"^(\d{6}|\d{9}|\d{12})?$",
        title="行政区划代码",
        description="6、9或12位数字，没有可留空。",
    )
    office_word: str = Field(
        default="河长办",
        min_length=1,
        max_length=12,
        title="办公室称呼",
        description="例如河长办、河湖长办、治水办。",
    )

    period_start_day: int = Field(
        default=1,
        ge=1,
        le=LATEST_START_DAY,
        title="统计月起始日",
        description="1为自然月；26为上月26日至本月25日。周、旬、半月不受影响。",
    )
    flood_from: MonthDay = Field(default="04-01", title="汛期开始", description="月-日，当日计入汛期。")
    flood_to: MonthDay = Field(default="09-30", title="汛期结束", description="月-日，当日计入汛期。")
    rate_digits: int = Field(
        default=1, ge=1, le=2, title="比率小数位", description="1位如96.7%，2位如99.94%；四舍五入。"
    )

    official_rate: str = Field(
        default=OFFICIAL_RATE,
        title="通报排名用的比率",
        description="村（社区）按它排名、通报；其余比率一并列出供参考。",
    )
    shown_rates: tuple[str, ...] = Field(
        default=SHOWN_RATES,
        min_length=1,
        title="各村并列的比率",
        description="按村、按类型等各表里列出的比率，按这里的次序。",
    )
    lead_amount: Annotated[str, _leads("amount")] = Field(
        default=SIDES["amount"].leads[0], title="问题比数量", description="四比各按一项排名，不另算综合分。"
    )
    lead_quality: Annotated[str, _leads("quality")] = Field(
        default=SIDES["quality"].leads[0], title="检查比质量", description="巡河达标率只计村级河长。"
    )
    lead_speed: Annotated[str, _leads("speed")] = Field(
        default=SIDES["speed"].leads[0], title="整改比速度", description="平均整改天数少的名次在前。"
    )
    lead_effect: Annotated[str, _leads("effect")] = Field(
        default=SIDES["effect"].leads[0], title="成效比高度", description="反弹率低、存量减少多的名次在前。"
    )

    merge_verify_assign: bool = Field(
        default=False,
        title="核实与交办合并办理",
        description="一次填完核实和交办；流转和日志里仍是两步。人手少的单位可以打开。",
    )
    merge_assign_sign: bool = Field(
        default=False,
        title="交办与签收合并办理",
        description="当面交办、当场签收时使用；流转和日志里仍是两步。",
    )
    merge_accept_close: bool = Field(
        default=False,
        title="验收与销号合并办理",
        description="只对本级有权销号的问题；上级销号的仍要等上级答复。",
    )
    calendar_years: tuple[int, ...] = Field(
        default=(),
        title="已录入放假安排的年份",
        description="节假日表里已经录全的年份；没有录全的年份只扣除周末，并注明待复核。",
    )
    due_soon_days: int = Field(
        default=3, ge=0, le=60, title="临期提醒（天）", description="离时限不超过几天算临期。"
    )
    sweep_days: int = Field(
        default=10,
        ge=1,
        le=365,
        title="举一反三答复（天）",
        description="布置后几天内逐村、逐河段答复，逢休息日顺延。",
    )

    photo_metres: int = Field(
        default=DEFAULT_METRES,
        ge=50,
        le=20_000,
        title="照片位置允许相差（米）",
        description="整改后和回头看的照片离问题坐标超过这个距离时提醒核对，不影响办理。",
    )

    problem_pattern: Annotated[str, _pattern(needs_kind=False)] = Field(
        default=PROBLEM_PATTERN,
        max_length=60,
        title="问题编号格式",
        description="可用{简称}、{年}、{序号}；{序号:3}表示不足3位补零。",
    )
    paper_pattern: Annotated[str, _pattern(needs_kind=True)] = Field(
        default=PAPER_PATTERN,
        max_length=60,
        title="文号格式",
        description="可用{简称}、{河长办}、{类}、{年}、{序号}；文号的序号不补零。",
    )

    @field_validator("official_rate")
    @classmethod
    def _can_rank(cls, key: str) -> str:
        if key not in DIRECTED:
            raise ValueError(f"“{key}”不能用来排名，可用的有：{'、'.join(DIRECTED)}")
        return key

    @field_validator("shown_rates")
    @classmethod
    def _are_rates(cls, keys: tuple[str, ...]) -> tuple[str, ...]:
        unknown = [key for key in keys if key not in WORDS]
        if unknown:
            raise ValueError(f"没有“{'、'.join(unknown)}”这项比率，可用的有：{'、'.join(WORDS)}")
        return tuple(dict.fromkeys(keys))

    @model_validator(mode="after")
    def _flood_season_runs_forward(self) -> Self:
        try:
            _ = self.flood_season
        except Refusal as refusal:
            raise ValueError(refusal.sentence) from refusal
        return self

    @classmethod
    def for_place(cls, place_name: str, area_code: str = "") -> Self:
        """The settings of a new office, named after its place: 砚溪镇 gives 砚溪镇河长制办公室 and 砚."""
        place = place_name.strip()
        return cls(office_name=f"{place}河长制办公室", place_name=place, short=place[:1], area_code=area_code)

    @property
    def flood_season(self) -> FloodSeason:
        """The days on which flood counts apply."""
        return FloodSeason(month_day(self.flood_from), month_day(self.flood_to))

    @property
    def leads(self) -> dict[str, str]:
        """四比: the figure that ranks the villages, by the key of the comparison."""
        return {side: str(getattr(self, f"lead_{side}")) for side in SIDES}

    @property
    def merges(self) -> Merges:
        """The steps this office does in one go."""
        return Merges(self.merge_verify_assign, self.merge_assign_sign, self.merge_accept_close)

    def month(self, year: int, month: int) -> Span:
        """First and last day of the office's month."""
        return month_range(year, month, self.period_start_day)
