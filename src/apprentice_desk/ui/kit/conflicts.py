"""Two versions of one record side by side, to choose from field by field.

Shown when somebody else changed a record while it was being edited.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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
_LINE = 24
"""Characters of a value that stand in a line: two values find room beside each other."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that two versions disagree on; *is_mine* says which is proposed."""

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
        found.append(Difference(field, shown(field, mine), shown(field, theirs), is_mine))
    return tuple(found)


def _value(field: Field, details: Any) -> tuple[Any, ...]:
    names = (field.name, field.day_given) if field.day_given else (field.name,)
    return tuple(getattr(details, name) for name in names)


def shown(field: Field, details: Any) -> str:
    """Return the value of *field* in *details* as a person reads it."""
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
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


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
        rows = QWidget()
        rows.setProperty("role", "raised")
        grid = QGridLayout(rows)
        grid.setHorizontalSpacing(theme.space(5))
        grid.setVerticalSpacing(theme.space(2))
        for place, heading in enumerate(("", "Yours", "Saved meanwhile")):
            grid.addWidget(label(heading, "label"), 0, place)
        grid.setColumnStretch(2, 1)
        for number, each in enumerate(found, start=1):
            self._add(each, number, grid)
        grid.setRowStretch(len(found) + 1, 1)
        area = QScrollArea()
        area.setProperty("role", "raised")
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidgetResizable(True)
        area.setWidget(rows)
        self.keep = button("Save what is chosen", theme, self._on_keep, role="primary")
        self.back = button("Back to the form", theme, self.reject)
        self.keep.setDefault(True)
        down = QVBoxLayout(self)
        edge = theme.space(6)
        down.setContentsMargins(edge, edge, edge, theme.space(4))
        down.setSpacing(theme.space(3))
        down.addWidget(label("Two versions", "large"))
        down.addWidget(label(sentence, wraps=True))
        down.addWidget(area, 1)
        down.addLayout(row_of(theme, None, self.back, self.keep))
        widest = rows.sizeHint().width() + 2 * edge + area.verticalScrollBar().sizeHint().width()
        width = max(theme.space(150), min(widest, parent.window().width()))
        self.resize(width, theme.space(60 + 9 * min(len(found), 8)))
        Fitter(self, area, theme)

    def _add(self, each: Difference, number: int, grid: QGridLayout) -> None:
        name = each.field.name
        grid.addWidget(label(each.field.label, "quiet"), number, 0)
        group = QButtonGroup(self)
        for place, (kept, text, whose) in enumerate(
            ((self.mine, each.mine, "yours"), (self.theirs, each.theirs, "saved meanwhile")), 1
        ):
            # A radio button does not wrap its words by itself.
            choice = QRadioButton("\n".join(wrap(text, _LINE)).replace("&", "&&"))
            access.name(choice, f"{each.field.label}, {whose}: {text}")
            group.addButton(choice)
            grid.addWidget(choice, number, place)
            kept[name] = choice
        (self.mine if each.is_mine else self.theirs)[name].setChecked(True)
        one_stop(group)

    def _on_keep(self) -> None:
        kept = frozenset(name for name, choice in self.mine.items() if choice.isChecked())
        self.accept()
        self.chosen.emit(kept)
