"""Takes back one act or one import batch, from the journal; the taking back is an act itself.

What was changed since is never trampled on: the undo is refused and names those records. Numbers
drawn stay drawn, and a batch stays on record as undone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, Connection, delete, exists, insert, select, update
from sqlalchemy.exc import IntegrityError

from river_chief.errors import NotFound, Refusal
from river_chief.records import Act, ActChange, ImportBatch
from river_chief.records.columns import col, table
from river_chief.records.record import METADATA
from river_chief.storage.database import Writer
from river_chief.storage.journal import Change, block_ids
from river_chief.storage.values import decoded, encode
from river_chief.terms import BatchState

# What an undo leaves as it is: numbers are never given twice, batches are remembered.
KEPT = frozenset({"number_series", "import_batch"})
NAMED = 5
VERB = "undo"
FOUNDING = "office.found_office"
LOOKED_AT = 50
CHUNK = 500


def undo_act(writer: Writer, act_id: int) -> str:
    """Take back the act with *act_id*; return the sentence of the new act."""
    act = writer.session.get(Act, act_id)
    if act is None:
        raise NotFound("日志里没有这一步操作，请刷新后重试。")
    if act_id in _taken_back(writer.session.connection(), act_id - 1)[0]:
        raise Refusal("这一步操作已经撤销过。")
    if act.verb == VERB and act.batch_id is not None:
        _set_state(writer, writer.session.get_one(ImportBatch, act.batch_id), BatchState.APPLIED)
    return _undo(writer, [act_id], f"撤销：{act.sentence}", undoes=act_id)


def undo_last(writer: Writer) -> str:
    """Take back the newest act that still stands and is no undo; a batch is taken back whole."""
    act_id = newest_standing(writer.session.connection())
    if act_id is None:
        raise Refusal("没有可以撤销的操作。")
    batch_id = writer.session.get_one(Act, act_id).batch_id
    return undo_act(writer, act_id) if batch_id is None else undo_batch(writer, batch_id)


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
        taken = _taken_back(connection, page[-1] - 1)[0]
        for act_id in page:
            if act_id not in taken:
                return int(act_id)
        page = list(connection.execute(query.where(acts.c.id < page[-1])).scalars())
    return None


def undo_batch(writer: Writer, batch_id: int) -> str:
    """Take back everything an import batch did; return the sentence of the new act."""
    batch = writer.session.get(ImportBatch, batch_id)
    if batch is None:
        raise NotFound("没有这个导入批次，请核对批次号。")
    if batch.state is BatchState.UNDONE:
        raise Refusal(f"导入批次“{batch.name}”已经撤销过。")
    connection = writer.session.connection()
    query = select(table(Act).c.id).where(table(Act).c.batch_id == batch_id)
    mine = list(connection.execute(query.order_by(table(Act).c.id)).scalars())
    taken = _taken_back(connection, mine[0] - 1)[0] if mine else set()
    acts = [id for id in mine if id not in taken]
    _set_state(writer, batch, BatchState.UNDONE)
    return _undo(writer, acts, f"撤销导入“{batch.name}”", undoes=None, batch_id=batch_id)


def _set_state(writer: Writer, batch: ImportBatch, state: BatchState) -> None:
    batch.state = state
    writer.session.flush()


def _undo(
    writer: Writer, acts: Sequence[int], sentence: str, *, undoes: int | None, batch_id: int | None = None
) -> str:
    connection = writer.session.connection()
    changes = _changes(connection, acts)
    _refuse_edited(connection, acts, changes)
    connection.exec_driver_sql("PRAGMA defer_foreign_keys=ON")
    try:
        for change in reversed(changes):
            for inverse in _invert(connection, change):
                writer.recorder.pending.append(inverse)
    except IntegrityError as error:
        raise Refusal("不能撤销：撤销后要恢复的编号或名称已经被另一条记录使用，请先修改那条记录。") from error
    _refuse_referenced(connection, writer.recorder.pending)
    writer.session.expire_all()
    _, touched = writer.recorder.seal(VERB, sentence, batch_id=batch_id, undoes=undoes)
    writer.note(sentence, touched)
    return sentence


def _standing(connection: Connection, after: int) -> set[int]:
    """Ids of the acts later than *after* whose effect still stands.

    An act that was taken back does not; nor does the undo that took it back, when both are later.
    """
    taken, undos, ids = _taken_back(connection, after)
    return ids - taken - {id for id, targets in undos.items() if targets and targets <= ids}


def _taken_back(connection: Connection, after: int) -> tuple[set[int], dict[int, set[int]], set[int]]:
    """Of the acts later than *after*: those taken back; what each undo in force took back; all."""
    acts = table(Act)
    query = select(acts.c.id, acts.c.verb, acts.c.batch_id, acts.c.undoes).where(acts.c.id > after)
    rows = connection.execute(query.order_by(acts.c.id.desc())).all()
    taken: set[int] = set()
    undos: dict[int, set[int]] = {}
    for row in rows:
        if row.verb == VERB and row.id not in taken:
            batch = {act.id for act in rows if act.batch_id == row.batch_id and act.id < row.id}
            undos[row.id] = {row.undoes} if row.undoes else batch
            taken |= undos[row.id]
    return taken, undos, {row.id for row in rows}


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
    """Refuse when a record was changed by a later act that still stands, naming up to five."""
    if not acts:
        raise Refusal("没有可以撤销的内容。")
    standing = _standing(connection, min(acts)) - set(acts)
    if not standing:
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
    for ledger, record_id, sentence, at, act_id in connection.execute(query):
        if act_id in standing and (ledger, record_id) in records:
            later.setdefault(act_id, f"“{sentence}”（{_day(at)}）")
    if later:
        named = "、".join(list(later.values())[:NAMED])
        more = f"等{len(later)}步" if len(later) > NAMED else ""
        raise Refusal(f"不能撤销：之后又有{named}{more}改动了同样的记录，请先撤销后来的操作。")


def _refuse_referenced(connection: Connection, inverses: Sequence[Change]) -> None:
    """Refuse when a record that is not taken back refers to one that was taken away."""
    gone: dict[str, list[int]] = {}
    for inverse in inverses:
        if inverse.kind == "delete" and inverse.record_id is not None:
            gone.setdefault(inverse.ledger, []).append(inverse.record_id)
    for ledger in METADATA.tables.values():
        for column in ledger.columns:
            for key in column.foreign_keys:
                ids = gone.get(key.column.table.name, [])
                if _refers(connection, column, ids):
                    raise Refusal("不能撤销：之后登记的其他记录正在引用它，请先撤销或修改那些记录。")


def _refers(connection: Connection, column: Column[Any], ids: Sequence[int]) -> bool:
    for start in range(0, len(ids), CHUNK):
        query = select(column).where(column.in_(ids[start : start + CHUNK])).limit(1)
        if connection.execute(query).first() is not None:
            return True
    return False


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
