"""建议督促: what the ladder proposes today, the gravest first; Enter issues the paper."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QHeaderView, QTreeWidget, QTreeWidgetItem

from river_chief.rules.escalation import Proposal
from ui.style import Tone, icon

HEADS = ("督促", "主送", "涉及", "理由")
_PLACE = Qt.ItemDataRole.UserRole


class ProposalList(QTreeWidget):
    """A line for each proposal; ``asked(Proposal)`` when one is to be issued."""

    asked = Signal(object)

    def __init__(self, *, full: bool) -> None:
        """With *full* under heads and with every column; else short, for the workbench."""
        super().__init__()
        self.proposals: tuple[Proposal, ...] = ()
        self._full = full
        self.setAccessibleName("建议督促")
        self.setRootIsDecorated(False)
        self.setHeaderHidden(not full)
        self.setUniformRowHeights(True)
        self.setColumnCount(len(HEADS))
        self.setHeaderLabels(HEADS)
        self.setObjectName("plain")
        self.setColumnHidden(HEADS.index("涉及"), not full)
        advance = self.fontMetrics().horizontalAdvance("水")
        for column, characters in enumerate((9, 13, 11)):
            self.setColumnWidth(column, advance * characters)
        self.header().setSectionResizeMode(len(HEADS) - 1, QHeaderView.ResizeMode.Stretch)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.itemActivated.connect(self._ask)

    def show_proposals(self, proposals: Sequence[Proposal]) -> None:
        """List *proposals*; the current line stays where it was (with *full* there is always one)."""
        chosen = [self.indexOfTopLevelItem(item) for item in self.selectedItems()]
        self.proposals = tuple(proposals)
        self.clear()
        for number, proposal in enumerate(self.proposals):
            self.addTopLevelItem(self._item(number, proposal))
        if self.proposals and (self._full or chosen):
            place = min(chosen[0] if chosen else 0, len(self.proposals) - 1)
            self.setCurrentIndex(self.model().index(place, 0))

    def current(self) -> Proposal | None:
        """The proposal of the current line."""
        chosen = self.selectedItems()
        return self.proposals[int(chosen[0].data(0, _PLACE))] if chosen else None

    def _ask(self, item: QTreeWidgetItem) -> None:
        self.asked.emit(self.proposals[int(item.data(0, _PLACE))])

    def _item(self, number: int, proposal: Proposal) -> QTreeWidgetItem:
        addressee = proposal.addressee or f"{proposal.rule.target.label}（待填）"
        words = (proposal.rule.paper.label, addressee, proposal.about, proposal.reason)
        item = QTreeWidgetItem(list(words))
        tone = Tone.ALERT if proposal.rule.ordinal > 3 else Tone.WARN
        item.setIcon(0, icon("send", tone))
        item.setForeground(0, QColor(tone.value))
        item.setData(0, _PLACE, number)
        skipped = "、".join(rule.name for rule in proposal.skipped)
        tip = f"{proposal.rule.name}：{proposal.reason}" + (f"。此前没有发过：{skipped}" if skipped else "")
        for column, text in enumerate(words):
            item.setToolTip(column, tip if column == len(words) - 1 else text)
        return item
