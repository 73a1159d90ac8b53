"""A form in which one line of fields can be had as often as somebody needs it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QPushButton

from apprentice_desk.ui.kit.arranging import Flow
from apprentice_desk.ui.kit.fields import Field
from apprentice_desk.ui.kit.forms import Form
from apprentice_desk.ui.kit.pieces import button
from apprentice_desk.ui.kit.theme import Theme

_MOST = 99
"""So many lines are looked for among what was typed before."""


class GrowingForm(Form):
    """A form whose line of ``line_of(number)`` can be added to by a button below the last of them.

    ``details_of`` makes the Details class of given fields.  *count* lines are among *fields*.
    """

    def __init__(
        self,
        fields: Sequence[Field],
        details_class: type,
        theme: Theme,
        *,
        line_of: Callable[[int], Sequence[Field]],
        details_of: Callable[[Sequence[Field]], type],
        count: int,
        add_words: str,
        today: date | None = None,
    ) -> None:
        super().__init__(fields, details_class, theme, today=today)
        self._line_of_number = line_of
        self._details_of = details_of
        self.count = count
        self.more: QPushButton = button(add_words, theme, self.add_line, icon="plus")
        self.put_after(line_of(count)[0].name, Flow([self.more], theme))

    def add_line(self) -> None:
        """Add a line, with the keyboard in its first field."""
        name = self._grow()
        self.focus(name)
        QTimer.singleShot(0, self, lambda: self._bring_into_sight(name))

    def _bring_into_sight(self, name: str) -> None:
        """Scroll to the line once it has its place, with the button below it where both fit."""
        content = self.area.widget() if self.area is not None else None
        if content is not None and (layout := content.layout()) is not None:
            layout.activate()
            content.resize(content.width(), max(content.height(), content.sizeHint().height()))
        self.show_part(self.more)
        self.show_part(self._blocks[name])

    def make_room_for(self, names: Iterable[str]) -> None:
        """Have as many lines as *names* are of."""
        wanted = set(names)
        lines = range(self.count + 1, _MOST + 1)
        last = max(
            (n for n in lines if any(each.name in wanted for each in self._line_of_number(n))),
            default=self.count,
        )
        while self.count < last:
            self._grow()

    def _grow(self) -> str:
        """Add a line; return the name of its first field."""
        after = self._line_of_number(self.count)[-1].name
        self.count += 1
        made = self._line_of_number(self.count)
        fields = (*self.fields, *made)
        self.insert_line(after, made, self._details_of(fields))
        return made[0].name
