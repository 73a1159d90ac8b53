"""What can be done from anywhere: one set of actions for menu, buttons and shortcuts."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from apprentice_desk.ui.kit.icons import set_icon
from apprentice_desk.ui.kit.theme import Theme
from apprentice_desk.ui.shell.places import PAGES


def _keys_of_places() -> dict[str, str]:
    """Return the keys of listed places: Ctrl and the ten figures in turn; Settings has its own."""
    names = [place.name for place in PAGES if place.is_listed and place.name != "settings"]
    keys = dict(zip(names, (f"Ctrl+{figure}" for figure in "1234567890"), strict=False))
    return keys | {"settings": "Ctrl+,"}


KEYS_OF_PLACES = _keys_of_places()
"""What goes to each place in the navigation, by its name."""


class Actions(QObject):
    """The window's actions; *window* does what they say."""

    def __init__(self, window: QWidget, theme: Theme) -> None:
        super().__init__(window)
        self._window = window
        self._theme = theme
        self.new_desk = self._make("New desk…", "file-plus", QKeySequence.StandardKey.New)
        self.open_desk = self._make("Open desk…", "folder-open", QKeySequence.StandardKey.Open)
        self.open_sample = self._make("Open the sample desk", "graduation-cap")
        self.close_desk = self._make("Close this desk", "x", QKeySequence.StandardKey.Close)
        self.import_apprentices = self._make("Import apprentices…", "upload", "Ctrl+I")
        self.import_hours = self._make("Import hours…", "upload", "Ctrl+Shift+I")
        self.import_contracts = self._make("Import contracts…", "upload")
        self.lock = self._make("Lock this desk", "lock", "Ctrl+Shift+L")
        self.quit = self._make("Close Apprentice Desk", "log-out", QKeySequence.StandardKey.Quit)
        self.undo = self._make("Undo", "undo-2", QKeySequence.StandardKey.Undo)
        self.redo = self._make("Redo", "redo-2", QKeySequence.StandardKey.Redo)
        self.log_hours = self._make("Log hours", "plus", "Ctrl+L")
        self.add_apprentice = self._make("Add apprentice", "user-plus", "Ctrl+Shift+N")
        self.find = self._make("Search", "search", "Ctrl+K")
        self.help = self._make(
            "Help on this page", "circle-question-mark", QKeySequence.StandardKey.HelpContents
        )
        self.first_steps = self._make("First steps", "book-open")
        self.quick_line = self._make("The quick line", "pencil")
        self.shortcuts = self._make("Shortcuts", "list-checks")
        self.codes = self._make("Checks of a return", "square-check")
        self.accessibility = self._make("Accessibility", "user")
        self.topics = {
            "first-steps": self.first_steps,
            "quick-line": self.quick_line,
            "apprenticeships": self._make("From the first day to the last", "graduation-cap"),
            "contracts": self._make("Contracts with providers", "file-text"),
            "documents": self._make("Documents from standard wording", "files"),
            "procuring": self._make("Papers of a procurement", "award"),
            "managing-contracts": self._make("Papers of a contract", "file-text"),
            "papers-for-people": self._make("Papers for people", "files"),
            "secondments": self._make("Secondments and the network", "arrow-left-right"),
            "safekeeping": self._make("Safe, private and kept", "lock"),
            "playbook": self._make("How the playbook works", "book-open"),
            "shortcuts": self.shortcuts,
            "codes": self.codes,
            "accessibility": self.accessibility,
            "for-it": self._make("For whoever looks after computers", "settings"),
            "this-program": self._make("Versions, licences and files", "info"),
        }
        """What opens each topic of Help, as help.TOPICS calls it."""
        self.open_menu = self._make("Open the menu", "ellipsis", "F10")
        self.next_region = self._make("Go between the list of pages and the page", "layers", "F6")
        self.newer = self._make("Newer versions", "info")
        self.about = self._make("About Apprentice Desk", "info")
        self.places = {
            place.name: self._make(place.title, place.icon, KEYS_OF_PLACES.get(place.name))
            for place in PAGES
            if place.is_listed
        }
        self._needs_desk = (
            self.lock,
            self.close_desk,
            self.import_apprentices,
            self.import_hours,
            self.import_contracts,
            self.log_hours,
            self.add_apprentice,
            *self.places.values(),
        )
        self._changing = (
            self.import_apprentices,
            self.import_hours,
            self.import_contracts,
            self.log_hours,
            self.add_apprentice,
        )
        self._is_read_only = False
        self._locked_up: list[QAction] = []
        self.set_open(is_open=False, is_read_only=False)
        self.show_undo("", "")

    def _make(
        self, text: str, icon: str, shortcut: QKeySequence.StandardKey | str | None = None
    ) -> QAction:
        action = QAction(text, self._window)
        set_icon(action, icon, "text_quiet", self._theme)
        action.setData(icon)
        if shortcut is not None:
            action.setShortcut(QKeySequence(shortcut))
        self._window.addAction(action)
        return action

    def connect_all(self, doing: dict[QAction, Callable[[], object]]) -> None:
        """Say what each action does."""
        for action, act in doing.items():
            action.triggered.connect(lambda _checked=False, act=act: act())

    def set_open(self, *, is_open: bool, is_read_only: bool) -> None:
        """Allow what an open desk allows."""
        for action in self._needs_desk:
            action.setEnabled(is_open)
        for action in self._changing:
            action.setEnabled(is_open and not is_read_only)
        self._is_read_only = is_read_only

    def set_locked(self, *, is_locked: bool) -> None:
        """Allow nothing but to close the program; afterwards what was allowed before."""
        if is_locked:
            every = self._window.actions()
            self._locked_up = [each for each in every if each.isEnabled() and each is not self.quit]
            self.show_undo("", "")  # whose words name people
        for action in self._locked_up:
            action.setEnabled(not is_locked)
        if not is_locked:
            self._locked_up = []

    def why_not(self, action: QAction) -> str:
        """Return why *action* is not possible now; "" where it is."""
        if action.isEnabled():
            return ""
        if action in self._changing and self._is_read_only:
            return "this desk is open to read only"
        if action in (self.undo, self.redo):
            return f"there is nothing to {action.text().lower()}"
        return "open a desk first"

    @property
    def commands(self) -> tuple[QAction, ...]:
        """What is done at once or asked for in a dialog: everything but places and the search."""
        return (
            self.log_hours,
            self.add_apprentice,
            self.import_apprentices,
            self.import_hours,
            self.import_contracts,
            self.undo,
            self.redo,
            self.new_desk,
            self.open_desk,
            self.open_sample,
            self.lock,
            self.close_desk,
            *self.topics.values(),
            self.newer,
            self.about,
            self.quit,
        )

    def show_undo(self, undo: str, redo: str) -> None:
        """Name what Undo and Redo would do."""
        self.undo.setText(f"Undo: {undo}" if undo else "Undo")
        self.undo.setEnabled(bool(undo))
        self.redo.setText(f"Redo: {redo}" if redo else "Redo")
        self.redo.setEnabled(bool(redo))

    def menu(self, parent: QWidget) -> QMenu:
        """Return the window's menu."""
        menu = QMenu(parent)
        for group in (
            (self.new_desk, self.open_desk, self.open_sample, self.lock, self.close_desk),
            (self.undo, self.redo),
            (self.log_hours, self.add_apprentice),
            (self.import_apprentices, self.import_hours, self.import_contracts),
        ):
            menu.addActions(group)
            menu.addSeparator()
        go = menu.addMenu("Go to")
        go.addActions(list(self.places.values()))
        menu.addAction(self.find)
        menu.addSeparator()
        topics = menu.addMenu("Help")
        topics.addActions((self.help, *self.topics.values()))
        topics.insertSeparator(self.first_steps)
        menu.addActions((self.newer, self.about, self.quit))
        return menu
