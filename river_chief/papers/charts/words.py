"""A chart in words, for readers who cannot see it and for the alternative text of a picture."""

from __future__ import annotations

from river_chief.papers.charts.chart import Bars, Chart, HeatMap, Ring, Stacked, Trend

_LONGEST = 900


def chart_words(chart: Chart) -> str:
    """The title and the numbers of *chart*; a long one is told by its sum and its greatest."""
    words = f"{chart.title}：{_numbers(chart)}。"
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"


def _numbers(chart: Chart) -> str:
    match chart:
        case Trend(months=months, lines=series) | Stacked(months=months, layers=series):
            if not months:
                return "没有数据"
            told = [f"{line.name} {'、'.join(each.text for each in line.data)}" for line in series]
            return f"{months[0].text}至{months[-1].text}，{'；'.join(told)}"
        case Bars(bars=bars):
            return "；".join(f"{bar.name} {bar.datum.text}" for bar in bars) or "没有数据"
        case Ring(sectors=sectors, whole=whole):
            told = [f"{each.name} {each.datum.text}（{each.share}）" for each in sectors if each.datum.size]
            return f"{whole.name} {whole.datum.text}；{'，'.join(told)}" if told else f"{whole.name} 0"
        case HeatMap():
            return _days(chart)


def _days(chart: HeatMap) -> str:
    known = [each for each in chart.days if each.is_known]
    if not known:
        return "没有数据"
    total, idle = sum(each.datum.size for each in known), sum(not each.datum.size for each in known)
    busiest = max(known, key=lambda each: each.datum.size)
    most = f"，最多 {busiest.datum.text}（{busiest.day.isoformat()}）" if busiest.datum.size else ""
    return f"{known[0].day.isoformat()} 至 {known[-1].day.isoformat()}，{chart.thing}共 {total:.0f}，{idle} 天没有{most}"
