"""The parts of the self-test that need a window: painted as the system does it, and looked at."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QEventLoop, QLibraryInfo, QTimer
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QImage
from PySide6.QtWidgets import QApplication

from apprentice_desk import resources
from apprentice_desk.domain.needs import counted
from apprentice_desk.domain.problems import Problem
from apprentice_desk.domain.progress import Progress
from apprentice_desk.ui.kit.icons import pixmap
from apprentice_desk.ui.kit.messages import Messages
from apprentice_desk.ui.kit.theme import apply, load_theme
from apprentice_desk.ui.shell.frame import Frame
from apprentice_desk.ui.shell.help import HelpDialog
from apprentice_desk.ui.shell.page_modules import import_all
from apprentice_desk.ui.shell.places import PAGES, place_named
from apprentice_desk.ui.shell.welcome import Welcome
from apprentice_desk.ui.shell.window import Window

_WAITS_MS = 30_000
_SETTLES_MS = 300
_FAMILY = "Inter"
_INSTALL_AGAIN = "Install the program again."


def try_window(app: QApplication) -> str:
    """Show a window, look at what was painted, and return a sentence about it.

    Raises Problem where it is not painted, is blank, or lacks fonts, icons or help.
    """
    theme = load_theme("light", 1.0)
    apply(app, theme)
    window = Window(Frame("light", 1.0))
    window.resize(1280, 800)
    try:
        _paint(window)
        window.furnish(theme, Messages())
        window.furniture.show_welcome(Welcome(theme, ()))
        _let_settle()
        if _is_blank(window.grab().toImage()):
            raise Problem("A window was opened, and nothing was painted in it.")
        icons = sorted(file.stem for file in resources.path("icons").glob("*.svg"))
        for name in icons:
            if _is_blank(pixmap(name, "accent", theme).toImage()):
                raise Problem(f"The icon “{name}” could not be drawn.", _INSTALL_AGAIN)
        helps = HelpDialog(window, theme, (), "first-steps")
        topics = len(helps.switch.buttons)
        helps.deleteLater()
    finally:
        window.leave()
        window.close()
        window.deleteLater()
        _let_settle()
    if not QFontInfo(QFont(_FAMILY)).exactMatch() or _FAMILY not in QFontDatabase.families():
        raise Problem("The program's own font could not be read.", _INSTALL_AGAIN)
    return (
        f"Qt {QLibraryInfo.version().toString()} painted one by way of “{app.platformName()}”,"
        f" with the font {_FAMILY}, {counted(len(icons), 'icon')} and"
        f" {counted(topics, 'topic')} of Help"
    )


def try_pages(window: Window) -> str:
    """Show each page of the navigation in a *window* with a desk; return a sentence about it.

    Raises Problem where one stays blank.
    """
    names = [place.name for place in PAGES if place.is_listed]
    import_all(Progress())
    for place in map(place_named, names):
        window.show_page(place.name)
        window.settle()
        _let_settle()
        if window.shown != place.name or _is_blank(window.page(place.name).grab().toImage()):
            raise Problem(f"The page “{place.title}” was opened, and nothing was painted in it.")
    return f"{counted(len(names), 'page')} shown with the sample, {len(PAGES)} there"


def _paint(window: Window) -> None:
    """Show the window and wait until it was painted."""
    loop, timer = QEventLoop(), QElapsedTimer()
    window.painted.connect(loop.quit)
    QTimer.singleShot(_WAITS_MS, loop, loop.quit)
    timer.start()
    window.show()
    loop.exec()
    if timer.hasExpired(_WAITS_MS):
        raise Problem("A window was opened, and the system did not have it painted.")


def _let_settle() -> None:
    loop = QEventLoop()
    QTimer.singleShot(_SETTLES_MS, loop, loop.quit)
    loop.exec()


def _is_blank(picture: QImage) -> bool:
    small = picture.convertToFormat(QImage.Format.Format_ARGB32)
    return len(set(memoryview(small.constBits()).cast("I"))) < 2
