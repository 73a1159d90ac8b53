"""What this computer's user prefers, while a window is open, and the theme that follows it."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from apprentice_desk import settings
from apprentice_desk.settings import Settings

if TYPE_CHECKING:
    from apprentice_desk.ui.kit.theme import Theme


class Preferences(QObject):
    """The preferences of this computer, and *theme*, which there is from ``dress`` on.

    ``resized`` says that the text has got another size.
    """

    resized = Signal()

    def __init__(self, app: QApplication, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app = app
        self.chosen = settings.load()
        self.theme: Theme

    @property
    def scale(self) -> float:
        """How large the text is, as a share of its usual size."""
        return self.chosen.text_size / 100

    def first_look(self) -> str:
        """Return the theme of the first frame; "system" is read off the palette: the cheapest."""
        if self.chosen.theme != "system":
            return self.chosen.theme
        window = self._app.palette().color(QPalette.ColorRole.Window)
        return "dark" if window.lightness() < 128 else "light"  # half of 255

    def dress(self) -> None:
        """Give the program its theme, and follow the system's colours from now on."""
        from apprentice_desk.ui.kit.theme import apply, follow_system, load_theme, theme_name

        self.theme = load_theme(theme_name(self.chosen.theme, self._app), self.scale)
        apply(self._app, self.theme)
        follow_system(self._app, self.theme, self.chosen.theme)
        # Held: what the hints return is good only as long as they are known.
        self._hints = self._app.styleHints()
        self.contrast = self._hints.accessibility()
        self._hints.colorSchemeChanged.connect(self._on_system_colours)
        self.contrast.contrastPreferenceChanged.connect(self._on_system_colours)

    def take(self, chosen: Settings) -> None:
        """Act on what was *chosen*, which is kept already."""
        self.chosen = chosen
        self._show_theme()

    def keep(self, chosen: Settings) -> None:
        """Remember *chosen* for the next start, which has the old ones where that cannot be."""
        self.chosen = chosen
        with suppress(OSError):
            settings.save(chosen)

    def _on_system_colours(self) -> None:
        if self.chosen.theme == "system":
            self._show_theme()

    def _show_theme(self) -> None:
        from apprentice_desk.ui.kit.theme import apply, follow_system, theme_name

        name, scale = theme_name(self.chosen.theme, self._app), self.scale
        if (name, scale) != (self.theme.name, self.theme.text_scale):
            is_other_size = scale != self.theme.text_scale
            self.theme.become(name, scale)
            apply(self._app, self.theme)
            if is_other_size:  # after the page that asked for it has had its say
                QTimer.singleShot(0, self, self.resized.emit)
        follow_system(self._app, self.theme, self.chosen.theme)
