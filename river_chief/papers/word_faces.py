"""The faces of a Word file: named as offices name them, with the faces that stand in where one is not installed."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from docx.document import Document as WordDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from river_chief.papers.word_xml import NAMESPACE, Face

STAND_INS: dict[str, tuple[str, ...]] = {
    "方正小标宋简体": ("方正小标宋_GBK", "小标宋", "华文中宋", "宋体", "SimSun"),
    "仿宋_GB2312": ("仿宋", "FangSong", "华文仿宋", "方正仿宋_GBK"),
    "楷体_GB2312": ("楷体", "KaiTi", "华文楷体", "方正楷体_GBK"),
    "黑体": ("SimHei", "华文黑体", "方正黑体_GBK"),
    "宋体": ("SimSun", "华文宋体", "方正书宋_GBK"),
}
"""Under each name those Windows, WPS and the office packages of 信创 machines have, the best first."""


def prepare(word: WordDocument, body: Face) -> None:
    """Let the file name its faces and stand-ins, speak Chinese, and write on in *body*."""
    _name_faces(word)
    _speak_chinese(word)
    style = word.styles["Normal"].element
    for old in style.findall(qn("w:rPr")):
        style.remove(old)
    style.append(parse_xml(body.properties.replace("<w:rPr>", f"<w:rPr {NAMESPACE}>", 1)))


def font_table() -> str:
    """The font table: ``altName`` is a list with commas (ISO/IEC 29500-1, 17.8.3.1)."""
    fonts = "".join(
        f"<w:font w:name={quoteattr(name)}><w:altName w:val={quoteattr(','.join(others))}/>"
        '<w:charset w:val="86"/><w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
        for name, others in STAND_INS.items()
    )
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts {NAMESPACE}>{fonts}</w:fonts>'


def _name_faces(word: WordDocument) -> None:
    part = word.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    part._blob = font_table().encode()


def _speak_chinese(word: WordDocument) -> None:
    for lang in word.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:eastAsia"), "zh-CN")
    for lang in word.settings.element.iter(qn("w:themeFontLang")):
        lang.set(qn("w:eastAsia"), "zh-CN")
