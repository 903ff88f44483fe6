"""放假安排 of a year, read from what a clerk pastes: the notice itself, or lines of day, 放假 or 上班, and name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from unicodedata import normalize

from pydantic import Field

from river_chief.errors import InvalidInput, Refusal
from river_chief.intake.grid import open_workbook
from river_chief.intake.workbook_file import open_workbook_file
from river_chief.rules.calendar import WEEKDAYS
from river_chief.verbs.calendar_years import YearDay, YearDays
from river_chief.verbs.input import Input

SHAPE = "请写成“2027-01-01 放假 元旦”，或者整段粘贴放假通知"
_DAY = re.compile(
    r"(?:(?:(?P<year>\d{4})[年./-])?(?P<month>\d{1,2})[月./-](?P<day>\d{1,2})日?|(?P<only>\d{1,2})日)"
    r"(?:\([^()]*?(?:周|星期)(?P<weekday>[一二三四五六日天])\)|\([^()]*\))?"
)
_VERB = re.compile(r"放假|上班|休息|补班|(?<=\s)[休班](?=\s|$)")
_WORK = ("上班", "补班", "班")
_RANGE = ("至", "到", "-", "~", "—", "–")
_HEAD = re.compile(r"^(?:[一二三四五六七八九十]+、|\d+[.、])?\s*([^\d:()]{2,12}):")
_SIGNED = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")
_LONGEST = 31


class YearText(Input):
    """A year's arrangement as the clerk pastes it."""

    year: int = Field(title="年份", ge=2000, le=2199)
    text: str = Field(title="放假安排", min_length=1, max_length=20000)
    is_complete: bool = Field(True, title="全年录全")


@dataclass(frozen=True, slots=True)
class _Words:
    """Where a line stands and what it says, for complaints."""

    number: int
    text: str

    def wrong(self, why: str) -> InvalidInput:
        return InvalidInput({"text": f"第{self.number}行“{self.text[:30]}”{why}"})


def read_year(entry: YearText) -> YearDays:
    """The days of *entry*; ``InvalidInput`` names the line that can not be understood."""
    found: dict[date, YearDay] = {}
    for number, line in enumerate(entry.text.splitlines(), 1):
        words = _Words(number, line.strip())
        for one in _days_of(words, entry.year):
            if one.day in found and found[one.day].is_working is not one.is_working:
                raise words.wrong(f"：{one.day.isoformat()} 既放假又上班，请核对")
            found.setdefault(one.day, one)
    if not found:
        raise InvalidInput({"text": f"没有读出放假或上班的日期，{SHAPE}"})
    days = tuple(sorted(found.values(), key=lambda one: one.day))
    return YearDays(year=entry.year, days=days, is_complete=entry.is_complete)


def text_of(path: Path) -> str:
    """The rows of a workbook with 日期, 休/班 and 名称 as lines for ``YearText``."""
    book = open_workbook(open_workbook_file(path))
    for sheet in book.shown:
        lines = [" ".join(_shown(cell) for cell in row if cell is not None) for row in book.grid(sheet).rows]
        wanted = [line for line in lines if _DAY.search(_plain(line)) and _VERB.search(_plain(line))]
        if wanted:
            return "\n".join(wanted)
    raise Refusal(f"“{path.name}”里没有放假安排：每行要有日期、休或班、名称三列。")


def _shown(cell: object) -> str:
    return cell.date().isoformat() if isinstance(cell, datetime) else str(cell)


def _plain(line: str) -> str:
    return normalize("NFKC", line).strip()


def _days_of(words: _Words, year: int) -> Iterator[YearDay]:
    line = _plain(words.text)
    head = _HEAD.match(line)
    festival = head[1].strip() if head else ""
    rest = line[head.end() :] if head else line
    for sentence in rest.split("。"):
        yield from _days_in(words, sentence, festival, year)


def _days_in(words: _Words, sentence: str, festival: str, year: int) -> Iterator[YearDay]:
    parts = list(_parts(sentence))
    if not parts and _DAY.search(sentence) and not _SIGNED.fullmatch(sentence.strip()):
        raise words.wrong(f"没有写放假还是上班，{SHAPE}")
    for days, is_working, tail in parts:
        name = _called(festival or _name(tail), is_working)
        for day in _spelled_out(words, days, year):
            yield YearDay(day=day, is_working=is_working, name=name)


def _parts(sentence: str) -> Iterator[tuple[str, bool, str]]:
    """The days, whether they are worked, and the words behind, for each 放假 or 上班 that days stand before."""
    begun = 0
    verbs = list(_VERB.finditer(sentence))
    for place, verb in enumerate(verbs):
        days = sentence[begun : verb.start()]
        if not _DAY.search(days):
            continue  # 放假 within a name
        following = (
            later.start() for later in verbs[place + 1 :] if _DAY.search(sentence[verb.end() : later.start()])
        )
        begun = verb.end()
        yield days, verb[0] in _WORK, sentence[begun : next(following, len(sentence))]


def _name(tail: str) -> str:
    words = re.split(r"[,;、]", tail.strip(" ,;、"))[0].strip()
    return "" if re.search(r"\d|^(调休|连休|与)", words) else words[:20]


def _called(name: str, is_working: bool) -> str:
    """元旦放假, 元旦调休上班, as the published calendar calls its days."""
    if not name or name.endswith(("放假", "上班")):
        return name
    return f"{name}调休上班" if is_working else f"{name}放假"


def _spelled_out(words: _Words, text: str, year: int) -> Iterator[date]:
    """Every day *text* names, spans spelled out; a month that is not written is the one before."""
    month, last, ended = 0, None, 0
    for found in _DAY.finditer(text):
        month = int(found["month"] or month)
        day = _real(words, int(found["year"] or year), month, int(found["only"] or found["day"]))
        _check_weekday(words, day, found["weekday"])
        if last is not None and text[ended : found.start()].strip() in _RANGE:
            if not 0 < (day - last).days < _LONGEST:
                raise words.wrong(f"：从 {last.isoformat()} 到 {day.isoformat()} 不是一段假期，请核对")
            yield from (last + timedelta(days=number) for number in range(1, (day - last).days + 1))
        else:
            yield day
        last, ended = day, found.end()


def _real(words: _Words, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise words.wrong(f"：没有 {year}年{month}月{day}日，请核对") from None


def _check_weekday(words: _Words, day: date, written: str | None) -> None:
    if written is not None and WEEKDAYS[day.weekday()] != written.replace("天", "日"):
        raise words.wrong(f"：{day.isoformat()} 是周{WEEKDAYS[day.weekday()]}，不是周{written}，请核对年份")
