"""The problems of 砚溪镇 entered through the verbs, step by step."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import Any

from sqlmodel import select

from river_chief.records import Campaign, Problem
from river_chief.sample.agenda import PRESENT, Agenda
from river_chief.sample.amounts import measure_of
from river_chief.sample.cases import YEAR, Case, Move
from river_chief.sample.patches import patch_numbers
from river_chief.sample.people import ACCEPTORS, CLERK, WITNESS, Staff
from river_chief.sample.photos import Album
from river_chief.sample.places import BY_KEY, DEMO_POSITION, TOWN, Places
from river_chief.sample.words import DEPARTMENTS, DISPOSALS, GOALS, LACKING, WATER_DEPARTMENT, of_leaf
from river_chief.storage.database import Writer
from river_chief.terms import (
    Action,
    Closer,
    Datum,
    Disposal,
    Level,
    Measure,
    PaperKind,
    Proof,
    Severity,
    Source,
    WorkKind,
)
from river_chief.verbs import closing, documents, office, problems, steps
from river_chief.verbs.input import understood

# The days of the seasonal campaigns; all of it is to be put right by the last one.
CAMPAIGN_DAYS = {
    "汛前碍洪排查": (date(YEAR, 3, 1), date(YEAR, 5, 31)),
    "图斑核查": (date(YEAR, 4, 1), date(YEAR, 8, 31)),
    "冬春清河": (date(YEAR, 11, 1), date(YEAR + 1, 1, 31)),
    "小微水体消劣": (date(YEAR, 1, 1), date(YEAR, 12, 31)),
}
KEPT_CLEAR = ("四乱", "碍洪", "小微水体消劣")
_SIZE_FIELDS = {
    Measure.AREA: "area_m2",
    Measure.LENGTH: "length_m",
    Measure.VOLUME: "volume_m3",
    Measure.WEIGHT: "weight_t",
    Measure.COUNT: "count_n",
}
_FINDERS = {
    Source.TOWN: "镇河长办",
    Source.COUNTY: "县河长办督查组",
    Source.CITY: "市河长办督查组",
    Source.PROVINCE: "省河长办督查组",
    Source.SATELLITE: "县河长办（图斑下发）",
    Source.ENVIRONMENT: "环保督察交办",
    Source.COMPLAINT: "群众（12345热线）",
    Source.MEDIA: "网络舆情",
    Source.INSTRUCTION: "县领导批示",
}
# Problems handed down from above the county come with the county's own 交办单.
_WITH_COUNTY_PAPER = (Source.CITY, Source.PROVINCE, Source.ENVIRONMENT)
_PARTIES = {"LJ06": "养殖户", "LZ09": "养殖户", "LZ11": "养殖户", "PW06": "养殖场", "LJ02": "木材加工点"}
_CORRECTED = 3
_APPROVERS = {
    Closer.COUNTY: "澜川县河长制办公室",
    Closer.CITY: "临澜市河长制办公室",
    Closer.PROVINCE: "省河长制办公室",
    Closer.ASSIGNER: "临澜市环境保护督察整改工作领导小组办公室",
}


class Desk:
    """The clerk's desk: knows the ids of places and campaigns, enters cases and their steps."""

    def __init__(self, staff: Staff, places: Places, album: Album) -> None:
        self._staff = staff
        self._places = places
        self._album = album
        self._campaigns: dict[str, int] = {}
        self._tags = {row["code"]: row["tags"] for row in office.shipped("categories.csv")}
        self._patch_numbers: dict[int, str] = {}
        self._county_papers = self._answers = 0

    def open_campaigns(self, writer: Writer) -> None:
        """Give the seasonal campaigns their days."""
        for campaign in writer.session.exec(select(Campaign)).all():
            self._campaigns[campaign.name] = campaign.key
            first, last = CAMPAIGN_DAYS.get(campaign.name, (None, None))
            clear = campaign.name in KEPT_CLEAR
            if last is not None or clear:
                edit = office.CampaignEdit(
                    id=campaign.key,
                    name=campaign.name,
                    starts_on=first,
                    ends_on=last,
                    target_on=last,
                    keeps_clear=clear,
                    note=campaign.note,
                )
                writer.do(office.edit_campaign, edit)

    def put_into(self, agenda: Agenda, cases: list[Case]) -> None:
        """Put every step of every case into the agenda, in the order in which they happen."""
        steps_ = [(move.at, case, move) for case in cases for move in case.moves]
        self._patch_numbers = patch_numbers(cases)
        for _, case, move in sorted(steps_, key=lambda step: step[0]):
            agenda.on(move.day, partial(self.take, case=case, move=move))
        for case in [case for case in cases if case.year == YEAR and case.month == 5][:_CORRECTED]:
            agenda.on(case.registered, partial(_correct, case=case))
        agenda.on(PRESENT, self._draft)

    def _draft(self, writer: Writer) -> None:
        """Keep what a villager told on the telephone, to be completed."""
        entry = problems.NewProblem(
            found_on=PRESENT,
            source=Source.COMPLAINT,
            village_id=self._places.areas["新渡村"],
            description="群众来电反映新渡港口附近有人倾倒垃圾，具体位置待核",
        )
        writer.do(problems.save_draft, entry)

    def take(self, writer: Writer, case: Case, move: Move) -> None:
        """Enter one step of a case."""
        if move.action is Action.REGISTER:
            case.id = writer.do(problems.register, self.new_problem(case, move.at)).id
            case.number = writer.session.get_one(Problem, case.id).number
            if case.lacks is not Proof.BEFORE_PHOTO:
                self._album.before(writer, case)
            return
        self._prove(writer, case, move)
        doing = steps.DOINGS[move.action]
        values = {**move.values, **self._values(writer, case, move)}
        entry = understood(doing.accepts, {"problem_id": case.id, "happened_at": move.at, **values})
        writer.do(doing.verb, entry)

    def _prove(self, writer: Writer, case: Case, move: Move) -> None:
        """Put the photo or scan in that the step needs."""
        if move.action is Action.RELAPSE:
            self._album.again(writer, case, move)
        elif move.action is Action.SUBMIT and case.lacks is not Proof.AFTER_PHOTO:
            self._album.after(writer, case, move)
        elif move.action is Action.CLOSE and _needs_scan(case):
            self._album.scan(writer, case, move, ACCEPTORS)

    def new_problem(self, case: Case, at: datetime) -> problems.NewProblem:
        """What the clerk types when registering *case*."""
        lon, lat = BY_KEY[case.reach].point(case.share)
        values: dict[str, Any] = {
            "found_on": case.found_on,
            "finder": self._finder(case),
            "source": case.source,
            "patrol_id": case.walk.id if case.walk else None,
            "reach_id": self._places.reaches[case.reach],
            "village_id": self._places.areas[case.village],
            "place": case.place,
            "bank": case.bank,
            "lon": lon,
            "lat": lat,
            "datum": Datum.CGCS2000,
            "position_text": f"{lon:.6f},{lat:.6f}",
            "category_code": case.leaf,
            "description": case.description,
            _SIZE_FIELDS[measure_of(case)]: case.measure,
            "severity": case.severity,
            "party": _PARTIES.get(case.leaf, ""),
            "note": DEMO_POSITION,
            "goal": GOALS[case.group],
            "disposal": Disposal.of_label(of_leaf(DISPOSALS, case.leaf)),
            "campaign_ids": self._tagged(case),
            "happened_at": at,
        }
        if case.source is Source.SATELLITE:
            values["patch_number"] = self._patch_numbers[id(case)]
        return understood(problems.NewProblem, values)

    def _finder(self, case: Case) -> str:
        if case.walk is not None:
            return case.walk.post.human.name
        if case.source is Source.PATROLLER:
            return self._staff.patroller(case.village).human.name
        chief = self._staff.answering(Level.VILLAGE, case.reach, case.found_on, case.village)
        return _FINDERS.get(case.source, chief.human.name)

    def _tagged(self, case: Case) -> tuple[int, ...]:
        tags = set(self._tags[case.leaf].split(";")) & set(self._campaigns)
        if "碍洪" in tags and case.month in (3, 4, 5):
            tags.add("汛前碍洪排查")
        if case.source is Source.SATELLITE:
            tags.add("图斑核查")
        if case.group in ("BJ", "LD") and case.month in (11, 12, 1):
            tags.add("冬春清河")
        if case.reach == "R20":
            tags |= {"小微水体消劣", "黑臭水体"}
        return tuple(sorted(self._campaigns[tag] for tag in tags))

    def _values(self, writer: Writer, case: Case, move: Move) -> dict[str, Any]:
        """What a step says beyond what the story tells: names, numbers, amounts."""
        chief = self._staff.answering(Level.VILLAGE, case.reach, move.day, case.village)
        if move.action is Action.VERIFY:
            return {"severity": case.severity}
        if move.action is Action.ASSIGN:
            return self._assignment(case, move)
        if move.action is Action.SIGN_FOR:
            return {"actor": chief.human.name}
        if move.action is Action.SUBMIT:
            return {"work": _amounts(case, move), "actor": chief.human.name, **_excuse(case, move)}
        if move.action is Action.ACCEPT:
            alone = case.lacks is Proof.TWO_ACCEPTORS
            return {"actor": WITNESS if alone else ACCEPTORS, **_excuse(case, move)}
        if move.action is Action.CLOSE:
            return {**self._answer(writer, case, move), **_excuse(case, move)}
        if move.action is Action.LOOK_BACK:
            return {"actor": CLERK}
        if move.action is Action.MERGE and case.twin is not None:
            return {"into": case.twin.number}
        if move.action is Action.HAND_OVER:
            return {"letter_number": _letter(writer, case, move)}
        return {}

    def _answer(self, writer: Writer, case: Case, move: Move) -> dict[str, Any]:
        """Who agreed to the closing and by which letter, where the township may not close by itself."""
        closer = closing.closer_of(writer.session, writer.session.get_one(Problem, case.id))
        if closer is Closer.TOWN:
            return {"words": "同意销号"}
        found = {
            "approver": _APPROVERS[closer],
            "words": f"{'公示10个工作日无异议，' if case.publicised else ''}报{closer.label}复核，同意销号",
        }
        if closer is Closer.COUNTY and case.severity is not Severity.MINOR:
            self._answers += 1
            found["approval_number"] = f"澜川河长办函〔{move.day.year}〕{2 + 3 * self._answers}号"
        return found

    def _assignment(self, case: Case, move: Move) -> dict[str, Any]:
        day = move.day
        chief = self._staff.answering(Level.VILLAGE, case.reach, day, case.village)
        leader = self._staff.answering(Level.TOWN, case.reach, day)
        supervisor = self._staff.answering(Level.TOWN, "R20", day)
        number = ""
        if case.year == YEAR and case.source in _WITH_COUNTY_PAPER:
            self._county_papers += 1
            number = f"澜川河长办交〔{day.year}〕{5 + 6 * self._county_papers}号"
        return {
            "unit": TOWN + case.village,
            "officer": chief.human.name,
            "officer_title": chief.title,
            "officer_phone": chief.human.phone,
            "leader": leader.human.name,
            "lead_department": DEPARTMENTS.get(case.group, WATER_DEPARTMENT),
            "helping_departments": "砚溪镇综合行政执法队" if case.severity is not Severity.MINOR else "",
            "supervisor": supervisor.human.name,
            "assign_number": number,
        }


def _needs_scan(case: Case) -> bool:
    return case.severity is not Severity.MINOR and case.lacks is not Proof.SIGNED_SCAN


def _excuse(case: Case, move: Move) -> dict[str, str]:
    """Why the step goes without a proof, where the story lacks it."""
    if case.lacks is None or LACKING[case.lacks][0] is not move.action:
        return {}
    return {"exception": LACKING[case.lacks][1]}


def _amounts(case: Case, move: Move) -> dict[WorkKind, float]:
    """The work of a report; what was carted away stands in the first one, even if that was sent back."""
    reports = [each for each in case.moves if each.action is Action.SUBMIT]
    place = reports.index(move)
    if move.work is None:
        later = reports[place + 1].work or {}
        return {kind: amount for kind, amount in later.items() if kind is WorkKind.RUBBISH}
    was_sent_back = place > 0 and reports[place - 1].work is None
    return {
        kind: amount
        for kind, amount in move.work.items()
        if kind is not WorkKind.RUBBISH or not was_sent_back
    }


def _letter(writer: Writer, case: Case, move: Move) -> str:
    paper = documents.NewPaper(
        kind=PaperKind.HAND_OVER,
        title=f"关于移送{case.number}问题的函",
        issued_on=move.day,
        addressee=move.values["receiver"],
        problem_ids=(case.id,),
    )
    return writer.do(documents.book_paper, paper).sentence.removeprefix(f"印发{PaperKind.HAND_OVER.label}")


def _correct(writer: Writer, case: Case) -> None:
    problem = writer.session.get_one(Problem, case.id)
    values = {
        name: getattr(problem, name) for name in problems.ProblemEdit.model_fields if name != "campaign_ids"
    }
    values["stake"] = f"K{int(case.share * 5)}+{int(case.share * 997):03}"
    writer.do(problems.edit, understood(problems.ProblemEdit, values))
