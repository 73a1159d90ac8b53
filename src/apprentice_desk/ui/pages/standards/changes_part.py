"""What is otherwise in another version: a list of the changes, and the words of the chosen one."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from apprentice_desk.domain.standards_comparing import Change, Comparison, Fate, Kind
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.pieces import label
from apprentice_desk.ui.kit.rows import Badge, Column, RowsModel
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.kit.theme import Theme, Tone

_TONES: dict[Kind, Tone] = {
    Kind.ADDED: "good",
    Kind.DROPPED: "danger",
    Kind.REWORDED: "warning",
    Kind.RENUMBERED: "note",
    Kind.OPTIONS: "note",
    Kind.CHANGED: "note",
}


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change as the list shows it."""

    id: str
    change: Change

    @property
    def about(self) -> str:
        """What it is about, with the code before where that was another."""
        change = self.change
        return f"{change.about} (was {change.was_called})" if change.was_called else change.about


def _says(line: ChangeLine) -> str:
    change = line.change
    match change.kind:
        case Kind.ADDED:
            return change.after
        case Kind.DROPPED:
            return change.before
        case Kind.RENUMBERED:
            return f"The same words: {change.after}"
        case Kind.REWORDED:
            return change.after
        case Kind.OPTIONS | Kind.CHANGED:
            return f"{change.before or 'not given'} → {change.after or 'not given'}"


def spoken(change: Change) -> str:
    """Return a change word by word, as it can be read out."""
    if change.kind is not Kind.REWORDED:
        return _says(ChangeLine("", change))
    said = {Fate.SAME: "{}", Fate.GONE: "[gone: {}]", Fate.NEW: "[new: {}]"}
    return " ".join(said[each.fate].format(each.words) for each in change.stretches)


def marked(change: Change) -> str:
    """Return a change word by word for the eye: what went struck out, what came underlined."""
    if change.kind is not Kind.REWORDED:
        return escape(_says(ChangeLine("", change)))
    said = {Fate.SAME: "{}", Fate.GONE: "<s>{}</s>", Fate.NEW: "<u><b>{}</b></u>"}
    return " ".join(said[each.fate].format(escape(each.words)) for each in change.stretches)


COLUMNS = (
    Column("What", lambda line: Badge(line.change.kind.value.capitalize(),
                                      _TONES[line.change.kind]), kind="badge", width=14),
    Column("About", lambda line: line.about, kind="strong", width=17),
    Column("Now", _says, width=44, say=lambda line: spoken(line.change), tip=_says),
)  # fmt: skip


class ChangesPart(QWidget):
    """Shows the comparison last given to ``show_comparison``."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.says = label("", "strong", wraps=True)
        self.model = RowsModel(COLUMNS, self)
        self.table = RowsTable(self.model, "Changes", theme, stretch=2)
        self.table.setMinimumHeight(theme.space(44))
        self.table.set_empty("Nothing is different", "")
        self.words = QLabel()
        self.words.setTextFormat(Qt.TextFormat.RichText)
        self.words.setWordWrap(True)
        self.words.setMinimumHeight(theme.space(11))
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(theme.space(2))
        down.addWidget(self.says)
        down.addWidget(self.table, 1)
        down.addWidget(self.words)
        self.table.row_chosen.connect(self._on_chosen)

    def show_comparison(self, comparison: Comparison | None) -> None:
        """Show what is otherwise; None is nothing to compare."""
        changes = () if comparison is None else comparison.all
        self.says.setText("" if comparison is None else comparison.says)
        self.says.setVisible(comparison is not None)
        self.model.replace(
            [
                ChangeLine(f"{each.kind} {each.about} {number}", each)
                for number, each in enumerate(changes)
            ]
        )
        self.table.choose_first()
        self._on_chosen(self.table.chosen())

    def _on_chosen(self, line: ChangeLine | None) -> None:
        self.words.setText("" if line is None else marked(line.change))
        access.name(self.words, "" if line is None else spoken(line.change))
