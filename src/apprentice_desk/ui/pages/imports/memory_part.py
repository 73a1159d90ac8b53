"""What is remembered of the columns of a list: its name, saving, loading, forgetting."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from apprentice_desk.imports.steps import Journey
from apprentice_desk.ui.kit.arranging import Flow
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.form_parts import FieldBlock
from apprentice_desk.ui.kit.inputs import LineInput
from apprentice_desk.ui.kit.panels import Card
from apprentice_desk.ui.kit.pieces import button
from apprentice_desk.ui.kit.theme import Theme

_LONGEST_NAME = 100
_NAME = Field(
    "name",
    "Name of these columns",
    width=34,
    help="They are remembered when you import, for the next list with these headings.",
)


class MemoryPart(QWidget):
    """How the matching of these columns is called and kept, below the columns of step 2."""

    renamed = Signal(str)
    asked_to_save = Signal()
    asked_to_load = Signal()
    asked_to_forget = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._shown = ""
        self.name = LineInput(_NAME, theme, lambda text: " ".join(text.split()), str)
        self.name.line.setMaxLength(_LONGEST_NAME)
        self.name.left.connect(self._on_named)
        self.name.line.returnPressed.connect(self._on_named)
        self._block = FieldBlock(_NAME, self.name, theme)
        self.save = button("Save to a file", theme, self.asked_to_save.emit, icon="download")
        self.load = button("Load from a file", theme, self.asked_to_load.emit, icon="file-up")
        self.forget = button("Forget these columns", theme, self._on_forget)
        card = Card("For the next list like this", theme)
        card.add(self._block)
        card.add(Flow([self.save, self.load, self.forget], theme))
        down = QVBoxLayout(self)
        down.setContentsMargins(0, 0, 0, 0)
        down.addWidget(card)

    def show_journey(self, journey: Journey, *, is_read_only: bool) -> None:
        """Show how the columns of *journey* are called; on a read-only desk nothing is kept."""
        self._shown = journey.name_of_columns
        if not self.name.target.hasFocus():
            self.name.write(self._shown)
        self._block.setVisible(not is_read_only)
        self.forget.setVisible(journey.remembered is not None and not is_read_only)

    def _on_named(self) -> None:
        name = self.name.read()
        if not name:
            self.name.write(self._shown)
        elif name != self._shown:
            self._shown = name  # leaving the field after Enter is no second wish
            self.renamed.emit(name)

    def _on_forget(self) -> None:
        self.load.setFocus()  # the button goes with what it forgets; the keyboard stays near
        self.asked_to_forget.emit()
