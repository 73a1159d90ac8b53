"""What stands beside the text that is written: its pages, and in words how it reads and why."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from apprentice_desk.documents.wording import DocumentType
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import reading_area
from apprentice_desk.ui.kit.panels import Card, KeyValues
from apprentice_desk.ui.kit.pieces import label
from apprentice_desk.ui.kit.switching import Switch
from apprentice_desk.ui.kit.theme import Theme
from apprentice_desk.ui.pages.wording.details import HOW_TO_WRITE
from apprentice_desk.ui.pages.wording.looking import Looked
from apprentice_desk.ui.previewing import Preview

PAGES, WORDS = "pages", "words"
MARKS = (
    "Beside the bar: your clause, a draft, with every paragraph that it may have. Boxed: what a"
    " document fills in."
)
NOTHING = "The pages of a document with this clause stand here."


class Beside(QWidget):
    """Pages with the clause in its place, or its guidance, its words and how it is written.

    *type_chosen* is sent when the person wants to see it in another type of document.
    """

    type_chosen = Signal()

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        theme = desk.theme
        self._types: tuple[DocumentType, ...] = ()
        self._is_new = True
        access.name(self, "Beside the text")
        self.switch = Switch(
            "What stands beside the text", ((PAGES, "Pages"), (WORDS, "Words and guidance")), theme
        )
        self.switch.chosen.connect(self.show_which)
        self.which = label("Shown in")
        self.choice = QComboBox()
        self.choice.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.choice.setMinimumContentsLength(8)
        access.name(self.choice, "Shown in", "The type of document whose pages are shown")
        self.which.setBuddy(self.choice)  # on Linux a screen reader takes the name from there
        self.choice.activated.connect(lambda _at: self._on_chosen())
        self.preview = Preview(desk, "Pages with the clause", MARKS, NOTHING, there="To the clause")
        self.stale = label("", "small", "warning", wraps=True)
        self.stale.hide()
        self.words = _Words(theme)
        across = QHBoxLayout()
        across.setSpacing(theme.space(2))
        across.addWidget(self.which)
        across.addWidget(self.choice, 1)
        self.pages = QWidget()
        inside = QVBoxLayout(self.pages)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.space(2))
        inside.addLayout(across)
        inside.addWidget(self.stale)
        inside.addWidget(self.preview, 1)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.space(2))
        for part, stretch in ((self.switch, 0), (self.pages, 1), (self.words, 1)):
            down.addWidget(part, stretch)
        self.show_which(PAGES)

    @property
    def type_id(self) -> str:
        """The type of document that is shown, "" where the clause stands in none."""
        at = self.choice.currentIndex()
        return self._types[at].id if 0 <= at < len(self._types) else ""

    @property
    def view(self) -> QWidget:
        """What has the keyboard there: pages or words."""
        return self.preview.view if self.pages.isVisibleTo(self) else self.words.area

    def begin(self, types: Sequence[DocumentType], guidance: str) -> None:
        """Show another clause, which can stand in *types*, with the guidance of what it replaces.

        Its pages come once it was looked at.
        """
        self._types, self._is_new = tuple(types), True
        self.choice.clear()
        self.choice.addItems([each.name for each in self._types])
        for part in (self.which, self.choice):
            part.setVisible(len(self._types) > 1)
        self.preview.clear(NOTHING)
        self.words.show_guidance(guidance)

    def show_which(self, which: str) -> None:
        """Show pages, or words."""
        self.switch.show_value(which)
        self.pages.setVisible(which == PAGES)
        self.words.setVisible(which == WORDS)

    def show_looked(self, looked: Looked) -> None:
        """Show the clause as it was looked at; pages that are not of it any more say so."""
        if looked.reads:
            self.words.show_reading(looked.reads)
        self._say(looked.why)
        if looked.trial is not None:
            document = looked.trial.document
            self.preview.draw(
                lambda: document, looked.trial.spot, reads=looked.reads, is_to_go=self._is_new
            )
            self._is_new = False

    def _say(self, why: str) -> None:
        """Say why the pages are not the newest, or why there are none."""
        if why and not self.preview.count:
            self.preview.clear(why)
        is_old = bool(why) and bool(self.preview.count)
        self.stale.setText(f"These pages are as they were before. {why}" if is_old else "")
        self.stale.setVisible(is_old)

    def take_keyboard(self) -> None:
        """Take the keyboard, where arrow keys scroll."""
        self.view.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_chosen(self) -> None:
        self._is_new = True
        self.type_chosen.emit()


class _Words(Card):
    """Guidance, the clause as it would read, and how it is written; it scrolls by itself."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("", theme, flush=True)
        self.guidance_heading = label("Guidance of the packaged clause", "heading", wraps=True)
        self.guidance = label("", wraps=True)
        self.reads = label("", wraps=True)
        content = QWidget()
        content.setProperty("role", "raised")
        down = QVBoxLayout(content)
        edge = theme.space(4)
        down.setContentsMargins(edge, edge, edge, edge)
        down.setSpacing(theme.space(2))
        for part in (
            self.guidance_heading,
            self.guidance,
            label("As it would read", "heading", wraps=True),
            label("A draft. What a document fills in stands in brackets.", "small", wraps=True),
            self.reads,
            label("How to write it", "heading", wraps=True),
            KeyValues(tuple(HOW_TO_WRITE.items()), theme),
        ):
            down.addWidget(part)
        down.addStretch(1)
        self.area = reading_area(content, "The clause in words")
        self.add(self.area, 1)

    def show_guidance(self, words: str) -> None:
        """Show the guidance of the clause that is replaced."""
        self.guidance.setText(words)
        for part in (self.guidance_heading, self.guidance):
            part.setVisible(bool(words))

    def show_reading(self, words: str) -> None:
        """Show how the clause would read."""
        self.reads.setText(words.replace("\n", "\n\n"))
