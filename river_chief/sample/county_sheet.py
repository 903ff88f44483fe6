"""The county's problem workbook of March 2025, as messy as such workbooks come.

Two title rows, a head of two rows, merged villages, dates in every hand, one that does not exist, a
village nobody knows, two villages in one cell, a row sent twice, a total, a note and signatures.
Its problems are further ones: none of them stands in the sample ledger.
"""

from __future__ import annotations

from datetime import date
from itertools import groupby
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from river_chief.sample.people import Staff
from river_chief.sample.places import COUNTY, STRETCHES, TOWN
from river_chief.terms import Level

FILE = "澜川县河湖问题交办清单（2025年3月）.xlsx"
SHEET = "问题清单"
TITLE = f"{COUNTY}河湖“四乱”等突出问题交办清单（2025年3月）"
HEAD_ROWS = (3, 4)
FIRST_ROW = 5
_DAY = date(2025, 3, 31)
# Heads of the two rows; a group stands over those that name it.
_COLUMNS: tuple[tuple[str, str, int], ...] = (
    ("序号", "", 5),
    ("问题编号", "", 13),
    ("发现时间", "", 11),
    ("问题认定", "四乱类型", 9),
    ("问题认定", "严重程度", 9),
    ("问题认定", "问题来源", 13),
    ("河湖信息", "河道等级", 9),
    ("河湖信息", "关联河湖", 13),
    ("河湖信息", "河长姓名", 9),
    ("问题位置", "所在乡镇", 9),
    ("问题位置", "所在村", 12),
    ("问题位置", "详细地址", 20),
    ("问题位置", "地理坐标", 26),
    ("问题描述", "", 34),
    ("占地面积", "", 10),
    ("整改要求", "", 22),
    ("通知单位", "", 14),
    ("备注", "", 14),
)

Cell = str | int | float | None
# number, found, type, severity, source, level, water, village, address, position, description, area, order
# fmt: off
_ROWS: tuple[tuple[Cell, ...], ...] = (
    ("澜川2025-0301", "2025.3.5", "乱堆", "一般", "县级督查暗访", "乡级", "柳塘河", "柳塘村", "柳塘老石桥上游60米",
     "118.4962,29.0574", "右岸岸坡堆放生活垃圾约4立方米", None, "7日内清运完毕"),
    ("澜川2025-0302", "3月5日", "乱占 ", "一般", "县级督查暗访", "乡级", "柳塘河", None, "柳塘机耕路口下游120米",
     "118°29′50.2″，29°03′12.6″", "堤脚开垦种菜约60平方米", 60, "清除种植物，恢复堤脚"),
    ("澜川2025-0303", 45721, "乱建", "一般", "县级督查暗访", "县级", "砚溪 ", "上砚村", "上砚水埠头下游80米",
     "118°27′38.5″ 29°04′20.1″", "左岸搭建鸭棚1处，面积约32平方米", 32, "限期拆除"),
    ("澜川2025-0304", "2025/3/6", "乱堆", "较严重", "县级督查暗访", "市级", "澜江", "新渡村", "新渡便民渡口上游200米",
     "118.4431，29.0161", "滩地倾倒建筑垃圾约40立方米", None, "15日内清运并恢复原状"),
    ("澜川2025-0305", "2025年3月6日", "保洁", "一般", "县级督查暗访", "乡级", "白鹭港", "白鹭洲村", "白鹭洲小闸前",
     "118.4201,29.0262", "闸前漂浮垃圾约50平方米", "约50平方米", "3日内打捞"),
    ("澜川2025-0306", "2025.13.5", "乱堆", "一般", "县级督查暗访", "乡级", "石埠溪", "石埠村", "石埠茶叶加工点下游30米",
     "118.4382,29.0752", "左岸堆放毛竹等杂物约3立方米", None, "7日内清理"),
    ("澜川2025-0307", "2025-3-7", "乱占", "一般", "遥感图斑", "乡级", "樟溪", "枫林村", "枫林村口桥下游",
     "118.4512,29.0531", "滩地栽植苗木约400平方米", 400, "核实后清除"),
    ("澜川2025-0308", "2025.3.7 ", "排污口", "较严重", "县级督查暗访", "乡级", "柳塘河", "柳塘村、杨湾村",
     "两村交界处排水涵管", "118.5003,29.0492", "涵管出流浑浊有异味，1处", None, "查明来水，截污纳管"),
    ("澜川2025-0309", "3月10日", "标牌界桩", "一般", "乡镇自查", "县级", "砚溪", "砚溪社区", "集镇水闸旁",
     "118.4669,29.0513", "公示牌褪色，1块", None, "更换面板"),
    ("澜川2025-0310", "20250311", "乱堆", "一般", "群众投诉", "乡级", "桐坪坑", "桐坪村", "桐坪晒谷场外侧",
     "118.4335,29.1126", "岸边丢弃农药包装、育秧盘约2立方米", None, "收集后交回收点"),
    ("澜川2025-0310", "20250311", "乱堆", "一般", "群众投诉", "乡级", "桐坪坑", "桐坪村", "桐坪晒谷场外侧",
     "118.4335,29.1126", "岸边丢弃农药包装、育秧盘约2立方米", None, "收集后交回收点"),
    ("澜川2025-0311", "2025.3.12", "行洪与河道形态", "一般", "县级督查暗访", "乡级", "杨湾支渠", "杨湾村",
     "杨湾节制闸下游500米", "118.5104,29.0371", "渠道淤积，长约300米", None, "汛前完成清淤"),
    ("澜川2025-0312", "3月13日", "乱建", "较重", "县级督查暗访", "市级", "澜江", "南圩村", "南圩排涝闸上游400米",
     "118.5231,29.0077", "滩地架设光伏板，面积约180平方米", 180, "15日内拆除或补办手续"),
    ("澜川2025-0313", "2025.3.14", "乱占", "一般", "县级督查暗访", "村级", "新渡港", " 新渡村", "新渡港口上游",
     "29.0206,118.4545", "水面围网养鱼约200平方米", 200, "拆除围网"),
)
# fmt: on
_NOTE = "注：1.面积单位为平方米；2.地理坐标为CGCS2000演示坐标；3.整改情况请于4月10日前报县河长办。"
_SIGNATURES = "填报人：　　　　　　审核人：　　　　　　填报单位（盖章）"
_THIN = Side(style="thin", color="808080")


def write_county_sheet(folder: Path, staff: Staff) -> Path:
    """Write the workbook into *folder*, with the chiefs of *staff*; return its path."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = SHEET
    _titles(sheet)
    _head(sheet)
    for offset, row in enumerate(_ROWS):
        _row(sheet, FIRST_ROW + offset, row, _chief(row, staff))
    village = _column("所在村")
    _merge(sheet, (FIRST_ROW, village), (FIRST_ROW + 1, village))
    _foot(sheet, FIRST_ROW + len(_ROWS))
    path = folder / FILE
    book.save(path)
    return path


def _column(head: str) -> int:
    return next(n for n, (upper, lower, _) in enumerate(_COLUMNS, 1) if head in (upper, lower))


def _titles(sheet: Worksheet) -> None:
    sheet.cell(1, 1, TITLE).font = Font(name="宋体", size=18, bold=True)
    sheet.cell(2, 1, f"填报单位：{COUNTY}河长制办公室　　　填报时间：2025年4月1日")
    for row in (1, 2):
        _merge(sheet, (row, 1), (row, len(_COLUMNS)))
    sheet.cell(1, 1).alignment = Alignment(horizontal="center")


def _head(sheet: Worksheet) -> None:
    upper_row, lower_row = HEAD_ROWS
    column = 1
    for _, group in groupby(_COLUMNS, key=lambda each: each[0]):
        start = column
        for upper, lower, width in group:
            sheet.column_dimensions[get_column_letter(column)].width = width
            sheet.cell(upper_row, column, upper if column == start else None)
            sheet.cell(lower_row, column, lower or None)
            if not lower:
                _merge(sheet, (upper_row, column), (lower_row, column))
            column += 1
        if column - start > 1:
            _merge(sheet, (upper_row, start), (upper_row, column - 1))
    for row in sheet.iter_rows(min_row=upper_row, max_row=lower_row, max_col=len(_COLUMNS)):
        for cell in row:
            cell.font = Font(name="宋体", size=11, bold=True)
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
            cell.border = Border(_THIN, _THIN, _THIN, _THIN)


def _merge(sheet: Worksheet, first: tuple[int, int], last: tuple[int, int]) -> None:
    sheet.merge_cells(start_row=first[0], start_column=first[1], end_row=last[0], end_column=last[1])


def _chief(values: tuple[Cell, ...], staff: Staff) -> str:
    """The township's chief of the water; nobody for a village that is none."""
    water, village = str(values[6]).strip(), str(values[7] or "").strip()
    here = [each for each in STRETCHES if each.water == water and (not village or village in each.villages)]
    return staff.answering(Level.TOWN, here[0].key, _DAY).human.name if here else ""


def _row(sheet: Worksheet, row: int, values: tuple[Cell, ...], chief: str) -> None:
    number, found, kind, severity, source, level, water, village, *rest = values
    unit = f"{TOWN}人民政府"
    cells = (
        row - FIRST_ROW + 1,
        number,
        found,
        kind,
        severity,
        source,
        level,
        water,
        chief,
        TOWN,
        village,
        *rest,
        unit,
        None,
    )
    for column, value in enumerate(cells, 1):
        cell = sheet.cell(row, column, value)
        cell.border = Border(_THIN, _THIN, _THIN, _THIN)
        cell.alignment = Alignment(vertical="center", wrap_text=True)


def _foot(sheet: Worksheet, row: int) -> None:
    area = _column("占地面积")
    sheet.cell(row, 1, "合计")
    _merge(sheet, (row, 1), (row, 2))
    sheet.cell(row, area, sum(row[11] for row in _ROWS if isinstance(row[11], int)))
    for line, words in enumerate((_NOTE, _SIGNATURES), row + 1):
        sheet.cell(line, 1, words)
        _merge(sheet, (line, 1), (line, len(_COLUMNS)))
