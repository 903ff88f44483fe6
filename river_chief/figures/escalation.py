"""建议督促: what the ladder proposes today, from the ledger and the figures of the months before."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

from sqlmodel import Session

from river_chief.figures.breakdown import Line, by_village
from river_chief.figures.rates import BY_KEY
from river_chief.figures.tally import tally_rate
from river_chief.figures.window import Window
from river_chief.queries.ladder import ladder_rules, running_problems, villages_now
from river_chief.rules.escalation import Proposal, proposals
from river_chief.rules.ladder import LadderRule
from river_chief.rules.month_runs import Judged, in_a_row
from river_chief.rules.office import OfficeSettings
from river_chief.rules.periods import ONE_DAY, month_of
from river_chief.terms import Trigger

LONGEST_LOOK = 12
"""So many months back a row of bad months may reach; a month without a task takes one of them too."""


def proposed(session: Session, settings: OfficeSettings, today: date) -> list[Proposal]:
    """What the office's ladder proposes on *today*; months are those that ended before it."""
    rules = ladder_rules(session)
    month = settings.month(*month_of(today, settings.period_start_day))
    villages = villages_now(session, month, today)
    runs = {
        rule.id: _run(session, settings, rule, today)
        for rule in rules
        if rule.trigger in (Trigger.RATE_BELOW, Trigger.RANK_LAST)
    }
    return proposals(rules, running_problems(session, today), villages, runs, today)


def _run(session: Session, settings: OfficeSettings, rule: LadderRule, today: date) -> dict[int, str]:
    """The villages with enough bad months in a row, each with the sentence that says so."""
    wanted = rule.months or 1
    if rule.trigger is Trigger.RANK_LAST:
        found = in_a_row(_last_in_rank(session, settings, rule, today), wanted)
        name = f"{BY_KEY[settings.official_rate].name}连续{wanted}个月排名末位"
    else:
        found = in_a_row(_below(session, settings, rule, today), wanted)
        name = f"{BY_KEY[rule.rate_key].name}连续{wanted}个月低于{rule.percent:g}%"
    return {village: f"{name}（{'，'.join(words)}）" for village, words in found.items()}


def _below(session: Session, settings: OfficeSettings, rule: LadderRule, today: date) -> Iterator[Judged]:
    limit = Fraction(str(rule.percent)) / 100
    for name, lines in _months(session, settings, rule, rule.rate_key, today):
        judged: dict[int, tuple[bool, str]] = {}
        for line in lines:
            figure = line.rate(rule.rate_key)
            exact = figure.ratio.exact
            if exact is not None and isinstance(line.key, int):
                judged[line.key] = (exact < limit, f"{name}{figure.text}")
        yield judged


def _last_in_rank(
    session: Session, settings: OfficeSettings, rule: LadderRule, today: date
) -> Iterator[Judged]:
    """The last rank of a month; nobody is last where all share the first."""
    for name, lines in _months(session, settings, rule, settings.official_rate, today):
        last = max((line.rank for line in lines if line.rank is not None), default=1)
        yield {
            line.key: (line.rank == last > 1, f"{name}{line.rate(settings.official_rate).text}")
            for line in lines
            if line.rank is not None and isinstance(line.key, int)
        }


def _months(
    session: Session, settings: OfficeSettings, rule: LadderRule, rate_key: str, today: date
) -> Iterator[tuple[str, tuple[Line, ...]]]:
    """The months that ended before *today*, the newest first, each counted only when it is asked for."""
    day = settings.month(*month_of(today, settings.period_start_day)).first - ONE_DAY
    for _ in range(LONGEST_LOOK):
        year, month = month_of(day, settings.period_start_day)
        span = settings.month(year, month)
        window = Window.of(span, today, settings.period_start_day)
        counted = tally_rate(session, window, rate_key, rule.severity)
        yield f"{year}年{month}月", by_village(session, counted, settings.rate_digits, rate_key)
        day = span.first - ONE_DAY
