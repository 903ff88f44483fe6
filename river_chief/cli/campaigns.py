"""campaign: add, edit, show, progress, retire."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from river_chief.cli.desk import Json, answer, desk_of
from river_chief.cli.given import Set, entry, pairs
from river_chief.cli.names import Names
from river_chief.cli.registers import kept, tell
from river_chief.cli.speech import Command, Group
from river_chief.figures.campaigns import CampaignFigure, Part, Progress, campaign_figures
from river_chief.queries.ledger_query import plain
from river_chief.records import Campaign
from river_chief.terms import Verdict
from river_chief.verbs import office
from river_chief.verbs.lookup import existing

app = typer.Typer(cls=Group, help="专项：新增、修改、停用、进度。")
Name = Annotated[str, typer.Argument(metavar="专项", help="专项名称")]
HEADS = "专项\t目标日期\t总数\t已销号\t未销号\t逾期\t过目标日未销号\t动态清零\t图斑未核查"


@app.command("add", cls=Command)
def add(ctx: typer.Context, values: Set = None, as_json: Json = False) -> None:
    """新增一个专项。项：name、starts_on、ends_on、target_on、keeps_clear（动态清零，写是）、note。"""
    tell(desk_of(ctx).do(office.add_campaign, entry(office.NewCampaign, pairs(values))), as_json)


@app.command("edit", cls=Command)
def edit(ctx: typer.Context, name: Name, values: Set = None, as_json: Json = False) -> None:
    """修改一个专项；没有写的项不变。"""
    given = pairs(values)
    with desk_of(ctx).writing() as writer:
        id = Names(writer.session, writer.today).campaign(name)
        before = kept(existing(writer.session, Campaign, id, "个专项"), office.CampaignEdit.model_fields)
        done = writer.do(office.edit_campaign, entry(office.CampaignEdit, {**before, **given}))
    tell(done, as_json)


@app.command("retire", cls=Command)
def retire(ctx: typer.Context, name: Name, as_json: Json = False) -> None:
    """停用一个专项，已标记的问题不变。"""
    with desk_of(ctx).writing() as writer:
        id = Names(writer.session, writer.today).campaign(name)
        done = writer.do(office.retire_campaign, office.CampaignRetirement(id=id))
    tell(done, as_json)


@app.command("progress", cls=Command)
def progress(ctx: typer.Context, as_json: Json = False) -> None:
    """各专项的进度：总数、已销号、未销号、逾期、过目标日未销号、动态清零、图斑未核查。"""
    desk = desk_of(ctx)
    with desk.reading() as session:
        figures = campaign_figures(session, desk.today())
    document = {"on": desk.today().isoformat(), "campaigns": [_plain(one) for one in figures]}
    answer(document, "\n".join([HEADS, *map(_line, figures)]), as_json)


@app.command("show", cls=Command)
def show(ctx: typer.Context, name: Name, as_json: Json = False) -> None:
    """查看一个专项的进度，分村、分处置方式。"""
    desk = desk_of(ctx)
    with desk.reading() as session:
        id = Names(session, desk.today()).campaign(name)
        found = next(one for one in campaign_figures(session, desk.today()) if one.campaign.id == id)
    lines = [HEADS, _line(found)]
    for title, parts in (("分村：", found.villages), ("分处置方式：", found.disposals)):
        lines += [title, *(f"  {part.name}\t{_counts(part.progress)}" for part in parts)] if parts else []
    answer(_plain(found), "\n".join(lines), as_json)


def _line(figure: CampaignFigure) -> str:
    target = figure.campaign.target_on
    cells = (
        figure.campaign.name,
        target.isoformat() if target is not None else "",
        _counts(figure.progress),
        str(figure.past_target),
        figure.clear_words,
        str(figure.unchecked) if figure.patches else "",
    )
    return "\t".join(cells)


def _counts(progress: Progress) -> str:
    return f"{progress.total}\t{progress.closed}\t{progress.open}\t{progress.overdue}"


def _plain(figure: CampaignFigure) -> dict[str, Any]:
    campaign = figure.campaign
    return {
        "id": campaign.id,
        "name": campaign.name,
        "starts_on": plain(campaign.starts_on),
        "ends_on": plain(campaign.ends_on),
        "target_on": plain(campaign.target_on),
        "days_left": figure.days_left,
        **_plain_progress(figure.progress),
        "past_target": figure.past_target,
        "keeps_clear": campaign.keeps_clear,
        "is_clear": figure.is_clear,
        "cleared_on": plain(figure.cleared_on),
        "patches": {
            "unchecked": figure.unchecked,
            **{verdict.value: figure.patches.get(verdict, 0) for verdict in Verdict},
        },
        "by_village": [_plain_part(part) for part in figure.villages],
        "by_disposal": [_plain_part(part) for part in figure.disposals],
    }


def _plain_part(part: Part) -> dict[str, Any]:
    return {"key": plain(part.key), "name": part.name, **_plain_progress(part.progress)}


def _plain_progress(progress: Progress) -> dict[str, Any]:
    counts = {"total": progress.total, "closed": progress.closed, "open": progress.open}
    return {**counts, "overdue": progress.overdue, "share": progress.share}
