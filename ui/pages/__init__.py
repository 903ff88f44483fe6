"""The pages of the window and the commands of its menus: add a line here, and the window has it.

A page is a class ``Page`` of ``ui/pages/page.py``, made as ``cls(workspace)`` when it is first shown. A
command is a function ``(window, workspace)`` of the main window and its open ledger; with a key it also takes
what a page asks of it.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page: its key, its name, its icon, and ``module:Class``, imported when it is first shown."""

    key: str
    label: str
    icon: str
    where: str


@dataclass(frozen=True, slots=True)
class CommandEntry:
    """A menu item: the menu (文件, 编辑, 帮助), its text, its shortcut, and ``module:function``.

    With a *key*, pages can call it too: ``page.go.emit(key, None)``.
    """

    menu: str
    label: str
    where: str
    shortcut: str = ""
    key: str = ""


PAGES: tuple[PageEntry, ...] = (
    PageEntry("workbench", "工作台", "layout-dashboard", "ui.pages.workbench:WorkbenchPage"),
    PageEntry("problems", "问题", "alert-triangle", "ui.pages.problems:ProblemsPage"),
    PageEntry("follow_up", "跟踪", "eye-check", "ui.pages.follow_up:FollowUpPage"),
    PageEntry("campaigns", "专项", "list-check", "ui.pages.campaigns:CampaignsPage"),
    PageEntry("patrols", "巡河", "route", "ui.pages.patrols:PatrolsPage"),
    PageEntry("waters", "河湖", "ripple", "ui.pages.waters:WatersPage"),
    PageEntry("chiefs", "河长", "users", "ui.pages.chiefs:ChiefsPage"),
    PageEntry("figures", "报表", "report-analytics", "ui.pages.figures:FiguresPage"),
    PageEntry("settings", "设置", "settings", "ui.pages.settings:SettingsPage"),
)

COMMANDS: tuple[CommandEntry, ...] = (
    CommandEntry("文件", "导入表格(&I)…", "ui.pages.importing:import_workbook", "Ctrl+I", key="import"),
)
