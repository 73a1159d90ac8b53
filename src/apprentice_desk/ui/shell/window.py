"""The main window: top bar, navigation, the page that is shown, status line.

It paints before anything slow is imported; ``app`` then opens the desk and hands it over.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEventLoop, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from apprentice_desk.ui.kit import access
from apprentice_desk.ui.kit.icons import pixmap
from apprentice_desk.ui.kit.panels import PageHeader
from apprentice_desk.ui.kit.pieces import Elided, button, label
from apprentice_desk.ui.kit.theme import Theme
from apprentice_desk.ui.shell.navigation import PAGES, Navigation, place_named

if TYPE_CHECKING:
    from PySide6.QtGui import QAction, QCloseEvent, QPixmap, QResizeEvent

    from apprentice_desk.ui.desk import Desk, Destination
    from apprentice_desk.ui.kit.messages import Messages
    from apprentice_desk.ui.shell.actions import Actions
    from apprentice_desk.ui.shell.welcome import Welcome

FIRST_SIZE = QSize(1440, 900)
_PRIVACY = "Offline by design: nothing leaves this computer unless you export it"
_PRIVACY_SHORT = "Offline by design"
_TURNS_TO_SETTLE = 8
_ROOM_FOR_PRIVACY = 240  # quarters of the body text's height


class Window(QMainWindow):
    """The window.  *asked* carries what ``app`` must do: "new", "open", "sample" or "about"."""

    asked = Signal(str)
    about_to_close = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._messages: Messages | None = None
        self._welcome: Welcome | None = None
        self.desk: Desk | None = None
        self._pages: dict[str, QWidget] = {}
        self._shown = ""
        self.setWindowTitle("Apprentice Desk")
        self.setMinimumSize(640, 480)
        self._actions: Actions | None = None
        self.navigation = Navigation(theme)
        self.navigation.chosen.connect(self.show_page)
        self._stack = QStackedWidget()
        self._frame = self._page_frame()
        self._stack.addWidget(self._frame)
        self._lay_out()
        theme.changed.connect(self._refit)
        self._refit()
        self.resize(FIRST_SIZE)

    # building

    def _page_frame(self) -> QWidget:
        """Return what stands where the page will be while the desk is being opened."""
        frame = QWidget()
        frame.setProperty("role", "page")
        self._opening = PageHeader("Opening…", "Just a moment", self._theme)
        down = QVBoxLayout(frame)
        down.setContentsMargins(*[self._theme.space(6)] * 4)
        down.addWidget(self._opening)
        down.addStretch(1)
        return frame

    def _lay_out(self) -> None:
        self._top = self._top_bar()
        self._foot = self._status_bar()
        self._right = QVBoxLayout()
        self._right.setContentsMargins(0, 0, 0, 0)
        self._right.setSpacing(0)
        self._right.addWidget(self._stack, 1)
        middle = QHBoxLayout()
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(0)
        middle.addWidget(self.navigation)
        middle.addLayout(self._right, 1)
        whole = QWidget()
        whole.setProperty("role", "page")
        down = QVBoxLayout(whole)
        down.setContentsMargins(0, 0, 0, 0)
        down.setSpacing(0)
        down.addWidget(self._top)
        down.addLayout(middle, 1)
        down.addWidget(self._foot)
        self.setCentralWidget(whole)

    def _top_bar(self) -> QFrame:
        bar = QFrame()
        bar.setProperty("role", "top bar")
        self._sign = QLabel()
        self._name = label("Apprentice Desk", "heading")
        self._where = Elided("quiet")
        self._menu_button = button("&Menu", self._theme, role="plain")
        access.name(self._menu_button, "Menu", "Desks, undo, import and all pages")
        self._log = button("Log hours", self._theme, icon="plus")
        self._log.setToolTip("Log off-the-job hours (Ctrl+L)")
        self._log.setEnabled(False)
        self._top_layout = QHBoxLayout(bar)
        self._top_layout.addWidget(self._sign)
        self._top_layout.addWidget(self._name)
        self._top_layout.addWidget(self._where, 1)
        self._top_layout.addWidget(self._menu_button)
        self._top_layout.addWidget(self._log)
        return bar

    def _status_bar(self) -> QFrame:
        bar = QFrame()
        bar.setProperty("role", "status bar")
        self._state = label("", "small")
        self._state.hide()
        self._privacy = label(_PRIVACY, "small")
        self._privacy.setToolTip(_PRIVACY)
        self._foot_layout = QHBoxLayout(bar)
        self._foot_layout.addWidget(self._state)
        self._foot_layout.addStretch(1)
        self._foot_layout.addWidget(self._privacy)
        return bar

    def _refit(self) -> None:
        space = self._theme.space
        self._top.setMinimumHeight(space(13))
        self._foot.setMinimumHeight(space(7.5))
        self._sign.setPixmap(pixmap("lamp-desk", "text", self._theme, 5.5))
        self._top_layout.setContentsMargins(space(4), space(2), space(4), space(2))
        self._top_layout.setSpacing(space(2.5))
        self._foot_layout.setContentsMargins(space(4), space(1), space(4), space(1))
        self._foot_layout.setSpacing(space(5))
        if self._messages is not None:
            self._banner_layout.setContentsMargins(space(6), space(4), space(6), 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_roomy = self.width() >= self._theme.space(_ROOM_FOR_PRIVACY)
        self._privacy.setText(_PRIVACY if is_roomy else _PRIVACY_SHORT)

    def finish(self, messages: Messages) -> None:
        """Make what the first paint does without: messages, actions, menu and shortcuts."""
        from PySide6.QtGui import QKeySequence, QShortcut

        from apprentice_desk.ui.desk import AddApprentice, ImportList, LogHours
        from apprentice_desk.ui.kit.messages import Banner, StatusLine
        from apprentice_desk.ui.shell.actions import Actions

        self._messages = messages
        self._banner_room = QWidget()
        self._banner_layout = QVBoxLayout(self._banner_room)
        self._banner_layout.addWidget(Banner(messages, self._theme))
        self._right.insertWidget(0, self._banner_room)
        self._foot_layout.insertWidget(1, StatusLine(messages, self._theme), 1)
        messages.changed.connect(self._show_banner)
        self._show_banner()
        self._refit()
        actions = self._actions = Actions(self, self._theme)
        self._menu_button.setMenu(actions.menu(self._menu_button))
        self._log.clicked.connect(actions.log_hours.trigger)
        actions.log_hours.enabledChanged.connect(self._log.setEnabled)
        doing: dict[QAction, Callable[[], object]] = {
            actions.new_desk: partial(self.asked.emit, "new"),
            actions.open_desk: partial(self.asked.emit, "open"),
            actions.open_sample: partial(self.asked.emit, "sample"),
            actions.about: partial(self.asked.emit, "about"),
            actions.quit: self.close,
            actions.undo: self._undo,
            actions.redo: self._redo,
            actions.log_hours: partial(self.go, LogHours()),
            actions.add_apprentice: partial(self.go, AddApprentice()),
            actions.import_apprentices: partial(self.go, ImportList("apprentices")),
            actions.import_hours: partial(self.go, ImportList("hours")),
        }
        for name, action in actions.places.items():
            doing[action] = partial(self.show_page, name)
        actions.connect_all(doing)
        for keys, act in (("F10", self._menu_button.click), ("F6", self._next_region)):
            QShortcut(QKeySequence(keys), self).activated.connect(act)

    @property
    def actions_(self) -> Actions:
        """What can be done from anywhere; the window must be finished."""
        assert self._actions is not None
        return self._actions

    # the desk

    def take(self, desk: Desk) -> None:
        """Show *desk*: the last page first, or the first of all."""
        self.leave()
        self.desk = desk
        organisation = desk.organisation
        sample = "  ·  sample, invented people" if organisation.is_sample else ""
        self._where.show_words(f"{organisation.name}  ·  {desk.store.name}{sample}")
        self._state.setText("Open to read only" if desk.store.is_read_only else "")
        self._state.setVisible(desk.store.is_read_only)
        self.setWindowTitle(f"{desk.store.name} - {organisation.name} - Apprentice Desk")
        self.actions_.set_open(is_open=True, is_read_only=desk.store.is_read_only)
        self.navigation.setEnabled(True)
        desk.asked_to_go.connect(self.go)
        desk.undo_changed.connect(self._show_undo)
        self._show_undo()
        last = desk.settings.last_page
        listed = [place.name for place in PAGES if place.is_listed]
        self.show_page(last if last in listed else listed[0])
        if (first := self._first_in_page()) is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Close the desk that is open and its pages."""
        desk, self.desk = self.desk, None
        for page in self._pages.values():
            self._stack.removeWidget(page)
            page.deleteLater()
        self._pages.clear()
        self._shown = ""
        if desk is not None:
            desk.close()
            desk.deleteLater()
        self._where.show_words("")
        self.setWindowTitle("Apprentice Desk")
        if self._actions is not None:
            self._actions.set_open(is_open=False, is_read_only=False)
            self._actions.show_undo("", "")
        self.navigation.setEnabled(False)
        self._stack.setCurrentWidget(self._frame)

    def show_opening(self, words: str) -> None:
        """Say in the page frame what is being opened."""
        self._opening.set_words("Opening…", words)
        self._stack.setCurrentWidget(self._frame)

    def show_welcome(self) -> None:
        """Offer to make or open a desk."""
        from apprentice_desk.ui.shell.welcome import Welcome

        if self._welcome is None:
            self._welcome = Welcome(self._theme, self.asked.emit)
            self._stack.addWidget(self._welcome)
        self._stack.setCurrentWidget(self._welcome)
        self._welcome.first.setFocus(Qt.FocusReason.TabFocusReason)

    # pages

    def page_names(self) -> tuple[str, ...]:
        """Return the names of all pages."""
        return tuple(place.name for place in PAGES)

    def page(self, name: str) -> QWidget:
        """Return a page, made when it is first wanted; there must be a desk."""
        assert self.desk is not None
        if name not in self._pages:
            made = place_named(name).make(self.desk)
            self._pages[name] = made
            self._stack.addWidget(made)
        return self._pages[name]

    def show_page(self, name: str) -> None:
        """Show a page by its name; nothing happens while no desk is open."""
        if self.desk is None:
            return
        page = self.page(name)
        self._stack.setCurrentWidget(page)
        self._shown = name
        self.navigation.show_place(name)

    @property
    def shown(self) -> str:
        """The name of the page that is shown; "" without one."""
        return self._shown

    def go(self, destination: Destination) -> None:
        """Take the person to *destination*."""
        from apprentice_desk.ui.desk import (
            AddApprentice,
            ImportList,
            LogHours,
            OpenApprentice,
            OpenPage,
        )

        match destination:
            case OpenPage(name):
                self.show_page(name)
            case OpenApprentice() | AddApprentice():
                self._hand_over("apprentices", destination)
            case LogHours():
                self._hand_over("hours", destination)
            case ImportList():
                self._hand_over("imports", destination)

    def _hand_over(self, name: str, destination: Destination) -> None:
        if self.desk is None:
            return
        self.show_page(name)
        self.page(name).arrive(destination)  # type: ignore[attr-defined]

    def picture(self) -> QPixmap:
        """Return the window as it looks once nothing is under way any more."""
        loop = QEventLoop()
        desk = self.desk

        def look(turns_left: int = _TURNS_TO_SETTLE) -> None:
            if desk is not None and desk.jobs.is_busy:
                turns_left = _TURNS_TO_SETTLE
            if turns_left:  # each turn lets the layouts settle that the last one asked for
                QTimer.singleShot(0, lambda: look(turns_left - 1))
            else:
                loop.quit()

        look()
        loop.exec()
        return self.grab()

    def _undo(self) -> None:
        if self.desk is not None:
            self.desk.undo()

    def _redo(self) -> None:
        if self.desk is not None:
            self.desk.redo()

    def _next_region(self) -> None:
        """Move the keyboard between navigation and page."""
        here = self.focusWidget()
        is_in_navigation = here is not None and self.navigation.isAncestorOf(here)
        page = self._stack.currentWidget()
        if is_in_navigation and page is not None:
            first = self._first_in_page()
        else:
            first = next(iter(access.tab_chain(self.navigation)), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def _first_in_page(self) -> QWidget | None:
        """Return what the keyboard is for on the page that is shown: its list, or the first."""
        page = self._stack.currentWidget()
        if page is None:
            return None
        chain = access.tab_chain(page)
        lists = [widget for widget in chain if widget.inherits("QAbstractItemView")]
        return next(iter(lists or chain), None)

    def _show_undo(self) -> None:
        if self.desk is not None:
            self.actions_.show_undo(self.desk.undo_label, self.desk.redo_label)

    def _show_banner(self) -> None:
        if self._messages is not None:
            self._banner_room.setVisible(self._messages.current_problem is not None)

    # closing

    def restore(self, kept: str) -> None:
        """Take the size and place of the last time, where they still make sense."""
        if kept:
            self.restoreGeometry(QByteArray.fromHex(kept.encode()))

    def kept_geometry(self) -> str:
        """Return size and place for the next time."""
        return bytes(self.saveGeometry().toHex().data()).decode()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask before work that is under way is stopped, then let go of the desk."""
        if self.desk is not None and self.desk.jobs.is_busy:
            from apprentice_desk.ui.kit.dialogs import ask  # not on the way to the first paint

            titles = ", ".join(job.title for job in self.desk.jobs.running)
            event.ignore()
            ask(
                self,
                self._theme,
                "Stop and close?",
                f"Still under way: {titles}. If you close now it is stopped and nothing of it is"
                " kept.",
                "Stop and close",
                self._stop_and_close,
                cancel_text="Keep working",
                danger=True,
            )
            return
        self.about_to_close.emit()
        self.leave()
        event.accept()

    def _stop_and_close(self) -> None:
        if self.desk is not None:
            self.desk.jobs.stop_all_and_wait()
        self.close()
