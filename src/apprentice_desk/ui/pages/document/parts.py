"""What stands beside the pages: what is missing, the clauses to choose, what the desk knows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from apprentice_desk.documents.compose import Choice
from apprentice_desk.documents.fields import FIELDS
from apprentice_desk.documents.issuing import Entering, Prepared, ToEnter, entered_at
from apprentice_desk.domain.findings import Level
from apprentice_desk.domain.needs import counted
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.panels import Card, KeyValues
from apprentice_desk.ui.kit.pieces import button, label
from apprentice_desk.ui.kit.theme import Theme
from apprentice_desk.ui.pages.document.asking import in_words

_PLACES = {
    Entering.DETAILS: "Enter it in the details",
    Entering.TIMETABLE: "Enter the timetable",
    Entering.CRITERIA: "Enter the criteria",
    Entering.QUESTIONS: "Enter the questions",
    Entering.BIDDERS: "Enter it with the bidder",
    Entering.SCORES: "Enter the scores",
    Entering.DECISION: "Enter the decision",
    Entering.PRICES: "Enter the prices",
    Entering.EXTENSIONS: "Enter the extensions",
    Entering.MEASURES: "Enter the measures",
}


class Missing(Card):
    """What keeps the document from being issued, and where the desk is to be told.

    *asked_for* is sent with the place, *field_asked_for* with the name of a field of the form.
    """

    asked_for = Signal(object)
    field_asked_for = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__("Still missing", theme)
        self._theme = theme
        self._rows: list[QWidget] = []
        self._said: tuple[object, ...] | None = None

    def show_prepared(self, prepared: Prepared, asked: frozenset[str]) -> None:
        """Show what is to be put right of *prepared*; *asked* are the fields of the form."""
        to_enter = {each.field.name: each for each in prepared.to_enter}
        bad = [each for each in prepared.findings if each.level is not Level.NOTE]
        blank = [each for each in bad if each.place.field in asked and each.code == "DO002"]
        others = [each for each in bad if each not in blank and each.place.field not in to_enter]
        said = (tuple(to_enter), tuple(others), len(blank))
        if said == self._said:
            return
        self._said = said
        for old in self._rows:
            self.body.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._rows = []
        places: dict[Entering, list[ToEnter]] = {}
        for each in prepared.to_enter:
            places.setdefault(each.where, []).append(each)
        for where, found in places.items():
            named = ", ".join(_small(each.field.label) for each in found)
            words = f"{named[:1].upper()}{named[1:]}"
            self._add(words, _PLACES[where], partial(self.asked_for.emit, where))
        for finding in others:
            name = finding.place.field
            words = f"{finding.message} {finding.remedy}".strip()
            if name in asked:
                self._add(words, "Go to it", partial(self.field_asked_for.emit, name))
            elif name in prepared.draft.known.facts:
                self._add(words, "Change it there", partial(self.asked_for.emit, entered_at(name)))
            else:
                self._add(words)
        if blank:
            first = blank[0].place.field
            words = f"{counted(len(blank), 'field')} below to fill in."
            self._add(words, "Go to the first", lambda: self.field_asked_for.emit(first))
        self.setVisible(bool(self._rows))

    def _add(self, words: str, act: str = "", do: Callable[[], object] | None = None) -> None:
        row = QWidget()
        down = QVBoxLayout(row)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(self._theme.space(0.5))
        down.addWidget(label(words, wraps=True))
        if do is not None:
            made = button(act, self._theme, do, role="link")
            access.name(made, f"{act}: {words}")
            down.addWidget(made)
        self.add(row)
        self._rows.append(row)

    @property
    def lines(self) -> int:
        """How many things it names."""
        return len(self._rows)


def _small(words: str) -> str:
    """Return a label as it stands within a sentence; what is written in capitals stays so."""
    return words if words[1:2].isupper() else words[:1].lower() + words[1:]


class Notes(Card):
    """What is worth a look before the document is issued, and holds nothing back."""

    def __init__(self, theme: Theme) -> None:
        super().__init__("Worth a look", theme)
        self.words = label("", wraps=True)
        self.add(self.words)

    def show_prepared(self, prepared: Prepared) -> None:
        """Show the notes on *prepared*."""
        notes = [
            f"{each.message} {each.remedy}".strip()
            for each in prepared.findings
            if each.level is Level.NOTE
        ]
        self.words.setText("\n".join(notes))
        self.setVisible(bool(notes))


class Choices(Card):
    """Clauses that may be left out or put in; *ticked* is sent with the id and whether it is in."""

    ticked = Signal(str, bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__("Optional clauses", theme)
        self._theme = theme
        self.boxes: dict[str, QCheckBox] = {}
        self._rows: list[QWidget] = []

    def show_choices(self, choices: Sequence[Choice]) -> None:
        """Show *choices*, ticked as they are."""
        if list(self.boxes) != [each.clause.id for each in choices]:
            self._build(choices)
        for each in choices:
            box = self.boxes[each.clause.id]
            if box.isChecked() != each.is_in:
                box.blockSignals(True)
                box.setChecked(each.is_in)
                box.blockSignals(False)
        self.setVisible(bool(choices))

    def _build(self, choices: Sequence[Choice]) -> None:
        for old in self._rows:
            self.body.removeWidget(old)
            old.hide()
            old.deleteLater()
        self.boxes, self._rows = {}, []
        for each in choices:
            clause = each.clause
            box = QCheckBox()
            box.toggled.connect(lambda is_in, key=clause.id: self.ticked.emit(key, is_in))
            access.name(box, clause.title, clause.guidance)
            row = _ChoiceRow(box, clause.title, clause.guidance, self._theme)
            self.add(row)
            self.boxes[clause.id] = box
            self._rows.append(row)


class _ChoiceRow(QWidget):
    """A box with its words beside it, which go on in a second line; pressing them ticks it too."""

    def __init__(self, box: QCheckBox, title: str, guidance: str, theme: Theme) -> None:
        super().__init__()
        self._box = box
        words = QVBoxLayout()
        words.setSpacing(theme.space(0.5))
        words.addWidget(label(title, wraps=True))
        if guidance:
            words.addWidget(label(guidance, "small", wraps=True))
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(theme.space(2))
        across.addWidget(box, 0, Qt.AlignmentFlag.AlignTop)
        across.addLayout(words, 1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tick the box, or take the tick away."""
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.pos()):
            self._box.toggle()
            self._box.setFocus(Qt.FocusReason.MouseFocusReason)


class KnownFacts(Card):
    """What the document takes from the desk; *asked_for* is sent to go and change it."""

    asked_for = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__("Taken from the desk", theme)
        self.pairs = KeyValues((), theme)
        self._shown: list[tuple[str, str]] = []
        self.go = button("Change it there", theme, self.asked_for.emit, role="link")
        self.add(self.pairs)
        self.add(self.go)

    def show_prepared(self, prepared: Prepared) -> None:
        """Show the facts that the document holds."""
        facts = prepared.draft.known.facts
        pairs = [
            (FIELDS[name].label, words)
            for name in prepared.composed.fields_used
            if name in facts
            and not FIELDS[name].is_of_desk  # what is worked out shows in the pages
            and (words := in_words(FIELDS[name], facts[name]))
        ]
        if pairs != self._shown:  # else its lines would be made anew at each letter typed
            self._shown = pairs
            self.pairs.show_pairs(pairs)
        self.setVisible(bool(pairs))
