"""A damaged desk: what can still be read of it, and its newest good backup, to restore beside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from apprentice_desk.domain.clocks import show_instant
from apprentice_desk.domain.problems import Damaged
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.arranging import Flow, reading_area
from apprentice_desk.ui.kit.fitting import Fitter
from apprentice_desk.ui.kit.panels import KeyValues
from apprentice_desk.ui.kit.pieces import button, label, point
from apprentice_desk.ui.kit.theme import Theme

if TYPE_CHECKING:
    from apprentice_desk.safekeeping.rescue import Rescue

_UNTOUCHED = "The damaged file is left as it is, whatever you choose."
_NONE = "None was found beside the desk, nor in its second place."
_MOST_SHOWN = 12
_WIDE = 150


class DamagedDialog(QDialog):
    """Says what was found; *restore* and *read* are sent for what the person chooses."""

    restore = Signal()
    read = Signal()

    def __init__(
        self,
        parent: QWidget,
        theme: Theme,
        problem: Damaged,
        rescue: Rescue,
        *,
        may_be_read: bool,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.rescue = rescue
        self.problem = problem
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "raised")
        title = f"{rescue.path.name} is damaged"
        self.setWindowTitle(title)
        access.name(self, title, problem.what)
        has_backup = rescue.backup is not None
        self.restore_button = button(
            "Restore it beside, and open it", theme, self._restore, role="primary"
        )
        self.read_button = button("Open to read what is left", theme, self._read)
        self.shut = button("Close", theme, self.reject)
        self.restore_button.setVisible(has_backup)
        self.read_button.setVisible(may_be_read and rescue.readable.is_any)
        (self.restore_button if has_backup else self.shut).setDefault(True)
        self.facts = KeyValues(tuple(self._pairs()), theme)
        inside = QWidget()
        inside.setProperty("role", "raised")
        told = QVBoxLayout(inside)
        told.setContentsMargins(0, 0, theme.space(2), 0)
        told.setSpacing(theme.space(2))
        told.addWidget(label(problem.what, wraps=True))
        told.addWidget(label(_UNTOUCHED, "quiet", wraps=True))
        told.addWidget(self.facts)
        for each in self._lines():
            told.addWidget(each)
        told.addStretch(1)
        edge = theme.space(6)
        down = QVBoxLayout(self)
        down.setContentsMargins(edge, edge, edge, theme.space(4))
        down.setSpacing(theme.space(3))
        down.addWidget(label(title, "large", wraps=True))
        area = reading_area(inside, "What was found")
        down.addWidget(area, 1)
        buttons = [self.shut, self.read_button, self.restore_button]
        down.addWidget(Flow(buttons, theme, quarters=2, at_end=True))
        room = self.screen().availableSize() if self.screen() else self.size()
        wide = min(theme.space(_WIDE), int(room.width() * 0.95))
        self.resize(wide, int(room.height() * 0.9))
        Fitter(self, area, theme)
        first = self.restore_button if has_backup else self.shut
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def _pairs(self) -> list[tuple[str, str]]:
        found = self.rescue
        pairs = [("Can still be read", _read_in_words(found))]
        if found.backup is None or found.contents is None:
            pairs.append(("Newest good backup", _NONE))
        else:
            held = found.contents
            pairs.append(("Newest good backup", show_instant(found.backup.made_at)))
            pairs.append(("It holds", f"{_people(held.people)}, {_entries(held.entries)} of hours"))
            pairs.append(("Missing in it", found.missing_in_words))
        if found.bad:
            pairs.append(("Newer, but not good", ", ".join(path.name for path in found.bad)))
        if found.sealed:
            names = ", ".join(path.name for path in found.sealed)
            pairs.append(("Under another passphrase", names))
        return pairs

    def _lines(self) -> list[QWidget]:
        """What the backup lacks, one by one."""
        made: list[QWidget] = [label(each, wraps=True) for each in self.rescue.differences]
        missing = self.rescue.missing or ()
        if missing:
            made.append(label("Saved after the backup", "label"))
        for line in missing[:_MOST_SHOWN]:
            who = f", {line.person}" if line.person else ""
            made.append(point(f"{line.label} ({show_instant(line.recorded_at)}{who})", self._theme))
        if len(missing) > _MOST_SHOWN:
            made.append(label(f"and {len(missing) - _MOST_SHOWN:,} more", "quiet"))
        return made

    def _restore(self) -> None:
        self.accept()
        self.restore.emit()

    def _read(self) -> None:
        self.accept()
        self.read.emit()


def _read_in_words(found: Rescue) -> str:
    held = found.readable
    if not held.is_any:
        return "Nothing"
    parts = []
    if held.people is not None:
        parts.append(_people(held.people))
    if held.entries is not None:
        parts.append(f"{_entries(held.entries)} of hours")
    if held.changed_at is not None:
        parts.append(f"newest change {show_instant(held.changed_at)}")
    return ", ".join(parts)


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count:,} people"


def _entries(count: int) -> str:
    return "1 entry" if count == 1 else f"{count:,} entries"
