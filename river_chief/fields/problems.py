"""Every field of the problem ledger (问题台账), in the order of the ledger's columns.

Labels and the columns of the three lists follow the common practice of counties; offices re-order
them freely, so each list is only a choice of keys.
"""

from __future__ import annotations

from river_chief.fields.field import Field, FieldSet, Kind
from river_chief.terms import Bank, Closer, Datum, Disposal, LookBack, Severity, Source, State

PROBLEMS = FieldSet(
    "problem",
    Field("number", "问题编号", synonyms=("编号", "问题序号", "事件编号", "台账编号"), width=9),
    Field(
        "outside_number", "上级编号", synonyms=("交办编号", "上级问题编号", "县级编号", "来文编号"), width=9
    ),
    Field("state", "当前状态", Kind.TERM, synonyms=("状态", "处理状态", "整改状态"), width=5, term=State),
    Field(
        "found_on",
        "发现时间",
        Kind.DATE,
        synonyms=("发现日期", "上报时间", "上报日期", "检查时间", "排查时间"),
        width=6,
    ),
    Field("registered_on", "登记时间", Kind.DATE, synonyms=("登记日期",), width=6),
    Field("finder", "发现人", synonyms=("上报人", "检查人", "排查人", "巡查人"), width=5),
    Field("source", "问题来源", Kind.TERM, synonyms=("来源", "事件来源", "线索来源"), width=6, term=Source),
    Field(
        "water_name",
        "河湖名称",
        synonyms=("关联河湖", "河流名称", "河道名称", "所在河湖", "河湖", "河道", "所属河流"),
        width=6,
    ),
    Field("reach_name", "河段", synonyms=("河段名称", "所在河段", "关联河段"), width=8),
    Field("reach_level", "河湖级别", synonyms=("河道等级", "河道级别", "河湖等级"), width=4),
    Field("town_name", "所在乡镇", synonyms=("乡镇", "镇街", "所属乡镇", "乡镇街道"), width=5),
    Field(
        "village_name",
        "所在村",
        synonyms=("村", "村社区", "所属村", "行政村", "村（社区）", "所在村（社区）"),
        width=5,
    ),
    Field(
        "place", "具体位置", synonyms=("详细地址", "地址", "地点", "位置", "问题位置", "具体地点"), width=11
    ),
    Field("stake", "桩号", width=5),
    Field("bank", "岸别", Kind.TERM, width=3, term=Bank),
    Field("position_text", "地理坐标", synonyms=("坐标", "经纬度", "地理位置", "坐标位置"), width=12),
    Field("lon", "经度", Kind.NUMBER, synonyms=("中心经度", "东经"), width=6, digits=6),
    Field("lat", "纬度", Kind.NUMBER, synonyms=("中心纬度", "北纬"), width=6, digits=6),
    Field("datum", "坐标系", Kind.TERM, width=5, term=Datum),
    Field(
        "category_group", "问题大类", synonyms=("四乱类型", "问题类型", "类型", "问题类别", "大类"), width=4
    ),
    Field("category_name", "问题子类", synonyms=("子类", "问题小类", "具体类型", "小类", "细类"), width=7),
    Field("category_code", "分类代码", synonyms=("问题代码", "类型代码"), width=4),
    Field(
        "description",
        "问题描述",
        Kind.LONG_TEXT,
        synonyms=("问题情况", "描述", "问题内容", "存在问题", "主要问题", "问题概况"),
        width=16,
    ),
    Field("brief", "问题简述", Kind.LONG_TEXT, width=13),
    Field("extent", "规模", width=6),
    Field(
        "area_m2",
        "面积",
        Kind.NUMBER,
        synonyms=("占地面积", "涉及面积", "占用面积", "违建面积"),
        unit="㎡",
        width=4,
    ),
    Field("length_m", "长度", Kind.NUMBER, synonyms=("涉及长度", "占用岸线长度"), unit="m", width=4),
    Field(
        "volume_m3", "体积", Kind.NUMBER, synonyms=("方量", "堆放量", "数量（立方米）"), unit="m³", width=4
    ),
    Field("weight_t", "重量", Kind.NUMBER, synonyms=("吨数",), unit="t", width=4),
    Field("count_n", "数量", Kind.NUMBER, synonyms=("处数", "个数"), unit="处", width=4),
    Field(
        "severity",
        "严重程度",
        Kind.TERM,
        synonyms=("问题等级", "程度", "问题程度", "等级"),
        width=4,
        term=Severity,
    ),
    Field("suggested_severity", "建议等级", Kind.TERM, width=4, term=Severity),
    Field("severity_reason", "等级说明", width=8),
    Field(
        "party",
        "涉事单位(个人)",
        synonyms=("涉事单位", "涉事单位（个人）", "责任主体", "违法主体", "当事人"),
        width=6,
    ),
    Field("patch_number", "图斑编号", synonyms=("图斑号",), width=6),
    Field("campaigns", "专项", synonyms=("专项行动", "所属专项"), width=6),
    Field("note", "备注", Kind.LONG_TEXT, synonyms=("说明",), width=6),
    Field("unit", "责任单位", synonyms=("通知单位", "整改单位", "整改责任单位", "责任主体单位"), width=6),
    Field("lead_department", "牵头部门", synonyms=("牵头单位",), width=6),
    Field("helping_departments", "配合部门", synonyms=("配合单位", "协办单位"), width=6),
    Field("county_chief", "县级河长", width=4),
    Field("town_chief", "乡级河长", synonyms=("镇级河长", "乡镇级河长"), width=4),
    Field("village_chief", "村级河长", width=4),
    Field("chief_name", "河长姓名", synonyms=("责任河长", "河长", "河湖长"), width=4),
    Field("leader", "责任领导", synonyms=("分管领导", "包抓领导"), width=4),
    Field("officer", "直接责任人", synonyms=("责任人", "整改责任人", "通知人员"), width=5),
    Field("officer_title", "职务", width=6),
    Field("officer_phone", "联系电话", synonyms=("联系方式", "电话", "手机"), width=6),
    Field("assign_number", "交办单号", synonyms=("交办文号",), width=8),
    Field("assigned_on", "交办时间", Kind.DATE, synonyms=("交办日期",), width=6),
    Field(
        "first_deadline", "整改时限", Kind.DATE, synonyms=("整改期限", "完成时限", "要求完成时间"), width=6
    ),
    Field("extended_deadline", "延期后时限", Kind.DATE, width=6),
    Field("deadline", "现行时限", Kind.DATE, width=6),
    Field("supervisor", "督办人", width=4),
    Field("responsibility_note", "责任备注", Kind.LONG_TEXT, width=6),
    Field(
        "goal",
        "整改目标(标准)",
        Kind.LONG_TEXT,
        synonyms=("整改目标", "整改要求", "整治标准", "整改标准"),
        width=9,
    ),
    Field(
        "disposal",
        "处置方式",
        Kind.TERM,
        synonyms=("处置类型", "处置分类", "整治方式", "分类处置"),
        width=4,
        term=Disposal,
    ),
    Field("measures", "整改措施", Kind.LONG_TEXT, synonyms=("措施",), width=9),
    Field("progress", "整改进展", Kind.LONG_TEXT, synonyms=("整改情况", "进展情况", "整改完成情况"), width=9),
    Field("rectified_on", "完成时间", Kind.DATE, synonyms=("整改完成时间", "整改完成日期"), width=6),
    Field("on_time", "是否按期", Kind.FLAG, width=3),
    Field("overdue_days", "逾期天数", Kind.INTEGER, width=3),
    Field("days_left", "剩余天数", Kind.INTEGER, width=4),
    Field("step_due", "办理期限", Kind.DATE, width=6),
    Field("waiting", "办理超时", width=8),
    Field("accepted_on", "验收时间", Kind.DATE, synonyms=("验收日期",), width=6),
    Field("acceptors", "验收人", width=5),
    Field("closer", "销号权限", Kind.TERM, width=6, term=Closer),
    Field("reported_on", "上报销号时间", Kind.DATE, width=6),
    Field("is_closed", "是否销号", Kind.FLAG, width=3),
    Field("closed_on", "销号时间", Kind.DATE, synonyms=("销号日期",), width=6),
    Field("look_back", "回头看情况", Kind.TERM, synonyms=("回头看",), width=5, term=LookBack),
    Field("look_back_on", "回头看时间", Kind.DATE, width=6),
    Field("unfinished_reason", "未完成原因", Kind.LONG_TEXT, width=7),
    Field("next_step", "下步措施", Kind.LONG_TEXT, width=7),
    Field("suspended_until", "挂账至", Kind.DATE, width=6),
    Field("suspended_by", "挂账批准人", width=6),
    Field("handed_to", "移交单位", synonyms=("移送单位", "接收单位"), width=6),
    Field("letter_number", "移交文号", synonyms=("移送文号",), width=8),
    Field("replied_on", "答复时间", Kind.DATE, width=6),
    Field("hand_over_reply", "移交答复", Kind.LONG_TEXT, width=8),
    Field("merged_into", "并入问题", width=9),
    Field("rectification_note", "整改备注", Kind.LONG_TEXT, width=6),
)

# 三张清单 (columns of the issue, responsibility and rectification lists; 序号 stands before them).
ISSUE_LIST = (
    "number water_name reach_name reach_level village_name place lon lat category_group category_name "
    "description extent severity source found_on finder party patch_number campaigns note"
).split()
RESPONSIBILITY_LIST = (
    "number water_name brief unit lead_department helping_departments county_chief town_chief village_chief "
    "leader officer officer_title officer_phone assign_number assigned_on first_deadline extended_deadline supervisor "
    "responsibility_note"
).split()
RECTIFICATION_LIST = (
    "number water_name brief goal measures first_deadline extended_deadline progress state rectified_on "
    "on_time overdue_days accepted_on acceptors is_closed closed_on look_back unfinished_reason next_step "
    "rectification_note"
).split()
