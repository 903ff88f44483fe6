"""Members of a code list by the words sheets use for them."""

from __future__ import annotations

import re
from typing import TypeVar

from river_chief.intake.cell import CellValue, Unreadable, shown
from river_chief.intake.characters import compact
from river_chief.terms import (
    AreaLevel,
    Bank,
    Datum,
    Disposal,
    Entry,
    Gender,
    Level,
    LookBack,
    PatrolMode,
    Performer,
    Role,
    Severity,
    Source,
    State,
    Term,
    WaterClass,
    WaterKind,
)

SomeTerm = TypeVar("SomeTerm", bound=Term)

# Words that mean one member and no other; what may mean two (“严重”, “上级交办”) is left out.
_SYNONYMS: dict[type[Term], dict[Term, str]] = {
    Level: {
        Level.CITY: "市 地市级 设区市级 市州级",
        Level.COUNTY: "县 区级 县区级 区县级 县市级 县市区级 旗级",
        Level.TOWN: "乡镇 镇 乡 镇级 乡镇级 镇乡级 街道级 镇街级 乡镇街道级 镇街道级",
        Level.VILLAGE: "村 社区 村社级 社区级 村社区级 村居级 行政村级",
    },
    AreaLevel: {
        AreaLevel.CITY: "市级 地市",
        AreaLevel.COUNTY: "县级 区 县区 区县 县(市、区)",
        AreaLevel.TOWN: "乡 镇 街道 乡级 镇级 乡镇级 乡镇街道 乡镇(街道)",
        AreaLevel.VILLAGE: "村级 社区 村社区 村(社区) 行政村 村委会 居委会",
    },
    Severity: {
        Severity.MINOR: "轻微 较轻 一般问题 一般性问题",
        Severity.SERIOUS: "较重 较严重问题 较为严重 比较严重",
        Severity.MAJOR: "重大问题 特别严重",
    },
    Source: {
        Source.CHIEF: "巡河 河长巡查 河长上报 河长报告 河长发现",
        Source.PATROLLER: "巡查员 保洁员 巡查员上报 保洁员上报 巡查员巡查 巡河员",
        Source.TOWN: "自查 镇级自查 乡镇排查 自查自纠 自行排查 乡级自查",
        Source.COUNTY: "县级督查 县级暗访 县级检查 县督查 县暗访 县级巡查 县河长办督查 县级交办",
        Source.CITY: "市级暗访 市级督查暗访 市级检查 市督查 市暗访 市级交办",
        Source.PROVINCE: "省级暗访 省级督查暗访 省级检查 省督查 省暗访 省级交办",
        Source.MINISTRY: "水利部暗访 流域暗访 水利部督查 流域机构暗访 部级暗访 水利部 流域委暗访",
        Source.SATELLITE: "遥感 图斑 卫星遥感 遥感解译 卫星图斑 遥感监测 疑似图斑",
        Source.ENVIRONMENT: "中央环保督察 环保督查 生态环保督察 中央生态环保督察 中央生态环境保护督察 环保",
        Source.PROSECUTION: "公益诉讼 检察建议 检察机关 检察院",
        Source.COMPLAINT: "群众举报 信访 12345 12314 投诉 举报 信访举报 群众反映 电话投诉 市民热线",
        Source.MEDIA: "媒体 媒体曝光 网络舆情 舆情 新闻媒体 社会媒体监督",
        Source.INSTRUCTION: "批示 领导交办",
        Source.OTHER: "其它 其他来源",
    },
    Bank: {
        Bank.LEFT: "左",
        Bank.RIGHT: "右",
        Bank.BOTH: "左右岸 左右两岸 左岸右岸 双岸",
        Bank.MIDDLE: "河道中 河心 水中 河道内",
    },
    Datum: {
        Datum.CGCS2000: "国家2000 2000国家大地坐标系 国家大地2000 国家2000坐标系 2000坐标系 大地2000",
        Datum.WGS84: "WGS-84 84坐标系 WGS1984",
        Datum.GCJ02: "GCJ02 火星坐标 火星坐标系 高德坐标 国测局坐标",
        Datum.BD09: "BD09 百度坐标 百度坐标系",
        Datum.UNKNOWN: "不明 不详",
    },
    Gender: {
        Gender.MALE: "男性 男士",
        Gender.FEMALE: "女性 女士",
    },
    Role: {
        Role.GENERAL_CHIEF: "第一总河长 总河湖长 第一总河湖长",
        Role.DEPUTY_GENERAL_CHIEF: "副总河湖长",
        Role.CHIEF: "河湖长 湖长 河段长 河(湖)长 河(段)长 渠长 塘长 库长",
        Role.PATROLLER: "巡河员 巡查人员 巡护员 河道巡查员",
        Role.CLEANER: "保洁人员 河道保洁员",
        Role.POLICE: "河道警长 警长",
        Role.PROSECUTOR: "检察长 河道检察长",
        Role.RANGER: "专管员 河管员 河湖管护员",
        Role.CIVIL_CHIEF: "民间河湖长 义务河长",
        Role.OFFICER: "河长办 河长办人员 河长办成员 河长制办公室 河长办主任 河湖长办",
    },
    WaterKind: {
        WaterKind.RIVER: "河 河道 江 河流型",
        WaterKind.CREEK: "溪 溪流 溪河 山溪",
        WaterKind.CANAL: "渠 灌渠 干渠 支渠 灌溉渠道",
        WaterKind.DRAIN: "排水沟 排涝渠 排涝干沟 排沟",
        WaterKind.RESERVOIR: "库 水库型",
        WaterKind.LAKE: "湖 湖泊 湖库塘",
        WaterKind.SMALL: "小微",
    },
    WaterClass: {
        WaterClass.I: "I 1类 一类 Ⅰ类",
        WaterClass.II: "II 2类 二类 Ⅱ类",
        WaterClass.III: "III 3类 三类 Ⅲ类",
        WaterClass.IV: "IV 4类 四类 Ⅳ类",
        WaterClass.V: "V 5类 五类 Ⅴ类",
        WaterClass.WORSE: "劣V 劣5类 劣五类 劣Ⅴ类 劣五",
    },
    PatrolMode: {
        PatrolMode.WALK: "步行 走路 步巡",
        PatrolMode.VEHICLE: "车辆 驾车 开车 乘车",
        PatrolMode.BOAT: "乘船 船只 船",
        PatrolMode.DRONE: "无人机巡查 无人机巡河",
        PatrolMode.ON_SITE: "会议现场处置 现场会 现场办公",
    },
    Performer: {
        Performer.SELF: "本人巡查 本人巡河 亲自 是",
        Performer.DELEGATE: "委托巡查 委托巡河 代巡 委托他人 否",
    },
    Entry: {
        Entry.TYPED: "手工 手动录入 人工录入",
        Entry.PAPER: "补录 纸质",
        Entry.SHEET: "导入 批量导入",
        Entry.APP: "APP 手机APP APP上报",
    },
    LookBack: {
        LookBack.HELD: "无反弹 没有反弹 不反弹",
        LookBack.RELAPSED: "反弹 有反弹",
    },
    Disposal: {
        Disposal.SHUT: "关闭 取缔 关停取缔 关停一批",
        Disposal.RECTIFY: "整改规范 规范整改 整改一批",
        Disposal.UPGRADE: "改造提升 规范提升 提升一批",
        Disposal.DEMOLISH: "拆 依法拆除 拆除一批",
        Disposal.CLEAR: "清除 清运 清理整治",
    },
    State: {
        State.RECTIFYING: "正在整改 整改",
        State.CLOSED: "销号 已完成销号",
    },
}
_LEVEL_OF_ROLE = (
    (Level.CITY, re.compile(r"^市(级)?")),
    (Level.COUNTY, re.compile(r"^(县\(市、区\)|县\(市\)|县\(区\)|县区|县|区)(级)?")),
    (Level.TOWN, re.compile(r"^(乡镇\(街道\)|乡\(镇\)|镇\(街道\)|乡镇街道|乡镇|镇街|乡|镇|街道)(级)?")),
    (Level.VILLAGE, re.compile(r"^(村\(社区\)|村\(居\)|村社区|行政村|村居|村|社区)(级)?")),
)


def term(kind: type[SomeTerm], value: CellValue) -> SomeTerm | Unreadable | None:
    """The member of *kind* a cell names, by label, code or a synonym. None for an empty cell."""
    words = compact(shown(value))
    if not words:
        return None
    found = _known(kind, words)
    if found is None and kind is Role:
        found = _known(kind, _without_level(words))
    if found is not None:
        return found
    return Unreadable(f"请填 {'、'.join(member.label for member in kind)} 之一。")


def level_in_role(value: CellValue) -> Level | None:
    """The level that stands in the name of a role: 乡(镇)河长 → 乡级; None where there is none."""
    words = compact(shown(value))
    for level, pattern in _LEVEL_OF_ROLE:
        match = pattern.match(words)
        if match is not None and match.end() < len(words):
            return level
    return None


def _known(kind: type[SomeTerm], words: str) -> SomeTerm | None:
    key, synonyms = _key(words), _SYNONYMS.get(kind, {})
    for member in kind:
        names = (member.label, member.value, *synonyms.get(member, "").split())
        if any(_key(name) == key for name in names):
            return member
    return None


def _key(words: str) -> str:
    """*words* without brackets, in one case, so that 乡（镇）级 and 乡镇级 are the same."""
    return re.sub(r"[()、/\-]", "", compact(words)).upper()


def _without_level(words: str) -> str:
    for _, pattern in _LEVEL_OF_ROLE:
        shorter = pattern.sub("", words, count=1)
        if shorter != words:
            return shorter
    return words
