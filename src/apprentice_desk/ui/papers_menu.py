"""The button that leads to the papers: pocket sheets, Excel logs, the audit rehearsal."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenPage
from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.icons import set_icon
from apprentice_desk.ui.kit.pieces import button

TITLE = "Papers"
_WHERE = (
    ("papers", "Pocket sheets and Excel logs…", "file-spreadsheet"),
    ("audit", "Audit rehearsal…", "shield-check"),
)


def papers_button(desk: Desk, page: QWidget, first: QAction | None = None) -> QPushButton:
    """Return a button of *page* that opens the menu, with *first* at its top."""
    made = button(TITLE, desk.theme, icon="files")
    access.name(made, TITLE, "Pocket sheets, Excel logs and the audit rehearsal")
    menu = QMenu(made)
    if first is not None:
        menu.addAction(first)
        menu.addSeparator()
    for name, text, icon in _WHERE:
        action = QAction(text, page)  # its own: Python loses hold of what a menu makes itself
        set_icon(action, icon, "text_quiet", desk.theme)
        action.triggered.connect(partial(_go, desk, name))
        menu.addAction(action)
    made.setMenu(menu)
    return made


def _go(desk: Desk, name: str, _checked: bool = False) -> None:
    desk.go(OpenPage(name))
