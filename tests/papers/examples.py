"""Papers of the real shape, on invented rows, for the tests of this folder."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from river_chief.papers.document import (
    Block,
    Cell,
    Column,
    Document,
    FormCell,
    FormTable,
    Group,
    Kind,
    Labelled,
    Level,
    Orientation,
    Paragraph,
    SignOn,
    Style,
    Table,
    Turn,
)

DATED = date(2025, 4, 2)
SIGNATURES = (
    Labelled("填报人"),
    Labelled("审核人"),
    Labelled("分管领导"),
    Labelled("日期", "　　年　月　日"),
)
HOSTILE = (
    '#import "/etc/passwd": *',
    "#panic() $x$ *粗* _斜_ <标> @引 `码` \\ // 注",
    '=cmd|"/c calc"!A1',
    "+8613800000000",
    "-1+1",
    "@SUM(1,1)",
    "<script>alert('人')</script> &amp; ]]>",
    "{{ 7*7 }} {% raw %}",
    "第一行\n第二行",
)

ISSUE_COLUMNS = (
    Column("序号", 2.5, Kind.NUMBER),
    Column("问题编号", 7, Kind.CODE),
    Column("河湖名称", 4),
    Column("河段", 5),
    Column("河湖级别", 2.5),
    Column("所在村", 3.5),
    Column("具体位置(桩号/岸别)", 6),
    Column("经度", 4.5, Kind.NUMBER, "坐标"),
    Column("纬度", 4.5, Kind.NUMBER, "坐标"),
    Column("问题大类", 3),
    Column("问题子类", 4),
    Column("问题描述", 12),
    Column("规模(面积㎡/长度m/体积m³)", 5),
    Column("严重程度", 3),
    Column("问题来源", 4),
    Column("发现时间", 5.5, Kind.DATE),
    Column("发现人", 3),
    Column("涉事单位(个人)", 5),
    Column("图斑编号", 4, Kind.CODE),
    Column("专项", 4),
    Column("备注", 4),
)


def issue_row(number: int) -> tuple[Cell, ...]:
    found = date(2025, 3, 1) + timedelta(days=number % 31)
    length = Decimal(number % 90) + Decimal("0.5")
    return (
        Cell(str(number), number),
        Cell(f"砚溪-2025-{number:04d}"),
        Cell(("澜江", "砚溪", "柳塘河")[number % 3]),
        Cell(("澜江新渡白鹭段", "砚溪集镇段", "柳塘河")[number % 3]),
        Cell(("市级", "县级", "乡级")[number % 3]),
        Cell(("新渡村", "砚溪社区", "樟树下村")[number % 3]),
        Cell(f"K{number % 7}+{number % 9}00 右岸"),
        Cell(f"118.4{number:05d}", Decimal(f"118.4{number:05d}")),
        Cell(f"29.0{number:05d}", Decimal(f"29.0{number:05d}")),
        Cell(("乱堆", "乱建", "乱占")[number % 3]),
        Cell(("生活垃圾", "违章搭建", "河滩种植")[number % 3]),
        Cell(f"水边人行步道旁{number}号岸坡堆放生活垃圾约{number % 12}立方米，覆盖水边线{length}米"),
        Cell(f"{length}m", length),
        Cell(("一般", "较严重", "重大")[number % 3]),
        Cell(("河长巡河", "遥感图斑", "群众投诉")[number % 3]),
        Cell(found.isoformat(), found),
        Cell(("赵春", "钱文海", "孙国")[number % 3]),
        Cell("砚溪镇某养殖场" if number % 4 == 0 else ""),
        Cell(f"TB{number:03d}" if number % 3 == 1 else ""),
        Cell("汛前碍洪排查" if number % 5 == 0 else ""),
        Cell(),
    )


def issue_list(
    count: int, *, sign_on: SignOn = SignOn.EVERY_PAGE, rows: tuple[tuple[Cell, ...], ...] = ()
) -> Document:
    made = rows or tuple(issue_row(number) for number in range(1, count + 1))
    return Document(
        title="砚溪镇河湖问题清单",
        office="砚溪镇河长办",
        dated=DATED,
        head=(
            Labelled("填报单位", "砚溪镇河长办"),
            Labelled("日期", "2025-04-02"),
            Labelled("编号", "砚河长办〔2025〕3号"),
        ),
        blocks=(Table(ISSUE_COLUMNS, made),),
        signatures=SIGNATURES,
        sign_on=sign_on,
        notes=(f"本清单共{len(made)}件。", "规模按问题种类填面积、长度或体积。"),
    )


def hostile_list() -> Document:
    blank = Cell()
    rows = tuple(
        (Cell(str(at), at), Cell(text), *(blank,) * 9, Cell(text * 2), *(blank,) * 9)
        for at, text in enumerate(HOSTILE, start=1)
    )
    return issue_list(0, rows=rows)


def sign_off_list() -> Document:
    columns = (
        Column("序号", 2.5, Kind.NUMBER),
        Column("问题编号", 8, Kind.CODE),
        Column("河湖名称", 5),
        Column("问题简述", 18),
        Column("整改时限", 5.5, Kind.DATE),
        Column("签收单位", 6),
        Column("签收人签字", 6),
        Column("签收日期", 6),
    )
    rows: list[tuple[Cell, ...] | Group] = []
    number = 0
    for village, count in (("上砚村", 3), ("下砚村", 22), ("樟树下村", 20)):
        rows.append(Group(f"{village}（{count}件）"))
        for _ in range(count):
            number += 1
            rows.append(
                (
                    Cell(str(number), number),
                    Cell(f"砚溪-2025-{number:04d}"),
                    Cell("砚溪"),
                    Cell("岸坡堆放生活垃圾约3立方米，覆盖水边线5米"),
                    Cell("2025-03-15", date(2025, 3, 15)),
                    Cell(village),
                    Cell(),
                    Cell(),
                )
            )
    return Document(
        title="砚溪镇河湖问题销号签收单",
        office="砚溪镇河长办",
        dated=DATED,
        head=(Labelled("填报单位", "砚溪镇河长办"), Labelled("日期", "2025-04-02")),
        blocks=(Table(columns, tuple(rows), lines=1.6),),
        signatures=SIGNATURES[:2],
    )


def _rate_table(caption: str) -> Table:
    columns = (
        Column("村", 5),
        Column("期初", 3, Kind.NUMBER, "存量"),
        Column("新增", 3, Kind.NUMBER, "存量"),
        Column("反弹", 3, Kind.NUMBER, "存量"),
        Column("销号", 3, Kind.NUMBER, "存量"),
        Column("期末", 3, Kind.NUMBER, "存量"),
        Column("到期", 3, Kind.NUMBER, "时限"),
        Column("按期", 3, Kind.NUMBER, "时限"),
        Column("销号率", 4, Kind.NUMBER),
    )
    counts = [(Cell(str(n), n), Cell(f"{n * 1200:,}", n * 1200)) for n in range(5)]
    rows = tuple(
        (Cell(name), *counts[at][:1] * 5, *counts[at][:2], Cell("96.7%", Decimal("0.96666")))
        for at, name in enumerate(("上砚村", "下砚村", "白鹭洲村", "古井村"))
    )
    total = (Cell("合计"), *counts[4][:1] * 7, Cell("—"))
    return Table(columns, rows, total=total, caption=caption)


def monthly_report() -> Document:
    blocks: list[Block] = []
    for heading in ("一、总体情况", "二、主要做法", "三、存在问题", "四、下步打算"):
        blocks.append(Paragraph(heading, Level.HEADING))
        blocks.append(Paragraph("（一）巡河履职", Level.SUBHEADING))
        blocks.append(
            Paragraph(
                "本月全镇各级河长应巡149次，实巡152次，有效146次，达标率97.3%；"
                "发现问题11件，已销号9件，整改销号率96.7%，比上月提高1.2个百分点。" * 2
            )
        )
    facts = ("河道数", "18", "河段数", "20", "河道长度(km)", "75.9", "河长数", "45")
    form = FormTable(
        widths=(2, 1, 2, 1),
        rows=(
            tuple(FormCell(text, label=at % 2 == 0) for at, text in enumerate(facts[:4])),
            tuple(FormCell(text, label=at % 2 == 0) for at, text in enumerate(facts[4:])),
            (FormCell("说明", label=True), FormCell("河长数含市县两级。", columns=3, lines=3)),
        ),
        caption="表一 基本情况",
    )
    blocks.append(form)
    blocks.extend(_rate_table(f"表{number} 问题整改情况") for number in ("二", "三", "四", "五", "六", "七"))
    blocks.append(Turn(Orientation.LANDSCAPE))
    listed = tuple(issue_row(number) for number in range(1, 9))
    blocks.append(Table(ISSUE_COLUMNS, listed, caption="表八 逾期及重点问题清单"))
    blocks.append(Table(ISSUE_COLUMNS, (), caption="表九 下月到期清单"))
    return Document(
        title="砚溪镇河长制工作月报（2025年3月）",
        office="砚溪镇河长办",
        dated=DATED,
        head=(Labelled("填报单位", "砚溪镇河长办"), Labelled("报送日期", "2025-04-02")),
        blocks=tuple(blocks),
        notes=(
            "整改销号率＝累计已销号÷累计属实×100%。",
            "达标率＝有效巡河次数÷应巡次数×100%，按层级封顶计次。" * 3,
        ),
        signatures=SIGNATURES[:3],
        sign_on=SignOn.LAST_PAGE,
        style=Style.LETTER,
        orientation=Orientation.PORTRAIT,
    )
