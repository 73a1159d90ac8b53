"""Help: texts to read, the shortcuts, what a return is checked for, accessibility."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QDialog,
    QFrame,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from apprentice_desk import resources
from apprentice_desk.returns import codes
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.help_text import HelpText
from apprentice_desk.ui.kit.pieces import button, label, row_of
from apprentice_desk.ui.kit.rows import RowsModel
from apprentice_desk.ui.kit.switching import Switch
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.kit.theme import Theme
from apprentice_desk.ui.shell.page_help import GUIDE
from apprentice_desk.ui.shell.shortcuts import COLUMNS, Line

FIRST_STEPS, QUICK_LINE = "first-steps", "quick-line"
APPRENTICESHIPS, CONTRACTS, DOCUMENTS = "apprenticeships", "contracts", "documents"
PROCURING = "procuring"
MANAGING = "managing-contracts"
PEOPLE = "papers-for-people"
SECONDMENTS = "secondments"
SAFEKEEPING = "safekeeping"
PLAYBOOK = "playbook"
FOR_IT = "for-it"
SHORTCUTS, CODES, ACCESSIBILITY = "shortcuts", "codes", "accessibility"
THIS_PROGRAM = "this-program"
TOPICS = (
    (FIRST_STEPS, "First steps"),
    (QUICK_LINE, "The quick line"),
    (APPRENTICESHIPS, "Apprenticeships"),
    (CONTRACTS, "Contracts"),
    (DOCUMENTS, "Documents"),
    (PROCURING, "Procuring"),
    (MANAGING, "Managing contracts"),
    (PEOPLE, "Papers for people"),
    (SECONDMENTS, "Secondments"),
    (SAFEKEEPING, "Safekeeping"),
    (PLAYBOOK, "The playbook"),
    (SHORTCUTS, "Shortcuts"),
    (CODES, "Checks of a return"),
    (ACCESSIBILITY, "Accessibility"),
    (FOR_IT, "For IT"),
    (THIS_PROGRAM, "This program"),
)

_TEXTS = (
    FIRST_STEPS, QUICK_LINE, APPRENTICESHIPS, CONTRACTS, DOCUMENTS, PROCURING, MANAGING, PEOPLE,
    SECONDMENTS, SAFEKEEPING, PLAYBOOK, ACCESSIBILITY, FOR_IT, THIS_PROGRAM,
)  # fmt: skip
"""The topics that are files of resources/help, by the same name."""

_ON_CODES = (
    "A finding refuses the file, leaves a row out, or is only worth a look. The desk holds its own"
    " return back while it has one of the first two. Each code keeps its meaning for good."
)


_FORM_FIRST = "A form is open below. Once it is saved or closed, the links here lead on."
_READ_IN, _TOPICS_ABOVE = 60, 24
"""In quarters: the least width to read in, and the height of topics that stand above."""
_NO_LIMIT = 16_777_215


@dataclass(frozen=True, slots=True)
class GuideText:
    """A guide as Help shows it: its name, its title, and its words as Markdown."""

    name: str
    title: str
    words: str

    @property
    def topic(self) -> str:
        """The name that it has among the topics."""
        return f"{GUIDE}{self.name}"


class HelpDialog(QDialog):
    """Shows one topic of TOPICS, or one of *guides*, at a time; *lines* are the shortcuts.

    *asked_for_guide* is sent with the name of the guide that is to be opened in the playbook, and
    *link_chosen* with the target of a link that was clicked on: neither above a form, which would
    be left behind half typed.
    """

    asked_for_guide = Signal(str)
    link_chosen = Signal(str)

    def __init__(
        self,
        parent: QWidget,
        theme: Theme,
        lines: Sequence[Line],
        topic: str,
        guides: Sequence[GuideText] = (),
        *,
        is_above_form: bool = False,
    ) -> None:
        super().__init__(parent)
        self._is_above_form = is_above_form
        self.setWindowTitle("Help")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "raised")
        access.name(self, "Help")
        self._theme = theme
        self._topic = topic
        topics = [*((each.topic, f"Guide: {each.title}") for each in guides), *TOPICS]
        self.switch = Switch("Topics", topics, theme, is_upright=True)
        self.switch.chosen.connect(self.show_topic)
        self.model = RowsModel(COLUMNS, self)
        self.model.replace(lines)
        self.shortcuts = RowsTable(self.model, "Sheet of shortcuts", theme, stretch=1)
        self.codes = HelpText(
            "What a return is checked for", f"{_ON_CODES}\n\n{codes.table()}", theme
        )
        titles = dict(TOPICS) | {ACCESSIBILITY: "Statement on accessibility"}
        self.texts = {
            name: HelpText(titles[name], resources.read_text("help", f"{name}.md"), theme)
            for name in _TEXTS
        }
        for each in guides:
            self.texts[each.topic] = HelpText(f"Guide: {each.title}", each.words, theme)
        for text in self.texts.values():
            text.space_out()
            text.link_chosen.connect(self._on_link_chosen)
        self._stack = QStackedWidget()
        self._stack.setMinimumHeight(theme.space(8))  # less than a table would have by itself
        self._topics: dict[str, QWidget] = {
            **self.texts,
            SHORTCUTS: self.shortcuts,
            CODES: self.codes,
        }
        for shown in self._topics.values():
            self._stack.addWidget(shown)
        self.playbook = button("Open it in the playbook", theme, self._ask_for_guide)
        self.playbook.setToolTip("With its checklist, and buttons for what it leads to")
        self.close_ = button("Close", theme, self.reject, role="primary")
        self.close_.setDefault(True)
        edge = theme.space(5)
        down = QVBoxLayout(self)
        down.setContentsMargins(edge, edge, edge, theme.space(4))
        down.setSpacing(theme.space(3))
        down.addWidget(label("Help", "large"))
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._beside.setSpacing(theme.space(4))
        self._beside.addWidget(self._topics_area())
        self._beside.addWidget(self._stack, 1)
        down.addLayout(self._beside, 1)
        self.note = label(_FORM_FIRST if is_above_form else "", "small", wraps=True)
        foot = row_of(theme, None, self.playbook, self.close_)
        foot.insertWidget(0, self.note, 1)
        down.addLayout(foot)
        room = self.screen().availableSize()
        self.resize(
            min(theme.space(200), int(room.width() * 0.95)),
            min(theme.space(160), int(room.height() * 0.9)),
        )
        self.show_topic(topic)

    def _topics_area(self) -> QScrollArea:
        """Return the topics at the left, which scroll where large text leaves no room for all."""
        self.topics_area = area = QScrollArea()
        area.setWidget(self.switch)
        self.switch.setProperty("role", "raised")
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setProperty("role", "raised")
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return area

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the topics above the text where beside it there is no room to read."""
        super().resizeEvent(event)
        area, theme = self.topics_area, self._theme
        wide = self.switch.sizeHint().width() + area.verticalScrollBar().sizeHint().width()
        is_narrow = self.width() - wide < theme.space(_READ_IN)
        way = QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        self._beside.setDirection(way)
        area.setMinimumWidth(0 if is_narrow else wide)
        area.setMaximumWidth(_NO_LIMIT if is_narrow else wide)
        area.setMaximumHeight(theme.space(_TOPICS_ABOVE) if is_narrow else _NO_LIMIT)

    def showEvent(self, event: QShowEvent) -> None:
        """Bring the topic that is shown into sight."""
        super().showEvent(event)
        self._show_chosen()

    def _show_chosen(self) -> None:
        chosen = next((each for each in self.switch.buttons.values() if each.isChecked()), None)
        if chosen is not None:
            self.switch.adjustSize()
            self.topics_area.ensureWidgetVisible(chosen)

    def show_topic(self, topic: str) -> None:
        """Show another topic and give it the keyboard."""
        self.switch.show_value(topic)
        self._show_chosen()
        shown = self._topics[topic]
        self._stack.setCurrentWidget(shown)
        self._topic = topic
        self.playbook.setVisible(topic.startswith(GUIDE) and not self._is_above_form)
        shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def _ask_for_guide(self) -> None:
        self.accept()
        self.asked_for_guide.emit(self._topic.removeprefix(GUIDE))

    def _on_link_chosen(self, link: str) -> None:
        if self._is_above_form:
            return
        self.accept()
        self.link_chosen.emit(link)
