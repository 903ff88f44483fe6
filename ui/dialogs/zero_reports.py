"""零报告: signed for the villages ticked, withdrawn with a reason."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from river_chief.queries.ledger_query import Row
from river_chief.verbs import zero_reports
from river_chief.verbs.lookup import listed
from river_chief.verbs.zero_reports import ZeroSigning, ZeroVoid
from ui.dialogs.verb_dialog import VerbDialog
from ui.forms.fields import DateField, LineField
from ui.forms.form import Form
from ui.workspace import Workspace


def sign_dialog(
    parent: QWidget, workspace: Workspace, month: tuple[int, int], ids: Sequence[int], names: Sequence[str]
) -> VerbDialog[ZeroSigning]:
    """The zero reports of villages for a month, one act for all of them."""
    year, number = month
    form: Form[ZeroSigning] = Form(ZeroSigning)
    form.add("signed_on", DateField(year_of=workspace.today()))
    form.add("signer", LineField(hint="不填则为各村的村级河长"))
    form.add("words", LineField(hint="如 月末例会上签报"), span=2)
    form.finish()
    last = workspace.settings.month(year, number).last
    dialog = VerbDialog(
        parent,
        workspace,
        "签零报告",
        form,
        zero_reports.sign,
        fixed={"area_ids": tuple(ids), "year": year, "month": number},
        headline=f"{listed(names)}报告{year}年{number}月没有发现问题。请核对村里签字的零报告再登记。",
        accept_text="签报",
    )
    dialog.load({"signed_on": min(last, workspace.today())})
    return dialog


def void_dialog(
    parent: QWidget, workspace: Workspace, month: tuple[int, int], report_id: int, row: Row
) -> VerbDialog[ZeroVoid]:
    """Withdraws the zero report of a village."""
    form: Form[ZeroVoid] = Form(ZeroVoid, columns=1)
    form.add("words", LineField(hint="如 村里更正，当月有发现"))
    form.finish()
    return VerbDialog(
        parent,
        workspace,
        "作废零报告",
        form,
        zero_reports.void_zero,
        fixed={"id": report_id, "version": row.version},
        headline=f"作废{row['village_name']}{month[0]}年{month[1]}月的零报告？作废后按未报统计。",
        accept_text="作废",
        dangerous=True,
        width=460,
    )
