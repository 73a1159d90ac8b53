"""What came back beside what was sent: every departure, the worst first, and its words."""

from __future__ import annotations

from html import escape
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFrame,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from apprentice_desk.documents.newer_wording import Fate
from apprentice_desk.documents.returned import Returned
from apprentice_desk.documents.returned_departures import Kind
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import Flow
from apprentice_desk.ui.kit.filters import CountLine, FilterBox
from apprentice_desk.ui.kit.fitting import Scrolled
from apprentice_desk.ui.kit.pieces import button, label, row_of
from apprentice_desk.ui.kit.rows import RowsModel
from apprentice_desk.ui.kit.still_text import StillText
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.kit.theme import Theme
from apprentice_desk.ui.pages.documents.returned_lines import (
    CHOICES,
    COLUMNS,
    ReturnedLine,
    counts_in_words,
    lines_of,
)
from apprentice_desk.ui.saving_lists import ListSaver

TITLE = "What came back"
LEGEND = (
    "Words that were sent and are gone stand in [−square brackets with a minus−]; words that came"
    " instead in {+curly ones with a plus+}."
)
"""Told by signs as well as by colour, so that everybody can read and copy it."""

_LEFT_OUT_FIRST = (4, 2, 3)
"""Columns that a narrow window leaves out, the first one first."""

_LEAST = 26
_WORDS_HIGH = 18


class ReturnedDialog(QDialog):
    """The list of departures of a file from the document called *about*, and the words of one.

    *whose* apprenticeship the document is about, where it is about one.
    """

    def __init__(
        self,
        desk: Desk,
        found: Returned,
        about: str,
        parent: QWidget,
        whose: UUID | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme = desk.theme
        self.setWindowTitle(f"{TITLE}: {about}")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "raised")
        access.name(self, f"{TITLE}: {about}", counts_in_words(found))
        self.summary = label(counts_in_words(found), "strong", wraps=True)
        self.model = RowsModel(COLUMNS, self)
        self.table = RowsTable(self.model, "Departures from what was sent", theme, stretch=3)
        self.table.order.can_do_without(_LEFT_OUT_FIRST)
        self.table.set_least(_LEAST)
        self.table.set_empty("Nothing departs", "The file says what was sent, word for word.")
        self.filter = FilterBox(self.table, "kind, clause, words", theme)
        self.choice = QComboBox()
        self.choice.addItems([words for words, _ in CHOICES])
        access.name(self.choice, "Show")
        self.which = label("Show")
        self.which.setBuddy(self.choice)  # on Linux a screen reader takes the name from there
        self.choice.currentIndexChanged.connect(self._on_choice)
        title = f"What came back of {about}"
        self.saver = ListSaver(
            desk, self, self.table, title,
            lambda: (("File", found.file_name), ("Shown", self.choice.currentText())),
            whom=lambda _row: whose,
        )  # fmt: skip
        self.table.set_actions(self.saver.all)
        self.words = StillText()
        self.words.setTabChangesFocus(True)
        self.words.setMinimumHeight(theme.space(_WORDS_HIGH))
        access.name(self.words, "The words of the chosen departure", "Arrow keys scroll")
        self.close_button = button("Close", theme, self.accept, role="primary")
        self._build(found.file_name)
        self.table.row_chosen.connect(self._show)
        self.model.counted.connect(self.table.choose_first)
        self.model.replace(lines_of(found))
        self.table.choose_first()
        self._show(self.table.chosen())
        self.table.setFocus()

    def _build(self, name: str) -> None:
        theme = self._theme
        edge = theme.space(4)
        content = Scrolled()
        inside = QVBoxLayout(content)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.space(2))
        inside.addWidget(label(name, "large", wraps=True))
        inside.addWidget(self.summary)
        inside.addLayout(row_of(theme, self.filter))
        inside.addWidget(Flow((self.which, self.choice, self.saver.button()), theme))
        inside.addWidget(self.table, 3)
        inside.addWidget(self.words, 2)
        area = QScrollArea()  # with large text in a small window there is no room for all of it
        area.setProperty("role", "raised")
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(content)
        down = QVBoxLayout(self)
        down.setContentsMargins(edge, edge, edge, edge)
        down.setSpacing(theme.space(2))
        down.addWidget(area, 1)
        down.addLayout(row_of(theme, CountLine(self.table, ""), None, self.close_button))
        room = self.screen().availableSize() if self.screen() else self.size()
        self.resize(
            min(theme.space(260), room.width()), min(theme.space(190), int(room.height() * 0.92))
        )

    def _on_choice(self, at: int) -> None:
        self.model.keep(CHOICES[at][1])

    def _show(self, line: ReturnedLine | None) -> None:
        self.words.setHtml("" if line is None else as_html(line, self._theme))


def as_html(line: ReturnedLine, theme: Theme) -> str:
    """Return one line of the list as it is read: what was sent and what came, in one."""
    heading = ": ".join(
        filter(None, (line.what, ", ".join(filter(None, (line.where, line.detail)))))
    )
    said = [f"<h3>{escape(heading)}</h3>"]
    departure = line.departure
    if departure is None:
        return f"{said[0]}<p>{_lined(line.after)}</p>"
    if departure.kind is Kind.MOVED:
        return f"{said[0]}<p>{_lined(line.before)}</p>"
    out, came = theme.colour("danger_text").name(), theme.colour("good_text").name()
    words = []
    for run in departure.runs:
        text = _lined(run.text)
        if run.fate is Fate.OUT:
            text = f'<s style="color: {out}">[−{text}−]</s>'
        elif run.fate is Fate.IN:
            text = f'<u style="color: {came}">{{+{text}+}}</u>'
        words.append(text)
    said.append(f"<p>{''.join(words)}</p>")
    how = (
        "It is shown as a change in the file."
        if departure.is_tracked
        else ("It is not shown as a change in the file.")
    )
    said.append(f"<p>{how} {escape(LEGEND)}</p>")
    return "".join(said)


def _lined(text: str) -> str:
    return escape(text).replace("\n", "<br>")
