"""合并办理 carried out: the steps of a chain, each an act of its own, taken back as one."""

from __future__ import annotations

from river_chief.bulk.batch import Deed, carry_out
from river_chief.changes import Changes
from river_chief.storage.database import Writer
from river_chief.verbs.input import Input
from river_chief.verbs.steps import merged
from river_chief.verbs.steps.merged import Chain


def do(writer: Writer, actions: Chain, entry: Input, number: str) -> Changes:
    """Do the *actions* of a chain on the problem called *number*; a single one is an act without a batch.

    Raises what its verbs raise; then nothing of the chain may be kept.
    """
    deeds = [Deed(doing.verb, part) for doing, part in merged.parts(actions, entry)]
    if len(deeds) == 1:
        return writer.do(deeds[0].verb, deeds[0].entry)
    return carry_out(writer, deeds, f"{number}{merged.label(actions)}", changed=1)
