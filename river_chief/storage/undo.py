"""Takes back one act or one batch of acts, from the journal; the taking back is an act itself.

What was changed since is never trampled on: the undo is refused and names those records. Numbers
drawn stay drawn, and a batch stays on record as undone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, delete, exists, insert, select, update
from sqlalchemy.exc import IntegrityError

from river_chief.errors import NotFound, Refusal
from river_chief.records import Act, ActChange, ImportBatch
from river_chief.records.columns import col, table
from river_chief.records.record import METADATA
from river_chief.storage.database import Writer
from river_chief.storage.journal import Change, block_ids
from river_chief.storage.record_words import words_for
from river_chief.storage.standing import VERB, standing_after
from river_chief.storage.values import decoded, encode
from river_chief.terms import BatchState

# What an undo leaves as it is: numbers are never given twice, batches are remembered.
KEPT = frozenset({"number_series", "import_batch"})
NAMED = 5
LONGEST = 500
FOUNDING = "office.found_office"
LOOKED_AT = 50
CHUNK = 500


def undo_act(writer: Writer, act_id: int) -> str:
    """Take back the act with *act_id*, an undo among them; return the sentence of the new act."""
    act = writer.session.get(Act, act_id)
    if act is None:
        raise NotFound("日志里没有这一步操作，请刷新后重试。")
    if act.verb == FOUNDING:
        raise Refusal("建立台账的这一步不能撤销；不用的台账，请关闭程序后移走它的文件夹。")
    if act_id in standing_after(writer.session.connection(), act_id - 1).taken:
        raise Refusal("这一步操作已经撤销过。")
    if act.verb == VERB and act.batch_id is not None:
        _set_state(writer, writer.session.get_one(ImportBatch, act.batch_id), BatchState.APPLIED)
    return _undo(writer, [act_id], _told(act), undoes=act_id)


def undo_last(writer: Writer) -> str:
    """Take back the newest act that still stands and is no undo; a batch is taken back whole."""
    act_id = newest_standing(writer.session.connection())
    if act_id is None:
        raise Refusal("没有可以撤销的操作。")
    batch_id = writer.session.get_one(Act, act_id).batch_id
    return undo_act(writer, act_id) if batch_id is None else undo_batch(writer, batch_id)


def redo_last(writer: Writer) -> str:
    """Bring back what was taken back last, step by step, unless other work came in between."""
    act_id = newest_undo(writer.session.connection())
    if act_id is None:
        raise Refusal("没有可以恢复的撤销：撤销之后已经办理了别的事，或者没有撤销过。")
    return undo_act(writer, act_id)


def newest_standing(connection: Connection) -> int | None:
    """Id of the act that ``undo_last`` would take back; None when there is none.

    Acts that only opened a batch or drew a number are passed over: taking them back changes nothing.
    """
    acts, changes = table(Act), table(ActChange)
    undoable = exists().where(changes.c.act_id == acts.c.id, changes.c.ledger.not_in(KEPT))
    query = select(acts.c.id).where(acts.c.verb.not_in((VERB, FOUNDING)), undoable)
    query = query.order_by(acts.c.id.desc()).limit(LOOKED_AT)
    page = list(connection.execute(query).scalars())
    while page:
        taken = standing_after(connection, page[-1] - 1).taken
        for act_id in page:
            if act_id not in taken:
                return int(act_id)
        page = list(connection.execute(query.where(acts.c.id < page[-1])).scalars())
    return None


def newest_undo(connection: Connection) -> int | None:
    """Id of the undo that ``redo_last`` would take back; None when there is none.

    Of what came after it nothing stands but what other undos of that row have brought back.
    """
    acts = table(Act)
    newest = select(acts.c.id).where(acts.c.verb == VERB, acts.c.undoes.is_(None) | _undoes_no_undo())
    for act_id in connection.execute(newest.order_by(acts.c.id.desc()).limit(LOOKED_AT)).scalars():
        found = standing_after(connection, act_id - 1)
        later = found.effective - found.undos.keys()
        if later:
            return None
        if act_id not in found.taken:
            return int(act_id)
    return None


def undo_batch(writer: Writer, batch_id: int) -> str:
    """Take back everything a batch did (an import, or one action on many); return the new act's sentence."""
    batch = writer.session.get(ImportBatch, batch_id)
    if batch is None:
        raise NotFound("没有这个批次，请核对批次号。")
    called = f"{'导入' if batch.kind is not None else ''}“{batch.name}”"
    if batch.state is BatchState.UNDONE:
        raise Refusal(f"{called}已经撤销过。")
    connection = writer.session.connection()
    query = select(table(Act).c.id).where(table(Act).c.batch_id == batch_id, table(Act).c.verb != VERB)
    mine = list(connection.execute(query.order_by(table(Act).c.id)).scalars())
    taken = standing_after(connection, mine[0] - 1).taken if mine else frozenset()
    acts = [id for id in mine if id not in taken]
    _set_state(writer, batch, BatchState.UNDONE)
    return _undo(writer, acts, f"撤销{called}", undoes=None, batch_id=batch_id)


def _told(act: Act) -> str:
    """撤销：登记问题砚2025-003; of an undo 恢复：登记问题砚2025-003, and so on to and fro."""
    if act.verb != VERB:
        return f"撤销：{act.sentence}"
    word, rest = act.sentence[:2], act.sentence[2:]
    return f"{'撤销' if word == '恢复' else '恢复'}{rest}"


def _undoes_no_undo() -> ColumnElement[bool]:
    acts, other = table(Act), table(Act).alias("target")
    return select(other.c.verb).where(other.c.id == acts.c.undoes).scalar_subquery() != VERB


def _set_state(writer: Writer, batch: ImportBatch, state: BatchState) -> None:
    batch.state = state
    writer.session.flush()


def _undo(
    writer: Writer, acts: Sequence[int], sentence: str, *, undoes: int | None, batch_id: int | None = None
) -> str:
    connection = writer.session.connection()
    changes = _changes(connection, acts)
    _refuse_edited(connection, acts, changes)
    _refuse_referenced(connection, changes)
    connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    try:
        for change in reversed(changes):
            for inverse in _invert(connection, change):
                writer.recorder.pending.append(inverse)
    except IntegrityError as error:
        raise Refusal("不能撤销：撤销后要恢复的编号或名称已经被另一条记录使用，请先修改那条记录。") from error
    writer.session.expire_all()
    cut = sentence if len(sentence) <= LONGEST else f"{sentence[: LONGEST - 1]}…"
    _, touched = writer.recorder.seal(VERB, cut, batch_id=batch_id, undoes=undoes)
    writer.note(cut, touched)
    return cut


def _changes(connection: Connection, acts: Sequence[int]) -> list[Any]:
    found: list[Any] = []
    for start in range(0, len(acts), CHUNK):
        query = (
            select(table(ActChange))
            .where(col(ActChange.act_id).in_(acts[start : start + CHUNK]), col(ActChange.ledger).not_in(KEPT))
            .order_by(col(ActChange.id))
        )
        found.extend(connection.execute(query))
    return sorted(found, key=lambda change: change.id)


def _refuse_edited(connection: Connection, acts: Sequence[int], changes: Sequence[Any]) -> None:
    """Refuse when records were changed by later acts that still stand, naming the records and the acts."""
    if not acts:
        raise Refusal("没有可以撤销的内容。")
    effective = standing_after(connection, min(acts)).effective - set(acts)
    if not effective:
        return
    records = _records(changes)
    query = (
        select(col(ActChange.ledger), col(ActChange.record_id), col(Act.sentence), col(Act.at))
        .join(Act, col(Act.id) == col(ActChange.act_id))
        .where(col(ActChange.act_id) > min(acts), col(ActChange.ledger).not_in(KEPT))
        .add_columns(col(ActChange.act_id))
        .order_by(col(ActChange.id))
    )
    later: dict[int, str] = {}
    edited: dict[tuple[str, int], None] = {}
    for ledger, record_id, sentence, at, act_id in connection.execute(query):
        if act_id in effective and (ledger, record_id) in records:
            later.setdefault(act_id, f"“{sentence}”（{_day(at)}）")
            edited[(ledger, record_id)] = None
    if later:
        rows = words_for(connection, edited)
        raise Refusal(
            f"不能撤销：{_first(rows, '条')}之后又有改动，见{_first(list(later.values()), '步')}。"
            "请先撤销后来的操作，再撤销这一步；只想改正内容的，请直接修改。"
        )


def _refuse_referenced(connection: Connection, changes: Sequence[Any]) -> None:
    """Refuse when records that are not taken back refer to one that would go, and name them."""
    gone: dict[str, list[int]] = {}
    for name, id in _records(change for change in changes if change.kind in ("insert", "block")):
        gone.setdefault(name, []).append(id)
    own = _records(changes)
    left: list[tuple[str, int]] = []
    for ledger in METADATA.tables.values():
        for column in ledger.columns:
            for key in column.foreign_keys:
                ids = gone.get(key.column.table.name, [])
                found = _referring(connection, column, ids)
                left += [(ledger.name, id) for id in found if (ledger.name, id) not in own]
    if left:
        rows = words_for(connection, left)
        raise Refusal(f"不能撤销：{_first(rows, '条')}正在引用它，请先撤销或修改那些记录。")


def _referring(connection: Connection, column: Column[Any], ids: Sequence[int]) -> list[int]:
    """Ids of the rows whose *column* is one of *ids*."""
    found: list[int] = []
    for start in range(0, len(ids), CHUNK):
        query = select(column.table.c.id).where(column.in_(ids[start : start + CHUNK])).order_by("id")
        found.extend(connection.execute(query).scalars())
    return found


def _first(names: Sequence[str], counted: str) -> str:
    more = f"等{len(names)}{counted}" if len(names) > NAMED else ""
    return "、".join(names[:NAMED]) + more


def _records(changes: Iterable[Any]) -> set[tuple[str, int]]:
    found: set[tuple[str, int]] = set()
    for change in changes:
        if change.kind == "block":
            found.update((change.ledger, id) for id in block_ids(change.block))
        else:
            found.add((change.ledger, change.record_id))
    return found


def _invert(connection: Connection, change: Any) -> Iterable[Change]:
    ledger = METADATA.tables[change.ledger]
    if change.kind == "block":
        for id in reversed(block_ids(change.block)):
            yield _remove(connection, change.ledger, id)
    elif change.kind == "insert":
        yield _remove(connection, change.ledger, change.record_id)
    elif change.kind == "delete":
        before = dict(change.before)
        connection.execute(insert(ledger).values(decoded(ledger, before)))
        yield Change("insert", change.ledger, change.record_id, change.record_uid, 0, after=before)
    else:
        yield _restore(connection, change)


def _remove(connection: Connection, name: str, id: int) -> Change:
    ledger = METADATA.tables[name]
    before = _row(connection, name, id)
    connection.execute(delete(ledger).where(ledger.c.id == id))
    return Change("delete", name, id, str(before["uid"]), int(before["version"]), before=before)


def _restore(connection: Connection, change: Any) -> Change:
    """Put back the fields an update changed; the version goes on counting."""
    ledger = METADATA.tables[change.ledger]
    current = _row(connection, change.ledger, change.record_id)
    wanted = {name: value for name, value in change.before.items() if name != "version"}
    wanted["version"] = current["version"] + 1
    connection.execute(update(ledger).where(ledger.c.id == change.record_id).values(decoded(ledger, wanted)))
    before = {name: current[name] for name in wanted}
    return Change(
        "update", change.ledger, change.record_id, change.record_uid, current["version"], before, wanted
    )


def _row(connection: Connection, name: str, id: int) -> dict[str, Any]:
    ledger = METADATA.tables[name]
    row = connection.execute(select(ledger).where(ledger.c.id == id)).mappings().one()
    return {key: encode(value) for key, value in row.items()}


def _day(at: datetime) -> str:
    return f"{at.astimezone():%Y-%m-%d %H:%M}"
