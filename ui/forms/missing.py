"""The proof a step still needs, each a button that leads to where it is entered."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton

from river_chief.terms import Proof
from ui.buttons import push

IN_A_ROW = 3


class MissingList(QFrame):
    """还缺：整改前照片 整改后照片 …; hidden when nothing is missing.

    ``asked(Proof)``  the clerk wants to make that one good.
    """

    asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.shown: tuple[Proof, ...] = ()
        self.buttons: dict[Proof, QPushButton] = {}
        self.setProperty("role", "notice")
        self.setProperty("kind", "warn")
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(10, 4, 10, 4)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(0)
        label = QLabel("还缺：")
        label.setProperty("role", "warn")
        self._grid.addWidget(label, 0, 0)
        self._grid.setColumnStretch(IN_A_ROW + 1, 1)
        for proof in Proof:
            button = push(proof.label, partial(self.asked.emit, proof))
            button.setProperty("role", "link")
            button.setToolTip(_TIPS[proof])
            self.buttons[proof] = button
        self.show_missing(())

    def show_missing(self, proofs: Sequence[Proof]) -> None:
        """Show *proofs*, in their order."""
        self.shown = tuple(proofs)
        for button in self.buttons.values():
            self._grid.removeWidget(button)
            button.hide()
        for place, proof in enumerate(self.shown):
            row, column = divmod(place, IN_A_ROW)
            self._grid.addWidget(self.buttons[proof], row, column + 1)
            self.buttons[proof].show()
        self.setVisible(bool(self.shown))


_TIPS = {
    Proof.BEFORE_PHOTO: "添加整改前照片",
    Proof.AFTER_PHOTO: "添加整改后照片",
    Proof.MEASURED: "填写面积、长度、体积等数量",
    Proof.WORK: "填写工作量",
    Proof.TWO_ACCEPTORS: "填写两名验收人，中间用顿号隔开",
    Proof.SIGNED_SCAN: "添加签字盖章的扫描件",
}
