"""What stands in a menu in place of what administrators switched off."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction

from apprentice_desk import policy
from apprentice_desk.policy import Feature
from apprentice_desk.ui.desk import Desk
from apprentice_desk.ui.destinations import OpenPage
from apprentice_desk.ui.kit.icons import set_icon


def off_line(desk: Desk, feature: Feature, parent: QObject) -> QAction | None:
    """Return the line that says that *feature* is off and leads to where that stands.

    None where it is not off.
    """
    if policy.in_force().allows(feature):
        return None
    line = QAction(f"Switched off by {policy.WHO}: see Settings", parent)
    set_icon(line, "settings", "text_quiet", desk.theme)
    line.triggered.connect(lambda _checked=False: desk.go(OpenPage("settings")))
    return line
