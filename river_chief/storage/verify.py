"""Is the ledger whole? Pages, references, what is counted, the chain of the journal, photos, and a replay."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256

from sqlalchemy import Connection, select

from river_chief.progress import Progress
from river_chief.records import Act, ActChange, Attachment, FrozenBody, MonthClose
from river_chief.records.columns import col, table
from river_chief.storage import counted_rounds
from river_chief.storage.database import Database
from river_chief.storage.journal import GENESIS, Change, act_hash
from river_chief.storage.paths import LedgerFolder
from river_chief.storage.replay import replay

NAMED = 20


@dataclass(slots=True)
class Verdict:
    """What a check of the ledger found; ``faults`` are Chinese sentences, none when it is whole."""

    acts: int = 0
    head: str = GENESIS
    photos: int = 0
    replayed: bool = False
    faults: list[str] = field(default_factory=list)

    @property
    def is_whole(self) -> bool:
        """Whether nothing was found wrong."""
        return not self.faults


def verify(
    database: Database,
    *,
    replayed: bool = False,
    anchor: str | None = None,
    progress: Progress | None = None,
) -> Verdict:
    """Check the ledger; ``anchor`` is the beginning of a chain head read off a printed paper."""
    watch = progress or Progress()
    verdict = Verdict()
    with database.engine.connect() as connection:
        _check_pages(connection, verdict)
        _check_chain(connection, verdict, watch)
        _check_counted(connection, verdict)
        _check_photos(connection, database.folder, verdict, watch)
        _check_closings(connection, verdict)
        if anchor is not None:
            _check_anchor(connection, anchor, verdict)
    if replayed:
        verdict.replayed = True
        differences = replay(database.engine, watch)
        for item in differences[:NAMED]:
            verdict.faults.append(f"重演日志后“{item.ledger}”第 {item.id} 条不一致：{item.what}。")
        if len(differences) > NAMED:
            verdict.faults.append(f"重演日志后另有 {len(differences) - NAMED} 条不一致。")
    return verdict


def _check_pages(connection: Connection, verdict: Verdict) -> None:
    for (fault,) in connection.exec_driver_sql("PRAGMA cipher_integrity_check"):
        verdict.faults.append(f"台账文件有损坏的页：{fault}。")
    for (fault,) in connection.exec_driver_sql("PRAGMA integrity_check"):
        if fault != "ok":
            verdict.faults.append(f"台账文件结构有误：{fault}。")
    for name, rowid, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        verdict.faults.append(f"“{name}”第 {rowid} 条引用的“{parent}”不存在。")


def _check_counted(connection: Connection, verdict: Verdict) -> None:
    """Hold the rounds the figures are counted from against the rounds of the problems."""
    if counted_rounds.lacking_triggers(connection):
        verdict.faults.append("统计用的数据不再随问题更新，报表的数会不准，请联系维护人员。")
    differing = counted_rounds.differing(connection)
    if differing:
        verdict.faults.append(f"统计用的数据有 {differing} 条与问题不一致，报表的数不准，请联系维护人员。")


def _check_chain(connection: Connection, verdict: Verdict, progress: Progress) -> None:
    """Recompute the hash of every act from its content; each site has a chain of its own."""
    acts = connection.execute(select(table(Act)).order_by(col(Act.id))).all()
    heads: dict[str, tuple[int, str]] = {}
    stream = _ChangesInOrder(connection)
    for done, act in enumerate(acts, 1):
        seq, previous = heads.get(act.site, (0, GENESIS))
        body = {name: getattr(act, name) for name in _BODY}
        if act.seq != seq + 1 or act.previous != previous:
            verdict.faults.append(f"日志第 {act.seq} 步与前一步不相连（缺步或被改动）。")
        if act_hash(act.previous, body, stream.of(act.id)) != act.hash:
            verdict.faults.append(f"日志第 {act.seq} 步“{act.sentence}”的内容被改动过。")
        heads[act.site] = (act.seq, act.hash)
        if done % 500 == 0:
            progress.step(done, len(acts), "核对日志")
    if stream.rest():
        verdict.faults.append("日志里有不属于任何一步操作的改动。")
    verdict.acts = len(acts)
    verdict.head = acts[-1].hash if acts else GENESIS


_BODY = ("site", "seq", "at", "by", "verb", "sentence", "batch_id", "undoes")


class _ChangesInOrder:
    """Walks the changes once beside the acts, so that a long journal needs no second query each."""

    def __init__(self, connection: Connection) -> None:
        changes = table(ActChange)
        query = select(changes).order_by(changes.c.act_id, changes.c.ordinal)
        self._rows = iter(connection.execution_options(yield_per=2000).execute(query))
        self._next = next(self._rows, None)

    def of(self, act_id: int) -> list[Change]:
        """The changes of the act, which must be asked for in order."""
        found = []
        while self._next is not None and self._next.act_id == act_id:
            row = self._next
            found.append(
                Change(
                    row.kind,
                    row.ledger,
                    row.record_id,
                    row.record_uid,
                    row.version_seen,
                    row.before,
                    row.after,
                    row.block,
                )
            )
            self._next = next(self._rows, None)
        return found

    def rest(self) -> bool:
        """Whether changes are left that belong to no act."""
        return self._next is not None


def _check_photos(connection: Connection, folder: LedgerFolder, verdict: Verdict, progress: Progress) -> None:
    query = select(col(Attachment.sha256), col(Attachment.name)).order_by(col(Attachment.id))
    rows = {row.sha256: row.name for row in connection.execute(query)}
    for done, (digest, name) in enumerate(rows.items(), 1):
        path = folder.photo(digest)
        if not path.exists():
            verdict.faults.append(f"附件“{name}”的文件不见了。")
        elif sha256(path.read_bytes()).hexdigest() != digest:
            verdict.faults.append(f"附件“{name}”的文件被改动过。")
        progress.step(done, len(rows), "核对附件")
    verdict.photos = len(rows)


def _check_closings(connection: Connection, verdict: Verdict) -> None:
    """Every body a closed month names is there and is what its digest says."""
    bodies = table(FrozenBody)
    query = select(table(MonthClose)).order_by(table(MonthClose).c.id)
    for row in connection.execute(query):
        for digest in (row.digest, row.proof_digest, row.papers_digest):
            body = connection.execute(select(bodies.c.body).where(bodies.c.digest == digest)).scalar()
            if body is None or sha256(body).hexdigest() != digest:
                verdict.faults.append(
                    f"{row.year}年{row.month}月第{row.edition}版月结保存的内容丢失或被改动过。"
                )
                break


def _check_anchor(connection: Connection, anchor: str, verdict: Verdict) -> None:
    code = anchor.strip().lower().replace("-", "").replace(" ", "")
    if len(code) < 8 or any(char not in "0123456789abcdef" for char in code):
        verdict.faults.append("校验码应是文书页脚上的 16 位字母和数字，请重新输入。")
        return
    query = select(col(Act.seq)).where(col(Act.hash).startswith(code, autoescape=True))
    if connection.execute(query).first() is None:
        verdict.faults.append(
            f"日志里没有校验码 {anchor} 对应的一步：文书印发之后日志被改动过，或校验码抄错。"
        )
