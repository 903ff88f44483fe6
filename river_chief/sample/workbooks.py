"""The workbooks the sample is fed with: the county's messy one, and tidy exports with a county system's heads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from river_chief.sample.county_sheet import write_county_sheet
from river_chief.sample.people import Post
from river_chief.sample.places import (
    BANK,
    BASIN,
    BY_KEY,
    STRETCHES,
    SYSTEM,
    TOWN,
    TOWN_CODE,
    VILLAGES,
    water_code,
    water_numbers,
)
from river_chief.sample.story import Story, plan
from river_chief.sample.walks import Walk, in_month
from river_chief.terms import Level

AREAS, WATERS, CHIEFS, PATROLS, PATCHES = (
    "行政区划.xlsx",
    "河流名录.xlsx",
    "人员名录.xlsx",
    "巡河记录（2025年3月）.xlsx",
    "疑似四乱图斑下发表（2026年3月）.xlsx",
)
MONTH = (2025, 3)
# Logs handed in on paper after the month, not yet in the ledger.
_FORGOTTEN = 6

Cell = str | int | float | datetime | None


def write_workbooks(folder: Path, *, seed: int = 1) -> list[Path]:
    """Write every workbook into *folder* (made if missing); return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    story = plan(seed)
    return [
        write_county_sheet(folder, story.staff),
        _write(folder / AREAS, "行政区划", ("行政区代码", "行政区名称"), _areas()),
        _write(folder / WATERS, "河流名录", _WATER_HEADS, _waters()),
        _write(folder / CHIEFS, "人员名录", _CHIEF_HEADS, _chiefs(story)),
        _write(folder / PATROLS, "巡河记录", _PATROL_HEADS, _patrols(story)),
        _write(folder / PATCHES, "图斑", _PATCH_HEADS, _PATCHES),
    ]


def _write(path: Path, sheet_name: str, heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Path:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = sheet_name
    sheet.append(list(heads))
    for column, head in enumerate(heads, 1):
        sheet.cell(1, column).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(column)].width = max(12, 2 * len(head) + 2)
    for row in rows:
        sheet.append(list(row))
    sheet.freeze_panes = "A2"
    book.save(path)
    return path


def _areas() -> Iterable[Sequence[Cell]]:
    yield TOWN_CODE, TOWN
    for village in VILLAGES:
        yield village.code, village.name


_WATER_HEADS = (
    "河流编码 河流名称 所属水系 所属流域 河流岸别 河流长度(km) 流域面积(km2) 上级河流编码 上级河流名称 "
    "河源 河源经度 河源纬度 河口 河口经度 河口纬度"
).split()


def _waters() -> Iterable[Sequence[Cell]]:
    for name, number in water_numbers().items():
        stretches = [stretch for stretch in STRETCHES if stretch.water == name]
        first, last = stretches[0], stretches[-1]
        length = round(sum(stretch.km or 0 for stretch in stretches), 3)
        below = BY_KEY[last.below].water if last.below else ""
        yield (
            water_code(number),
            name,
            SYSTEM,
            BASIN,
            BANK,
            length or None,
            None,
            water_code(water_numbers()[below]) if below else "",
            below,
            first.ends[0],
            *first.line[0],
            last.ends[1],
            *last.line[1],
        )


_CHIEF_HEADS = "用户编码 用户名称 用户性别 用户手机 行政区域 部门名称 角色名称 职位名称".split()
_LEVEL_WORDS = {Level.CITY: "市", Level.COUNTY: "县", Level.TOWN: "乡(镇)", Level.VILLAGE: "村"}


def _chiefs(story: Story) -> Iterable[Sequence[Cell]]:
    seen: set[str] = set()
    for post in story.staff.posts:
        human = post.human
        if human.code not in seen:
            seen.add(human.code)
            sex = human.gender.label
            yield human.code, human.name, sex, human.phone, human.area, human.unit, _role(post), human.title


def _role(post: Post) -> str:
    if not post.role.is_chief:
        return post.role.label
    return _LEVEL_WORDS[post.level] + post.role.label


_PATCH_HEADS = "图斑编号 乡镇 村 河湖 中心经度 中心纬度 面积（平方米） 疑似类型 下发日期 核查期限".split()
_DAYS = ("2026-03-25", "2026-04-20")
# The county's list of March 2026, not yet in the ledger; nobody knows the last village.
_PATCHES: tuple[tuple[Cell, ...], ...] = (
    ("TB2026-001", TOWN, "柳塘村", "柳塘河", 118.495834, 29.060217, 260, "疑似房屋", *_DAYS),
    ("TB2026-002", TOWN, "上砚村", "砚溪", 118.463902, 29.066348, 410, "疑似桥梁", *_DAYS),
    ("TB2026-003", TOWN, "南圩村", "澜江", 118.520145, 29.007905, 640, "疑似桥梁", *_DAYS),
    ("TB2026-004", TOWN, "白鹭洲村", "白鹭港", 118.418266, 29.030118, 880, "疑似坑塘", *_DAYS),
    ("TB2026-005", TOWN, "新渡村", "新渡港", 118.452731, 29.024406, 150, "疑似桥梁", *_DAYS),
    ("TB2026-006", TOWN, "枫林村", "樟溪", 118.451203, 29.053187, 330, "疑似堆场", *_DAYS),
)

_PATROL_HEADS = (
    "巡河人员名称 巡河人员行政区 巡河开始时间 巡河结束时间 巡河起点 巡河终点 巡河时长 巡河里程"
).split()


def _patrols(story: Story) -> Iterable[Sequence[Cell]]:
    walks = in_month(story.walks, *MONTH)
    for walk in walks:
        yield _patrol(walk, walk.started_at)
    of_villages = [walk for walk in walks if walk.post.level is Level.VILLAGE and walk.started_at.hour < 12]
    for walk in of_villages[-_FORGOTTEN:]:
        yield _patrol(walk, walk.started_at + timedelta(hours=8))


def _patrol(walk: Walk, started: datetime) -> Sequence[Cell]:
    stretch = BY_KEY[walk.reaches[0]]
    ended = started + timedelta(minutes=walk.minutes)
    return (
        walk.post.human.name,
        walk.post.area,
        f"{started:%Y-%m-%d %H:%M}",
        f"{ended:%Y-%m-%d %H:%M}",
        *stretch.ends,
        f"{walk.minutes}分钟",
        f"{walk.km:.2f}公里" if walk.km is not None else "",
    )
