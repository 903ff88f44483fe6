"""Writes a saved report to a file without a preview: a workbook, a letter, a PDF, or JSON."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from river_chief.progress import Progress
from ui import jobs
from ui.saved_file import saved_notice
from ui.tables.report_run import Ran
from ui.workspace import Workspace

JSON = {".json": ("JSON", "JSON 文件 (*.json)")}


def export(parent: QWidget, workspace: Workspace, ran: Ran, suffix: str, path: Path) -> None:
    """Write the report *ran*, counted afresh, to *path*; a name with another ending gets *suffix* as well."""
    place = path if path.suffix.lower() == suffix else path.with_name(path.name + suffix)

    def work(progress: Progress) -> Path:
        from river_chief.papers.files import save

        progress.step(0, 0, "正在汇总数据")
        save(place, _written(workspace, ran, suffix))
        return place

    def tell(written: Path) -> None:
        workspace.noticed.emit(saved_notice(parent, written, ran.name))

    jobs.start(parent, workspace, "正在导出", work, done=tell)


def _written(workspace: Workspace, ran: Ran, suffix: str) -> bytes:
    import json

    from river_chief.papers.kinds import produce
    from river_chief.papers.kinds.saved_report import AskedReport
    from river_chief.papers.output import render

    with workspace.read() as session:
        if suffix == ".json":
            from river_chief.figures.report_json import report_as_json

            document = report_as_json(
                session, workspace.settings, ran.name, ran.definition, ran.window, workspace.today()
            )
            return f"{json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False)}\n".encode()
        asked = AskedReport(ran.name, ran.definition)
        paper = produce(session, "saved", today=workspace.today(), span=ran.window.span, filter=asked)
    return render(paper, suffix)
