"""A field of a form whose text has marks: what MarkedText shows, kept like any other field."""

from __future__ import annotations

from typing import Any

from apprentice_desk.ui.kit.inputs import Field, Input
from apprentice_desk.ui.kit.marked_text import MarkedText
from apprentice_desk.ui.kit.theme import Theme


class MarkedInput(Input):
    """*text* as the input of a field, as wide as there is room and the field's rows high."""

    def __init__(self, field: Field, theme: Theme, text: MarkedText) -> None:
        self.text = text
        super().__init__(field, theme, text)
        text.edited.connect(self.edited)
        self.finish()

    def read(self) -> str | None:
        """Return the text, None where nothing is written."""
        return self.text.toPlainText().strip() or None

    def write(self, value: Any) -> None:
        """Show *value*; where it is there already, the cursor stays where it is."""
        if (value or "") != self.text.toPlainText().strip():
            self.text.write(value or "")

    def typed(self) -> str:
        """Return the text as it stands."""
        return self.text.toPlainText()

    def type_in(self, text: str) -> None:
        """Put a text back."""
        self.text.write(text)

    def set_read_only(self, is_read_only: bool) -> None:
        """Let the text be read and copied but not changed."""
        self.text.setReadOnly(is_read_only)

    def fit(self) -> None:
        """Be as high as the field asks for."""
        height = self.text.fontMetrics().lineSpacing()
        self.text.setFixedHeight(self.field.rows * height + self.theme.space(6))
