"""设置: the office, its rules and words, who works here, what was done, and the ledger itself."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from river_chief.queries.office_tables import (
    CAMPAIGN_TABLE,
    CATEGORY_TABLE,
    RULE_TABLE,
    USER_TABLE,
    OfficeFilter,
)
from ui.dialogs import office_rows
from ui.pages.journal_tab import BatchTab, JournalTab
from ui.pages.ledger_tab import LedgerTab
from ui.pages.office_form import OfficeForm
from ui.pages.register_tab import Doing, RegisterTab
from ui.pages.tabbed import TabbedPage
from ui.workspace import Workspace


class SettingsPage(TabbedPage):
    """``show_asked`` takes a tab's name."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(
            workspace,
            "设置",
            {
                "单位": lambda: OfficeForm(workspace),
                "巡河规则": self._rules,
                "问题分类": self._categories,
                "专项": self._campaigns,
                "用户": self._users,
                "操作日志": lambda: JournalTab(workspace),
                "导入记录": lambda: BatchTab(workspace),
                "台账文件": lambda: LedgerTab(workspace),
            },
        )

    def refresh(self) -> None:
        """What was typed into the form and not saved stays."""
        for tab in self.made.values():
            if isinstance(tab, LedgerTab):
                tab.refresh()
            elif isinstance(tab, OfficeForm) and not tab.is_touched():
                tab.restore()

    def _rules(self) -> QWidget:
        return RegisterTab(
            self.workspace,
            RULE_TABLE,
            OfficeFilter(),
            columns="name:9 level:4 role:5 kind:5 period:4 count:4 flood_count:5 min_minutes:7 min_km:7 "
            "valid_from:7 valid_to:7",
            doings=(
                Doing("新增规则(&N)", self._rule, "plus", needs_row=False, part="main"),
                Doing("修改(&E)", self._rule, "pencil", on_enter=True),
                Doing("停用…", lambda id: self._retire("巡河规则", id), part="danger"),
            ),
            words="谁、多久巡一次、多长才算数。条件写得越具体的规则越优先；随程序带来的规则都可以改。",
            hint="规则名称",
        )

    def _categories(self) -> QWidget:
        return RegisterTab(
            self.workspace,
            CATEGORY_TABLE,
            OfficeFilter(),
            columns="code:5 group_name:6 name:19 alias:9 measure:4 grade:13 standard:21",
            doings=(Doing("修改(&E)", self._category, "pencil", on_enter=True),),
            words="问题类型的叫法、别名、建议等级的规则和整治标准。代码是固定的，改名不影响已有问题。",
            hint="名称、代码、别名",
        )

    def _campaigns(self) -> QWidget:
        return RegisterTab(
            self.workspace,
            CAMPAIGN_TABLE,
            OfficeFilter(),
            columns="name:14 starts_on:7 ends_on:7 target_on:7 keeps_clear:6 note:20",
            doings=(
                Doing("新增专项(&N)", self._campaign, "plus", needs_row=False, part="main"),
                Doing("修改(&E)", self._campaign, "pencil", on_enter=True),
                Doing("停用…", lambda id: self._retire("专项", id), part="danger"),
            ),
            words="专项行动是问题上的标签，一个问题可以有几个。",
            hint="专项名称",
        )

    def _users(self) -> QWidget:
        return RegisterTab(
            self.workspace,
            USER_TABLE,
            OfficeFilter(),
            columns="name:12 role:8",
            doings=(
                Doing("新增用户(&N)", self._user, "plus", needs_row=False, part="main"),
                Doing("改角色(&E)", self._user, "pencil", on_enter=True),
                Doing("停用…", lambda id: self._retire("用户", id), part="danger"),
            ),
            words="登记使用这本台账的人和角色。操作日志按打开台账时的用户署名。",
            hint="用户名",
            empty="还没有用户。一个人使用可以不登记；几个人共用一本台账时，点“新增用户”逐个登记。",
        )

    def _rule(self, id: int) -> None:
        office_rows.rule_dialog(self, self.workspace, id).open()

    def _category(self, id: int) -> None:
        office_rows.category_dialog(self, self.workspace, id).open()

    def _campaign(self, id: int) -> None:
        office_rows.campaign_dialog(self, self.workspace, id).open()

    def _user(self, id: int) -> None:
        office_rows.user_dialog(self, self.workspace, id).open()

    def _retire(self, what: str, id: int) -> None:
        office_rows.retire_dialog(self, self.workspace, what, id).open()
