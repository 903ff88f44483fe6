"""编号 and 文号: written from the office's patterns and read back.

``{简称}{河长办}{类}〔{年}〕{序号}号`` gives 砚河长办交〔2025〕15号. ``{序号:3}`` fills up with zeros;
official numbers carry none. A number is given once; gaps are never filled.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from river_chief.errors import Refusal
from river_chief.terms import PaperKind

PROBLEM_PATTERN = "{简称}{年}-{序号:3}"
PAPER_PATTERN = "{简称}{河长办}{类}〔{年}〕{序号}号"

LETTERS: dict[PaperKind, str] = {
    PaperKind.ASSIGN: "交",
    PaperKind.SUPERVISE: "督",
    PaperKind.REMIND: "提",
    PaperKind.URGE: "催",
    PaperKind.CIRCULATE: "通",
    PaperKind.SUMMON: "约",
    PaperKind.ACCOUNT: "责",
    PaperKind.EXTEND: "延",
    PaperKind.PUBLICISE: "公",
    PaperKind.CLOSE: "销",
    PaperKind.HAND_OVER: "移",
    PaperKind.LIST: "单",
    PaperKind.REPORT: "报",
}
_KINDS = {letter: kind for kind, letter in LETTERS.items()}

_PLACE = re.compile(r"\{([^{}:]*)(?::(\d))?\}")
_NAMES = ("简称", "河长办", "类", "年", "序号")
# Hands write the year's brackets and the dash in many ways; one of each is compared.
_SIGNS = str.maketrans(
    {"[": "〔", "]": "〕", "【": "〔", "】": "〕", "(": "〔", ")": "〕"} | dict.fromkeys("‐‑–—―−", "-")
)


class ProblemNumber(NamedTuple):
    """What a problem's number says."""

    year: int
    seq: int


class PaperNumber(NamedTuple):
    """What a paper's number says."""

    kind: PaperKind
    year: int
    seq: int


def problem_number(short: str, year: int, seq: int, pattern: str = PROBLEM_PATTERN) -> str:
    """The number of the year's *seq*-th problem: 砚2025-031."""
    return _compiled(pattern, needs_kind=False).written({"简称": short}, year, seq)


def paper_number(
    short: str,
    kind: PaperKind,
    year: int,
    seq: int,
    pattern: str = PAPER_PATTERN,
    office_word: str = "河长办",
) -> str:
    """The number of the year's *seq*-th paper of its kind: 砚河长办交〔2025〕15号."""
    words = {"简称": short, "河长办": office_word, "类": LETTERS[kind]}
    return _compiled(pattern, needs_kind=True).written(words, year, seq)


def parse_problem_number(text: str, short: str, pattern: str = PROBLEM_PATTERN) -> ProblemNumber | None:
    """Read a problem's number of this office, however its signs are typed; None when it is no such number."""
    found = _compiled(pattern, needs_kind=False).read(text, {"简称": short})
    return ProblemNumber(int(found["年"]), int(found["序号"])) if found else None


def parse_paper_number(
    text: str, short: str, pattern: str = PAPER_PATTERN, office_word: str = "河长办"
) -> PaperNumber | None:
    """Read a paper's number of this office, however its signs are typed; None when it is no such number."""
    found = _compiled(pattern, needs_kind=True).read(text, {"简称": short, "河长办": office_word})
    return PaperNumber(_KINDS[found["类"]], int(found["年"]), int(found["序号"])) if found else None


def check_pattern(pattern: str, *, needs_kind: bool) -> None:
    """Refuse a pattern whose numbers could not be told apart or read back."""
    _compiled(pattern, needs_kind=needs_kind)


@dataclass(frozen=True, slots=True)
class _Pattern:
    text: str

    def written(self, words: dict[str, str], year: int, seq: int) -> str:
        if not (1000 <= year <= 9999 and seq >= 1):
            raise ValueError(f"no number {seq} of year {year}")

        def fill(place: re.Match[str]) -> str:
            if place[1] == "序号":
                return str(seq).zfill(int(place[2] or 1))
            return str(year) if place[1] == "年" else words[place[1]]

        return _PLACE.sub(fill, self.text)

    def read(self, text: str, words: dict[str, str]) -> dict[str, str] | None:
        parts = []
        end = 0
        for place in _PLACE.finditer(self.text):
            parts += [re.escape(_plain(self.text[end : place.start()])), _group(place[1], words)]
            end = place.end()
        parts.append(re.escape(_plain(self.text[end:])))
        found = re.fullmatch("".join(parts), _plain(text), re.ASCII)
        return found.groupdict() if found and int(found["序号"]) else None


@lru_cache(maxsize=64)
def _compiled(pattern: str, *, needs_kind: bool) -> _Pattern:
    names = [place[1] for place in _PLACE.finditer(pattern)]
    required = ("年", "序号", "类") if needs_kind else ("年", "序号")
    allowed = _NAMES if needs_kind else ("简称", "年", "序号")
    if "{" in _PLACE.sub("", pattern) or "}" in _PLACE.sub("", pattern):
        raise Refusal(f"编号格式“{pattern}”的花括号不成对，请改正。")
    for name in names:
        if name not in allowed:
            raise Refusal(f"编号格式“{pattern}”中的“{{{name}}}”不认识，可用：{_listed(allowed)}。")
        if names.count(name) > 1:
            raise Refusal(f"编号格式“{pattern}”中的“{{{name}}}”出现了两次，请只留一个。")
    for name in required:
        if name not in names:
            raise Refusal(f"编号格式“{pattern}”缺少“{{{name}}}”，没有它编号会重复，请补上。")
    return _Pattern(pattern)


def _group(name: str, words: dict[str, str]) -> str:
    if name == "年":
        return r"(?P<年>[1-9]\d{3})"
    if name == "序号":
        return r"(?P<序号>\d+)"
    if name == "类":
        return f"(?P<类>[{''.join(_KINDS)}])"
    return re.escape(_plain(words[name]))


def _plain(text: str) -> str:
    half_width = unicodedata.normalize("NFKC", text).translate(_SIGNS)
    return "".join(half_width.split())


def _listed(names: tuple[str, ...]) -> str:
    return "、".join(f"{{{name}}}" for name in names)
