"""Two versions of one record side by side, to choose from field by field.

Shown when somebody else changed a record while it was being edited.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from textwrap import wrap
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QFrame,
    QGridLayout,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from apprentice_desk.domain import calendar, durations, money
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.choosing import choice_pairs
from apprentice_desk.ui.kit.fitting import Fitter
from apprentice_desk.ui.kit.inputs import Field
from apprentice_desk.ui.kit.pieces import button, label, row_of
from apprentice_desk.ui.kit.radios import one_stop
from apprentice_desk.ui.kit.theme import Theme

_LONGEST = 60
_LONGEST_BESIDE = 120
"""Characters of a text that has its lines for itself."""
_WIDE = 200
_AROUND = 22
"""What stands in a column besides its words, and around it."""
_SHARE_OF_SCREEN = 0.95
_NARROWEST = 8
"""Characters in a line at the least, however little room there is."""
_BEFORE = 12
"""Characters at most that stand before the place at which two long texts part."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that two versions disagree on, with both texts whole.

    *is_mine* says which is proposed.
    """

    field: Field
    mine: str
    theirs: str
    is_mine: bool


def differences(
    fields: Sequence[Field], mine: Any, theirs: Any, original: Any
) -> tuple[Difference, ...]:
    """Return where *mine* and *theirs* differ; what I did not touch is proposed as theirs."""
    found = []
    for field in fields:
        if _value(field, mine) == _value(field, theirs):
            continue
        is_mine = _value(field, mine) != _value(field, original)
        found.append(Difference(field, _whole(field, mine), _whole(field, theirs), is_mine))
    return tuple(found)


def beside(mine: str, theirs: str) -> tuple[str, str]:
    """Return two texts as there is room for them: long ones from shortly before they part."""
    if max(len(mine), len(theirs)) <= _LONGEST_BESIDE:
        return mine, theirs
    pairs = enumerate(zip(mine, theirs, strict=False))
    alike = next((place for place, (a, b) in pairs if a != b), min(len(mine), len(theirs)))
    start = mine.rfind(" ", 0, max(0, alike - _BEFORE)) + 1
    return _short(mine, _LONGEST_BESIDE, start), _short(theirs, _LONGEST_BESIDE, start)


def _short(text: str, longest: int = _LONGEST, start: int = 0) -> str:
    whole = text[start:]
    cut = whole if len(whole) <= longest else whole[:longest] + "…"
    return f"… {cut}" if start else cut


def _value(field: Field, details: Any) -> tuple[Any, ...]:
    names = (field.name, field.day_given) if field.day_given else (field.name,)
    return tuple(getattr(details, name) for name in names)


def shown(field: Field, details: Any) -> str:
    """Return the value of *field* in *details* as a person reads it, cut short if it is long."""
    return _short(_whole(field, details))


def _whole(field: Field, details: Any) -> str:
    value = getattr(details, field.name)
    if value is None or value == "":
        return "blank"
    match field.kind:
        case "date" | "month date":
            if field.day_given and not getattr(details, field.day_given):
                return f"{calendar.MONTHS[value.month - 1]} {value.year}"
            text = calendar.table_day(value)
        case "duration":
            text = durations.grid(value)
        case "money":
            text = money.show_pounds(value)
        case "choice" | "search":
            words = (words for own, words in choice_pairs(field.choices) if own == value)
            text = next(words, str(value))
        case "yes-no" | "tick":
            text = "Yes" if value else "No"
        case _:
            text = " ".join(str(value).split())
    return text


class ConflictDialog(QDialog):
    """Asks, for each difference, which version to keep.

    *chosen* is sent with the names of the fields in which mine is kept; turning back sends
    nothing and leaves the form as it is.
    """

    chosen = Signal(object)

    def __init__(
        self,
        found: Sequence[Difference],
        sentence: str,
        theme: Theme,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Two versions")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        access.name(self, "Two versions", sentence)
        self.mine: dict[str, QRadioButton] = {}
        self.theirs: dict[str, QRadioButton] = {}
        self._texts: list[tuple[QRadioButton, str]] = []
        rows = QWidget()
        rows.setProperty("role", "raised")
        grid = QGridLayout(rows)
        grid.setHorizontalSpacing(theme.space(5))
        grid.setVerticalSpacing(theme.space(2))
        for place, heading in enumerate(("", "Yours", "Saved meanwhile")):
            grid.addWidget(label(heading, "label", wraps=True), 0, place)
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        room = self.screen().availableSize().width() if self.screen() else theme.space(_WIDE)
        wide = min(theme.space(_WIDE), int(room * _SHARE_OF_SCREEN))
        words = max(self.fontMetrics().horizontalAdvance(each.field.label) for each in found)
        self._words = min(words, wide // 6)
        self._line = self._characters((wide - self._words) // 2 - theme.space(_AROUND))
        for number, each in enumerate(found, start=1):
            self._add(each, number, grid)
        grid.setRowStretch(len(found) + 1, 1)
        area = QScrollArea()
        area.setProperty("role", "raised")
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidgetResizable(True)
        area.setWidget(rows)
        edge = theme.space(6)
        self._narrow(rows, wide - 2 * edge - area.verticalScrollBar().sizeHint().width())
        self.keep = button("Save what is chosen", theme, self._on_keep, role="primary")
        self.back = button("Back to the form", theme, self.reject)
        self.keep.setDefault(True)
        down = QVBoxLayout(self)
        down.setContentsMargins(edge, edge, edge, theme.space(4))
        down.setSpacing(theme.space(3))
        down.addWidget(label("Two versions", "large"))
        down.addWidget(label(sentence, wraps=True))
        down.addWidget(area, 1)
        down.addLayout(row_of(theme, None, self.back, self.keep))
        self.resize(wide, theme.space(60 + 9 * min(len(found), 8)))
        Fitter(self, area, theme)

    def _add(self, each: Difference, number: int, grid: QGridLayout) -> None:
        name = each.field.name
        about = label(each.field.label, "quiet", wraps=True)
        about.setFixedWidth(self._words)
        grid.addWidget(about, number, 0)
        group = QButtonGroup(self)
        mine, theirs = beside(each.mine, each.theirs)
        for place, (kept, text, whole, whose) in enumerate(
            (
                (self.mine, mine, each.mine, "yours"),
                (self.theirs, theirs, each.theirs, "saved meanwhile"),
            ),
            1,
        ):
            choice = QRadioButton()
            self._texts.append((choice, text))
            choice.setToolTip("" if text == whole else f"<p>{escape(whole)}</p>")
            access.name(choice, f"{each.field.label}, {whose}: {whole}")
            group.addButton(choice)
            grid.addWidget(choice, number, place)
            kept[name] = choice
        (self.mine if each.is_mine else self.theirs)[name].setChecked(True)
        one_stop(group)

    def _narrow(self, rows: QWidget, room: int) -> None:
        """Break the texts so that both stand in *room* beside each other."""
        for line in range(self._line, _NARROWEST - 1, -1):
            for choice, text in self._texts:
                lines = wrap(text, line) or [""]
                choice.setText("\n".join(lines).replace("&", "&&"))
                choice.ensurePolished()
            if rows.sizeHint().width() <= room:
                return

    def _characters(self, room: int) -> int:
        """Return how many characters of a text stand in a line of *room*: no choice is cut off."""
        return max(_NARROWEST, room // self.fontMetrics().averageCharWidth())

    def _on_keep(self) -> None:
        kept = frozenset(name for name, choice in self.mine.items() if choice.isChecked())
        self.accept()
        self.chosen.emit(kept)
