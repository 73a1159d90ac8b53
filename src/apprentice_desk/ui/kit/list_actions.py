"""What is done with the chosen row of a list: an action with keys, and the button that does it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QPushButton

from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.icons import set_icon
from apprentice_desk.ui.kit.pieces import button
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.kit.theme import Theme
from apprentice_desk.ui.kit.tips import as_tip


def action_of(
    theme: Theme, table: RowsTable, text: str, icon: str, keys: str, act: Callable[[], object]
) -> QAction:
    """Return an action for what is chosen in *table*; *keys* mean it while the list is in use."""
    action = QAction(text, table)
    set_icon(action, icon, "text_quiet", theme)
    if keys:
        action.setShortcut(QKeySequence(keys))
    action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
    action.triggered.connect(lambda _checked=False: act())
    action.setEnabled(False)
    table.addAction(action)
    return action


def button_of(theme: Theme, action: QAction, keys: str = "", of: str = "") -> QPushButton:
    """Return a button that does what *action* does; *of* tells it from others of the same words."""
    made = button(action.text(), theme, action.trigger)
    made.setToolTip(as_tip(f"{action.text()} ({keys})" if keys else action.text()))
    access.name(made, f"{action.text()} {of}".strip())
    made.setEnabled(action.isEnabled())
    action.changed.connect(lambda: made.setEnabled(action.isEnabled()))
    return made
