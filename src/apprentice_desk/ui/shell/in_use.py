"""A desk that somebody else has open: read it, or take it over from a computer that is gone."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from apprentice_desk.ui.kit.dialogs import Question, ask
from apprentice_desk.ui.kit.pieces import button
from apprentice_desk.ui.kit.theme import Theme

if TYPE_CHECKING:  # the records are imported after the first paint
    from apprentice_desk.records.holding import DeskInUse

_READING = (
    "To read only you see everything, and what they save as they save it; you cannot change"
    " anything."
)
_LEFT = (
    "That computer's mark is there while the desk is open, and stays behind when the program ended"
    " badly or the network went."
)


class InUse(Question):
    """Asks what to do about a desk in use: *accepted* reads it, *taken_over* takes it over."""

    taken_over = Signal()

    def __init__(self, parent: QWidget, theme: Theme, problem: DeskInUse) -> None:
        words = [problem.what, _READING]
        if problem.may_be_taken_over:
            words.append(_LEFT)
        super().__init__(
            parent, theme, f"{problem.desk} is in use", "\n\n".join(words), "Open to read only"
        )
        self.take_over = button("Take it over…", theme, self._ask_to_take_over)
        self.add_choice(self.take_over)
        self.take_over.setVisible(problem.may_be_taken_over)
        self._problem = problem
        self._theme = theme
        self.question: Question | None = None

    def _ask_to_take_over(self) -> None:
        found = self._problem
        who, where = found.person or "somebody", found.computer or "another computer"
        self.question = ask(
            self,
            self._theme,
            "Take the desk over?",
            f"If {who} still has {found.desk} open on {where}, what the two of you save can damage"
            " the file. Take it over only when you are sure that nobody has it open there.",
            "Take it over",
            self._take_over,
            danger=True,
        )

    def _take_over(self) -> None:
        self.reject()
        self.taken_over.emit()


def ask_in_use(
    parent: QWidget,
    theme: Theme,
    problem: DeskInUse,
    read: Callable[[], object],
    take_over: Callable[[], object],
) -> InUse:
    """Ask, and do what was chosen.  Returns at once with the open dialog."""
    dialog = InUse(parent, theme, problem)
    dialog.accepted.connect(read)
    dialog.taken_over.connect(take_over)
    dialog.open()
    return dialog
