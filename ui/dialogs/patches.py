"""Patches: added, corrected, checked one by one or many at once, registered as problems, linked, voided."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from river_chief.bulk.batch import Deed, carry_out
from river_chief.fields.patches import PATCHES
from river_chief.queries import choices, suggestions
from river_chief.queries.ledger_query import Row
from river_chief.queries.patches import PatchDetail, default_campaign, problems_for_patches
from river_chief.storage.database import Verb, Writer
from river_chief.terms import Datum, Phase, Verdict
from river_chief.verbs import patches
from river_chief.verbs.patches import PatchCheck, PatchProblem
from ui.dialogs.problem_dialog import ProblemDialog, problem_form
from ui.dialogs.verb_dialog import VerbDialog
from ui.forms.fields import DateField, LineField, NumberField, TermField, TextField
from ui.forms.form import Form
from ui.forms.photo_tray import PhotoTray
from ui.forms.pickers import PickField
from ui.workspace import Workspace

SHOWN = ("桥梁", "临河房屋", "拦河堰", "坑塘", "光伏", "道路", "码头", "农田", "林地", "水利设施")
NEEDS_PHOTO = "不属实、合法合规的要有现场照片；没有照片的写明原因，单独统计。"


def patch_dialog(parent: QWidget, workspace: Workspace, detail: PatchDetail | None = None) -> VerbDialog[Any]:
    """A new patch, or the correction of what was handed down."""
    today = workspace.today()
    with workspace.read() as session:
        villages, reaches = choices.villages(session), choices.reaches(session)
        campaigns, usual = choices.campaigns(session), default_campaign(session)
    form: Form[Any] = Form(patches.PatchEdit if detail else patches.NewPatch)
    form.section("下发")
    form.add("number", LineField(hint="如 TB2025-001"))
    form.add("campaign_id", PickField(campaigns))
    form.add("handed_on", DateField(year_of=today))
    form.add("due_on", DateField(year_of=today))
    form.add("suspected", LineField(hint="如 疑似房屋", suggestions=SHOWN))
    form.add("area_m2", NumberField(), unit="㎡")
    form.section("位置")
    form.add("village_id", PickField(villages))
    form.add("reach_id", PickField(reaches))
    form.add("place", LineField(), span=2)
    form.add("lon", NumberField())
    form.add("lat", NumberField())
    form.add("datum", TermField(Datum))
    form.add("note", LineField())
    form.finish()
    dialog: VerbDialog[Any] = VerbDialog(
        parent,
        workspace,
        f"修改图斑{detail.row['number']}" if detail else "新增图斑",
        form,
        patches.edit_patch if detail else patches.add_patch,
        fixed={"id": detail.row.id, "version": detail.row.version} if detail else {},
        accept_text="保存" if detail else "确定",
        width=720,
    )
    dialog.load(detail.values if detail else {"campaign_id": usual, "handed_on": today})
    return dialog


def check_dialog(parent: QWidget, workspace: Workspace, detail: PatchDetail) -> VerbDialog[PatchCheck]:
    """The verdict on one patch."""
    form = _check_form(workspace, with_exception=not detail.attachments)
    row, values = detail.row, detail.values
    dialog = VerbDialog(
        parent,
        workspace,
        f"核查图斑{row['number']}",
        form,
        patches.check_patch,
        fixed={"patch_id": row.id, "version": row.version},
        headline=headline(detail),
        accept_text="保存",
    )
    phases = (Phase.EVIDENCE,)
    dialog.hold_photos(PhotoTray(workspace, phases, {"patch_id": row.id}, f"图斑{row['number']}核查"))
    known = {key: values[key] for key in form.fields} if values["verdict"] is not None else {}
    dialog.load({"checked_on": workspace.today(), "checker": workspace.clerk, **known})
    form.focus("verdict")
    return dialog


class CheckManyDialog(VerbDialog[PatchCheck]):
    """The same verdict on many patches, carried out as one batch."""

    def __init__(self, parent: QWidget, workspace: Workspace, rows: Sequence[Row]) -> None:
        self.rows = tuple(rows)
        form = _check_form(workspace, with_exception=any(not row["photos"] for row in rows))
        super().__init__(
            parent,
            workspace,
            f"批量核查 {len(rows)} 个图斑",
            form,
            patches.check_patch,
            fixed={"patch_id": rows[0].id},
            headline=_many(rows),
            accept_text=f"核查 {len(rows)} 个",
        )
        self.load({"checked_on": workspace.today(), "checker": workspace.clerk})
        form.focus("verdict")

    def work(self, writer: Writer, verb: Verb[PatchCheck], entry: PatchCheck) -> None:
        """Check each on the version that was seen; all or none."""
        deeds = [
            Deed(verb, entry.model_copy(update={"patch_id": row.id, "version": row.version}))
            for row in self.rows
        ]
        carry_out(writer, deeds, patches.batch_name(len(deeds), entry.verdict))


def register_dialog(
    parent: QWidget, workspace: Workspace, detail: PatchDetail
) -> ProblemDialog[PatchProblem]:
    """The problem a real patch becomes, with what is known of it filled in."""
    dialog: ProblemDialog[PatchProblem] = ProblemDialog(
        parent,
        workspace,
        f"图斑{detail.row['number']}登记为问题",
        problem_form(PatchProblem, workspace),
        patches.register_patch,
        fixed={"patch_id": detail.row.id, "patch_version": detail.row.version},
        accept_text="登记",
    )
    dialog.load(detail.problem)
    dialog.begin("category_code")
    return dialog


def link_dialog(parent: QWidget, workspace: Workspace, detail: PatchDetail) -> VerbDialog[Any]:
    """The problem of the ledger that a real patch is."""
    with workspace.read() as session:
        found = problems_for_patches(session)
    form: Form[Any] = Form(patches.PatchLink, columns=1)
    form.add("problem_id", PickField(found, hint="输入问题编号或描述"))
    form.finish()
    dialog = VerbDialog(
        parent,
        workspace,
        "关联问题",
        form,
        patches.link_patch,
        fixed={"patch_id": detail.row.id, "version": detail.row.version},
        headline=f"{headline(detail)}\n问题已经登记过的，选中它；还没有登记的，请办理“登记为问题”。",
    )
    same = next((each.id for each in found if each.code == detail.row["number"]), None)
    dialog.load({"problem_id": same})
    return dialog


def void_dialog(parent: QWidget, workspace: Workspace, detail: PatchDetail) -> VerbDialog[Any]:
    """The voiding of a patch."""
    form: Form[Any] = Form(patches.PatchVoid, columns=1)
    form.add("reason", LineField(hint="如 重复下发"))
    form.finish()
    return VerbDialog(
        parent,
        workspace,
        f"作废图斑{detail.row['number']}",
        form,
        patches.void_patch,
        fixed={"id": detail.row.id, "version": detail.row.version},
        headline=f"{headline(detail)}\n仅用于下发或录入有误；作废后不计入任何数字。",
        accept_text="作废",
        dangerous=True,
        width=480,
    )


def headline(detail: PatchDetail) -> str:
    """The patch in a line, so that nobody acts on the wrong one."""
    row = detail.row
    area = f"{PATCHES['area_m2'].text(row['area_m2'])}㎡" if row["area_m2"] else ""
    parts = (row["number"], row["village_name"], row["suspected"], area, f"照片 {row['photos']} 张")
    return "　".join(str(part) for part in parts if part)


def _many(rows: Sequence[Row]) -> str:
    numbers = "、".join(str(row["number"]) for row in rows[:6])
    more = "等" if len(rows) > 6 else ""
    without = sum(not row["photos"] for row in rows)
    photos = f"其中 {without} 个没有照片。" if without else "都有照片。"
    return f"{numbers}{more}，共 {len(rows)} 个图斑，结论和说明相同；作为一个批次，可以一次撤销。{photos}"


def _check_form(workspace: Workspace, *, with_exception: bool) -> Form[PatchCheck]:
    today = workspace.today()
    with workspace.read() as session:
        people = [workspace.clerk, *suggestions.officers(session)]
    form: Form[PatchCheck] = Form(PatchCheck)
    form.add("verdict", TermField(Verdict))
    form.add("shows", LineField(hint="如 桥梁", suggestions=SHOWN))
    form.add("checked_on", DateField(year_of=today))
    form.add("checker", LineField(suggestions=people))
    form.add("words", TextField(lines=3), span=2)
    if with_exception:
        form.add("exception", LineField(), span=2, help=NEEDS_PHOTO)
    form.finish()
    return form
