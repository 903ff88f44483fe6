"""What the tables of a ledger are called in Chinese."""

from __future__ import annotations

_NAMES = {
    "area": "行政区",
    "water": "河湖",
    "reach": "河段",
    "reach_area": "河段流经村",
    "person": "人员",
    "tenure": "任职",
    "tenure_reach": "负责河段",
    "patrol_rule": "巡河规则",
    "patrol": "巡河记录",
    "patrol_reach": "巡查河段",
    "patrol_check": "巡查项目",
    "category": "问题分类",
    "campaign": "专项",
    "problem": "问题",
    "problem_campaign": "问题的专项",
    "problem_round": "问题轮次",
    "problem_step": "问题流转",
    "step": "问题流转",
    "work": "整改工作量",
    "paper": "文书",
    "paper_problem": "文书所列问题",
    "attachment": "附件",
    "number_series": "编号",
    "setting": "设置",
    "user": "用户",
    "import_batch": "批次",
    "closing_rule": "销号权限",
    "proof_rule": "佐证要求",
    "deadline_default": "时限",
    "ladder_step": "督促阶梯",
    "look_back_rule": "回头看间隔",
    "holiday": "节假日",
    "sweep": "举一反三",
    "sweep_answer": "举一反三答复",
    "zero_report": "零报告",
    "patch": "图斑",
    "month_close": "月结",
    "frozen_body": "月结内容",
    "report_text": "报告文字",
    "saved_report": "自定义报表",
    "light_rule": "红黄绿标准",
}


def ledger_name(table: str) -> str:
    """The Chinese name of *table*."""
    return _NAMES.get(table, table)


def known_names() -> frozenset[str]:
    """The tables that have a name."""
    return frozenset(_NAMES)
