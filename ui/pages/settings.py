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
from river_chief.queries.rule_tables import (
    CLOSING_TABLE,
    DEADLINE_TABLE,
    LADDER_TABLE,
    LIGHT_TABLE,
    LOOK_BACK_TABLE,
    PROOF_TABLE,
)
from ui.dialogs import ladder_step, office_rows, rule_rows
from ui.pages.holiday_tab import HolidayTab
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
                "时限": self._deadlines,
                "节假日": lambda: HolidayTab(workspace),
                "销号权限": self._closings,
                "佐证要求": self._proofs,
                "督促阶梯": self._ladder,
                "回头看": self._look_backs,
                "红黄绿": self._lights,
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
            columns="code:5 group_name:6 name:19 alias:9 grade_words:24 standard:16",
            doings=(Doing("修改(&E)", self._category, "pencil", on_enter=True),),
            words="问题类型的叫法、别名、建议等级的规则和整治标准。代码是固定的，改名不影响已有问题。",
            hint="名称、代码、别名",
        )

    def _deadlines(self) -> QWidget:
        return RegisterTab(
            self.workspace,
            DEADLINE_TABLE,
            OfficeFilter(),
            columns="clock:5 severity:5 source:7 campaign_name:8 length:8 start:5 rolls:7 note:30",
            doings=(
                Doing("新增时限(&N)", self._deadline, "plus", needs_row=False, part="main"),
                Doing("修改(&E)", self._deadline, "pencil", on_enter=True),
                Doing("停用…", lambda id: self._retire_row("deadline_default", id), part="danger"),
            ),
            words="每个环节限多长时间。写明专项的先用，其次是来源、严重程度；空着的对各种问题都适用。改动只影响以后。",
            hint="专项、备注",
        )

    def _closings(self) -> QWidget:
        return RegisterTab(
            self.workspace,
            CLOSING_TABLE,
            OfficeFilter(),
            columns="source:11 minor:10 serious:10 major:10 note:40",
            doings=(Doing("修改(&E)", self._closing, "pencil", on_enter=True),),
            words="各种来源、各种程度的问题由谁销号。由上级销号的，验收通过后记为已上报，收到批准后才能销号。",
            hint="来源、备注",
        )

    def _proofs(self) -> QWidget:
        return RegisterTab(
            self.workspace,
            PROOF_TABLE,
            OfficeFilter(),
            columns="action:7 proof:9 is_needed:6 category_name:16 severity:7 note:36",
            doings=(
                Doing("新增要求(&N)", self._proof, "plus", needs_row=False, part="main"),
                Doing("修改(&E)", self._proof, "pencil", on_enter=True),
                Doing("停用…", lambda id: self._retire_row("proof_rule", id), part="danger"),
            ),
            words="每个环节要有什么佐证，写明类型、程度的先用。缺少的写明原因才能办理，按例外另行统计。",
            hint="类型、备注",
        )

    def _ladder(self) -> QWidget:
        return RegisterTab(
            self.workspace,
            LADDER_TABLE,
            OfficeFilter(),
            columns="ordinal:4 name:9 condition:17 severity:6 target:7 paper:7 note:27",
            doings=(
                Doing("新增一级(&N)", self._ladder_step, "plus", needs_row=False, part="main"),
                Doing("修改(&E)", self._ladder_step, "pencil", on_enter=True),
                Doing("停用…", lambda id: self._retire_row("ladder_step", id), part="danger"),
            ),
            words="到什么程度、给谁、发什么。级次越大越重；到了几级就建议最重的一级，同一级每轮只建议一次。"
            "各地次序不同，随程序带来的都可以改；问责只是建议，由上级或纪检决定。",
            hint="名称、备注",
        )

    def _look_backs(self) -> QWidget:
        return RegisterTab(
            self.workspace,
            LOOK_BACK_TABLE,
            OfficeFilter(),
            columns="category_name:14 severity:6 months:8 percent:6 early_days:7 note:20",
            doings=(
                Doing("新增规定(&N)", self._look_back, "plus", needs_row=False, part="main"),
                Doing("修改(&E)", self._look_back, "pencil", on_enter=True),
                Doing("停用…", lambda id: self._retire_row("look_back_rule", id), part="danger"),
            ),
            words="销号后隔几个月回头看、看多少。写明类型、程度的先用；没有写的对各种问题都适用。",
            hint="类型、备注",
        )

    def _lights(self) -> QWidget:
        return RegisterTab(
            self.workspace,
            LIGHT_TABLE,
            OfficeFilter(),
            columns="name:11 direction:6 green:5 yellow:5 words:18 note:22",
            doings=(
                Doing("新增标准(&N)", self._light, "plus", needs_row=False, part="main"),
                Doing("修改(&E)", self._light, "pencil", on_enter=True),
                Doing("停用…", lambda id: self._retire_row("light_rule", id), part="danger"),
            ),
            words="各村的比率到多少为绿、多少为黄，再差为红。随程序带来的都可以改；停用的比率不再亮灯。",
            hint="比率、备注",
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

    def _deadline(self, id: int) -> None:
        rule_rows.deadline_dialog(self, self.workspace, id).open()

    def _closing(self, id: int) -> None:
        rule_rows.closing_dialog(self, self.workspace, id).open()

    def _proof(self, id: int) -> None:
        rule_rows.proof_dialog(self, self.workspace, id).open()

    def _look_back(self, id: int) -> None:
        rule_rows.look_back_dialog(self, self.workspace, id).open()

    def _light(self, id: int) -> None:
        rule_rows.light_dialog(self, self.workspace, id).open()

    def _ladder_step(self, id: int) -> None:
        ladder_step.ladder_dialog(self, self.workspace, id).open()

    def _retire_row(self, ledger: str, id: int) -> None:
        rule_rows.retire_row_dialog(self, self.workspace, ledger, id).open()

    def _category(self, id: int) -> None:
        office_rows.category_dialog(self, self.workspace, id).open()

    def _campaign(self, id: int) -> None:
        office_rows.campaign_dialog(self, self.workspace, id).open()

    def _user(self, id: int) -> None:
        office_rows.user_dialog(self, self.workspace, id).open()

    def _retire(self, what: str, id: int) -> None:
        office_rows.retire_dialog(self, self.workspace, what, id).open()
