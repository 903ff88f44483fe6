"""Every field of the patches (图斑) that are checked on the spot, in the order of the check table."""

from __future__ import annotations

from river_chief.fields.field import Field, FieldSet, Kind
from river_chief.terms import Datum, Verdict

PATCHES = FieldSet(
    "patch",
    Field("number", "图斑编号", synonyms=("图斑号", "斑块编号", "图斑序号", "疑似图斑编号"), width=8),
    Field("campaign", "专项", synonyms=("专项行动", "所属专项", "批次"), width=6),
    Field(
        "water_name",
        "河湖名称",
        synonyms=("河湖", "河流名称", "河道名称", "所在河湖", "关联河湖", "河道"),
        width=6,
    ),
    Field("reach_name", "河段", synonyms=("河段名称", "所在河段"), width=8),
    Field("town_name", "所在乡镇", synonyms=("乡镇", "镇街", "所属乡镇", "乡镇街道"), width=5),
    Field(
        "village_name",
        "所在村",
        synonyms=("村", "村社区", "所属村", "行政村", "村（社区）", "所在村（社区）"),
        width=6,
    ),
    Field("place", "具体位置", synonyms=("位置", "地点", "地址", "详细地址", "图斑位置"), width=11),
    Field("position_text", "地理坐标", synonyms=("坐标", "经纬度", "中心坐标", "坐标位置"), width=11),
    Field("lon", "经度", Kind.NUMBER, synonyms=("中心经度", "中心点经度", "东经"), width=6, digits=6),
    Field("lat", "纬度", Kind.NUMBER, synonyms=("中心纬度", "中心点纬度", "北纬"), width=6, digits=6),
    Field("datum", "坐标系", Kind.TERM, width=5, term=Datum),
    Field("area_m2", "面积", Kind.NUMBER, synonyms=("图斑面积", "占地面积", "疑似面积"), unit="㎡", width=4),
    Field(
        "suspected",
        "疑似类型",
        synonyms=("疑似问题类型", "疑似问题", "图斑类型", "解译类型", "问题类型", "地物类型"),
        width=7,
    ),
    Field("handed_on", "下发日期", Kind.DATE, synonyms=("下发时间", "交办日期", "交办时间"), width=7),
    Field(
        "due_on", "核查期限", Kind.DATE, synonyms=("核查时限", "完成时限", "要求完成时间", "期限"), width=7
    ),
    Field("verdict", "核查结论", Kind.TERM, synonyms=("是否属实", "核查结果", "结论"), width=5, term=Verdict),
    Field("checked_on", "核查日期", Kind.DATE, synonyms=("核查时间", "现场核查时间"), width=7),
    Field("checker", "核查人", synonyms=("核查人员",), width=5),
    Field("shows", "现场情况", synonyms=("现状", "实际地物", "现场地物", "实际用途", "现状用途"), width=7),
    Field("words", "核查说明", Kind.LONG_TEXT, synonyms=("情况说明", "核查情况", "说明"), width=13),
    Field("photos", "照片张数", Kind.INTEGER, width=3),
    Field("exception", "无照片说明", Kind.LONG_TEXT, width=8),
    Field("problem_number", "登记问题", width=6),
    Field("problem_state", "问题状态", width=5),
    Field("note", "备注", Kind.LONG_TEXT, width=6),
    Field("voided_on", "作废日期", Kind.DATE, width=7),
    Field("void_reason", "作废原因", width=8),
)
