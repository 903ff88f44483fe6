"""更正: what later edits make of a closed month, in total, by problem, by line of a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from river_chief.figures.correction import Correction, CountChanged, ProblemChanged, RateChanged
from river_chief.figures.rates import BY_KEY
from river_chief.rules.rounding import NOTHING, half_up
from ui.tables.plain_table import PlainTable

HEADS = ("月份", "对象", "改了什么", "数字的变化", "谁、什么时候改的")
WIDTHS = (6, 10, 18, 30, 14)
BEFORE, AFTER = "before", "after"
DIMENSIONS = {
    "villages": "村",
    "groups": "类型",
    "severities": "程度",
    "sources": "来源",
    "campaigns": "专项",
}


class CorrectionView(QWidget):
    """``opened(id)``: a problem is to be shown. ``asked(correction, side, key)``: the rows behind a count.

    *side* is ``BEFORE`` or ``AFTER``.
    """

    opened = Signal(int)
    asked = Signal(object, str, str)

    def __init__(self, name: str, nothing: str) -> None:
        """*nothing* is said where there is no correction."""
        super().__init__()
        self._nothing = nothing
        self.corrections: tuple[Correction, ...] = ()
        self.words = QLabel(nothing)
        self.words.setWordWrap(True)
        self.words.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.words.linkActivated.connect(self._ask)
        self.table = PlainTable(HEADS, WIDTHS)
        self.table.setAccessibleName(name)
        self.table.setWordWrap(True)
        self.table.opened.connect(self._open)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 8, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self.words)
        layout.addWidget(self.table, 1)

    def show_corrections(self, corrections: Sequence[Correction], nothing: str = "") -> None:
        """Show *corrections*; *nothing* is said instead where there is none."""
        self.corrections = tuple(corrections)
        told = [
            _total_words(place, each)
            for place, each in enumerate(self.corrections)
            if each.counts or each.rates
        ]
        self.words.setText("<br>".join(told) if told else "" if corrections else nothing or self._nothing)
        self.words.setVisible(bool(self.words.text()))
        rows = [row for each in self.corrections for row in _rows(each)]
        self.table.rows.show_rows([texts for texts, _ in rows], [key for _, key in rows])
        self.table.setVisible(bool(rows))
        self.table.resizeRowsToContents()

    def _open(self, id: int | None) -> None:
        if id is not None:
            self.opened.emit(id)

    def _ask(self, link: str) -> None:
        place, side, key = link.split(":")
        self.asked.emit(self.corrections[int(place)], side, key)


def _total_words(place: int, correction: Correction) -> str:
    """2025年2月第1版：新增 4 → 5；整改销号率 81.3%（13÷16）→ 76.5%（13÷17），-4.8 个百分点；…"""
    counts = [
        f"{each.name} {_link(place, BEFORE, each.key, each.before)} → {_link(place, AFTER, each.key, each.after)}"
        for each in correction.counts
    ]
    rates = [_rate_words(place, each) for each in correction.rates]
    days = []
    if correction.average_before != correction.average_after:
        days = [f"平均整改天数 {_days(correction.average_before)} → {_days(correction.average_after)}"]
    return f"<b>{_name(correction)}</b>：{'；'.join([*counts, *rates, *days])}。"


def _rate_words(place: int, rate: RateChanged) -> str:
    def side(which: str) -> str:
        ratio = rate.before if which == BEFORE else rate.after
        numerator = _link(place, which, f"{rate.key}.numerator", ratio.numerator)
        denominator = _link(place, which, f"{rate.key}.denominator", ratio.denominator)
        return f"{ratio.text}（{numerator}÷{denominator}）"

    points = rate.points
    change = f"，{half_up(points, rate.after.digits):+f} 个百分点" if points else ""
    return f"{rate.name} {side(BEFORE)} → {side(AFTER)}{change}"


def _rows(correction: Correction) -> Iterator[tuple[tuple[str, ...], int | None]]:
    """The problems, the chiefs, the work, then the lines of the tables; each with the problem it opens."""
    month = f"{correction.year}年{correction.month}月"
    for problem in correction.problems:
        yield (
            (
                month,
                problem.number or "（未编号）",
                _facts(problem),
                _effect(problem),
                _acts(problem),
            ),
            problem.id,
        )
    for duty in correction.duties:
        yield (month, f"{duty.area}{duty.name}", "巡河日志有增减", _counts(duty.figures), ""), None
    for work in correction.work:
        change = f"{work.before:g} → {work.after:g} {work.kind.unit}"
        yield (month, work.kind.label, "工作量有增减", change, ""), None
    for line in correction.lines:
        rates = [
            f"{each.name} {each.before.text} → {each.after.text}"
            for each in line.rates
            if each.before.text != each.after.text
        ]
        told = "；".join(part for part in (_counts(line.counts), *rates) if part)
        yield (month, f"{DIMENSIONS.get(line.dimension, '')}：{line.name}", "本行合计", told, ""), None


def _facts(problem: ProblemChanged) -> str:
    if problem.facts:
        return "；".join(f"{each.name} {each.before} → {each.after}" for each in problem.facts)
    if not any(each.before for each in problem.counts):
        return "月结以后登记的"
    return "不再计入" if not any(each.after for each in problem.counts) else "计入的数字有变"


def _effect(problem: ProblemChanged) -> str:
    """新增 0 → 1；影响整改销号率、逾期率: the counts by themselves, and the rates by name."""
    plain = [each for each in problem.counts if "." not in each.key]
    rates = dict.fromkeys(each.key.partition(".")[0] for each in problem.counts if "." in each.key)
    touched = f"影响{'、'.join(BY_KEY[key].name for key in rates if key in BY_KEY)}" if rates else ""
    return "；".join(part for part in (_counts(plain), touched) if part)


def _acts(problem: ProblemChanged) -> str:
    return "；".join(f"{each.at.astimezone():%Y-%m-%d} {each.by} {each.sentence}" for each in problem.acts)


def _counts(counts: Sequence[CountChanged]) -> str:
    return "；".join(f"{each.name} {each.before} → {each.after}" for each in counts)


def _days(days: float | None) -> str:
    return NOTHING if days is None else str(half_up(days, 1))


def _name(correction: Correction) -> str:
    return f"{correction.year}年{correction.month}月第{correction.edition}版"


def _link(place: int, side: str, key: str, number: int) -> str:
    if not number:
        return "0"
    return f"<a href='{place}:{side}:{key}' style='text-decoration:none'>{number:,}</a>"
