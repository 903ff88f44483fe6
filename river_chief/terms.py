"""Code lists of the trade: each member has a stable code (stored) and a Chinese label (shown).

A code never changes its meaning and is never used again. What an office may extend or
rename is a row in the ledger; what needs code to mean something stands here.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self


class Term(StrEnum):
    """A member of a code list: ``value`` is the stored code, ``label`` the Chinese word."""

    label: str

    def __new__(cls, code: str, label: str = "") -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member

    @classmethod
    def of_label(cls, text: str) -> Self | None:
        """Return the member whose label or code is *text*, or None."""
        wanted = text.strip()
        for member in cls:
            if wanted in (member.label, member.value):
                return member
        return None


class AreaLevel(Term):
    """行政区划层级."""

    CITY = "city", "市"
    COUNTY = "county", "县"
    TOWN = "town", "乡镇"
    VILLAGE = "village", "村"


class Level(Term):
    """河长层级, also the highest chief of a reach (河湖级别)."""

    CITY = "city", "市级"
    COUNTY = "county", "县级"
    TOWN = "town", "乡级"
    VILLAGE = "village", "村级"


class WaterKind(Term):
    """河湖类型."""

    RIVER = "river", "河流"
    CREEK = "creek", "溪沟"
    CANAL = "canal", "渠道"
    DRAIN = "drain", "排涝沟"
    RESERVOIR = "reservoir", "水库"
    LAKE = "lake", "湖塘"
    SMALL = "small", "小微水体"


class WaterClass(Term):
    """水质类别 (GB 3838)."""

    I = "1", "Ⅰ"  # noqa: E741 - the standard's own name of the class
    II = "2", "Ⅱ"
    III = "3", "Ⅲ"
    IV = "4", "Ⅳ"
    V = "5", "Ⅴ"
    WORSE = "6", "劣Ⅴ"


class Bank(Term):
    """岸别."""

    LEFT = "left", "左岸"
    RIGHT = "right", "右岸"
    BOTH = "both", "两岸"
    MIDDLE = "middle", "河中"


class Datum(Term):
    """坐标系."""

    CGCS2000 = "cgcs2000", "CGCS2000"
    WGS84 = "wgs84", "WGS84"
    GCJ02 = "gcj02", "GCJ-02"
    BD09 = "bd09", "BD-09"
    UNKNOWN = "unknown", "未知"


class Gender(Term):
    """性别."""

    MALE = "male", "男"
    FEMALE = "female", "女"


class Role(Term):
    """任职角色."""

    GENERAL_CHIEF = "general_chief", "总河长"
    DEPUTY_GENERAL_CHIEF = "deputy_general_chief", "副总河长"
    CHIEF = "chief", "河长"
    PATROLLER = "patroller", "巡查员"
    CLEANER = "cleaner", "保洁员"
    POLICE = "police", "河湖警长"
    PROSECUTOR = "prosecutor", "河湖检察长"
    RANGER = "ranger", "河道专管员"
    CIVIL_CHIEF = "civil_chief", "民间河长"
    OFFICER = "officer", "河长办工作人员"

    @property
    def is_chief(self) -> bool:
        """Whether a tenure of this role is one of a river chief (河长)."""
        return self in (Role.GENERAL_CHIEF, Role.DEPUTY_GENERAL_CHIEF, Role.CHIEF)


class Severity(Term):
    """严重程度."""

    MINOR = "minor", "一般"
    SERIOUS = "serious", "较严重"
    MAJOR = "major", "重大"


class Source(Term):
    """问题来源; the codes are the product's own."""

    CHIEF = "Y01", "河长巡河"
    PATROLLER = "Y02", "巡查员/保洁员"
    TOWN = "Y03", "乡镇自查"
    COUNTY = "Y04", "县级督查暗访"
    CITY = "Y05", "市级督查"
    PROVINCE = "Y06", "省级督查"
    MINISTRY = "Y07", "水利部/流域暗访"
    SATELLITE = "Y08", "遥感图斑"
    ENVIRONMENT = "Y09", "环保督察"
    PROSECUTION = "Y10", "检察公益诉讼"
    COMPLAINT = "Y11", "群众投诉"
    MEDIA = "Y12", "媒体网络"
    INSTRUCTION = "Y13", "领导批示"
    OTHER = "Y99", "其他"

    @property
    def is_own(self) -> bool:
        """Whether the township or its villages found the problem themselves (自查)."""
        return self in (Source.CHIEF, Source.PATROLLER, Source.TOWN)


class Measure(Term):
    """规模 of a problem: the letters stand in the grade rules."""

    AREA = "A", "面积"
    LENGTH = "L", "长度"
    VOLUME = "V", "体积"
    WEIGHT = "W", "重量"
    COUNT = "N", "数量"

    @property
    def unit(self) -> str:
        """The unit a quantity of this measure is kept in."""
        return {"A": "㎡", "L": "m", "V": "m³", "W": "t", "N": "处"}[self.value]


class State(Term):
    """状态 of a problem in the closed loop."""

    DRAFT = "draft", "草稿"
    TO_VERIFY = "to_verify", "待核实"
    TO_ASSIGN = "to_assign", "待交办"
    TO_SIGN = "to_sign", "待签收"
    RECTIFYING = "rectifying", "整改中"
    TO_ACCEPT = "to_accept", "待验收"
    TO_CLOSE = "to_close", "待销号"
    CLOSED = "closed", "已销号"
    UNFOUNDED = "unfounded", "不属实"
    MERGED = "merged", "重复并案"
    HANDED_OVER = "handed_over", "移交上报"
    SUSPENDED = "suspended", "挂账"
    VOIDED = "voided", "作废"


class Action(Term):
    """流转动作; the transition table is rules/workflow.py."""

    REGISTER = "register", "登记"
    VERIFY = "verify", "核实属实"
    REFUTE = "refute", "核实不属实"
    MERGE = "merge", "重复并案"
    HAND_OVER = "hand_over", "移交上报"
    ASSIGN = "assign", "交办"
    SIGN_FOR = "sign_for", "签收"
    HAND_BACK = "hand_back", "责任退回"
    PROGRESS = "progress", "整改进展"
    EXTEND = "extend", "延期"
    SUBMIT = "submit", "反馈完成"
    ACCEPT = "accept", "验收通过"
    REJECT = "reject", "验收退回"
    REPORT = "report", "上报销号"
    CLOSE = "close", "销号"
    RETURN = "return", "上级退回"
    LOOK_BACK = "look_back", "回头看"
    RELAPSE = "relapse", "反弹"
    SUSPEND = "suspend", "挂账"
    RESUME = "resume", "恢复整改"
    REPLY = "reply", "收到答复"
    TAKE_BACK = "take_back", "转回本级"
    REMIND = "remind", "提醒"
    URGE = "urge", "催办"
    SUPERVISE = "supervise", "督办"
    CIRCULATE = "circulate", "通报"
    SUMMON = "summon", "约谈"
    ACCOUNT = "account", "问责建议"
    VOID = "void", "作废"


class Origin(Term):
    """How a round of a problem began."""

    FOUND = "found", "新增"
    RELAPSE = "relapse", "反弹"
    RETURNED = "returned", "转回"


class Exit(Term):
    """How a round of a problem ended; the codes are those of the state it ends in."""

    CLOSED = "closed", "销号"
    UNFOUNDED = "unfounded", "不属实"
    MERGED = "merged", "并案"
    HANDED_OVER = "handed_over", "移交"
    VOIDED = "voided", "作废"


class Closer(Term):
    """Who may strike a problem off (销号权限)."""

    TOWN = "town", "乡镇河长办"
    COUNTY = "county", "县级河长办"
    CITY = "city", "市级河长办"
    PROVINCE = "province", "省级河长办"
    ASSIGNER = "assigner", "交办单位"


class Proof(Term):
    """佐证 a step may need."""

    BEFORE_PHOTO = "before_photo", "整改前照片"
    AFTER_PHOTO = "after_photo", "整改后照片"
    MEASURED = "measured", "规模数量"
    WORK = "work", "工作量"
    TWO_ACCEPTORS = "two_acceptors", "两名验收人"
    SIGNED_SCAN = "signed_scan", "签字扫描件"


class Clock(Term):
    """What a deadline of the table is for (时限环节)."""

    VERIFY = "verify", "核实"
    ASSIGN = "assign", "交办"
    SIGN_FOR = "sign_for", "签收"
    HAND_BACK = "hand_back", "责任退回"
    RECTIFY = "rectify", "整改"
    ACCEPT = "accept", "验收"
    ANSWER = "answer", "督促答复"


class StartEvent(Term):
    """What a deadline is counted from (起算)."""

    FOUND = "found", "发现"
    REGISTERED = "registered", "登记"
    VERIFIED = "verified", "核实"
    ASSIGNED = "assigned", "交办"
    SIGNED = "signed", "签收"
    SUBMITTED = "submitted", "反馈完成"
    ISSUED = "issued", "印发文书"


class Trigger(Term):
    """What a step of the ladder (督促阶梯) waits for."""

    BEFORE_DUE = "before_due", "到期前"
    AFTER_DUE = "after_due", "逾期"
    OVERDUE_COUNT = "overdue_count", "逾期数量"
    RATE_BELOW = "rate_below", "比率连续偏低"
    RANK_LAST = "rank_last", "连续排名末位"
    RELAPSE = "relapse", "反弹"


class Target(Term):
    """Whom a step of the ladder goes to (督促对象)."""

    OFFICER = "officer", "直接责任人"
    UNIT = "unit", "责任单位"
    VILLAGE_CHIEF = "village_chief", "村级河长"
    TOWN_CHIEF = "town_chief", "乡级河长"
    VILLAGE = "village", "村"
    ABOVE = "above", "上级或纪检"


class Scope(Term):
    """What a sweep (举一反三) asks one by one."""

    VILLAGE = "village", "逐村"
    REACH = "reach", "逐河段"


class SweepReply(Term):
    """The answer of one village or reach to a sweep."""

    NONE = "none", "已查无此类问题"
    FOUND = "found", "发现同类问题"
    NOT_CONCERNED = "not_concerned", "不涉及"


class ZeroState(Term):
    """What a village has told of a month (零报告)."""

    SIGNED = "signed", "零报告"
    FOUND = "found", "有发现"
    CONTRADICTED = "contradicted", "与零报告不符"
    MISSING = "missing", "未报"


class Verdict(Term):
    """核查结论 of a patch (图斑)."""

    REAL = "real", "属实"
    NOT_REAL = "not_real", "不属实"
    LAWFUL = "lawful", "合法合规"


class Disposal(Term):
    """处置方式."""

    SHUT = "shut", "关停"
    RECTIFY = "rectify", "整改"
    UPGRADE = "upgrade", "提升"
    DEMOLISH = "demolish", "拆除"
    CLEAR = "clear", "清理"


class LookBack(Term):
    """回头看情况."""

    HELD = "held", "未反弹"
    RELAPSED = "relapsed", "已反弹"


class PatrolMode(Term):
    """巡河方式."""

    WALK = "walk", "徒步"
    VEHICLE = "vehicle", "车巡"
    BOAT = "boat", "船巡"
    DRONE = "drone", "无人机"
    ON_SITE = "on_site", "现场处置"


class Performer(Term):
    """由谁巡查."""

    SELF = "self", "本人"
    DELEGATE = "delegate", "委托"


class Entry(Term):
    """How a record came into the ledger (录入方式)."""

    TYPED = "typed", "手工录入"
    PAPER = "paper", "纸质补录"
    SHEET = "sheet", "表格导入"
    APP = "app", "APP导入"


class Answer(Term):
    """Answer to an item of the patrol checklist."""

    YES = "yes", "是"
    NO = "no", "否"
    UNCHECKED = "unchecked", "未查"


class Period(Term):
    """周期 of a patrol rule."""

    WEEK = "week", "周"
    TEN_DAYS = "ten_days", "旬"
    HALF_MONTH = "half_month", "半月"
    MONTH = "month", "月"
    QUARTER = "quarter", "季"
    HALF_YEAR = "half_year", "半年"
    YEAR = "year", "年"


class DutyUnit(Term):
    """What a patrol rule counts for."""

    PER_REACH = "per_reach", "每人每河段"
    PER_CHIEF = "per_chief", "每人"


class DutyMethod(Term):
    """达标 method; three are in live use, see the rule's own sentence."""

    CAPPED = "capped", "封顶计次"
    WINDOWS = "windows", "逐窗口"
    VALID_DAYS = "valid_days", "有效天数"


class DeadlineKind(Term):
    """时限类型."""

    NATURAL_DAYS = "natural_days", "自然日"
    WORKING_DAYS = "working_days", "工作日"
    FIXED_DATE = "fixed_date", "固定日期"
    HOURS = "hours", "小时"


class Phase(Term):
    """What an attachment shows."""

    BEFORE = "before", "整改前"
    DURING = "during", "整改中"
    AFTER = "after", "整改后"
    LOOK_BACK = "look_back", "回头看"
    PATROL = "patrol", "巡河"
    SCAN = "scan", "扫描件"
    EVIDENCE = "evidence", "佐证"


class PaperKind(Term):
    """文书种类."""

    ASSIGN = "assign", "交办单"
    SUPERVISE = "supervise", "督办单"
    REMIND = "remind", "提醒函"
    URGE = "urge", "催办单"
    CIRCULATE = "circulate", "通报"
    SUMMON = "summon", "约谈通知书"
    ACCOUNT = "account", "问责建议书"
    EXTEND = "extend", "延期审批表"
    PUBLICISE = "publicise", "公示"
    CLOSE = "close", "销号确认单"
    HAND_OVER = "hand_over", "移送函"
    LIST = "list", "清单"
    REPORT = "report", "月报"


class ImportKind(Term):
    """What a workbook brings."""

    AREAS = "areas", "行政区划"
    WATERS = "waters", "河湖"
    REACHES = "reaches", "河段"
    CHIEFS = "chiefs", "河长人员"
    PATROLS = "patrols", "巡河记录"
    PROBLEMS = "problems", "问题"
    PATCHES = "patches", "图斑"


class BatchState(Term):
    """状态 of an import batch."""

    APPLIED = "applied", "已办理"
    UNDONE = "undone", "已撤销"


class UserRole(Term):
    """用户角色."""

    ADMIN = "admin", "管理员"
    CLERK = "clerk", "经办人"
    READER = "reader", "查阅人"


class WorkKind(Term):
    """工作量 of rectification."""

    RUBBISH = "rubbish", "清理垃圾"
    FLOATING = "floating", "打捞漂浮物"
    DREDGED_RIVER = "dredged_river", "疏浚河道"
    DREDGED_CANAL = "dredged_canal", "疏浚渠道"
    DEMOLISHED = "demolished", "拆除"
    LABOUR = "labour", "出动人次"
    MACHINE = "machine", "机械台班"
    MONEY = "money", "投入资金"

    @property
    def unit(self) -> str:
        """The unit amounts of this kind are kept in."""
        return {
            "rubbish": "m³",
            "floating": "t",
            "dredged_river": "km",
            "dredged_canal": "km",
            "demolished": "㎡",
            "labour": "人次",
            "machine": "台班",
            "money": "万元",
        }[self.value]


class Light(Term):
    """红黄绿: how a rate stands against the office's table."""

    GREEN = "green", "绿"
    YELLOW = "yellow", "黄"
    RED = "red", "红"

    @property
    def mark(self) -> str:
        """Its shape and its word: ● 绿, ▲ 黄, ■ 红; told apart without colour."""
        shape = {"green": "●", "yellow": "▲", "red": "■"}[self.value]
        return f"{shape} {self.label}"


class ReportPart(Term):
    """The four parts of a report's text."""

    SITUATION = "situation", "总体情况"
    MEASURES = "measures", "主要做法"
    LACKING = "lacking", "存在问题"
    NEXT = "next", "下步打算"


class ReportLedger(Term):
    """Of what a saved report tells."""

    PROBLEMS = "problems", "问题"
    PATROLS = "patrols", "巡河"


class ReportShape(Term):
    """自定义报表: numbers for each line of a grouping, or the rows themselves."""

    TABLE = "table", "统计表"
    LIST = "list", "明细表"


class ReportSpan(Term):
    """The days of a saved report, reckoned from the month or the days it is run for."""

    ASKED = "asked", "每次选定"
    THIS_MONTH = "this_month", "本月"
    LAST_MONTH = "last_month", "上月"
    THIS_QUARTER = "this_quarter", "本季度"
    THIS_YEAR = "this_year", "本年累计"
    EVER = "ever", "历年累计"
    FIXED = "fixed", "固定日期"


class ReportDays(Term):
    """Which records belong into a saved report: those of which this day lies in its period."""

    ANY = "any", "不限"
    REGISTERED = "registered", "统计期内登记的"
    FOUND = "found", "统计期内发现的"
    STOCK = "stock", "统计期内在账的"
    DEADLINE = "deadline", "时限在统计期内的"
    CLOSED = "closed", "统计期内销号的"


class Grouping(Term):
    """By what a saved report is broken down; ``is_plural``: a record may stand in several lines."""

    VILLAGE = "village", "所在村"
    UNIT = "unit", "责任单位"
    GROUP = "group", "问题大类"
    CATEGORY = "category", "问题子类"
    SEVERITY = "severity", "严重程度"
    SOURCE = "source", "问题来源"
    STATE = "state", "当前状态"
    DISPOSAL = "disposal", "处置方式"
    CAMPAIGN = "campaign", "专项"
    WATER = "water", "河湖"
    REACH = "reach", "河段"
    CHIEF = "chief", "河长"
    FINDER = "finder", "发现人"
    FOUND_MONTH = "found_month", "发现月份"
    REGISTERED_MONTH = "registered_month", "登记月份"
    CLOSED_MONTH = "closed_month", "销号月份"
    WALKER = "walker", "巡河人员"
    AREA = "area", "行政区"
    LEVEL = "level", "层级"
    PATROL_MONTH = "patrol_month", "巡河月份"

    @property
    def is_plural(self) -> bool:
        """Whether the lines need not add up to the whole."""
        return self in (Grouping.CAMPAIGN, Grouping.CHIEF)

    @property
    def ledger(self) -> ReportLedger:
        """The ledger it groups."""
        ours = (Grouping.WALKER, Grouping.AREA, Grouping.LEVEL, Grouping.PATROL_MONTH)
        return ReportLedger.PATROLS if self in ours else ReportLedger.PROBLEMS
