"""The inputs of a form, one class for each kind of value.

Each takes and gives a typed value (str, date, int, Decimal, bool or a choice; blank is None) and
reads what a person types with the parsers of domain.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from PySide6.QtCore import QEvent, QMimeData, QObject, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QRadioButton,
    QSizePolicy,
    QToolButton,
    QToolTip,
    QWidget,
)

from apprentice_desk.domain.turning import without_turns
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.pieces import label
from apprentice_desk.ui.kit.radios import one_stop
from apprentice_desk.ui.kit.theme import Theme, Tone, set_role

FieldKind = Literal[
    "text",
    "long text",
    "date",
    "month date",
    "duration",
    "money",
    "integer",
    "decimal",
    "choice",
    "search",
    "offered",
    "yes-no",
    "tick",
    "code",
    "passphrase",
]
Choices = Sequence[Any]
WIDEST = 60
NARROW = 18
"""No field shrinks below this many characters; wider ones give way to the window."""
_WIDTHS: dict[FieldKind, int] = {
    "date": 13,
    "month date": 13,
    "duration": 10,
    "money": 13,
    "integer": 8,
    "decimal": 10,
    "code": 18,
    "passphrase": 44,
}


@dataclass(frozen=True, slots=True)
class Field:
    """One input of a form.

    *name* is the attribute of the Details class, *label* what stands above, *help* what stands
    below (in *help_tone*: "warning" for what must be heeded).  *choices* are
    values, or pairs of value and words, or a function that returns them; a "search" is a choice
    that is typed however short its list is, an "offered" is free text with words to choose from.
    *width* is in characters, *group* the heading that begins here (blank: as before), *beside*
    puts it on the line of the field before it.  A "code" is checked by *parse*, which returns the
    value or raises ValueError with a sentence; *parse* and *show* may replace those of other typed
    kinds too.  A "month date" takes a month alone: its first day, with *end* its last, and
    *day_given* names the attribute that says whether the day was written.  A date that *is_past*
    is a day that has been: a weekday, or a day without its year, is the last such day up to today;
    in other dates it is asked about.  *unit* stands behind the input.  *rows* is how high a "long
    text" is.
    """

    name: str
    label: str
    kind: FieldKind = "text"
    required: bool = False
    help: str = ""
    help_tone: Tone = ""
    choices: Choices | Callable[[], Choices] = ()
    width: int | None = None
    group: str = ""
    beside: bool = False
    parse: Callable[[str], Any] | None = None
    show: Callable[[Any], str] | None = None
    end: bool = False
    day_given: str = ""
    is_past: bool = False
    unit: str = ""
    rows: int = 4
    read_only: bool = False


class Input(QWidget):
    """What all inputs offer: a typed value, and word of edits and of leaving.

    What raises NotImplementedError is each kind's to say: Qt's classes cannot be abstract.

    read() returns the value, None for blank, or raises ValueError with a sentence.  *target* is
    the widget in it that has the keyboard.  *understood* has what a person's words were read as,
    where they do not say it themselves, else nothing.
    """

    edited = Signal()
    left = Signal()
    understood = Signal(str)

    def __init__(self, field: Field, theme: Theme, target: QWidget) -> None:
        super().__init__()
        self.field = field
        self.theme = theme
        self.target = target
        self.across = QHBoxLayout(self)
        self.across.setContentsMargins(0, 0, 0, 0)
        self.across.setSpacing(theme.space(1.5))
        self.across.addWidget(target, 1)
        self._inside: tuple[QLineEdit, QToolButton] | None = None
        self.setFocusProxy(target)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        target.installEventFilter(self)
        theme.changed.connect(self.fit)

    def read(self) -> Any:
        """Return the typed value."""
        raise NotImplementedError

    def write(self, value: Any) -> None:
        """Show *value*."""
        raise NotImplementedError

    def typed(self) -> str:
        """Return what stands in it as text, whether or not it can be read."""
        raise NotImplementedError

    def type_in(self, text: str) -> None:
        """Put back what ``typed`` gave; a choice that is not offered any more is left out."""
        raise NotImplementedError

    def set_tone(self, tone: Tone) -> None:
        """Mark the input, "danger" for a value that cannot stay."""
        set_role(self.target, tone=tone)

    def describe(self, name: str, description: str) -> None:
        """Give the input its name and description for screen readers."""
        access.name(self.target, name, description)

    def set_read_only(self, is_read_only: bool) -> None:
        """Let the value be read and copied but not changed."""
        self.target.setEnabled(not is_read_only)

    def fit(self) -> None:
        """Take up the width that the field asks for."""
        width = self.field.width or _WIDTHS.get(self.field.kind, WIDEST)
        metrics = QFontMetrics(self.theme.font("body"))
        pixels = round(width * metrics.averageCharWidth()) + self.theme.space(6)
        least = min(width, NARROW) * metrics.averageCharWidth() + self.theme.space(6)
        if self._inside is not None:
            line, made = self._inside
            taken = made.sizeHint().width()
            line.setTextMargins(0, 0, taken, 0)
            if width < WIDEST:  # the widest end all at one line, one below the other
                pixels += taken
        self.target.setMaximumWidth(pixels)
        self.target.setMinimumWidth(min(pixels, least))
        self.across.setSpacing(self.theme.space(1.5))

    def put_inside(self, line: QLineEdit, made: QToolButton) -> None:
        """Put a button at the right end inside *line*, where no text goes below it."""
        inside = QHBoxLayout(line)
        inside.setContentsMargins(0, 0, self.theme.space(0.5), 0)
        inside.addStretch(1)
        inside.addWidget(made)
        self._inside = line, made

    def finish(self) -> None:
        """Put unit and spare room behind the target; called once by the subclass."""
        if self.field.unit:
            self.across.addWidget(label(self.field.unit, "quiet"))
        self.across.addStretch(0)  # gets what is left when the target is as wide as it may be
        self.fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Watch what it must follow; nothing is held back."""
        if watched is self.target and event.type() == QEvent.Type.FocusOut:
            self.left.emit()
        return False


class LineInput(Input):
    """One line of text; with a parser in *parse* and *show* it holds any typed value."""

    def __init__(
        self,
        field: Field,
        theme: Theme,
        parse: Callable[[str], Any],
        show: Callable[[Any], str],
    ) -> None:
        self.line = QLineEdit()
        super().__init__(field, theme, self.line)
        self._parse = field.parse or parse
        self._show = field.show or show
        self.line.textEdited.connect(self.edited)
        self.left.connect(self._tidy)
        if type(self) is LineInput:
            self.finish()

    def read(self) -> Any:
        """Return the typed value; ValueError with a sentence if it cannot be read."""
        text = without_turns(self.line.text()).strip()
        return self._parse(text) if text else None

    def write(self, value: Any) -> None:
        """Show *value*."""
        blank = value is None or value == ""
        self.line.setText("" if blank else self._show(value))
        self.line.setCursorPosition(0)

    def typed(self) -> str:
        """Return the line as it stands."""
        return self.line.text()

    def type_in(self, text: str) -> None:
        """Put a line back."""
        self.line.setText(text)
        self.line.setCursorPosition(0)

    def set_read_only(self, is_read_only: bool) -> None:
        """Let the value be read and copied but not changed."""
        self.line.setReadOnly(is_read_only)

    def _tidy(self) -> None:
        """Show what was understood, so that a slip is seen at once."""
        if self.line.isReadOnly():
            return
        try:
            value = self.read()
        except ValueError:
            return
        shown = "" if value is None else self._show(value)
        if shown != self.line.text():
            self.line.setText(shown)


MOST_PASTED = 50_000
"""Characters that are pasted in one go; no field keeps as many, and millions take minutes."""


class _Text(QPlainTextEdit):
    """Several lines of text, which take no more at once than anybody could have meant."""

    said = ""
    """Why nothing was pasted."""

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste what is there, or say why not; what stood there stays."""
        length = len(source.text())
        if length <= MOST_PASTED:
            super().insertFromMimeData(source)
            return
        self.said = (
            f"What was copied has {length:,} characters, and a field takes {MOST_PASTED:,} at"
            " once. Nothing was pasted: copy the part that is needed."
        )
        QToolTip.showText(self.mapToGlobal(self.cursorRect().bottomLeft()), self.said, self)
        access.announce(self, self.said, at_once=True)


class LongTextInput(Input):
    """Several lines of text; Tab leaves it."""

    def __init__(self, field: Field, theme: Theme) -> None:
        self.text = _Text()
        super().__init__(field, theme, self.text)
        self.text.setTabChangesFocus(True)
        self.text.textChanged.connect(self.edited)
        self.finish()

    def read(self) -> str | None:
        """Return the typed value; ValueError with a sentence if it cannot be read."""
        return without_turns(self.text.toPlainText()).strip() or None

    def write(self, value: Any) -> None:
        """Show *value*."""
        self.text.blockSignals(True)  # shown by the program, not edited by the person
        self.text.setPlainText(value or "")
        self.text.blockSignals(False)

    def typed(self) -> str:
        """Return the text as it stands."""
        return self.text.toPlainText()

    def type_in(self, text: str) -> None:
        """Put a text back."""
        self.write(text)

    def set_read_only(self, is_read_only: bool) -> None:
        """Let the value be read and copied but not changed."""
        self.text.setReadOnly(is_read_only)

    def fit(self) -> None:
        """Take up the width and height that the field asks for."""
        super().fit()
        line = QFontMetrics(self.theme.font("body")).lineSpacing()
        self.text.setFixedHeight(self.field.rows * line + self.theme.space(6))


class YesNoInput(Input):
    """Yes, no, or where it is not required also not known (None)."""

    def __init__(self, field: Field, theme: Theme) -> None:
        self._choices: list[tuple[bool | None, QRadioButton]] = [
            (True, QRadioButton("Yes")),
            (False, QRadioButton("No")),
        ]
        if not field.required:
            self._choices.append((None, QRadioButton("Not known")))
        super().__init__(field, theme, self._choices[0][1])
        self.across.setStretch(0, 0)
        self._group = QButtonGroup(self)
        for _, choice in self._choices:
            self._group.addButton(choice)
        for _, choice in self._choices[1:]:
            self.across.addWidget(choice)
            choice.installEventFilter(self)
        one_stop(self._group)
        self._group.buttonToggled.connect(lambda *_: self._aim())
        self._group.buttonClicked.connect(self.edited)
        self.across.addStretch(1)

    def _aim(self) -> None:
        """Let the keyboard come to what is chosen, where the arrow keys begin."""
        chosen = self._group.checkedButton()
        self.target = chosen if chosen is not None else self._choices[0][1]
        self.setFocusProxy(self.target)

    def describe(self, name: str, description: str) -> None:
        """Give every part its name and description for screen readers."""
        access.name(self, name, description)
        for _, choice in self._choices:
            access.name(choice, f"{name}: {choice.text()}", description)

    def set_read_only(self, is_read_only: bool) -> None:
        """Let the value be read and copied but not changed."""
        for _, choice in self._choices:
            choice.setEnabled(not is_read_only)

    def read(self) -> bool | None:
        """Return the typed value; ValueError with a sentence if it cannot be read."""
        return next((value for value, choice in self._choices if choice.isChecked()), None)

    def write(self, value: Any) -> None:
        """Show *value*."""
        self._group.setExclusive(False)
        for own, choice in self._choices:
            choice.setChecked(own is value)
        self._group.setExclusive(True)

    def typed(self) -> str:
        """Return the answer in words; "" where none is chosen."""
        return next((choice.text() for _, choice in self._choices if choice.isChecked()), "")

    def type_in(self, text: str) -> None:
        """Choose an answer by its words."""
        self._group.setExclusive(False)
        for _, choice in self._choices:
            choice.setChecked(choice.text() == text)
        self._group.setExclusive(True)


class TickInput(Input):
    """One thing that is so or is not; its label stands beside the box."""

    def __init__(self, field: Field, theme: Theme) -> None:
        self.box = QCheckBox(field.label.replace("&", "&&"))
        super().__init__(field, theme, self.box)
        self.box.clicked.connect(self.edited)
        self.across.setStretch(0, 0)
        self.across.addStretch(1)

    def read(self) -> bool:
        """Return the typed value; ValueError with a sentence if it cannot be read."""
        return self.box.isChecked()

    def write(self, value: Any) -> None:
        """Show *value*."""
        self.box.setChecked(bool(value))

    def typed(self) -> str:
        """Return "Yes" or "No"."""
        return "Yes" if self.box.isChecked() else "No"

    def type_in(self, text: str) -> None:
        """Tick it for "Yes"."""
        self.box.setChecked(text == "Yes")
