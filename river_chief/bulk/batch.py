"""Several acts done together: one transaction, one batch in the journal, one undo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from river_chief.changes import Changes
from river_chief.errors import Refusal
from river_chief.progress import Progress
from river_chief.storage.database import Verb, Writer
from river_chief.verbs.imports import NewBatch, open_batch
from river_chief.verbs.input import Input, understood

LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Deed:
    """A verb with its input.

    ``named``    what the clerk calls the record it is about (砚2025-003), for the sentence of a refusal.
    ``promised`` what the clerk was shown that it will say; where it says something else it is refused.
    """

    verb: Verb[Any]
    entry: Input
    named: str = ""
    promised: str = ""


def carry_out(
    writer: Writer, deeds: Sequence[Deed], name: str, *, changed: int = 0, progress: Progress | None = None
) -> Changes:
    """Do *deeds* in order as one batch called *name*; all or nothing.

    ``changed`` is how many records that is, as the batch says it; one for each deed unless given. Within a batch
    that is open already they become part of that one. Raises ``Refusal`` with the name of the deed that a verb
    refused; the transaction must then be given up. Returns everything done as one, told as *name*.
    """
    if not deeds:
        raise Refusal("没有可以办理的内容，请先选择。")
    told = progress or Progress()
    before = writer.batch_id
    if before is None:
        writer.batch_id = _opened(writer, name, changed or len(deeds))
    try:
        done = []
        for count, deed in enumerate(deeds):
            told.step(count, len(deeds), "办理")
            done.append(_do(writer, deed))
        told.step(len(deeds), len(deeds), "办理")
    finally:
        writer.batch_id = before
    ids = {each.id for each in done}
    one = ids.pop() if len(ids) == 1 else 0
    writer.note(name, frozenset(), one)
    return Changes(name, one, Changes.union(done).touched)


def _opened(writer: Writer, name: str, changed: int) -> int:
    values = {"name": name[:LONGEST_NAME], "changed": changed}
    return writer.do(open_batch, understood(NewBatch, values)).id


def _do(writer: Writer, deed: Deed) -> Changes:
    try:
        done = writer.do(deed.verb, deed.entry)
    except Refusal as error:
        if not deed.named or deed.named in error.sentence:
            raise
        raise Refusal(f"{deed.named}：{error.sentence}") from error
    if deed.promised not in ("", done.sentence):
        raise Refusal(f"预览之后台账有了改动，{deed.named}的结果不同了（{done.sentence}）。")
    return done
