"""Write a paper as the kind of file its name asks for."""

from __future__ import annotations

from pathlib import Path

from river_chief.errors import Refusal
from river_chief.papers.document import Document
from river_chief.papers.files import save


def render(document: Document, suffix: str) -> bytes:
    """The paper as the bytes of a ``.pdf``, ``.xlsx`` or ``.docx`` file.

    Raises ``Refusal`` for any other *suffix*, ``EnvironmentFault`` when fonts or template are missing.
    """
    match suffix.lower():
        case ".pdf":
            from river_chief.papers.pdf import render_pdf

            return render_pdf(document)
        case ".xlsx":
            from river_chief.papers.xlsx import render_xlsx

            return render_xlsx(document)
        case ".docx":
            from river_chief.papers.docx import render_docx

            return render_docx(document)
        case _:
            raise Refusal(f"不能存为“{suffix or '无扩展名'}”文件，文件名请以 .pdf、.xlsx 或 .docx 结尾。")


def write(document: Document, path: Path) -> None:
    """Write the paper to *path*, whole or not at all; the name's ending says as what.

    Raises ``Refusal`` for an unknown ending, ``EnvironmentFault`` when the file cannot be written.
    """
    save(path, render(document, path.suffix))
