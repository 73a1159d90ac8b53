"""The sheet of shortcuts: read off the window's actions and what is on the page that is shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from apprentice_desk.ui.kit.dialogs import FormPanel
from apprentice_desk.ui.kit.keys import Keys
from apprentice_desk.ui.kit.rows import Column

EVERYWHERE = "Everywhere"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the sheet."""

    id: int
    keys: str
    what: str
    where: str


COLUMNS = (
    Column("Keys", lambda line: line.keys, kind="strong", width=20),
    Column("What they do", lambda line: line.what, width=40),
    Column("Where", lambda line: line.where, kind="quiet", width=30),
)


def gather(window: QWidget, page: QWidget | None, title: str) -> list[Line]:
    """Return every key: those of *window*, those of the *page* called *title*, those in forms."""
    found = [*_everywhere(window), *(_on_page(page, title) if page is not None else ())]
    found += _own(FormPanel.KEYS)
    unlike = dict.fromkeys(found)  # two lists on one page answer the same keys
    return [Line(number, *parts) for number, parts in enumerate(unlike)]


def with_keys(widget: QWidget) -> Iterator[QAction]:
    """Yield the actions of *widget* that have a shortcut."""
    return (action for action in widget.actions() if not action.shortcut().isEmpty())


def _everywhere(window: QWidget) -> Iterator[tuple[str, str, str]]:
    for action in with_keys(window):
        yield _written(action), _words(action), EVERYWHERE


def _on_page(page: QWidget, title: str) -> Iterator[tuple[str, str, str]]:
    for widget in (page, *page.findChildren(QWidget)):
        if widget is not page and not widget.isVisibleTo(page):
            continue
        for action in with_keys(widget):
            is_there = action.shortcutContext() == Qt.ShortcutContext.WidgetShortcut
            where = f"{title}, in “{widget.accessibleName()}”" if is_there else title
            yield _written(action), _words(action), where
        keys = getattr(type(widget), "KEYS", None)
        if isinstance(keys, Keys):
            yield from _own(keys)


def _own(keys: Keys) -> Iterator[tuple[str, str, str]]:
    return ((pressed, does, keys.where) for pressed, does in keys.keys)


def _written(action: QAction) -> str:
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)


def _words(action: QAction) -> str:
    return action.text().replace("&", "").rstrip("…")
