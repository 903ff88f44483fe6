"""One problem in words: facts, rounds, steps, papers and the history of its fields, as rich text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from html import escape
from typing import Any
from urllib.parse import quote

from river_chief.fields.field import Field, number_text
from river_chief.fields.problems import PROBLEMS
from river_chief.queries.history import ActRow
from river_chief.queries.ledger_query import Row
from river_chief.queries.papers import PaperRow
from river_chief.queries.problem_detail import ProblemDetail, RoundRow, StepRow
from river_chief.rules.masking import mask_phone
from river_chief.terms import Action, WorkKind
from river_chief.verbs.steps import DOINGS
from ui.style import Tone
from ui.tables.record_table import PHONES

_WHAT = "water_name reach_name village_name place stake bank position_text".split()
_KIND = "category_group category_name description extent severity suggested_severity severity_reason party note".split()
_SOURCE = "source found_on finder registered_on outside_number patch_number campaigns".split()
_WHO = (
    "unit officer officer_title officer_phone leader lead_department helping_departments supervisor "
    "county_chief town_chief village_chief assign_number assigned_on"
).split()
_HOW = (
    "first_deadline extended_deadline goal disposal measures progress rectified_on on_time overdue_days accepted_on "
    "acceptors closed_on look_back look_back_on unfinished_reason next_step"
).split()
_ASIDE = "suspended_until suspended_by handed_to letter_number replied_on hand_over_reply".split()
LINK = "problem"
"""The scheme of a link to another problem: problem:12."""
PATCH = "patch"
"""The scheme of a link to the patch the problem was: patch:TB2025-003."""
SECTIONS = (
    ("位置", _WHAT),
    ("问题", _KIND),
    ("来源", _SOURCE),
    ("责任", _WHO),
    ("整改", _HOW),
    ("挂账和移交", _ASIDE),
)


def facts(detail: ProblemDetail) -> str:
    """What is known of the problem, section by section; empty fields are left out."""
    parts = [_links(detail)] if detail.links else []
    for title, keys in SECTIONS:
        rows = [_fact(PROBLEMS[key], detail.row) for key in keys if detail.row.text(PROBLEMS[key])]
        rows += _deadline_facts(detail) if keys is _HOW else ()
        if rows:
            parts.append(f"{_heading(title)}<table width='100%'>{''.join(rows)}</table>")
    if detail.work:
        amounts = "，".join(
            f"{kind.label}{number_text(amount, None)}{kind.unit}" for kind, amount in _sums(detail)
        )
        parts.append(f"{_heading('工作量')}<p>{escape(amounts)}</p>")
    return "".join(parts)


def _deadline_facts(detail: ProblemDetail) -> list[str]:
    """How the deadline in force came about, and the first one where it was moved since."""
    why = detail.deadline_why
    told = [("时限由来", why.current)] if why.current else []
    if why.first != why.current:
        told.append(("首次时限由来", why.first))
    return [f"<tr><td width='96'>{_grey(head)}</td><td>{escape(words)}</td></tr>" for head, words in told]


def _links(detail: ProblemDetail) -> str:
    rows = (
        f"<tr><td width='96'>{_grey(link.words)}</td><td><a href='{LINK}:{link.id}'>{escape(link.number)}</a>"
        f"　{link.state.label}</td></tr>"
        for link in detail.links
    )
    return f"{_heading('并案')}<table width='100%'>{''.join(rows)}</table>"


def course(detail: ProblemDetail) -> str:
    """The rounds with their deadlines, each followed by its steps, newest round first."""
    if not detail.rounds:
        return _quiet("草稿还没有登记，没有流转。")
    parts = []
    for item in reversed(detail.rounds):
        parts.append(_heading(f"第{item.ordinal}轮（{item.origin.label}）"))
        parts.append(f"<p>{escape(_clock(item))}</p>")
        steps = [step for step in detail.steps if step.round_no == item.ordinal]
        parts.append(f"<table width='100%' cellpadding='3'>{''.join(_step(step) for step in steps)}</table>")
    return "".join(parts)


def papers(detail: ProblemDetail) -> str:
    """The papers issued about the problem."""
    if not detail.papers:
        return _quiet("还没有文书。交办时自动登记交办单。")
    rows = (
        f"<tr><td width='88'>{item.issued_on.isoformat()}</td><td>{item.kind.label}　{escape(item.number)}</td></tr>"
        f"<tr><td></td><td>{_grey(_answer(item))}</td></tr>"
        for item in detail.papers
    )
    return f"<table width='100%' cellpadding='3'>{''.join(rows)}</table>"


def _answer(paper: PaperRow) -> str:
    """What the paper is about; of a letter, to whom, by when to be answered and whether it was."""
    if not paper.answer_state:
        return paper.title
    due = f"{paper.due_on.isoformat()}前答复" if paper.due_on is not None else ""
    return "，".join(text for text in (f"主送{paper.addressee}", due, paper.answer_state) if text)


def history(acts: Sequence[ActRow]) -> str:
    """Who changed which field when, newest first."""
    return "".join(_act(act) for act in acts) or _quiet("没有修改记录。")


def _sums(detail: ProblemDetail) -> Iterable[tuple[WorkKind, float]]:
    totals: dict[WorkKind, float] = {}
    for kind, amount in detail.work:
        totals[kind] = totals.get(kind, 0.0) + amount
    return totals.items()


def _fact(field: Field, row: Row) -> str:
    plain = row.text(field)
    text = escape(mask_phone(plain) if field.key in PHONES else plain).replace("\n", "<br>")
    if field.key == "patch_number":
        text = f"<a href='{PATCH}:{quote(plain)}'>{text}</a>"
    unit = field.unit and f" {field.unit}"
    return f"<tr><td width='96'>{_grey(field.label)}</td><td>{text}{unit}</td></tr>"


def _clock(item: RoundRow) -> str:
    words = [f"{item.opened_on.isoformat()} 起"]
    if item.first_deadline is not None:
        words.append(f"时限 {item.first_deadline.isoformat()}")
    if item.extensions and item.deadline is not None:
        words.append(f"延期{item.extensions}次至 {item.deadline.isoformat()}")
    if item.rejections:
        words.append(f"验收退回{item.rejections}次")
    if item.rectified_on is not None:
        words.append(f"{item.rectified_on.isoformat()} 完成")
    if item.accepted_on is not None:
        words.append(f"{item.accepted_on.isoformat()} 验收")
    if item.reported_on is not None:
        words.append(f"{item.reported_on.isoformat()} 上报销号")
    if item.exceptions:
        words.append(f"例外办理{item.exceptions}次")
    if item.exit is not None and item.exit_on is not None:
        words.append(f"{item.exit_on.isoformat()} {item.exit.label}")
    if item.reopened_on is not None:
        words.append(f"{item.reopened_on.isoformat()} 反弹")
    return "，".join(words)


def _step(step: StepRow) -> str:
    said = [step.words] if step.words else []
    said += [
        f"{_label(step.action, key)}：{_told(key, value)}"
        for key, value in step.details.items()
        if key not in ("deadline_basis", "missing", "exception")
    ]
    said += [step.excuse] if step.excuse else []
    said += [step.details["deadline_basis"]["why"]] if "deadline_basis" in step.details else []
    more = "".join(f"<br>{_grey(text)}" for text in said)
    return (
        f"<tr><td width='124'>{_grey(moment(step.happened_at))}</td>"
        f"<td><b>{step.action.label}</b>　{escape(step.actor)}{more}</td></tr>"
    )


def _label(action: Action, key: str) -> str:
    field = DOINGS[action].accepts.model_fields.get(key)
    return str(field.title) if field is not None and field.title else key


def _told(key: str, value: Any) -> str:
    """A detail of a step (plain JSON) in words."""
    if isinstance(value, dict):
        kinds = {kind.value: kind for kind in WorkKind}
        return "，".join(f"{kinds[name].label}{amount:g}{kinds[name].unit}" for name, amount in value.items())
    return _words(key, value)


def _act(act: ActRow) -> str:
    undone = "（已撤销）" if act.undone else ""
    head = f"<p><b>{escape(act.sentence)}</b>{undone}<br>{_grey(f'{local(act.at)}　{act.by}')}</p>"
    rows = "".join(
        f"<tr><td width='96'>{_grey(PROBLEMS[change.name].label)}</td>"
        f"<td>{_value(change.name, change.before)} → {_value(change.name, change.after)}</td></tr>"
        for change in act.changes
        if change.name in PROBLEMS and not (change.before is None and change.after in ("", None))
    )
    return head + (f"<table width='100%'>{rows}</table>" if rows else "")


def _value(key: str, value: object) -> str:
    """A value of the journal (plain JSON) in words."""
    return "（空）" if value in (None, "") else escape(_words(key, value))


def _words(key: str, value: object) -> str:
    term = PROBLEMS[key].term if key in PROBLEMS else None
    member = term.of_label(str(value)) if term is not None else None
    if member is not None:
        return member.label
    if key in PHONES:
        return mask_phone(str(value))
    return number_text(value, None) if isinstance(value, float) else str(value)


def moment(value: datetime) -> str:
    """A local moment; midnight means that no time was given."""
    return f"{value:%Y-%m-%d}" if value.time() == time.min else f"{value:%Y-%m-%d %H:%M}"


def local(value: datetime | date) -> str:
    """A recorded (aware) time in the local time of this computer."""
    return f"{value.astimezone():%Y-%m-%d %H:%M}" if isinstance(value, datetime) else value.isoformat()


def _heading(text: str) -> str:
    return (
        f"<p style='color:{Tone.ACCENT.value}; margin-top:10px; margin-bottom:4px'><b>{escape(text)}</b></p>"
    )


def _grey(text: str) -> str:
    return f"<span style='color:{Tone.MUTED.value}'>{escape(text)}</span>"


def _quiet(text: str) -> str:
    return f"<p style='color:{Tone.MUTED.value}'>{escape(text)}</p>"
