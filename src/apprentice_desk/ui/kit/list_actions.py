"""What is done with a list or its chosen row: actions with keys, and the buttons that do it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QPushButton, QWidget

from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.icons import set_icon
from apprentice_desk.ui.kit.pieces import button
from apprentice_desk.ui.kit.table import RowsTable
from apprentice_desk.ui.kit.theme import Theme
from apprentice_desk.ui.kit.tips import as_tip


def action_of(
    theme: Theme,
    place: QWidget,
    text: str,
    icon: str,
    keys: str,
    act: Callable[[], object],
    *,
    is_within: bool = False,
) -> QAction:
    """Return an action for what is chosen in *place*, a list; *keys* mean it while that is in use.

    One that *is_within* means it while anything within *place* is in use, as where a page shows
    one list in several ways.
    """
    action = QAction(text, place)
    set_icon(action, icon, "text_quiet", theme)
    if keys:
        action.setShortcut(QKeySequence(keys))
    context = Qt.ShortcutContext
    action.setShortcutContext(
        context.WidgetWithChildrenShortcut if is_within else context.WidgetShortcut
    )
    action.triggered.connect(lambda _checked=False: act())
    action.setEnabled(False)
    place.addAction(action)
    return action


def button_of(theme: Theme, action: QAction, keys: str = "", of: str = "") -> QPushButton:
    """Return a button that does what *action* does; *of* tells it from others of the same words."""
    made = button(action.text(), theme, action.trigger)
    made.setToolTip(as_tip(f"{action.text()} ({keys})" if keys else action.text()))
    access.name(made, f"{action.text()} {of}".strip())
    made.setEnabled(action.isEnabled())
    action.changed.connect(lambda: made.setEnabled(action.isEnabled()))
    return made


def columns_button(theme: Theme, table: RowsTable) -> QPushButton:
    """Return a button that opens the menu of *table*: which columns are shown, sorted by which."""

    def open_menu() -> None:
        menu = table.columns_menu(made)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(made.mapToGlobal(made.rect().bottomLeft()))

    made = button("Columns", theme, open_menu, icon="columns-3")
    made.setToolTip("Choose and sort by columns")
    access.name(made, "Columns", "Choose and sort by columns")
    return made
